"""Write a pass for things that are carried out (放行条); the owner's word is asked of a tenant."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.gate_passes import GatePass, GatePassDraft
from propdesk.domain.moves import Move
from propdesk.i18n import _
from propdesk.services.gate_passes import write_gate_pass
from propdesk.services.queries.moves import list_staying
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink
from ui.widgets.fields import LineField, TextField
from ui.widgets.labels import Label
from ui.widgets.proposals import Proposals


class GatePassDialog(SmallForm):
    """The form of a pass; `move` is the one that it belongs to, where there is one."""

    def __init__(
        self, context: AppContext, parent: QWidget, unit: Unit, move: Move | None = None
    ) -> None:
        title = _("Gate pass: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Number it and show it"))
        theme = context.theme
        self._unit = unit
        self._move = move
        today = context.now().date()
        names = list(dict.fromkeys(one.name for one in list_staying(unit.id, today)))
        self.carrier = LineField(theme, _("Carrier"), longest=60)
        self.carrier.setCompleter(Proposals(names, self.carrier))
        self.phone = LineField(theme, _("Phone"), width=150, longest=30)
        self.items = TextField(theme, _("What is carried out"), lines=4, longest=4000)
        self.plate = LineField(theme, _("Plate"), width=150, longest=30)
        self.valid_on = day_field(context, _("Valid on"))
        self.hours = LineField(theme, _("Hours"), placeholder="08:00-18:00", width=150, longest=40)
        self.agreed = LineField(
            theme, _("Owner agreed"), placeholder=_("which owner, how and when; asked of tenants")
        )
        add = self.rows.add_row
        add("carrier", _("Carrier"), self.carrier)
        add("carrier_phone", _("Phone"), self.phone)
        add("items", _("What is carried out"), self.items)
        add("plate", _("Plate"), self.plate)
        hours = Label(theme, _("Hours"), ink=Ink.TEXT_3)
        add("valid_on", _("Valid on"), self.valid_on, hours, self.hours)
        add("confirmed_by", _("Owner agreed"), self.agreed)
        self.valid_on.show_words(today.isoformat())
        self.carrier.show_words(move.name if move else next(iter(names), ""))
        self.carrier.setFocus()
        self.carrier.selectAll()

    def act(self) -> GatePass:
        """Write the pass."""
        context = self.context
        draft = GatePassDraft(
            carrier=self.carrier.words(),
            items=self.items.words(),
            valid_on=read_day_of(self.valid_on, "valid_on", context.now().date()),
            hours=self.hours.words(),
            carrier_phone=self.phone.words(),
            plate=self.plate.words(),
            confirmed_by=self.agreed.words(),
            move_id=self._move.id if self._move else None,
        )
        return write_gate_pass(self._unit.id, draft, by=context.staff.id, now=context.now())
