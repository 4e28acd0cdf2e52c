"""A month of rounds: a mark for each round, words only on a day with a miss.

Full: done; half: late; hollow: planned; a quarter: being entered; a cross: missed. So many rounds
that their marks have no room are told as figures beside one mark of each kind.
"""

from calendar import monthrange
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.domain.rounds import STANDING_LABELS, Standing
from propdesk.i18n import ngettext
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.painting import CENTRE, LEFT, RIGHT, dot, focus_ring, hairline, text

_DAYS = 7
_MARK, _STEP = 9, 13
# In which order a day tells its rounds: what is wrong stands last, where the eye rests.
_ORDER = (
    Standing.DONE, Standing.DONE_LATE, Standing.RUNNING, Standing.PLANNED, Standing.MISSED,
)  # fmt: skip

DayCounts = Mapping[Standing, int]


def weeks_of(month: date) -> tuple[tuple[date, ...], ...]:
    """Return the weeks that a month touches, Monday first, with the days of its neighbours."""
    first = month.replace(day=1)
    start = first - timedelta(first.weekday())
    last = month.replace(day=monthrange(month.year, month.month)[1])
    weeks = (last.toordinal() - start.toordinal()) // _DAYS + 1
    return tuple(
        tuple(start + timedelta(week * _DAYS + day) for day in range(_DAYS))
        for week in range(weeks)
    )


