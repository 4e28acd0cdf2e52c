"""Reports: the paper in sight is that of the chosen month, and it is what is saved and printed."""

import json
from datetime import timedelta

import openpyxl
import pypdf
import pytest
from PySide6.QtWidgets import QLabel

from propdesk.domain.complaint_figures import Balance
from propdesk.domain.months import Month
from propdesk.domain.staff import Role
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import staff, tickets
from propdesk.services.reporting import complaint_figures
from ui.pages.report_checks import Check, Checks, checks_of, identity_words
from ui.pages.reports import ReportsPage
from ui.printers import list_printers
from ui.widgets.badges import Banner, Toast
from ui.widgets.buttons import Button
from ui.widgets.labels import LinkButton

NOVEMBER, OCTOBER = Month(2026, 11), Month(2026, 10)


@pytest.fixture
def complain(house, now):
    def register_one(text, *, days=0, **more):
        draft = TicketDraft(Kind.COMPLAINT, text, unit_id=house.home.id, **more)
        at = now - timedelta(days=days)
        return tickets.register_ticket(draft, by=house.desk.id, now=at)

    return register_one


@pytest.fixture
def open_page(office_context, showing, qtbot, monkeypatch):
    """Show the page and wait for its paper; no printer of this PC is ever used."""
    monkeypatch.setenv("CUPS_SERVER", "/nowhere/cups.sock")
    if list_printers().names:
        pytest.skip("this system's printers cannot be hidden, and no test may print on them")

    def show():
        page = ReportsPage(office_context)
        page.catch_up()
        showing(page, 1366, 692)
        page.enter()
        qtbot.waitUntil(page.is_settled)
        return page

    return show


@pytest.fixture
def tab_to(press, focus):
    """Walk with Tab to the button that says a word."""

    def walk(word, kind=Button):
        for _step in range(40):
            press("Tab")
            if isinstance(focus(), kind) and focus().text() == word:
                return
        raise AssertionError(f"Tab never came to {word}")

    return walk


def paper_text(page):
    return "".join(one.extract_text() for one in pypdf.PdfReader(page.view.file()).pages)


def words_of(page):
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def said(page):
    return [banner.sentence() for banner in page.findChildren(Banner) if banner.isVisible()]


def test_the_running_month_comes_first(open_page, complain, focus):
    complain("楼上漏水没有人管")
    page = open_page()
    assert page.panel.month.month() == NOVEMBER
    assert focus().text() == "2026-11"
    assert "2026-11-21 10:12" in said(page)[0]
    assert "YB-202611" in paper_text(page)
    checks = page.findChild(Checks).checks()
    assert checks[0].is_fine
    assert "= 未结 1" in checks[0].detail


def test_a_call_is_taken_from_here_too(open_page, press, qtbot, office_context):
    open_page()
    with qtbot.waitSignal(office_context.navigation.intake_wanted, timeout=1000):
        press("Ctrl+N")


def test_months_are_walked_by_keys_from_anywhere(open_page, complain, press, qtbot):
    complain("十月的投诉", days=30)
    page = open_page()
    press("Alt+Left")
    assert page.panel.month.month() == OCTOBER
    assert not page.is_settled()
    qtbot.waitUntil(page.is_settled)
    assert "YB-202610" in paper_text(page)
    assert said(page) == []
    press("PgUp")
    assert page.panel.month.month() == Month(2026, 9)
    press("PgDown", "PgDown", "PgDown")
    assert page.panel.month.month() == NOVEMBER
    qtbot.waitUntil(page.is_settled)
    assert "YB-202611" in paper_text(page)


def test_a_month_is_typed_and_enter_leads_to_the_paper(open_page, press, type_words, focus, qtbot):
    page = open_page()
    type_words("2026/9")
    press("Return")
    assert page.panel.month.month() == Month(2026, 9)
    assert focus() is page.view
    qtbot.waitUntil(page.is_settled)
    assert "YB-202609" in paper_text(page)
    press("PgDown")
    assert page.view.page()[0] == 2
    press("Esc")
    assert focus().text() == "2026-09"


@pytest.mark.parametrize("typed", ["A<B", "2026-13", "2027-01"])
def test_what_is_no_month_is_said_beside_the_field(open_page, press, type_words, focus, typed):
    page = open_page()
    before = page.view.file()
    type_words(typed)
    press("Return")
    assert page.panel.month.month() == NOVEMBER
    assert page.view.file() == before
    assert focus().accessibleDescription() in words_of(page)
    assert typed in focus().accessibleDescription()
    press("Esc")
    assert focus().text() == "2026-11"
    assert focus().accessibleDescription() == ""


def test_a_key_held_down_draws_only_the_last_month(open_page, press, qtbot, office_context):
    page = open_page()
    first = page.view.file()
    press(*["Alt+Left"] * 12)
    assert page.view.file() == first
    assert page.view.page()[1] > 0
    qtbot.waitUntil(page.is_settled)
    assert "YB-202511" in paper_text(page)
    assert list(office_context.papers.iterdir()) == [page.view.file()]


