"""Bills and prices, offered by the fees page under More: runs, single bills, shared costs."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.i18n import _
from propdesk.services.queries.bill_runs import check_may_charge
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.keyboard import add_entry, lettered
from ui.price_acts import add_price_acts

Tell = Callable[[str], None]


def add_bill_acts(
    menu: QMenu, context: AppContext, page: QWidget, unit: Unit | None, tell: Tell
) -> None:
    """Add the submenu of bills and what they are reckoned by.

    `unit` is the house that is shown; `tell` says on the page what was done.
    """
    below = menu.addMenu(lettered(_("Bills and prices"), "B"))
    add_entry(below, _("Run the bills"), "R", partial(run_bills, context, page, tell))
    add_entry(below, _("Runs that were posted"), "L", partial(show_runs, context, page))
    if unit is not None:
        words = _("Write a bill for {house}").format(house=unit.short)
        add_entry(below, words, "W", partial(write_bill, context, page, unit, tell))
    add_entry(below, _("Shared costs"), "S", partial(show_shared_costs, context, page))
    add_entry(below, _("Bring in earlier arrears"), "E", partial(import_bills, context, page))
    add_price_acts(below, context, page, unit)


def run_bills(context: AppContext, page: QWidget, tell: Tell) -> None:
    """Bill a month or quarter: look at what comes of it, post it."""
    from ui.dialogs.bill_run_dialog import BillRunDialog

    if _may(context, page):
        dialog = BillRunDialog(context, page)
        dialog.ask()
        _told(context, dialog.stored_words, tell)


def show_runs(context: AppContext, page: QWidget) -> None:
    """Show the runs that were posted, with their bills; undo one."""
    from ui.dialogs.bill_runs_dialog import BillRunsDialog

    BillRunsDialog(context, page).ask()


def write_bill(context: AppContext, page: QWidget, unit: Unit, tell: Tell) -> None:
    """Write a bill by hand."""
    from ui.dialogs.bill_dialogs import BillDialog

    if _may(context, page):
        dialog = BillDialog(context, page, unit)
        dialog.ask()
        _told(context, dialog.stored_words, tell)


def explain_bill(context: AppContext, page: QWidget, bill_id: int) -> None:
    """Show how a bill came about, what was paid of it, and what asked for it."""
    from ui.dialogs.bill_explained_dialog import BillExplainedDialog

    BillExplainedDialog(context, page, bill_id).ask()


def show_shared_costs(context: AppContext, page: QWidget) -> None:
    """Show what was spent in common, and enter more."""
    from ui.dialogs.shared_costs_dialog import SharedCostsDialog

    SharedCostsDialog(context, page).ask()


def import_bills(context: AppContext, page: QWidget) -> None:
    """Bring in what houses owed before the office used this program."""
    from ui.dialogs.import_dialog import open_import

    if _may(context, page):
        open_import(context, page, "bills")
        context.changes.fees_changed.emit()


def _may(context: AppContext, page: QWidget) -> bool:
    check = partial(check_may_charge, context.staff.id)
    return context.attempt(page, _("This was not done"), check)


def _told(context: AppContext, words: str, tell: Tell) -> None:
    """Let every page know of new bills, and say what was stored."""
    if words:
        context.changes.fees_changed.emit()
        tell(words)
