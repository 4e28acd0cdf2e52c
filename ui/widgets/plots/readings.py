"""Readings of one item at one place in their order, between their limits."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.painting import LEFT, RIGHT, dot, hairline, text

_DOT = 6
_MARGIN = 0.15


@dataclass(frozen=True, slots=True)
class ReadingPoint:
    """A reading, its day, how it is written; one beyond its limits is a square with its value."""

    day: date
    value: float
    shown: str
    is_bad: bool = False


@dataclass(frozen=True, slots=True)
class LimitBand:
    """What is in order, in figures and as it is written; None where there is no limit."""

    lower: float | None = None
    upper: float | None = None
    lower_shown: str = ""
    upper_shown: str = ""


class ReadingPlot(QWidget):
    """A line over the days; the band of what is in order lies behind it."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._points: tuple[ReadingPoint, ...] = ()
        self._band = LimitBand()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_readings(self, points: Sequence[ReadingPoint], band: LimitBand) -> None:
        """Show these readings in their order, with the limits that hold now."""
        self._points, self._band = tuple(points), band
        self.setAccessibleDescription(
            ", ".join(f"{point.day:%m-%d} {point.shown}" for point in self._points)
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Take a plot below a sheet."""
        return QSize(self._theme.px(560), self._theme.px(170))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(self._theme.px(240), self._theme.px(96))

    def field(self) -> QRect:
        """Return the rectangle that stands for the days across and the readings upwards."""
        theme = self._theme
        metrics = theme.metrics(Size.SMALL)
        small = theme.line(Size.SMALL)
        words = [self._band.lower_shown, self._band.upper_shown, "0.00"]
        left = max(metrics.horizontalAdvance(word) for word in words) + Space.S
        beside = [_("upper limit"), _("lower limit"), *(p.shown for p in self._points[-1:])]
        right = max(metrics.horizontalAdvance(word) for word in beside)
        return QRect(
            left, small, self.width() - left - right - Space.M, self.height() - 2 * small - Space.S
        )

    def span(self) -> tuple[float, float]:
        """Return the values at the lower and the upper edge: readings and limits with a margin."""
        values = [point.value for point in self._points]
        values += [one for one in (self._band.lower, self._band.upper) if one is not None]
        if not values:
            return 0.0, 1.0
        low, high = min(values), max(values)
        room = (high - low or abs(high) or 1.0) * _MARGIN
        return low - room, high + room

    def place(self, point: ReadingPoint) -> QPointF:
        """Return where a reading is drawn."""
        field = self.field()
        first, last = self._points[0].day, self._points[-1].day
        days = max(last.toordinal() - first.toordinal(), 1)
        across = (point.day.toordinal() - first.toordinal()) / days
        if first == last:
            # Readings of one day stand side by side.
            place = next(n for n, one in enumerate(self._points) if one is point)
            across = place / max(len(self._points) - 1, 1)
        return QPointF(field.left() + field.width() * across, self._height_of(point.value))

    def _height_of(self, value: float) -> float:
        field = self.field()
        low, high = self.span()
        return field.bottom() + 1 - field.height() * (value - low) / (high - low)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the band, its limits, the line, and the values that matter."""
        if not self._points:
            return
        painter = QPainter(self)
        painter.setFont(self._theme.font(Size.SMALL))
        field = self.field()
        self._paint_band(painter, field)
        base = field.bottom() + 1
        hairline(painter, field.left(), base, field.right(), base, self._theme.colours.line_field)
        self._paint_line(painter)
        small = self._theme.line(Size.SMALL)
        ends = QRect(field.left(), base + 3, field.width(), small)
        ink = self._theme.ink(Ink.TEXT_3)
        text(painter, ends, f"{self._points[0].day:%m-%d}", ink, LEFT)
        if len(self._points) > 1:
            text(painter, ends, f"{self._points[-1].day:%m-%d}", ink, RIGHT)

    def _paint_band(self, painter: QPainter, field: QRect) -> None:
        theme, band = self._theme, self._band
        if band.lower is None and band.upper is None:
            return
        top = field.top() if band.upper is None else self._height_of(band.upper)
        bottom = field.bottom() + 1 if band.lower is None else self._height_of(band.lower)
        ok = theme.tone(Tone.OK)
        painter.fillRect(QRectF(field.left(), top, field.width(), bottom - top), ok.ground)
        small = theme.line(Size.SMALL)
        for value, shown, name in (
            (band.upper, band.upper_shown, _("upper limit")),
            (band.lower, band.lower_shown, _("lower limit")),
        ):
            if value is None:
                continue
            y = self._height_of(value)
            pen = QPen(ok.text, 1, Qt.PenStyle.DashLine)
            pen.setCosmetic(True)
            painter.setPen(pen)
            painter.drawLine(QPointF(field.left(), y), QPointF(field.right(), y))
            row = round(y) - small // 2
            text(painter, QRect(0, row, field.left() - Space.S, small), shown,
                 theme.ink(Ink.TEXT_2), RIGHT)  # fmt: skip
            side = QRect(
                field.right() + Space.S, row, self.width() - field.right() - Space.S, small
            )
            text(painter, side, name, theme.ink(Ink.TEXT_3), LEFT)

    def _paint_line(self, painter: QPainter) -> None:
        colours = self._theme.colours
        places = [self.place(point) for point in self._points]
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colours.plot, 1.6))
        painter.drawPolyline(QPolygonF(places))
        last = len(places) - 1
        danger = self._theme.tone(Tone.DANGER)
        for n, (point, place) in enumerate(zip(self._points, places, strict=True)):
            if point.is_bad:
                painter.fillRect(_square(place), danger.dot)
            elif last < 40 or n == last:
                dot(painter, place.x(), place.y(), _DOT - 1, colours.plot)
        taken: list[QRect] = []
        # The latest first: of two bad ones side by side the newer keeps its value.
        for n in range(last, -1, -1):
            if n == last or self._points[n].is_bad:
                self._paint_value(painter, self._points[n], places[n], taken, is_last=n == last)

    def _paint_value(
        self,
        painter: QPainter,
        point: ReadingPoint,
        place: QPointF,
        taken: list[QRect],
        *,
        is_last: bool,
    ) -> None:
        theme = self._theme
        small = theme.line(Size.SMALL)
        width = painter.fontMetrics().horizontalAdvance(point.shown) + 2
        left = round(place.x()) + 6 if is_last else round(place.x()) - width - 5
        top = min(max(round(place.y()) - small // 2, 0), self.height() - small)
        limits = [
            self._height_of(limit)
            for limit in (self._band.lower, self._band.upper)
            if limit is not None
        ]
        if is_last and any(abs(limit - place.y()) < small for limit in limits):
            # The name of a limit stands at its right: the value goes below or above the point.
            left = round(place.x()) - width
            below = top + small
            top = below if below + small <= self.field().bottom() else max(top - small, 0)
        wanted = [QRect(max(min(left, self.width() - width), 0), top, width, small)]
        if not is_last:
            # Several bad readings side by side: the value of each below it, else above.
            middle, away = round(place.x()) - width // 2, _DOT
            wanted += [
                QRect(middle, y, width, small)
                for y in (round(place.y()) + away, round(place.y()) - away - small)
                if y >= 0 and y + small <= self.field().bottom()
            ]
        squares = [
            _square(self.place(one)).toAlignedRect()
            for one in self._points
            if one.is_bad and one is not point
        ]
        free = (one for one in wanted if not any(map(one.intersects, (*taken, *squares))))
        rect = next(free, None)
        if rect is None:
            return
        taken.append(rect)
        ink = theme.tone(Tone.DANGER).text if point.is_bad else theme.ink(Ink.TEXT)
        text(painter, rect, point.shown, ink, LEFT)


def _square(place: QPointF) -> QRectF:
    """Return what marks a bad reading."""
    return QRectF(place.x() - _DOT / 2, place.y() - _DOT / 2, _DOT, _DOT)
