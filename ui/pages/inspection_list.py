"""The left half of the inspections page: what is to be walked or entered, and the open findings."""

from collections.abc import Sequence
from datetime import date, timedelta

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout

from propdesk.domain.findings import Finding, FindingGroup
from propdesk.domain.rounds import Round, Standing
from propdesk.i18n import _, _lazy
from propdesk.services.queries.findings import list_findings
from propdesk.services.queries.inspection_counts import count_open_findings
from propdesk.services.queries.rounds import list_due, list_rounds
from ui.context import AppContext
from ui.pages.inspection_month import InspectionMonth
from ui.pages.inspection_words import (
    finding_place,
    progress_words,
    standing_mark,
    time_words,
)
from ui.tables.columns import CellKind, Column
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.widgets.labels import Hairline, Surface
from ui.widgets.panes import QuietPane

TODAY, WEEK, ENTER, MISSED, FINDINGS, DAY = (
    "today", "week", "enter", "missed", "findings", "day",
)  # fmt: skip
_FEW, _MANY = 5, 8
_DAYS_OF_WEEK = 7
_OPEN = (Standing.PLANNED, Standing.RUNNING, Standing.MISSED)

RoundKey = tuple[int, int, date, str]


def round_key(one: Round) -> RoundKey:
    """Return what tells rounds apart, also those that are still to come and have no id."""
    return one.id, one.plan_id, one.day, one.clock


