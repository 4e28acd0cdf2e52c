"""Meters of a house (表与读数): what they showed, what was used, whether that was usual."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from propdesk.domain.meters import METER_LABELS, figure_words
from propdesk.domain.money import quantity_words
from propdesk.i18n import _, _lazy
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.meter_readings import ReadingLine, list_unit_readings
from propdesk.services.queries.meters import list_meters
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.meter_dialogs import MeterDialog, VoidReadingDialog
from ui.dialogs.meter_readings_dialog import MeterReadingsDialog, state_mark, used_words
from ui.dialogs.meters_dialog import MetersDialog
from ui.dialogs.readings_dialog import ReadingsDialog
from ui.pages.house_part import HousePart, PartHead, inset
from ui.tables.columns import CellKind, Column
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label, LinkButton
from ui.widgets.plots.trend import Trend, TrendPoint

_SHOWN = 12


def trend_points(readings: Sequence[ReadingLine]) -> list[TrendPoint]:
    """Return the use of the last readings by their months, the oldest first."""
    return [
        TrendPoint(
            f"{one.reading.on_day:%m}", one.used_milli / 1000, quantity_words(one.used_milli)
        )
        for one in reversed(readings[:_SHOWN])
        if one.used_milli is not None and one.days
    ]


def _columns() -> Sequence[Column]:
    return (
        Column("on", _lazy("Read on"), lambda line: f"{line.reading.on_day:%Y-%m-%d}",
               width=104, least=100),
        Column("kind", _lazy("Meter"), lambda line: str(METER_LABELS[line.meter.kind]),
               width=72, least=60),
        Column("number", _lazy("Meter no."), lambda line: line.meter.number,
               width=120, least=80, rank=2),
        Column("value", _lazy("Figure"), lambda line: figure_words(line.reading.value_milli),
               width=90, least=70, is_strong=True, is_figure=True),
        Column("used", _lazy("Usage"), used_words, width=80, least=64, is_figure=True),
        Column("state", _lazy("State"), state_mark, CellKind.STATUS, width=120, least=96),
        Column("photos", _lazy("Photos"), lambda line: line.photos or None, CellKind.COUNT,
               width=56, least=48, rank=2),
        Column("note", _lazy("Note"), lambda line: line.note or line.void_reason,
               width=120, least=60, stretches=True, rank=1),
        Column("by", _lazy("Entered by"), lambda line: line.by, width=80, least=60, rank=3),
    )  # fmt: skip


class HouseMeters(HousePart):
    """Ins enters readings, Enter shows one and its photos, Del voids it, Ctrl+M puts a meter in."""

    title = _lazy("Meters")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self._lines: Sequence[ReadingLine] = ()
        theme = context.theme
        read = Button(theme, _("Enter readings"), kind=Kind.QUIET, icon="plus", shortcut="Ins")
        read.clicked.connect(self._on_read)
        self._void = Button(theme, _("Void it"), kind=Kind.QUIET, hint="Del")
        self._void.clicked.connect(self._on_void)
        meter = Button(theme, _("New meter"), kind=Kind.QUIET, shortcut="Ctrl+M")
        meter.clicked.connect(self._on_meter)
        self._all = LinkButton(theme, _("Correct or take out a meter"))
        self._all.followed.connect(self._on_meters)
        self._read, self._meter = read, meter
        self._facts = Label(theme, ink=Ink.TEXT_2, wrap=True)
        self.table = RecordTable(
            theme,
            _("Readings of the house"),
            _columns(),
            lambda line: line.id,
            memory=ScopedMemory(context.memory, "residents/readings"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.left.connect(self.left)
        self.table.opened.connect(self._on_opened)
        self.table.current_changed.connect(lambda _line: self._on_current())
        key = QShortcut(QKeySequence("Del"), self.table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_void)
        self.trend = Trend(theme, _("Usage of the last readings"))
        self.trend.setFixedHeight(theme.px(84))
        self._none = Label(theme, ink=Ink.TEXT_3, wrap=True)
        title = Label(theme, _("Meters and readings"), bold=True)
        self.body.addWidget(PartHead(title, (read, self._void, meter)))
        facts = inset()
        facts.addWidget(self._facts, 1)
        facts.addWidget(self._all)
        self.body.addLayout(facts)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(inset(self.trend))
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def count(self) -> int | None:
        """Return how many meters hang here."""
        if self.unit is None or not may_see_fees(self.context.staff):
            return None
        return len(list_meters(unit_id=self.unit.id))

    def show_unit(self, unit: Unit | None) -> None:
        """Show the meters of a house and their readings."""
        self.take(unit)
        sees = may_see_fees(self.context.staff)
        lines = list_unit_readings(unit.id, with_voided=True) if unit and sees else ()
        self._lines = lines
        self.table.show_rows(lines)
        self.table.setVisible(bool(lines))
        self._facts.show_text(self._facts_of(unit) if unit and sees else "")
        none = _("No reading so far. Ctrl+M puts in a meter, Ins enters readings.")
        hidden = _("Guards and workers see no fees (Regulations on security services 26, 30).")
        self._none.show_text(none if sees else hidden)
        self._none.setVisible(not lines)
        for button in (self._read, self._meter):
            button.setEnabled(sees)
        self._all.setVisible(bool(self._facts.text()))
        self._on_current()

    def _facts_of(self, unit: Unit) -> str:
        """Return a line for each meter: kind, number, where, since when."""
        facts = []
        for meter in list_meters(unit_id=unit.id):
            words = (str(METER_LABELS[meter.kind]), meter.number, meter.place,
                     _("since {day}").format(day=meter.installed_on))  # fmt: skip
            facts.append(" ".join(filter(None, words)))
        return "\n".join(facts)

    def enter(self) -> bool:
        """Put the keyboard on the readings, else on the first act."""
        if self.table.is_empty():
            return super().enter()
        self.table.setFocus()
        return True

    def _chosen(self) -> ReadingLine | None:
        line = self.table.current_row()
        return line if isinstance(line, ReadingLine) and line.voided_at is None else None

    def _on_current(self) -> None:
        """Show how the use of the chosen meter went, and what may be done."""
        line = self.table.current_row()
        own = [
            one
            for one in self._lines
            if line is not None and one.meter.id == line.meter.id and one.voided_at is None
        ]
        points = trend_points(own)
        self.trend.show_points(points)
        self.trend.setVisible(len(points) > 1)
        self._show_acts()

    def _show_acts(self) -> None:
        self._void.setEnabled(self._chosen() is not None)

    def _on_read(self) -> None:
        if self.unit is None:
            return
        dialog = ReadingsDialog(self.context, self, unit_id=self.unit.id)
        dialog.ask()
        if dialog.stored_words:
            self.stored.emit(dialog.stored_words)
            self.context.changes.fees_changed.emit()

    def _on_opened(self, line: ReadingLine) -> None:
        """Show the readings of the meter, with the photos of this one."""
        dialog = MeterReadingsDialog(self.context, self, line.meter, line.id)
        dialog.ask()
        if dialog.has_changed:
            self.context.changes.fees_changed.emit()
            self.show_unit(self.unit)

    def _on_meters(self) -> None:
        """Show the meters of the house: to be corrected or taken out, and those that are gone."""
        if self.unit is not None:
            dialog = MetersDialog(self.context, self, unit_id=self.unit.id)
            dialog.ask()
            if dialog.has_changed:
                self.show_unit(self.unit)

    def _on_void(self) -> None:
        line = self._chosen()
        if line is None:
            return
        dialog = VoidReadingDialog(self.context, self, line)
        if dialog.ask():
            self.stored.emit(_("The reading of {day} is voided.").format(day=line.reading.on_day))
            self.context.changes.fees_changed.emit()

    def _on_meter(self) -> None:
        if self.unit is None:
            return
        dialog = MeterDialog(self.context, self, self.unit)
        if dialog.ask():
            self.stored.emit(
                _("The meter {meter} is in the register.").format(meter=dialog.stored.title)
            )
