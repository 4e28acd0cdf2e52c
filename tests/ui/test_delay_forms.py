"""A new time, urging and reporting up by keyboard; what the detail and Today say about them."""

from datetime import datetime, timedelta

import pytest

from propdesk.domain.staff import Role
from propdesk.domain.tickets import EventKind, Kind, TicketDraft, Urgency
from propdesk.domain.urging import LEVEL_LABELS, Level
from propdesk.services import staff, tickets
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.urging import report_up
from ui.pages.ticket_acts import LOOKS, Act
from ui.pages.ticket_words import event_words
from ui.pages.tickets import TicketsPage
from ui.pages.today import TodayPage


@pytest.fixture
def register(house, now):
    """Register a ticket some minutes ago and send it to work a minute later."""

    def register_one(text="卫生间漏水", kind=Kind.REPAIR, minutes=60, **more):
        draft = TicketDraft(kind, text, unit_id=house.home.id, **more)
        then = now - timedelta(minutes=minutes)
        ticket = tickets.register_ticket(draft, by=house.desk.id, now=then)
        then += timedelta(seconds=1)
        return tickets.dispatch_ticket(
            ticket.id, handler_id=house.worker.id, by=house.desk.id, now=then
        )

    return register_one


@pytest.fixture
def page(office_context, house, showing):
    def open_page():
        shown = TicketsPage(office_context)
        office_context.changes.tickets_changed.connect(shown.mark_stale)
        showing(shown, 1366, 692)
        shown.catch_up()
        shown.enter()
        return shown

    return open_page


@pytest.fixture
def from_menu(press, choose_in_menu):
    """Choose an act in the menu of the detail: from the list it is the first stop."""

    def choose(act):
        press("Tab", "Return")
        choose_in_menu(str(LOOKS[act].word))

    return choose


def test_r07_a_new_time_is_told_by_keyboard(page, register, press, type_words, from_menu, house):
    staff.add_staff("李经理", by=house.desk.id, role=Role.MANAGER)
    ticket = register(promised_at=datetime(2026, 11, 21, 18, 0))
    shown = page()
    from_menu(Act.PROMISE)
    form = shown.detail.form
    press("Ctrl+Return")
    assert form.rows.problem("text")
    assert form.rows.problem("promised_at")
    assert not form.rows.problem("reported_to")
    type_words("配件缺货")
    press("Tab", "Tab")
    type_words("11-25 18:00")
    press("Ctrl+Return")
    after = get_ticket(ticket.id)
    assert after.promised_at == datetime(2026, 11, 25, 18, 0)
    line = after.events[-1]
    assert (line.kind, line.text) == (EventKind.PROMISED, "配件缺货")
    assert line.detail["reported_to"] == "李经理"
    words = event_words(line)
    assert "11-25 18:00" in words
    assert "11-21 18:00" in words, "the old time is still shown"
    assert shown.detail.form is None


def test_r07_the_time_of_the_report_may_be_another_but_must_be_one(
    page, register, press, type_words, from_menu
):
    ticket = register()
    shown = page()
    from_menu(Act.PROMISE)
    type_words("等厂家")
    press("Tab", "Tab")
    type_words("+4h")
    press("Tab")
    type_words("总部")
    press("Tab", "Ctrl+A")
    type_words("soon")
    press("Ctrl+Return")
    assert shown.detail.form.rows.problem("reported_at")
    press("Ctrl+A")
    type_words("9:50")
    press("Ctrl+Return")
    detail = get_ticket(ticket.id).events[-1].detail
    assert (detail["reported_to"], detail["reported_at"]) == ("总部", "2026-11-21T09:50:00")


def test_r09_the_one_who_works_is_urged_with_one_key_and_it_is_counted(
    page, register, press, from_menu
):
    ticket = register()
    shown = page()
    from_menu(Act.URGE)
    press("2", "Ctrl+Return")
    event = get_ticket(ticket.id).events[-1]
    assert (event.kind, event.detail) == (
        EventKind.URGED, {"whom": "王建国", "way": "in-person"})  # fmt: skip
    facts = {fact.label: fact.value for row in shown.detail._facts._shown for fact in row}
    (said,) = (value for value in facts.values() if "10:12" in value and "1" in value)
    assert said


def test_r30_what_is_to_be_reported_up_says_so_until_it_was(
    page, register, press, type_words, focus, house
):
    staff.add_staff("李经理", by=house.desk.id, role=Role.MANAGER)
    ticket = register(urgency=Urgency.P0)
    shown = page()
    banner = shown.detail._clocks.escalation
    assert str(LEVEL_LABELS[Level.MANAGER]) in banner.sentence()
    press("Tab")
    while focus() is not banner._link:
        press("Tab")
    press("Space", "2", "Tab", "Tab")
    type_words("电梯困人")
    press("Ctrl+Return")
    event = get_ticket(ticket.id).events[-1]
    assert event.detail == {"level": "manager", "to": "李经理"}
    assert banner.sentence() == ""


def test_what_runs_out_offers_a_new_time(page, register):
    register(minutes=60 * 47)
    shown = page()
    assert shown.detail._clocks.late.sentence()
    register(minutes=5)
    shown.mark_stale()
    shown.list.table.select_key(shown.list.table.records.row_at(0).id)
    assert not shown.detail._clocks.late.sentence()


def test_f31_times_that_go_backwards_are_said(page, register, house, now):
    ticket = register(minutes=5)
    tickets.note_ticket(ticket.id, text="钟表调快了", by=house.desk.id, now=now + timedelta(days=2))
    shown = page()
    assert shown.detail._clocks.doubt.sentence()


def test_today_lists_what_is_to_be_reported_up_and_opens_it(
    office_context, register, showing, press, qtbot, house, now
):
    ticket = register(urgency=Urgency.P1, minutes=20)
    today = TodayPage(office_context)
    today.catch_up()
    showing(today, 1366, 650)
    today.enter()
    reports = today._desk._lists["report-up"]
    assert reports.isVisible()
    with qtbot.waitSignal(office_context.navigation.ticket_wanted, timeout=1000) as wanted:
        press("Return")
    assert wanted.args == [ticket.id]
    report_up(ticket.id, "supervisor", to="主管", text="未到场", by=house.desk.id, now=now)
    today.mark_stale()
    assert not reports.isVisible()


def test_r01_three_rings_are_noted_behind_the_fold_with_one_key(
    page, press, type_words, house, focus
):
    shown = page()
    press("Ctrl+N")
    type_words("1-2-501")
    press("Return", "Alt+M")
    form = shown._form
    while focus() is not form.rows.text:
        press("Tab")
    type_words("水管漏水")
    while not form.rows.picked_up.isAncestorOf(focus()):
        press("Tab")
    press("Right", "Ctrl+S")
    ticket = shown.detail.ticket
    assert ticket.picked_up_in_time is True
