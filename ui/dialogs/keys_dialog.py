"""Keys and cards of a house: hand them out, note their return or loss (R83)."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.moves import Staying
from propdesk.domain.texts import fold
from propdesk.domain.unit_keys import KEY_LABELS, KeyDraft, KeyKind, KeyOutcome, UnitKey, lost_hint
from propdesk.i18n import _
from propdesk.services.queries.moves import list_staying
from propdesk.services.queries.units import Unit
from propdesk.services.unit_keys import end_key, give_key
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.labels import Label
from ui.widgets.proposals import Proposals

_SHORT = 90


def _number(field: LineField, key: str) -> int:
    if not field.words().isdecimal() or not field.words().isascii():
        raise DraftError((Problem(key, _("Write a number.")),))
    return int(field.words()[:6])


def _money(field: LineField, key: str) -> int:
    try:
        return parse_money(field.words() or "0")
    except RuleError as refusal:
        raise DraftError((Problem(key, str(refusal)),)) from refusal


class GiveKeyDialog(SmallForm):
    """Hand out keys, or keep an owner's; people of the house are proposed as holders."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Hand out keys or cards: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Hand out"))
        theme = context.theme
        self._unit = unit
        self._people: tuple[Staying, ...] = list_staying(unit.id, context.now().date())
        kinds = [Choice(kind.value, str(word)) for kind, word in KEY_LABELS.items()]
        self.kind = PickField(theme, _("Kind"), kinds)
        self.count = LineField(theme, _("How many"), width=_SHORT, longest=4)
        self.label = LineField(theme, _("Number on it"), longest=60)
        self.holder = LineField(theme, _("Who takes them"), longest=60)
        self.holder.setCompleter(Proposals([one.name for one in self._people], self.holder))
        self.with_office = CheckField(theme, _("The office keeps them for the owner"))
        self.deposit = LineField(theme, _("Deposit"), width=_SHORT, longest=20)
        self.from_on = day_field(context, _("Day"))
        self.note = LineField(theme, _("Note"))
        add = self.rows.add_row
        add("kind", _("Kind"), self.kind)
        add("count", _("How many"), self.count)
        add("label", _("Number on it"), self.label)
        add("holder", _("Who takes them"), self.holder)
        add("with_office", "", self.with_office)
        add("deposit", _("Deposit"), self.deposit, note=Label(theme, _("yuan"), ink=Ink.TEXT_3))
        add("from_on", _("Day"), self.from_on)
        add("note", _("Note"), self.note)
        self.count.show_words("1")
        self.from_on.show_words(context.now().date().isoformat())
        if self._people:
            self.holder.show_words(self._people[0].name)
        self.kind.setFocus()

    def act(self) -> UnitKey:
        """Hand them out; a name of exactly one person of the house is that person."""
        name = self.holder.words()
        same = {one.person_id for one in self._people if fold(one.name) == fold(name)}
        draft = KeyDraft(
            kind=KeyKind(self.kind.value()),
            count=_number(self.count, "count"),
            holder=name,
            person_id=same.pop() if len(same) == 1 else None,
            label=self.label.words(),
            deposit_fen=_money(self.deposit, "deposit"),
            from_on=read_day_of(self.from_on, "from_on", self.context.now().date()),
            with_office=self.with_office.isChecked(),
            note=self.note.words(),
        )
        context = self.context
        return give_key(self._unit.id, draft, by=context.staff.id, now=context.now())


class EndKeyDialog(SmallForm):
    """Keys came back, were lost or cancelled: how many, when, and what of the deposit goes back."""

    def __init__(
        self, context: AppContext, parent: QWidget, key: UnitKey, outcome: KeyOutcome
    ) -> None:
        titles = {
            KeyOutcome.RETURNED: _("Keys came back: {what}"),
            KeyOutcome.LOST: _("Keys lost: {what}"),
            KeyOutcome.CANCELLED: _("Card cancelled: {what}"),
        }
        super().__init__(context, parent, titles[outcome].format(what=key.words), _("Save"))
        self._key = key
        self._outcome = outcome
        theme = context.theme
        if outcome is KeyOutcome.LOST:
            self.body.insertWidget(1, Label(theme, lost_hint(key.kind), ink=Ink.TEXT_2, wrap=True))
        self.count = LineField(theme, _("How many"), width=_SHORT, longest=4)
        self.on = day_field(context, _("Day"))
        self.back = LineField(theme, _("Deposit back"), width=_SHORT, longest=20)
        self.note = LineField(theme, _("Note"))
        held = _("{holder} holds {count}, deposit {amount}").format(
            holder=key.holder, count=key.count, amount=money_words(key.deposit_fen)
        )
        add = self.rows.add_row
        add("count", _("How many"), self.count, note=Label(theme, held, ink=Ink.TEXT_3))
        add("on", _("Day"), self.on)
        add("deposit", _("Deposit back"), self.back)
        add("note", _("Note"), self.note)
        self.count.show_words(str(key.count))
        self.on.show_words(context.now().date().isoformat())
        whole = key.deposit_fen if outcome is KeyOutcome.RETURNED else 0
        self.back.show_words(money_words(whole))
        self.rows.show_row("deposit", is_shown=bool(key.deposit_fen))
        self.count.setFocus()
        self.count.selectAll()

    def act(self) -> UnitKey:
        """Store it."""
        rows = {"key-count": "count", "key-day": "on", "key-deposit": "deposit"}
        context = self.context
        try:
            return end_key(
                self._key.id,
                self._outcome,
                version=self._key.version,
                by=context.staff.id,
                now=context.now(),
                count=_number(self.count, "count"),
                on=read_day_of(self.on, "on", context.now().date()),
                back_fen=_money(self.back, "deposit"),
                note=self.note.words(),
            )
        except DraftError:
            raise
        except RuleError as refusal:
            if refusal.code not in rows:
                raise
            raise DraftError((Problem(rows[refusal.code], str(refusal)),)) from refusal
