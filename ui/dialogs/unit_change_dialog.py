"""One thing of a house is other from a day on: its state, area, use, layout, contract or number.

Three keys set a state: F6, the digit of the state, Enter.
"""

from collections.abc import Mapping

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.unit_changes import (
    UNIT_FIELD_LABELS,
    ChangeDraft,
    UnitChange,
    UnitField,
    typed_value,
    value_words,
)
from propdesk.domain.unit_drafts import UnitDraft, read_new_unit
from propdesk.domain.units import UnitState, UnitUsage, require_address
from propdesk.i18n import _
from propdesk.services.queries.unit_changes import get_span
from propdesk.services.queries.units import Unit
from propdesk.services.units import correct_change, enter_change, rename_unit
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.unit_words import span_words
from ui.widgets.buttons import Kind
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows

_CHOICES: Mapping[UnitField, type[UnitState] | type[UnitUsage]] = {
    UnitField.STATE: UnitState,
    UnitField.USAGE: UnitUsage,
}


def ask_change(
    context: AppContext,
    parent: QWidget,
    unit: Unit,
    field: UnitField = UnitField.STATE,
    line: UnitChange | None = None,
) -> str:
    """Ask what is other from when, or say a line anew; return the words for the toast, or ''."""
    dialog = UnitChangeDialog(context, parent, unit, field, line)
    dialog.ask()
    return dialog.told


class UnitChangeDialog(Dialog):
    """A value, the day from which it holds, and a note. `told` says afterwards what was stored."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        unit: Unit,
        field: UnitField,
        line: UnitChange | None,
    ) -> None:
        title = _("{house}: {what}").format(house=unit.short, what=UNIT_FIELD_LABELS[field])
        super().__init__(context.theme, parent, title, width=900)
        self.told = ""
        self._context = context
        self._unit = unit
        self._field = field
        self._line = line
        theme, label = context.theme, str(UNIT_FIELD_LABELS[field])
        present = (unit.dated() | {UnitField.NUMBER: unit.short})[field] if not line else line.value
        self.rows = FormRows(theme)
        self._chips: Chips | None = None
        self._value = LineField(theme, label, longest=200)
        if field in _CHOICES:
            self._chips = Chips(theme, label, self._choices())
            self._chips.choose(present)
            self.rows.add_row("value", label, self._chips)
        else:
            self._value.show_words(typed_value(field, present))
            self.rows.add_row("value", label, self._value)
        today = context.now().date().isoformat()
        self._from = LineField(theme, _("From when"), width=130, longest=20)
        self._from.show_words(str(line.from_on) if line and line.from_on else today)
        self._note = LineField(theme, _("Note"), longest=200, is_last=True)
        self._note.show_words(line.note if line else "")
        self._note.finished.connect(lambda: self.choose("save"))
        is_first = line is not None and line.is_first
        if field is UnitField.NUMBER:
            words = _("It is found under the new number alone; papers that were printed keep it.")
            self.add_sentence(words, is_quiet=True)
        elif is_first:
            words = _("This is what it was before the first change, as long as is known.")
            self.add_sentence(words, is_quiet=True)
        self.body.addWidget(self.rows)
        if field is not UnitField.NUMBER:
            self.rows.add_row("from_on", _("From when"), self._from)
            self.rows.show_row("from_on", is_shown=not is_first)
            self.rows.add_row("note", _("Note"), self._note)
        self.add_verb("cancel", _("Cancel"))
        save = self.add_verb("save", _("Save"), kind=Kind.PRIMARY, is_default=True)
        save.set_shortcut("Ctrl+S")
        if self._chips is not None:
            self._chips.setFocus()
        else:
            self._value.setFocus()
            self._value.selectAll()

    def _choices(self) -> list[Choice]:
        """Return the words with a digit each; 0 is not known."""
        words = [
            Choice(one.value, value_words(self._field, one, self._unit.kind), hotkey=str(place))
            for place, one in enumerate(_CHOICES[self._field], 1)
        ]
        return [*words, Choice("", _("Not known"), hotkey="0")]

    def choose(self, key: str) -> None:
        """Store before the dialog closes; what is not right yet is said under its field."""
        if key == "save" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        try:
            self._store()
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self.rows.show_problems((Problem("", str(refusal)),))
        else:
            return True
        return False

    def _store(self) -> None:
        by, now = self._context.staff.id, self._context.now()
        if self._field is UnitField.NUMBER:
            self.told = self._rename()
            return
        value = self._chips.chosen() if self._chips is not None else self._value.words()
        draft = ChangeDraft(self._field, value, self._from.words(), self._note.words())
        if self._line is None:
            stored = enter_change(self._unit.id, draft, by=by, now=now)
        else:
            stored = correct_change(self._line.id, draft, by=by, now=now)
        self.told = _("{house}: {what}").format(
            house=self._unit.short, what=span_words(get_span(stored), self._unit.kind)
        )

    def _rename(self) -> str:
        before = self._unit
        address = require_address(self._value.words())
        draft = UnitDraft(
            community=before.community, building=address.building, entrance=address.entrance,
            number=address.unit, kind=address.kind,
        )  # fmt: skip
        address, _facts = read_new_unit(draft)
        by, now = self._context.staff.id, self._context.now()
        renamed = rename_unit(before.id, address, by=by, now=now)
        return _("House {before} is {house} now").format(before=before.short, house=renamed.short)
