"""Photos on paper: as large as there is room, the caption below; a missing one is said (F34)."""

from collections.abc import Sequence
from dataclasses import dataclass

from propdesk.i18n import _lazy
from propdesk.reports.parts.sheet import HEAD, Align, Box
from propdesk.reports.parts.text import elide
from propdesk.reports.parts.zones import Form

PER_PAGE = 2  # side by side, each about as large as a postcard

_GAP = 4.0
_CAPTION, _LEADING, _FRAME = 8.4, 4.0, 1.6  # pt, mm, mm
_LINES = 2
_DASH = (2.4, 2.0)
_MISSING_SHAPE = (16, 9)
_MISSING = _lazy("Picture missing")
_PLACE = _lazy("Picture {number}")


@dataclass(frozen=True, slots=True)
class PaperPicture:
    """A photo to be printed: a JPEG, or None where its file is missing or was changed.

    `number` counts the pictures of a paper, `width` and `height` are in dots.
    """

    number: int
    caption: str
    content: bytes | None
    width: int
    height: int


def picture_pages(pictures: Sequence[PaperPicture]) -> list[Sequence[PaperPicture]]:
    """Return the pictures of each page."""
    return [pictures[start : start + PER_PAGE] for start in range(0, len(pictures), PER_PAGE)]


def draw_pictures(form: Form, box: Box, pictures: Sequence[PaperPicture]) -> None:
    """Draw pictures beside each other into a box; their captions stand on one line."""
    width = (box.width - _GAP * (len(pictures) - 1)) / max(len(pictures), 1)
    for place, picture in enumerate(pictures):
        draw_picture(form, Box(box.x + place * (width + _GAP), box.y, width, box.height), picture)


def draw_picture(form: Form, box: Box, picture: PaperPicture) -> None:
    """Draw a picture at the top of a box, its number and caption right below."""
    below = _FRAME + _LEADING * _LINES
    room = Box(box.x, box.y, box.width, box.height - below)
    width, height = (picture.width, picture.height) if picture.content else _MISSING_SHAPE
    scale = min(room.width / width, room.height / height)
    wide, tall = width * scale, height * scale
    frame = Box(room.x + (room.width - wide) / 2, room.y, wide, tall)
    if picture.content is None:
        _draw_missing(form, frame)
    else:
        form.sheet.picture(frame, picture.content, (picture.width, picture.height))
        form.sheet.frame(frame, HEAD)
    words = form.word(_PLACE).format(number=picture.number)
    if picture.caption:
        words = f"{words}  {picture.caption}"
    lines, rest = form.sheet.begun(words, box.width, _CAPTION, _LINES)
    if rest:
        lines[-1] = elide(lines[-1] + rest, box.width, _CAPTION)
    base = frame.bottom + _FRAME + 2.6
    for line in lines:
        form.sheet.text(box.x + box.width / 2, base, line, _CAPTION, align=Align.CENTRE)
        base += _LEADING


def _draw_missing(form: Form, box: Box) -> None:
    corners = (
        (box.x, box.y),
        (box.right, box.y),
        (box.right, box.bottom),
        (box.x, box.bottom),
        (box.x, box.y),
    )
    form.sheet.polyline(corners, HEAD, dash=_DASH)
    middle = (box.x + box.width / 2, box.y + box.height / 2)
    form.sheet.text(*middle, form.word(_MISSING), 12, bold=True, align=Align.CENTRE)
    second = form.language.second(_MISSING) if form.two_lines else ""
    form.sheet.text(middle[0], middle[1] + 4.4, second, 7, align=Align.CENTRE)
