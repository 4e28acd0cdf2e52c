"""Work orders that come back: rows, journal, and everything that must not be entered (R40, R41)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.paper_returns import Outcome, PaperReturn
from propdesk.domain.paper_trail import PaperKind, PaperState
from propdesk.domain.tickets import EventKind, Kind, Satisfaction, Status, TicketDraft
from propdesk.services import papers, returns, tickets
from propdesk.services.queries.clocks import get_clocks
from propdesk.services.queries.papers import count_papers_out, list_papers, list_papers_out
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import rows

ORDER = PaperKind.WORK_ORDER


@pytest.fixture
def desk(world):
    """A desk whose acts take minutes: `desk(5)` is five minutes after the start."""

    def at(minutes: float = 0) -> dict[str, object]:
        return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}

    return at


@pytest.fixture
def out(world, desk):
    """Register a ticket, send it to work and print its order: all within two minutes."""

    def make(kind: Kind = Kind.REPAIR, **more) -> int:
        draft = TicketDraft(kind=kind, text="厨房水管滴水。", unit_id=world.home.id, **more)
        ticket = tickets.register_ticket(draft, **desk())
        tickets.dispatch_ticket(ticket.id, handler_id=world.worker.id, **desk(1))
        papers.note_print(ticket.id, ORDER, 1, copies=3, **desk(2))
        return ticket.id

    return make


def paper_says(world, outcome=Outcome.SATISFIED, **more) -> PaperReturn:
    start = world.now.replace(tzinfo=None)
    said = PaperReturn(
        outcome=outcome,
        arrived_at=start + timedelta(minutes=20),
        finished_at=start + timedelta(minutes=50),
        cause="垫片老化",
        work="更换垫片",
        signed=True,
        opinion="态度好" if outcome is not Outcome.DISSATISFIED else "还在滴水",
    )
    return replace(said, **more)


def kinds(ticket) -> list[str]:
    return [event.kind.value for event in ticket.events]


def test_a_print_makes_a_paper_and_a_line_and_printed_again_it_is_the_same_paper(world, desk, out):
    ticket = out()
    papers.note_print(ticket, ORDER, 1, **desk(3))
    (paper,) = list_papers(ticket)
    assert (paper.round, paper.prints, paper.state) == (1, 2, PaperState.OUT)
    assert paper.printed_at == (world.now + timedelta(minutes=2)).replace(tzinfo=None)
    printed = [one.detail for one in get_ticket(ticket).events if one.kind is EventKind.PRINTED]
    assert printed == [
        {"kind": "work-order", "round": "1", "copies": "3"},
        {"kind": "work-order", "round": "1", "copies": "1"},
    ]


def test_r41_a_satisfied_repair_is_entered_and_closed_in_one_transaction(world, desk, out):
    ticket = returns.return_paper(out(), 1, paper_says(world), **desk(90))
    assert ticket.status is Status.CLOSED
    assert ticket.satisfaction is Satisfaction.SATISFIED
    assert kinds(ticket)[3:] == ["arrived", "completed", "replied", "paper-returned", "closed"]
    done = {event.kind: event for event in ticket.events}
    start = world.now.replace(tzinfo=None)
    assert done[EventKind.ARRIVED].at == start + timedelta(minutes=20)
    assert done[EventKind.COMPLETED].at == start + timedelta(minutes=50)
    assert done[EventKind.COMPLETED].detail["cause"] == "垫片老化"
    assert done[EventKind.REPLIED].detail["way"] == "on-site"
    returned = done[EventKind.PAPER_RETURNED].detail
    assert (returned["signed"], returned["satisfaction"], returned["round"]) == (
        "yes", "satisfied", "1",
    )  # fmt: skip
    # Performed then, entered now: both stand.
    assert {event.entered_at for event in ticket.events[3:]} == {start + timedelta(minutes=90)}
    (paper,) = list_papers(ticket.id)
    assert (paper.state, paper.signed, paper.returned_by) == (PaperState.RETURNED, True, "前台")


def test_r41_what_was_noted_while_the_worker_was_away_does_not_hinder_the_paper(world, desk, out):
    ticket = out()
    tickets.note_ticket(ticket, text="业主来电催", **desk(40))
    papers.note_print(ticket, ORDER, 1, **desk(45))
    closed = returns.return_paper(ticket, 1, paper_says(world), **desk(90))
    clocks = get_clocks(ticket, now=world.now + timedelta(minutes=90))
    stopped = {clock.clock.value: clock.stopped_at for clock in clocks.clocks}
    assert closed.status is Status.CLOSED
    assert not clocks.doubtful
    assert stopped["solve"] == world.now.replace(tzinfo=None) + timedelta(minutes=50)


def test_decision_28_a_complaint_is_only_completed_by_its_paper(world, desk, out):
    ticket = returns.return_paper(out(Kind.COMPLAINT), 1, paper_says(world), **desk(90))
    assert ticket.status is Status.COMPLETED
    assert ticket.satisfaction is None
    assert kinds(ticket)[3:] == ["arrived", "completed", "paper-returned"]


@pytest.mark.parametrize("kind", [Kind.REPAIR, Kind.COMPLAINT])
def test_r40_dissatisfied_on_paper_begins_the_next_round(world, desk, out, kind):
    draft = paper_says(world, Outcome.DISSATISFIED)
    ticket = returns.return_paper(out(kind), 1, draft, **desk(90))
    assert (ticket.status, ticket.round) == (Status.RECEIVED, 2)
    assert ticket.events[-1].text == "还在滴水"


def test_r41_not_signed_leaves_the_reply_to_the_office(world, desk, out):
    ticket = returns.return_paper(out(), 1, paper_says(world, signed=False), **desk(90))
    assert ticket.status is Status.COMPLETED
    assert list_papers(ticket.id)[0].signed is False


@pytest.mark.parametrize("goes_on", [True, False])
def test_r02_the_arrival_on_paper_stands_though_the_work_had_waited(world, desk, out, goes_on):
    id_ = out()
    tickets.suspend_ticket(id_, "material", text="等配件", **desk(5))
    if goes_on:
        tickets.resume_ticket(id_, **desk(10))
    ticket = returns.return_paper(id_, 1, paper_says(world), **desk(90))
    (arrived,) = [one for one in ticket.events if one.kind is EventKind.ARRIVED]
    assert arrived.at == world.now.replace(tzinfo=None) + timedelta(minutes=20)
    assert kinds(ticket)[3:] == [
        "suspended", "resumed", "arrived", "completed", "replied", "paper-returned", "closed",
    ]  # fmt: skip


def test_not_done_waits_for_material_and_keeps_the_next_visit(world, desk, out):
    draft = paper_says(
        world, Outcome.NOT_DONE, work="缺配件", signed=False, waiting="material",
        next_visit="明天上午",
    )  # fmt: skip
    ticket = returns.return_paper(out(appointment="今天"), 1, draft, **desk(90))
    assert (ticket.status, ticket.appointment) == (Status.SUSPENDED, "明天上午")
    waits = next(one for one in ticket.events if one.kind is EventKind.SUSPENDED)
    assert (waits.text, waits.detail["waiting"]) == ("缺配件", "material")
    amended = next(one for one in ticket.events if one.kind is EventKind.AMENDED)
    assert amended.detail == {"appointment": "今天"}


def test_not_done_and_coming_again_stays_in_work_with_its_reason(world, desk, out):
    draft = paper_says(world, Outcome.NOT_DONE, work="业主临时外出", signed=False, opinion="")
    ticket = returns.return_paper(out(), 1, draft, **desk(90))
    assert ticket.status is Status.IN_PROGRESS
    assert ticket.events[-1].text == "业主临时外出"
    assert count_papers_out(now=world.now) == 0


def test_a_paper_that_was_never_sent_out_is_entered_all_the_same(world, desk):
    draft = TicketDraft(Kind.REPAIR, "水管爆了", place="地下室")
    ticket = tickets.register_ticket(draft, **desk())
    papers.note_print(ticket.id, ORDER, 1, **desk(1))
    assert returns.return_paper(ticket.id, 1, paper_says(world), **desk(90)).status is Status.CLOSED


def test_a_paper_that_nobody_noted_is_entered_all_the_same(world, desk):
    ticket = tickets.register_ticket(TicketDraft(Kind.REPAIR, "灯不亮", place="大堂"), **desk())
    returns.return_paper(ticket.id, 1, paper_says(world), **desk(90))
    (paper,) = list_papers(ticket.id)
    assert paper.state is PaperState.RETURNED
    with pytest.raises(RuleError) as refusal:
        returns.return_paper(ticket.id, 2, paper_says(world), **desk(91))
    assert refusal.value.code == "paper-unknown"


def test_what_was_completed_by_telephone_is_confirmed_by_its_paper(world, desk, out):
    ticket = out()
    tickets.complete_ticket(ticket, text="更换垫片", **desk(60))
    draft = PaperReturn(Outcome.FAIR, signed=True)
    closed = returns.return_paper(ticket, 1, draft, **desk(90))
    assert closed.status is Status.CLOSED
    assert kinds(closed)[4:] == ["replied", "paper-returned", "closed"]


def test_two_returns_of_one_order_are_one(world, desk, out):
    ticket = out()
    returns.return_paper(ticket, 1, paper_says(world), **desk(90))
    before = rows("SELECT count(*) FROM ticket_event")
    with pytest.raises(RuleError) as refusal:
        returns.return_paper(ticket, 1, paper_says(world), **desk(95))
    assert refusal.value.code == "paper-returned"
    assert "前台" in str(refusal.value)
    assert rows("SELECT count(*) FROM ticket_event") == before


def test_an_older_paper_is_filed_and_moves_nothing(world, desk, out):
    ticket = out()
    tickets.dispatch_ticket(ticket, handler_id=world.worker.id, **desk(10))
    papers.note_print(ticket, ORDER, 2, **desk(11))
    states = {one.round: one.state for one in list_papers(ticket)}
    assert states == {1: PaperState.SUPERSEDED, 2: PaperState.OUT}
    filed = returns.return_paper(ticket, 1, paper_says(world), **desk(90))
    assert filed.status is Status.DISPATCHED
    assert [row.round for row in list_papers_out(now=world.now).rows] == [2]
    assert returns.return_paper(ticket, 2, paper_says(world), **desk(95)).status is Status.CLOSED


def test_an_older_paper_counts_where_the_later_one_was_never_printed(world, desk, out):
    ticket = out()
    tickets.dispatch_ticket(ticket, handler_id=world.worker.id, **desk(10))
    assert returns.return_paper(ticket, 1, paper_says(world), **desk(90)).status is Status.CLOSED


@pytest.mark.parametrize("end", ["void", "closed"])
def test_the_paper_of_an_ended_ticket_is_filed(world, desk, out, end):
    ticket = out()
    if end == "void":
        tickets.void_ticket(ticket, reason="重复", **desk(30))
    else:
        tickets.complete_ticket(ticket, text="修好", **desk(30))
        tickets.reply_ticket(ticket, text="已告知", **desk(31))
    draft = paper_says(world, Outcome.DISSATISFIED)
    filed = returns.return_paper(ticket, 1, draft, **desk(90))
    assert filed.status is Status(end)
    assert filed.events[-1].kind is EventKind.PAPER_RETURNED


@pytest.mark.parametrize(
    ("minutes", "field"), [(0, "arrived_at"), (200, "arrived_at")], ids=["before", "future"]
)
def test_r41_a_time_before_the_dispatch_or_in_the_future_is_refused(
    world, desk, out, minutes, field
):
    ticket = out()
    wrong = world.now.replace(tzinfo=None) + timedelta(minutes=minutes)
    draft = paper_says(world, arrived_at=wrong, finished_at=None)
    before = rows("SELECT count(*) FROM ticket_event"), rows("SELECT * FROM paper")
    with pytest.raises(DraftError) as refusal:
        returns.return_paper(ticket, 1, draft, **desk(90))
    assert [problem.field for problem in refusal.value.problems] == [field]
    assert (rows("SELECT count(*) FROM ticket_event"), rows("SELECT * FROM paper")) == before


def test_the_paper_may_have_come_back_earlier_than_it_is_entered(world, desk, out):
    back = datetime(2026, 11, 21, 10, 40)
    ticket = returns.return_paper(out(), 1, paper_says(world), **desk(90), at=back)
    assert list_papers(ticket.id)[0].returned_at == back
    assert ticket.closed_at == back


# -- lost, and the list


def test_a_lost_paper_leaves_the_list_with_its_reason_and_may_be_found(world, desk, out):
    ticket = out()
    lost = papers.declare_lost(ticket, 1, reason="师傅弄湿了", **desk(30))
    assert lost.events[-1].text == "师傅弄湿了"
    assert list_papers(ticket)[0].state is PaperState.LOST
    assert list_papers_out(now=world.now).rows == ()
    with pytest.raises(RuleError) as refusal:
        papers.declare_lost(ticket, 1, reason="又丢了", **desk(31))
    assert refusal.value.code == "paper-not-out"
    assert returns.return_paper(ticket, 1, paper_says(world), **desk(90)).status is Status.CLOSED


def test_a_lost_paper_that_is_printed_again_is_out_again(world, desk, out):
    ticket = out()
    papers.declare_lost(ticket, 1, reason="弄湿了", **desk(30))
    papers.note_print(ticket, ORDER, 1, **desk(31))
    (paper,) = list_papers(ticket)
    assert (paper.state, paper.prints) == (PaperState.OUT, 2)
    assert paper.printed_at == (world.now + timedelta(minutes=31)).replace(tzinfo=None)


def test_a_paper_is_not_lost_without_a_reason(desk, out):
    with pytest.raises(DraftError):
        papers.declare_lost(out(), 1, reason=" ", **desk(30))


def test_papers_out_are_listed_the_oldest_first_and_by_days(world, desk, out):
    first, second = out(), out()
    later = world.now + timedelta(days=4)
    papers.note_print(out(), ORDER, 1, by=world.desk.id, now=later)
    listed = list_papers_out(now=later)
    assert [row.ticket_id for row in listed.rows[:2]] == [first, second]
    assert {row.days for row in listed.rows} == {4}
    row = listed.rows[0]
    assert (row.where, row.handler, row.round, row.prints) == ("3-2-501", "王建国", 1, 1)
    assert count_papers_out(now=later) == 3
    assert count_papers_out(now=later, over_days=3) == 3
    assert count_papers_out(now=later, over_days=4) == 0
    page = list_papers_out(now=later, limit=2)
    assert len(page.rows) == 2
    rest = list_papers_out(now=later, limit=2, after=page.after)
    assert [one.ticket_id for one in (*page.rows, *rest.rows)] == [
        row.ticket_id for row in listed.rows
    ]
    assert rest.after is None
