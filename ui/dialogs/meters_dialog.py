"""The meters in walking order: put in, corrected, exchanged, taken out, and what they showed.

Common meters of a building or community stand among those of the houses.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.meter_readings import MeterReading
from propdesk.domain.meters import (
    METER_LABELS,
    ONE_MILLI,
    READING_LABELS,
    Meter,
    MeterKind,
    ReadingKind,
    figure_words,
)
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.queries.meters import get_meter, list_meters, list_stops
from ui.context import AppContext
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.meter_dialogs import EditMeterDialog, MeterDialog, RemoveMeterDialog
from ui.dialogs.meter_readings_dialog import MeterReadingsDialog
from ui.dialogs.small_form import SmallForm
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Space, Tone
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, PickField
from ui.widgets.place_field import PlaceField

_WIDTH, _ROWS = 980, 11
_ALL = ""


@dataclass(frozen=True, slots=True)
class MeterRow:
    """A meter with its last figure."""

    meter: Meter
    last: MeterReading | None

    @property
    def mark(self) -> Mark | None:
        """What is to be said of it: taken out, estimated, runs backwards, never read."""
        if self.meter.removed_on is not None:
            return Mark(_("Taken out {day}").format(day=self.meter.removed_on), Tone.NEUTRAL)
        if self.last is None or self.last.on_day == self.meter.installed_on:
            return Mark(_("Not read so far"), Tone.INFO)
        if self.last.kind in (ReadingKind.ESTIMATED, ReadingKind.REVERSED):
            return Mark(str(READING_LABELS[self.last.kind]), Tone.WARN)
        return None


class MetersDialog(ListDialog[MeterRow]):
    """Enter shows readings, Ctrl+N puts one in, F2 corrects, Ctrl+E exchanges, Del takes out."""

    def __init__(self, context: AppContext, parent: QWidget, *, unit_id: int | None = None) -> None:
        super().__init__(
            context, parent, _("Meters"), _columns(), lambda row: row.meter.id,
            width=_WIDTH, rows=_ROWS, details=1,
        )  # fmt: skip
        self.has_changed = False
        self._unit_id = unit_id
        theme = context.theme
        kinds = [Choice(one.value, str(word)) for one, word in METER_LABELS.items()]
        self.kind = PickField(theme, _("Meter"), [Choice(_ALL, _("All meters")), *kinds])
        self.place = PlaceField(theme, _("Where"))
        self.gone = CheckField(theme, _("Those taken out too"))
        self.kind.picked.connect(lambda _key: self.refill())
        self.place.picked.connect(lambda _key: self.refill())
        self.gone.clicked.connect(lambda _on: self.refill())
        choices = QHBoxLayout()
        choices.setSpacing(Space.S)
        for field in (self.kind, self.place, self.gone):
            choices.addWidget(field)
        choices.addStretch(1)
        self.body.insertLayout(1, choices)
        self.place.setVisible(unit_id is None)
        self.add_act(_("Readings"), self._on_readings, "Enter", kind=Kind.PRIMARY)
        self.add_act(_("New meter"), self._on_new, "Ctrl+N", icon="plus", needs_row=False)
        self._edit = self.add_act(_("Correct it"), self._on_edit, "F2")
        self._exchange = self.add_act(_("Another in its place"), self._on_exchange, "Ctrl+E")
        self._remove = self.add_act(_("Take the meter out"), self._on_remove, "Del")
        self.refill()
        self.table.setFocus()

    # -- what is listed

    def listed(self) -> Sequence[MeterRow]:
        """Return the meters that hang, in walking order; behind them those that were taken out."""
        kind = MeterKind(self.kind.value()) if self.kind.value() else None
        place = self.place.place()
        where = {"unit_id": self._unit_id, "community_id": place.community_id,
                 "building_id": place.building_id}  # fmt: skip
        today = self.context.now().date()
        stops = list_stops(today, kind=kind, **where)
        found = [MeterRow(stop.meter, stop.read or stop.last) for stop in stops]
        if self.gone.isChecked():
            gone = (
                one
                for one in list_meters(kind=kind, with_removed=True, **where)
                if one.removed_on is not None
            )
            found += [MeterRow(one, _last_of(one)) for one in gone]
        return found

    def hint_words(self, found: Sequence[MeterRow]) -> str:
        """Say how many there are; in an empty list what to do first."""
        if not found:
            return _("There is no such meter. Ctrl+N puts one in.")
        return ngettext("{count} meter", "{count} meters", len(found)).format(count=len(found))

    def detail_words(self, row: MeterRow) -> str:
        """Say what else is kept of a meter."""
        meter = row.meter
        facts = [
            meter.title,
            _("since {day}").format(day=meter.installed_on),
            _("{count} digits").format(count=meter.digits),
            meter.note,
        ]
        return " · ".join(filter(None, facts))

    def _on_current(self) -> None:
        super()._on_current()
        row = self.current()
        hangs = row is not None and row.meter.removed_on is None
        for button in (self._exchange, self._remove):
            button.setEnabled(hangs)

    # -- acts

    def _on_readings(self) -> None:
        row = self.current()
        if row is not None:
            dialog = MeterReadingsDialog(self.context, self, row.meter)
            dialog.ask()
            if dialog.has_changed:
                self._on_changed(row.meter.id)

    def _on_new(self) -> None:
        dialog = MeterDialog(self.context, self)
        if dialog.ask():
            words = _("The meter {meter} is in the register.")
            self._told(dialog, words)

    def _on_edit(self) -> None:
        self._with_meter(
            lambda meter: EditMeterDialog(self.context, self, meter),
            _("The meter {meter} is corrected."),
        )

    def _on_exchange(self) -> None:
        self._with_meter(
            lambda meter: MeterDialog(self.context, self, old=meter),
            _("The meter {meter} came in the place of the old one."),
        )

    def _on_remove(self) -> None:
        self._with_meter(
            lambda meter: RemoveMeterDialog(self.context, self, meter),
            _("The meter {meter} was taken out."),
        )

    def _with_meter(self, form: Callable[[Meter], SmallForm], words: str) -> None:
        """Open a form for the chosen meter as it stands now."""
        row = self.current()
        if row is None:
            return
        dialog = form(get_meter(row.meter.id))
        if dialog.ask():
            self._told(dialog, words)

    def _told(self, dialog: SmallForm, words: str) -> None:
        meter: Meter = dialog.stored
        self._on_changed(meter.id)
        self.toast.show_message(words.format(meter=meter.title))

    def _on_changed(self, meter_id: int) -> None:
        self.has_changed = True
        self.context.changes.fees_changed.emit()
        self.refill(meter_id)
        self.table.setFocus()


def _last_of(meter: Meter) -> MeterReading | None:
    if meter.removed_on is None or meter.last_milli is None:
        return None
    return MeterReading(meter.removed_on, meter.last_milli)


def _last(row: MeterRow) -> str:
    return figure_words(row.last.value_milli) if row.last else ""


def _multiplier(row: MeterRow) -> str:
    milli = row.meter.multiplier_milli
    return "" if milli == ONE_MILLI else f"× {figure_words(milli)}"


def _columns() -> Sequence[Column]:
    return (
        Column("where", _lazy("House"), lambda row: row.meter.where, width=120, least=90,
               is_strong=True),
        Column("kind", _lazy("Meter"), lambda row: str(METER_LABELS[row.meter.kind]),
               width=72, least=60),
        Column("number", _lazy("Meter no."), lambda row: row.meter.number, width=130, least=90),
        Column("place", _lazy("Place"), lambda row: row.meter.place, width=120, least=70,
               stretches=True, rank=1),
        Column("multiplier", _lazy("Multiplier"), _multiplier, width=80, least=60, rank=2,
               is_figure=True),
        Column("last", _lazy("Last reading"), _last, width=100, least=80, is_figure=True),
        Column("on", _lazy("Last read"),
               lambda row: f"{row.last.on_day:%Y-%m-%d}" if row.last else "",
               width=104, least=100, is_quiet=True),
        Column("state", _lazy("State"), lambda row: row.mark, CellKind.STATUS, width=150,
               least=110),
    )  # fmt: skip
