"""One item of fees: what it is called, how it is reckoned, billed and rounded."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_item_drafts import MONTHS, ItemDraft, draft_of
from propdesk.domain.fee_items import (
    CHARGES_LABELS,
    FORMULA_LABELS,
    INCOME_LABELS,
    PARTIAL_LABELS,
    ROUNDING_LABELS,
    Charges,
    FeeItem,
    Formula,
    Income,
    Partial,
    Rounding,
)
from propdesk.domain.meters import METER_LABELS, MeterKind
from propdesk.domain.units import UNIT_KIND_LABELS, UnitKind
from propdesk.i18n import _, ngettext
from propdesk.services.fee_items import StoredItem, add_item, change_item
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField
from ui.widgets.labels import Label

_SHORT, _WIDTH = 110, 640
_NO_METER = ""
_METERED = (Formula.METER, Formula.SHARED)
_MOST_LATER = 12
_OF_ROW = {"billed": "line", "meter": "formula", "rounding": "partial"}


def _months(theme_word: str, count: int) -> Choice:
    words = ngettext("{count} month", "{count} months", count).format(count=count)
    return Choice(str(count), theme_word.format(months=words))


class FeeItemDialog(SmallForm):
    """Add an item or change one; `stored` is the item with what is doubtful about it."""

    def __init__(self, context: AppContext, parent: QWidget, item: FeeItem | None) -> None:
        title = _("Add an item") if item is None else _("Edit an item")
        super().__init__(context, parent, title, _("Save"), width=_WIDTH)
        self._item = item
        self._make_fields()
        self._add_rows()
        draft = ItemDraft("", "", Formula.AREA) if item is None else draft_of(item)
        self._fill(draft)
        self.formula.picked.connect(lambda _key: self._on_formula())
        self._on_formula()
        self.name.setFocus()

    def _make_fields(self) -> None:
        theme = self.context.theme

        def pick(name: str, labels: object) -> PickField:
            words = dict(labels)  # type: ignore[call-overload] # a table of labels
            return PickField(theme, name, [Choice(one.value, str(words[one])) for one in words])

        self.name = LineField(theme, _("Fee item"), longest=40)
        self.code = LineField(theme, _("Item code"), width=_SHORT, longest=20)
        self.formula = pick(_("How it is reckoned"), FORMULA_LABELS)
        self.meter = PickField(
            theme,
            _("Meter"),
            [
                Choice(_NO_METER, _("no meter")),
                *(Choice(one.value, str(word)) for one, word in METER_LABELS.items()),
            ],
        )
        incomes = {one: word for one, word in INCOME_LABELS.items() if one is not Income.LATE_FEE}
        self.income = pick(_("Whose money"), incomes)
        self.charges = pick(_("Who pays"), CHARGES_LABELS)
        self.kinds = {kind: CheckField(theme, str(word)) for kind, word in UNIT_KIND_LABELS.items()}
        self.line = PickField(
            theme, _("A line of a bill"), [_months(_("a line for {months}"), one) for one in MONTHS]
        )
        self.billed = PickField(
            theme, _("Billed at once"), [_months(_("{months} at once"), one) for one in MONTHS]
        )
        self.due_day = LineField(theme, _("Due day"), width=60, longest=2)
        self.due_month = PickField(theme, _("Due month"), list(map(_later, _laters())))
        self.partial = pick(_("Part of a month"), PARTIAL_LABELS)
        self.rounding = pick(_("Rounding"), ROUNDING_LABELS)
        self.note = LineField(theme, _("Note"))
        self.active = CheckField(theme, _("is charged"))

    def _add_rows(self) -> None:
        theme, add = self.context.theme, self.rows.add_row
        add("name", _("Fee item"), self.name)
        hint = Label(theme, _("stands in workbooks, for example wy"), ink=Ink.TEXT_3)
        add("code", _("Item code"), self.code, note=hint)
        add("formula", _("Reckoned"), self.formula, self.meter)
        add("income", _("Whose money"), self.income)
        add("charges", _("Who pays"), self.charges)
        first, *others = self.kinds.values()
        add("kinds", _("Only kinds"), first, *others)
        add("line", _("How often"), self.line, self.billed)
        on = Label(theme, _("31 is the last day"), ink=Ink.TEXT_3)
        add("due", _("Due day"), self.due_day, on, self.due_month)
        add("partial", _("Part of a month"), self.partial, self.rounding)
        add("note", _("Note"), self.note)
        add("active", "", self.active)

    def _fill(self, draft: ItemDraft) -> None:
        self.name.show_words(draft.name)
        self.code.show_words(draft.code)
        self.formula.choose(draft.formula.value)
        self.meter.choose(draft.meter_kind.value if draft.meter_kind else _NO_METER)
        self.income.choose(draft.income.value)
        self.charges.choose(draft.charges.value)
        for kind, tick in self.kinds.items():
            tick.setChecked(kind in draft.unit_kinds)
        self.line.choose(str(draft.line_months))
        self.billed.choose(str(draft.billed_months))
        self.due_day.show_words(str(draft.due_day))
        self.due_month.choose(str(draft.due_month))
        self.partial.choose(draft.partial.value)
        self.rounding.choose(draft.rounding.value)
        self.note.show_words(draft.note)
        self.active.setChecked(draft.is_active)

    def _on_formula(self) -> None:
        """Ask for a meter only where one counts."""
        formula = Formula(self.formula.value())
        is_metered = formula in _METERED
        self.meter.setVisible(is_metered)
        if not is_metered:
            self.meter.choose(_NO_METER)
        if formula is Formula.ONE_OFF:
            self.charges.choose(Charges.CHOSEN.value)

    def _draft(self) -> ItemDraft:
        day = self.due_day.words()
        return ItemDraft(
            code=self.code.words(),
            name=self.name.words(),
            formula=Formula(self.formula.value()),
            income=Income(self.income.value()),
            charges=Charges(self.charges.value()),
            unit_kinds=tuple(kind for kind in UnitKind if self.kinds[kind].isChecked()),
            meter_kind=MeterKind(self.meter.value()) if self.meter.value() else None,
            line_months=int(self.line.value()),
            billed_months=int(self.billed.value()),
            due_month=int(self.due_month.value()),
            due_day=int(day) if day.isascii() and day.isdecimal() else 0,
            partial=Partial(self.partial.value()),
            rounding=Rounding(self.rounding.value()),
            position=self._item.position if self._item else 0,
            is_active=self.active.isChecked(),
            note=self.note.words(),
        )

    def act(self) -> StoredItem:
        """Store the item; what is taken stands under its field."""
        item, by = self._item, self.context.staff.id
        try:
            if item is None:
                return add_item(self._draft(), by=by)
            return change_item(item.id, self._draft(), version=item.version, by=by)
        except DraftError as refusal:
            problems = (Problem(_OF_ROW.get(one.field, one.field), one.text)
                        for one in refusal.problems)  # fmt: skip
            raise DraftError(tuple(problems)) from refusal
        except RuleError as refusal:
            field = {"fee-item-exists": "code", "fee-item-used": "formula"}.get(refusal.code)
            if field is None:
                raise
            raise DraftError((Problem(field, str(refusal)),)) from refusal


def _laters() -> list[int]:
    """Return the months after the first billed one, those that are usual first."""
    return sorted(range(-_MOST_LATER, _MOST_LATER + 1), key=lambda month: (month < 0, abs(month)))


def _later(months: int) -> Choice:
    if months == 0:
        return Choice("0", _("of the first month"))
    words = (
        ngettext("{count} month later", "{count} months later", months)
        if months > 0
        else ngettext("{count} month before", "{count} months before", -months)
    )
    return Choice(str(months), words.format(count=abs(months)))
