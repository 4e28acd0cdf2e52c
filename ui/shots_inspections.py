"""Pictures of inspections: three weeks of rounds, a pressure that falls, a sheet half entered.

Plans, points and results are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from propdesk.domain.assets import PointDraft
from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_results import Answer, Sheet, Walk
from propdesk.services.assets import add_point
from propdesk.services.check_templates import adopt_templates
from propdesk.services.inspection_plans import add_plan
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.queries.assets import list_points
from propdesk.services.queries.check_templates import list_templates
from propdesk.services.queries.findings import list_findings
from propdesk.services.queries.inspection_sheets import list_sheets_out
from propdesk.services.queries.rounds import list_due, list_rounds
from propdesk.services.rounds import bring_rounds_up_to_date
from ui.context import AppContext
from ui.dialogs.round_dialogs import (
    CorrectionDialog,
    MakeUpDialog,
    PostponeDialog,
    SettleFindingDialog,
    SheetPicker,
)
from ui.dialogs.round_files_dialog import RoundFilesDialog
from ui.pages.inspections import InspectionsPage

if TYPE_CHECKING:
    from ui.screenshots import Stage

_DAYS = 21
_MISSED = (5, 12, 17)
_PUMPS, _GUARD = "pump-room", "guard-round"
_NAMES = (("SBF-01", "B1"), ("XG-01", "1#"), ("XG-02", "2#"), ("XG-03", "3#"))


def _office(context: AppContext) -> None:
    """Write the rounds of three weeks, once."""
    now, by = context.now(), context.staff.id
    if any(one.draft.code == _NAMES[0][0] for one in list_points()):
        return
    first = now - timedelta(days=_DAYS)
    adopt_templates((_PUMPS, _GUARD), by=by, now=first)
    there = {one.shipped: one for one in list_templates()}
    pumps, guard = there[_PUMPS], there[_GUARD]
    points = [
        add_point(PointDraft(pumps.name if n == 0 else guard.name, code, floor=floor), by=by)
        for n, (code, floor) in enumerate(_NAMES)
    ]
    drafts = (
        PlanDraft(
            pumps.name, InspectionKind.EQUIPMENT, "FREQ=DAILY", first.date(),
            stops=(Stop(points[0].id, pumps.id),), times=("09:30",), tolerance_minutes=120,
        ),
        PlanDraft(
            guard.name, InspectionKind.SECURITY, "FREQ=DAILY", first.date(),
            stops=tuple(Stop(point.id, guard.id) for point in points[1:]),
            times=("08:00", "14:00", "20:00"), one_sheet=True, tolerance_minutes=720,
        ),
        PlanDraft(
            guard.name, InspectionKind.SECURITY, "FREQ=WEEKLY", first.date(),
            stops=(Stop(points[1].id, guard.id),), tolerance_minutes=1440,
        ),
    )  # fmt: skip
    plans = [add_plan(draft, by=by, now=first).id for draft in drafts]
    for day in range(_DAYS + 1):
        at = first + timedelta(days=day)
        bring_rounds_up_to_date(at)
        _enter_day(context, plans, at, day)
    context.changes.inspections_changed.emit()


def _enter_day(context: AppContext, plans: Sequence[int], at: datetime, day: int) -> None:
    """Make the sheets of a day and enter them; the last day is left to be entered."""
    by = context.staff.id
    asked = {one.plan_id for one in list_rounds(at.date(), at.date(), at)}
    for plan_id in (plan for plan in plans if plan in asked):
        for sheet in make_sheets(plan_id, at.date(), by=by, now=at):
            is_pumps = sheet.rounds[0].clock == "09:30"
            if (is_pumps and day in _MISSED) or day == _DAYS:
                continue
            late = at.replace(hour=21)
            end = late.replace(tzinfo=None) - timedelta(hours=1)
            for one in sheet.rounds:
                walk = Walk(context.staff.name, end - timedelta(minutes=20), end)
                if is_pumps:
                    walk = Walk(context.staff.name, None, end.replace(hour=9, minute=52))
                enter_results(
                    sheet.number, _answers(sheet, one.round_id, day), {one.round_id: walk},
                    by=by, now=late,
                )  # fmt: skip


def _answers(sheet: Sheet, round_id: int, day: int) -> list[Answer]:
    return [
        _seen(item, Answer(round_id, place.position, item.id), n, day)
        for place in sheet.places
        for n, item in enumerate(place.items)
    ]


def _seen(item: CheckItem, answer: Answer, place: int, day: int) -> Answer:
    """Return what is seen: the second reading falls until it is below its limit."""
    answer = replace(answer, photos="1" if item.photo else "")
    if item.kind is ItemKind.NUMBER:
        lower = item.lower_milli or 0
        upper = item.upper_milli if item.upper_milli is not None else lower + 1000
        step = 10 ** (3 - item.decimals)
        value = (lower + upper) // 2 + (day % 3 - 1) * step
        if place == 1:
            value = upper - (upper - lower) * day // (_DAYS - 3) + (day % 3 - 1) * step
        return replace(answer, value_milli=value // step * step)
    if item.kind is ItemKind.CHOICE:
        return replace(answer, words=item.choices[0])
    if item.kind is ItemKind.TEXT:
        return replace(answer, words="-")
    if place == 2 and day % 7 == 3:
        return replace(answer, verdict=Verdict.ABNORMAL, note=item.standard)
    return answer


def _page(stage: "Stage", *keys: str) -> InspectionsPage:
    _office(stage.context)
    page = stage.page("inspections")
    assert isinstance(page, InspectionsPage)  # noqa: S101 - the tab's own page
    page.refill()
    stage.press(*keys)
    return page


def _sheet(stage: "Stage", *, of_round: int, typed: Sequence[str] = ()) -> InspectionsPage:
    """Show the sheet of a round of today and type into it."""
    page = _page(stage)
    names = {one.name for one in list_templates() if one.shipped in (_PUMPS, _GUARD)}
    today = stage.context.now().date()
    wanted = [one for one in list_sheets_out() if one.day == today and one.title in names]
    # The pump room has the fewest items, the guards' columns the most.
    wanted.sort(key=lambda one: one.items)
    page.open_sheet(wanted[of_round].number)
    for words in typed:
        if words in ("F8", "F2", "Return", "1", "2", "3"):
            stage.press(words)
        else:
            stage.type_words(words)
            stage.press("Return")
    return page


def _entering(stage: "Stage") -> None:
    _sheet(stage, of_round=1, typed=("0.30", "0.38", "0.98", "2.2"))
    stage.press("F8", "Up", "Up", "Up")


def _problems(stage: "Stage") -> None:
    _sheet(stage, of_round=1, typed=("0.30", "9999", "F8"))
    stage.press("F7")


def _columns(stage: "Stage") -> None:
    _sheet(stage, of_round=-1, typed=("1", "1", "F8"))


def _stored(stage: "Stage") -> None:
    """Show a sheet of yesterday with its findings."""
    page = _page(stage)
    found = list_findings(limit=1)
    page.open_sheet(found[0].sheet)
    page.chips.choose("findings")
    page.list.show_group("findings")


def _group(group: str) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        page = _page(stage)
        page.chips.choose(group)
        page.list.show_group(group)

    return show


def _menu(stage: "Stage") -> None:
    page = _page(stage)
    page.more.click()


def _picker(stage: "Stage") -> None:
    _office(stage.context)
    SheetPicker(stage.context, stage.window).open()


def _of_missed(stage: "Stage") -> None:
    _office(stage.context)
    missed = list_due(stage.context.now())[0]
    MakeUpDialog(stage.context, stage.window, missed).open()


def _postpone(stage: "Stage") -> None:
    _office(stage.context)
    now = stage.context.now()
    dialog = PostponeDialog(
        stage.context, stage.window, list_rounds(now.date(), now.date(), now)[-1]
    )
    dialog.open()
    dialog.keep()


def _settle(stage: "Stage") -> None:
    _office(stage.context)
    dialog = SettleFindingDialog(stage.context, stage.window, list_findings(limit=1)[0])
    dialog.open()
    dialog.keep()


def _correct(stage: "Stage") -> None:
    CorrectionDialog(stage.context, stage.window, "A, B, C ...").open()


def _photos(stage: "Stage") -> None:
    _office(stage.context)
    now = stage.context.now()
    one = list_rounds(now.date(), now.date(), now)[0]
    RoundFilesDialog(stage.context, stage.window, one.id, one.name).open()


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("inspections-entering", _entering),
    ("inspections-problems", _problems),
    ("inspections-columns", _columns),
    ("inspections-findings", _stored),
    ("inspections-missed", _group("missed")),
    ("inspections-week", _group("week")),
    ("inspections-menu", _menu),
)
DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("inspection-sheets", _picker),
    ("round-make-up", _of_missed),
    ("round-postpone", _postpone),
    ("finding-settle", _settle),
    ("result-corrected", _correct),
    ("round-photos", _photos),
)
