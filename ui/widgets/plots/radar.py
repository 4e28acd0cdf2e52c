"""The limitation radar: each house as a dot at the days it has left, as high as what it owes."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.domain.money import money_words
from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.painting import CENTRE, LEFT, RIGHT, dot, hairline, text
from ui.widgets.plots.scale import axis_top

_DOTS = (7, 11)  # of the smallest and of the greatest sum
_STEP = 30


@dataclass(frozen=True, slots=True)
class RadarPoint:
    """A house, the days until its first bill can no longer be claimed, what is open in fen."""

    word: str
    days: int
    open_fen: int


class LimitationRadar(QWidget):
    """A field of dots: the further left, the sooner; names stand where they have room.

    Up to `alarm` days the ground is red, up to `near` days amber; `last` days are shown.
    """

    def __init__(
        self, theme: Theme, name: str, *, alarm: int = 30, near: int = 90, last: int = 180
    ) -> None:
        super().__init__()
        self._theme = theme
        self._alarm, self._near, self._last = alarm, near, last
        self._points: tuple[RadarPoint, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_points(self, points: Sequence[RadarPoint]) -> None:
        """Show the houses that have at most the last day left; the most urgent are named first."""
        self._points = tuple(
            sorted((p for p in points if p.days <= self._last), key=lambda p: (p.days, -p.open_fen))
        )
        self.setAccessibleDescription(
            ", ".join(f"{p.word} {p.days} {money_words(p.open_fen)}" for p in self._points)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Take a plot beside another one."""
        return QSize(self._theme.px(440), self._theme.px(140))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(self._theme.px(220), self._theme.px(96))

    def field(self) -> QRect:
        """Return the rectangle that stands for the days across and the sums upwards."""
        theme = self._theme
        small = theme.line(Size.SMALL)
        left = theme.metrics(Size.SMALL).horizontalAdvance("00,000") + Space.S
        right = theme.metrics(Size.SMALL).horizontalAdvance("000") // 2
        return QRect(
            left, small // 2, self.width() - left - right, self.height() - small - small // 2 - 4
        )

    def place(self, point: RadarPoint) -> tuple[float, float]:
        """Return where a point is drawn; what has run out stands at the left edge."""
        field = self.field()
        across = field.left() + field.width() * max(point.days, 0) / self._last
        return across, field.bottom() + 1 - field.height() * point.open_fen / self._top()

    def _top(self) -> int:
        """Return the sum at the upper edge, in fen: a round number of yuan."""
        greatest = max((point.open_fen for point in self._points), default=0)
        return axis_top(greatest / 100) * 100

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw grounds, axes, dots, and as many names as find room."""
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font(Size.SMALL))
        field = self.field()
        self._paint_ground(painter, field)
        self._paint_axes(painter, field)
        greatest = max((point.open_fen for point in self._points), default=0) or 1
        small = theme.line(Size.SMALL)
        taken: list[QRect] = []
        for point in self._points:
            x, y = self.place(point)
            diameter = _DOTS[0] + (_DOTS[1] - _DOTS[0]) * point.open_fen / greatest
            dot(painter, x, y, diameter, self._dot_colour(point))
            box = QRectF(x - diameter / 2, y - diameter / 2, diameter, diameter)
            taken.append(box.toAlignedRect())
        for point, own in zip(self._points, tuple(taken), strict=True):
            width = painter.fontMetrics().horizontalAdvance(point.word) + 2
            top = own.center().y() - small // 2
            for left in (own.right() + 4, own.left() - 4 - width):
                rect = QRect(left, top, width, small)
                fits = field.left() <= left and rect.right() <= self.width() and top >= 0
                if fits and not any(rect.intersects(one) for one in taken if one is not own):
                    text(painter, rect, point.word, self._word_colour(point), LEFT)
                    taken.append(rect)
                    break

    def _paint_ground(self, painter: QPainter, field: QRect) -> None:
        start = 0
        for end, tone in ((self._alarm, Tone.DANGER), (self._near, Tone.WARN)):
            left = field.left() + field.width() * start / self._last
            right = field.left() + field.width() * min(end, self._last) / self._last
            rect = QRectF(left, field.top(), right - left, field.height())
            painter.fillRect(rect, self._theme.tone(tone).ground)
            start = end

    def _paint_axes(self, painter: QPainter, field: QRect) -> None:
        theme = self._theme
        small = theme.line(Size.SMALL)
        top = self._top()
        for part in (0, 1, 2):
            y = round(field.bottom() + 1 - field.height() * part / 2)
            ink = theme.colours.line_field if part == 0 else theme.colours.line
            hairline(painter, field.left(), y, field.right(), y, ink)
            words = f"{top * part // 200:,}"
            rect = QRect(0, y - small // 2, field.left() - Space.S, small)
            text(painter, rect, words, theme.ink(Ink.TEXT_3), RIGHT)
        metrics = painter.fontMetrics()
        for days in range(0, self._last + 1, _STEP):
            words = str(days) if days else _("today")
            x = field.left() + field.width() * days / self._last
            width = metrics.horizontalAdvance(words) + 2
            left = min(max(round(x - width / 2), 0), self.width() - width)
            text(
                painter,
                QRect(left, field.bottom() + 4, width, small),
                words,
                theme.ink(Ink.TEXT_3),
                CENTRE,
            )

    def _tone(self, point: RadarPoint) -> Tone | None:
        if point.days <= self._alarm:
            return Tone.DANGER
        return Tone.WARN if point.days <= self._near else None

    def _dot_colour(self, point: RadarPoint) -> QColor:
        tone = self._tone(point)
        return self._theme.colours.plot_quiet if tone is None else self._theme.tone(tone).dot

    def _word_colour(self, point: RadarPoint) -> QColor:
        tone = self._tone(point)
        return self._theme.ink(Ink.TEXT_2) if tone is None else self._theme.tone(tone).text
