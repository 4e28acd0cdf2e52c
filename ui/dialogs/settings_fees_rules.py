"""The rules of fees that hold here: value, who says so, verified or not, own ones (law.md 1.2).

They are stored as they are changed: each change is dated and keeps what held before.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QHBoxLayout, QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_rules import (
    MEANINGS,
    RULE_UNIT_LABELS,
    FeeRule,
    Rule,
    RuleUnit,
    source_words,
    value_words,
)
from propdesk.i18n import _, _lazy, ngettext
from propdesk.services.fee_rules import reset_rule, set_place, set_rule
from propdesk.services.queries.fee_rules import list_places, list_rules, office_place
from ui.context import AppContext
from ui.dialogs.list_dialog import ListDialog
from ui.dialogs.small_form import SmallForm
from ui.forms.move_fields import day_field, read_day_of
from ui.forms.place_choices import COUNTRY, place_choices
from ui.tables.columns import CellKind, Column, Mark
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.labels import Label

_WIDTH, _ROWS, _SHORT = 1080, 13, 130


@dataclass(frozen=True, slots=True)
class _Line:
    """A row that holds, and the name of the place that it is of."""

    row: FeeRule
    place: str


class FeeRulesDialog(ListDialog[_Line]):
    """Enter says the office's own value, Ctrl+R goes back; above stands the office's place."""

    def __init__(self, context: AppContext, parent: QWidget) -> None:
        self._places = list_places()
        super().__init__(
            context,
            parent,
            _("Rules of fees"),
            _columns(),
            lambda line: line.row.rule.value,
            width=_WIDTH,
            rows=_ROWS,
        )
        theme = context.theme
        self.place = PickField(theme, _("Place of the office"), place_choices(self._places))
        self.place.setFixedWidth(theme.px(220))
        chosen = office_place()
        self.place.choose(chosen.code if chosen else COUNTRY)
        self.place.picked.connect(self._on_place)
        row = QHBoxLayout()
        row.setSpacing(Space.S)
        row.addWidget(Label(theme, _("Place of the office"), ink=Ink.TEXT_3))
        row.addWidget(self.place)
        words = _("Where its own rules differ they hold; the others are the country's.")
        row.addWidget(Label(theme, words, ink=Ink.TEXT_3, elide=True), 1)
        self.body.insertLayout(1, row)
        self.add_act(_("Own value"), self._on_own, "Enter", icon="pencil", kind=Kind.TONAL)
        self.add_act(_("Back to the program's"), self._on_reset, "Ctrl+R", icon="repeat-2")
        self.refill()
        self.table.setFocus()

    def listed(self) -> Sequence[_Line]:
        """Return the row of each rule that holds here today: own ones, the place's, the rest."""
        names = {place.code: place.name for place in self._places}
        own, country = _("our own"), _("whole country")
        found = list_rules(self.context.now().date())
        return [
            _Line(row, own if row.id else names.get(row.place, country))
            for row in sorted(found, key=lambda row: (not row.id, not row.place))
        ]

    def hint_words(self, found: Sequence[_Line]) -> str:
        """Say how many rows nobody has compared with the text of the law."""
        open_ = sum(not line.row.is_verified for line in found)
        words = ngettext(
            "{count} row is to be verified: compare it with the text before a letter quotes it.",
            "{count} rows are to be verified: compare them with the text before a letter quotes "
            "them.",
            open_,
        )
        return words.format(count=open_)

    def detail_words(self, row: _Line) -> str:
        """Say the rest of the row."""
        rule = row.row
        said = [rule.note] if rule.note else []
        if rule.as_of:
            said.append(_("text as of {day}").format(day=rule.as_of))
        if rule.from_on is not None:
            said.append(_("in force from {day}").format(day=rule.from_on))
        return " · ".join(said)

    # -- acts

    def _on_place(self, code: str) -> None:
        """Choose the office's place; it holds at once."""
        name = next((place.name for place in self._places if place.code == code), "")
        if self.context.attempt(
            self,
            _("This was not done"),
            lambda: set_place(name, by=self.context.staff.id),
        ):
            self.context.changes.fees_changed.emit()
        self.refill()

    def _on_own(self) -> None:
        line = self.current()
        if line is None:
            return
        dialog = FeeRuleDialog(self.context, self, line)
        dialog.ask()
        self._come_back(dialog.stored)

    def _on_reset(self) -> None:
        line, context = self.current(), self.context
        if line is None or not line.row.id:
            return
        stored: list[FeeRule] = []
        if context.attempt(
            self,
            _("This was not done"),
            lambda: stored.append(
                reset_rule(line.row.rule.value, by=context.staff.id, now=context.now())
            ),
        ):
            self._come_back(stored[0])

    def _come_back(self, stored: FeeRule | None) -> None:
        self.refill()
        if stored is not None:
            self.context.changes.fees_changed.emit()
            words = _("{rule}: {value}")
            said = words.format(rule=MEANINGS[stored.rule].label, value=value_words(stored))
            self.toast.show_message(said)
        self.table.setFocus()


