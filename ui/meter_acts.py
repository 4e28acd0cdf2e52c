"""What the fees page can do with meters: read them on paper or by file, enter, look them over."""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.queries.fee_access import check_fee_right
from ui.context import AppContext
from ui.keyboard import add_entry, lettered

Tell = Callable[[str], None]


def add_meter_acts(menu: QMenu, context: AppContext, page: QWidget, tell: Tell) -> None:
    """Add the menu of meters; `tell` says what was done."""
    meters = menu.addMenu(lettered(_("Meters"), "M"))
    for word, letter, act in (
        (_("Enter meter readings"), "E", enter_readings),
        (_("Print or save the list to read"), "P", show_sheet),
        (_("Import readings"), "I", import_readings),
        (_("List of meters"), "L", show_meters),
    ):
        add_entry(meters, word, letter, partial(act, context, page, tell))


def enter_readings(context: AppContext, page: QWidget, tell: Tell) -> None:
    """Type what the meters show."""
    from ui.dialogs.readings_dialog import ReadingsDialog

    if not _may(context, page, Right.CHARGE):
        return
    dialog = ReadingsDialog(context, page)
    dialog.ask()
    if dialog.stored_words:
        context.changes.fees_changed.emit()
        tell(dialog.stored_words)


def show_sheet(context: AppContext, page: QWidget, tell: Tell) -> None:
    """Print the list to carry, or write it as a workbook."""
    from ui.dialogs.reading_sheet_dialog import ReadingSheetDialog

    if not _may(context, page, Right.SEE_FEES):
        return
    dialog = ReadingSheetDialog(context, page)
    dialog.ask()
    if dialog.told:
        tell(dialog.told)


def import_readings(context: AppContext, page: QWidget, _tell: Tell) -> None:
    """Take in a workbook of readings."""
    from ui.dialogs.import_dialog import open_import

    open_import(context, page, "readings")


def show_meters(context: AppContext, page: QWidget, _tell: Tell) -> None:
    """Look over all meters, put one in, exchange it, take it out."""
    from ui.dialogs.meters_dialog import MetersDialog

    if _may(context, page, Right.SEE_FEES):
        MetersDialog(context, page).ask()


def _may(context: AppContext, page: QWidget, right: Right) -> bool:
    title = _("This was not done")
    return context.attempt(page, title, lambda: check_fee_right(context.staff.id, right))
