"""Three-line tables: heavy above and below, a fine rule under the head, hairlines between rows.

Figures stand right, words left, the head like its column. Long words wrap and make the row higher.
On a page break the head is repeated with the mark of continuation; a total stays with two rows.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from propdesk.i18n import _
from propdesk.reports.parts.flow import Block, Flow
from propdesk.reports.parts.sheet import FIELD, HEAD, ROW, TABLE, Align, Box, Sheet
from propdesk.reports.parts.text import MM_PER_POINT, width_mm

PADDING = 1.2  # mm between the column's edge and its text

_WIDEST_WORD = 30.0  # mm; a longer one breaks
_WORD = re.compile(r"[^\s\u2e80-\uffff]+")

Paint = Callable[[Sheet, Box, float], None]
"""A cell that draws itself: it is given the sheet, the cell's box and the first baseline."""

Cell = str | Paint


class RowKind(StrEnum):
    """How a row stands among the others."""

    PLAIN = "plain"
    CLASS = "class"  # bold, a stronger rule above
    TOTAL = "total"  # the same; stays with the two rows above it


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its head, its width in millimetres (0 takes an equal share of what is left).

    `group` is a head above neighbouring columns of the same group; `bold` prints figures bold.
    """

    title: str
    width: float = 0.0
    align: Align = Align.LEFT
    group: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row of cells: texts, or functions that draw, which need at least so many millimetres."""

    cells: tuple[Cell, ...]
    kind: RowKind = RowKind.PLAIN
    least: float = 0.0


@dataclass(frozen=True, slots=True)
class _Set:
    """A row as it is set: its cells as lines, and its height."""

    row: Row
    lines: tuple[list[str], ...]
    height: float


@dataclass(frozen=True, slots=True)
class Table:
    """A three-line table; `size` in points, heights in millimetres.

    `continued` is what stands above a repeated head: the table's name with 续 or cont.
    """

    columns: tuple[Column, ...]
    rows: Sequence[Row]
    size: float = 8.2
    head_size: float = 7.4
    row_height: float = 5.9
    head_height: float = 6.4
    continued: str = ""

    # As a block (never split)

    def height(self, sheet: Sheet, width: float) -> float:
        """Return the height of the whole table."""
        rows = self._set(sheet, self._widths(width))
        return self._head(sheet, width) + sum(row.height for row in rows) + 0.4

    def draw(self, sheet: Sheet, x: float, y: float, width: float) -> None:
        """Draw the whole table at one place."""
        widths = self._widths(width)
        y = self._draw_head(sheet, x, y, width)
        self._draw_rows(sheet, Box(x, y, width, 0), widths, self._set(sheet, widths))

    # Over several pages

    def flow(self, flow: Flow, *heads: Block) -> None:
        """Place the table in a flow, below `heads` (section head, note) that stay with its start.

        At least three rows stay with the heads; the last two rows stay with a total.
        """
        sheet, width = flow.sheet, flow.width
        widths = self._widths(width)
        rows = self._set(sheet, widths)
        top = self._head(sheet, width)
        above = sum(head.height(sheet, width) for head in heads)
        flow.need(above + top + sum(row.height for row in rows[: self._together(rows, 3)]))
        flow.place(*heads)
        again = False
        while True:
            if again and self.continued:
                sheet.text(flow.left, flow.y + 2.6, self.continued, self.head_size)
                flow.y += 4.2
            y = self._draw_head(sheet, flow.left, flow.y, width)
            count = self._fitting(rows, flow.bottom - y)
            now, rows = rows[:count], rows[count:]
            flow.y = self._draw_rows(sheet, Box(flow.left, y, width, 0), widths, now) + 0.4
            if not rows:
                return
            flow.turn()
            again = True

    @staticmethod
    def _together(rows: Sequence[_Set], least: int) -> int:
        """Return how many rows belong to the first `least`: a total waits for nobody."""
        count = min(least, len(rows))
        while count < len(rows) and rows[count].row.kind is RowKind.TOTAL:
            count += 1
        return count

    def _fitting(self, rows: Sequence[_Set], room: float) -> int:
        """Return how many rows go on this page; always one at least."""
        count = 0
        for row in rows:
            room -= row.height
            if room < -1e-6:
                break
            count += 1
        if count >= len(rows):
            return len(rows)
        # What follows begins the next page: not with a total alone, nor its last companion.
        totals = next(
            (i for i in range(count, len(rows)) if rows[i].row.kind is RowKind.TOTAL), len(rows)
        )
        if totals - count < 2 and totals < len(rows):
            count = min(count, max(totals - 2, 0))
        elif rows[count - 1].row.kind is RowKind.CLASS and count > 1:
            count -= 1  # a class row stays with its first sub-class
        return max(count, 1)

    # Measuring

    def _widths(self, width: float) -> list[float]:
        fixed = sum(column.width for column in self.columns)
        shares = sum(1 for column in self.columns if not column.width)
        share = max(width - fixed, 0.0) / shares if shares else 0.0
        return [column.width or share for column in self.columns]

    def _grouped(self) -> bool:
        return any(column.group for column in self.columns)

    @property
    def _leading(self) -> float:
        return self.size * MM_PER_POINT * 1.42

    def _set(self, sheet: Sheet, widths: Sequence[float]) -> list[_Set]:
        return [self._set_row(sheet, row, widths) for row in self.rows]

    def _set_row(self, sheet: Sheet, row: Row, widths: Sequence[float]) -> _Set:
        strong = row.kind is not RowKind.PLAIN
        lines = []
        for cell, column, width in zip(row.cells, self.columns, widths, strict=True):
            room = width - 2 * PADDING
            bold = strong or column.bold
            text = cell if isinstance(cell, str) else ""
            lines.append(sheet.wrapped(text, room, self.size, bold=bold) if text else [])
        most = max((len(cell) for cell in lines), default=1)
        height = self.row_height + self._leading * max(0, most - 1)
        return _Set(row, tuple(lines), max(height, row.least))

    def _titles(self, sheet: Sheet, widths: Sequence[float]) -> list[list[str]]:
        return [
            sheet.wrapped(column.title, wide - 2 * PADDING, self.head_size, bold=True)
            for column, wide in zip(self.columns, widths, strict=True)
        ]

    def _head(self, sheet: Sheet, width: float) -> float:
        titles = self._titles(sheet, self._widths(width))
        most = max((len(title) for title in titles), default=1)
        extra = self.head_size * MM_PER_POINT * 1.35 * max(0, most - 1)
        return self.head_height + extra + (5.2 if self._grouped() else 0.0)

    # Drawing

    def _draw_head(self, sheet: Sheet, x: float, y: float, width: float) -> float:
        """Draw the head; return the y of the rule below it."""
        widths = self._widths(width)
        bottom = y + self._head(sheet, width)
        sheet.rule(x, y, x + width, TABLE)
        if self._grouped():
            self._draw_groups(sheet, x, y, widths)
        leading = self.head_size * MM_PER_POINT * 1.35
        cursor = x
        titles = self._titles(sheet, widths)
        for column, wide, lines in zip(self.columns, widths, titles, strict=True):
            base = bottom - 2.2 - leading * (len(lines) - 1)
            for line in lines:
                at = _anchor(cursor, wide, column.align)
                sheet.text(at, base, line, self.head_size, bold=True, align=column.align)
                base += leading
            cursor += wide
        sheet.rule(x, bottom, x + width, HEAD)
        return bottom

    def _draw_groups(self, sheet: Sheet, x: float, y: float, widths: Sequence[float]) -> None:
        cursor = x
        place = 0
        while place < len(self.columns):
            group = self.columns[place].group
            end = place
            while end < len(self.columns) and self.columns[end].group == group:
                end += 1
            wide = sum(widths[place:end])
            if group:
                middle = cursor + wide / 2
                sheet.text(middle, y + 3.7, group, self.head_size, bold=True, align=Align.CENTRE)
                sheet.rule(cursor + PADDING, y + 5.3, cursor + wide - PADDING, FIELD)
            cursor += wide
            place = end

    def _draw_rows(
        self, sheet: Sheet, place: Box, widths: Sequence[float], rows: Sequence[_Set]
    ) -> float:
        """Draw rows from the place downwards and the closing rule; return its y."""
        y = place.y
        for number, row in enumerate(rows):
            if number:
                strong = row.row.kind is not RowKind.PLAIN
                sheet.rule(place.x, y, place.right, HEAD if strong else ROW)
            self._draw_row(sheet, place.x, y, widths, row)
            y += row.height
        sheet.rule(place.x, y, place.right, TABLE)
        return y

    def _draw_row(
        self, sheet: Sheet, x: float, y: float, widths: Sequence[float], row: _Set
    ) -> None:
        strong = row.row.kind is not RowKind.PLAIN
        base = y + self.row_height / 2 + self.size * MM_PER_POINT * 0.36
        cells = zip(row.row.cells, row.lines, self.columns, widths, strict=True)
        for cell, lines, column, wide in cells:
            if isinstance(cell, str):
                at = _anchor(x, wide, column.align)
                bold = strong or column.bold
                for number, line in enumerate(lines):
                    y_line = base + number * self._leading
                    sheet.text(at, y_line, line, self.size, bold=bold, align=column.align)
            else:
                cell(sheet, Box(x, y, wide, row.height), base)
            x += wide


