"""How a cell of the board looks.

Grounds with their marks are drawn once and copied; only numbers are drawn cell by cell.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPen, QPixmap, QStaticText

from propdesk.domain.board_shades import COLOURINGS, Colouring, Look, Mark, Shade, marks_of
from propdesk.domain.house_boards import BoardHouse
from ui.theme import Ink, Size, Theme, Tone
from ui.theme.tokens import RADIUS_CONTROL
from ui.widgets.painting import CENTRE, LEFT, RIGHT, focus_ring, ground, text

GAP = 4  # between two cells
_PAD = 7
_ICON = 13
_HATCH = 6

MARK_ICONS: Mapping[Mark, str] = {
    Mark.COMPLAINT: "message-square-warning",
    Mark.TICKET: "wrench",
    Mark.DECORATION: "paint-roller",
    Mark.SPECIAL: "handshake",
}
MARK_INKS: Mapping[Mark, Ink] = {
    Mark.COMPLAINT: Ink.DANGER,
    Mark.TICKET: Ink.TEXT_2,
    Mark.DECORATION: Ink.WARN,
    Mark.SPECIAL: Ink.INFO,
}
_WORD_INKS: Mapping[Look, Ink] = {
    Look.BLANK: Ink.TEXT_3,
    Look.SOFT: Ink.INFO,
    Look.TINTED: Ink.WARN,
    Look.NOTED: Ink.INFO,
    Look.WARNING: Ink.WARN,
    Look.ALARMING: Ink.DANGER,
}
_QUIET = frozenset({Look.DASHED, Look.DOTTED})


@dataclass(frozen=True, slots=True)
class _Face:
    """What of a cell is the same for many: it is drawn once."""

    look: Look
    word: str
    marks: tuple[Mark, ...]
    is_dim: bool
    digits: int
    width: int
    height: int


class CellPainter:
    """Paints cells in the colours of the theme; forget what was drawn when they change."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme
        self._faces: dict[_Face, QPixmap] = {}
        self._numbers: dict[str, QStaticText] = {}
        self._words: dict[str, QStaticText] = {}
        # A cell that was in sight once costs two strokes: its ground and its number.
        self._cells: dict[tuple[str, int, bool], tuple[QPixmap, QColor, QStaticText]] = {}
        theme.changed.connect(self._forget)

    def _forget(self) -> None:
        self._faces.clear()
        self._numbers.clear()
        self._words.clear()
        self._cells.clear()

    def forget_houses(self) -> None:
        """Look at the houses anew: they or their size have changed."""
        self._cells.clear()

    def least_width(self, number: str) -> int:
        """Return the width that a cell needs for a number and its character, or a mark.

        It is the same in each colouring: houses stay where they are when the colours change.
        """
        words = self._theme.metrics(Size.SMALL)
        marks = {str(shade.mark) for one in COLOURINGS for shade in one.shades}
        word = max(map(words.horizontalAdvance, marks))
        wide = self._theme.metrics().horizontalAdvance(number)
        return wide + max(word, self._theme.px(_ICON)) + 2 * _PAD + 2 * GAP

    def paint(
        self,
        painter: QPainter,
        box: QRect,
        house: BoardHouse,
        colouring: Colouring,
        *,
        is_dim: bool = False,
        is_current: bool = False,
    ) -> None:
        """Draw a house into its box, in the body font; the number of the current one is bold."""
        key = (colouring.key, house.id, is_dim)
        kept = self._cells.get(key)
        if kept is None:
            kept = self._cell(painter, box, house, colouring, is_dim=is_dim)
            self._cells[key] = kept
        face, ink, number = kept
        painter.drawPixmap(box.topLeft(), face)
        at = QPoint(box.x() + _PAD, box.y() + (box.height() - self._theme.line()) // 2)
        if is_current:
            painter.setFont(self._theme.font(bold=True))
            painter.setPen(self._theme.ink(Ink.TEXT))
            painter.drawText(at + QPoint(0, painter.fontMetrics().ascent()), house.number)
            painter.setFont(self._theme.font())
            return
        painter.setPen(ink)
        painter.drawStaticText(at, number)

    def _cell(
        self,
        painter: QPainter,
        box: QRect,
        house: BoardHouse,
        colouring: Colouring,
        *,
        is_dim: bool,
    ) -> tuple[QPixmap, QColor, QStaticText]:
        """Return a cell's ground, and the ink and form of its number."""
        shade = colouring.shade_of(house)
        face = _Face(
            shade.look,
            "" if is_dim else colouring.mark(house),
            () if is_dim else marks_of(house),
            is_dim,
            max(len(house.number), 4),
            box.width(),
            box.height(),
        )
        quiet = Ink.TEXT_2 if shade.look in _QUIET else Ink.TEXT
        ink = self._theme.ink(Ink.TEXT_3 if is_dim else quiet)
        return self._drawn(face, painter), ink, self._number(house.number)

    def paint_words(
        self, painter: QPainter, box: QRect, words: str, ink: Ink, *, bold: bool, ends: bool = False
    ) -> None:
        """Draw small words at the left of a box, or at its end; overlong ones are elided.

        They are the same at each painting, so that their form is kept like a number's.
        """
        font = self._theme.font(Size.SMALL, bold=bold)
        painter.setFont(font)
        key = f"{bold:d}{words}"
        form = self._words.get(key)
        if form is None:
            form = self._words[key] = _form(words, font)
        wide = math.ceil(form.size().width())
        if wide > box.width() + 1:
            text(painter, box, words, self._theme.ink(ink), RIGHT if ends else LEFT)
            return
        painter.setPen(self._theme.ink(ink))
        top = box.y() + (box.height() - self._theme.line(Size.SMALL)) // 2
        painter.drawStaticText(QPoint(box.right() + 1 - wide if ends else box.x(), top), form)

    def paint_ring(self, painter: QPainter, box: QRect, *, has_focus: bool) -> None:
        """Show that a cell is the current one; the ring of the keyboard has the accent's ink."""
        if has_focus:
            focus_ring(painter, box, self._theme)
        else:
            ground(painter, box, None, edge=self._theme.colours.line_field, width=2)

    def _number(self, number: str) -> QStaticText:
        made = self._numbers.get(number)
        if made is None:
            made = self._numbers[number] = _form(number, self._theme.font())
        return made

    def _drawn(self, face: _Face, painter: QPainter) -> QPixmap:
        ratio = painter.device().devicePixelRatioF()
        made = self._faces.get(face)
        if made is None or made.devicePixelRatio() != ratio:
            made = QPixmap(QSize(face.width, face.height) * ratio)
            made.setDevicePixelRatio(ratio)
            made.fill(Qt.GlobalColor.transparent)
            own = QPainter(made)
            self._draw_face(own, face)
            own.end()
            self._faces[face] = made
        return made

    def _draw_face(self, painter: QPainter, face: _Face) -> None:
        box = QRect(0, 0, face.width, face.height)
        theme = self._theme
        if face.is_dim:
            ground(painter, box, None, edge=theme.colours.line)
            return
        draw_ground(painter, theme, box, face.look)
        right = box.width() - _PAD
        if face.word:
            painter.setFont(theme.font(Size.SMALL))
            ink = theme.ink(_WORD_INKS.get(face.look, Ink.TEXT_2))
            text(painter, QRect(_PAD, 0, right - _PAD, face.height), face.word, ink, RIGHT)
            right -= painter.fontMetrics().horizontalAdvance(face.word) + 3
        size = theme.px(_ICON)
        left = _PAD + theme.metrics(bold=True).horizontalAdvance("0" * face.digits)
        for mark in face.marks:
            if right - size < left:
                break
            y = (face.height - size) / 2
            icon, ink = MARK_ICONS[mark], theme.ink(MARK_INKS[mark])
            theme.icons.paint(painter, right - size, y, icon, ink, size)
            right -= size + 3


def _form(words: str, font: QFont) -> QStaticText:
    """Return words laid out once for many paintings."""
    made = QStaticText(words)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setPerformanceHint(QStaticText.PerformanceHint.AggressiveCaching)
    made.prepare(font=font)
    return made


def draw_ground(painter: QPainter, theme: Theme, box: QRect, look: Look) -> None:
    """Draw the ground of a look; the legend shows the same."""
    colours = theme.colours
    fills: dict[Look, QColor] = {
        Look.PLAIN: colours.board_own,
        Look.SOFT: colours.board_rent,
        Look.HATCHED: colours.board_own,
        Look.TINTED: colours.board_decorating,
        Look.NOTED: theme.tone(Tone.INFO).ground,
        Look.WARNING: theme.tone(Tone.WARN).ground,
        Look.ALARMING: theme.tone(Tone.DANGER).ground,
    }
    if look in fills:
        ground(painter, box, fills[look])
    if look is Look.HATCHED:
        _hatch(painter, box, colours.line_button)
    elif look is Look.BLANK:
        ground(painter, box, None, edge=colours.line_button)
    elif look is Look.DASHED:
        ground(painter, box, None, edge=colours.line_field, style=Qt.PenStyle.DashLine)
    elif look is Look.DOTTED:
        ground(painter, box, colours.alt, edge=colours.line_field, style=Qt.PenStyle.DotLine)


def _hatch(painter: QPainter, box: QRect, ink: QColor) -> None:
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    path = QPainterPath()
    path.addRoundedRect(QRectF(box), RADIUS_CONTROL, RADIUS_CONTROL)
    painter.setClipPath(path)
    painter.setPen(QPen(ink, 1))
    lines = [
        QLineF(box.left() + n, box.bottom() + 1, box.left() + n + box.height(), box.top())
        for n in range(-box.height(), box.width(), _HATCH)
    ]
    painter.drawLines(lines)
    painter.restore()


def draw_swatch(painter: QPainter, theme: Theme, box: QRect, shade: Shade) -> None:
    """Draw a shade of the legend with its character, in the painter's font."""
    draw_ground(painter, theme, box, shade.look)
    if shade.look is Look.PLAIN:
        ground(painter, box, None, edge=theme.colours.line_button)
    text(painter, box, str(shade.mark), theme.ink(_WORD_INKS.get(shade.look, Ink.TEXT_2)), CENTRE)
