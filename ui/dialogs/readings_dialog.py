"""抄表录入: what the meters show, house by house in walking order, the hand never off the keys.

The keyboard stays in one field: type the figure, Enter takes it and goes on to the next meter;
usage and deviation stand there with each key. Nothing is stored before Ctrl+S, then all of it; what
cannot be stays in the list with its reason. What was typed and not stored is here again after a
crash.
"""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.meters import METER_LABELS, MeterKind, ReadingKind, figure_words
from propdesk.domain.moments import parse_day
from propdesk.domain.units import building_name
from propdesk.i18n import _, ngettext
from propdesk.services.meter_readings import EnteredReadings, enter_readings
from propdesk.services.queries.meters import list_metered_kinds, list_stops, odd_percent
from propdesk.services.queries.units import list_buildings
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.reading_drafts import ReadingDraft, TypedReadings
from ui.dialogs.reading_lines import (
    ROWS,
    Line,
    last_words,
    reading_columns,
    used_words,
)
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Theme, Tone
from ui.widgets.badges import Banner
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label
from ui.widgets.walk_field import WalkField

_WIDTH = 920
_FIGURE, _NOTE, _DAY = 140, 240, 124
_ALL = ""


class ReadingsDialog(Dialog):
    """The list of meters of a kind, a building and a day; `entered` is what was stored."""

    def __init__(self, context: AppContext, parent: QWidget, *, unit_id: int | None = None) -> None:
        super().__init__(context.theme, parent, _("Enter meter readings"), width=_WIDTH)
        self.context = context
        self.entered: list[EnteredReadings] = []
        self._unit_id = unit_id
        self._today = context.now().date()
        self._lines: list[Line] = []
        self._draft = ReadingDraft(self, context, unit_id, self._typed)
        self._add_choices(context.theme)
        self.restored = Banner(context.theme)
        self.restored.followed.connect(self._start_afresh)
        self.body.addWidget(self.restored)
        self.table = RecordTable(
            context.theme, _("Meters in walking order"), reading_columns(context),
            lambda line: line.stop.meter.id, now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(ROWS))
        self.table.current_changed.connect(lambda _line: self._show_line())
        self.table.opened.connect(lambda _line: self.figure.setFocus())
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        self._add_entry(context.theme)
        self._add_acts(context.theme)
        self._fill()
        self._restore()
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
        self.figure = WalkField(theme, _("This reading"), page=ROWS, width=_FIGURE, longest=16)
        self.figure.setAlignment(Qt.AlignmentFlag.AlignRight)
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
        if not self._is_typed() or self._gives_up():
            self._forget()
            self._fill()
        self.figure.setFocus()

    # -- the draft

    def _typed(self) -> TypedReadings:
        """Return what the draft keeps."""
        lines = {line.stop.meter.id: line.typed() for line in self._lines if line.words}
        return TypedReadings(self.kind.value(), self.building.value(), self.day.words(), lines)

    def _is_typed(self) -> bool:
        return any(line.words for line in self._lines)

    def _restore(self) -> None:
        """Go on with what was typed and not stored, if there is any."""
        found = self._draft.find()
        if found is None:
            return
        typed, at = found
        self.kind.choose(typed.kind)
        self.building.choose(typed.building)
        self.day.show_words(typed.day)
        self._fill()
        for line in self._lines:
            if line.stop.meter.id in typed.lines:
                line.retype(typed.lines[line.stop.meter.id])
        if not self._is_typed():
            self._forget()
            return
        self.table.refresh()
        self._show_line()
        words = _("What was typed at {time} is here again").format(time=f"{at:%m-%d %H:%M}")
        self.restored.show_banner(Tone.INFO, "file-clock", words, _("Start afresh"))

    def _start_afresh(self) -> None:
        self._forget()
        self._fill()
        self.figure.setFocus()

    def _forget(self) -> None:
        """Forget what was typed: it was stored or given up."""
        self._draft.drop()
        self.restored.show_banner(Tone.INFO, "file-clock", "")

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
        facts = [_("last {value}").format(value=last_words(line))]
        if line.stop.last is not None:
            facts.append(f"{line.stop.last.on_day:%Y-%m-%d}")
        if used_words(line):
            facts.append(_("used {value}").format(value=used_words(line)))
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
        self._draft.touch()

    # -- typing

    def _on_typed(self, words: str) -> None:
        line = self._line()
        if line is not None:
            line.words, line.problem = words.strip(), ""
            if line.kind is ReadingKind.ESTIMATED:
                line.kind = ReadingKind.READ
            self._tell(line)
            self.table.viewport().update()
            self._draft.touch()

    def _on_noted(self, words: str) -> None:
        line = self._line()
        if line is not None:
            line.note, line.problem = words.strip(), ""
            self._draft.touch()

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
            self._forget()
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
        self._forget()
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
            line.retype(before.typed(), text)
        self._redraw(present[left[0][0].stop.meter.id])
        self.figure.setFocus()
        self.figure.selectAll()

    def reject(self) -> None:
        """Leave; what was typed and not stored is asked about."""
        if not self._is_typed() or self._gives_up():
            self._forget()
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
