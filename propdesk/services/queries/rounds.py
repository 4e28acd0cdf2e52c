"""Rounds to read: what is due, what was missed, the days of a month (law.md 1.9).

What is still to come is told from the plans; what has come is stored. Both stand in one list.
"""

from collections.abc import Iterable, Iterator
from datetime import date, datetime
from typing import Any

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_plans import Occasion, Plan, next_after_done, occasion, occasions
from propdesk.domain.rounds import Anchor, Round, RoundState, Shift, Standing, standing_of
from propdesk.i18n import _
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.parts.missed_rounds import IS_AWAITED, IS_MISSED, MAKES_UP, missed_before
from propdesk.services.queries.inspection_plans import list_plans, list_walkers
from propdesk.storage.database import rows

_ROUNDS = (
    "SELECT r.id, r.plan_id, p.code, p.name, p.kind, r.planned_on, r.planned_time, p.shift, "
    "r.due_at, r.state, CASE WHEN r.walker <> '' THEN r.walker ELSE "
    "coalesce(w.name, v.name, d.name, '') END, r.latest_on, coalesce(s.number, ''), r.items, "
    "r.filled, r.abnormal, r.done_at, r.entered_at, r.makes_up_id, u.id, u.state, "
    "r.note, r.version "
    "FROM inspection_round r JOIN inspection_plan p ON p.id = r.plan_id "
    "LEFT JOIN inspection_sheet s ON s.id = r.sheet_id "
    f"LEFT JOIN inspection_round u ON {MAKES_UP} "
    "LEFT JOIN staff w ON w.id = p.walker_id LEFT JOIN vendor v ON v.id = p.vendor_id "
    "LEFT JOIN department d ON d.id = p.department_id "
)
_ORDER = " ORDER BY r.planned_on, r.planned_time, p.code, r.id"


def get_round(round_id: int, now: datetime) -> Round:
    """Return a round as it stands at `now`; raises RuleError where there is none."""
    found = rows(f"{_ROUNDS} WHERE r.id = ?", round_id)
    if not found:
        raise RuleError("round-unknown", _("There is no such round."))
    return _stored(found, now)[0]


def list_rounds(
    from_on: date, until_on: date, now: datetime, *, plan_id: int | None = None
) -> list[Round]:
    """Return the rounds of some days, both included: stored ones and those still to come."""
    found = rows(
        f"{_ROUNDS} WHERE r.planned_on BETWEEN ? AND ? AND (? IS NULL OR r.plan_id = ?) {_ORDER}",
        from_on.isoformat(),
        until_on.isoformat(),
        plan_id,
        plan_id,
    )
    coming = _coming(from_on, until_on, now, plan_id)
    return sorted(
        [*_stored(found, now), *coming], key=lambda one: (one.day, one.clock, one.code, one.id)
    )


def list_due(now: datetime, *, days: int = 0) -> list[Round]:
    """Return what is to be walked: open rounds up to `days` days ahead, the missed ones first.

    A missed round that was made up for is not asked for again, although it stays missed.
    """
    last = date.fromordinal(now.date().toordinal() + days)
    found = rows(
        f"{_ROUNDS} WHERE r.state IN ('planned', 'running') AND r.planned_on <= ? "
        f"AND u.id IS NULL {_ORDER}",
        last.isoformat(),
    )
    coming = _coming(date.min, last, now)
    return sorted(
        [*_stored(found, now), *coming],
        key=lambda one: (one.standing is not Standing.MISSED, one.due_at, one.code),
    )


def open_days() -> dict[int, date]:
    """Return the round that is waited for of each plan that counts from the last done one."""
    found = rows(
        "SELECT r.plan_id, min(r.planned_on) FROM inspection_round r "
        "JOIN inspection_plan p ON p.id = r.plan_id WHERE p.anchor = 'completed' "
        f"AND {IS_AWAITED} GROUP BY r.plan_id"
    )
    return {plan_id: date.fromisoformat(day) for plan_id, day in found}


def list_due_on(day: date, now: datetime, *, days: int = 0) -> list[Round]:
    """Return the rounds of a day and the `days` after it as they stand now; called-off ones not.

    Of today and of a day to come also what was missed before and is still to be made up for.
    """
    last = date.fromordinal(min(day.toordinal() + days, date.max.toordinal()))
    found = [one for one in list_rounds(day, last, now) if one.standing is not Standing.CANCELLED]
    if day < now.date():
        return found
    ids = {one.id for one in found if one.id}
    missed = [one for one in list_due(now) if one.standing is Standing.MISSED and one.id not in ids]
    return [*missed, *found]


def count_days(from_on: date, until_on: date, now: datetime) -> dict[date, dict[Standing, int]]:
    """Return how many rounds of each day stand how: the month grid."""
    counts: dict[date, dict[Standing, int]] = {}
    for day, standing, count in rows(
        "SELECT planned_on, CASE WHEN state = 'cancelled' THEN 'cancelled' "
        "WHEN state = 'done' THEN iif(done_at <= due_at, 'done', 'done-late') "
        f"WHEN {IS_MISSED} THEN 'missed' ELSE state END AS standing, count(*) "
        "FROM inspection_round r WHERE planned_on BETWEEN ? AND ? GROUP BY planned_on, standing",
        *missed_before(now),
        from_on.isoformat(),
        until_on.isoformat(),
    ):
        counts.setdefault(date.fromisoformat(day), {})[Standing(standing)] = count
    moment = now.replace(tzinfo=None)
    for _plan, one in not_stored(from_on, until_on):
        of_day = counts.setdefault(one.day, {})
        standing = Standing.MISSED if moment > one.due_at else Standing.PLANNED
        of_day[standing] = of_day.get(standing, 0) + 1
    return counts


