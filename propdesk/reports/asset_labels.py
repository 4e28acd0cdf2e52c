"""Sheets of labels for things and points: A4 cut into 3 x 8 labels of 70 x 37 mm.

A label says what a passer-by may read: office, number, name, place. Nothing personal stands on it,
and the code is the number alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from propdesk.domain.asset_labels import ACROSS, DOWN, LABELS
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import _lazy
from propdesk.reports.parts.codes import draw_qr, qr_side
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.sheet import A4, ROW, PrintedPaper, Sheet
from propdesk.reports.parts.text import elide

WIDTH, HEIGHT = A4.width / ACROSS, 37.0
_TOP = (A4.height - DOWN * HEIGHT) / 2
# What stands here is beyond the reach of most printers' edges.
_PAD, _CODE = 6.5, 21.0
_TITLE = _lazy("Labels of equipment")


@dataclass(frozen=True, slots=True)
class Label:
    """A label: what its code carries, and what people read."""

    qr: str
    number: str
    name: str
    place: str
    office: str


def render_labels(
    labels: Sequence[Label], target: Path, *, language: PaperLanguage, skip: int = 0
) -> PrintedPaper:
    """Draw labels into the PDF file `target`; `skip` are those of a sheet that are used already."""
    with Sheet(target, A4, title=language.main(_TITLE)) as sheet:
        _draw_cuts(sheet)
        for place, label in enumerate(labels, start=skip % LABELS):
            if place and place % LABELS == 0:
                sheet.new_page()
                _draw_cuts(sheet)
            row, column = divmod(place % LABELS, ACROSS)
            _draw(sheet, column * WIDTH, _TOP + row * HEIGHT, label)
    return sheet.printed


def _draw_cuts(sheet: Sheet) -> None:
    """Draw the lines to cut along; on sheets that are cut already they fall into the gaps."""
    dash = (2.0, 2.4)
    for column in range(1, ACROSS):
        sheet.line((column * WIDTH, 0), (column * WIDTH, A4.height), ROW, dash=dash)
    for row in range(1, DOWN):
        y = _TOP + row * HEIGHT
        sheet.line((0, y), (A4.width, y), ROW, dash=dash)


def _draw(sheet: Sheet, x: float, y: float, label: Label) -> None:
    """Draw the code at the left; number, name and place beside it, the office at the foot."""
    modules = round(qr_side(label.qr, 1.0))
    draw_qr(sheet, x + _PAD, y + (HEIGHT - _CODE) / 2, label.qr, module=_CODE / modules)
    left = x + _PAD + _CODE + 3.4
    room = x + WIDTH - 4.0 - left
    size = fitting_size(label.number, room, 15.0, least=8.0, bold=True)
    sheet.text(left, y + 11.6, elide(label.number, room, size, bold=True), size, bold=True)
    base = y + 17.2
    for line in _two_lines(sheet.wrapped(label.name, room, 9.6), room, 9.6):
        sheet.text(left, base, line, 9.6)
        base += 4.4
    base += 0.4
    for line in _two_lines(sheet.wrapped(label.place, room, 7.6), room, 7.6):
        sheet.text(left, base, line, 7.6)
        base += 3.5
    foot = min(fitting_size(label.office, room, 6.2, least=4.8), 6.2)
    sheet.text(left, y + HEIGHT - 4.6, elide(label.office, room, foot), foot)


def _two_lines(lines: Sequence[str], room: float, size: float) -> list[str]:
    """Return at most two lines; a longer text ends with an ellipsis."""
    if len(lines) <= 2:
        return list(lines)
    return [lines[0], elide("".join(lines[1:]), room, size)]
