"""More on the inspections page: of the round that is shown, then what each part offers.

The letters of the page's menu stand here: A things (assets), F findings, L schedules of the law,
N the month, P plans, R the round, S settings, T templates, V the list.
"""

import importlib
import importlib.util

from PySide6.QtWidgets import QMenu

from ui.context import AppContext
from ui.finding_acts import add_finding_acts
from ui.pages.page import Page
from ui.plan_acts import add_inspection_acts

# Parts that add to the menu once they are there, with add_inspection_acts(menu, context, page).
_LATER = ("ui.asset_acts", "ui.inspection_report_acts")


def add_inspection_menu(menu: QMenu, context: AppContext, page: Page) -> None:
    """Add what every part offers."""
    add_inspection_acts(menu, context, page)
    for part in _LATER:
        if importlib.util.find_spec(part) is not None:
            importlib.import_module(part).add_inspection_acts(menu, context, page)
    add_finding_acts(menu, context, page)
