"""Pictures of plans and templates of inspections: empty, filled, with problems.

Points, lifts, plans and templates are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from propdesk.domain.assets import AssetDraft, AssetKind, PointDraft
from propdesk.domain.check_templates import TemplateDraft
from propdesk.services.assets import add_asset, add_point
from propdesk.services.check_templates import adopt_templates, change_template
from propdesk.services.inspection_plans import adopt_plan
from propdesk.services.queries.assets import list_assets, list_points
from propdesk.services.queries.check_templates import list_templates, shipped_templates
from propdesk.services.queries.inspection_plans import list_plans, shipped_plans
from ui.context import AppContext
from ui.dialogs.check_template_adopt import AdoptTemplatesDialog
from ui.dialogs.check_template_dialog import CheckTemplateDialog
from ui.dialogs.check_template_limits import PointLimitsDialog
from ui.dialogs.check_template_versions import VersionsDialog
from ui.dialogs.check_templates_dialog import CheckTemplatesDialog
from ui.dialogs.inspection_plan_adopt import AdoptPlanDialog, AdoptPlansDialog
from ui.dialogs.inspection_plan_dialog import InspectionPlanDialog
from ui.dialogs.inspection_plan_points import PointsDialog
from ui.dialogs.inspection_plans_dialog import InspectionPlansDialog
from ui.dialogs.inspection_settings_dialog import InspectionSettingsDialog

if TYPE_CHECKING:
    from ui.screenshots import Stage

_ADOPTED = ("lift-half-month", "lift-inspection", "fire-daily", "tank-clean", "pump-room",
            "guard-round", "nine", "decoration")  # fmt: skip


def _fill(context: AppContext) -> None:
    """Write lifts, points and plans where the office has none."""
    by, now = context.staff.id, context.now()
    if not any(asset.draft.kind is AssetKind.LIFT for asset in list_assets()):
        names = {one.key: one.name for one in shipped_plans()}
        for place, name in enumerate((names["lift-daily"], names["tank-clean"]), start=1):
            kind = AssetKind.LIFT if place == 1 else AssetKind.WATER
            draft = AssetDraft(f"{name} {place}", kind, inspected_on=date(now.year - 2, 3, 15))
            asset = add_asset(draft, by=by, now=now)
            add_point(PointDraft(draft.name, floor="-1F", asset_id=asset.id), by=by)
        for template in shipped_templates()[-8:]:
            add_point(PointDraft(template.name, floor="1F"), by=by)
    if not any(plan.draft.shipped == "nine" for plan in list_plans()):
        points = tuple(point.id for point in list_points()[:8])
        there = {plan.draft.shipped for plan in list_plans()}
        for key in (one for one in _ADOPTED if one not in there):
            has_kind = next(one for one in shipped_plans() if one.key == key).asset_kind is not None
            adopt_plan(
                key, starts_on=now.date(), point_ids=() if has_kind else points, by=by, now=now
            )


def _plans(stage: "Stage") -> None:
    """Show the plans of an office."""
    _fill(stage.context)
    InspectionPlansDialog(stage.context, stage.window).ask()


def _plan(stage: "Stage") -> None:
    """Show a plan by days with a long route."""
    _fill(stage.context)
    plan = next(plan for plan in list_plans() if plan.draft.shipped == "guard-round")
    InspectionPlanDialog(stage.context, stage.window, plan).ask()


def _plan_month(stage: "Stage") -> None:
    """Show a plan of a weekday of the month that counts from what was done."""
    _fill(stage.context)
    plan = next(plan for plan in list_plans() if plan.draft.shipped == "tank-clean")
    draft = replace(plan.draft, rule="FREQ=MONTHLY;BYDAY=1MO")
    InspectionPlanDialog(stage.context, stage.window, replace(plan, draft=draft)).ask()


def _plan_problems(stage: "Stage") -> None:
    """Show a plan whose rule never falls on a day and whose times are none."""
    _fill(stage.context)
    dialog = InspectionPlanDialog(stage.context, stage.window)
    dialog.cycle.show_rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30")
    dialog.keep()
    dialog.ask()


def _schedules(stage: "Stage") -> None:
    """Show what can be taken over."""
    _fill(stage.context)
    AdoptPlansDialog(stage.context, stage.window).ask()


def _schedule(stage: "Stage") -> None:
    """Show one schedule that is taken over without a route."""
    shipped = next(one for one in shipped_plans() if one.key == "fire-daily")
    dialog = AdoptPlanDialog(stage.context, stage.window, shipped)
    dialog.keep()
    dialog.ask()


def _points(stage: "Stage") -> None:
    _fill(stage.context)
    PointsDialog(stage.context, stage.window).ask()


def _templates(stage: "Stage") -> None:
    _fill(stage.context)
    CheckTemplatesDialog(stage.context, stage.window).ask()


def _adopt_templates(stage: "Stage") -> None:
    dialog = AdoptTemplatesDialog(stage.context, stage.window)
    dialog.table.selectAll()
    dialog.ask()


def _template(stage: "Stage") -> None:
    """Show a template whose item is measured."""
    _fill(stage.context)
    template = next(one for one in list_templates() if one.shipped == "pump-room")
    CheckTemplateDialog(stage.context, stage.window, template).ask()


def _template_problems(stage: "Stage") -> None:
    """Show an empty template that somebody tried to store."""
    dialog = CheckTemplateDialog(stage.context, stage.window)
    dialog.keep()
    dialog.ask()


def _versions(stage: "Stage") -> None:
    """Show what a second version changed."""
    context = stage.context
    _fill(context)
    one = next(one for one in list_templates() if one.shipped == "pump-room")
    if one.number == 1:
        first, second, _gone, *others = one.items
        items = (replace(first, upper_milli=500), replace(second, photo=True), *others)
        draft = TemplateDraft(one.name, one.kind, items, one.code, shipped=one.shipped)
        by, now = context.staff.id, context.now()
        one = change_template(one.id, draft, version=one.version, by=by, now=now)
    VersionsDialog(context, stage.window, one).ask()


def _limits(stage: "Stage") -> None:
    """Show the limits of a point."""
    context = stage.context
    _fill(context)
    adopt_templates(("power-room",), by=context.staff.id, now=context.now())
    template = next(one for one in list_templates() if one.shipped == "power-room")
    PointLimitsDialog(context, stage.window, template).ask()


def _settings(stage: "Stage") -> None:
    """Show the office's choices, one of them out of range."""
    dialog = InspectionSettingsDialog(stage.context, stage.window)
    dialog.fields["entry_hours"].show_words("900")
    dialog.keep()
    dialog.ask()


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("plan-schedule-problems", _schedule),
    ("check-templates-adopt", _adopt_templates),
    ("check-template-problems", _template_problems),
    ("plans", _plans),
    ("plan", _plan),
    ("plan-month", _plan_month),
    ("plan-problems", _plan_problems),
    ("plan-schedules", _schedules),
    ("plan-points", _points),
    ("check-templates", _templates),
    ("check-template", _template),
    ("check-template-versions", _versions),
    ("check-template-limits", _limits),
    ("inspection-settings-problems", _settings),
)
