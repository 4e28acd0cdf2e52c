"""The bills of a house in its account; many years have a head each, which folds them away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.bills import Bill
from ui.context import AppContext
from ui.pages.fee_words import month_words
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Space

_UNFOLDED = "\u2212"
_FEW = 12
"""So many bills are seen at a glance: they need no heads."""


@dataclass(frozen=True, slots=True)
class YearHead:
    """The head of a year: its sums, and whether its bills are folded away."""

    year: int
    bills: tuple[Bill, ...]
    is_folded: bool

    @property
    def id(self) -> str:
        """What the row is known by; bills have numbers."""
        return f"year {self.year}"

    @property
    def period(self) -> str:
        """What stands in the column of months."""
        return f"{'+' if self.is_folded else _UNFOLDED} {self.year}"

    @property
    def item(self) -> str:
        """What stands in the column of items."""
        count = len(self.bills)
        return ngettext("{count} bill", "{count} bills", count).format(count=count)

    @property
    def amount_fen(self) -> int:
        """What was billed in the year."""
        return sum(bill.amount_fen for bill in self.bills)

    @property
    def settled_fen(self) -> int:
        """What is settled of it."""
        return sum(bill.settled_fen for bill in self.bills)

    @property
    def open_fen(self) -> int:
        """What is still owed of it."""
        return sum(bill.open_fen for bill in self.bills)


Row = Bill | YearHead


class AccountBills(RecordTable):
    """Enter or Space on a bill explains it (`explained`), on a year's head folds or unfolds it."""

    explained = Signal(int)

    def __init__(self, context: AppContext, limit: Callable[[Bill], Mark | None]) -> None:
        money = CellKind.MONEY
        super().__init__(
            context.theme,
            _("Bills of the house"),
            (
                Column("month", _lazy("Billed month"), _period, width=72, least=66),
                Column("item", _lazy("Item"), lambda row: row.item, width=110, least=70,
                       stretches=True),
                Column("amount", _lazy("Billed"), lambda row: row.amount_fen, money, 80, 66,
                       rank=2),
                Column("settled", _lazy("Paid"), lambda row: row.settled_fen or None, money, 80,
                       66, rank=3),
                Column("open", _lazy("Owed"), lambda row: row.open_fen or None, money, 80, 70,
                       is_strong=True),
                Column("limit", _lazy("Limitation"),
                       lambda row: limit(row) if isinstance(row, Bill) else Mark(" "),
                       CellKind.BADGE, 96, 90, rank=1),
            ),
            lambda row: row.id,
            memory=ScopedMemory(context.memory, "fees/bills"),
            margin=Space.XL,
            now=context.now,
        )  # fmt: skip
        self.make_dense()
        self._bills: tuple[Bill, ...] = ()
        self._folded: set[int] = set()
        self.opened.connect(self._on_opened)

    def show_bills(self, bills: Sequence[Bill], *, anew: bool) -> None:
        """Show the bills by due day; the clerk stays on his row.

        `anew` is another house or another choice: of many years the last one is unfolded, and
        those in which something is owed.
        """
        self._bills = tuple(sorted(bills, key=lambda bill: (bill.due_on, bill.id)))
        if anew:
            years = {bill.from_on.year for bill in bills}
            owing = {bill.from_on.year for bill in bills if bill.is_open}
            self._folded = years - owing - {max(years, default=0)}
        self._show(None if anew else self.current_row())

    def chosen_bills(self) -> list[Bill]:
        """Return the bills of the chosen rows; a head stands for those of its year."""
        found: dict[int, Bill] = {}
        for row in self.selected_rows():
            for bill in row.bills if isinstance(row, YearHead) else (row,):
                found[bill.id] = bill
        return list(found.values())

    def _rows(self) -> list[Row]:
        by_year: dict[int, list[Bill]] = {}
        for bill in self._bills:
            by_year.setdefault(bill.from_on.year, []).append(bill)
        if len(by_year) == 1 or len(self._bills) <= _FEW:
            return list(self._bills)
        rows: list[Row] = []
        for year in sorted(by_year):
            is_folded = year in self._folded
            rows.append(YearHead(year, tuple(by_year[year]), is_folded))
            rows += () if is_folded else by_year[year]
        return rows

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Explain or fold with Space, as with Enter."""
        if event.key() == Qt.Key.Key_Space and not event.modifiers():
            if self.current_row() is not None:
                self.opened.emit(self.current_row())
            return
        super().keyPressEvent(event)

    def _on_opened(self, row: Row) -> None:
        if isinstance(row, Bill):
            self.explained.emit(row.id)
            return
        self._folded ^= {row.year}
        self._show(row)

    def _show(self, current: Row | None) -> None:
        rows = self._rows()
        self.show_rows(rows)
        self.setMaximumHeight(self.height_of(len(rows)))
        if current is not None:
            self.select_key(current.id)


def _period(row: Row) -> str:
    return row.period if isinstance(row, YearHead) else month_words(row.from_on)
