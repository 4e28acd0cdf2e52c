"""How many came in on each day: bars, the mean as a dashed line, the last and the worst named."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Ink, Size, Theme
from ui.widgets.painting import CENTRE, RIGHT, hairline
from ui.widgets.plots.scale import axis_top

_AXIS_GAP = 6


@dataclass(frozen=True, slots=True)
class DayCount:
    """A day and what was counted on it."""

    day: date
    count: int


class DailyBars(QWidget):
    """One bar for each day, the last one (today) in full colour."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._days: tuple[DayCount, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_days(self, days: Sequence[DayCount]) -> None:
        """Show these days in their order, the oldest first."""
        self._days = tuple(days)
        words = ", ".join(f"{each.day:%m-%d} {each.count}" for each in days)
        self.setAccessibleDescription(words)
        self.update()

    def mean(self) -> float:
        """Return the mean of the days shown, 0 without days."""
        return sum(d.count for d in self._days) / len(self._days) if self._days else 0.0

    def sizeHint(self) -> QSize:
        """Take a small plot."""
        return QSize(self._theme.px(280), self._theme.px(112))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(self._theme.px(180), self._theme.px(84))

    def _field(self) -> QRect:
        """Return where the bars stand: without the axis words."""
        small = self._theme.line(Size.SMALL)
        left = self._theme.metrics(Size.SMALL).horizontalAdvance("000") + _AXIS_GAP
        return QRect(left, small, self.width() - left - 2, self.height() - 2 * small - 4)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw axis, bars, mean, and the values that matter."""
        if not self._days:
            return
        painter = QPainter(self)
        theme = self._theme
        field = self._field()
        top = axis_top(max(each.count for each in self._days))
        painter.setFont(theme.font(Size.SMALL))
        self._paint_axis(painter, field, top)
        step = field.width() / len(self._days)
        width = max(round(step * 0.7), 2)
        greatest = max(range(len(self._days)), key=lambda n: self._days[n].count)
        last = len(self._days) - 1
        for n, each in enumerate(self._days):
            height = field.height() * each.count / top
            bar = QRectF(
                round(field.left() + n * step + (step - width) / 2),
                field.bottom() + 1 - round(height),
                width,
                round(height),
            )
            # The whole of today stands in the accent, past days are quiet.
            colours = theme.colours
            painter.fillRect(bar, theme.ink(Ink.ACCENT) if n == last else colours.plot_quiet)
            if n in (last, greatest) and each.count:
                label = QRect(round(bar.center().x()) - 20, 0, 40, theme.line(Size.SMALL))
                label.moveBottom(round(bar.top()) - 1)
                half = painter.fontMetrics().horizontalAdvance(str(each.count)) // 2
                label.translate(min(self.width() - 1 - half - round(bar.center().x()), 0), 0)
                if n == last or last - greatest > 1:
                    painter.setPen(theme.ink(Ink.TEXT))
                    painter.drawText(label, int(CENTRE), str(each.count))
        self._paint_mean(painter, field, top)
        self._paint_days(painter, field, step)

    def _paint_axis(self, painter: QPainter, field: QRect, top: int) -> None:
        theme = self._theme
        for part in (0, 0.5, 1):
            y = field.bottom() + 1 - round(field.height() * part)
            ink = theme.colours.line_field if part == 0 else theme.colours.line
            hairline(painter, field.left(), y, field.right(), y, ink)
            painter.setPen(theme.ink(Ink.TEXT_3))
            label = QRect(0, y - 10, field.left() - _AXIS_GAP, 20)
            painter.drawText(label, int(RIGHT), str(round(top * part)))

    def _paint_mean(self, painter: QPainter, field: QRect, top: int) -> None:
        y = field.bottom() + 1 - round(field.height() * self.mean() / top)
        painter.setPen(QPen(self._theme.ink(Ink.TEXT_2), 1, Qt.PenStyle.DashLine))
        painter.drawLine(field.left(), y, field.right(), y)

    def _paint_days(self, painter: QPainter, field: QRect, step: float) -> None:
        metrics = painter.fontMetrics()
        painter.setPen(self._theme.ink(Ink.TEXT_3))
        last = len(self._days) - 1
        wanted = sorted({0, last // 3, 2 * last // 3, last})
        taken = -100.0
        for n in wanted:
            words = self._days[n].day.strftime("%m-%d")
            width = metrics.horizontalAdvance(words)
            middle = field.left() + (n + 0.5) * step
            x = min(max(middle - width / 2, 0), self.width() - width)
            if x < taken + 8:
                continue
            taken = x + width
            y = field.bottom() + 3
            painter.drawText(round(x), y, width + 2, metrics.height(), int(CENTRE), words)
