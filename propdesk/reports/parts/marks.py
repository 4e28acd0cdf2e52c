"""Cells of tables that draw themselves: bars, changes, tags."""

from propdesk.reports.parts.patterns import Pattern, fill_pattern
from propdesk.reports.parts.sheet import Align, Box, Sheet
from propdesk.reports.parts.tables import PADDING, Paint
from propdesk.reports.parts.text import width_mm


def bar_cell(share: float, pattern: Pattern = Pattern.HATCH) -> Paint:
    """Return a cell with a bar of `share` (0 to 1) of its width, 3 mm high."""

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        wide = (box.width - 2 * PADDING) * min(max(share, 0.0), 1.0)
        fill_pattern(sheet, Box(box.x + PADDING, base - 2.55, wide, 3.0), pattern)

    return paint


def change_cell(text: str, *, rising: bool | None, better: bool) -> Paint:
    """Return a cell with a triangle and a figure.

    The triangle shows the direction (None: no change, no triangle); filled is better, hollow and
    bold is worse.
    """

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        right = box.right - PADDING
        worse = rising is not None and not better
        sheet.text(right, base, text, 8.2, bold=worse, align=Align.RIGHT)
        if rising is not None:
            triangle(sheet, box.x + 2.4, base - 1.05, rising=rising, filled=better)

    return paint


def triangle(sheet: Sheet, x: float, y: float, *, rising: bool, filled: bool) -> None:
    """Draw a small triangle centred at x, y."""
    half, tall = 1.05, 0.9 if rising else -0.9
    points = [(x - half, y + tall), (x + half, y + tall), (x, y - tall)]
    sheet.polygon(points, weight=0.7, filled=filled)


def tag_cell(text: str, *, black: bool) -> Paint:
    """Return a cell with a word: white on a black tag, or plain."""

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        middle = box.x + box.width / 2
        if black:
            wide = width_mm(text, 7, bold=True) + 3.2
            sheet.rounded(Box(middle - wide / 2, base - 3.0, wide, 4.0), 0.5, filled=True)
        sheet.text(middle, base, text, 7, bold=black, align=Align.CENTRE, white=black)

    return paint
