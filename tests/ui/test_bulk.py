"""Several tickets chosen as in a spreadsheet: one act for all of them, one summary, by keyboard."""

import time
from datetime import timedelta
from itertools import pairwise

import pypdf
import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from propdesk.domain.tickets import Kind, Status, TicketDraft
from propdesk.services import incidents, staff, tickets
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from propdesk.storage.database import rows
from ui.pages.ticket_acts import LOOKS, Act
from ui.pages.tickets import TicketsPage
from ui.printing import PaperWindow

MOST_GAP_MS = 200


@pytest.fixture
def register(house, now):
    def one(minutes=60, kind=Kind.REPAIR, text="家里没电"):
        draft = TicketDraft(kind, text, unit_id=house.home.id)
        then = now - timedelta(minutes=minutes)
        return tickets.register_ticket(draft, by=house.desk.id, now=then)

    return one


@pytest.fixture
def page(office_context, house, showing):
    def open_page(width=1366, height=692):
        shown = TicketsPage(office_context)
        office_context.changes.tickets_changed.connect(shown.mark_stale)
        showing(shown, width, height)
        shown.catch_up()
        shown.enter()
        return shown

    return open_page


@pytest.fixture
def ended(qtbot):
    """Wait until the work with many has ended, and return its summary."""

    def wait(shown):
        bulk = shown.side.bulk
        qtbot.waitUntil(lambda: bulk.result is not None and not bulk.is_busy(), timeout=20_000)
        return bulk.result

    return wait


def chosen(shown):
    return [row.number for row in shown.list.chosen()]


def statuses(now):
    return [row.status for row in list_tickets(TicketFilter(), now=now, limit=1000).rows]


# -- choosing


def test_f10_shift_and_the_arrows_choose_as_in_a_spreadsheet(page, register, press):
    numbers = [register(minutes).number for minutes in (10, 20, 30, 40)]
    shown = page()
    assert not shown.side.is_many()
    press("Shift+Down", "Shift+Down")
    assert chosen(shown) == numbers[:3]
    assert shown.side.is_many()
    assert "3" in shown.side.bulk.title.text()
    press("Shift+Up", "Shift+Up")
    assert not shown.side.is_many()
    assert shown.detail.ticket.number == numbers[0]


def test_f10_ctrl_space_chooses_one_more_and_lets_it_go(page, register, press):
    numbers = [register(minutes).number for minutes in (10, 20, 30)]
    shown = page()
    press("Ctrl+Down", "Ctrl+Down", "Ctrl+Space")
    assert chosen(shown) == [numbers[0], numbers[2]]
    press("Ctrl+Space")
    assert chosen(shown) == [numbers[0]]


def test_f10_ctrl_a_chooses_also_what_was_not_scrolled_to(page, register, press):
    for minutes in range(130):
        register(minutes)
    shown = page()
    press("Ctrl+A")
    assert len(chosen(shown)) == 130
    assert "130" in shown.side.bulk.title.text()


def test_f10_a_list_that_is_read_again_keeps_what_was_chosen(page, register, press, office_context):
    numbers = [register(minutes).number for minutes in (10, 20, 30)]
    shown = page()
    press("Shift+Down")
    register(5)
    office_context.changes.tickets_changed.emit()
    assert chosen(shown) == numbers[:2]
    assert shown.side.is_many()
    press("Down")
    assert not shown.side.is_many()


# -- acts


def test_f10_many_are_dispatched_with_one_form(page, register, press, ended, now):
    register(10), register(20), register(30)
    shown = page()
    press("Ctrl+A", "F6", "1", "Ctrl+Return")
    result = ended(shown)
    assert len(result.done) == 3
    assert statuses(now) == [Status.DISPATCHED] * 3
    assert not shown.side.bulk.list.isVisible()
    press("Esc")
    assert shown.list.table.hasFocus()


def test_f10_one_summary_names_what_was_not_done_and_why(
    page, register, press, ended, house, now, type_words
):
    done, refused = register(20), register(10, Kind.COMPLAINT)
    shown = page()
    press("Ctrl+A", "Return", "Tab", "Tab", "Return")
    type_words("已恢复供电")
    press("Ctrl+Return")
    result = ended(shown)
    assert [one.number for one in result.done] == [done.number]
    # R40: the complaint waits for its follow-up, here too.
    assert [one.ticket.number for one in result.not_done] == [refused.number]
    assert get_ticket(refused.id).status is Status.REPLIED
    assert shown.side.bulk.list.isVisible()
    press("Return")
    assert not shown.side.is_many()
    assert shown.detail.ticket.id == refused.id


def test_f10_an_answer_without_words_is_asked_for(page, register, press):
    register(10), register(20)
    shown = page()
    press("Ctrl+A", "Return", "Tab", "Tab", "Return", "Ctrl+Return")
    assert shown.side.bulk.form.rows.problem("text") != ""


def test_f10_stopping_loses_nothing(page, register, press, ended, qtbot, now):
    for minutes in range(60):
        register(minutes)
    shown = page()
    press("Ctrl+A", "F6", "1", "Ctrl+Return")
    bulk = shown.side.bulk
    qtbot.waitUntil(lambda: bulk.progress.accessibleDescription() not in ("", "0%"))
    press("Esc")
    result = ended(shown)
    assert result.not_done == ()
    assert result.left
    assert len(result.done) + len(result.left) == 60
    counts = [statuses(now).count(one) for one in (Status.DISPATCHED, Status.RECEIVED)]
    assert counts == [len(result.done), len(result.left)]
    # They are still chosen: what was left is done by the same keys.
    press("Esc", "F6", "1", "Ctrl+Return")
    qtbot.waitUntil(lambda: statuses(now).count(Status.DISPATCHED) == 60, timeout=20_000)
    ended(shown)


