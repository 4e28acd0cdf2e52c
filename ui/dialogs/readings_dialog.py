"""抄表录入: what the meters show, house by house in walking order, the hand never off the keys.

The keyboard stays in one field: type the figure, Enter takes it and goes on to the next meter;
usage and deviation stand there with each key. Nothing is stored before Ctrl+S, then all of it; what
cannot be stays in the list with its reason.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.meter_readings import MeterReading, MeterStop, ReadingDraft
from propdesk.domain.meters import (
    METER_LABELS,
    READING_LABELS,
    MeterKind,
    ReadingKind,
    figure_words,
    parse_figure,
)
from propdesk.domain.moments import parse_day
from propdesk.domain.units import building_name
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.meter_readings import EnteredReadings, enter_readings
from propdesk.services.queries.meters import list_metered_kinds, list_stops, odd_percent
from propdesk.services.queries.units import list_buildings
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Theme, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label

_WIDTH, _ROWS = 920, 12
_FIGURE, _NOTE, _DAY = 140, 240, 124
_ALL = ""


@dataclass(slots=True)
class Line:
    """A meter of the list and what was typed for it so far."""

    stop: MeterStop
    on_day: date
    odd_from: int
    words: str = ""
    kind: ReadingKind = ReadingKind.READ
    turned: int = 0
    note: str = ""
    problem: str = ""

    @property
    def reading(self) -> MeterReading | None:
        """What it shows now: what was typed, else what stands there already."""
        if not self.words:
            return self.stop.read
        try:
            value = parse_figure(self.words)
        except RuleError:
            return None
        return MeterReading(self.on_day, value, self.kind, self.turned)

    @property
    def mark(self) -> Mark | None:
        """What is to be said of it: a refusal, a deviation, a kind other than read."""
        if self.problem:
            return Mark(_("Not stored"), Tone.DANGER)
        reading = self.reading
        if reading is None:
            return Mark(_("No figure"), Tone.DANGER) if self.words else None
        return self._doubt(reading) or self._way(reading)

    def _doubt(self, reading: MeterReading) -> Mark | None:
        used, last = self.stop.used_milli(reading), self.stop.last
        if used is not None and used < 0:
            is_estimate = last is not None and last.kind is ReadingKind.ESTIMATED
            return (
                Mark(_("Less than estimated"), Tone.INFO)
                if is_estimate
                else Mark(_("Below the last"), Tone.DANGER)
            )
        deviation = self.stop.deviation(reading)
        if deviation is None or abs(deviation) < self.odd_from:
            return None
        return Mark(f"{deviation:+d} %", Tone.WARN)

    def _way(self, reading: MeterReading) -> Mark | None:
        if reading.kind is not ReadingKind.READ:
            return Mark(str(READING_LABELS[reading.kind]), Tone.INFO)
        return None if self.words else Mark(_("Stored"), Tone.OK)

    @property
    def draft(self) -> ReadingDraft:
        """What is stored of it. Raises RuleError for what is no figure."""
        return ReadingDraft(
            self.stop.meter.id, self.on_day, parse_figure(self.words), self.kind, self.turned,
            self.note,
        )  # fmt: skip

    def clear(self) -> None:
        """Forget what was typed."""
        self.words, self.kind, self.turned = "", ReadingKind.READ, 0
        self.note = self.problem = ""


def _used(line: Line) -> str:
    reading = line.reading
    used = line.stop.used_milli(reading) if reading else None
    return "" if used is None else figure_words(used)


def _last(line: Line) -> str:
    return figure_words(line.stop.last.value_milli) if line.stop.last else ""


def _columns(context: AppContext) -> Sequence[Column]:
    return (
        Column("house", _lazy("House"), lambda line: line.stop.meter.where, width=110, least=90,
               is_strong=True),
        Column("name", _lazy("Owner"), lambda line: context.shown_names(line.stop.owner),
               width=90, least=60, rank=2, is_name=True),
        Column("meter", _lazy("Meter no."),
               lambda line: " ".join(filter(None, (line.stop.meter.number, line.stop.meter.place))),
               width=130, least=90, stretches=True, rank=1),
        Column("last", _lazy("Last reading"), _last, width=96, least=80),
        Column("on", _lazy("Last read"),
               lambda line: f"{line.stop.last.on_day:%Y-%m-%d}" if line.stop.last else "",
               width=104, least=100, rank=3, is_quiet=True),
        Column("value", _lazy("This reading"),
               lambda line: line.words or (figure_words(line.reading.value_milli)
                                           if line.reading else ""),
               width=104, least=80, is_strong=True),
        Column("used", _lazy("Usage"), _used, width=84, least=70),
        Column("mark", _lazy("State"), lambda line: line.mark, CellKind.STATUS,
               width=124, least=110),
    )  # fmt: skip


class FigureField(LineField):
    """The one field of the list: arrows walk between the meters, Enter takes the figure."""

    taken = Signal()
    walked = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, width=_FIGURE, longest=16, is_last=True)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.finished.connect(self.taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows; everything else is the field's."""
        steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -_ROWS,
            Qt.Key.Key_PageDown: _ROWS,
        }
        step = steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)


