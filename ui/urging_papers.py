"""Papers of urging: the delivery register of a period, and the record that goes along to a door."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.i18n import _
from propdesk.services.printing_dunning_acts import (
    note_visit_print,
    print_delivery_register,
    print_visit_record,
)
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.papers import DrawnPaper
from ui.printing import show_paper
from ui.widgets.days_field import DaysField, period_names


class _Period(SmallForm):
    """From which day to which; the month so far is proposed."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        super().__init__(context, parent, _("Delivery register"), _("Show it"), width=480)
        today = context.now().date()
        days = (today.replace(day=1), today)
        self.days = DaysField(context.theme, period_names(), days, today)
        self.rows.add_row("days", _("Period"), self.days)
        self.days.entered.connect(self.keep)
        self.days.setFocus()

    def act(self) -> tuple[date, ...]:
        """Take the days."""
        return self.days.days()


def show_register(context: AppContext, page: QWidget) -> None:
    """Ask for a period and show its delivery register, ready to be printed."""
    dialog = _Period(context, page)
    if not dialog.ask():
        return
    first, last = dialog.stored
    by, now = context.staff, context.now()

    def draw(target: Path) -> DrawnPaper:
        return print_delivery_register(first, last, target, by=by, now=now)

    show_paper(context, page, _("Delivery register"), draw)


def show_visit_record(context: AppContext, page: QWidget, unit_ids: Sequence[int]) -> None:
    """Show the records of visits to houses, ready to be printed; that they left is noted."""
    by, now, ids = context.staff, context.now(), tuple(unit_ids)

    def draw(target: Path) -> DrawnPaper:
        return print_visit_record(ids, target, by=by, now=now)

    def note(_copies: int = 1) -> None:
        if ids:
            title = _("The print was not noted")
            context.attempt(page, title, lambda: note_visit_print(ids, by=by.id, now=now))

    show_paper(context, page, _("Record of a visit"), draw, on_made=note)
