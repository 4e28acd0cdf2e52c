"""Make the sheets of a day's rounds, and take one back; each keeps its templates' versions."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.inspection_plans import Plan
from propdesk.domain.inspection_results import Sheet
from propdesk.domain.rounds import PlanScope
from propdesk.domain.sheet_codes import sheet_number
from propdesk.domain.staff import Right
from propdesk.domain.units import UnitState
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.inspection_settings import load_inspection_settings
from propdesk.services.parts.noting import noted
from propdesk.services.parts.numbering import take_numbers
from propdesk.services.parts.round_making import make_rounds_of_day
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.inspection_plans import get_plan, list_plans
from propdesk.services.queries.inspection_sheets import get_sheet
from propdesk.services.queries.units import list_houses_in_state
from propdesk.storage.database import rows
from propdesk.storage.inspections import (
    InspectionRoundRecord,
    InspectionSheetRecord,
    SheetLineRecord,
)

SERIES = "inspection-sheet"
_STATES = {PlanScope.VACANT: UnitState.VACANT, PlanScope.DECORATING: UnitState.DECORATING}


@dataclass(frozen=True, slots=True)
class DaySheets:
    """The sheets of a day, one walker's after the other's, and why plans have none."""

    numbers: tuple[str, ...]
    left_out: tuple[str, ...]


def make_sheets(plan_id: int, day: date, *, by: int, now: datetime) -> list[Sheet]:
    """Return the sheets of a plan's rounds on a day, making those that are not there yet.

    Rounds of a day that share one sheet are its columns. A round that is done has no new sheet.
    Raises RuleError where the plan has no round on that day, or leads to no place.
    """
    with writing():
        staff = actor(by, Right.DO_ROUNDS)
        return [get_sheet(number) for number in _numbers(get_plan(plan_id), day, staff.id, now)]


def make_sheets_of_day(
    day: date,
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] | None = None,
) -> DaySheets:
    """Make the sheets of every open round of a day, in the order in which they are handed out.

    A plan that leads to no place at present is left out with the reason. Stopped half-way, nothing
    was made. Raises RuleError where no plan has an open round on that day that leads anywhere.
    """
    with writing():
        staff = actor(by, Right.DO_ROUNDS)
        plans = list_plans(with_ended=True)
        made: list[str] = []
        left_out: list[str] = []
        for done, plan in enumerate(plans, start=1):
            try:
                made += _numbers(plan, day, staff.id, now)
            except RuleError as refusal:
                if refusal.code == "sheet-empty":
                    left_out.append(str(refusal))
                elif refusal.code != "sheet-no-round":
                    raise
            if on_progress is not None:
                on_progress(done, len(plans))
        if not made:
            nothing = _("No round is open on {day}.").format(day=day)
            raise RuleError("day-no-round", "\n".join(left_out) or nothing)
        return DaySheets(tuple(_handed_out(made)), tuple(left_out))


def _handed_out(numbers: Sequence[str]) -> list[str]:
    found = rows(
        "SELECT s.number FROM inspection_sheet s JOIN inspection_round r ON r.sheet_id = s.id "
        "JOIN inspection_plan p ON p.id = s.plan_id "
        "WHERE s.number IN (SELECT value FROM json_each(?)) "
        "GROUP BY s.id ORDER BY s.walker, min(r.planned_time), p.code, s.number",
        json.dumps(numbers),
    )
    return [number for (number,) in found]


def _numbers(plan: Plan, day: date, staff_id: int, now: datetime) -> list[str]:
    """Return the numbers of the sheets of a plan's open rounds on a day, new ones included."""
    if plan.ended_at is None:
        make_rounds_of_day(plan, day)
    found = rows(
        "SELECT r.id, r.planned_time, s.number FROM inspection_round r "
        "LEFT JOIN inspection_sheet s ON s.id = r.sheet_id WHERE r.plan_id = ? "
        "AND r.planned_on = ? AND r.state IN ('planned', 'running') ORDER BY r.planned_time",
        plan.id,
        day.isoformat(),
    )
    if not found:
        raise RuleError(
            "sheet-no-round",
            _("«{name}» has no open round on {day}.").format(name=plan.draft.name, day=day),
        )
    bare = [round_id for round_id, _clock, number in found if number is None]
    groups = [bare] if plan.draft.one_sheet else [[round_id] for round_id in bare]
    numbers = [number for _id, _clock, number in found if number]
    numbers += [_make(plan, day, group, staff_id, now) for group in groups if group]
    return list(dict.fromkeys(numbers))