class MonthGrid(QWidget):
    """The rounds of a month. Arrows walk by days and weeks, Page Up and Down by months.

    `day_changed` tells the chosen day, also when it lies in another month, so that its counts are
    given; Enter tells `opened`.
    """

    day_changed = Signal(object)  # a date
    opened = Signal()

    def __init__(self, theme: Theme, name: str, weekdays: str, chosen: date) -> None:
        super().__init__()
        self._theme = theme
        self._weekdays = weekdays.split()
        self._chosen = self._today = chosen
        self._counts: Mapping[date, DayCounts] = {}
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        theme.changed.connect(self.updateGeometry)

    def show_counts(self, counts: Mapping[date, DayCounts], today: date) -> None:
        """Show how the rounds of each day stand; days without any are left out."""
        self._counts, self._today = counts, today
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

    def walk_months(self, step: int) -> None:
        """Go to the same day of another month, or its last one."""
        month = self._chosen.year * 12 + self._chosen.month - 1 + step
        year, number = divmod(month, 12)
        if 2000 <= year < 2100:
            last = monthrange(year, number + 1)[1]
            self.choose(date(year, number + 1, min(self._chosen.day, last)))

    def _describe(self) -> None:
        counts = self._counts.get(self._chosen, {})
        words = ", ".join(
            f"{STANDING_LABELS[one]} {counts[one]}" for one in _ORDER if one in counts
        )
        self.setAccessibleDescription(f"{self._chosen} {words}".strip())

    def sizeHint(self) -> QSize:
        """Take six weeks of two lines."""
        theme = self._theme
        return QSize(theme.px(560), theme.line(Size.SMALL) + 6 * (2 * theme.line() + Space.M))

    def minimumSizeHint(self) -> QSize:
        """Stay readable: a number and a row of marks a day."""
        theme = self._theme
        height = theme.line(Size.SMALL) + 6 * (theme.line() + theme.px(_MARK) + Space.S)
        return QSize(theme.px(300), height)

    # -- places

    def _head(self) -> int:
        return self._theme.line(Size.SMALL) + Space.S

    def cell(self, day: date) -> QRect:
        """Return where a day of the shown weeks is drawn; a null rectangle for another day."""
        weeks = weeks_of(self._chosen)
        head = self._head()
        for row, week in enumerate(weeks):
            if day in week:
                column = week.index(day)
                left, right = (round(self.width() * n / _DAYS) for n in (column, column + 1))
                room = self.height() - head
                top, bottom = (head + round(room * n / len(weeks)) for n in (row, row + 1))
                return QRect(left, top, right - left, bottom - top)
        return QRect()

    def _day_at(self, point: QPointF) -> date | None:
        for week in weeks_of(self._chosen):
            for day in week:
                if self.cell(day).contains(point.toPoint()):
                    return day
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

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk by days, weeks and months; Home goes to today, Enter opens."""
        key = event.key()
        steps = {Qt.Key.Key_Left: -1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -_DAYS,
                 Qt.Key.Key_Down: _DAYS}  # fmt: skip
        if key in steps:
            day = self._chosen + timedelta(steps[Qt.Key(key)])
            if 2000 <= day.year < 2100:
                self.choose(day)
        elif key in (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
            self.walk_months(-1 if key == Qt.Key.Key_PageUp else 1)
        elif key == Qt.Key.Key_Home:
            self.choose(self._today)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.opened.emit()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard is here."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show that the keyboard has gone."""
        super().focusOutEvent(event)
        self.update()

    # -- picture

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the names of the days, the weeks, and each day with its marks."""
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font(Size.SMALL))
        small = theme.line(Size.SMALL)
        for column, word in enumerate(self._weekdays):
            left, right = (round(self.width() * n / _DAYS) for n in (column, column + 1))
            head = QRect(left + Space.S, 0, right - left - Space.S, small)
            text(painter, head, word, theme.ink(Ink.TEXT_3), LEFT)
        for week in weeks_of(self._chosen):
            top = self.cell(week[0]).top()
            hairline(painter, 0, top, self.width(), top, theme.colours.line)
            for day in week:
                self._paint_day(painter, day)
        if self.hasFocus():
            focus_ring(painter, self.cell(self._chosen).adjusted(0, 1, 0, 0), theme)

    def _paint_day(self, painter: QPainter, day: date) -> None:
        theme, cell = self._theme, self.cell(day)
        if day == self._chosen:
            painter.fillRect(cell.adjusted(0, 1, 0, 0), theme.colours.selection)
        is_here = day.month == self._chosen.month
        is_today = day == self._today
        line = QRect(
            cell.left() + Space.S, cell.top() + 4, cell.width() - 2 * Space.S, theme.line()
        )
        painter.setFont(theme.font(bold=is_today))
        ink = Ink.ACCENT if is_today else Ink.TEXT if is_here else Ink.TEXT_3
        text(painter, line, str(day.day), theme.ink(ink), LEFT)
        counts = self._counts.get(day, {})
        missed = counts.get(Standing.MISSED, 0)
        painter.setFont(theme.font(Size.SMALL))
        if missed:
            words = ngettext("{count} missed", "{count} missed", missed).format(count=missed)
            text(painter, line, words, theme.tone(Tone.DANGER).text, RIGHT)
        marks = [one for one in _ORDER for _n in range(counts.get(one, 0))]
        if not marks:
            return
        middle = min(cell.bottom() - theme.px(_MARK), (line.bottom() + 2 * cell.bottom()) // 3)
        step = theme.px(_STEP)
        room = cell.width() - Space.S - theme.px(_MARK) // 2
        if len(marks) * step <= room:
            self._paint_marks(painter, cell.left() + Space.S, middle, marks)
        else:
            self._paint_figures(painter, cell, middle, counts)

    def _paint_marks(
        self, painter: QPainter, left: int, middle: int, marks: Sequence[Standing]
    ) -> None:
        step, side = self._theme.px(_STEP), self._theme.px(_MARK)
        for place, standing in enumerate(marks):
            paint_mark(painter, self._theme, left + side / 2 + place * step, middle, standing)

    def _paint_figures(
        self, painter: QPainter, cell: QRect, middle: int, counts: DayCounts
    ) -> None:
        theme = self._theme
        side, left = theme.px(_MARK), cell.left() + Space.S
        metrics = painter.fontMetrics()
        small = theme.line(Size.SMALL)
        for standing in _ORDER:
            count = counts.get(standing, 0)
            if not count or left + side > cell.right():
                continue
            paint_mark(painter, theme, left + side / 2, middle, standing)
            words = str(count)
            width = metrics.horizontalAdvance(words) + 2
            rect = QRect(left + side + 3, middle - small // 2, width, small)
            text(painter, rect, words, theme.ink(Ink.TEXT_2), CENTRE)
            left = rect.right() + Space.S


def paint_mark(painter: QPainter, theme: Theme, x: float, y: float, standing: Standing) -> None:
    """Draw the mark of a round with its centre at x, y: told apart without its colour."""
    side = theme.px(_MARK)
    box = QRectF(x - side / 2, y - side / 2, side, side)
    accent = theme.colours.plot
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    if standing is Standing.DONE:
        dot(painter, x, y, side, accent)
    elif standing is Standing.MISSED:
        painter.setPen(QPen(theme.tone(Tone.DANGER).text, theme.px(2)))
        painter.drawLine(box.topLeft(), box.bottomRight())
        painter.drawLine(box.topRight(), box.bottomLeft())
    else:
        inner = box.adjusted(0.75, 0.75, -0.75, -0.75)
        painter.setPen(QPen(accent, 1.5))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawEllipse(inner)
        if standing in (Standing.DONE_LATE, Standing.RUNNING):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(accent)
            # Half is late, a quarter is begun; sixteenths of a degree, from twelve o'clock on.
            part = 180 if standing is Standing.DONE_LATE else 90
            painter.drawPie(inner, 90 * 16, -part * 16)
    painter.restore()
