"""A table as it was found in a file: its header, its rows and the lines they stand on.

What stands above the header (a title, a date of export) is left out, and so are empty rows. A
column without a name is called by its letter, `(C)`; a second column of the same name gets a
number, `电话 (2)`. Sums, notes, names repeated on each page and hidden rows are left out and told.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice

from propdesk.domain.errors import Cancelled
from propdesk.i18n import _
from propdesk.sheets.errors import no_rows, too_large
from propdesk.sheets.header_rows import column_names, find_header
from propdesk.sheets.layout import PLAIN, Layout, Value, filled_down
from propdesk.sheets.left_out import Chaff, LeftOut, WhyLeftOut

MAX_ROWS = 100_000
MAX_COLUMNS = 2_000
MAX_CELLS = 10_000_000
HEADER_WITHIN = 30
_REPORT_EVERY = 200


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: the line it stands on in the file (from 1), one value a column."""

    line: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or CSV file as it was found; `encoding` is known of CSV files only.

    `left_out` are its lines that are no rows; `hidden_columns` stand in the header, hidden.
    """

    file_name: str
    sheet_name: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    sheet_names: tuple[str, ...] = ()
    encoding: str | None = None
    left_out: tuple[LeftOut, ...] = ()
    hidden_columns: tuple[str, ...] = ()
    is_hidden_sheet: bool = False
    days_from_1904: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How the reader tells how far it is (rows done, rows expected; 0: unknown) and may stop."""

    report: Callable[[int, int], None] | None = None
    cancelled: Callable[[], bool] | None = None

    def step(self, done: int, total: int) -> None:
        """Report every few rows; raise `Cancelled` where the person has had enough."""
        if self.cancelled and self.cancelled():
            raise Cancelled
        if self.report:
            self.report(done, max(done, total) if total else 0)


@dataclass(frozen=True, slots=True)
class Found:
    """What a reader of one file kind hands over: the rows as they come, lines counted from 1."""

    rows: Iterator[tuple[int, Sequence[Value]]]
    expected: int = 0
    sheet_name: str = ""
    sheet_names: tuple[str, ...] = ()
    encoding: str | None = None
    layout: Layout = PLAIN
    is_hidden_sheet: bool = False


def to_table(
    file_name: str,
    found: Found,
    wanted: Collection[str],
    progress: Progress,
    *,
    take_hidden: bool = False,
) -> Table:
    """Return the table among the rows that were found.

    Raises `SheetError` where there are no rows or too many, and `Cancelled`.
    """
    layout = found.layout
    filled = _filled(file_name, found, progress)
    beginning = list(islice(filled, HEADER_WITHIN))
    if not beginning:
        raise no_rows(file_name)
    header = find_header(beginning, wanted, layout)
    chaff = Chaff(
        [values for _line, values in beginning[: header.first]],
        [values for _line, values in beginning[header.first : header.last + 1]],
    )
    rows: list[tuple[int, tuple[Value, ...]]] = []
    left_out: list[LeftOut] = []
    hidden = frozenset() if take_hidden else layout.hidden_lines
    for line, values in chain(beginning[header.last + 1 :], filled):
        why = chaff.why(values)
        if why is None and line in hidden:
            why = WhyLeftOut.HIDDEN
        if why is None:
            rows.append((line, values))
        else:
            left_out.append(LeftOut(line, why))
    if not rows:
        raise no_rows(file_name)
    widest = max(len(values) for _line, values in rows)
    width = max(len(header.cells), widest)
    if width * len(rows) > MAX_CELLS:
        raise too_large(file_name, _("more than {count} cells").format(count=MAX_CELLS))
    names = column_names([*header.cells, *[None] * (width - len(header.cells))])
    return Table(
        file_name=file_name,
        sheet_name=found.sheet_name,
        header=names,
        header_line=beginning[header.last][0],
        rows=tuple(Row(line, (*values, *[None] * (width - len(values)))) for line, values in rows),
        sheet_names=found.sheet_names,
        encoding=found.encoding,
        left_out=tuple(left_out),
        hidden_columns=tuple(names[at] for at in sorted(layout.hidden_columns) if at < width),
        is_hidden_sheet=found.is_hidden_sheet,
        days_from_1904=layout.days_from_1904,
    )


def trimmed(text: str) -> str | None:
    """Return the text of a cell without outer blanks and NULs; None where nothing is left."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text.strip() or None


def _filled(name: str, found: Found, progress: Progress) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Yield the rows that hold something, cut after their last value; mind the limits."""
    count = 0
    for seen, (line, values) in enumerate(filled_down(found.rows, found.layout)):
        if seen % _REPORT_EVERY == 0:
            progress.step(seen, found.expected)
        width = len(values)
        while width and values[width - 1] is None:
            width -= 1
        if not width:
            continue
        if width > MAX_COLUMNS:
            raise too_large(name, _("more than {count} columns").format(count=MAX_COLUMNS))
        count += 1
        if count > MAX_ROWS:
            raise too_large(name, _("more than {count} rows").format(count=MAX_ROWS))
        yield line, tuple(values[:width])
    progress.step(found.expected, found.expected)
