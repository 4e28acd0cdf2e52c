"""One act with many tickets: one transaction each, one summary, nothing lost by a cancel."""

from datetime import timedelta
from functools import partial

import pypdf
import pytest

from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.papers import PaperSize
from propdesk.domain.tickets import EventKind, Kind, Satisfaction, Status, TicketDraft
from propdesk.services import bulk, follow_ups, incidents, tickets
from propdesk.services.printing import print_work_orders
from propdesk.services.queries.incidents import list_parts
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import rows


@pytest.fixture
def register(world, now):
    def one(kind=Kind.REPAIR, minutes=60, text="停电", **more):
        draft = TicketDraft(kind, text, **{"unit_id": world.home.id, **more})
        then = now - timedelta(minutes=minutes)
        return tickets.register_ticket(draft, by=world.desk.id, now=then)

    return one


@pytest.fixture
def dispatch(world, now):
    return partial(
        tickets.dispatch_ticket, department_id=world.engineering, by=world.desk.id, now=now
    )


@pytest.fixture
def settle(world, now):
    return partial(bulk.settle_ticket, text="已恢复供电", by=world.desk.id, now=now)


def numbers(lines):
    return [line.number for line in lines]


def status(ticket):
    return get_ticket(ticket.id).status


def test_f10_each_ticket_is_done_and_the_refused_ones_say_why(register, dispatch, world, now):
    first, second, third = register(), register(), register()
    tickets.void_ticket(second.id, reason="重复", by=world.desk.id, now=now)
    told = []
    result = bulk.run_each(
        [third.id, second.id, first.id, third.id],
        dispatch,
        on_progress=lambda done, total: told.append((done, total)),
    )
    assert numbers(result.done) == [third.number, first.number]
    ((line, code, reason),) = [(one.ticket, one.code, one.reason) for one in result.not_done]
    assert (line.number, code) == (second.number, "ticket-ended")
    assert reason
    assert result.left == ()
    assert told == [(1, 3), (2, 3), (3, 3)]
    assert status(first) is status(third) is Status.DISPATCHED


@pytest.mark.parametrize("after", [0, 1, 5, 9])
def test_f10_a_cancel_loses_nothing(register, dispatch, after):
    chosen = [register(minutes=60 - n) for n in range(10)]
    tried = []

    def act(ticket_id):
        tried.append(ticket_id)
        return dispatch(ticket_id)

    result = bulk.run_each([one.id for one in chosen], act, cancelled=lambda: len(tried) >= after)
    assert numbers(result.done) == [one.number for one in chosen[:after]]
    assert numbers(result.left) == [one.number for one in chosen[after:]]
    assert [status(one) for one in chosen] == [Status.DISPATCHED] * after + [Status.RECEIVED] * (
        10 - after
    )
    # The next run goes on where the cancelled one stopped.
    again = bulk.run_each([one.id for one in result.left], dispatch)
    assert (len(again.done), again.not_done) == (10 - after, ())


def test_f10_a_mistake_is_no_refusal(register):
    def act(_ticket_id):
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        bulk.run_each([register().id], act)


def test_f10_settling_writes_the_missing_reply_and_closes(register, settle):
    new, asked = register(), register(Kind.ENQUIRY)
    result = bulk.run_each([new.id, asked.id], settle)
    assert len(result.done) == 2
    for one in (new, asked):
        after = get_ticket(one.id)
        assert after.status is Status.CLOSED
        assert [event.text for event in after.events if event.kind is EventKind.REPLIED] == [
            "已恢复供电"
        ]


def test_f10_a_complaint_is_told_but_stays_open_for_its_follow_up(register, settle, world, now):
    """R40: no complaint closes against its caller, alone or among many."""
    complaint = register(Kind.COMPLAINT)
    result = bulk.run_each([complaint.id, register().id], settle)
    assert [one.ticket.number for one in result.not_done] == [complaint.number]
    assert len(result.done) == 1
    assert status(complaint) is Status.REPLIED
    again = bulk.run_each([complaint.id], settle)
    assert [one.ticket.number for one in again.not_done] == [complaint.number]
    replies = [one for one in get_ticket(complaint.id).events if one.kind is EventKind.REPLIED]
    assert len(replies) == 1
    follow_ups.follow_up_ticket(complaint.id, Satisfaction.SATISFIED, by=world.desk.id, now=now)
    assert status(complaint) is Status.CLOSED


