"""The open bills of a house, each chosen or not; what a payment gives to each beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.queries.bills import Bill
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Theme, Tone

_ROWS = 5


@dataclass(frozen=True, slots=True)
class TickRow:
    """A bill, whether it is chosen, and what the payment gives to it."""

    bill: Bill
    is_chosen: bool
    pays_fen: int = 0


class BillTicks(RecordTable):
    """The arrows walk, Space chooses or leaves out, Ctrl+A turns all; Enter goes on.

    `changed` comes when the clerk has chosen otherwise.
    """

    changed = Signal()

    def __init__(
        self,
        theme: Theme,
        bills: Sequence[Bill],
        today: date,
        words: tuple[LazyText, LazyText] = (_lazy("pay"), _lazy("leave")),
        *,
        is_paying: bool = True,
    ) -> None:
        def state(row: TickRow) -> Mark:
            chosen, left = words
            return Mark(str(chosen), Tone.OK) if row.is_chosen else Mark(str(left), Tone.NEUTRAL)

        pays = (
            Column("pays", _lazy("Pays now"), lambda row: row.pays_fen or None, CellKind.MONEY,
                   width=96, is_strong=True),
        )  # fmt: skip
        columns = (
            Column("chosen", _lazy("Now"), state, CellKind.STATUS, width=86),
            Column("item", _lazy("Fee item"), lambda row: row.bill.item, width=130,
                   stretches=True, is_strong=True),
            Column("period", _lazy("Charged for"), _period, width=176),
            Column("due", _lazy("Pay by"), lambda row: row.bill.due_on.isoformat(), width=92,
                   is_quiet=True, rank=1),
            Column("open", _lazy("Still owed"), lambda row: row.bill.open_fen, CellKind.MONEY,
                   width=96),
            *(pays if is_paying else ()),
        )  # fmt: skip
        super().__init__(theme, _("Open bills"), columns, lambda row: row.bill.id)
        self._bills = tuple(bills)
        self._chosen = {bill.id for bill in bills if bill.due_on <= today}
        self._pays: Mapping[int, int] = {}
        self.make_dense()
        self.setFixedHeight(self.height_of(min(max(len(bills), 2), _ROWS)))
        self._refill()

    def chosen(self) -> tuple[Bill, ...]:
        """Return the bills that are to be paid now."""
        return tuple(bill for bill in self._bills if bill.id in self._chosen)

    def show_pays(self, pays: Mapping[int, int]) -> None:
        """Show what a payment gives to each bill."""
        if pays != self._pays:
            self._pays = pays
            self._refill()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose with Space; what is left is the table's."""
        row = self.current_row()
        if event.key() == Qt.Key.Key_Space and row is not None:
            self._chosen ^= {row.bill.id}
        elif (
            event.key() == Qt.Key.Key_A and event.modifiers() & Qt.KeyboardModifier.ControlModifier
        ):
            everything = {bill.id for bill in self._bills}
            self._chosen = set() if self._chosen == everything else everything
        else:
            super().keyPressEvent(event)
            return
        self._refill()
        self.changed.emit()

    def _refill(self) -> None:
        self.show_rows(
            [TickRow(one, one.id in self._chosen, self._pays.get(one.id, 0)) for one in self._bills]
        )


def _period(row: TickRow) -> str:
    return _("{start} to {end}").format(start=row.bill.from_on, end=row.bill.until_on)
