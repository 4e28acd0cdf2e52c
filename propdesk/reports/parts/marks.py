"""Cells of tables that draw themselves: bars, targets, changes, tags."""

from propdesk.reports.parts.patterns import Pattern, fill_pattern
from propdesk.reports.parts.sheet import FIELD, Align, Box, Sheet
from propdesk.reports.parts.tables import PADDING, Paint
from propdesk.reports.parts.text import width_mm


def bar_cell(share: float, pattern: Pattern = Pattern.HATCH) -> Paint:
    """Return a cell with a bar of `share` (0 to 1) of its width, 3 mm high."""

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        wide = (box.width - 2 * PADDING) * min(max(share, 0.0), 1.0)
        fill_pattern(sheet, Box(box.x + PADDING, base - 2.55, wide, 3.0), pattern)

    return paint


def target_cell(value: float, target: float, low: float, high: float) -> Paint:
    """Return a cell with a black bar for the value and a stroke for the target, on low to high."""

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        left = box.x + PADDING
        wide = box.width - 2 * PADDING
        span = (high - low) or 1.0

        def at(figure: float) -> float:
            return left + wide * min(max((figure - low) / span, 0.0), 1.0)

        sheet.rule(left, base + 0.35, left + wide, FIELD)
        sheet.fill(Box(left, base - 1.9, at(value) - left, 1.9))
        stroke = at(target)
        sheet.fill(Box(stroke - 0.55, base - 2.9, 1.1, 3.7), white=True)
        sheet.upright(stroke, base - 2.9, base + 0.8, 1.4)

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


def met_cell(text: str, *, met: bool) -> Paint:
    """Return a cell with a filled dot, or a hollow one and bold words where the target was missed.

    The words may be empty.
    """

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        x = box.x + PADDING + 1.1
        sheet.dot(x, base - 1.05, 0.95, filled=met)
        if text:
            sheet.text(x + 2.4, base, text, 7.8, bold=not met)

    return paint


def tag_cell(text: str, *, black: bool) -> Paint:
    """Return a cell with a word: white on a black tag, or plain."""

    def paint(sheet: Sheet, box: Box, base: float) -> None:
        middle = box.x + box.width / 2
        if black:
            wide = width_mm(text, 7, bold=True) + 3.2
            sheet.rounded(Box(middle - wide / 2, base - 3.0, wide, 4.0), 0.5, filled=True)
        sheet.text(middle, base, text, 7, bold=black, align=Align.CENTRE, white=black)

    return paint