def void_sheet(number: str, reason: str, *, by: int, now: datetime) -> Sheet:
    """Take a sheet back that nothing was entered from; its rounds may get another."""
    with writing():
        actor(by, Right.DO_ROUNDS)
        sheet = get_sheet(number)
        words = noted(reason, _("Say why the sheet is taken back."))
        if sheet.voided_at is not None:
            raise RuleError("sheet-voided", _("The sheet was taken back already."))
        if rows(
            "SELECT 1 FROM inspection_round r JOIN inspection_result x ON x.round_id = r.id "
            "WHERE r.sheet_id = ? LIMIT 1",
            sheet.id,
        ):
            raise RuleError("sheet-used", _("Results were entered from this sheet; it stays."))
        record = InspectionSheetRecord.get_by_id(sheet.id)
        check_version(record.version, sheet.version)
        record.voided_at, record.void_reason = local(now), words
        record.version += 1
        record.save()
        InspectionRoundRecord.update(sheet=None, items=0).where(
            InspectionRoundRecord.sheet == sheet.id
        ).execute()
        return get_sheet(number)


def _make(plan: Plan, day: date, round_ids: Sequence[int], staff_id: int, now: datetime) -> str:
    lines = _lines(plan)
    if not lines:
        raise RuleError(
            "sheet-empty",
            _("«{name}» leads to no place at present.").format(name=plan.draft.name),
        )
    month = f"{day:%Y%m}"
    number = sheet_number(
        load_inspection_settings().sheet_letters, month, take_numbers(SERIES, month)[0]
    )
    walker = rows(
        "SELECT coalesce(w.name, v.name, d.name, '') FROM inspection_plan p "
        "LEFT JOIN staff w ON w.id = p.walker_id LEFT JOIN vendor v ON v.id = p.vendor_id "
        "LEFT JOIN department d ON d.id = p.department_id WHERE p.id = ?",
        plan.id,
    )[0][0]
    sheet = InspectionSheetRecord.create(
        number=number,
        plan=plan.id,
        planned_on=day,
        walker=walker,
        made_at=local(now),
        staff=staff_id,
        prints=0,
    )
    items = 0
    for position, (point_id, unit_id, template_id) in enumerate(lines, start=1):
        version_id, count = rows(
            "SELECT v.id, (SELECT count(*) FROM check_item i WHERE i.version_id = v.id) "
            "FROM template_version v WHERE v.template_id = ? ORDER BY v.number DESC LIMIT 1",
            template_id,
        )[0]
        SheetLineRecord.insert(
            sheet=sheet.id,
            position=position,
            point=point_id,
            unit=unit_id,
            version=version_id,
            limits=_limits(point_id, template_id),
        ).execute()
        items += count
    InspectionRoundRecord.update(sheet=sheet.id, items=items).where(
        InspectionRoundRecord.id.in_(list(round_ids))
    ).execute()
    return number


def _limits(point_id: int | None, template_id: int | None) -> dict[str, list[int | None]]:
    return {
        key: [lower, upper]
        for key, lower, upper in rows(
            "SELECT key, lower_milli, upper_milli FROM point_limit "
            "WHERE point_id = ? AND template_id = ?",
            point_id,
            template_id,
        )
    }


def _lines(plan: Plan) -> list[tuple[int | None, int | None, int | None]]:
    draft = plan.draft
    if draft.scope is PlanScope.ROUTE:
        return [(stop.point_id, None, stop.template_id) for stop in draft.stops]
    units = list_houses_in_state(
        _STATES[draft.scope], community_id=draft.community_id, building_id=draft.building_id
    )
    return [(None, unit_id, draft.template_id) for unit_id in units]
