"""Plans of rounds to read, with their routes in walking order."""

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from propdesk import paths
from propdesk.domain.assets import AssetKind
from propdesk.domain.check_items import InspectionKind
from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_plans import Plan, PlanDraft, Stop
from propdesk.domain.rounds import Anchor, PlanScope, Shift
from propdesk.domain.shipped_plans import ShippedPlan
from propdesk.i18n import _
from propdesk.storage.database import rows

_PLANS = (
    "SELECT id, name, kind, rule, starts_on, code, scope, template_id, community_id, building_id, "
    "asset_id, ends_on, times, one_sheet, shift, anchor, latest_days, before_days, "
    "tolerance_minutes, department_id, walker_id, vendor_id, source, verified, note, shipped, "
    "made_until, ended_at, version FROM inspection_plan"
)


def list_plans(
    *,
    with_ended: bool = False,
    asset_id: int | None = None,
    only: Sequence[int] | None = None,
    with_routes: bool = True,
) -> list[Plan]:
    """Return the plans by number, those of one thing where `asset_id` is given.

    `only` names the plans that are wanted; who asks for days alone leaves the routes out.
    """
    found = rows(
        f"{_PLANS} WHERE (? OR ended_at IS NULL) AND (? IS NULL OR asset_id = ?) "
        "AND (? IS NULL OR id IN (SELECT value FROM json_each(?))) ORDER BY code",
        with_ended,
        asset_id,
        asset_id,
        *(None if only is None else json.dumps(only),) * 2,
    )
    return _plans(found) if with_routes else [_plan(row, ()) for row in found]


def get_plan(plan_id: int) -> Plan:
    """Return a plan; raises RuleError where there is none."""
    found = _plans(rows(f"{_PLANS} WHERE id = ?", plan_id))
    if not found:
        raise RuleError("plan-unknown", _("There is no such plan."))
    return found[0]


def find_plan(code: str) -> Plan:
    """Return the plan with this number, in capitals or not; raises RuleError without one."""
    found = _plans(rows(f"{_PLANS} WHERE code = ? COLLATE NOCASE", code.strip()))
    if not found:
        raise RuleError(
            "plan-unknown", _("There is no plan «{code}».").format(code=code.strip()[:40])
        )
    return found[0]


def who_walks(draft: PlanDraft) -> str:
    """Return who walks a plan's rounds: the person, else the company, else the department."""
    ((name,),) = rows(
        "SELECT coalesce((SELECT name FROM staff WHERE id = ?), (SELECT name FROM vendor "
        "WHERE id = ?), (SELECT name FROM department WHERE id = ?), '')",
        draft.walker_id,
        draft.vendor_id,
        draft.department_id,
    )
    return str(name)


def list_walkers() -> dict[int, str]:
    """Return who walks the rounds of each plan, by its id."""
    return dict(
        rows(
            "SELECT p.id, coalesce(w.name, v.name, d.name, '') FROM inspection_plan p "
            "LEFT JOIN staff w ON w.id = p.walker_id LEFT JOIN vendor v ON v.id = p.vendor_id "
            "LEFT JOIN department d ON d.id = p.department_id"
        )
    )


@cache
def shipped_plans() -> tuple[ShippedPlan, ...]:
    """Return the schedules that the program ships, each with its source (law.md 1.9)."""
    file = paths.resources() / "inspections" / "plans.json"
    stock = json.loads(file.read_text(encoding="utf-8"))["plans"]
    return tuple(_shipped(one) for one in stock)


def _shipped(stock: dict[str, Any]) -> ShippedPlan:
    said = dict(stock)
    for name, read in (
        ("kind", InspectionKind),
        ("anchor", Anchor),
        ("scope", PlanScope),
        ("templates", tuple),
        ("times", tuple),
        ("asset_kind", AssetKind),
    ):
        if name in said:
            said[name] = read(said[name])
    return ShippedPlan(**said)


def _plans(found: Iterable[tuple[Any, ...]]) -> list[Plan]:
    found = list(found)
    ids = [row[0] for row in found]
    stops: dict[int, list[Stop]] = defaultdict(list)
    some = "" if len(ids) > 1 else f"WHERE plan_id IN ({', '.join('?' * len(ids))})"
    values = () if len(ids) > 1 else ids
    for plan_id, point_id, template_id in rows(
        f"SELECT plan_id, point_id, template_id FROM plan_line {some} ORDER BY plan_id, position",
        *values,
    ):
        stops[plan_id].append(Stop(point_id, template_id))
    return [_plan(row, tuple(stops[row[0]])) for row in found]


def _plan(row: tuple[Any, ...], stops: tuple[Stop, ...]) -> Plan:
    (
        plan_id, name, kind, rule, starts_on, code, scope, template_id, community_id, building_id,
        asset_id, ends_on, times, one_sheet, shift, anchor, latest_days, before_days,
        tolerance_minutes, department_id, walker_id, vendor_id, source, verified, note, shipped,
        made_until, ended_at, version,
    ) = row  # fmt: skip
    draft = PlanDraft(
        name=name,
        kind=InspectionKind(kind),
        rule=rule,
        starts_on=date.fromisoformat(starts_on),
        code=code,
        scope=PlanScope(scope),
        stops=stops,
        template_id=template_id,
        community_id=community_id,
        building_id=building_id,
        asset_id=asset_id,
        ends_on=_day(ends_on),
        times=tuple(json.loads(times)),
        one_sheet=bool(one_sheet),
        shift=Shift(shift),
        anchor=Anchor(anchor),
        latest_days=latest_days,
        before_days=before_days,
        tolerance_minutes=tolerance_minutes,
        department_id=department_id,
        walker_id=walker_id,
        vendor_id=vendor_id,
        source=source,
        verified=bool(verified),
        note=note,
        shipped=shipped,
    )
    ended = datetime.fromisoformat(ended_at) if ended_at else None
    return Plan(plan_id, draft, _day(made_until), ended, version)


def _day(stored: str | None) -> date | None:
    return date.fromisoformat(stored) if stored else None