def test_f10_what_has_ended_is_not_closed_again(register, settle, world, now):
    ticket = register()
    bulk.run_each([ticket.id], settle)
    result = bulk.run_each([ticket.id], settle)
    assert [one.code for one in result.not_done] == ["move-not-allowed"]


def test_f9_one_answer_for_all_of_an_incident(register, settle, world, now):
    master, repair, complaint = register(), register(), register(Kind.COMPLAINT)
    chosen = [master.id, repair.id, complaint.id]
    incidents.create_incident(chosen, by=world.desk.id, now=now)
    answer = partial(tickets.reply_ticket, text="12 点前恢复", by=world.desk.id, now=now)
    parts = [line.id for line in list_parts(master.id)]
    result = bulk.run_each([*parts, master.id], answer)
    assert len(result.done) == 3
    assert [status(one) for one in (master, repair, complaint)] == [
        Status.CLOSED,
        Status.CLOSED,
        Status.REPLIED,
    ]


# -- printing


def test_f10_many_orders_are_one_file_in_the_order_given(register, world, now, tmp_path):
    chosen = [register(minutes=60 - n) for n in range(5)]
    wanted = [chosen[n] for n in (3, 0, 4, 1, 2)]
    target = tmp_path / "派工单.pdf"
    told = []
    printed = print_work_orders(
        [one.id for one in wanted],
        target,
        by=world.desk,
        now=now,
        copies=2,
        on_progress=lambda done, total: told.append((done, total)),
    )
    pages = [page.extract_text() for page in pypdf.PdfReader(target).pages]
    assert printed.pages == len(pages) == 10
    assert [next(one.number for one in chosen if one.number in page) for page in pages] == [
        one.number for one in wanted for _copy in range(2)
    ]
    assert told == [(n, 5) for n in range(1, 6)]


def test_f10_on_a4_each_order_begins_a_sheet_of_its_own(register, world, now, tmp_path):
    target = tmp_path / "a4.pdf"
    ids = [register().id, register().id]
    printed = print_work_orders(ids, target, by=world.desk, now=now, copies=3, paper=PaperSize.A4)
    assert printed.pages == 4


def test_f10_a_cancelled_print_leaves_no_file(register, world, now, tmp_path):
    target = tmp_path / "p.pdf"
    ids = [register().id for _n in range(4)]

    def stop(done, _total):
        if done == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        print_work_orders(ids, target, by=world.desk, now=now, on_progress=stop)
    assert list(tmp_path.glob("p.pdf*")) == []
    assert rows("SELECT count(*) FROM paper") == [(0,)]


@pytest.mark.parametrize(("ids", "code"), [([], "orders-none"), ([4711], "ticket-unknown")])
def test_nothing_to_print_is_said(world, now, tmp_path, ids, code):
    with pytest.raises(RuleError) as refused:
        print_work_orders(ids, tmp_path / "p.pdf", by=world.desk, now=now)
    assert refused.value.code == code


def test_f9_the_master_s_answer_closes_what_may_close(register, world, now):
    master, repair, complaint = register(), register(), register(Kind.COMPLAINT)
    by = {"by": world.desk.id, "now": now}
    incidents.create_incident([master.id, repair.id, complaint.id], **by)
    tickets.complete_ticket(master.id, text="换了空开", **by)
    tickets.reply_ticket(master.id, text="已恢复供电", **by)
    result = bulk.close_incident(master.id, **by)
    # The master ended with its own reply; the text of that reply went to the others.
    assert numbers(result.done) == [repair.number]
    assert [one.ticket.number for one in result.not_done] == [complaint.number]
    for one in (repair, complaint):
        assert get_ticket(one.id).events[-1 if one is complaint else -2].text == "已恢复供电"


def test_f9_only_an_incident_is_answered_as_one(register, world, now):
    with pytest.raises(RuleError) as refused:
        bulk.answer_incident(register().id, text="好", by=world.desk.id, now=now)
    assert refused.value.code == "incident-unknown"
