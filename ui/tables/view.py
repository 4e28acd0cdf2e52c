"""The table of records, and the pane around it: foot line below, empty states in its place."""

from collections.abc import Callable, Hashable, Sequence
from datetime import datetime
from typing import Any

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QStackedWidget,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from propdesk import clock
from propdesk.i18n import _
from ui.delegates.records import PAD, RecordDelegate
from ui.tables.columns import NOTHING, Column, Fetch, FixedRows, Sort
from ui.tables.fitting import Words, fit_columns
from ui.tables.header import RecordHeader
from ui.tables.memory import Memory, NoMemory
from ui.tables.model import RecordModel
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.labels import Label, Surface

_DESIGN_LINE = 19
# What one act does with at once; Ctrl+A reads no further.
MOST_CHOSEN = 1000
# A list is measured by its first rows.
_MEASURED = 40
# Of a width in pixels; what has more is none, and Qt would not take it.
_MOST_DIGITS = 5


class RecordTable(QTableView):
    """A read-only table of records.

    `current_changed` comes with the row that is now current (None when the list is empty), but
    not when a refresh finds the same record again unless its row has changed. `selection_changed`
    comes when the clerk has chosen other rows: Shift and the arrows, Ctrl+Space, Ctrl+A. `opened`
    comes with Enter or a double click. `left` comes with Esc. Widths and sort are kept in `memory`,
    which the page has scoped to this table.
    """

    current_changed = Signal(object)
    selection_changed = Signal()
    opened = Signal(object)
    left = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: Sequence[Column],
        key: Callable[[Any], Hashable],
        *,
        sort: Sort | None = None,
        memory: Memory | None = None,
        margin: int = Space.L,
        now: Callable[[], datetime] = clock.now,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._memory: Memory = memory if memory is not None else NoMemory()
        self._row_extra = 0
        self._chosen_widths = self._recall_widths(columns)
        self._is_fitting = False
        self._shown_row: Any = None
        self._is_dense = False
        self._needed: list[int] | None = None
        self._blank: frozenset[int] = frozenset()
        # Qt does not own models, delegates and headers handed to a view from Python.
        self.records = RecordModel(
            columns, key, sort=self._recall_sort(columns, sort), now=now, parent=self
        )
        self._delegate = RecordDelegate(theme, self.records, self, margin=margin)
        self._header = RecordHeader(theme, self.records, self._delegate, self)
        self._set_up(name)
        theme.changed.connect(self._restyle)
        self._restyle()

    def _set_up(self, name: str) -> None:
        self.setAccessibleName(name)
        self.setModel(self.records)
        self.setItemDelegate(self._delegate)
        self.setHorizontalHeader(self._header)
        self._header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        self._header.sectionClicked.connect(self._on_header_clicked)
        self._header.sectionResized.connect(self._on_section_resized)
        vertical = self.verticalHeader()
        vertical.setVisible(False)
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setCornerButtonEnabled(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.selectionModel().currentRowChanged.connect(self._on_current_changed)
        self.selectionModel().selectionChanged.connect(self.selection_changed)
        self.doubleClicked.connect(self._on_double_clicked)

    def height_of(self, rows: int) -> int:
        """Return the height that shows the header and so many whole rows."""
        return self._header.height() + rows * self.verticalHeader().defaultSectionSize() + 1

    def make_dense(self) -> None:
        """Use the lower rows of the small tables inside a detail, whose words share the width."""
        self._is_dense = True
        self._row_extra = -4
        self._restyle()

    # -- filling

    def show_fetch(self, fetch: Fetch) -> None:
        """Show another list from its start; its first row becomes the current one."""
        self.records.show_fetch(fetch)
        self._measure()
        self._select_place(0)
        self.scrollToTop()

    def show_rows(self, rows: Sequence[Any]) -> None:
        """Show these few rows (sub-tables of a detail)."""
        self.show_fetch(FixedRows(tuple(rows)))

    def refresh(self) -> None:
        """Fetch the list again and stay on the same record, or on its place if it has gone."""
        place = self.currentIndex().row()
        key = self.records.key_at(place)
        chosen = {self.records.key_at(one) for one in self._chosen_places()}
        scrolled = self.verticalScrollBar().value()
        self.records.refresh()
        self._measure()
        found = self.records.place_of(key) if key is not None else None
        self._select_place(max(place, 0) if found is None else found)
        if len(chosen) > 1:
            self._choose_again(chosen)
        self.verticalScrollBar().setValue(scrolled)

    def _choose_again(self, keys: set[Hashable | None]) -> None:
        """Choose the rows that were chosen before the list was read again."""
        rows = self.records.rowCount()
        places = [place for place in range(rows) if self.records.key_at(place) in keys]
        chosen = QItemSelection()
        last = self.records.columnCount() - 1
        for place in places:
            chosen.select(self.records.index(place, 0), self.records.index(place, last))
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.Select)

    def select_key(self, key: Hashable) -> bool:
        """Make the record with this key current; False if it is not among the fetched rows."""
        place = self.records.place_of(key)
        if place is None:
            return False
        self._select_place(place)
        return True

    def _select_place(self, place: int) -> None:
        place = min(place, self.records.rowCount() - 1)
        index = self.records.index(place, 0) if place >= 0 else QModelIndex()
        flags = QItemSelectionModel.SelectionFlag
        self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
        if index.isValid():
            self.scrollTo(index)
        self._tell_current()

    # -- asking

    def current_row(self) -> Any:
        """Return the current row, None in an empty list."""
        return self.records.row_at(self.currentIndex().row())

    def selected_rows(self) -> list[Any]:
        """Return the selected rows in the order of the list."""
        return [self.records.row_at(place) for place in self._chosen_places()]

    def _chosen_places(self) -> list[int]:
        return sorted({index.row() for index in self.selectionModel().selectedRows()})

    def visible_columns(self) -> list[int]:
        """Return the columns that are shown now."""
        return [n for n in range(len(self.records.columns)) if not self.isColumnHidden(n)]

    def is_empty(self) -> bool:
        """Return whether the list has no rows."""
        return self.records.rowCount() == 0

    # -- following the clerk

    def _on_current_changed(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self._tell_current()

    def _tell_current(self) -> None:
        row = self.current_row()
        if row != self._shown_row:
            self._shown_row = row
            self.current_changed.emit(row)

    def _on_double_clicked(self, index: QModelIndex) -> None:
        self.opened.emit(self.records.row_at(index.row()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Esc leaves, Ctrl+C copies; letters do nothing; the rest is Qt's.

        Ctrl+A chooses what the list holds, also what was not scrolled to yet.
        """
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_selection()
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.records.fetch_up_to(MOST_CHOSEN)
            self.selectAll()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.current_row() is not None:
                self.opened.emit(self.current_row())
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def keyboardSearch(self, _search: str) -> None:  # noqa: N802 - Qt's name
        """Do nothing: typing into a list is the search field's task."""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Redraw the selection bar in the accent colour."""
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Redraw the selection bar in grey."""
        super().focusOutEvent(event)
        self.viewport().update()

    def copy_selection(self) -> None:
        """Put the selected rows on the clipboard, as lines that a spreadsheet takes apart."""
        QGuiApplication.clipboard().setText(self.selection_as_lines())

    def selection_as_lines(self) -> str:
        """Return the visible columns of the selected rows, divided by tabs."""
        places = self._chosen_places()
        columns = self.visible_columns()
        return "\n".join(
            "\t".join(_as_pasted(self.records.cell(place, n).words) for n in columns)
            for place in places
        )

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer copying and sorting, also to the keyboard (menu key, Shift+F10)."""
        menu = QMenu(self)
        copy = menu.addAction(_("Copy"))
        copy.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
        copy.triggered.connect(self.copy_selection)
        menu.addSeparator()
        for n, column in enumerate(self.records.columns):
            if column.sort_key:
                words = _("Sort by {title}").format(title=column.title)
                action = menu.addAction(words.replace("&", "&&"))
                action.setData(n)
                action.triggered.connect(self._on_sort_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        at = event.globalPos()
        if event.reason() == QContextMenuEvent.Reason.Keyboard:
            rect = self.visualRect(self.currentIndex())
            at = self.viewport().mapToGlobal(QPoint(rect.left() + 24, rect.bottom()))
        menu.popup(at)

    def _on_sort_chosen(self) -> None:
        action = self.sender()
        if action is not None:
            self._on_header_clicked(int(action.data()))  # type: ignore[attr-defined]

    def _on_header_clicked(self, section: int) -> None:
        column = self.records.columns[section]
        if not column.sort_key:
            return
        present = self.records.present_sort()
        again = present.key == column.sort_key
        sort = Sort(column.sort_key, not present.is_descending if again else False)
        self.records.sort_by(sort)
        self._memory.remember("sort", f"{sort.key} {'desc' if sort.is_descending else 'asc'}")
        self._select_place(0)
        self._header.viewport().update()

    # -- widths

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width among the columns."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Share the width among the columns; hide those of the lowest rank that find no room."""
        scale = self._theme.line() / _DESIGN_LINE
        room = self.viewport().width()
        columns, chosen = self.records.columns, self._chosen_widths
        shown = list(range(len(columns)))
        # Whichever column is the last one in sight has the margin of the page.
        for _again in range(2):
            widths = fit_columns(columns, room, chosen, scale, self._words_of(shown))
            shown = [n for n, width in enumerate(widths) if width]
        self._delegate.first_column = shown[0] if shown else 0
        self._delegate.last_column = shown[-1] if shown else 0
        self._is_fitting = True
        for n, width in enumerate(widths):
            self.setColumnHidden(n, width == 0)
            if width:
                self.setColumnWidth(n, width)
        self._is_fitting = False

    def _words_of(self, shown: Sequence[int]) -> Words | None:
        """Return the room that each column needs with its padding; None where nobody measured."""
        if self._needed is None:
            return None
        ends = (shown[0], shown[-1]) if shown else ()
        needed = [
            width + sum(self._delegate.margin if n == end else PAD for end in ends)
            for n, width in enumerate(self._needed)
        ]
        return Words(needed, self._blank)

    def _measure(self) -> None:
        """Note the room of each column's longest words, its title's among them."""
        if not self._is_dense:
            return
        records, small = self.records, self._theme.metrics(Size.SMALL)
        places = range(min(records.rowCount(), _MEASURED))
        needed, blank = [], set()
        for n, column in enumerate(records.columns):
            cells = [records.cell(place, n) for place in places]
            title = small.horizontalAdvance(str(column.title))
            needed.append(max([title, *map(self._delegate.words_width, cells)]))
            if all(cell.words in ("", " ", NOTHING) for cell in cells):
                blank.add(n)
        self._needed, self._blank = needed, frozenset(blank)
        self.fit()

    def _on_section_resized(self, section: int, _before: int, width: int) -> None:
        if self._is_fitting or width == 0:
            return
        self._chosen_widths[self.records.columns[section].key] = width
        kept = " ".join(f"{key}={value}" for key, value in sorted(self._chosen_widths.items()))
        self._memory.remember("widths", kept)

    def _recall_widths(self, columns: Sequence[Column]) -> dict[str, int]:
        keys = {column.key for column in columns}
        widths = {}
        for pair in self._memory.recall("widths").split():
            key, _sign, width = pair.partition("=")
            if key in keys and width.isdecimal() and len(width) <= _MOST_DIGITS:
                widths[key] = int(width)
        return widths

    def _recall_sort(self, columns: Sequence[Column], default: Sort | None) -> Sort | None:
        key, _blank, direction = self._memory.recall("sort").partition(" ")
        if key and any(column.sort_key == key for column in columns):
            return Sort(key, direction == "desc")
        return default

    def _restyle(self) -> None:
        self.verticalHeader().setDefaultSectionSize(self._theme.row_height() + self._row_extra)
        self.verticalHeader().setMinimumSectionSize(1)
        self._header.setFixedHeight(self._header.sizeHint().height())
        self._measure()
        self.fit()
        self.viewport().update()


def _as_pasted(words: str) -> str:
    """Return the words of a cell as one cell of a spreadsheet, never as a formula."""
    words = " ".join(words.split())
    return "'" + words if words.startswith(("=", "+", "@")) else words


class FootLine(Surface):
    """The quiet line under a list: how many there are, which keys lead on."""

    def __init__(self, theme: Theme, hint: str = "") -> None:
        super().__init__(theme, line_above=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        self._left = Label(theme, ink=Ink.TEXT_3, size=Size.SMALL, elide=True)
        self._right = Label(theme, hint, ink=Ink.TEXT_3, size=Size.SMALL)
        row.addWidget(self._left, 1)
        row.addWidget(self._right)
        self._theme = theme
        self._resize()
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.line(Size.SMALL) + 11)

    def show_text(self, words: str) -> None:
        """Say how many there are."""
        self._left.show_text(words)

    def text(self) -> str:
        """Return what the left side says."""
        return self._left.text()


class TablePane(Surface):
    """A table over its foot line; an empty state takes the table's place when asked to."""

    def __init__(self, theme: Theme, table: RecordTable, foot: FootLine | None = None) -> None:
        super().__init__(theme)
        self.table = table
        self.foot = foot if foot is not None else FootLine(theme)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self._stack = QStackedWidget()
        self._stack.addWidget(table)
        column.addWidget(self._stack, 1)
        column.addWidget(self.foot)

    def show_table(self) -> None:
        """Show the list."""
        self._stack.setCurrentWidget(self.table)

    def show_instead(self, widget: QWidget) -> None:
        """Show an empty state in the place of the list."""
        if self._stack.indexOf(widget) < 0:
            self._stack.addWidget(widget)
        self._stack.setCurrentWidget(widget)

    def event(self, event: QEvent) -> bool:
        """Hand the focus on to the table."""
        if event.type() == QEvent.Type.FocusIn:
            self.table.setFocus()
        return super().event(event)
