"""The office's registers on the reports page: chosen, asked and written by keys alone."""

import pypdf
import pytest

from propdesk.domain.contacts import ContactDraft
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import contacts, tickets
from propdesk.services.queries.hand_overs import list_hand_overs
from propdesk.services.queries.notices import list_notices
from ui.dialogs.hand_over_dialog import HandOverDialog
from ui.dialogs.notice_dialog import NoticeDialog
from ui.pages.house_file import HouseFile
from ui.pages.report_list import ReportList
from ui.pages.reports import REPORTS, ReportsPage
from ui.pages.today import TodayPage
from ui.printers import list_printers
from ui.widgets.badges import Toast
from ui.widgets.notices import Notice


@pytest.fixture
def open_report(office_context, house, showing, qtbot, monkeypatch, press, focus):
    """Show the page with a report chosen by walking down the list; no printer is ever used."""
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")
    if list_printers().names:
        pytest.skip("this system's printers cannot be hidden, and no test may print on them")

    def show(key):
        page = ReportsPage(office_context)
        page.catch_up()
        showing(page, 1366, 692)
        page.enter()
        qtbot.waitUntil(page.is_settled)
        while not isinstance(focus(), ReportList):
            press("Shift+Tab")
        press(*["Down"] * [entry.key for entry in REPORTS].index(key))
        press("Return")
        qtbot.waitUntil(page.is_settled)
        return page

    return show


@pytest.fixture
def talk(house, now):
    def log(text, **more):
        draft = ContactDraft(text, unit_id=house.home.id, **more)
        return contacts.log_contact(draft, by=house.desk.id, now=now)

    return log


def paper_text(page):
    pages = pypdf.PdfReader(page.view.file()).pages
    return "".join("".join(one.extract_text().split()) for one in pages)


def test_r82_the_registry_of_another_period_is_typed(
    open_report, talk, press, type_words, focus, qtbot
):
    talk("来问车位月卡")
    page = open_report("registry")
    assert "来问车位月卡" in paper_text(page)
    assert focus().text() == "2026-11-01"
    type_words("10-01")
    press("Return")
    assert page.panel.days.days()[0].isoformat() == "2026-10-01"
    assert focus() is page.view
    qtbot.waitUntil(page.is_settled)
    assert "2026-10-01至2026-11-21" in paper_text(page)
    press("Esc")
    type_words("什么")
    press("Return")
    assert "什么" in focus().accessibleDescription()


def test_r82_the_registry_is_saved_as_a_workbook(
    open_report, talk, press, focus, qtbot, messages, tmp_path
):
    talk("来问车位月卡")
    page = open_report("registry")
    messages.expect(tmp_path / "登记表")
    while getattr(focus(), "text", str)() != "CSV":
        press("Tab")
    press("Space")
    qtbot.waitUntil(lambda: bool(page.findChildren(Toast)))
    assert "来问车位月卡" in (tmp_path / "登记表.csv").read_text("utf-8-sig")


def test_r82_the_registry_leads_to_what_is_to_be_cleared(
    open_report, talk, press, focus, qtbot, office_context
):
    talk("请核对车位", opinion="查余位")
    page = open_report("registry")
    while getattr(focus(), "text", str)() != "查看沟通记录":
        press("Tab")
    with qtbot.waitSignal(office_context.navigation.contacts_wanted, timeout=1000):
        press("Space")
    assert page.view.file() is not None


def test_idea4_the_work_list_of_tomorrow_is_a_key_away(
    open_report, house, now, press, qtbot, focus
):
    draft = TicketDraft(Kind.REPAIR, "厨房水管漏水", unit_id=house.home.id)
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    page = open_report("day-list")
    assert "厨房水管漏水" in paper_text(page)
    press("Down")
    qtbot.waitUntil(page.is_settled)
    assert "2026-11-22" in paper_text(page)
    press("Up", "Up")
    qtbot.waitUntil(page.is_settled)
    assert page.view.file() is None
    assert "2026-11-20" in page.view.accessibleDescription()


def test_idea4_a_shift_is_handed_over_by_keys(
    open_report, press, type_words, in_dialog, qtbot, focus
):
    page = open_report("hand-over")
    assert "交接班记录" in paper_text(page)

    def write(dialog):
        press("Ctrl+Return")
        assert dialog.isVisible()
        type_words("早班")
        press("Return", "Tab")
        type_words("三栋顶楼漏水")
        press("Ctrl+Return")

    in_dialog(HandOverDialog, write)
    press("F6")
    qtbot.waitUntil(page.is_settled)
    (over,) = list_hand_overs()
    assert (over.shift, over.matters) == ("早班", "三栋顶楼漏水")
    assert "三栋顶楼漏水" in paper_text(page)


def test_r89_a_notice_is_written_by_keys_with_a_proposed_text(
    open_report, press, type_words, in_dialog, qtbot, messages
):
    page = open_report("notice")
    assert page.view.file() is None

    def write(dialog):
        press("Tab")
        type_words("3 栋、4 栋")
        press("Return")
        type_words("11-23 8:30")
        press("Return")
        type_words("17:00")
        press("Return")
        type_words("主管道抢修")
        assert dialog.title.words() == "停水通知"
        assert "因主管道抢修，3 栋、4 栋将于" in dialog.text.words()
        press("Ctrl+Return")

    in_dialog(NoticeDialog, write)
    press("F6")
    qtbot.waitUntil(page.is_settled)
    (notice,) = list_notices()
    assert f"{notice.until_at}" == "2026-11-23 17:00:00"
    assert notice.number in paper_text(page)


def test_r89_typed_words_are_not_written_over(open_report, press, type_words, in_dialog, focus):
    open_report("notice")

    def write(dialog):
        while focus() is not dialog.title:
            press("Tab")
        press("Ctrl+A")
        type_words("紧急停水")
        while focus() is not dialog.reason:
            press("Shift+Tab")
        type_words("爆管")
        assert dialog.title.words() == "紧急停水"
        assert "因爆管" in dialog.text.words()

    in_dialog(NoticeDialog, write)
    press("F6")
    assert list_notices() == ()


def test_r82_today_tells_of_contacts_to_clear(office_context, house, showing, talk, now):
    draft = TicketDraft(Kind.REPAIR, "厨房水管漏水", unit_id=house.home.id)
    tickets.register_ticket(draft, by=house.desk.id, now=now)
    talk("请核对车位", due_on=now.date())
    page = TodayPage(office_context)
    page.catch_up()
    showing(page, 1366, 692)
    said = [one.sentence() for one in page.findChildren(Notice) if one.isVisible()]
    assert any("1 条沟通应在今天前消项" in sentence for sentence in said)


def test_r52_a_talk_is_noted_from_the_house_file(
    office_context, house, showing, talk, press, qtbot
):
    talk("来问车位月卡")
    file = HouseFile(office_context)
    file.show_unit(house.home.id)
    showing(file, 700, 692)
    file.enter()
    lines = file.parts[0].events.table.records
    assert "来问车位月卡" in [lines.row_at(n).event.text for n in range(lines.rowCount())]
    with qtbot.waitSignal(office_context.navigation.contact_wanted, timeout=1000) as wanted:
        press("F9")
    assert (wanted.args[0].unit_id, wanted.args[0].name) == (house.home.id, "张伟丰")
