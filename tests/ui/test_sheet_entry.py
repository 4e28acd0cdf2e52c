"""A sheet is typed by the keyboard alone: figures, ticks by digits, F8, F7, F9 (idea 10, R100)."""

from dataclasses import replace

import pytest
from PySide6.QtWidgets import QApplication

from propdesk.domain.check_items import InspectionKind, ItemKind, Verdict
from propdesk.domain.findings import FindingState
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.rounds import Standing
from propdesk.domain.sheet_entry import SheetEntry, boxed
from propdesk.domain.staff import Role
from propdesk.i18n import set_language
from propdesk.services import check_templates, inspection_plans, staff
from propdesk.services.inspection_sheets import make_sheets, void_sheet
from propdesk.services.queries.findings import list_findings
from propdesk.services.queries.inspection_sheets import get_sheet, list_answers
from propdesk.services.queries.rounds import get_round
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.assets import InspectionPointRecord
from ui.dialogs.round_dialogs import CorrectionDialog, SheetPicker
from ui.pages.inspections import InspectionsPage
from ui.pages.sheet_cells import lines_of


@pytest.fixture
def plan(house, now):
    """A pump room, looked at twice a day on one sheet of its own each."""
    by = house.desk.id
    (template,) = check_templates.adopt_templates(("pump-room",), by=by, now=now)
    point = InspectionPointRecord.create(code="P-01", name="生活水泵房", floor="B1 层")
    draft = PlanDraft(
        "泵房日检", InspectionKind.EQUIPMENT, "FREQ=DAILY", now.date(),
        stops=(Stop(point.id, template.id),), times=("08:30", "09:30"), tolerance_minutes=120,
    )  # fmt: skip
    return inspection_plans.add_plan(draft, by=by, now=now)


@pytest.fixture
def sheets(plan, house, now):
    return make_sheets(plan.id, now.date(), by=house.desk.id, now=now)


@pytest.fixture
def page(office_context, showing, sheets):
    set_language("en")
    made = InspectionsPage(office_context)
    office_context.changes.inspections_changed.connect(made.mark_stale)
    showing(made, 1366, 692)
    made.catch_up()
    made.enter()
    return made


def numbers(sheet):
    return [item for item in sheet.places[0].items if item.kind is ItemKind.NUMBER]


def middle(item):
    return f"{(item.lower_milli + item.upper_milli) / 2000:.{item.decimals}f}"


def answers(number):
    return {one.answer.item_id: one.answer for one in list_answers(get_sheet(number).id)}


def test_items_are_numbered_through_all_places_as_on_the_paper(sheets) -> None:
    (place,) = sheets[0].places
    lines = lines_of((place, place))
    assert [line.number for line in lines if line.item is not None] == list(
        range(1, 2 * len(place.items) + 1)
    )


def test_a_point_is_read_into_full_boxes_only(sheets) -> None:
    pressure, current = numbers(sheets[0])[0], numbers(sheets[0])[4]
    assert boxed(pressure, "038") == "0.38"
    assert boxed(pressure, "38") == "38"
    assert boxed(current, "224") == "22.4"
    assert boxed(current, "22.4") == "22.4"


def test_r100_a_sheet_is_entered_in_thirty_keys_and_what_is_wrong_is_a_ticket(
    page, sheets, type_words, press, now
) -> None:
    press("Return")
    assert page.pane.sheet.number == sheets[0].number
    readings = numbers(sheets[0])
    # What is in order is ticked at once; readings are never invented.
    press("F8")
    assert page.pane.entry.filled(sheets[0].rounds[0].round_id) == sheets[0].items - len(readings)
    type_words("038")
    assert page.pane.grid.field.property("bad")
    press("F2")
    type_words("valve")
    press("Return")
    for item in readings[1:]:
        type_words(middle(item))
        press("Return")
    press("F7")
    # It stays with what was found.
    assert get_round(sheets[0].rounds[0].round_id, now).standing is Standing.DONE
    assert page.pane.grid.current[2] == readings[0].id
    press("F9")
    (finding,) = list_findings()
    assert finding.standing is FindingState.TICKET
    assert "0.38" in get_ticket(finding.ticket_id).text
    assert finding.ticket in page.toast.words()
    assert page.pane.strip.ticket.text() == finding.ticket
    # F7 goes on: the next sheet stands there, with the keyboard in its first cell.
    press("F7")
    assert page.pane.sheet.number == sheets[1].number
    assert page.pane.grid.current[2] == readings[0].id
    assert page.pane.grid.field.hasFocus()


def test_the_last_sheet_that_is_out_is_not_called_entered_while_it_has_gaps(
    page, sheets, type_words, press, house, now
) -> None:
    void_sheet(sheets[1].number, "rain", by=house.desk.id, now=now)
    press("Return")
    type_words(middle(numbers(sheets[0])[0]))
    press("F7", "F7")
    assert page.toast.words() == "No other sheet is out; this one has gaps still."


