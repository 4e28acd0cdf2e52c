"""Waive part of a bill with a reason, and take it back: a manager's acts (减免, law.md 1.4)."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.i18n import _, _lazy
from propdesk.services.queries.account_statements import item_words
from propdesk.services.queries.bills import Bill, list_bills
from propdesk.services.queries.units import Unit
from propdesk.services.queries.waivers import list_waivers, waived_fen
from propdesk.services.waivers import take_back_waiver, waive_bill
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.pages.fee_words import period_words
from ui.tables.columns import CellKind, Column
from ui.tables.view import RecordTable
from ui.theme import Ink
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _ROWS, _AMOUNT = 680, 6, 120


class _BillForm(SmallForm):
    """A list of bills to choose one of; below it what is done with the chosen one."""

    def __init__(self, context: AppContext, parent: QWidget, title: str, save: str) -> None:
        super().__init__(context, parent, title, save, width=_WIDTH)
        self.table = RecordTable(
            context.theme,
            _("Bills of the house"),
            (
                Column("item", _lazy("Fee item"), lambda bill: item_words(bill.item, bill.kind),
                       width=120, stretches=True, is_strong=True),
                Column("period", _lazy("Charged for"),
                       lambda bill: period_words(bill.from_on, bill.until_on), width=176),
                Column("due", _lazy("Pay by"), lambda bill: bill.due_on.isoformat(), width=92,
                       is_quiet=True, rank=1),
                Column("amount", _lazy("Billed"), lambda bill: bill.amount_fen, CellKind.MONEY,
                       width=92),
                Column("open", _lazy("Still owed"), lambda bill: bill.open_fen, CellKind.MONEY,
                       width=92, is_strong=True),
            ),
            lambda bill: bill.id,
            now=context.now,
        )  # fmt: skip
        self.table.make_dense()
        self.table.left.connect(self.reject)
        self.table.current_changed.connect(self.show_bill)
        self.body.insertWidget(1, self.table)
        self._none = Label(context.theme, ink=Ink.TEXT_2, wrap=True)
        self.body.insertWidget(2, self._none)
        self.reason = LineField(context.theme, _("Reason"), longest=200)

    def show_bills(self, bills: list[Bill], nothing: str) -> None:
        """Offer these bills; without any say why."""
        self.table.setFixedHeight(self.table.height_of(min(max(len(bills), 1), _ROWS)))
        self.table.show_rows(bills)
        self.table.setVisible(bool(bills))
        self._none.show_text("" if bills else nothing)
        self._none.setVisible(not bills)
        self.rows.setVisible(bool(bills))
        self.verb.setEnabled(bool(bills))
        if bills:
            self.table.setFocus()

    def show_bill(self, bill: Bill | None) -> None:
        """Fill in what the chosen bill proposes."""

    def bill(self) -> Bill:
        """Return the chosen bill. Raises RuleError where there is none."""
        bill: Bill | None = self.table.current_row()
        if bill is None:
            raise RuleError("bill-none", self._none.text())
        return bill


class WaiverDialog(_BillForm):
    """Waive what is open of a bill, or a part; `stored` is the bill."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Waive: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Waive it"))
        self.amount = LineField(context.theme, _("Waive (yuan)"), width=_AMOUNT, longest=20)
        self.amount.setAlignment(Qt.AlignmentFlag.AlignRight)
        said = _("Only a manager waives; the ledger keeps the reason for ever.")
        note = Label(context.theme, said, ink=Ink.TEXT_3)
        self.rows.add_row("amount", _("Waive (yuan)"), self.amount)
        self.rows.add_row("text", _("Reason"), self.reason)
        self.rows.add_row("said", "", note)
        self.table.opened.connect(lambda _bill: self.amount.setFocus())
        bills = list_bills(unit.id, open_only=True)
        self.show_bills(bills, _("No bill is open: there is nothing to waive."))

    def show_bill(self, bill: Bill | None) -> None:
        """Propose all that is open."""
        self.amount.show_words(money_words(bill.open_fen) if bill else "")

    def act(self) -> Bill:
        """Waive it."""
        bill = self.bill()
        try:
            fen = parse_money(self.amount.words())
        except RuleError as refusal:
            raise DraftError((Problem("amount", str(refusal)),)) from refusal
        return waive_bill(
            bill.id, fen, self.reason.words(), by=self.context.staff.id, now=self.context.now()
        )


class WaiverBackDialog(_BillForm):
    """Take back what was waived of a bill; `stored` is the bill."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Take a waiver back: {house}").format(house=unit.short)
        super().__init__(context, parent, title, _("Take it back"))
        self._waived = Label(context.theme, ink=Ink.TEXT_2, wrap=True)
        self.rows.add_row("waived", _("Waived"), self._waived)
        self.rows.add_row("text", _("Reason"), self.reason)
        self._words = {
            one.bill_id: _("{amount} yuan on {day} by {name}: {reason}").format(
                amount=money_words(one.amount_fen),
                day=f"{one.entered_at:%Y-%m-%d}",
                name=one.by,
                reason=one.reason,
            )
            for one in reversed(list_waivers(unit.id))
            if one.amount_fen > 0
        }
        bills = [bill for bill in list_bills(unit.id) if waived_fen(bill.id)]
        self.table.opened.connect(lambda _bill: self.reason.setFocus())
        self.show_bills(bills, _("Nothing is waived of this house."))

    def show_bill(self, bill: Bill | None) -> None:
        """Say what was waived of it."""
        self._waived.show_text(self._words.get(bill.id, "") if bill else "")

    def act(self) -> Bill:
        """Take it back."""
        return take_back_waiver(
            self.bill().id,
            self.reason.words(),
            by=self.context.staff.id,
            now=self.context.now(),
        )
