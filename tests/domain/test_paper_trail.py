"""Papers that go out and come back: their state, what is out by the journal (idea 1, R41)."""

from datetime import datetime

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.paper_trail import (
    PAPER_LABELS,
    STATE_LABELS,
    Course,
    PaperKind,
    PaperState,
    check_out_days,
    course_of,
    dispatch_round,
    paper_state,
    rounds_out,
)
from propdesk.domain.tickets import Event, EventKind, Status

NOON = datetime(2026, 11, 21, 12)


def test_every_kind_and_state_has_its_word():
    assert set(PAPER_LABELS) == set(PaperKind)
    assert set(STATE_LABELS) == set(PaperState)


def test_what_is_printed_before_any_dispatch_belongs_to_the_first():
    assert [dispatch_round(dispatches) for dispatches in (0, 1, 2)] == [1, 1, 2]


@pytest.mark.parametrize(
    ("round_", "dispatches", "returned_at", "lost", "state"),
    [
        (1, 0, None, "", PaperState.OUT),
        (1, 1, None, "", PaperState.OUT),
        (1, 2, None, "", PaperState.SUPERSEDED),
        (2, 2, None, "", PaperState.OUT),
        (1, 2, NOON, "", PaperState.RETURNED),
        (1, 2, None, "弄湿了", PaperState.LOST),
    ],
)
def test_an_older_paper_stays_out_until_it_comes_back_or_is_lost(
    round_, dispatches, returned_at, lost, state
):
    assert paper_state(round_, dispatches, returned_at, lost) is state


def event(sequence: int, event_kind: EventKind, /, **detail: str) -> Event:
    return Event(sequence, NOON, NOON, event_kind, Status.DISPATCHED, 1, "王", "", detail)


def test_the_journal_tells_which_papers_are_out():
    order = {"kind": "work-order"}
    journal = [
        event(1, EventKind.PRINTED, **order, round="1", copies="1"),
        event(2, EventKind.PRINTED, **order, round="2", copies="3"),
        event(3, EventKind.PRINTED, kind="complaint-sheet", round="2"),
        event(4, EventKind.NOTED),
    ]
    assert rounds_out(journal) == (1, 2)
    back = event(5, EventKind.PAPER_RETURNED, **order, round="2")
    assert rounds_out([*journal, back]) == (1,)
    lost = event(6, EventKind.NOTED, **order, round="1", lost_since="2026-11-21")
    assert rounds_out([*journal, back, lost]) == ()
    once_more = [event(7, EventKind.PRINTED, **order, round=str(round_)) for round_ in (1, 2)]
    assert rounds_out([*journal, back, lost, *once_more]) == (1,)


@pytest.mark.parametrize("status", Status)
def test_what_a_paper_can_still_do_hangs_on_its_ticket(status):
    work = {Status.RECEIVED, Status.DISPATCHED, Status.IN_PROGRESS, Status.SUSPENDED}
    wanted = Course.WORK if status in work else Course.FILE
    wanted = Course.CONFIRM if status is Status.COMPLETED else wanted
    assert course_of(status, is_replaced=False) is wanted
    assert course_of(status, is_replaced=True) is Course.FILE


def test_the_days_of_papers_out_are_a_year_at_most():
    for days in (0, 3, 365):
        check_out_days(days)
    for days in (-1, 366):
        with pytest.raises(RuleError) as refusal:
            check_out_days(days)
        assert refusal.value.code == "setting-out-days"
