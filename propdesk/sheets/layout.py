"""How a worksheet is laid out beside its values: merged cells, hidden rows and columns, its epoch.

A cell that is merged downwards says the same of every row that it covers (one house, several
people), so its value is filled down. Cells merged sideways only group the column names.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

Value = str | int | float | datetime | date | time | None
"""What a cell holds; text without outer blanks, None where the cell is empty."""


@dataclass(frozen=True, slots=True)
class Merged:
    """A merged range: lines from 1, columns from 0, both ends included."""

    first_line: int
    last_line: int
    first_column: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Layout:
    """What a sheet says of itself; `days_from_1904` where its days are counted from there."""

    merged: tuple[Merged, ...] = ()
    hidden_lines: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    days_from_1904: bool = False

    def groups(self, line: int) -> tuple[Merged, ...]:
        """Return the cells of a line that are merged over several columns."""
        return tuple(
            one
            for one in self.merged
            if one.first_line <= line <= one.last_line and one.last_column > one.first_column
        )


PLAIN = Layout()


def filled_down(
    rows: Iterable[tuple[int, Sequence[Value]]], layout: Layout
) -> Iterator[tuple[int, Sequence[Value]]]:
    """Yield the rows with merged cells filled down; a row with no value of its own stays empty."""
    starts: dict[int, list[Merged]] = {}
    for one in layout.merged:
        if one.last_line > one.first_line:
            starts.setdefault(one.first_line, []).append(one)
    if not starts:
        yield from rows
        return
    open_ones: list[tuple[Merged, Value]] = []
    for line, values in rows:
        open_ones = [(one, value) for one, value in open_ones if one.last_line >= line]
        if open_ones and any(value is not None for value in values):
            filled = list(values)
            for one, value in open_ones:
                filled += [None] * (one.first_column + 1 - len(filled))
                if filled[one.first_column] is None:
                    filled[one.first_column] = value
            yield line, filled
        else:
            yield line, values
        for one in starts.get(line, ()):
            if one.first_column < len(values) and values[one.first_column] is not None:
                open_ones.append((one, values[one.first_column]))
