"""Export a list as the clerk sees it: its rows in their order, the columns that are shown."""

import re
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtWidgets import QWidget

from propdesk.domain.cells import Cell
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _, ngettext
from propdesk.services.exporting_lists import export_list
from propdesk.services.offices import working_connection
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.work_dialog import WorkDialog
from ui.tables.columns import NOTHING, CellKind, Column, Fetch, Sort, make_cell
from ui.tables.view import RecordTable

_AT_ONCE = 1000
_NUMBER = re.compile(r"-?[\d,]+(?:\.\d+)?")


def export_as_seen(
    context: AppContext, parent: QWidget, table: RecordTable, fetch: Fetch, title: str, total: int
) -> str:
    """Ask where, and write all rows of `fetch` with the visible columns of `table`.

    `fetch` is called on another thread: it must not ask the widgets. `total` is how many rows are
    expected. Returns what to tell the clerk, empty where nothing was written.
    """
    now = context.now()
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
        lines = _Lines(fetch, columns, sort, now, progress, total)
        with working_connection():
            export_list(target, title, header, iter(lines))
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


class _Lines:
    """The rows of a list as cells, fetched page by page; `count` tells how many came."""

    def __init__(
        self,
        fetch: Fetch,
        columns: Sequence[Column],
        sort: Sort,
        now: datetime,
        progress: Progress,
        total: int,
    ) -> None:
        self._fetch, self._columns, self._sort, self._now = fetch, columns, sort, now
        self._progress, self._total = progress, total
        self.count = 0

    def __iter__(self) -> Iterator[list[Cell]]:
        """Yield each row's cells."""
        after: Any = None
        while True:
            rows, after = self._fetch(after, _AT_ONCE, self._sort)
            for row in rows:
                yield [self._cell(column, row) for column in self._columns]
                self.count += 1
            self._progress(self.count, self._total)
            if after is None:
                return

    def _cell(self, column: Column, row: Any) -> Cell:
        value = column.value(row)
        if isinstance(value, datetime):
            return value
        if column.kind is CellKind.COUNT and isinstance(value, int):
            return value
        words = make_cell(column, row, self._now).words
        if column.kind is CellKind.COUNT and _NUMBER.fullmatch(words):
            return float(words.replace(",", ""))
        return None if words == NOTHING else words
