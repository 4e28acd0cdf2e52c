"""Prices, contracts and exceptions; the fees page offers them beside the bills under More."""

from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.staff import RIGHTS, Right
from propdesk.i18n import _
from propdesk.services.queries.units import Unit, get_unit
from ui.context import AppContext
from ui.keyboard import add_entry


def add_price_acts(menu: QMenu, context: AppContext, page: QWidget, unit: Unit | None) -> None:
    """Add to the submenu of bills what bills are reckoned by; `unit` is the house that is shown."""
    menu.addSeparator()
    add_entry(menu, _("Fee items and prices"), "I", partial(show_items, context, page))
    add_entry(menu, _("Contracts and approvals"), "C", partial(show_bases, context, page))
    if unit is not None:
        words = _("Exceptions of {house}").format(house=unit.short)
        add_entry(menu, words, "X", partial(show_exceptions, context, page, unit.id))
    if {Right.IMPORT, Right.SET_PRICES} <= RIGHTS[context.staff.role]:
        add_entry(menu, _("Import prices"), "P", partial(import_prices, context, page))
    if Right.MANAGE_OFFICE in RIGHTS[context.staff.role]:
        add_entry(menu, _("Rules and settings of fees"), "U", partial(show_settings, context, page))


def show_items(context: AppContext, page: QWidget) -> None:
    """Show the items with their prices."""
    from ui.dialogs.fee_items_dialog import FeeItemsDialog

    FeeItemsDialog(context, page).ask()
    context.changes.fees_changed.emit()


def show_bases(context: AppContext, page: QWidget) -> None:
    """Show contracts and approvals with their pages."""
    from ui.dialogs.fee_bases_dialog import FeeBasesDialog

    FeeBasesDialog(context, page).ask()


def show_exceptions(context: AppContext, page: QWidget, unit_id: int) -> None:
    """Show what a house pays otherwise than the others."""
    from ui.dialogs.unit_fees_dialog import UnitFeesDialog

    UnitFeesDialog(context, page, unit=get_unit(unit_id)).ask()


def import_prices(context: AppContext, page: QWidget) -> None:
    """Take a price list from a workbook."""
    from ui.dialogs.import_dialog import open_import

    open_import(context, page, "tariffs")
    context.changes.fees_changed.emit()


def show_settings(context: AppContext, page: QWidget) -> None:
    """Open the settings where those of fees are."""
    from ui.dialogs.settings_dialog import SettingsDialog

    SettingsDialog(context, page, "fees").ask()
