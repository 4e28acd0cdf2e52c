"""A list as the clerk sees it, its rows in their order, the columns in sight: a file or paper."""

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from propdesk.domain.cells import Cell
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.masking import mask_names
from propdesk.i18n import _, ngettext
from propdesk.services.exporting_lists import export_list
from propdesk.services.offices import working_connection
from propdesk.services.parts.printed import Printed
from propdesk.services.printing_lists import SeenList, print_list
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.work_dialog import WorkDialog
from ui.tables.columns import NOTHING, CellKind, Column, Fetch, Sort, make_cell
from ui.tables.view import RecordTable

_AT_ONCE = 1000
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")

T = TypeVar("T")
# Writes title, heading and lines into a file; it runs off the main thread.
Write = Callable[[Path, str, Sequence[str], Iterator[list[Cell]]], object]


def export_as_seen(
    context: AppContext,
    parent: QWidget,
    table: RecordTable,
    fetch: Fetch,
    title: str,
    total: int,
    write: Write | None = None,
) -> str:
    """Ask where, and write all rows of `fetch` with the visible columns of `table`.

    `fetch` is called on another thread: it must not ask the widgets. `total` is how many rows are
    expected; `write` writes a list that is noted. Returns what to tell the clerk, empty where
    nothing was written.
    """
    now, by = context.now(), context.staff.id
    proposed = Path.home() / f"{title} {now:%Y-%m-%d}.xlsx"
    target = context.messages.pick_target(
        parent, _("Export this list"), proposed, "Excel (*.xlsx);;CSV (*.csv)"
    )
    if target is None:
        return ""
    columns = [table.records.columns[n] for n in table.visible_columns()]
    sort = table.records.present_sort()
    header = [str(column.title) for column in columns]

    def job(progress: Progress) -> int:
        lines = _Lines(fetch, columns, sort, lambda column, row: _cell(column, row, now))
        lines.tell(progress, total)
        with working_connection():
            if write is None:
                export_list(target, title, header, iter(lines), by=by)
            else:
                write(target, title, header, iter(lines))
        return lines.count

    dialog = WorkDialog(context.theme, parent, _("Exporting {file}").format(file=target.name))
    try:
        count = dialog.work(
            lambda done, failed, moved: context.background.run(job, done, failed, moved)
        )
    except Cancelled:
        return ""
    except RuleError as refusal:
        context.messages.tell(parent, _("This was not exported"), str(refusal))
        return ""
    words = ngettext("{count} row is in {file}", "{count} rows are in {file}", count)
    return words.format(count=count, file=target.name)


def print_as_seen(
    context: AppContext,
    parent: QWidget,
    table: RecordTable,
    fetch: Fetch,
    title: str,
    narrowed: str,
    on_made: Callable[[int], None] | None = None,
) -> None:
    """Show all rows of `fetch` with the visible columns of `table` as a paper to print.

    `narrowed` says what the clerk asked for: the group, the filters, the words. `fetch` is called
    on another thread: it must not ask the widgets. `on_made` is called when it really leaves.
    """
    from ui.printing import show_paper

    now, by = context.now(), context.staff
    columns = [table.records.columns[n] for n in table.visible_columns()]
    figures = (n for n, column in enumerate(columns) if column.is_right_aligned())
    header = tuple(str(column.title) for column in columns)
    seen = SeenList(title, narrowed, header, frozenset(figures))
    lines = _Lines(
        fetch, columns, table.records.present_sort(), lambda column, row: _words(column, row, now)
    )

    def draw(target: Path) -> Printed:
        return print_list(seen, iter(lines), target, by=by, now=now)

    show_paper(context, parent, title, draw, on_made=on_made)


class _Lines(Generic[T]):
    """The rows of a list as cells, fetched page by page; `count` tells how many came."""

    def __init__(
        self,
        fetch: Fetch,
        columns: Sequence[Column],
        sort: Sort,
        cell: Callable[[Column, Any], T],
    ) -> None:
        self._fetch, self._columns, self._sort, self._cell = fetch, columns, sort, cell
        self._progress: Progress | None = None
        self._total = 0
        self.count = 0

    def tell(self, progress: Progress, total: int) -> None:
        """Tell after each page how many of `total` rows came; that may raise Cancelled."""
        self._progress, self._total = progress, total

    def __iter__(self) -> Iterator[list[T]]:
        """Yield each row's cells."""
        after: Any = None
        while True:
            rows, after = self._fetch(after, _AT_ONCE, self._sort)
            for row in rows:
                yield [self._cell(column, row) for column in self._columns]
                self.count += 1
            if self._progress is not None:
                self._progress(self.count, self._total)
            if after is None:
                return


def _cell(column: Column, row: Any, now: datetime) -> Cell:
    """Return what stands in a cell of a file: times and numbers as such, to go on reckoning."""
    value = column.value(row)
    if isinstance(value, datetime):
        return value
    if column.kind is CellKind.COUNT and isinstance(value, int):
        return value
    words = _masked(column, make_cell(column, row, now).words)
    if column.kind is CellKind.COUNT and _NUMBER.fullmatch(words):
        return float(words.replace(",", ""))
    return None if words == NOTHING else words


def _words(column: Column, row: Any, now: datetime) -> str:
    """Return what stands in a cell on paper: the words of the screen, times with their day.

    «Yesterday» is wrong tomorrow; nothing stays white.
    """
    value = column.value(row)
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    words = _masked(column, make_cell(column, row, now).words)
    return "" if words == NOTHING else words


def _masked(column: Column, words: str) -> str:
    """Return names as they may leave the window; a list in full is an export of its own."""
    return mask_names(words) if column.is_name and words != NOTHING else words
