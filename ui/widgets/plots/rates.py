"""Rates as bars against a target: collection by building."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QLineF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.painting import LEFT, RIGHT, text

_LEAST_ROW = 3
_FAR_BELOW = 0.9  # of the target


@dataclass(frozen=True, slots=True)
class RateBar:
    """A building and its rate as a fraction: numerator, denominator (0 is no rate)."""

    word: str
    part: int
    whole: int

    @property
    def rate(self) -> float | None:
        """The rate from 0 to 1 and above, None where nothing was to be had."""
        return self.part / self.whole if self.whole else None

    @property
    def shown(self) -> str:
        """The rate in words."""
        return "—" if self.rate is None else f"{self.rate:.1%}"


class RateBars(QWidget):
    """Level bars, one a building; what lies far below the target is amber and bold.

    Where there is no room for all, the lowest are shown, and how many more there are.
    """

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._bars: tuple[RateBar, ...] = ()
        self._target: float | None = None
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_rates(self, bars: Sequence[RateBar], target: float | None = None) -> None:
        """Show these rates against a target from 0 to 1."""
        self._bars, self._target = tuple(bars), target
        self.setAccessibleDescription(", ".join(f"{bar.word} {bar.shown}" for bar in bars))
        self.update()

    def sizeHint(self) -> QSize:
        """Take a plot beside another one."""
        return QSize(self._theme.px(300), self._theme.px(140))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        return QSize(self._theme.px(160), self._theme.px(96))

    def shown(self) -> tuple[tuple[RateBar, ...], int]:
        """Return the bars that have room, and how many are left out: always the better ones."""
        least = self._theme.line(Size.SMALL) + _LEAST_ROW
        room = max(self.height() // least, 1)
        if len(self._bars) <= room:
            return self._bars, 0
        wanted = sorted(self._bars, key=lambda bar: 2.0 if bar.rate is None else bar.rate)[
            : max(room - 1, 1)
        ]
        kept = tuple(bar for bar in self._bars if bar in wanted)[: len(wanted)]
        return kept, len(self._bars) - len(kept)

    def _is_low(self, bar: RateBar) -> bool:
        if bar.rate is None or self._target is None:
            return False
        return bar.rate < self._target * _FAR_BELOW

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words, grounds, bars, the target, figures."""
        bars, more = self.shown()
        if not bars:
            return
        painter = QPainter(self)
        theme = self._theme
        metrics = theme.metrics(Size.SMALL)
        words = max(metrics.horizontalAdvance(bar.word) for bar in bars) + Space.M
        words = min(words, self.width() // 3)
        figures = theme.metrics(Size.SMALL, bold=True).horizontalAdvance("100.0%") + Space.S
        room = self.width() - words - figures
        height = min(self.height() / (len(bars) + bool(more)), theme.px(22))
        thick = max(round(height * 0.4), 5)
        for n, bar in enumerate(bars):
            top = round(n * height)
            is_low = self._is_low(bar)
            painter.setFont(theme.font(Size.SMALL))
            line = QRect(0, top, words - Space.S, round(height))
            text(painter, line, bar.word, theme.ink(Ink.TEXT_2), LEFT)
            middle = round(top + height / 2)
            painter.fillRect(QRectF(words, middle - thick / 2, room, thick), theme.colours.sunken)
            if bar.rate is not None:
                fill = theme.colours.plot_warn if is_low else theme.colours.plot
                long = room * min(bar.rate, 1.0)
                painter.fillRect(QRectF(words, middle - thick / 2, long, thick), fill)
            painter.setFont(theme.font(Size.SMALL, bold=is_low))
            line = QRect(self.width() - figures, top, figures, round(height))
            text(painter, line, bar.shown, theme.ink(Ink.TEXT if is_low else Ink.TEXT_2), RIGHT)
        if more:
            painter.setFont(theme.font(Size.SMALL))
            line = QRect(0, round(len(bars) * height), self.width(), round(height))
            left_out = _("{count} more, above these").format(count=more)
            text(painter, line, left_out, theme.ink(Ink.TEXT_3), LEFT)
        if self._target is not None:
            x = words + room * min(self._target, 1.0)
            painter.setPen(QPen(theme.ink(Ink.TEXT_2), 1, Qt.PenStyle.DashLine))
            painter.drawLine(QLineF(x, 0, x, len(bars) * height))
