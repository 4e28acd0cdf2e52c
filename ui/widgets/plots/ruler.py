"""The day's limits on a ruler from 8 to 18: what falls due when, and where now is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Theme, Tone
from ui.widgets.painting import CENTRE, LEFT, RIGHT, dot, hairline, text

_FIRST_HOUR, _LAST_HOUR = 8, 18
_DOT = 9
_TRACK = 5


@dataclass(frozen=True, slots=True)
class DueMoment:
    """Something that falls due today, in a few words."""

    at: time
    words: str
    tone: Tone = Tone.NEUTRAL


class DayRuler(QWidget):
    """Dots on a line with their words above; a word takes the highest lane that is free.

    Moments before 8 and after 18 stand at the ends of the line.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._moments: tuple[DueMoment, ...] = ()
        self._now = time(12)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_day(self, moments: Sequence[DueMoment], now: datetime) -> None:
        """Show what falls due, and the present moment."""
        self._moments = tuple(sorted(moments, key=lambda each: each.at))
        self._now = now.time()
        words = ", ".join(f"{each.at:%H:%M} {each.words}" for each in self._moments)
        self.setAccessibleDescription(words)
        self.update()

    def sizeHint(self) -> QSize:
        """Take three lanes and the line."""
        return QSize(self._theme.px(600), self._theme.px(102))

    def minimumSizeHint(self) -> QSize:
        """Take two lanes and the line."""
        return QSize(self._theme.px(300), self._theme.px(76))

    def _x(self, at: time, left: int, width: int) -> int:
        hours = at.hour + at.minute / 60
        part = (hours - _FIRST_HOUR) / (_LAST_HOUR - _FIRST_HOUR)
        return round(left + width * min(max(part, 0.0), 1.0))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the line with its hours, now, and the moments."""
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font(Size.SMALL))
        small = theme.line(Size.SMALL)
        half = painter.fontMetrics().horizontalAdvance("00:00") // 2
        left, width = half + 2, self.width() - 2 * half - 6
        y = self.height() - small - 4 - _TRACK
        now_x = self._x(self._now, left, width)
        painter.fillRect(left, y, width, _TRACK, theme.colours.sunken)
        painter.fillRect(left, y, now_x - left, _TRACK, theme.colours.line_button)
        for hour in range(_FIRST_HOUR, _LAST_HOUR + 1):
            x = self._x(time(hour), left, width)
            if _FIRST_HOUR < hour < _LAST_HOUR:
                hairline(painter, x, y, x, y + _TRACK - 1, theme.colours.surface)
            label = QRect(x - half - 4, y + _TRACK + 3, 2 * half + 8, small)
            text(painter, label, f"{hour:02d}:00", theme.ink(Ink.TEXT_3), CENTRE)
        if not self._moments:
            rect = QRect(left, 0, width, y)
            text(painter, rect, _("Nothing more falls due today"), theme.ink(Ink.TEXT_3), CENTRE)
        blocked = self._paint_now(painter, now_x, y, small)
        self._paint_moments(painter, left, width, y, blocked)

    def _paint_now(self, painter: QPainter, x: int, y: int, small: int) -> QRect:
        """Draw the line of the present moment; return the room that its word takes."""
        theme = self._theme
        words = _("Now {time}").format(time=f"{self._now:%H:%M}")
        painter.setFont(theme.font(Size.SMALL, bold=True))
        width = painter.fontMetrics().horizontalAdvance(words)
        rect = QRect(x - width - 6, 0, width + 2, small)
        if rect.left() < 0:
            rect.moveLeft(x + 6)
        text(painter, rect, words, theme.ink(Ink.ACCENT), LEFT)
        painter.fillRect(QRectF(x - 1, 0, 2, y + _TRACK + 1), theme.ink(Ink.ACCENT))
        painter.setFont(theme.font(Size.SMALL))
        return rect.adjusted(-8, 0, 8, 0)

    def _paint_moments(
        self, painter: QPainter, left: int, width: int, y: int, blocked: QRect
    ) -> None:
        theme = self._theme
        lane_height = theme.line(Size.SMALL) + 1
        lanes = max((y - 6) // lane_height, 1)
        taken: list[list[QRect]] = [[] for _lane in range(lanes)]
        taken[0].append(blocked)
        placed = []
        for each in self._moments:
            x = self._x(each.at, left, width)
            advance = painter.fontMetrics().horizontalAdvance(each.words) + 2
            start = x + 5 if x + 5 + advance <= self.width() else x - 5 - advance
            for lane, boxes in enumerate(taken):
                box = QRect(start, lane * lane_height, advance, lane_height)
                if all(not box.adjusted(-6, 0, 6, 0).intersects(other) for other in boxes):
                    boxes.append(box)
                    placed.append((each, x, box))
                    break
            else:
                placed.append((each, x, QRect()))
        # Stems pass behind the words, so they come first.
        for _each, x, box in placed:
            if not box.isNull():
                hairline(painter, x, box.top() + 3, x, y, theme.colours.line_button)
        for each, x, box in placed:
            if not box.isNull():
                painter.fillRect(box.adjusted(-1, 1, 1, -1), theme.colours.surface)
                plain = each.tone is Tone.NEUTRAL
                ink = theme.ink(Ink.TEXT_2) if plain else theme.tone(each.tone).text
                text(painter, box, each.words, ink, RIGHT if box.right() < x else LEFT)
            dot(painter, x + 0.5, y + _TRACK / 2, _DOT, theme.tone(each.tone).dot)
