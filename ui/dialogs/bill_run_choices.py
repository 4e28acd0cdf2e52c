"""What a bill run bills: its months, where, which items. The usual answers stand there already."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from propdesk.domain.bill_runs import RunOrder, cycle_months, proposed_period
from propdesk.domain.fee_items import FeeItem
from propdesk.i18n import _
from propdesk.services.queries.bill_runs import last_run
from propdesk.services.queries.fee_items import list_items
from ui.context import AppContext
from ui.tables.memory import ScopedMemory
from ui.theme import Ink
from ui.widgets.fields import CheckField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label
from ui.widgets.period_field import PeriodField
from ui.widgets.place_field import PlaceField

_PER_ROW, _PLACE = 5, 220
_LEFT_OUT = "left-out"


class RunChoices(FormRows):
    """Proposed are the period after the last run and the items of the last time.

    `changed` comes when the clerk has chosen otherwise.
    """

    changed = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__(context.theme)
        theme = context.theme
        self._memory = ScopedMemory(context.memory, "fees/run")
        self.items = list_items(active_only=True)
        self.ticks: dict[str, CheckField] = {}
        self.period = PeriodField(theme, self._proposed(context.now().date()))
        self.place = PlaceField(theme, _("Where"))
        self.place.setFixedWidth(theme.px(_PLACE))
        self.place.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        ticks = QWidget()
        self._ticks = QGridLayout(ticks)
        self._ticks.setContentsMargins(0, 0, 0, 0)
        self._ticks.setVerticalSpacing(0)
        self._ticks.setColumnStretch(_PER_ROW, 1)
        where = Label(theme, _("Where"), ink=Ink.TEXT_3)
        self.add_row("period", _("Charged for"), self.period, where, self.place)
        self.add_row("items", _("Fee items"), ticks)
        self.period.period_changed.connect(self.changed)
        self.place.picked.connect(lambda _key: self.changed.emit())
        self._offer()

    def order(self) -> RunOrder:
        """Return what is to be billed; without items there is nothing to count."""
        where = self.place.place()
        return RunOrder(
            *self.period.period(),
            community_id=where.community_id,
            building_id=where.building_id,
            items=tuple(code for code, tick in self.ticks.items() if tick.isChecked()),
        )

    def refill(self) -> None:
        """Offer the items that are charged now, where some were switched on or off."""
        present = list_items(active_only=True)
        if [item.code for item in present] != list(self.ticks):
            self.items = present
            self._offer()

    def _proposed(self, today: date) -> tuple[date, date]:
        last = last_run([item.code for item in self.items])
        return proposed_period(last, cycle_months(self.items), today)

    def _offer(self) -> None:
        """Show a tick for each item; what is remembered is what is not billed.

        So a new item is billed until somebody leaves it out.
        """
        for tick in self.ticks.values():
            tick.hide()
            tick.deleteLater()
        left_out = set(self._memory.recall(_LEFT_OUT).split())
        self.ticks = {item.code: self._tick(item, left_out) for item in self.items}
        for place, tick in enumerate(self.ticks.values()):
            self._ticks.addWidget(tick, place // _PER_ROW, place % _PER_ROW)
            tick.show()
        self.show_row("items", is_shown=bool(self.ticks))

    def _tick(self, item: FeeItem, left_out: set[str]) -> CheckField:
        tick = CheckField(self._theme, item.name)
        tick.setChecked(item.code not in left_out)
        tick.toggled.connect(self._on_ticked)
        return tick

    def _on_ticked(self) -> None:
        left = [code for code, tick in self.ticks.items() if not tick.isChecked()]
        self._memory.remember(_LEFT_OUT, " ".join(left))
        self.changed.emit()
