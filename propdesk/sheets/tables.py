"""A table as it was found in a file: its header, its rows and the lines they stand on.

Where the table begins: the header is the row, among the first `HEADER_WITHIN` rows that are not
empty, that names most of the columns wanted; where none is named, the first row with the most
different texts. What stands above it (a title, a date of export) is left out, and so are empty
rows. A column without a name is called by its letter, `(C)`; a second column of the same name
gets a number, `电话 (2)`.
"""

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from itertools import chain, islice

from propdesk.domain.errors import Cancelled
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.sheets.errors import no_rows, too_large

Value = str | int | float | datetime | date | time | None
"""What a cell holds; text without outer blanks, None where the cell is empty."""

MAX_ROWS = 100_000
MAX_COLUMNS = 2_000
MAX_CELLS = 10_000_000
HEADER_WITHIN = 30
_REPORT_EVERY = 200

_BREAK = re.compile(r"\s*[\r\n\t]+\s*")
_BREAK_IN_LATIN = re.compile(r"(?<=[!-~])\s*[\r\n\t]+\s*(?=[!-~])")
_NUMBER_LIKE = re.compile(r"[\d\s.,:/+%()年月日时分秒-]+")


@dataclass(frozen=True, slots=True)
class Row:
    """One row below the header: the line it stands on in the file (from 1), one value a column."""

    line: int
    values: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A sheet or CSV file as it was found; `encoding` is known of CSV files only."""

    file_name: str
    sheet_name: str
    header: tuple[str, ...]
    header_line: int
    rows: tuple[Row, ...]
    sheet_names: tuple[str, ...] = ()
    encoding: str | None = None


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


def to_table(file_name: str, found: Found, wanted: Collection[str], progress: Progress) -> Table:
    """Return the table among the rows that were found.

    Raises `SheetError` where there are no rows or too many, and `Cancelled`.
    """
    filled = _filled(file_name, found, progress)
    beginning = list(islice(filled, HEADER_WITHIN))
    if not beginning:
        raise no_rows(file_name)
    at = _header_at([values for _line, values in beginning], wanted)
    header_line, header = beginning[at]
    rows = [(line, values) for line, values in chain(beginning[at + 1 :], filled)]
    if not rows:
        raise no_rows(file_name)
    width = max(len(values) for _line, values in [(header_line, header), *rows])
    if width * len(rows) > MAX_CELLS:
        raise too_large(file_name, _("more than {count} cells").format(count=MAX_CELLS))
    return Table(
        file_name=file_name,
        sheet_name=found.sheet_name,
        header=_names([*header, *[None] * (width - len(header))]),
        header_line=header_line,
        rows=tuple(Row(line, (*values, *[None] * (width - len(values)))) for line, values in rows),
        sheet_names=found.sheet_names,
        encoding=found.encoding,
    )


def trimmed(text: str) -> str | None:
    """Return the text of a cell without outer blanks and NULs; None where nothing is left."""
    if "\x00" in text:
        text = text.replace("\x00", "")
    return text.strip() or None


@cache
def column_letters(index: int) -> str:
    """Return the letters under which a workbook shows a column, counted from 0: A, B, ... AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def _filled(name: str, found: Found, progress: Progress) -> Iterator[tuple[int, tuple[Value, ...]]]:
    """Yield the rows that hold something, cut after their last value; mind the limits."""
    count = 0
    for seen, (line, values) in enumerate(found.rows):
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


def _header_at(rows: Sequence[Sequence[Value]], wanted: Collection[str]) -> int:
    names = {_key(name) for name in wanted}
    known = [len({_key(cell) for cell in row if isinstance(cell, str)} & names) for row in rows]
    if max(known):
        return known.index(max(known))
    texts = [len({cell for cell in row if _is_words(cell)}) for row in rows]
    return texts.index(max(texts))


def _key(name: str) -> str:
    return "".join(fold(name).split())


def _is_words(cell: Value) -> bool:
    return isinstance(cell, str) and not _NUMBER_LIKE.fullmatch(cell)


def _names(cells: Iterable[Value]) -> tuple[str, ...]:
    names: dict[str, None] = {}
    for index, cell in enumerate(cells):
        plain = "" if cell is None else str(cell).strip("\ufeff\u200b \t\r\n\u3000\u00a0")
        plain = _BREAK.sub("", _BREAK_IN_LATIN.sub(" ", plain)) or f"({column_letters(index)})"
        name, number = plain, 1
        while name in names:
            number += 1
            name = f"{plain} ({number})"
        names[name] = None
    return tuple(names)