class ReadingsDialog(Dialog):
    """The list of meters of a kind, a building and a day; `entered` is what was stored."""

    def __init__(self, context: AppContext, parent: QWidget, *, unit_id: int | None = None) -> None:
        super().__init__(context.theme, parent, _("Enter meter readings"), width=_WIDTH)
        self.context = context
        self.entered: list[EnteredReadings] = []
        self._unit_id = unit_id
        self._today = context.now().date()
        self._lines: list[Line] = []
        self._add_choices(context.theme)
        self.table = RecordTable(
            context.theme, _("Meters in walking order"), _columns(context),
            lambda line: line.stop.meter.id, now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.current_changed.connect(lambda _line: self._show_line())
        self.table.opened.connect(lambda _line: self.figure.setFocus())
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        self._add_entry(context.theme)
        self._add_acts(context.theme)
        self._fill()
        self.figure.setFocus()

    # -- building

    def _add_choices(self, theme: Theme) -> None:
        kinds = list_metered_kinds() or (MeterKind.WATER,)
        self.kind = PickField(
            theme, _("Meter"), [Choice(one.value, str(METER_LABELS[one])) for one in kinds]
        )
        several = len({community for _id, community, _name in list_buildings()}) > 1
        buildings = [
            Choice(str(id_), f"{community} {building_name(name)}" if several
                   else building_name(name))
            for id_, community, name in list_buildings()
        ]  # fmt: skip
        self.building = PickField(
            theme, _("Building"), [Choice(_ALL, _("All buildings")), *buildings]
        )
        self.building.setVisible(self._unit_id is None)
        self.day = LineField(theme, _("Read on"), width=_DAY)
        self.day.show_words(self._today.isoformat())
        for field in (self.kind, self.building):
            field.picked.connect(lambda _key: self._refill())
        self.day.finished.connect(self._refill)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for widget in (self.kind, self.building, Label(theme, _("Read on")), self.day):
            row.addWidget(widget)
        row.addStretch(1)
        self.body.addLayout(row)

    def _add_entry(self, theme: Theme) -> None:
        self.where = Label(theme, bold=True)
        self.figure = FigureField(theme, _("This reading"))
        self.note = LineField(theme, _("Note"), placeholder=_("Note"), width=_NOTE)
        self.told = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.figure.textEdited.connect(self._on_typed)
        self.figure.taken.connect(self._on_taken)
        self.figure.walked.connect(self._walk)
        self.note.textEdited.connect(self._on_noted)
        self.note.finished.connect(self.figure.setFocus)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(self.where)
        row.addStretch(1)
        row.addWidget(self.figure)
        row.addWidget(self.note)
        self.body.addLayout(row)
        self.body.addWidget(self.told)

    def _add_acts(self, theme: Theme) -> None:
        for word, keys, act in (
            (_("Estimate"), "Ctrl+E", self._on_estimate),
            (_("Passed zero"), "Ctrl+T", self._on_turned),
            (_("Runs backwards"), "Ctrl+R", self._on_reversed),
            (_("Clear the figure"), "Ctrl+D", self._on_clear),
        ):
            button = Button(theme, word, kind=Kind.QUIET, shortcut=keys)
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            button.clicked.connect(act)
            self._foot.insertWidget(self._foot.count() - 1, button)
        store = Button(theme, _("Store all"), kind=Kind.PRIMARY, icon="check", shortcut="Ctrl+S")
        store.clicked.connect(self.keep)
        for combination in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(combination), self).activated.connect(self.keep)
        self._foot.addWidget(store)

    # -- filling

    def _fill(self) -> None:
        """Read the meters of what is chosen anew."""
        building = self.building.value()
        on_day = self._day()
        self._lines = [
            Line(stop, on_day, odd_percent(on_day))
            for stop in list_stops(
                on_day,
                kind=MeterKind(self.kind.value()),
                unit_id=self._unit_id,
                building_id=int(building) if building else None,
            )
        ]
        self.table.show_rows(self._lines)
        self._show_line()

    def _refill(self) -> None:
        """Show another list; what was typed is stored or given up first."""
        if not any(line.words for line in self._lines) or self._gives_up():
            self._fill()
        self.figure.setFocus()

    def _day(self) -> date:
        try:
            day = parse_day(self.day.words(), self._today)
        except RuleError:
            day = None
        day = day or self._today
        self.day.show_words(day.isoformat())
        return day

    def _line(self) -> Line | None:
        line: Line | None = self.table.current_row()
        return line

    def _show_line(self) -> None:
        """Show the meter that the keyboard is at."""
        line = self._line()
        for field in (self.figure, self.note):
            field.setEnabled(line is not None)
        if line is None:
            self.where.show_text(_("There is no such meter here."))
            self.told.show_text("")
            return
        self.where.show_text(line.stop.meter.title)
        self.figure.setText(line.words)
        self.note.show_words(line.note)
        self._tell(line)

    def _tell(self, line: Line) -> None:
        """Say beside the field what the figure means."""
        if line.problem:
            self.told.show_text(line.problem, Ink.DANGER)
            return
        facts = [_("last {value}").format(value=_last(line))]
        if line.stop.last is not None:
            facts.append(f"{line.stop.last.on_day:%Y-%m-%d}")
        if _used(line):
            facts.append(_("used {value}").format(value=_used(line)))
        if line.turned:
            facts.append(_("passed zero"))
        mark = line.mark
        if mark is not None:
            facts.append(mark.words)
        bad = mark is not None and mark.tone in (Tone.DANGER, Tone.WARN)
        self.told.show_text(" · ".join(facts), Ink.WARN if bad else Ink.TEXT_2)

    def _redraw(self, line: Line) -> None:
        self.table.refresh()
        self.table.select_key(line.stop.meter.id)
        self._show_line()

    # -- typing

    def _on_typed(self, words: str) -> None:
        line = self._line()
        if line is not None:
            line.words, line.problem = words.strip(), ""
            if line.kind is ReadingKind.ESTIMATED:
                line.kind = ReadingKind.READ
            self._tell(line)
            self.table.viewport().update()

    def _on_noted(self, words: str) -> None:
        line = self._line()
        if line is not None:
            line.note, line.problem = words.strip(), ""

    def _on_taken(self) -> None:
        """Take the figure and go on to the next meter; what is no figure keeps the keyboard."""
        line = self._line()
        if line is None:
            return
        if line.words and line.reading is None:
            self.context.attempt(self, _("This was not done"), lambda: line.draft)
            return
        self._walk(1)

    def _walk(self, step: int) -> None:
        line = self._line()
        if line is None:
            return
        place = self._lines.index(line) + step
        target = self._lines[min(max(place, 0), len(self._lines) - 1)]
        self.table.refresh()  # the row that is left shows what was typed
        self.table.select_key(target.stop.meter.id)
        self._show_line()
        self.figure.setFocus()
        self.figure.selectAll()

    def _on_estimate(self) -> None:
        """Put what the meter should show by its mean use, marked as estimated."""
        line = self._line()
        if line is None:
            return

        def act() -> None:
            line.words = figure_words(line.stop.estimate(line.on_day))
            line.kind, line.turned, line.problem = ReadingKind.ESTIMATED, 0, ""

        if self.context.attempt(self, _("This was not done"), act):
            self._redraw(line)

    def _on_turned(self) -> None:
        line = self._line()
        if line is not None:
            line.turned, line.problem = int(not line.turned), ""
            self._redraw(line)

    def _on_reversed(self) -> None:
        """Mark a meter that runs backwards; its note is asked for at once."""
        line = self._line()
        if line is None:
            return
        is_reversed = line.kind is ReadingKind.REVERSED
        line.kind = ReadingKind.READ if is_reversed else ReadingKind.REVERSED
        line.problem = ""
        self._redraw(line)
        if not is_reversed:
            self.note.setFocus()

    def _on_clear(self) -> None:
        line = self._line()
        if line is not None:
            line.clear()
            self._redraw(line)

    # -- storing

    def keep(self) -> None:
        """Store all that was typed; what cannot be stays with its reason."""
        typed = [line for line in self._lines if line.words]
        if not typed:
            self.choose("kept")
            return
        for line in typed:
            if line.reading is None:
                self.table.select_key(line.stop.meter.id)
                self.context.attempt(self, _("Nothing was stored yet"), lambda one=line: one.draft)  # type: ignore[misc]
                return
        stored: list[EnteredReadings] = []
        context = self.context
        drafts = [line.draft for line in typed]

        def act() -> None:
            stored.append(
                enter_readings(
                    drafts, by=context.staff.id, now=context.now(),
                    correction=_("Entered anew in the list"),
                )
            )  # fmt: skip

        if not context.attempt(self, _("Nothing was stored"), act):
            return
        self.entered += stored
        refused = {one.place: one.text for one in stored[0].refused}
        if not refused:
            self.choose("kept")
            return
        left = [(typed[place], text) for place, text in refused.items()]
        self._fill()
        self._take_over(left)

    def _take_over(self, left: Sequence[tuple[Line, str]]) -> None:
        """Show again what was not stored, the first one with the keyboard."""
        present = {line.stop.meter.id: line for line in self._lines}
        for before, text in left:
            line = present[before.stop.meter.id]
            line.words, line.kind, line.turned = before.words, before.kind, before.turned
            line.note, line.problem = before.note, text
        self._redraw(present[left[0][0].stop.meter.id])
        self.figure.setFocus()
        self.figure.selectAll()

    def reject(self) -> None:
        """Leave; what was typed and not stored is asked about."""
        if not any(line.words for line in self._lines) or self._gives_up():
            super().reject()

    def _gives_up(self) -> bool:
        count = sum(bool(line.words) for line in self._lines)
        words = ngettext(
            "{count} reading is not stored yet.", "{count} readings are not stored yet.", count
        )
        return self.context.messages.confirm(
            self, _("Give up what was typed?"), words.format(count=count),
            act=_("Give up"), keep=_("Keep typing"),
        )  # fmt: skip

    @property
    def stored_words(self) -> str:
        """What the toast says, '' where nothing was stored."""
        count = sum(len(one.entered) for one in self.entered)
        odd = sum(reading.is_odd for one in self.entered for reading in one.entered)
        if not count:
            return ""
        words = ngettext("{count} reading stored", "{count} readings stored", count)
        marked = ngettext("{count} stands out", "{count} stand out", odd)
        said = words.format(count=count)
        return f"{said}, {marked.format(count=odd)}" if odd else said
