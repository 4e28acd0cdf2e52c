"""A sheet as a workbook: out for a laptop on the round, and back into the cells of the sheet.

What comes back is typed, not stored: whoever sits here sees it, says when the round ended, and
stores it as if the keys had been pressed.
"""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.importing_inspection_results import ResultsFile, read_results
from ui.background import Progress
from ui.context import AppContext
from ui.pages.sheet_pane import SheetPane
from ui.papers import tell_saved

_PATTERN = "Excel (*.xlsx)"


def save_sheet_file(context: AppContext, page: QWidget, number: str) -> None:
    """Ask where to, and write a sheet as a workbook to fill in."""
    from propdesk.services.exporting_inspection_sheets import export_sheet

    target = context.messages.pick_target(
        page, _("Save the sheet as a workbook"), Path.home() / f"{number}.xlsx", _PATTERN
    )
    if target is None:
        return
    by, now = context.staff.id, context.now()

    def write(_progress: Progress) -> int:
        with offices.working_connection():
            return export_sheet(number, target, by=by, now=now)

    context.background.run(
        write,
        lambda _rows: tell_saved(context, page, target),
        lambda error: context.explain(page, _("This was not saved"), error),
    )


def take_sheet_file(context: AppContext, page: QWidget, pane: SheetPane) -> None:
    """Ask for a filled-in workbook, and type what it says into the sheet that is shown."""
    if pane.sheet is None:
        return
    number = pane.sheet.number
    file = context.messages.pick_file(
        page, _("Take in a workbook of this sheet"), "Excel (*.xlsx *.xls);;CSV (*.csv)"
    )
    if file is None:
        return

    def read(_progress: Progress) -> ResultsFile:
        with offices.working_connection():
            return read_results(number, file)

    def taken(found: ResultsFile) -> None:
        if pane.sheet is None or pane.entry is None or pane.sheet.number != number:
            return
        pane.entry.take(found.answers)
        pane.grid.edited.emit()
        if not pane.grid.go_to_empty():
            pane.save.setFocus()

    context.background.run(
        read, taken, lambda error: context.explain(page, _("Nothing was taken in"), error)
    )
