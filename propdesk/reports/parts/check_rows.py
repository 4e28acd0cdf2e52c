"""The rows of an inspection sheet: what is looked at, its limits or standard, where to write.

A row is as high as its words need; nothing is cut and no type is shrunk to fit, except figures.
"""

from collections.abc import Sequence

from propdesk.domain.check_items import CheckItem, ItemKind
from propdesk.domain.inspection_results import reading_words
from propdesk.i18n import LazyText, _lazy
from propdesk.reports.parts.check_columns import (
    LIMIT,
    NUMBER,
    POINT,
    UNIT,
    Columns,
    box_width,
    count_boxes,
    value_room,
)
from propdesk.reports.parts.form_lines import (
    Blank,
    Piece,
    Space,
    Tick,
    Words,
    draw_line,
    line_width,
)
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.sheet import FIELD, Align, Box, Sheet
from propdesk.reports.parts.zones import Form

ROW, SECTION = 8.6, 5.8
_TEXT_ROW = 12.0
_BOX_HIGH, _TICK, _AROUND = 6.6, 3.8, 1.6
_SIZE, _SMALL, _CHOICE = 8.6, 7.0, 7.4
_LEADING, _SMALL_LEADING, _CHOICE_LEADING = 3.4, 3.0, 5.0
_LEAST = 5.0  # pt
_LEAST_LIMIT = 6.6  # pt: longer limits stand below each other
_NO_LIMIT = "–"

_ITEM, _STANDARD = _lazy("Item"), _lazy("To what standard")
_LOWER, _UPPER, _IN = _lazy("Min."), _lazy("Max."), _lazy("Unit")
_VALUE = _lazy("Measured value")
_SCORED, _ENTERED = _lazy("Points scored"), _lazy("To be written")
_OK, _BAD, _NONE = _lazy("OK"), _lazy("Fault"), _lazy("N/A")
_REMARK = _lazy("What is wrong, photo no.")
ROUND = _lazy("Round {number}")
_PHOTO = _lazy("Photo needed, no.")


