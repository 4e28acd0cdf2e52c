"""Pictures of findings: the list, its forms, the notices, faults of things.

What they need is written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind, Verdict
from propdesk.domain.check_templates import TemplateDraft
from propdesk.domain.findings import FindingGroup
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.inspection_results import Answer, Walk
from propdesk.services import assets, check_templates, inspection_plans
from propdesk.services.findings import write_ticket_of_finding
from propdesk.services.inspection_results import enter_results
from propdesk.services.inspection_sheets import make_sheets
from propdesk.services.queries.findings import list_findings, list_rectifications
from propdesk.services.queries.inspection_plans import list_plans, shipped_plans
from propdesk.services.queries.rectification_proposals import propose_rectification
from propdesk.services.rectifications import receive_rectification, write_rectification
from propdesk.services.rounds import bring_rounds_up_to_date
from ui.context import AppContext
from ui.dialogs.finding_faults_dialog import FaultsDialog
from ui.dialogs.findings_dialog import FindingsDialog
from ui.dialogs.rectification_dialog import RectificationDialog
from ui.dialogs.rectifications_dialog import ReceiveDialog, RecheckDialog, RectificationsDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage

_SEEN = "PRV-2 0.38 MPa"
_THINGS = (("PMP-2", AssetKind.WATER), ("LIFT-3-2-A", AssetKind.LIFT), ("FPH-B1", AssetKind.FIRE))
_HOURS = (9, 6, 3)


def _write(context: AppContext) -> None:
    """Write three rounds of a day that find the same at a pump again and again."""
    if len(list_findings()) > len(_HOURS):
        return
    by, now = context.staff.id, context.now()
    items = (
        CheckItem("", ItemKind.NUMBER, "P2", unit="MPa", lower_milli=450, upper_milli=600,
                  digits=1, decimals=2),
        CheckItem("", ItemKind.TICK, "QA-1"),
    )  # fmt: skip
    template = check_templates.add_template(
        TemplateDraft("SB", InspectionKind.EQUIPMENT, items), by=by, now=now
    )
    stops = []
    for name, kind in _THINGS:
        thing = assets.add_asset(AssetDraft(name, kind), by=by, now=now)
        point = assets.add_point(PointDraft(name, floor="B1", asset_id=thing.id), by=by)
        stops.append(Stop(point.id, template.id))
    plan = inspection_plans.add_plan(
        PlanDraft("SB-1", InspectionKind.EQUIPMENT, "FREQ=DAILY", now.date(), stops=tuple(stops),
                  times=("08:00", "11:00", "14:00"), one_sheet=True, before_days=1),
        by=by, now=now,
    )  # fmt: skip
    (sheet,) = make_sheets(plan.id, now.date(), by=by, now=now)
    clock = now.replace(tzinfo=None, microsecond=0)
    for one, hours in zip(sheet.rounds, _HOURS, strict=True):
        answers = [
            Answer(one.round_id, place.position, item.id, value_milli=380, note=_SEEN, photos="3")
            if item.kind is ItemKind.NUMBER and place.position == 1
            else Answer(one.round_id, place.position, item.id, value_milli=520)
            if item.kind is ItemKind.NUMBER
            else Answer(one.round_id, place.position, item.id,
                        verdict=Verdict.ABNORMAL if hours == _HOURS[-1] else Verdict.NORMAL)
            for place in sheet.places
            for item in place.items
        ]  # fmt: skip
        walk = Walk(context.staff.name, None, clock - timedelta(hours=hours))
        enter_results(sheet.number, answers, {one.round_id: walk}, by=by, now=now)
    opened = list_findings(FindingGroup.OPEN)
    write_ticket_of_finding(opened[-1].id, by=by, now=now)
    for still in opened[1:3]:
        draft = propose_rectification([still.id], now.date())
        draft = replace(draft, addressee=draft.addressee or context.staff.name)
        made = write_rectification(draft, [still.id], by=by, now=now)
    receive_rectification(made.number, context.staff.name, now.date(), by=by, now=now)


def _rounds_of_today(stage: "Stage") -> None:
    """Show Today with rounds that wait: a sheet that is out, a plan without a sheet."""
    context = stage.context
    _write(context)
    by, now = context.staff.id, context.now()
    (first, *_rest) = list_plans()
    named = {one.key: one.name for one in shipped_plans()}
    walks = (("fire-daily", ("23:30",)), ("guard-round", ("23:45", "23:50")))
    for key, times in walks:
        draft = replace(
            first.draft, code="", name=named[key], times=times, one_sheet=True, starts_on=now.date()
        )
        plan = inspection_plans.add_plan(draft, by=by, now=now)
        if key == "fire-daily":
            make_sheets(plan.id, now.date(), by=by, now=now)
    bring_rounds_up_to_date(now)
    context.changes.inspections_changed.emit()
    stage.page("today")


def _list(group: FindingGroup) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        _write(stage.context)
        FindingsDialog(stage.context, stage.window, group).open()

    return show


def _notice(stage: "Stage") -> None:
    _write(stage.context)
    found = list_findings(FindingGroup.OPEN)[:2]
    dialog = RectificationDialog(stage.context, stage.window, [one.id for one in found])
    dialog.open()
    dialog.keep()


def _notices(stage: "Stage") -> None:
    _write(stage.context)
    RectificationsDialog(stage.context, stage.window).open()


def _received(stage: "Stage") -> None:
    _write(stage.context)
    ReceiveDialog(stage.context, stage.window, list_rectifications()[0]).open()


def _recheck(stage: "Stage") -> None:
    _write(stage.context)
    dialog = RecheckDialog(stage.context, stage.window, list_rectifications()[0])
    dialog._result.choose("partly")  # noqa: SLF001
    dialog._result.chosen_changed.emit("partly")  # noqa: SLF001
    dialog.open()
    dialog.keep()


def _faults(stage: "Stage") -> None:
    _write(stage.context)
    FaultsDialog(stage.context, stage.window).open()


def _ticket(stage: "Stage") -> None:
    """Show the ticket of a finding: it leads back to the sheet."""
    _write(stage.context)
    one = list_findings(FindingGroup.TICKET)[0]
    stage.page("tickets")
    stage.context.navigation.ticket_wanted.emit(one.ticket_id)


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("today-rounds", _rounds_of_today),
    ("ticket-of-a-round", _ticket),
)
DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("findings", _list(FindingGroup.OPEN)),
    ("findings-improvement", _list(FindingGroup.IMPROVEMENT)),
    ("findings-all", _list(FindingGroup.ALL)),
    ("notice-to-rectify", _notice),
    ("notices-to-rectify", _notices),
    ("notice-received", _received),
    ("notice-recheck", _recheck),
    ("faults", _faults),
)
NONE: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("findings-none", lambda stage: FindingsDialog(stage.context, stage.window).open()),
    ("notices-none", lambda stage: RectificationsDialog(stage.context, stage.window).open()),
    ("faults-none", lambda stage: FaultsDialog(stage.context, stage.window).open()),
)
