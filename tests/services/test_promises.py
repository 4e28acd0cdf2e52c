"""R07 on a real file: a new time is told, reported, held to, and the old one stays in sight."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from propdesk.domain.clock_rules import Clock
from propdesk.domain.clocks import ClockState
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.promises import PromiseDraft
from propdesk.domain.tickets import EventKind, Kind, TicketDraft
from propdesk.services import tickets
from propdesk.services.promises import promise_ticket
from propdesk.services.queries.clocks import get_clocks, list_overdue
from propdesk.storage.database import rows

UNTIL = datetime(2026, 12, 5, 12)
WHOLE = PromiseDraft("配件缺货,已向业主说明", UNTIL, "李经理", datetime(2026, 11, 21, 9, 30))


def take(world, kind=Kind.COMPLAINT, **more):
    draft = TicketDraft(kind, "电梯异响", unit_id=world.home.id, **more)
    return tickets.register_ticket(draft, by=world.desk.id, now=world.now)


def act(world, minutes=0) -> dict:
    return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}


def clocks(ticket, now, clock):
    return [one for one in get_clocks(ticket.id, now=now).clocks if one.clock is clock]


def test_r07_the_new_time_holds_and_the_old_one_is_kept(world):
    before = datetime(2026, 11, 23, 12)
    ticket = take(world, promised_at=before)
    told = promise_ticket(ticket.id, WHOLE, **act(world, 5))
    assert told.promised_at == UNTIL
    line = told.events[-1]
    assert (line.kind, line.text) == (EventKind.PROMISED, WHOLE.text)
    assert line.detail["promised_before"] == before.isoformat()
    assert line.detail["reported_to"] == "李经理"
    old, new = clocks(ticket, world.now + timedelta(minutes=6), Clock.PROMISE)
    assert (old.due_at, old.state) == (before, ClockState.CANCELLED)
    assert (new.due_at, new.state) == (UNTIL, ClockState.RUNNING)


def test_r07_the_matter_is_due_at_the_new_time_and_the_caller_has_an_answer(world):
    ticket = take(world)
    later = world.now + timedelta(minutes=6)
    (before,) = clocks(ticket, later, Clock.SOLVE)
    assert before.due_at < UNTIL
    promise_ticket(ticket.id, WHOLE, **act(world, 5))
    (solve,) = clocks(ticket, later, Clock.SOLVE)
    assert (solve.first_due_at, solve.due_at) == (before.due_at, UNTIL)
    assert clocks(ticket, later, Clock.REPLY)[0].state is ClockState.MET
    assert rows("SELECT next_due_at FROM ticket WHERE id = ?", ticket.id) == [(UNTIL.isoformat(),)]
    assert list_overdue(now=world.now, at=world.now + timedelta(days=13)) == []


@pytest.mark.parametrize(("draft", "fields"), [
    (PromiseDraft(" ", None, "", None), ["text", "promised_at", "reported_to", "reported_at"]),
    (replace(WHOLE, text="\u200b"), ["text"]),
    (replace(WHOLE, way="打电话"), ["way"]),
    (replace(WHOLE, promised_at=datetime(2026, 11, 21, 9, 30)), ["promised_at"]),
    (replace(WHOLE, reported_to="李" * 201), ["reported_to"]),
    (replace(WHOLE, reported_at=datetime(2026, 11, 21, 9, 36)), ["reported_at"]),
])  # fmt: skip
def test_r07_all_four_are_needed_and_nothing_is_written_without(world, draft, fields):
    ticket = take(world)
    before = rows("SELECT count(*) FROM ticket_event")
    with pytest.raises(DraftError) as refusal:
        promise_ticket(ticket.id, draft, **act(world, 5))
    assert [problem.field for problem in refusal.value.problems] == fields
    assert rows("SELECT count(*) FROM ticket_event") == before


def test_r07_the_same_time_once_more_is_no_new_time(world):
    ticket = take(world)
    promise_ticket(ticket.id, WHOLE, **act(world, 5))
    with pytest.raises(DraftError) as refusal:
        promise_ticket(ticket.id, WHOLE, **act(world, 6))
    assert [problem.field for problem in refusal.value.problems] == ["promised_at"]


def test_r07_what_is_done_has_no_time_to_move(world):
    ticket = take(world)
    tickets.complete_ticket(ticket.id, text="已修好", **act(world, 1))
    with pytest.raises(RuleError) as refusal:
        promise_ticket(ticket.id, WHOLE, **act(world, 5))
    assert refusal.value.code == "nothing-to-promise"
