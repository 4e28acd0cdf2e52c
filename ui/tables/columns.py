"""What a column of a table is: plain data. And what one cell shows: plain values."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from propdesk.domain.money import money_words
from propdesk.i18n import LazyText, _
from ui.theme import Tone

NOTHING = "—"


class CellKind(StrEnum):
    """How a cell is drawn."""

    TEXT = "text"
    MONEY = "money"
    STATUS = "status"
    BADGE = "badge"
    TIME = "time"
    COUNT = "count"
    BARS = "bars"


@dataclass(frozen=True, slots=True)
class Mark:
    """A word with a tone: a status (dot and word), or an exception (filled badge).

    In a badge column a mark without a tone is drawn as plain quiet words.
    """

    words: str
    tone: Tone | None = None


@dataclass(frozen=True, slots=True)
class Bars:
    """Counts one after the other as small bars; `most` is the highest bar of the whole list."""

    counts: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its title, where its value comes from, how it is drawn.

    `value` takes a row and returns, by kind: text `str`, money `int` fen, status and badge `Mark`,
    time `datetime`, count `int`, bars `Bars`; None is nothing. Widths are logical pixels of the
    design at the normal text size. A narrow pane hides the column with the lowest `rank` first;
    rank 0 is never hidden. `sort_key` is the name that the query sorts by; without one the column
    is not sorted. The column that `stretches` takes the room that is left. One of residents' names
    (`is_name`) leaves the window masked, in a file as on paper (law.md 1.7). A text that is a
    figure (`is_figure`: a meter's 1234.5) stands at the right as counts do.
    """

    key: str
    title: LazyText
    value: Callable[[Any], Any]
    kind: CellKind = CellKind.TEXT
    width: int = 80
    least: int = 50
    rank: int = 0
    sort_key: str = ""
    stretches: bool = False
    is_quiet: bool = False
    is_strong: bool = False
    is_name: bool = False
    is_figure: bool = False

    def is_right_aligned(self) -> bool:
        """Return whether figures stand under figures here."""
        return self.is_figure or self.kind in (CellKind.MONEY, CellKind.COUNT)


@dataclass(frozen=True, slots=True)
class Sort:
    """What a list is sorted by. An empty key is the query's own order."""

    key: str = ""
    is_descending: bool = False


@dataclass(frozen=True, slots=True)
class Cell:
    """What one cell shows: words, a tone, how loud they are."""

    words: str
    tone: Tone | None = None
    kind: CellKind = CellKind.TEXT
    is_right: bool = False
    is_quiet: bool = False
    is_strong: bool = False
    bars: Bars | None = None


# Given the key after which to go on (None = from the start), how many rows, and the order:
# the rows, and the key for the next call (None = that was all).
Fetch = Callable[[Any, int, Sort], tuple[Sequence[Any], Any]]


@dataclass(frozen=True, slots=True)
class FixedRows:
    """A fetch over rows that are all there already: the small tables of a detail."""

    rows: Sequence[Any] = field(default_factory=tuple)

    def __call__(self, _after: Any, _limit: int, _sort: Sort) -> tuple[Sequence[Any], Any]:
        """Return everything at once."""
        return self.rows, None


def moment_words(moment: datetime, now: datetime) -> str:
    """Return a moment in few words: `09:12` today, `昨 18:47`, `11-19` this year, `2025-11-19`."""
    days = (now.date() - moment.date()).days
    if days == 0:
        return moment.strftime("%H:%M")
    if days == 1:
        return _("Yest. {time}").format(time=moment.strftime("%H:%M"))
    if moment.year == now.year:
        return moment.strftime("%m-%d")
    return moment.strftime("%Y-%m-%d")


def make_cell(column: Column, row: Any, now: datetime) -> Cell:
    """Return what `column` shows of `row`."""
    value = column.value(row)
    words, tone = NOTHING, None
    if isinstance(value, Mark):
        words, tone = value.words, value.tone
    elif value is None or value == "":
        return Cell(NOTHING, kind=CellKind.TEXT, is_right=column.is_right_aligned(), is_quiet=True)
    elif isinstance(value, Bars):
        return Cell(" ".join(map(str, value.counts)), kind=CellKind.BARS, bars=value)
    elif isinstance(value, datetime):
        words = moment_words(value, now)
    elif column.kind is CellKind.MONEY:
        words = money_words(value)
    elif column.kind is CellKind.COUNT and isinstance(value, int):
        words = f"{value:,}"
    else:
        words = str(value)
    return Cell(
        words or NOTHING,
        tone,
        column.kind,
        is_right=column.is_right_aligned(),
        is_quiet=column.is_quiet or column.kind is CellKind.TIME,
        is_strong=column.is_strong,
    )
