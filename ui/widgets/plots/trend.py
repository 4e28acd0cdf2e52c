"""A few values in their order, as a line: the first and the last are named."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Ink, Size, Theme
from ui.widgets.painting import LEFT, RIGHT, dot, hairline, text
from ui.widgets.plots.scale import axis_top

_DOT = 6


@dataclass(frozen=True, slots=True)
class TrendPoint:
    """A value, the word below it (a month), the value in words; a bad one is a square."""

    word: str
    value: float
    shown: str
    is_bad: bool = False


class Trend(QWidget):
    """A small line plot that starts at zero."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._points: tuple[TrendPoint, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_points(self, points: Sequence[TrendPoint]) -> None:
        """Show these points in their order."""
        self._points = tuple(points)
        self.setAccessibleDescription(", ".join(f"{p.word} {p.shown}" for p in points))
        self.update()

    def sizeHint(self) -> QSize:
        """Take a small plot."""
        return QSize(self._theme.px(240), self._theme.px(90))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(self._theme.px(140), self._theme.px(64))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the axis, the line, the points that matter with their values."""
        if not self._points:
            return
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font(Size.SMALL))
        small = theme.line(Size.SMALL)
        field = QRect(6, small, self.width() - 12, self.height() - 2 * small - 4)
        base = field.bottom() + 1
        hairline(painter, field.left(), base, field.right(), base, theme.colours.line_field)
        top = axis_top(max(point.value for point in self._points))
        step = field.width() / max(len(self._points) - 1, 1)
        places = [
            QPointF(field.left() + n * step, base - field.height() * point.value / top)
            for n, point in enumerate(self._points)
        ]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(theme.colours.plot, 1.6))
        painter.drawPolyline(QPolygonF(places))
        last = len(places) - 1
        for n, (point, place) in enumerate(zip(self._points, places, strict=True)):
            if point.is_bad:
                square = QRectF(place.x() - _DOT / 2, place.y() - _DOT / 2, _DOT, _DOT)
                painter.fillRect(square, theme.colours.plot_warn)
            elif n in (0, last):
                dot(painter, place.x(), place.y(), _DOT, theme.colours.plot)
            if n in (0, last) or point.is_bad:
                self._paint_value(painter, point.shown, place, small)
        ends = QRect(field.left(), base + 2, field.width(), small)
        text(painter, ends, self._points[0].word, theme.ink(Ink.TEXT_3), LEFT)
        if last:
            text(painter, ends, self._points[-1].word, theme.ink(Ink.TEXT_3), RIGHT)

    def _paint_value(self, painter: QPainter, words: str, place: QPointF, small: int) -> None:
        width = painter.fontMetrics().horizontalAdvance(words) + 2
        x = min(max(place.x() - width / 2, 0), self.width() - width)
        rect = QRect(round(x), max(round(place.y()) - small - 4, 0), width, small)
        text(painter, rect, words, self._theme.ink(Ink.TEXT), LEFT)