def test_f10_a_worker_may_not_and_hears_it_once_for_each(
    page, register, press, ended, house, office_context
):
    register(10), register(20)
    office_context.staff = house.worker
    shown = page()
    press("Ctrl+A", "F6", "1", "Ctrl+Return")
    result = ended(shown)
    assert {one.code for one in result.not_done} == {"not-allowed"}


def test_f10_a_closing_window_stops_after_the_ticket_in_hand(page, register, press, now, qtbot):
    for minutes in range(40):
        register(minutes)
    shown = page()
    press("Ctrl+A", "F6", "1", "Ctrl+Return")
    bulk = shown.side.bulk
    qtbot.waitUntil(lambda: bulk.progress.accessibleDescription() not in ("", "0%"))
    shown.context.background.stop()
    found = statuses(now)
    assert found.count(Status.DISPATCHED) + found.count(Status.RECEIVED) == 40
    lines = rows("SELECT count(*) FROM ticket_event WHERE kind = 'dispatched'")[0][0]
    assert lines == found.count(Status.DISPATCHED)


def test_f9_all_tickets_of_an_incident_are_answered_together(
    page, register, press, ended, house, now, choose_in_menu, focus, type_words
):
    master, repair, complaint = register(30), register(20), register(10, Kind.COMPLAINT)
    incidents.create_incident(
        [master.id, repair.id, complaint.id], by=house.desk.id, now=now, tell_callers="抢修中"
    )
    shown = page()
    shown.show_ticket(master.id)
    while focus() is not shown.detail.more:
        press("Tab")
    press("Return")
    choose_in_menu(str(LOOKS[Act.ANSWER_ALL].word))
    assert "3" in shown.side.bulk.title.text()
    type_words("已恢复供电")
    press("Ctrl+Return")
    result = ended(shown)
    assert {one.number for one in result.done} == {master.number, repair.number}
    assert [one.ticket.number for one in result.not_done] == [complaint.number]
    said = [event.text for event in get_ticket(complaint.id).events]
    assert said[-1] == "已恢复供电"


def test_f9_chosen_tickets_become_one_incident(page, register, press, focus, type_words):
    first, second = register(30), register(10)
    shown = page()
    press("Ctrl+A", "Return")
    bulk = shown.side.bulk
    while focus() is not bulk._incident:
        press("Tab")
    press("Return", "Ctrl+Return")
    assert get_ticket(second.id).master == first.number


# -- printing


def pages_of_file(window):
    return [page.extract_text() for page in pypdf.PdfReader(window.view.file()).pages]


def paper_window(shown, qtbot):
    (window,) = shown.findChildren(PaperWindow)
    qtbot.waitUntil(lambda: window.is_settled() and window.view.file() is not None, timeout=60_000)
    return window


def test_f10_the_orders_come_by_worker_and_count_when_they_leave(
    page, register, press, qtbot, house, now, messages, tmp_path
):
    other = staff.add_staff("安师傅", by=house.desk.id, department_id=house.engineering)
    chosen_ones = [register(minutes) for minutes in (40, 30, 20, 10)]
    for ticket, worker in zip(chosen_ones, (house.worker, other) * 2, strict=True):
        tickets.dispatch_ticket(ticket.id, handler_id=worker.id, by=house.desk.id, now=now)
    shown = page()
    press("Ctrl+A", "Ctrl+P")
    window = paper_window(shown, qtbot)
    texts = pages_of_file(window)
    assert len(texts) == 4 * 3
    in_order = [n for text in texts[::3] for n, one in enumerate(chosen_ones) if one.number in text]
    # A stack for each worker: 安师傅 (1, 3) comes before 王建国 (0, 2).
    assert in_order == [1, 3, 0, 2]
    assert rows("SELECT count(*) FROM paper") == [(0,)]
    target = tmp_path / "派工单.pdf"
    messages.expect(target)
    press("Ctrl+S")
    qtbot.waitUntil(lambda: rows("SELECT count(*) FROM paper") == [(4,)], timeout=10_000)
    assert target.exists()


def test_f10_many_orders_do_not_freeze_the_window(page, register, press, qtbot):
    for minutes in range(60):
        register(minutes)
    shown = page()
    press("Ctrl+A")

    def longest_gap():
        ticks = []
        timer = QTimer()
        timer.setInterval(50)
        timer.timeout.connect(lambda: ticks.append(time.monotonic()))
        timer.start()
        press("Ctrl+P")
        window = paper_window(shown, qtbot)
        timer.stop()
        assert window.view.page()[1] == 180
        qtbot.waitUntil(window.isActiveWindow)
        press("Esc")
        qtbot.waitUntil(lambda: not shown.findChildren(PaperWindow))
        shown.activateWindow()  # a platform without a screen does not give it back
        qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
        gaps = [round((after - before) * 1000) for before, after in pairwise(ticks)]
        assert len(gaps) > 5
        return max(gaps)

    # Another program may hold up one attempt; what blocks in ours does so in each of them.
    gaps = []
    while len(gaps) < 3 and not (gaps and gaps[-1] <= MOST_GAP_MS):
        gaps.append(longest_gap())
    assert min(gaps) <= MOST_GAP_MS, gaps


def test_f10_closing_the_window_stops_the_drawing(page, register, press, qtbot, office_context):
    for minutes in range(60):
        register(minutes)
    shown = page()
    press("Ctrl+A", "Ctrl+P")
    (window,) = shown.findChildren(PaperWindow)
    qtbot.waitUntil(window.isActiveWindow)
    press("Esc")
    qtbot.waitUntil(lambda: not shown.findChildren(PaperWindow))
    office_context.background.stop()
    assert list(office_context.papers.glob("*")) == []
    assert rows("SELECT count(*) FROM paper") == [(0,)]
