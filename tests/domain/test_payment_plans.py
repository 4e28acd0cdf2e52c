"""Promises and plans: parts that make the total to the fen, kept and broken by what was settled."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.payment_plans import (
    Outcome,
    Part,
    PlanDraft,
    PlanState,
    check_plan,
    equal_parts,
    plan_number,
    standing_of,
)

TODAY = date(2026, 11, 21)
PARTS = (
    Part(date(2026, 12, 1), 100_00),
    Part(date(2027, 1, 1), 100_00),
    Part(date(2027, 2, 1), 50_01),
)


def problems(parts=PARTS, total=250_01, open_fen=300_00, **more):
    found = check_plan(PlanDraft(parts=parts, total_fen=total, **more), open_fen, TODAY)
    return [problem.field for problem in found]


def test_a_plan_that_is_right_has_no_problems():
    assert problems() == []
    assert PlanDraft(PARTS, 250_01).kind == "plan"
    assert PlanDraft(PARTS[:1], 100_00).kind == "promise"


@pytest.mark.parametrize(
    ("parts", "total", "field"),
    [
        (PARTS, 250_00, "parts"),  # one fen more than agreed
        (PARTS, 300_01, "parts"),
        ((PARTS[1], PARTS[0]), 200_00, "parts"),  # days that do not ascend
        ((PARTS[0], PARTS[0]), 200_00, "parts"),
        ((Part(date(2026, 12, 1), 0),), 0, "parts"),
        ((Part(date(2026, 12, 1), -5),), -5, "parts"),
        ((), 0, "parts"),
        ((Part(date(2026, 11, 20), 100),), 100, "parts"),  # before the promise
        ((Part(date(2026, 12, 1), 300_01),), 300_01, "total_fen"),  # more than is open
    ],
)
def test_f46_parts_that_do_not_make_the_total_are_refused(parts, total, field):
    assert field in problems(parts, total)


def test_a_promise_of_tomorrow_is_refused():
    assert problems(promised_on=date(2026, 11, 22)) == ["promised_on"]


@pytest.mark.parametrize(
    ("paid", "today", "state", "position", "missing"),
    [
        (0, date(2026, 11, 30), PlanState.RUNNING, 1, 100_00),
        (0, date(2026, 12, 1), PlanState.DUE, 1, 100_00),
        (99_99, date(2026, 12, 2), PlanState.BROKEN, 1, 1),
        (100_00, date(2026, 12, 2), PlanState.RUNNING, 2, 100_00),
        (150_00, date(2027, 1, 2), PlanState.BROKEN, 2, 50_00),
        (200_00, date(2027, 2, 1), PlanState.DUE, 3, 50_01),
        (250_01, date(2027, 3, 1), PlanState.KEPT, None, 0),
        (999_99, date(2027, 3, 1), PlanState.KEPT, None, 0),
    ],
)
def test_kept_and_broken_follow_from_what_was_settled(paid, today, state, position, missing):
    found = standing_of(PARTS, paid, today)
    assert (found.state, found.position, found.missing_fen) == (state, position, missing)


def test_what_was_ended_stays_as_it_was_ended():
    found = standing_of(PARTS, 0, date(2027, 3, 1), Outcome.WITHDRAWN)
    assert found.state is PlanState.WITHDRAWN


@given(total=st.integers(100, 10**9), count=st.integers(1, 24))
def test_equal_parts_make_the_total_to_the_fen(total, count):
    days = [date(2027, 1 + n % 12, 1).replace(year=2027 + n // 12) for n in range(count)]
    parts = equal_parts(total, days)
    assert sum(part.amount_fen for part in parts) == total
    assert check_plan(PlanDraft(parts, total), total, TODAY) == ()


def test_numbers_of_plans():
    assert plan_number(2026, 7) == "FQ-2026-0007"