def test_a_month_without_data_has_a_paper_that_says_so(open_page, press, qtbot):
    page = open_page()
    press("Alt+Left")
    qtbot.waitUntil(page.is_settled)
    assert "没有任何投诉记录" in paper_text(page)


def test_a_change_elsewhere_draws_it_anew(open_page, complain, qtbot, office_context):
    page = open_page()
    before = page.view.file()
    complain("刚刚登记的投诉")
    page.mark_stale()
    qtbot.waitUntil(page.is_settled)
    assert page.view.file() != before
    assert "= 未结 1" in page.findChild(Checks).checks()[0].detail


def test_the_very_file_is_saved(open_page, complain, press, tab_to, qtbot, messages, tmp_path):
    complain("楼道灯不亮")
    page = open_page()
    target = tmp_path / "saved.pdf"
    messages.expect(target)
    tab_to("PDF")
    press("Space")
    qtbot.waitUntil(lambda: bool(page.findChildren(Toast)))
    assert target.read_bytes() == page.view.file().read_bytes()


def test_figures_are_saved_as_workbook_and_json(
    open_page, complain, press, tab_to, qtbot, messages, tmp_path
):
    complain("楼道灯不亮")
    page = open_page()
    messages.expect(tmp_path / "report.xlsx", tmp_path / "report")
    tab_to("Excel")
    press("Space")
    qtbot.waitUntil(lambda: bool(page.findChildren(Toast)))
    assert "report.xlsx" in page.findChild(Toast).words()
    assert openpyxl.load_workbook(tmp_path / "report.xlsx").worksheets
    press("Tab", "Space")
    # A name without its ending gets it.
    qtbot.waitUntil(lambda: "report.json" in page.findChild(Toast).words())
    written = json.loads((tmp_path / "report.json").read_text("utf-8"))
    assert (written["month"], written["open"]) == ("2026-11", 1)


def test_a_place_that_is_not_there_is_a_sentence(
    open_page, press, tab_to, qtbot, messages, tmp_path
):
    open_page()
    messages.expect(tmp_path / "nowhere" / "report.xlsx", None)
    tab_to("Excel")
    press("Space")
    qtbot.waitUntil(lambda: len(messages.asked) == 2)
    assert "nowhere" in messages.asked[1][1]


def test_ctrl_p_prints_the_chosen_month_even_when_it_is_still_drawn(
    open_page, press, qtbot, messages, tmp_path
):
    page = open_page()
    target = tmp_path / "printed.pdf"
    messages.expect("pdf", target)
    press("Alt+Left", "Ctrl+P")
    assert messages.asked == []
    qtbot.waitUntil(lambda: bool(page.findChildren(Toast)))
    assert "YB-202610" in pypdf.PdfReader(target).pages[0].extract_text()


def test_the_paper_speaks_the_language_that_is_chosen(open_page, complain, press, focus, qtbot):
    complain("楼道灯不亮")
    page = open_page()
    for _step in range(40):
        press("Tab")
        if focus().accessibleName() in ("Paper language", "单据语言"):
            break
    press("End")
    qtbot.waitUntil(page.is_settled)
    assert "COMPLAINT" in paper_text(page).upper()
    assert "投诉月报" not in paper_text(page)


def test_gaps_lead_to_their_tickets(open_page, complain, press, tab_to, qtbot, office_context):
    complain("电梯又停了", class_code="facilities", class_suggested=True, days=5)
    page = open_page()
    gaps = [check for check in page.findChild(Checks).checks() if not check.is_fine]
    assert {gap.group for gap in gaps} >= {"to-class", "overdue"}
    words = page.findChild(Checks).findChildren(LinkButton)[0].text()
    wanted = []
    office_context.navigation.tickets_wanted.connect(wanted.append)
    for _link in range(2):
        tab_to(words, LinkButton)
        press("Space")
    assert wanted == [gap.group for gap in gaps if gap.group][:2]


def test_who_may_not_see_reports_reads_why(open_page, house, office_context, qtbot):
    worker = staff.add_staff("赵师傅", by=house.desk.id, role=Role.WORKER)
    office_context.staff = worker
    page = open_page()
    assert page.view.file() is None
    assert "赵师傅" in page.view.accessibleDescription()


def test_the_identity_is_written_with_its_terms():
    words = identity_words(Balance(carried_over=5, received=3, removed=1, closed=4, open=3))
    assert words == "上期遗留 5 + 本月新增 3 − 作废、合并、转出 1 − 已办结 4 = 未结 3"


def test_checks_name_what_is_overdue(complain, now):
    promised = now.replace(tzinfo=None) - timedelta(hours=3)
    complain("过了时限", days=1, promised_at=promised)
    checks = checks_of(complaint_figures(NOVEMBER, now=now))
    assert [check.group for check in checks if check.group == "overdue"] == ["overdue"]
    assert all(isinstance(check, Check) for check in checks)
