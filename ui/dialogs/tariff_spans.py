"""The prices of an item as lines in time: one row for each place, a bar for each price."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.domain.tariffs import Tariff
from propdesk.i18n import _
from ui.dialogs.fee_item_words import present_price
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.painting import CENTRE, LEFT, ground, hairline, text

_NAMES, _ROW, _BAR, _MOST_ROWS = 120, 30, 22, 5
_HALF_YEAR, _YEAR = 183, 365
_LEAST_SCALE_STEP = 60


@dataclass(frozen=True, slots=True)
class _Bar:
    """A price in its row: from the first to the last day that is drawn."""

    tariff: Tariff
    row: int
    first: int
    last: int


class TariffSpans(QWidget):
    """Where prices follow each other without a gap, and where a place has its own.

    The price that holds today is filled; the chosen one has an edge. What is drawn is said in the
    table below it too, so the keyboard does not come here.
    """

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._rows: list[str] = []
        self._bars: list[_Bar] = []
        self._today = 0
        self._first = self._last = 0
        self._chosen: int | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Prices in time"))
        theme.changed.connect(self.update)

    def show_tariffs(self, tariffs: Sequence[Tariff], today: date) -> None:
        """Show the standing prices of an item."""
        standing = [one for one in tariffs if one.voided_at is None]
        self._today = today.toordinal()
        days = [self._today - _HALF_YEAR, self._today + _HALF_YEAR]
        for one in standing:
            days.append(one.from_on.toordinal())
            days += [one.until_on.toordinal()] if one.until_on else []
        # Very old prices would leave the present ones no room.
        self._first = max(min(days), self._today - 8 * _YEAR)
        self._last = min(max(days), self._today + 4 * _YEAR) + _HALF_YEAR // 2
        names = sorted({(one.narrowness, one.place) for one in standing})
        self._rows = [place or _("all houses") for _narrow, place in names][:_MOST_ROWS]
        place_of = {name: row for row, name in enumerate(names[:_MOST_ROWS])}
        self._bars = [
            _Bar(
                one,
                place_of[one.narrowness, one.place],
                max(one.from_on.toordinal(), self._first),
                min(one.until_on.toordinal() if one.until_on else self._last, self._last),
            )
            for one in standing
            if (one.narrowness, one.place) in place_of
        ]
        self.setVisible(bool(standing))
        self.updateGeometry()
        self.update()

    def choose(self, tariff_id: int | None) -> None:
        """Give the bar of a price an edge."""
        self._chosen = tariff_id
        self.update()

    def sizeHint(self) -> QSize:
        """Take a row for each place and the years below."""
        rows = max(len(self._rows), 1)
        height = rows * self._theme.px(_ROW) + self._theme.line(Size.SMALL) + Space.S
        return QSize(self._theme.px(400), height)

    def minimumSizeHint(self) -> QSize:
        """Keep the height, give way in width."""
        return QSize(self._theme.px(240), self.sizeHint().height())

    def _x(self, day: int) -> int:
        left = self._theme.px(_NAMES)
        width = self.width() - left
        return left + width * (day - self._first) // max(self._last - self._first, 1)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names, the years, the bars with their prices, and today."""
        theme = self._theme
        painter = QPainter(self)
        row, bar = theme.px(_ROW), theme.px(_BAR)
        foot = len(self._rows) * row
        painter.setFont(theme.font(Size.SMALL))
        self._paint_years(painter, foot)
        for place, name in enumerate(self._rows):
            box = QRect(0, place * row, theme.px(_NAMES) - Space.S, row)
            text(painter, box, name, theme.ink(Ink.TEXT_2), LEFT)
        for one in self._bars:
            self._paint_bar(painter, one, row, bar)
        x = self._x(self._today)
        hairline(painter, x, 0, x, foot, theme.ink(Ink.ACCENT))
        words = _("today")
        width = painter.fontMetrics().horizontalAdvance(words) + Space.S
        box = QRect(x - width // 2, foot, width, theme.line(Size.SMALL))
        ground(painter, box, theme.colours.surface)
        text(painter, box, words, theme.ink(Ink.ACCENT), CENTRE)

    def _paint_years(self, painter: QPainter, foot: int) -> None:
        theme = self._theme
        line = theme.line(Size.SMALL)
        first, last = date.fromordinal(self._first).year, date.fromordinal(self._last).year
        wide = self._x(date(first + 1, 1, 1).toordinal()) - self._x(date(first, 1, 1).toordinal())
        step = max(1, -(-theme.px(_LEAST_SCALE_STEP) // max(wide, 1)))
        for year in range(first + 1, last + 1):
            x = self._x(date(year, 1, 1).toordinal())
            hairline(painter, x, 0, x, foot, theme.colours.line)
            if year % step == 0:
                box = QRect(x + 3, foot, theme.px(_LEAST_SCALE_STEP), line)
                text(painter, box, str(year), theme.ink(Ink.TEXT_3), LEFT)

    def _paint_bar(self, painter: QPainter, one: _Bar, row: int, height: int) -> None:
        theme = self._theme
        left, right = self._x(one.first), self._x(one.last + 1)
        box = QRect(left, one.row * row + (row - height) // 2, max(right - left - 1, 3), height)
        holds = one.first <= self._today <= one.last
        tone = theme.tone(Tone.OK if holds else Tone.NEUTRAL)
        is_chosen = one.tariff.id == self._chosen
        edge = theme.ink(Ink.ACCENT) if is_chosen else tone.dot
        ground(painter, box, tone.ground, edge=edge, width=2.0 if is_chosen else 1.0)
        inner = box.adjusted(5, 0, -3, 0)
        words = present_price((one.tariff,))
        if painter.fontMetrics().horizontalAdvance(words) <= inner.width():
            text(painter, inner, words, tone.text, LEFT)
