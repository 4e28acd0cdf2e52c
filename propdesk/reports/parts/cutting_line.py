"""The line to cut along between two copies on an A4 sheet."""

from propdesk.reports.parts.sheet import A4, Sheet


def draw_cutting_line(sheet: Sheet) -> None:
    """Draw the line between two copies of A5, with scissors at the left edge."""
    y = A4.height / 2
    sheet.line((8, y), (A4.width - 5, y), 0.5, dash=(3.0, 2.4))
    for side in (-1, 1):
        sheet.dot(4.2, y + side * 1.0, 0.62, filled=False)
        sheet.line((4.7, y + side * 0.7), (7.3, y - side * 0.75), 0.8)
