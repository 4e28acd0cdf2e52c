"""Lists of what houses owe as files and papers: each is noted, many houses need a second person."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.cells import Cell
from propdesk.domain.data_exports import ExportOrder, check_order
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.owed_lists import OwedList
from propdesk.domain.staff import RIGHTS, Right
from propdesk.i18n import _
from propdesk.services.exporting_fees import export_fee_list, note_fee_print
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.staff import list_staff
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.pages.list_export import export_as_seen, print_as_seen
from ui.tables.columns import Fetch
from ui.tables.view import RecordTable
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label


class SecondPersonForm(SmallForm):
    """What a list of many houses is for and who agrees (law.md 1.7); `stored` is the order."""

    def __init__(self, context: AppContext, parent: QWidget, houses: int) -> None:
        super().__init__(context, parent, _("A second person agrees"), _("Export"))
        self._houses = houses
        most = context.settings.second_approver_rows
        words = _(
            "This list says what {houses} houses owe. More than {most} leave the office only when "
            "a second person agrees (interpretation on personal information 2017, 5)."
        )
        told = Label(
            context.theme, words.format(houses=houses, most=most), ink=Ink.TEXT_2, wrap=True
        )
        self.body.insertWidget(0, told)
        self.purpose = LineField(context.theme, _("Purpose"), longest=120)
        others = [
            Choice(str(one.id), one.name)
            for one in list_staff()
            if one.id != context.staff.id
            and Right.EXPORT_PLAIN in RIGHTS[one.role]
            and may_see_fees(one)
        ]
        choices = [Choice("", _("Please choose")), *others]
        self.second = PickField(context.theme, _("Second person"), choices)
        self.rows.add_row("purpose", _("Purpose"), self.purpose)
        self.rows.add_row("second", _("Second person"), self.second)
        self.purpose.setFocus()

    def act(self) -> ExportOrder:
        """Return the order. Raises DraftError."""
        second = self.second.value()
        if not second:
            raise DraftError((Problem("second", _("Choose who agrees to it.")),))
        order = ExportOrder(self.purpose.words(), second_staff_id=int(second), is_property=True)
        check_order(order, self._houses, self.context.settings.second_approver_rows)
        return order


def export_fees_as_seen(
    context: AppContext,
    parent: QWidget,
    seen: tuple[RecordTable, Fetch, str, int],
    what: OwedList,
    unit_id: int | None = None,
) -> str:
    """Write table, rows, title and count of what is seen into a file that is noted.

    `unit_id` is the house that all is about. Returns what to tell the clerk.
    """
    table, fetch, title, total = seen
    order = ExportOrder("")
    if unit_id is None and total > context.settings.second_approver_rows:
        form = SecondPersonForm(context, parent, total)
        form.ask()
        if form.stored is None:
            return ""
        order = form.stored
    by, now = context.staff.id, context.now()

    def write(target: Path, title: str, header: Sequence[str], lines: Iterator[list[Cell]]) -> None:
        whole = (title, header, lines)
        export_fee_list(target, whole, what, order, by=by, now=now, unit_id=unit_id)

    return export_as_seen(context, parent, table, fetch, title, total, write)


def print_fees_as_seen(
    context: AppContext,
    parent: QWidget,
    seen: tuple[RecordTable, Fetch, str, str],
    what: OwedList,
    unit_id: int | None = None,
) -> None:
    """Show table, rows, title and what narrows them as a paper; that it left is noted."""
    table, fetch, title, narrowed = seen

    def note(_copies: int) -> None:
        context.attempt(
            parent,
            _("The print was not noted"),
            lambda: note_fee_print(what, by=context.staff.id, now=context.now(), unit_id=unit_id),
        )

    print_as_seen(context, parent, table, fetch, title, narrowed, note)
