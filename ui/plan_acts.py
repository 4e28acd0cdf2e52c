"""What the inspections page can do with plans, templates and the office's choices."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.staff import Right, check_right
from propdesk.i18n import _
from ui.context import AppContext
from ui.keyboard import add_entry
from ui.pages.page import Page

Act = Callable[[AppContext, QWidget], None]


def add_inspection_acts(menu: QMenu, context: AppContext, page: Page) -> None:
    """Add the entries of plans to the page's menu."""
    acts: tuple[tuple[str, str, Act], ...] = (
        (_("Plans"), "P", show_plans),
        (_("Schedules of the law"), "L", adopt_schedules),
        (_("Templates"), "T", show_templates),
        (_("Settings of inspections"), "S", show_settings),
    )
    for word, letter, act in acts:
        add_entry(menu, word, letter, partial(act, context, page))


def show_plans(context: AppContext, parent: QWidget) -> None:
    """Look over the plans, write and change them."""
    from ui.dialogs.inspection_plans_dialog import InspectionPlansDialog

    if _may(context, parent, Right.PLAN_ROUNDS):
        InspectionPlansDialog(context, parent).ask()


def adopt_schedules(context: AppContext, parent: QWidget) -> None:
    """Take over schedules that the program ships; an office without plans is led here."""
    from ui.dialogs.inspection_plan_adopt import AdoptPlansDialog

    if _may(context, parent, Right.PLAN_ROUNDS):
        AdoptPlansDialog(context, parent).ask()


def show_templates(context: AppContext, parent: QWidget) -> None:
    """Look over the templates, take over and change them."""
    from ui.dialogs.check_templates_dialog import CheckTemplatesDialog

    if _may(context, parent, Right.PLAN_ROUNDS):
        CheckTemplatesDialog(context, parent).ask()


def show_settings(context: AppContext, parent: QWidget) -> None:
    """Change how long is waited, counted and told ahead."""
    from ui.dialogs.inspection_settings_dialog import InspectionSettingsDialog

    if _may(context, parent, Right.MANAGE_OFFICE):
        InspectionSettingsDialog(context, parent).ask()


def _may(context: AppContext, parent: QWidget, right: Right) -> bool:
    title = _("This was not done")
    return context.attempt(parent, title, lambda: check_right(context.staff, right))
