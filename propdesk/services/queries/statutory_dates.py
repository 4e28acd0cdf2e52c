"""All days that the law or a contract sets, in one list by the days that are left (law.md 1.9).

A round that comes every few weeks or oftener stands in the list of rounds: its next day would be
near at all times and say nothing. Here stand those whose cycle is longer than the nearest warning.
"""

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache
from itertools import pairwise

from propdesk.domain.assets import Asset
from propdesk.domain.check_items import InspectionKind
from propdesk.domain.inspection_plans import Plan, latest_day, next_after_done, occasion
from propdesk.domain.recurrence import Recurrence
from propdesk.domain.rounds import Anchor
from propdesk.domain.statutory_dates import (
    REUSE_SOURCE,
    DateKind,
    StatutoryDate,
    a_year_after,
    needs_inspection_before_reuse,
    reached,
)
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.parts.missed_rounds import IS_MADE_UP
from propdesk.services.queries.assets import list_assets
from propdesk.services.queries.inspection_plans import list_plans
from propdesk.services.queries.vendors import list_contracts, list_vendors
from propdesk.storage.database import rows

# So many days of a rule tell its shortest cycle: months have 28 to 31 days.
_TRIED = 4


def list_statutory_dates(
    today: date, *, days: int | None = None, asset_id: int | None = None
) -> list[StatutoryDate]:
    """Return every day, the longest overdue first; with `days` what is due within so many days.

    `asset_id` narrows to one thing: its own days and those of its plans, none of its company.
    """
    warnings = load_inspection_settings().warnings
    assets = list_assets()
    found = [*_of_things(assets, today), *_of_plans(assets, warnings[-1])]
    if asset_id is None:
        found += _of_vendors()
    told = []
    for one in found:
        left = (one.day - today).days
        if (days is None or left <= days) and (asset_id is None or asset_id in one.asset_ids):
            told.append(replace(one, days_left=left, warning=reached(left, warnings)))
    return sorted(told, key=lambda one: (one.days_left, one.subject, one.kind))


def list_warned_dates(today: date) -> list[StatutoryDate]:
    """Return what is overdue or within the office's warnings."""
    return [one for one in list_statutory_dates(today) if one.is_warned]


def next_dates(today: date) -> dict[int, StatutoryDate]:
    """Return the next day of each thing that has one, by the thing's id."""
    nearest: dict[int, StatutoryDate] = {}
    for one in list_statutory_dates(today):
        for asset_id in one.asset_ids:
            nearest.setdefault(asset_id, one)
    return nearest


def _of_things(assets: Sequence[Asset], today: date) -> Iterator[StatutoryDate]:
    for one in assets:
        draft = one.draft
        subject = f"{draft.code} {draft.name}"
        if draft.licence_until is not None:
            yield StatutoryDate(
                DateKind.LICENCE, subject, draft.licence_until, where=one.where,
                asset_ids=(one.id,), source=draft.licence_number,
            )  # fmt: skip
        # A warranty that is over binds nobody any more.
        if draft.warranty_until is not None and draft.warranty_until >= today:
            yield StatutoryDate(
                DateKind.WARRANTY, subject, draft.warranty_until, where=one.where,
                asset_ids=(one.id,),
            )  # fmt: skip
        if draft.state_on is not None and needs_inspection_before_reuse(one, today):
            yield StatutoryDate(
                DateKind.REUSE, subject, a_year_after(draft.state_on), where=one.where,
                asset_ids=(one.id,), source=REUSE_SOURCE, verified=False,
            )  # fmt: skip


def _of_plans(assets: Sequence[Asset], nearest: int) -> Iterator[StatutoryDate]:
    """Yield the next day of each statutory plan: of an open round, else of its rule."""
    plans = [
        plan
        for plan in list_plans()
        if plan.draft.kind is InspectionKind.STATUTORY
        and shortest_cycle(plan.draft.recurrence) > nearest
    ]
    if not plans:
        return
    known = {one.id: one for one in assets}
    things, courses = _things_of_plans(), _courses(plans)
    for plan in plans:
        due = _next_day(plan, courses)
        if due is None:
            continue
        ids = [id_ for id_ in (plan.draft.asset_id, *things[plan.id]) if id_ in known]
        here = [known[id_] for id_ in dict.fromkeys(ids) if id_ is not None]
        subject = plan.draft.name
        if len(here) == 1:
            subject = f"{subject} · {here[0].draft.code} {here[0].draft.name}"
        yield StatutoryDate(
            DateKind.PLAN, subject, due, where=here[0].where if len(here) == 1 else "",
            asset_ids=tuple(one.id for one in here), plan_id=plan.id,
            source=plan.draft.source, verified=plan.draft.verified,
        )  # fmt: skip


