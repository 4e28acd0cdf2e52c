"""Fills that stay apart in black and white, darkest first; checked at 150 dpi and one bit.

The lines and dots are anchored to the page, so that neighbouring bars match without a seam.
"""

import math
from enum import StrEnum

from propdesk.reports.parts.sheet import HEAD, PT, Box, Sheet

_HATCH_PITCH = 4.6 / PT  # mm along the axis; finer than 4 pt fills in
_HATCH_WEIGHT = 0.7
_DOT_PITCH = 3.4 / PT
_DOT_RADIUS = 0.5 / PT
_LINE_PITCH = 4.0 / PT
_LINE_WEIGHT = 0.5


class Pattern(StrEnum):
    """A fill; the order is that of a stack from its base."""

    SOLID = "solid"
    HATCH = "hatch"
    DOTS = "dots"
    WHITE = "white"
    LINES = "lines"  # level lines: what stands apart, above the stack


def fill_pattern(sheet: Sheet, box: Box, pattern: Pattern, outline: float = HEAD) -> None:
    """Fill a box with a pattern and draw its outline."""
    if box.width <= 0 or box.height <= 0:
        return
    if pattern is Pattern.SOLID:
        sheet.fill(box)
    else:
        sheet.fill(box, white=True)
    if pattern is Pattern.HATCH:
        _hatch(sheet, box)
    elif pattern is Pattern.DOTS:
        _dots(sheet, box)
    elif pattern is Pattern.LINES:
        _lines(sheet, box)
    sheet.frame(box, outline)


def _hatch(sheet: Sheet, box: Box) -> None:
    """Draw the lines x + y = const inside the box, cut exactly, so that no clipping is needed."""
    segments = []
    first = math.floor((box.x + box.y) / _HATCH_PITCH) + 1
    last = math.ceil((box.right + box.bottom) / _HATCH_PITCH)
    for number in range(first, last):
        line = number * _HATCH_PITCH
        low = max(box.x, line - box.bottom)
        high = min(box.right, line - box.y)
        segments.append(((low, line - low), (high, line - high)))
    sheet.segments(segments, _HATCH_WEIGHT)


def _lines(sheet: Sheet, box: Box) -> None:
    first = math.floor(box.y / _LINE_PITCH) + 1
    last = math.ceil(box.bottom / _LINE_PITCH)
    levels = [number * _LINE_PITCH for number in range(first, last)]
    sheet.segments([((box.x, y), (box.right, y)) for y in levels], _LINE_WEIGHT)


def _dots(sheet: Sheet, box: Box) -> None:
    rows = []
    step = _DOT_PITCH / 2  # rows are staggered by half a pitch
    for row in range(math.floor(box.y / step), math.ceil(box.bottom / step) + 1):
        shift = step if row % 2 else 0.0
        first = math.floor((box.x - shift) / _DOT_PITCH) * _DOT_PITCH + shift
        rows.append(((first, row * step), (box.right + _DOT_RADIUS, row * step)))
    with sheet.clipped(box):
        sheet.dots(rows, _DOT_PITCH, _DOT_RADIUS)
