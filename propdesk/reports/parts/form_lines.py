"""Lines of a form that are filled with a pen: words, boxes to tick and gaps to write in, in a row.

A row that is too long for its room first gives up white between its pieces, then width of its
gaps, and at last sets its words a little smaller (English words in a Chinese form).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.reports.parts.sheet import FIELD, Sheet
from propdesk.reports.parts.text import width_mm

BOX_SIDE = 3.0
_AFTER_BOX = 0.9


@dataclass(frozen=True, slots=True)
class Words:
    """Printed words."""

    text: str
    size: float = 8.2
    bold: bool = False


@dataclass(frozen=True, slots=True)
class Tick:
    """A box to tick and its words."""

    text: str
    ticked: bool = False
    size: float = 8.2


@dataclass(frozen=True, slots=True)
class Blank:
    """A gap to write in, with a line below; `width` in millimetres."""

    width: float


@dataclass(frozen=True, slots=True)
class Space:
    """White between two pieces in millimetres."""

    width: float = 2.4


Piece = Words | Tick | Blank | Space


def line_width(pieces: Sequence[Piece]) -> float:
    """Return the natural width of a row in millimetres."""
    return sum(_width(piece, 1.0) for piece in pieces)


def _width(piece: Piece, scale: float) -> float:
    if isinstance(piece, Words):
        return width_mm(piece.text, piece.size * scale, bold=piece.bold)
    if isinstance(piece, Tick):
        words = width_mm(piece.text, piece.size * scale, bold=piece.ticked)
        return BOX_SIDE + _AFTER_BOX + words
    return piece.width


@dataclass(frozen=True, slots=True)
class _Fit:
    """How much white, gaps and words keep of their natural width."""

    white: float = 1.0
    gaps: float = 1.0
    words: float = 1.0


def _fit(pieces: Sequence[Piece], room: float) -> _Fit:
    white = sum(piece.width for piece in pieces if isinstance(piece, Space))
    gaps = sum(piece.width for piece in pieces if isinstance(piece, Blank))
    boxes = sum(BOX_SIDE + _AFTER_BOX for piece in pieces if isinstance(piece, Tick))
    words = line_width(pieces) - white - gaps - boxes
    over = white + gaps + boxes + words - room
    if over <= 0:
        return _Fit()
    kept_white = max(white - over, white * 0.5)
    over -= white - kept_white
    kept_gaps = max(gaps - over, gaps * 0.7)
    over -= gaps - kept_gaps
    return _Fit(
        kept_white / white if white else 1.0,
        kept_gaps / gaps if gaps else 1.0,
        max(0.5, (words - over) / words) if over > 0 and words else 1.0,
    )


def draw_line(sheet: Sheet, x: float, base: float, pieces: Sequence[Piece], room: float) -> float:
    """Draw a row from x on the baseline `base` in at most `room`; return the x behind it."""
    fit = _fit(pieces, room)
    for piece in pieces:
        if isinstance(piece, Words):
            sheet.text(x, base, piece.text, piece.size * fit.words, bold=piece.bold)
            x += _width(piece, fit.words)
        elif isinstance(piece, Tick):
            sheet.tick_box(x, base, BOX_SIDE, ticked=piece.ticked)
            size = piece.size * fit.words
            at = x + BOX_SIDE + _AFTER_BOX
            x = at + sheet.text(at, base, piece.text, size, bold=piece.ticked)
        elif isinstance(piece, Blank):
            wide = piece.width * fit.gaps
            sheet.rule(x, base + 0.7, x + wide, FIELD)
            x += wide
        else:
            x += piece.width * fit.white
    return x


def draw_line_right(
    sheet: Sheet, right: float, base: float, pieces: Sequence[Piece], room: float
) -> float:
    """Draw a row that ends at `right`, in at most `room`; return the x where it begins."""
    start = right - min(room, line_width(pieces))
    draw_line(sheet, start, base, pieces, room)
    return start