def _coming(
    from_on: date, until_on: date, now: datetime, plan_id: int | None = None
) -> list[Round]:
    """Return what is not stored: days to come, and those that began since the last start."""
    found = [one for one in not_stored(from_on, until_on) if plan_id in (None, one[0].id)]
    walkers = list_walkers() if found else {}
    return [_to_come(plan, one, walkers[plan.id], now) for plan, one in found]


def not_stored(from_on: date, until_on: date) -> Iterator[tuple[Plan, Occasion]]:
    """Yield what plans ask for and no row says; sheets printed early have their rounds stored."""
    known = set(
        rows(
            "SELECT r.plan_id, r.planned_on, r.planned_time FROM inspection_round r "
            "JOIN inspection_plan p ON p.id = r.plan_id WHERE p.ended_at IS NULL "
            "AND r.planned_on BETWEEN ? AND ? AND r.planned_on > coalesce(p.made_until, '')",
            max(from_on, _last_made()).isoformat(),
            until_on.isoformat(),
        )
    )
    for plan in list_plans(only=_asking(until_on), with_routes=False):
        for one in _asked_for(plan, from_on, until_on):
            if (plan.id, one.day.isoformat(), one.clock) not in known:
                yield plan, one


def _asking(until_on: date) -> list[int]:
    """Return the plans that may ask for more than is stored up to a day.

    One that counts from what was done has one round at a time; before the first none.
    """
    found = rows(
        "SELECT id FROM inspection_plan p WHERE ended_at IS NULL AND CASE anchor "
        "WHEN 'calendar' THEN coalesce(made_until, '') < ? ELSE NOT EXISTS (SELECT 1 "
        "FROM inspection_round WHERE plan_id = p.id AND makes_up_id IS NULL) END",
        until_on.isoformat(),
    )
    return [plan_id for (plan_id,) in found]


def _last_made() -> date:
    """Return the day up to which every plan's rounds are stored."""
    ((day,),) = rows(
        "SELECT min(coalesce(made_until, starts_on)) FROM inspection_plan "
        "WHERE ended_at IS NULL AND anchor = 'calendar'"
    )
    return date.fromisoformat(day) if day else date.min


def _asked_for(plan: Plan, from_on: date, until_on: date) -> Iterable[Occasion]:
    draft = plan.draft
    if draft.anchor is Anchor.COMPLETED:
        day = next_after_done(draft, None)
        if day is None or not from_on <= day <= until_on:
            return ()
        return (occasion(draft, day, draft.times[0] if draft.times else ""),)
    first = from_on
    if plan.made_until is not None:
        first = max(from_on, date.fromordinal(plan.made_until.toordinal() + 1))
    return occasions(draft, first, until_on) if first <= until_on else ()


def _to_come(plan: Plan, one: Occasion, walker: str, now: datetime) -> Round:
    return Round(
        id=0,
        plan_id=plan.id,
        code=plan.draft.code,
        name=plan.draft.name,
        kind=plan.draft.kind,
        day=one.day,
        clock=one.clock,
        shift=plan.draft.shift,
        due_at=one.due_at,
        state=RoundState.PLANNED,
        standing=standing_of(RoundState.PLANNED, one.due_at, None, now.replace(tzinfo=None)),
        walker=walker,
    )


def _stored(found: Iterable[tuple[Any, ...]], now: datetime) -> list[Round]:
    entry_hours, clock = load_inspection_settings().entry_hours, now.replace(tzinfo=None)
    return [_round(row, clock, entry_hours) for row in found]


def _round(row: tuple[Any, ...], now: datetime, entry_hours: int) -> Round:
    (
        round_id, plan_id, code, name, kind, day, clock, shift, due_at, state, walker, latest_on,
        sheet, items, filled, abnormal, done_at, entered_at, makes_up, made_up_by,
        make_up_state, note, version,
    ) = row  # fmt: skip
    due, done = datetime.fromisoformat(due_at), _moment(done_at)
    return Round(
        id=round_id,
        plan_id=plan_id,
        code=code,
        name=name,
        kind=InspectionKind(kind),
        day=date.fromisoformat(day),
        clock=clock,
        shift=Shift(shift),
        due_at=due,
        state=RoundState(state),
        standing=standing_of(
            RoundState(state), due, done, now, entry_hours=entry_hours if sheet else 0
        ),
        walker=walker,
        latest_on=date.fromisoformat(latest_on) if latest_on else None,
        sheet=sheet,
        items=items,
        filled=filled,
        abnormal=abnormal,
        done_at=done,
        entered_at=_moment(entered_at),
        makes_up=makes_up,
        made_up_by=made_up_by,
        is_made_up=make_up_state == RoundState.DONE,
        note=note,
        version=version,
    )


def _moment(stored: str | None) -> datetime | None:
    return datetime.fromisoformat(stored) if stored else None
