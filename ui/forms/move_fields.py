"""The fields that a move and its settlement share: meters, amounts, where to, what is left open."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_day
from propdesk.domain.moves import METER_LABELS, Meter, Move, SettleDraft
from propdesk.domain.settlements import is_settled, refill_settlement
from propdesk.i18n import _
from propdesk.services.queries.fee_access import may_see_fees
from propdesk.services.queries.settlements import propose_settlement
from ui.context import AppContext
from ui.theme import Ink, Space
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import LineField, TextField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label
from ui.widgets.move_lines import SettlementLines

DAY_WIDTH = 130
_METER_WIDTH, _PHONE_WIDTH = 96, 150


def day_field(context: AppContext, name: str) -> LineField:
    """Return a field for a day, written like 2026-11-21, 11-21 or today."""
    return LineField(context.theme, name, placeholder="2026-11-21", width=DAY_WIDTH, longest=20)


def read_day_of(field: LineField, key: str, today: date) -> date | None:
    """Return the day in a field, None for an empty one. Raises DraftError."""
    if not field.words():
        return None
    try:
        return parse_day(field.words(), today)
    except RuleError as refusal:
        raise DraftError((Problem(key, str(refusal)),)) from refusal


class MeterFields(QWidget):
    """A reading of each meter, side by side."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self.fields: dict[Meter, LineField] = {}
        for meter, label in METER_LABELS.items():
            row.addWidget(Label(context.theme, str(label), ink=Ink.TEXT_3))
            field = LineField(context.theme, str(label), width=_METER_WIDTH, longest=20)
            row.addWidget(field)
            self.fields[meter] = field
        row.addStretch(1)
        self.setFocusProxy(self.fields[Meter.WATER])

    def readings(self) -> dict[Meter, str]:
        """Return the readings that were typed."""
        return {meter: field.words() for meter, field in self.fields.items() if field.words()}


class Figures(QWidget):
    """Buttons in a row, and below them what is said of the figures."""

    def __init__(self, acts: Sequence[Button], told: Label) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        for act in acts:
            row.addWidget(act)
        row.addStretch(1)
        column.addLayout(row)
        column.addWidget(told)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setFocusProxy(acts[0])


class SettlementFields:
    """Rows of a form: meters, items with their balance, when settled, where to, why open, note.

    The items come from the house's bills for those who may see fees; `figures` says what stands
    beside them, and takes money for what is open. Why somebody may leave with something open is
    asked only once it is open.
    """

    KEYS = ("settlement", "figures", "settled_on", "new_address", "open_reason")

    def __init__(self, context: AppContext, rows: FormRows, unit_id: int) -> None:
        theme = context.theme
        self._context = context
        self._rows = rows
        self._is_asked = True
        self._unit_id = unit_id
        self.sees_fees = may_see_fees(context.staff)
        self.meters = MeterFields(context)
        self.lines = SettlementLines(theme)
        self._balance = Label(theme, bold=True)
        self.settled_on = day_field(context, _("Settled on"))
        self.new_address = LineField(theme, _("New address"))
        self.new_phone = LineField(theme, _("New phone"), width=_PHONE_WIDTH, longest=30)
        self.open_reason = LineField(theme, _("Why all the same"), longest=200)
        self.note = TextField(theme, _("Note"), lines=2, longest=2000)
        add = rows.add_row
        add("meters", _("Meter readings"), self.meters)
        add("settlement", _("Settlement"), self.lines)
        add("balance", "", self._balance)
        self.refill = Button(theme, _("Fill from the bills"), kind=Kind.QUIET, shortcut="Ctrl+B")
        self.take = Button(theme, _("Take money"), kind=Kind.QUIET, shortcut="Ctrl+T")
        self._told = Label(theme, ink=Ink.TEXT_3, wrap=True)
        figures = Figures((self.refill, self.take), self._told)
        add("figures", "", figures)
        hint = Label(theme, _("empty while something is not paid"), ink=Ink.TEXT_3)
        add("settled_on", _("Settled on"), self.settled_on, note=hint)
        phone = Label(theme, _("New phone"), ink=Ink.TEXT_3)
        add("new_address", _("New address"), self.new_address, phone, self.new_phone)
        add("note", _("Note"), self.note)
        add("open_reason", _("Why all the same"), self.open_reason)
        rows.show_row("open_reason", is_shown=False)
        rows.show_row("balance", is_shown=False)
        rows.show_row("figures", is_shown=self.sees_fees)
        self.lines.changed.connect(self._show_balance)

    def fill(self, on_day: date, since: date) -> None:
        """Take items and readings from the house's figures; what else was typed stays.

        `since` is the first day whose payments count as made at this move.
        """
        if not self.sees_fees:
            return
        found = propose_settlement(self._unit_id, on_day, since)
        try:
            typed = self.lines.lines()
        except DraftError:
            typed = ()
        self.lines.refill(refill_settlement(typed, found.lines))
        for meter, reading in (found.meters or {}).items():
            self.meters.fields[meter].show_words(reading)
        notes = list(found.notes(on_day))
        if found.lines and is_settled(found.lines):
            notes.insert(0, _("All is paid and nothing is held: settled."))
            if not self.settled_on.words() and on_day <= self._context.now().date():
                self.settled_on.show_words(str(self._context.now().date()))
        self._told.show_text("\n".join(notes))
        self.take.setEnabled(found.has_open_bills)

    def show_move(self, move: Move) -> None:
        """Show what was stored of a settlement before."""
        for meter, reading in move.meters.items():
            self.meters.fields[meter].show_words(reading)
        self.lines.show_lines(move.settlement)
        self.settled_on.show_words(str(move.settled_on or ""))
        self.new_address.show_words(move.new_address)
        self.new_phone.show_words(move.new_phone)
        self.note.show_words(move.note)
        self.open_reason.show_words(move.open_reason)
        self._rows.show_row("open_reason", is_shown=bool(move.open_reason))
        self._show_balance()

    def show_balance(self, *, is_asked: bool) -> None:
        """Show the sums where the kind of move is settled at all."""
        self._is_asked = is_asked
        self._show_balance()

    def _show_balance(self) -> None:
        words = self.lines.balance_words() if self._is_asked else ""
        self._balance.show_text(words)
        self._rows.show_row("balance", is_shown=bool(words))

    def draft(self) -> SettleDraft:
        """Return what was typed. Raises DraftError."""
        today = self._context.now().date()
        return SettleDraft(
            settlement=self.lines.lines(),
            settled_on=read_day_of(self.settled_on, "settled_on", today),
            meters=self.meters.readings(),
            new_address=self.new_address.words(),
            new_phone=self.new_phone.words(),
            note=self.note.words(),
            open_reason=self.open_reason.words(),
        )

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Show problems under their fields; what is still open asks for its reason."""
        if any(one.field == "open_reason" for one in problems):
            self._rows.show_row("open_reason", is_shown=True)
        places = {"new_phone": "new_address"}
        self._rows.show_problems(
            Problem(places.get(one.field, one.field), one.text) for one in problems
        )
