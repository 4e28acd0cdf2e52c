"""More on the inspections page: one entry or submenu of each part that is there.

The letters of the page's menu stand here: A assets, F findings and notices, I imports, L the list
of schedules, P plans, R reports, S settings, T templates.
"""

import importlib
import importlib.util

from PySide6.QtWidgets import QMenu

from ui.context import AppContext
from ui.pages.page import Page

# Each has add_inspection_acts(menu, context, page); a part is imported when the menu is opened.
PARTS: tuple[str, ...] = ()


def add_inspection_menu(menu: QMenu, context: AppContext, page: Page) -> None:
    """Add what every part offers."""
    for part in PARTS:
        importlib.import_module(f"ui.{part}").add_inspection_acts(menu, context, page)