class FeeRuleDialog(SmallForm):
    """The office's own value of a rule, with who says so."""

    def __init__(self, context: AppContext, parent: QWidget, line: _Line) -> None:
        rule = line.row.rule
        self._rule = rule
        super().__init__(context, parent, str(MEANINGS[rule].label), _("Save"), width=600)
        theme = context.theme
        words = _("Now: {value} ({source}, {place})")
        self.body.insertWidget(
            1,
            Label(
                theme,
                words.format(
                    value=value_words(line.row), source=source_words(line.row), place=line.place
                ),
                ink=Ink.TEXT_2,
                wrap=True,
            ),
        )
        self.value = self._value_field(line.row)
        self.from_on = day_field(context, _("Holds from"))
        self.from_on.show_words(str(context.now().date()))
        self.source = LineField(theme, _("Why, or which text says so"))
        self.verified = CheckField(theme, _("I compared it with the text"))
        add = self.rows.add_row
        add("value", _("Own value"), self.value, note=_unit_label(context, rule))
        add("from", _("Holds from"), self.from_on)
        add("source", _("Reason"), self.source)
        add("verified", "", self.verified)
        self.value.setFocus()
        if isinstance(self.value, LineField):
            self.value.selectAll()

    def _value_field(self, row: FeeRule) -> LineField | PickField:
        """Return a list where the value is one of some words, else a line."""
        meaning = MEANINGS[row.rule]
        if meaning.words is not None:
            choices = [Choice(key, str(word)) for key, word in meaning.words.items()]
            pick = PickField(self.context.theme, _("Own value"), choices)
            if row.value in meaning.words:
                pick.choose(row.value)
            return pick
        field = LineField(self.context.theme, _("Own value"), width=_SHORT, longest=12)
        is_rate = meaning.unit is RuleUnit.BASIS_POINTS
        field.show_words(f"{row.number / 100:.2f}" if is_rate else row.value)
        return field

    def act(self) -> FeeRule:
        """Store it. A value of one's own needs its reason."""
        value = self.value.value() if isinstance(self.value, PickField) else self.value.words()
        if not self.source.words():
            text = _("Say why, or which text says so: letters name the source.")
            raise DraftError((Problem("source", text),))
        try:
            return set_rule(
                self._rule.value,
                value,
                by=self.context.staff.id,
                now=self.context.now(),
                from_on=read_day_of(self.from_on, "from", self.context.now().date()),
                source=self.source.words(),
                is_verified=self.verified.isChecked(),
            )
        except DraftError:
            raise
        except RuleError as refusal:
            raise DraftError((Problem("value", str(refusal)),)) from refusal


def _unit_label(context: AppContext, rule: Rule) -> Label | None:
    meaning = MEANINGS[rule]
    if meaning.words is not None:
        return None
    return Label(context.theme, str(RULE_UNIT_LABELS[meaning.unit]), ink=Ink.TEXT_3)


def _columns() -> tuple[Column, ...]:
    return (
        Column("rule", _lazy("Rule"), lambda line: str(MEANINGS[line.row.rule].label), width=380,
               least=300, is_strong=True),
        Column("value", _lazy("What holds"), lambda line: value_words(line.row), width=170),
        Column("source", _lazy("Who says so"), lambda line: source_words(line.row), width=180,
               stretches=True, is_quiet=True),
        Column("place", _lazy("Place"), lambda line: line.place, width=84),
        Column("state", _lazy("State"), _state, CellKind.STATUS, width=100),
    )  # fmt: skip


def _state(line: _Line) -> Mark:
    if line.row.is_verified:
        return Mark(_("verified"), Tone.OK)
    return Mark(_("to be verified"), Tone.WARN)
