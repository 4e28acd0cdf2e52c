"""A single bill: written by hand for what no run bills, voided with its reason."""

from datetime import date

from PySide6.QtWidgets import QWidget

from propdesk.domain.bills import BillDraft
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fee_items import Formula
from propdesk.domain.moments import parse_day
from propdesk.domain.money import money_words, parse_money
from propdesk.i18n import _
from propdesk.services.bills import add_bill, void_bill
from propdesk.services.queries.bills import Bill
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label

_SHORT = 124
_OWNER = ""


class BillDialog(SmallForm):
    """Write a bill of one house: a card, a key, a damage that was agreed on."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Write a bill for {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Write the bill"))
        theme, today = context.theme, context.now().date()
        self._unit, self._today = unit, today
        # What is charged once stands first: the rest has its runs.
        items = sorted(
            list_items(active_only=True), key=lambda item: item.formula is not Formula.ONE_OFF
        )
        self.item = PickField(theme, _("Fee item"), [Choice(one.code, one.name) for one in items])
        self.amount = LineField(theme, _("Amount (yuan)"), width=_SHORT, longest=20)
        self.note = LineField(theme, _("What for"), placeholder=_("card, key, agreed damage ..."))
        self.from_on = LineField(theme, _("Charged from"), width=_SHORT)
        self.until_on = LineField(theme, _("Charged until"), width=_SHORT)
        self.due_on = LineField(theme, _("Pay by"), width=_SHORT)
        people = [one for one in list_residents(unit.id, today) if one.present]
        self.debtor = PickField(
            theme,
            _("Who owes"),
            [
                Choice(_OWNER, _("The owner")),
                *(Choice(str(one.person_id), context.shown_names(one.name)) for one in people),
            ],
        )
        self.from_on.show_words(today.isoformat())
        self.due_on.show_words(today.isoformat())
        add = self.rows.add_row
        if items:
            add("item", _("Fee item"), self.item)
        else:
            none = _("No fee item is switched on. Switch on what the office charges, and "
                     "give it a price: More, Bills and prices.")  # fmt: skip
            self.body.insertWidget(1, Label(theme, none, ink=Ink.DANGER, wrap=True))
        add("amount", _("Amount (yuan)"), self.amount)
        add("note", _("What for"), self.note)
        until = Label(theme, _("Charged until"), ink=Ink.TEXT_3)
        add("from_on", _("Charged from"), self.from_on, until, self.until_on)
        add("due_on", _("Pay by"), self.due_on)
        add("person", _("Who owes"), self.debtor)
        (self.item if items else self.amount).setFocus()

    def act(self) -> Bill:
        """Write it."""
        problems: list[Problem] = []

        def day(key: str, field: LineField) -> date | None:
            try:
                return parse_day(field.words(), self._today) if field.words() else None
            except RuleError as refusal:
                problems.append(Problem(key, str(refusal)))
                return None

        amount = 0
        try:
            amount = parse_money(self.amount.words()) if self.amount.words() else 0
        except RuleError as refusal:
            problems.append(Problem("amount", str(refusal)))
        draft = BillDraft(
            amount,
            self.note.words(),
            day("from_on", self.from_on),
            # A last day that is wrong is told under its row.
            day("from_on", self.until_on),
            day("due_on", self.due_on),
            int(self.debtor.value()) if self.debtor.value() else None,
        )
        if problems:
            raise DraftError(tuple(problems))
        return add_bill(
            self._unit.id, self.item.value(), draft, by=self.context.staff.id,
            now=self.context.now(),
        )  # fmt: skip

    @property
    def stored_words(self) -> str:
        """What the page says, '' where nothing was written."""
        bill: Bill | None = self.stored
        if bill is None:
            return ""
        return _("{house}: {item}, {amount} yuan billed").format(
            house=bill.unit, item=bill.item, amount=money_words(bill.amount_fen)
        )


class VoidBillDialog(SmallForm):
    """Void a bill of which nothing is settled; it stays in the books with the reason."""

    def __init__(self, context: AppContext, parent: QWidget, bill: Bill) -> None:
        super().__init__(context, parent, _("Void this bill"), _("Void it"))
        self._bill = bill
        words = _("{house}  {item}  {first} to {last}: {amount} yuan").format(
            house=bill.unit,
            item=bill.item,
            first=bill.from_on,
            last=bill.until_on,
            amount=money_words(bill.amount_fen),
        )
        self.body.insertWidget(1, Label(context.theme, words, ink=Ink.TEXT_2, wrap=True))
        self.reason = LineField(context.theme, _("Reason"), is_last=True)
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> Bill:
        """Void it; the refusal says what blocks."""
        return void_bill(
            self._bill.id,
            self.reason.words(),
            by=self.context.staff.id,
            now=self.context.now(),
        )
