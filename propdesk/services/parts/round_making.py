"""Rounds that plans ask for become rows as soon as their day has come.

A plan of the calendar gets every round up to a day; one that counts from what was done waits for
one round at a time: when it was missed, for the one that makes up for it. What is there is never
made twice.
"""

from collections.abc import Callable, Iterable
from datetime import date

from propdesk.domain.inspection_plans import (
    Occasion,
    Plan,
    latest_day,
    next_after_done,
    occasion,
    occasions,
)
from propdesk.domain.rounds import Anchor
from propdesk.services.parts.missed_rounds import IS_AWAITED
from propdesk.services.parts.writing import writing
from propdesk.storage.database import database, rows, stored_time
from propdesk.storage.inspections import InspectionPlanRecord

_MADE = (
    "INSERT INTO inspection_round (plan_id, planned_on, planned_time, due_at, latest_on, state, "
    "walker, items, filled, abnormal, note, cancel_reason, version) "
    "SELECT :plan, :day, :clock, :due, :latest, 'planned', '', 0, 0, 0, '', '', 1 "
    # One that was moved to a later day is not asked for again on its own.
    "WHERE NOT EXISTS (SELECT 1 FROM inspection_round WHERE plan_id = :plan "
    "AND postponed_from = :day AND planned_time = :clock) ON CONFLICT DO NOTHING"
)


def begin_day(today: date, plans: Callable[[], Iterable[Plan]]) -> None:
    """Store what all plans ask for up to today: at each start, and when a new day begins.

    `plans` reads those that have not ended, only where something is to be made. A clock that was
    set back makes nothing and takes nothing away.
    """
    if not rows(
        "SELECT 1 FROM inspection_plan p WHERE ended_at IS NULL AND (made_until IS NULL "  # noqa: S608 - our own words
        "OR made_until < ? OR anchor = 'completed' AND NOT EXISTS (SELECT 1 FROM "
        f"inspection_round r WHERE r.plan_id = p.id AND {IS_AWAITED})) LIMIT 1",
        today.isoformat(),
    ):
        return
    with writing():
        for plan in plans():
            make_rounds(plan, today)


def make_rounds(plan: Plan, until_on: date) -> None:
    """Store the rounds of a plan up to `until_on`, which the caller's transaction keeps."""
    if plan.draft.anchor is Anchor.COMPLETED:
        make_next_round(plan)
    if plan.made_until is not None and plan.made_until >= until_on:
        return
    if plan.draft.anchor is Anchor.CALENDAR:
        first = date.fromordinal((plan.made_until or plan.draft.starts_on).toordinal() + 1)
        if plan.made_until is None:
            first = plan.draft.starts_on
        _store(plan, occasions(plan.draft, first, until_on))
    InspectionPlanRecord.update(made_until=until_on).where(
        InspectionPlanRecord.id == plan.id
    ).execute()


def make_rounds_of_day(plan: Plan, day: date) -> None:
    """Store the rounds of a plan on a day that may be still to come: its sheet is printed early."""
    if plan.draft.anchor is Anchor.COMPLETED:
        make_next_round(plan)
    else:
        _store(plan, occasions(plan.draft, day, day))


def make_next_round(plan: Plan) -> None:
    """Store the next round of a plan that counts from what was done, unless one is waited for."""
    if rows(
        f"SELECT 1 FROM inspection_round r WHERE r.plan_id = ? AND {IS_AWAITED}",  # noqa: S608
        plan.id,
    ):
        return
    (done,) = rows(
        "SELECT max(date(done_at)), max(CASE WHEN state = 'cancelled' AND makes_up_id IS NULL "
        "THEN planned_on END) FROM inspection_round "
        "WHERE plan_id = ? AND state IN ('done', 'cancelled')",
        plan.id,
    )
    done_on, called_off = (date.fromisoformat(day) if day else None for day in done)
    # One that was called off counts as its day's: else it would be asked for again at once.
    behind = max((day for day in (done_on, called_off) if day), default=None)
    day = next_after_done(plan.draft, behind)
    if day is None:
        return
    latest = latest_day(plan.draft, behind)
    clock = plan.draft.times[0] if plan.draft.times else ""
    due = min(day, latest) if latest else day
    _store(plan, [occasion(plan.draft, due, clock)], latest)


def _store(plan: Plan, found: Iterable[Occasion], latest: date | None = None) -> None:
    connection = database.connection()
    connection.executemany(
        _MADE,
        [
            {
                "plan": plan.id,
                "day": one.day.isoformat(),
                "clock": one.clock,
                "due": stored_time(one.due_at),
                "latest": latest.isoformat() if latest else None,
            }
            for one in found
        ],
    )