_Course = tuple[date | None, date | None, date | None]


def _next_day(plan: Plan, courses: Mapping[int, _Course]) -> date | None:
    """Return the last day in time of the oldest open round, else of the round that comes next."""
    open_on, settled_on, done_on = courses.get(plan.id, (None, None, None))
    if open_on is not None:
        return open_on
    draft = plan.draft
    clock = draft.times[0] if draft.times else ""
    if draft.anchor is Anchor.COMPLETED:
        day = next_after_done(draft, done_on)
        latest = latest_day(draft, done_on)
        day = min(day, latest) if day and latest else day
    else:
        before = date.fromordinal(draft.starts_on.toordinal() - 1)
        day = _next(draft.recurrence, max(filter(None, (before, plan.made_until, settled_on))))
        day = None if day and draft.ends_on and day > draft.ends_on else day
    return day and occasion(draft, day, clock).due_at.date()


def _courses(plans: Sequence[Plan]) -> dict[int, _Course]:
    """Return of each plan the end of its oldest open round, and what was settled and done last."""
    open_on = dict(
        rows(
            "SELECT plan_id, min(date(due_at)) FROM inspection_round r "
            f"WHERE state IN ('planned', 'running') AND NOT {IS_MADE_UP} GROUP BY plan_id"
        )
    )
    found = rows(
        "SELECT p.value, (SELECT r.planned_on FROM inspection_round r "
        # Left alone it would go through every round that makes up for none.
        "INDEXED BY inspection_round_planned WHERE r.plan_id = p.value AND r.makes_up_id IS NULL "
        "AND r.state IN ('done', 'cancelled') ORDER BY r.planned_on DESC LIMIT 1), "
        "(SELECT date(max(r.done_at)) FROM inspection_round r "
        "WHERE r.plan_id = p.value AND r.state = 'done') FROM json_each(?) p",
        json.dumps([plan.id for plan in plans]),
    )
    return {
        plan_id: (_day(open_on.get(plan_id)), _day(settled_on), _day(done_on))
        for plan_id, settled_on, done_on in found
    }


def _things_of_plans() -> defaultdict[int, list[int]]:
    found: defaultdict[int, list[int]] = defaultdict(list)
    for plan_id, asset_id in rows(
        "SELECT l.plan_id, x.asset_id FROM plan_line l JOIN inspection_plan p ON p.id = l.plan_id "
        "JOIN inspection_point x ON x.id = l.point_id WHERE p.kind = 'statutory' "
        "AND p.ended_at IS NULL AND x.asset_id IS NOT NULL ORDER BY l.plan_id, l.position"
    ):
        found[plan_id].append(asset_id)
    return found


def _of_vendors() -> Iterator[StatutoryDate]:
    """Yield the ends of licences, and of the contract that ends last for each kind of things."""
    vendors = {one.id: one for one in list_vendors()}
    for vendor in vendors.values():
        if vendor.draft.licence_until is not None:
            yield StatutoryDate(
                DateKind.VENDOR_LICENCE, vendor.draft.name, vendor.draft.licence_until,
                vendor_id=vendor.id, source=vendor.draft.licence_number,
            )  # fmt: skip
    renewed = set()
    for one in list_contracts():  # the one that ends last comes first
        about = (one.vendor_id, one.draft.kind)
        if one.vendor_id in vendors and about not in renewed:
            renewed.add(about)
            yield StatutoryDate(
                DateKind.CONTRACT, f"{one.vendor} · {one.draft.subject}", one.draft.until_on,
                vendor_id=one.vendor_id, contract_id=one.id, source=one.draft.number,
            )  # fmt: skip


@lru_cache(maxsize=2048)
def _next(rule: Recurrence, after: date) -> date | None:
    """Return the next day of a rule; Today asks for the same ones again and again."""
    return rule.next(after)


@lru_cache(maxsize=2048)
def shortest_cycle(rule: Recurrence) -> int:
    """Return the least days between two rounds of a rule; one that fires once has no cycle."""
    day: date | None = date.fromordinal(rule.starts_on.toordinal() - 1)
    days: list[date] = []
    while len(days) < _TRIED and day is not None:
        day = rule.next(day)
        if day is not None:
            days.append(day)
    gaps = [(later - earlier).days for earlier, later in pairwise(days)]
    return min(gaps, default=date.max.toordinal())


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