class InspectionList(Surface):
    """Rounds or findings above, the month below.

    `round_changed` and `finding_changed` come with the row that is current, or None.
    """

    round_changed = Signal(object)
    finding_changed = Signal(object)
    opened = Signal()
    day_opened = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        self._context = context
        self._group = TODAY
        self._day: date | None = None
        self._due: list[Round] = []
        theme = context.theme
        self.rounds = RecordTable(
            theme, _("Rounds"), self._round_columns(), round_key,
            memory=ScopedMemory(context.memory, "inspections/rounds"), now=context.now,
        )  # fmt: skip
        self.findings = RecordTable(
            theme, _("Open findings"), self._finding_columns(), lambda one: one.id,
            memory=ScopedMemory(context.memory, "inspections/findings"), now=context.now,
        )  # fmt: skip
        self._stack = QStackedWidget()
        self._quiet = {
            TODAY: _("Nothing is due today."),
            WEEK: _("Nothing is due this week."),
            ENTER: _("Every sheet that went out is entered."),
            MISSED: _("Nothing was missed, or all of it was made up for."),
            FINDINGS: _("Everything that rounds found is taken care of."),
            DAY: _("No round on this day."),
        }
        self._panes = {key: QuietPane(theme, words) for key, words in self._quiet.items()}
        for widget in (self.rounds, self.findings, *self._panes.values()):
            self._stack.addWidget(widget)
        self.month = InspectionMonth(context)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._stack)
        column.addWidget(Hairline(theme))
        column.addWidget(self.month, 1)
        self.rounds.current_changed.connect(self.round_changed)
        self.findings.current_changed.connect(self.finding_changed)
        self.rounds.opened.connect(lambda _row: self.opened.emit())
        self.findings.opened.connect(lambda _row: self.opened.emit())
        self.month.day_opened.connect(self.day_opened)

    def _round_columns(self) -> Sequence[Column]:
        return (
            Column("time", _lazy("Time"), self._when, width=112, least=104),
            Column("task", _lazy("Task"), lambda one: one.name, width=200, least=110,
                   stretches=True),
            Column("who", _lazy("Walked by"), lambda one: one.walker, width=96, least=60, rank=1),
            Column("progress", _lazy("Progress"), progress_words, width=76, least=60,
                   is_figure=True),
            Column("state", _lazy("State"), standing_mark, CellKind.STATUS, 126, 118),
        )  # fmt: skip

    def _finding_columns(self) -> Sequence[Column]:
        return (
            Column("found", _lazy("Found on"), lambda one: one.found_at, CellKind.TIME, 100, 84),
            Column("text", _lazy("What is wrong"), lambda one: one.text, width=240, least=120,
                   stretches=True),
            Column("place", _lazy("Place"), finding_place, width=190, least=80, rank=1,
                   is_quiet=True),
            Column("times", _lazy("Times"), lambda one: one.times, CellKind.COUNT, 60, 52,
                   rank=2),
        )  # fmt: skip

    def _when(self, one: Round) -> str:
        """Return the time, with the day before it where the list holds several days."""
        if self._group in (TODAY, DAY):
            return time_words(one)
        return f"{one.day:%m-%d} {one.clock}".rstrip()

    # -- filling

    def refill(self) -> None:
        """Read list and month anew; the clerk stays where he is."""
        now = self._context.now()
        self._due = list_due(now, days=_DAYS_OF_WEEK)
        self._show(anew=False)
        self.month.refill()

    def counts(self) -> dict[str, int]:
        """Return what the chips count: what of today is still open, what waits."""
        today = self._context.now().date()
        monday = today - timedelta(today.weekday())
        sunday = monday + timedelta(_DAYS_OF_WEEK - 1)
        opened = [one for one in self._due if one.standing is not Standing.MISSED]
        return {
            TODAY: sum(one.day <= today for one in opened),
            WEEK: sum(one.day <= sunday for one in opened),
            ENTER: len(self._to_enter()),
            MISSED: sum(one.standing is Standing.MISSED for one in self._due),
            FINDINGS: count_open_findings(),
        }

    def show_group(self, group: str) -> None:
        """Ask another daily question, from the start of its list."""
        self._group = group
        self._show(anew=True)

    def _rows(self) -> Sequence[Round]:
        now = self._context.now()
        today = now.date()
        if self._group == TODAY:
            before = [
                one for one in self._due if one.day < today and one.standing is not Standing.MISSED
            ]
            return [*before, *list_rounds(today, today, now)]
        if self._group == WEEK:
            monday = today - timedelta(today.weekday())
            return list_rounds(monday, monday + timedelta(_DAYS_OF_WEEK - 1), now)
        if self._group == ENTER:
            return self._to_enter()
        if self._group == MISSED:
            return [one for one in self._due if one.standing is Standing.MISSED]
        return list_rounds(self.day(), self.day(), now)

    def _to_enter(self) -> list[Round]:
        return [one for one in self._due if one.sheet]

    def _show(self, *, anew: bool) -> None:
        is_findings = self._group == FINDINGS
        table = self.findings if is_findings else self.rounds
        rows: Sequence[Round | Finding]
        rows = list_findings(FindingGroup.OPEN) if is_findings else self._rows()
        key = None if anew or table.current_row() is None else self._key_of(table.current_row())
        table.blockSignals(True)
        table.show_rows(rows)
        if key is not None:
            table.select_key(key)
        table.blockSignals(False)
        self._stack.setCurrentWidget(table if rows else self._panes[self._group])
        most = _FEW if self._group in (TODAY, DAY) else _MANY
        self._stack.setFixedHeight(table.height_of(min(max(len(rows), 3), most)))
        if anew:
            signal = self.finding_changed if is_findings else self.round_changed
            signal.emit(table.current_row())

    def _key_of(self, row: Round | Finding) -> RoundKey | int:
        return row.id if isinstance(row, Finding) else round_key(row)

    # -- being called

    def open_day(self, day: date) -> None:
        """Turn to a day of the month; its rounds are shown with the group of the day."""
        self._day = None if day == self._context.now().date() else day
        self.month.choose(day)

    def day(self) -> date:
        """Return the day whose rounds are shown: today but for an opened day of the month."""
        today = self._context.now().date()
        return self._day or today if self._group == DAY else today

    def opened_day(self) -> date | None:
        """Return the day of the month that was opened last, None where it was today."""
        return self._day

    def current(self) -> Round | Finding | None:
        """Return the row that is current in the list that is shown."""
        row: Round | Finding | None = self._table().current_row()
        return row

    def select_sheet(self, number: str) -> bool:
        """Make the round of a sheet current where the list holds it, without telling."""
        for row in self._rows() if self._group != FINDINGS else ():
            if row.sheet == number:
                self.rounds.blockSignals(True)
                found = self.rounds.select_key(round_key(row))
                self.rounds.blockSignals(False)
                return found
        return False

    def take_focus(self) -> None:
        """Put the keyboard into the list, else on the month."""
        if self._stack.currentWidget() is self._table():
            self._table().setFocus()
        else:
            self.month.grid.setFocus()

    def _table(self) -> RecordTable:
        return self.findings if self._group == FINDINGS else self.rounds
