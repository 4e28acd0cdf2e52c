"""A breach of the rules: three steps in order, and the time to report (Civil Code 942)."""

from datetime import datetime, timedelta

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import Event, EventKind, Status
from propdesk.domain.violations import (
    REPORT_HOURS,
    STEPS,
    Outcome,
    StepDraft,
    check_hours,
    check_step,
    check_step_draft,
    check_violation,
    read_violation,
)

BEGIN = datetime(2026, 11, 21, 9, 0)
DISSUADED, STOPPED, REPORTED = STEPS
ON, COMPLIED = Outcome.GOES_ON, Outcome.COMPLIED


def journal(*lines):
    """A journal of steps, one an hour."""
    return [
        Event(n, BEGIN + timedelta(hours=n), BEGIN, kind, Status.IN_PROGRESS, 1, "", "", {
            "outcome": outcome.value} if outcome else {})
        for n, (kind, outcome) in enumerate(lines)
    ]  # fmt: skip


def state(*lines, hours=REPORT_HOURS):
    return read_violation(journal(*lines), hours)


# what happened: what comes next, hours until the report from 9:00 on
@pytest.mark.parametrize(
    ("lines", "following", "due"),
    [
        ((), DISSUADED, None),
        (((EventKind.NOTED, None),), DISSUADED, None),
        (((DISSUADED, ON),), STOPPED, 24),
        (((DISSUADED, ON), (DISSUADED, ON)), STOPPED, 24),
        (((DISSUADED, ON), (STOPPED, ON)), REPORTED, 24),
        (((DISSUADED, ON), (STOPPED, ON), (REPORTED, ON)), None, None),
        (((DISSUADED, COMPLIED),), None, None),
        (((DISSUADED, ON), (STOPPED, COMPLIED)), None, None),
        (((DISSUADED, COMPLIED), (DISSUADED, ON)), STOPPED, 25),
    ],
)
def test_l942_what_comes_next_and_until_when_to_report(lines, following, due):
    found = state(*lines)
    assert found.following is following
    assert found.due_at == (None if due is None else BEGIN + timedelta(hours=due))


def test_l942_the_time_to_report_is_a_day_from_the_first_dissuasion_that_failed():
    found = state((DISSUADED, ON), (STOPPED, ON))
    assert REPORT_HOURS == 24
    assert not found.is_overdue(BEGIN + timedelta(hours=24))
    assert found.is_overdue(BEGIN + timedelta(hours=24, seconds=1))
    assert state((DISSUADED, ON), hours=2).due_at == BEGIN + timedelta(hours=2)


@pytest.mark.parametrize(
    ("lines", "step", "refused"),
    [
        ((), DISSUADED, False),
        ((), STOPPED, True),
        ((), REPORTED, True),
        (((DISSUADED, ON),), DISSUADED, False),
        (((DISSUADED, ON),), STOPPED, False),
        (((DISSUADED, ON),), REPORTED, True),
        (((DISSUADED, ON), (STOPPED, ON)), REPORTED, False),
        (((DISSUADED, ON), (STOPPED, COMPLIED)), REPORTED, True),
        (((DISSUADED, ON), (STOPPED, COMPLIED)), DISSUADED, False),
    ],
)
def test_l942_the_steps_come_in_order(lines, step, refused):
    if not refused:
        check_step(state(*lines), step)
        return
    with pytest.raises(RuleError) as refusal:
        check_step(state(*lines), step)
    assert refusal.value.code == "violation-order"


def test_l942_a_step_needs_words_and_the_report_an_authority():
    assert [p.field for p in check_step_draft(DISSUADED, StepDraft(""))] == ["text"]
    assert [p.field for p in check_step_draft(REPORTED, StepDraft("x"))] == ["authority"]
    assert check_step_draft(REPORTED, StepDraft("x", authority="110")) == ()


def test_the_kind_of_a_breach_is_one_of_ours_or_none():
    assert check_violation("") == check_violation("fire") == ()
    assert [p.field for p in check_violation("noise")] == ["violation"]


@pytest.mark.parametrize("hours", [0, 241])
def test_hours_that_are_no_time_to_report_are_refused(hours):
    with pytest.raises(RuleError, match="240"):
        check_hours(hours)
