"""More on the inspections page: of the round that is shown, then what each part offers.

The letters of the page's menu stand here: A things (assets), F findings, L schedules of the law,
N the month, P plans, R the round, S settings, T templates, V the list.
"""

from PySide6.QtWidgets import QMenu

from ui import asset_acts, plan_acts
from ui.context import AppContext
from ui.finding_acts import add_finding_acts
from ui.pages.page import Page


def add_inspection_menu(menu: QMenu, context: AppContext, page: Page) -> None:
    """Add what every part offers."""
    plan_acts.add_inspection_acts(menu, context, page)
    asset_acts.add_inspection_acts(menu, context, page)
    add_finding_acts(menu, context, page)