class CheckRows:
    """Draws the heads and the rows of a sheet on its columns."""

    def __init__(self, form: Form, columns: Columns, clocks: Sequence[str]) -> None:
        self.form = form
        self.sheet: Sheet = form.sheet
        self.columns = columns
        self.clocks = clocks
        self.head = 8.4 if columns.is_single else 10.0

    # -- heads

    def draw_heads(self, y: float) -> None:
        """Draw the heads of the columns from `y` downwards, `head` high."""
        columns = self.columns
        base = y + self.head / 2 + 1.2
        self._head(columns.names + 1.2, base, _ITEM, columns.block - columns.names - 2)
        if columns.has_limits:
            x = columns.block
            for label in (_LOWER, _UPPER):
                x += LIMIT
                self._head(x - 1.4, base, label, LIMIT - 2.0, align=Align.RIGHT)
        elif columns.rounds[0] > columns.block:
            self._head(columns.block + 1.0, base, _STANDARD, 2 * LIMIT)
        if columns.has_readings:
            self._head(columns.block + 2 * LIMIT + 1.4, base, _IN, UNIT - 2.0)
        if columns.is_single:
            left, right = columns.rounds
            if right > left:
                middle = (left + right) / 2
                self._head(middle, base, self._value_word(), right - left - 1.2, align=Align.CENTRE)
            self._draw_tick_heads(columns.ticks, columns.remark, base, 7.4)
        else:
            for place in range(len(columns.rounds) - 1):
                self._draw_round_head(place, y)
        self._head(columns.remark + 1.6, base, _REMARK, columns.right - columns.remark - 1.6)

    def _value_word(self) -> LazyText:
        """Return what is written in the column of a single round."""
        if self.columns.has_readings:
            return _VALUE
        return _SCORED if self.columns.has_scores else _ENTERED

    def _head(
        self, x: float, base: float, label: LazyText, room: float, *, align: Align = Align.LEFT
    ) -> None:
        words = self.form.word(label)
        size = fitting_size(words, room, 7.6, least=_LEAST, bold=True)
        self.sheet.text(x, base, words, size, bold=True, align=align)

    def _draw_tick_heads(self, left: float, right: float, base: float, size: float) -> None:
        third = (right - left) / 3
        for place, label in enumerate((_OK, _BAD, _NONE)):
            words = self.form.word(label)
            fit = fitting_size(words, third - 0.5, size, least=4.4, bold=True)
            middle = left + third * (place + 0.5)
            self.sheet.text(middle, base, words, fit, bold=True, align=Align.CENTRE)

    def _draw_round_head(self, place: int, y: float) -> None:
        left, right = self.columns.rounds[place : place + 2]
        words = self.form.word(ROUND).format(number=place + 1)
        clock = self.clocks[place] if place < len(self.clocks) else ""
        words = "  ".join(filter(None, (words, clock)))
        size = fitting_size(words, right - left - 1.0, 7.6, least=_LEAST, bold=True)
        self.sheet.text((left + right) / 2, y + 4.2, words, size, bold=True, align=Align.CENTRE)
        self._draw_tick_heads(left, right, y + 8.2, 6.2)

    # -- rows

    def height(self, item: CheckItem) -> float:
        """Return how high the row of an item is."""
        words = max(_LEADING * len(self._names(item)), _SMALL_LEADING * len(self._standard(item)))
        asked = _TEXT_ROW if item.kind is ItemKind.TEXT else ROW
        return max(asked, 3.0 + words, 2.4 + _CHOICE_LEADING * len(self._choices(item)))

    def is_open(self, item: CheckItem) -> bool:
        """Tell whether the answer takes the boxes of the ticks as well."""
        return self.columns.is_single and item.kind in (ItemKind.CHOICE, ItemKind.TEXT)

    def draw_section(self, y: float, name: str) -> None:
        """Draw the name of a group of items over them."""
        room = self.columns.rounds[0] - self.columns.names - 2
        size = fitting_size(name, room, 7.8, least=_LEAST, bold=True)
        self.sheet.text(self.columns.names + 1.2, y + 4.1, name, size, bold=True)

    def draw(self, y: float, number: int, item: CheckItem) -> float:
        """Draw the row of an item from `y` downwards; return where it ends."""
        sheet, columns = self.sheet, self.columns
        height = self.height(item)
        middle = y + height / 2
        sheet.text(columns.left + NUMBER / 2, middle + 1.1, str(number), 7.6, align=Align.CENTRE)
        self._draw_lines(columns.names + 1.2, middle, self._names(item), _SIZE, _LEADING)
        if item.kind is ItemKind.NUMBER:
            self._draw_limits(item, middle)
        else:
            lines = self._standard(item)
            self._draw_lines(columns.block + 1.0, middle, lines, _SMALL, _SMALL_LEADING)
        for place in range(len(columns.rounds) - 1):
            self._draw_answer(item, place, middle)
        if columns.is_single and item.kind in (ItemKind.TICK, ItemKind.NUMBER):
            self._draw_ticks(columns.ticks, columns.remark, middle)
        if item.photo:
            pieces: list[Piece] = [Words(self.form.word(_PHOTO), 6.6), Space(1.0), Blank(12)]
            room = columns.right - columns.remark - 2.0
            draw_line(sheet, columns.remark + 1.6, y + height - 1.8, pieces, room)
        sheet.rule(columns.left, y + height, columns.right, FIELD)
        return y + height

    def _draw_lines(
        self, x: float, middle: float, lines: Sequence[str], size: float, leading: float
    ) -> None:
        base = middle + size * 0.128 - leading / 2 * (len(lines) - 1)
        self.sheet.lines(x, base, lines, size, leading=leading)

    def _names(self, item: CheckItem) -> list[str]:
        room = self.columns.block - self.columns.names - 2.2
        return self.sheet.wrapped(item.name, room, _SIZE)

    def _standard(self, item: CheckItem) -> list[str]:
        room = self.columns.rounds[0] - self.columns.block - 2.0
        if item.kind is ItemKind.NUMBER or not item.standard:
            return []
        return self.sheet.wrapped(item.standard, room, _SMALL)

    def _draw_limits(self, item: CheckItem, middle: float) -> None:
        sheet, x = self.sheet, self.columns.block
        self._draw_unit(item, middle)
        if item.lower_milli is None and item.upper_milli is None:
            return
        limits = [
            _NO_LIMIT if limit is None else reading_words(item, limit)
            for limit in (item.lower_milli, item.upper_milli)
        ]
        sizes = [fitting_size(words, LIMIT - 2.0, 9.6, least=1, bold=True) for words in limits]
        if min(sizes) < _LEAST_LIMIT:
            # Too long to stand side by side: one above the other, through both columns.
            lines = [
                f"{sign} {words}"
                for sign, words in zip("≥≤", limits, strict=True)
                if words != _NO_LIMIT
            ]
            for place, line in enumerate(lines):
                base = middle + 1.1 + 3.6 * (place - (len(lines) - 1) / 2)
                size = fitting_size(line, 2 * LIMIT - 2.4, 8.0, least=_LEAST, bold=True)
                sheet.text(x + 2 * LIMIT - 1.4, base, line, size, bold=True, align=Align.RIGHT)
        else:
            for words, size in zip(limits, sizes, strict=True):
                x += LIMIT
                sheet.text(x - 1.4, middle + 1.2, words, size, bold=True, align=Align.RIGHT)

    def _draw_unit(self, item: CheckItem, middle: float) -> None:
        sheet, left = self.sheet, self.columns.block + 2 * LIMIT + 1.4
        size = fitting_size(item.unit, UNIT - 1.8, 7.8, least=6.0)
        lines = sheet.wrapped(item.unit, UNIT - 1.8, size)
        self._draw_lines(left, middle, lines, size, 2.8)

    # -- where to write

    def _draw_answer(self, item: CheckItem, place: int, middle: float) -> None:
        left, right = self.columns.rounds[place : place + 2]
        if item.kind is ItemKind.NUMBER:
            room = value_room(self.columns, place)
            draw_reading(self.sheet, right - 2.0, middle, item, room)
        elif item.kind is ItemKind.CHOICE:
            lines = self._choices(item)
            base = middle + 1.1 - _CHOICE_LEADING / 2 * (len(lines) - 1)
            for row, pieces in enumerate(lines):
                at = base + _CHOICE_LEADING * row
                draw_line(self.sheet, left + _AROUND, at, pieces, self._choice_room())
        elif item.kind is ItemKind.TEXT:
            end = self.columns.remark if self.columns.is_single else right
            for base in (middle - 0.6, middle + 4.4):
                self.sheet.rule(left + _AROUND, base, end - _AROUND, FIELD)
        elif item.score:
            self._draw_score(item, left, right, middle)
        elif not self.columns.is_single:
            self._draw_ticks(left, right, middle)
        elif right > left:
            centre = (left + right) / 2
            self.sheet.rule(centre - 5, middle, centre + 5, FIELD)

    def _draw_score(self, item: CheckItem, left: float, right: float, middle: float) -> None:
        wide = self.sheet.text(right - 2.0, middle + 1.1, f"/ {item.score}", 7.8, align=Align.RIGHT)
        self.sheet.rule(max(right - wide - 14, left + 2), middle + 2.0, right - wide - 3, FIELD)

    def _choice_room(self) -> float:
        # A choice is its own verdict: it takes the boxes of the ticks as well.
        columns = self.columns
        end = columns.remark if columns.is_single else columns.rounds[1]
        return end - columns.rounds[0] - 2 * _AROUND

    def _choices(self, item: CheckItem) -> list[list[Piece]]:
        """Return the choices of an item as lines of boxes to tick."""
        lines: list[list[Piece]] = []
        for choice in item.choices if item.kind is ItemKind.CHOICE else ():
            tick = Tick(choice, size=_CHOICE)
            if lines and line_width([*lines[-1], Space(2.2), tick]) <= self._choice_room():
                lines[-1] += [Space(2.2), tick]
            else:
                lines.append([tick])
        return lines

    def _draw_ticks(self, left: float, right: float, middle: float) -> None:
        third = (right - left) / 3
        for place in range(3):
            x = left + third * (place + 0.5) - _TICK / 2
            self.sheet.frame(Box(x, middle - _TICK / 2, _TICK, _TICK), FIELD)


def draw_reading(sheet: Sheet, right: float, middle: float, item: CheckItem, room: float) -> None:
    """Draw a box for each figure of a reading, ending at `right`, its point printed.

    Where the boxes would be too narrow for a pen there is one open frame.
    """
    wide = box_width(item, room)
    top = middle - _BOX_HIGH / 2
    if not wide:
        sheet.frame(Box(right - room, top, room, _BOX_HIGH), FIELD)
        return
    x = right
    for place in range(count_boxes(item)):
        if place == item.decimals and item.decimals:
            x -= POINT
            sheet.dot(x + POINT / 2, top + _BOX_HIGH - 0.7, 0.5)
        x -= wide
        sheet.frame(Box(x, top, wide, _BOX_HIGH), FIELD)
        if place == item.digits + item.decimals:
            sheet.text(x + wide / 2, top + 2.1, "±", 5.4, align=Align.CENTRE)
