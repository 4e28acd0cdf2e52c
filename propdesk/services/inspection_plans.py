"""Write, change and end plans of rounds (R99); what they asked for in the past stays asked for."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from propdesk.domain.assets import ASSET_KIND_LABELS, AssetKind, AssetState, Point
from propdesk.domain.cycles import Cycle, counts_from_inspection, cycle_of, rule_of
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.inspection_plans import Plan, PlanDraft, Stop, check_plan
from propdesk.domain.recurrence import Recurrence, check_recurrence
from propdesk.domain.rounds import PlanScope
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.round_making import make_rounds
from propdesk.services.parts.template_writing import adopt_missing, adopted_templates
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.assets import get_asset, get_point, list_assets, list_points
from propdesk.services.queries.check_templates import shipped_templates
from propdesk.services.queries.inspection_plans import get_plan, list_plans, shipped_plans
from propdesk.services.queries.staff import list_departments
from propdesk.storage.assets import AssetRecord, InspectionPointRecord
from propdesk.storage.inspections import (
    CheckTemplateRecord,
    InspectionPlanRecord,
    InspectionRoundRecord,
    PlanLineRecord,
)

SERIES = "inspection-plan"
_LETTERS = "JH"


@dataclass(frozen=True, slots=True)
class AdoptedPlans:
    """The plans that a shipped schedule became, and why a lift was left out, a sentence each."""

    plans: tuple[Plan, ...]
    left_out: tuple[str, ...] = ()


def add_plan(draft: PlanDraft, *, by: int, now: datetime) -> Plan:
    """Keep a plan; its rounds are asked for from today on, never for days gone by.

    Raises DraftError for what is wrong with it and RuleError for a rule that cannot be read or
    never fires.
    """
    with writing():
        return _add(draft, actor(by, Right.PLAN_ROUNDS).id, now)


def adopt_plan(
    key: str,
    *,
    starts_on: date,
    point_ids: tuple[int, ...] = (),
    vendor_id: int | None = None,
    walker_id: int | None = None,
    by: int,
    now: datetime,
) -> AdoptedPlans:
    """Take over a schedule that the program ships, with the templates that it needs (law.md 1.9).

    Its route are the points given, or those of all things of its kind that are in use. Where years
    count from the supervision inspection each lift gets its own plan.
    """
    with writing():
        staff = actor(by, Right.PLAN_ROUNDS)
        shipped = next((one for one in shipped_plans() if one.key == key), None)
        if shipped is None:
            raise RuleError(
                "plan-unknown",
                _("The program has no schedule «{key}».").format(key=key[:40]),
            )
        adopt_missing(shipped.templates, shipped_templates(), staff.id, now)
        templates = adopted_templates()
        draft = PlanDraft(
            name=shipped.name,
            kind=shipped.kind,
            rule=shipped.rule,
            starts_on=starts_on,
            scope=shipped.scope,
            times=shipped.times,
            one_sheet=shipped.one_sheet,
            anchor=shipped.anchor,
            latest_days=shipped.latest_days,
            before_days=shipped.before_days,
            tolerance_minutes=shipped.tolerance_minutes,
            department_id=_department(shipped.department),
            walker_id=walker_id,
            vendor_id=vendor_id,
            source=shipped.source,
            verified=shipped.verified,
            note=shipped.note,
            shipped=shipped.key,
        )
        used = tuple(templates[template] for template in shipped.templates)
        if shipped.scope is not PlanScope.ROUTE:
            draft = replace(draft, template_id=used[0])
            return AdoptedPlans((_add(draft, staff.id, now),))
        points = _points(shipped.asset_kind, point_ids)
        if counts_from_inspection(shipped.rule):
            return _add_for_each_lift(draft, points, used, staff.id, now)
        return AdoptedPlans((_add(replace(draft, stops=_stops(points, used)), staff.id, now),))


def change_plan(plan_id: int, draft: PlanDraft, *, version: int, by: int, now: datetime) -> Plan:
    """Change a plan from tomorrow on: rounds up to today stand as they were asked for.

    Rounds that were made early for a sheet and whose day is still to come go, unless they have
    one.
    """
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _kept(plan_id)
        check_version(record.version, version)
        draft = _checked(draft)
        draft = draft if draft.code else replace(draft, code=record.code)
        _refuse_same_code(draft.code, plan_id)
        columns = _columns(draft)
        if record.made_until is None or record.made_until < now.date():
            make_rounds(get_plan(plan_id), now.date())
        made_until = _drop_future(plan_id, now)
        InspectionPlanRecord.update(
            **columns, version=InspectionPlanRecord.version + 1, made_until=made_until
        ).where(InspectionPlanRecord.id == plan_id).execute()
        PlanLineRecord.delete().where(PlanLineRecord.plan == plan_id).execute()
        _write_stops(plan_id, draft)
        make_rounds(get_plan(plan_id), now.date())
        return get_plan(plan_id)


def end_plan(plan_id: int, *, version: int, by: int, now: datetime) -> Plan:
    """End a plan: what it asked for up to today stays, nothing more is asked for."""
    with writing():
        actor(by, Right.PLAN_ROUNDS)
        record = _kept(plan_id)
        check_version(record.version, version)
        make_rounds(get_plan(plan_id), now.date())
        _drop_future(plan_id, now)
        record = _kept(plan_id)
        record.ended_at = local(now)
        record.version += 1
        record.save()
        return get_plan(plan_id)


def _add(draft: PlanDraft, staff_id: int, now: datetime) -> Plan:
    draft = _checked(draft)
    if not draft.code:
        draft = _with_code(draft)
    _refuse_same_code(draft.code, None)
    record = InspectionPlanRecord.create(
        **_columns(draft), entered_at=local(now), staff=staff_id, made_until=_before(draft, now)
    )
    _write_stops(record.id, draft)
    make_rounds(get_plan(record.id), now.date())
    return get_plan(record.id)


def _add_for_each_lift(
    draft: PlanDraft, points: list[Point], templates: tuple[int, ...], staff_id: int, now: datetime
) -> AdoptedPlans:
    """Add a plan for each lift; one whose supervision inspection is not known is named."""
    routes: dict[int, list[Point]] = {}
    for point in points:
        if point.draft.asset_id is not None:
            routes.setdefault(point.draft.asset_id, []).append(point)
    there = {plan.draft.asset_id for plan in list_plans() if plan.draft.shipped == draft.shipped}
    often = cycle_of(draft.rule).often
    plans, left_out = [], []
    for asset_id, route in routes.items():
        asset = get_asset(asset_id)
        inspected_on = asset.draft.inspected_on
        if asset_id in there:
            left_out.append(_("{thing} has this plan already.").format(thing=asset.draft.name))
        elif inspected_on is None:
            sentence = _("{thing}: enter the day of its supervision inspection first.")
            left_out.append(sentence.format(thing=asset.draft.name))
        else:
            rule = rule_of(Cycle(often), inspected_on)
            if Recurrence(rule, inspected_on).next(now.date()) is None:
                sentence = _("{thing} is inspected every year by now; nothing else is due.")
                left_out.append(sentence.format(thing=asset.draft.name))
                continue
            own = replace(
                draft,
                name=f"{draft.name} {asset.draft.name}",
                rule=rule,
                starts_on=inspected_on,
                asset_id=asset_id,
                vendor_id=draft.vendor_id or asset.draft.vendor_id,
                stops=_stops(route, templates),
            )
            plans.append(_add(own, staff_id, now))
    if not plans:
        none = _("Choose points at which a lift stands.")
        refuse((Problem("stops", " ".join(left_out) or none),))
    return AdoptedPlans(tuple(plans), tuple(left_out))


def _points(kind: AssetKind | None, point_ids: tuple[int, ...]) -> list[Point]:
    """Return the points in the order given, or those of all things of a kind by number."""
    if point_ids:
        return [get_point(point_id) for point_id in point_ids]
    if kind is None:
        refuse((Problem("stops", _("Choose the points of the route.")),))
    in_use = {
        asset.id for asset in list_assets(kind=kind) if asset.draft.state is AssetState.IN_USE
    }
    found = [point for point in list_points() if point.draft.asset_id in in_use]
    if not found:
        sentence = _("No point leads to a thing of this kind ({kind}). Choose points, or add them.")
        words = ASSET_KIND_LABELS[kind] if kind else ""
        refuse((Problem("stops", sentence.format(kind=words)),))
    return found


def _stops(points: list[Point], templates: tuple[int, ...]) -> tuple[Stop, ...]:
    return tuple(Stop(point.id, template) for point in points for template in templates)


def _department(code: str) -> int | None:
    return next((one.id for one in list_departments() if code and one.code == code), None)


def _checked(draft: PlanDraft) -> PlanDraft:
    draft = replace(
        draft,
        name=clean_line(draft.name),
        code=clean_line(draft.code),
        source=clean_line(draft.source),
        note=clean_text(draft.note),
    )
    refuse(check_plan(draft))
    rule = check_recurrence(draft.rule, draft.starts_on).text
    _refuse_unknown(draft)
    return replace(draft, rule=rule)


def _refuse_unknown(draft: PlanDraft) -> None:
    points = {stop.point_id for stop in draft.stops}
    there = InspectionPointRecord.select().where(
        InspectionPointRecord.id.in_(points), InspectionPointRecord.ended_at.is_null()
    )
    templates = {stop.template_id for stop in draft.stops}
    if draft.template_id is not None:
        templates.add(draft.template_id)
    known = CheckTemplateRecord.select().where(
        CheckTemplateRecord.id.in_(templates), CheckTemplateRecord.ended_at.is_null()
    )
    problems = []
    if there.count() < len(points):
        problems.append(Problem("stops", _("A point of the route is not kept any more.")))
    if known.count() < len(templates):
        problems.append(Problem("stops", _("A template of the route is not used any more.")))
    if draft.asset_id is not None and not AssetRecord.get_or_none(
        AssetRecord.id == draft.asset_id, AssetRecord.voided_at.is_null()
    ):
        problems.append(Problem("asset", _("This thing is not in the ledger.")))
    refuse(tuple(problems))


def _refuse_same_code(code: str, plan_id: int | None) -> None:
    # The column compares without regard to case (NOCASE).
    other = InspectionPlanRecord.get_or_none(InspectionPlanRecord.code == code)
    if other is not None and other.id != plan_id:
        sentence = _("{code} is the number of the plan «{name}» already.")
        refuse((Problem("code", sentence.format(code=code, name=other.name)),))


def _with_code(draft: PlanDraft) -> PlanDraft:
    code = f"{_LETTERS}{take_numbers(SERIES, '')[0]:03d}"
    return replace(draft, code=code)


def _before(draft: PlanDraft, now: datetime) -> date:
    return date.fromordinal(max(draft.starts_on, now.date()).toordinal() - 1)


def _kept(plan_id: int) -> InspectionPlanRecord:
    record = InspectionPlanRecord.get_or_none(InspectionPlanRecord.id == plan_id)
    if record is None:
        raise RuleError("plan-unknown", _("There is no such plan."))
    if record.ended_at is not None:
        raise RuleError("plan-ended", _("The plan has ended. Write a new one."))
    return record


def _drop_future(plan_id: int, now: datetime) -> date:
    """Drop rounds made early that nobody has a sheet of; return the day up to which all stay.

    A clock that was set back does not make a day that was asked for one to come.
    """
    plan = InspectionPlanRecord.get_by_id(plan_id)
    has_begun = plan.made_until is not None and plan.made_until >= plan.starts_on
    last = max(plan.made_until, now.date()) if has_begun else now.date()
    planned = InspectionRoundRecord
    planned.delete().where(
        planned.plan == plan_id,
        planned.state == "planned",
        planned.sheet.is_null(),
        planned.makes_up.is_null(),
        planned.planned_on > last,
    ).execute()
    return last


def _write_stops(plan_id: int, draft: PlanDraft) -> None:
    for position, stop in enumerate(draft.stops, start=1):
        PlanLineRecord.insert(
            plan=plan_id, position=position, point=stop.point_id, template=stop.template_id
        ).execute()


def _columns(draft: PlanDraft) -> dict[str, Any]:
    return {
        "code": draft.code,
        "name": draft.name,
        "kind": draft.kind.value,
        "shipped": draft.shipped,
        "scope": draft.scope.value,
        "template": draft.template_id if draft.scope is not PlanScope.ROUTE else None,
        "community": draft.community_id,
        "building": draft.building_id,
        "asset": draft.asset_id,
        "rule": draft.rule,
        "starts_on": draft.starts_on,
        "ends_on": draft.ends_on,
        "times": list(draft.times),
        "one_sheet": draft.one_sheet,
        "shift": draft.shift.value,
        "anchor": draft.anchor.value,
        "latest_days": draft.latest_days,
        "before_days": draft.before_days,
        "tolerance_minutes": draft.tolerance_minutes,
        "department": draft.department_id,
        "walker": draft.walker_id,
        "vendor": draft.vendor_id,
        "source": draft.source,
        "verified": draft.verified,
        "note": draft.note,
    }