def test_exceptions_are_ticked_by_digits_and_wrong_cells_get_the_keyboard(
    page, sheets, type_words, press
) -> None:
    press("Return")
    for item in numbers(sheets[0])[:-1]:
        type_words(middle(item))
        press("Down")
    type_words("9999")
    press("Return")
    press("1", "2")
    # Of something abnormal words are wanted: the note has the keyboard.
    type_words("leaks")
    press("Return")
    press("Space", "3", "F8", "F7")
    # Nothing is stored while a figure cannot be; it stands at its cell.
    assert answers(sheets[0].number) == {}
    bad = numbers(sheets[0])[-1]
    assert page.pane.grid.current[2] == bad.id
    assert page.pane.grid.field.hasFocus()
    type_words(middle(bad))
    press("F7")
    found = answers(sheets[0].number)
    ticks = [item.id for item in sheets[0].places[0].items if item.kind is ItemKind.TICK]
    assert [found[one].verdict for one in ticks] == [
        Verdict.NORMAL, Verdict.ABNORMAL, Verdict.NORMAL, Verdict.NOT_APPLICABLE, Verdict.NORMAL,
    ]  # fmt: skip
    assert found[ticks[1]].note == "leaks"


def test_a_sheet_that_was_entered_is_corrected_with_its_reason(
    page, sheets, type_words, press, in_dialog, office_context
) -> None:
    press("Return", "F8")
    for item in numbers(sheets[0]):
        type_words(middle(item))
        press("Return")
    press("F7")
    # A second scan opens what was entered.
    page.open_sheet(sheets[0].number)
    assert page.pane.grid.field.text() == middle(numbers(sheets[0])[0])

    def say_why(_dialog) -> None:
        type_words("misread")
        press("Return")

    in_dialog(CorrectionDialog, say_why)
    type_words("0.30")
    press("F7")
    first = answers(sheets[0].number)[numbers(sheets[0])[0].id]
    assert (first.value_milli, first.reason) == (300, "misread")


def test_what_is_half_typed_is_there_again_and_leaving_asks(
    page, sheets, type_words, press, messages, office_context, showing
) -> None:
    press("Return")
    type_words("0.31")
    press("Return", "Escape")
    # Another round is chosen while this one is half typed.
    messages.expect("back")
    press("Down")
    assert page.pane.sheet.number == sheets[0].number
    assert page.list.rounds.current_row().sheet == sheets[0].number
    page.settle()
    again = InspectionsPage(office_context)
    showing(again, 1366, 692)
    again.catch_up()
    again.open_sheet(sheets[0].number)
    assert again.pane.restored.isVisible()
    assert again.pane.entry.cell(again.pane.entry.changed()[0]).words == "0.31"
    again.pane.keep()


def test_the_end_of_a_walk_is_asked_for(page, sheets, type_words, press, messages) -> None:
    press("Return")
    type_words("0.31")
    press("F5", "Delete")
    messages.expect(None)
    press("F7")
    assert page.pane.walks.end.hasFocus()
    type_words("1005")
    press("F7")
    (one,) = list_answers(sheets[0].id)
    assert f"{one.performed_at:%H:%M}" == "10:05"


def test_a_number_is_typed_into_the_list_of_sheets(
    page, sheets, type_words, press, in_dialog
) -> None:
    def choose(_dialog) -> None:
        type_words("0002")
        press("Return")

    in_dialog(SheetPicker, choose)
    press("Ctrl+N")
    assert page.pane.sheet.number == sheets[1].number


def test_who_may_not_walk_sees_without_acting(
    house, sheets, office_context, showing, press, type_words
) -> None:
    cashier = staff.add_staff("钱小红", by=house.desk.id, role=Role.CASHIER)
    office_context.staff = cashier
    page = InspectionsPage(office_context)
    showing(page, 1366, 692)
    page.catch_up()
    page.enter()
    press("Return")
    type_words("0.31")
    press("F8")
    assert not page.pane.is_typed()
    assert not page.pane.save.isVisible()
    assert QApplication.focusWidget() is not None


def test_what_is_in_order_has_all_points_and_a_fault_those_that_are_given(sheets) -> None:
    sheet = sheets[0]
    places = tuple(
        replace(place, items=tuple(replace(item, score=10) for item in place.items))
        for place in sheet.places
    )
    entry = SheetEntry(replace(sheet, places=places), [])
    round_id = sheet.rounds[0].round_id
    entry.tick_in_order(round_id)
    *_readings, faulty, right = list(entry.keys(round_id))
    entry.edit(faulty).verdict = Verdict.ABNORMAL
    assert entry.answer(faulty).score is None
    entry.edit(faulty).score = "6"
    assert (entry.answer(faulty).score, entry.answer(right).score) == (6, 10)
    kept = SheetEntry(entry.sheet, [entry.answer(faulty), entry.answer(right)])
    assert not kept.is_changed()
    kept.retype(entry.typed())
    assert not kept.corrected()
