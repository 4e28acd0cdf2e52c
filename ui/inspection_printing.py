"""Print the sheets of rounds: those of a whole day, or one; what left the printer is noted."""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.i18n import _
from ui.background import Progress
from ui.context import AppContext
from ui.papers import DrawnPaper

Numbers = Callable[[Progress], Sequence[str]]


def print_day(context: AppContext, parent: QWidget, day: date) -> None:
    """Show the sheets of every open round of a day over `parent`, ready to be printed.

    They are made in the background; closing the window while it draws stops it. Plans that lead
    nowhere are named when the paper is closed.
    """
    from propdesk.services.inspection_sheets import make_sheets_of_day

    by, now = context.staff.id, context.now()
    left_out: list[str] = []

    def numbers(progress: Progress) -> Sequence[str]:
        made = make_sheets_of_day(day, by=by, now=now, on_progress=progress)
        left_out.extend(made.left_out)
        return made.numbers

    def closed() -> None:
        if left_out:
            context.messages.tell(parent, _("Plans without a sheet"), "\n".join(left_out))

    _show(context, parent, _("Sheets of {day}").format(day=day), numbers, closed)


def print_plan(context: AppContext, parent: QWidget, plan_id: int, day: date) -> None:
    """Show the sheets of a plan's rounds on a day, ready to be printed."""
    from propdesk.services.inspection_sheets import make_sheets

    by, now = context.staff.id, context.now()

    def numbers(_progress: Progress) -> Sequence[str]:
        return [sheet.number for sheet in make_sheets(plan_id, day, by=by, now=now)]

    _show(context, parent, _("Sheets of {day}").format(day=day), numbers)


def print_sheet(context: AppContext, parent: QWidget, number: str) -> None:
    """Show a sheet that was made over `parent`, ready to be printed."""
    _show(context, parent, _("Sheet {number}").format(number=number), lambda _progress: (number,))


def _show(
    context: AppContext,
    parent: QWidget,
    title: str,
    numbers: Numbers,
    closed: Callable[[], object] | None = None,
) -> None:
    from propdesk.services.printing_inspections import note_sheet_prints, print_sheets
    from ui.printing import show_long_paper

    by, now = context.staff, context.now()
    drawn: list[str] = []

    def draw(target: Path, progress: Progress) -> DrawnPaper:
        drawn[:] = numbers(progress)
        return print_sheets(drawn, target, by=by, now=now, on_progress=progress)

    def note(_copies: int) -> None:
        if context.attempt(
            parent,
            _("The print was not noted"),
            lambda: note_sheet_prints(drawn, by=by.id, now=context.now()),
        ):
            context.changes.inspections_changed.emit()

    def finished(_result: int) -> None:
        # Sheets were made, printed or not: the list tells their numbers.
        if drawn:
            context.changes.inspections_changed.emit()
        if closed is not None:
            closed()

    window = show_long_paper(context, parent, title, draw, on_made=note)
    window.finished.connect(finished)


def print_rectification(context: AppContext, parent: QWidget, number: str) -> None:
    """Show a notice to rectify over `parent`, two copies ready to be printed."""
    from propdesk.services.printing_rectifications import print_rectification_notice
    from ui.printing import show_paper

    by, now = context.staff, context.now()

    def draw(target: Path) -> DrawnPaper:
        return print_rectification_notice(number, target, by=by, now=now)

    show_paper(context, parent, _("Notice to rectify {number}").format(number=number), draw)
