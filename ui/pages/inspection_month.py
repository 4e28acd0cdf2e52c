"""Below the rounds: the month with a mark for each, and what it comes to in one line."""

from calendar import monthrange
from datetime import date

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from propdesk.domain.rounds import STANDING_LABELS, Standing
from propdesk.i18n import _
from propdesk.services.queries.inspection_counts import count_month_findings
from propdesk.services.queries.rounds import count_days
from ui.context import AppContext
from ui.tables.view import FootLine
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label
from ui.widgets.month_grid import MonthGrid, paint_mark, weeks_of
from ui.widgets.painting import LEFT, text

_LEGEND = (Standing.DONE, Standing.DONE_LATE, Standing.PLANNED, Standing.MISSED)
_MARK = 12
_DONE = (Standing.DONE, Standing.DONE_LATE)


class _Legend(QWidget):
    """The marks of the month with their words; the missed ones with their count."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._missed = 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_missed(self, count: int) -> None:
        """Show how many the month misses."""
        self._missed = count
        self.updateGeometry()
        self.update()

    def _words(self) -> list[str]:
        return [
            f"{STANDING_LABELS[one]} {self._missed}"
            if one is Standing.MISSED and self._missed
            else str(STANDING_LABELS[one])
            for one in _LEGEND
        ]

    def sizeHint(self) -> QSize:
        theme = self._theme
        metrics = theme.metrics(Size.SMALL)
        side = theme.px(_MARK) + Space.XS
        width = sum(metrics.horizontalAdvance(word) + side + Space.M for word in self._words())
        return QSize(width, theme.line(Size.SMALL) + Space.XS)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw each mark before its word."""
        painter, theme = QPainter(self), self._theme
        painter.setFont(theme.font(Size.SMALL))
        left, middle = 0, self.height() / 2
        for standing, word in zip(_LEGEND, self._words(), strict=True):
            side = theme.px(_MARK)
            paint_mark(painter, theme, left + side / 2, middle, standing)
            width = painter.fontMetrics().horizontalAdvance(word) + 1
            rect = self.rect().adjusted(left + side + Space.XS, 0, 0, 0)
            rect.setWidth(width)
            text(painter, rect, word, theme.ink(Ink.TEXT_2), LEFT)
            left += side + Space.XS + width + Space.M


class InspectionMonth(QWidget):
    """The grid with its head and foot; `day_opened` comes with Enter on a day."""

    day_opened = Signal(object)  # a date
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        theme = context.theme
        today = context.now().date()
        self._month = today.replace(day=1)
        back = Button(theme, "", kind=Kind.QUIET, icon="chevron-left", name=_("Month before"))
        onward = Button(theme, "", kind=Kind.QUIET, icon="chevron-right", name=_("Next month"))
        self._title = Label(theme, bold=True)
        self._legend = _Legend(theme)
        self.grid = MonthGrid(theme, _("Rounds of the month"), _("Mo Tu We Th Fr Sa Su"), today)
        self.foot = FootLine(theme, _("Enter opens the day"))
        head = QHBoxLayout()
        head.setContentsMargins(Space.S, Space.XS, Space.L, 0)
        head.setSpacing(Space.XS)
        for widget in (back, self._title, onward):
            head.addWidget(widget)
        head.addStretch(1)
        head.addWidget(self._legend)
        body = QHBoxLayout()
        body.setContentsMargins(Space.S, 0, Space.S, 0)
        body.addWidget(self.grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addLayout(body, 1)
        column.addWidget(self.foot)
        back.clicked.connect(lambda: self.grid.walk_months(-1))
        onward.clicked.connect(lambda: self.grid.walk_months(1))
        self.grid.day_changed.connect(self._on_day)
        self.grid.opened.connect(lambda: self.day_opened.emit(self.grid.chosen()))

    def refill(self) -> None:
        """Count the rounds of the weeks in sight, and sum the month up."""
        now = self._context.now()
        chosen = self.grid.chosen()
        weeks = weeks_of(chosen)
        counts = count_days(weeks[0][0], weeks[-1][-1], now)
        self.grid.show_counts(counts, now.date())
        self._month = chosen.replace(day=1)
        self._title.show_text(_("{year}-{month:02d}").format(year=chosen.year, month=chosen.month))
        of_month = [one for day, one in counts.items() if _is_in(day, self._month)]

        def how_many(*standings: Standing) -> int:
            return sum(one.get(standing, 0) for one in of_month for standing in standings)

        missed = how_many(Standing.MISSED)
        self._legend.show_missed(missed)
        last = self._month.replace(day=monthrange(self._month.year, self._month.month)[1])
        findings, tickets = count_month_findings(self._month, last)
        words = _(
            "This month {planned} planned, {done} done, {missed} missed, {findings} findings "
            "({tickets} with a ticket)"
        ).format(
            planned=how_many(*(one for one in Standing if one is not Standing.CANCELLED)),
            done=how_many(*_DONE), missed=missed, findings=findings, tickets=tickets,
        )  # fmt: skip
        self.foot.show_text(words)

    def choose(self, day: date) -> None:
        """Choose a day."""
        self.grid.choose(day)

    def _on_day(self, day: date) -> None:
        if not _is_in(day, self._month):
            self.refill()


def _is_in(day: date, month: date) -> bool:
    return (day.year, day.month) == (month.year, month.month)
