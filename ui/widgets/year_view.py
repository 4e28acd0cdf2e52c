"""A year in twelve months: days off and make-up workdays coloured, one day chosen by the arrows."""

from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from propdesk.i18n import _
from ui.delegates.records import plain_tooltip
from ui.theme import Ink, Size, Theme, Tone
from ui.widgets.painting import CENTRE, LEFT, dot, focus_ring, ground, text

_ACROSS = 4
_GAP = 18
_WEEKS = 6


@dataclass(frozen=True, slots=True)
class DayLook:
    """How a day is shown: a tone's ground, whether it is worked, an own entry's dot, its name."""

    tone: Tone | None = None
    is_worked: bool = True
    is_own: bool = False
    name: str = ""


class YearView(QWidget):
    """The months of a year. Arrows walk by days and weeks, Enter tells `opened`.

    `day_changed` comes with the day that is now chosen; walking beyond the year tells it as well,
    so that the other year is shown.
    """

    day_changed = Signal(object)  # a date
    opened = Signal()

    def __init__(self, theme: Theme, name: str, weekdays: str, chosen: date) -> None:
        super().__init__()
        self._theme = theme
        self._weekdays = weekdays.split()
        self._chosen = chosen
        self._looks: Mapping[date, DayLook] = {}
        self._today = chosen
        self.setAccessibleName(name)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def show_year(self, looks: Mapping[date, DayLook]) -> None:
        """Show the days of the chosen day's year."""
        self._looks = looks
        self._describe()
        self.update()

    def chosen(self) -> date:
        """Return the day that is chosen."""
        return self._chosen

    def choose(self, day: date) -> None:
        """Choose a day and tell it."""
        if day != self._chosen:
            self._chosen = day
            self._describe()
            self.update()
            self.day_changed.emit(day)

    def look(self, day: date) -> DayLook:
        """Return how a day is shown."""
        return self._looks.get(day, DayLook())

    def _describe(self) -> None:
        look = self.look(self._chosen)
        self.setAccessibleDescription(f"{self._chosen} {look.name}".strip())

    def sizeHint(self) -> QSize:
        """Take the room in which two digits stand apart."""
        cell = self._theme.metrics(Size.SMALL).horizontalAdvance("00") + 8
        width = _ACROSS * 7 * cell + (_ACROSS - 1) * self._theme.px(_GAP)
        line = self._theme.line(Size.SMALL) + 2
        height = 12 // _ACROSS * ((_WEEKS + 2) * line + self._theme.px(6))
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """Give way to where the digits still stand apart."""
        hint = self.sizeHint()
        return QSize(round(hint.width() * 0.9), round(hint.height() * 0.85))

    # -- places

    def _month_rect(self, month: int) -> QRect:
        gap = self._theme.px(_GAP)
        down = 12 // _ACROSS
        width = (self.width() - (_ACROSS - 1) * gap) // _ACROSS
        height = self.height() // down
        row, column = divmod(month - 1, _ACROSS)
        return QRect(column * (width + gap), row * height, width, height)

    def _cell(self, day: date) -> QRect:
        place = self._month_rect(day.month)
        line = place.height() // (_WEEKS + 2)
        first = date(day.year, day.month, 1).weekday()
        week, column = divmod(first + day.day - 1, 7)
        width = place.width() / 7
        return QRect(
            place.left() + round(column * width),
            place.top() + (week + 2) * line,
            round(width),
            line,
        )

    def _day_at(self, point: QPointF) -> date | None:
        year = self._chosen.year
        for month in range(1, 13):
            if self._month_rect(month).contains(point.toPoint()):
                for number in range(1, monthrange(year, month)[1] + 1):
                    if self._cell(date(year, month, number)).contains(point.toPoint()):
                        return date(year, month, number)
        return None

    # -- hands

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the day below the mouse."""
        day = self._day_at(event.position())
        if day is not None:
            self.choose(day)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Open the day below the mouse."""
        if self._day_at(event.position()) == self._chosen:
            self.opened.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name the day below the mouse where it has a name."""
        day = self._day_at(event.position())
        name = self.look(day).name if day is not None else ""
        if name:
            words = _("{day} {name}").format(day=day, name=name)
            QToolTip.showText(event.globalPosition().toPoint(), plain_tooltip(words), self)
        else:
            QToolTip.hideText()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by days, weeks, months and years; Enter opens."""
        steps = {
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Up: -7,
            Qt.Key.Key_Down: 7,
        }
        key = event.key()
        if key in steps:
            self._walk(self._chosen + timedelta(days=steps[Qt.Key(key)]))
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.walk_years(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def _walk(self, day: date) -> None:
        if 2000 <= day.year < 2100:
            self.choose(day)

    def walk_years(self, step: int) -> None:
        """Go to the same day of another year."""
        year = self._chosen.year + step
        last = monthrange(year, self._chosen.month)[1]
        self._walk(self._chosen.replace(year=year, day=min(self._chosen.day, last)))

    # -- picture

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the twelve months."""
        painter = QPainter(self)
        for month in range(1, 13):
            self._paint_month(painter, month)
        cell = self._cell(self._chosen)
        if self.hasFocus():
            focus_ring(painter, cell, self._theme)
        else:
            ground(painter, cell, None, edge=self._theme.colours.line_field)

    def _paint_month(self, painter: QPainter, month: int) -> None:
        theme, year = self._theme, self._chosen.year
        place = self._month_rect(month)
        line = place.height() // (_WEEKS + 2)
        painter.setFont(theme.font(Size.SMALL, bold=True))
        words = _("{year}-{month:02d}").format(year=year, month=month)
        text(painter, QRect(place.left() + 4, place.top(), place.width(), line), words,
             theme.ink(Ink.TEXT), LEFT)  # fmt: skip
        painter.setFont(theme.font(Size.SMALL))
        for column, word in enumerate(self._weekdays):
            head = QRect(self._cell(date(year, month, 1)))
            head.moveTo(place.left() + round(column * place.width() / 7), place.top() + line)
            text(painter, head, word, theme.ink(Ink.TEXT_3), CENTRE)
        for number in range(1, monthrange(year, month)[1] + 1):
            self._paint_day(painter, date(year, month, number))

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, look, cell = self._theme, self.look(day), self._cell(day)
        ink = theme.ink(Ink.TEXT if look.is_worked else Ink.TEXT_3)
        if look.tone is not None:
            colours = theme.tone(look.tone)
            ground(painter, cell.adjusted(1, 1, -1, -1), colours.ground)
            ink = colours.text
        text(painter, cell, str(day.day), ink, CENTRE)
        if look.is_own:
            dot(painter, cell.right() - 4, cell.top() + 5, 4, theme.ink(Ink.ACCENT))
