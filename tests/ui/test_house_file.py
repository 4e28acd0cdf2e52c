"""The house file by keys alone: parts, time line, documents, papers, who has read it."""

from datetime import date, timedelta

import pytest
from PIL import Image

from propdesk.domain.access import AccessAct
from propdesk.domain.house_papers import DocumentDraft, DocumentTopic
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import Address
from propdesk.domain.vehicles import VehicleDraft
from propdesk.i18n import set_language
from propdesk.services import documents, tickets, units, vehicles
from propdesk.services.queries.access import AccessFilter, list_access
from propdesk.services.queries.documents import list_documents
from ui.dialogs.document_dialog import DocumentDialog
from ui.pages.house_file import HouseFile
from ui.pages.house_menu import PurposeDialog


@pytest.fixture
def open_file(office_context, house, showing):
    """Show the file of the house, as wide as the page gives it."""
    set_language("en")

    def show(width=560, height=640):
        file = HouseFile(office_context)
        file.stored.connect(lambda _words: file.refill())
        file.show_unit(house.home.id)
        showing(file, width, height)
        return file

    return show


@pytest.fixture
def lived_in(house, now):
    """A ticket and a vehicle of the house."""
    vehicles.add_vehicle(
        house.home.id, VehicleDraft("粤B7Q32K", from_on=date(2024, 3, 1)), by=house.desk.id, now=now
    )
    draft = TicketDraft(Kind.REPAIR, "卫生间漏水", unit_id=house.home.id)
    return tickets.register_ticket(draft, by=house.desk.id, now=now)


@pytest.fixture
def other(house):
    """Another house."""
    return units.add_unit(Address("2", "1", "101"), community="云澜花园", by=house.desk.id)


def cells(table, place):
    return [table.records.cell(place, n).words for n in range(len(table.records.columns))]


def looks(house):
    return [line.act for line in list_access(AccessFilter(unit_id=house.home.id))]


def test_parts_are_reached_by_keys_and_counted(open_file, lived_in, press):
    file = open_file()
    words = [cell.accessibleName() for cell in file.tabs._cells]
    assert words[:3] == ["Overview", "Persons 1", "Tickets 1"]
    assert "Vehicles 1" in words
    press("Alt+3")
    assert file.tabs.chosen() == "2"
    press("Ctrl+Tab")
    assert file.tabs.chosen() == "3"
    press("Ctrl+Shift+Tab", "Ctrl+Shift+Tab")
    assert file.tabs.chosen() == "1"
    for _part in file.parts:
        press("Ctrl+Tab")
    assert file.tabs.chosen() == "1", "round and round"


def test_only_the_part_that_is_shown_reads(open_file, lived_in, house):
    file = open_file()
    assert file.parts[0].events.table.records.rowCount() == 3
    assert file.parts[2].table.records.rowCount() == 0
    file.show_part(2)
    assert file.parts[2].table.records.rowCount() == 1


def test_the_time_line_has_years_as_marks_and_opens_what_it_tells(
    open_file, lived_in, press, focus, qtbot, office_context
):
    file = open_file()
    events = file.parts[0].events
    rows = [cells(events.table, n) for n in range(events.table.records.rowCount())]
    assert [row[0].strip() for row in rows] == ["2026", "", "2024"]
    assert rows[-1][1:4] == ["03-01", "Vehicle", "粤B7Q32K Car"]
    file.enter()
    press("Tab", "Tab")
    while focus() is not events.table:
        press("Tab")
    press(*["Down"] * 3, "Return")
    vehicle = next(part for part in file.parts if str(part.title) == "Vehicles")
    assert file._part() is vehicle
    press("Alt+1")
    while focus() is not events.table:
        press("Tab")
    while events.table.current_row().event.kind != "ticket":
        press("Up")
    with qtbot.waitSignal(office_context.navigation.ticket_wanted, timeout=1000) as caught:
        press("Return")
    assert caught.args == [lived_in.id]


def test_the_time_line_is_narrowed_by_kind(open_file, lived_in, press, focus):
    file = open_file()
    events = file.parts[0].events
    while focus() is not events._filter:
        press("Tab")
    press("Return", "Down", "Down", "Return")
    assert [row.event.group for row in (events.table.records.row_at(0),)] == ["tickets"]
    assert events.table.records.rowCount() == 1


