"""The one model behind every table: it holds the rows fetched so far and asks for more by key."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from propdesk import clock
from ui.tables.columns import Cell, Column, Fetch, FixedRows, Sort, make_cell

_PAGE = 100
# A refresh fetches again what was on screen, but not the work of a whole morning's scrolling.
_MOST_AT_ONCE = 1000

Index = QModelIndex | QPersistentModelIndex


class RecordModel(QAbstractTableModel):
    """Rows (frozen dataclasses) shown through columns, fetched page by page as the view scrolls.

    `key` gives the value by which a row is found again after a refresh.
    """

    def __init__(
        self,
        columns: Sequence[Column],
        key: Callable[[Any], Hashable],
        *,
        sort: Sort | None = None,
        now: Callable[[], datetime] = clock.now,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._sort = sort or Sort()
        self._now = now
        self._shown_at = now()
        self._fetch: Fetch = FixedRows()
        self._rows: list[Any] = []
        self._cells: dict[tuple[int, int], Cell] = {}
        self._next: Any = None

    # -- filling

    def show_fetch(self, fetch: Fetch) -> None:
        """Show another list, from its start."""
        self._fetch = fetch
        self._reload(_PAGE)

    def refresh(self) -> None:
        """Fetch again what is shown, as something has changed."""
        self._reload(min(max(len(self._rows), _PAGE), _MOST_AT_ONCE))

    def sort_by(self, sort: Sort) -> None:
        """Show the list in another order, from its start."""
        if sort != self._sort:
            self._sort = sort
            self._reload(_PAGE)
            self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def _reload(self, limit: int) -> None:
        rows, following = self._fetch(None, limit, self._sort)
        self.beginResetModel()
        self._shown_at = self._now()
        self._rows = list(rows)
        self._cells.clear()
        self._next = following
        self.endResetModel()

    def canFetchMore(self, parent: Index = QModelIndex()) -> bool:
        """Return whether the list goes on."""
        return not parent.isValid() and self._next is not None

    def fetchMore(self, parent: Index = QModelIndex()) -> None:
        """Fetch the next page."""
        if not self.canFetchMore(parent):
            return
        rows, following = self._fetch(self._next, _PAGE, self._sort)
        self._next = following
        if rows:
            first = len(self._rows)
            self.beginInsertRows(QModelIndex(), first, first + len(rows) - 1)
            self._rows.extend(rows)
            self.endInsertRows()

    def fetch_up_to(self, most: int) -> None:
        """Fetch further pages until so many rows are there, or the list has ended."""
        while len(self._rows) < most and self.canFetchMore():
            self.fetchMore()

    # -- asking

    def present_sort(self) -> Sort:
        """Return the order that the rows stand in."""
        return self._sort

    def row_at(self, place: int) -> Any:
        """Return the row at a place, None beyond the rows fetched so far."""
        return self._rows[place] if 0 <= place < len(self._rows) else None

    def key_at(self, place: int) -> Hashable | None:
        """Return the key of the row at a place, None where there is none."""
        row = self.row_at(place)
        return None if row is None else self._key(row)

    def place_of(self, key: Hashable) -> int | None:
        """Return where the row with this key stands among the rows fetched so far."""
        return next((n for n, row in enumerate(self._rows) if self._key(row) == key), None)

    def cell(self, place: int, column: int) -> Cell:
        """Return what a cell shows; worked out once."""
        cell = self._cells.get((place, column))
        if cell is None:
            cell = make_cell(self.columns[column], self._rows[place], self._shown_at)
            self._cells[place, column] = cell
        return cell

    # -- Qt's questions

    def rowCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many rows were fetched so far."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:
        """Return how many columns there are."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return the words of a cell, also for screen readers; drawing asks for the cell itself."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return self.cell(index.row(), index.column()).words
        if role == Qt.ItemDataRole.AccessibleTextRole:
            title = str(self.columns[index.column()].title)
            return f"{title} {self.cell(index.row(), index.column()).words}"
        return None

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        """Return the title of a column."""
        wanted = (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole)
        if orientation == Qt.Orientation.Horizontal and role in wanted:
            return str(self.columns[section].title)
        return None