def _anchor(x: float, width: float, align: Align) -> float:
    if align is Align.LEFT:
        return x + PADDING
    return x + width - PADDING if align is Align.RIGHT else x + width / 2


def continued(title: str) -> str:
    """Return what stands above a table that goes on from the page before."""
    return _("{title} (continued)").format(title=title)


def parted(
    sheet: Sheet, row: tuple[str, ...], widths: Sequence[float], size: float, most: int
) -> Iterator[tuple[str, ...]]:
    """Cut a row of more than `most` lines into rows that fit a page; all others stay whole."""
    if max(map(len, row), default=0) <= most:
        yield row
        return
    rest = list(row)
    while any(rest):
        first = []
        for place, width in enumerate(widths):
            lines, rest[place] = sheet.begun(rest[place], width - 2 * PADDING, size, most)
            first.append("\n".join(lines))
        yield tuple(first)


def for_whole_words(
    columns: tuple[Column, ...], rows: Iterable[Sequence[str]], size: float, head_size: float = 7.4
) -> tuple[Column, ...]:
    """Widen the columns that have a width so that no Latin word of a head or cell breaks."""
    cells = list(zip(*rows, strict=True)) or [()] * len(columns)
    wide = []
    for column, texts in zip(columns, cells, strict=True):
        needed = max(_widest_word((column.title,), head_size, bold=True), _widest_word(texts, size))
        width = max(column.width, min(needed + 2 * PADDING + 0.1, _WIDEST_WORD))
        wide.append(replace(column, width=width) if column.width else column)
    return tuple(wide)


def _widest_word(texts: Iterable[str], size: float, *, bold: bool = False) -> float:
    words = {word for text in texts for word in _WORD.findall(text[:2000])}
    return max((width_mm(word, size, bold=bold) for word in words), default=0.0)


def with_rest(columns: tuple[Column, ...], width: float) -> tuple[Column, ...]:
    """Give the columns without a width the width that the others leave."""
    rest = width - sum(column.width for column in columns)
    return tuple(column if column.width else replace(column, width=rest) for column in columns)