def test_r85_reading_is_noted_once_and_walking_is_not(open_file, house, press, other):
    file = open_file()
    file.show_unit(other.id)
    file.show_unit(house.home.id)
    assert looks(house) == []
    file.enter()
    press("Alt+2", "Alt+3", "Alt+1")
    file.enter()
    assert looks(house) == [AccessAct.OPENED]


def test_r85_who_stays_with_a_house_has_read_it(open_file, house, other, office_context, now):
    moment = [now]
    office_context.now = lambda: moment[0]
    file = open_file()
    for seconds, expected in ((3, []), (20, [AccessAct.OPENED])):
        file.show_unit(house.home.id)
        moment[0] += timedelta(seconds=seconds)
        file.show_unit(other.id)
        assert looks(house) == expected


def test_documents_are_added_named_and_taken_out(
    open_file, house, press, focus, messages, in_dialog, type_words, tmp_path, qtbot
):
    file = open_file()
    photo = tmp_path / "合同.png"
    Image.new("RGB", (200, 150), "blue").save(photo)
    place = next(n for n, part in enumerate(file.parts) if str(part.title) == "Documents")
    file.show_part(place)
    part = file.parts[place]
    messages.expect((photo,))
    with qtbot.waitSignal(part.stored, timeout=5000):
        press("Ctrl+I")
    assert [one.topic for one in list_documents(house.home.id)] == [DocumentTopic.OTHER]
    qtbot.waitUntil(part.strip.is_settled, timeout=5000)

    def name_it(dialog):
        press("2", "Ctrl+S")

    in_dialog(DocumentDialog, name_it)
    press("Ctrl+E")
    assert [one.topic for one in list_documents(house.home.id)] == [DocumentTopic.LEASE]
    qtbot.waitUntil(part.strip.is_settled, timeout=5000)
    with qtbot.waitActive(file):
        file.activateWindow()
    assert focus() is part.strip.thumbnails
    messages.expect("act")
    press("Del")
    assert list_documents(house.home.id) == ()
    qtbot.waitUntil(part.strip.is_settled, timeout=5000)


def test_r85_looking_at_a_document_is_noted(
    open_file, house, office_context, tmp_path, press, in_dialog, qtbot, now
):
    from ui.dialogs.picture_view import PictureView

    photo = tmp_path / "证.png"
    Image.new("RGB", (200, 150), "blue").save(photo)
    documents.add_documents(
        office_context.office, house.home.id, [photo], DocumentDraft(DocumentTopic.IDENTITY),
        by=house.desk.id, now=now,
    )  # fmt: skip
    file = open_file()
    place = next(n for n, part in enumerate(file.parts) if str(part.title) == "Documents")
    file.show_part(place)
    strip = file.parts[place].strip
    qtbot.waitUntil(strip.is_settled, timeout=5000)

    def look(view):
        qtbot.waitUntil(view.is_settled, timeout=5000)
        press("Esc")

    in_dialog(PictureView, look)
    press("Return")
    assert "document" in list_access(AccessFilter(unit_id=house.home.id))[0].what


def test_p57_the_papers_of_a_house_come_from_the_menu(
    open_file, house, choose_in_menu, pages_of, press
):
    file = open_file()
    press("Ctrl+M")
    choose_in_menu("Print the registration form")
    assert "138****1234" in pages_of(file)
    press("Esc")


def test_r85_the_house_file_in_full_asks_what_for(
    open_file, house, choose_in_menu, in_dialog, pages_of, press, type_words
):
    file = open_file()

    def say(dialog):
        press("Ctrl+S")
        assert dialog.rows.banner.sentence().startswith("Say what the data")
        type_words("法院调取")
        press("Ctrl+S")

    in_dialog(PurposeDialog, say)
    press("Ctrl+M")
    choose_in_menu("Print the house file in full")
    text = pages_of(file)
    assert "13800001234" in text
    assert "法院调取" in text
    assert looks(house) == [AccessAct.REVEALED]
    press("Esc")
