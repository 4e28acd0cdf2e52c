"""Deposits and the prepaid account of a house: in on a receipt, back on a contra entry."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.deposits import Deposit, DepositDraft, DepositReturn
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.payments import MeansPart, Payment, PaymentDraft, RefundDraft
from propdesk.domain.till import DEPOSIT_LABELS, DepositKind, Means
from propdesk.i18n import _
from propdesk.services.deposits import return_deposit
from propdesk.services.prepaid import refund_prepaid
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.payments import find_payment
from propdesk.services.queries.units import get_unit
from propdesk.services.till import take_payment
from ui.context import AppContext
from ui.dialogs.receipt_acts import ApproverField, means_field
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label

_AMOUNT = 110


class _MoneyForm(SmallForm):
    """An amount, its means and who pays or is paid; `stored` is the receipt, None without one."""

    def __init__(
        self, context: AppContext, parent: QWidget, title: str, save: str, person: str
    ) -> None:
        super().__init__(context, parent, title, save)
        theme = context.theme
        self.amount = LineField(theme, _("Amount (yuan)"), width=_AMOUNT, longest=20)
        self.means = means_field(context)
        number = _("Transaction number")
        self.reference = LineField(theme, number, placeholder=number, longest=60)
        self.person = LineField(theme, person, longest=60)
        self.note = LineField(theme, _("Note"))

    def add_money(self, key: str, hint: str = "") -> None:
        """Add the rows; `key` is the field that a refusal of the amount names."""
        note = Label(self.context.theme, hint, ink=Ink.TEXT_3) if hint else None
        self.rows.add_row(key, _("Amount (yuan)"), self.amount, note=note)
        self.rows.add_row("means", _("Means of payment"), self.means, self.reference)
        self.rows.add_row("payer", self.person.accessibleName(), self.person)

    def fen(self, field: LineField, key: str) -> int:
        """Return the amount of a field. Raises DraftError."""
        try:
            return parse_money(field.words()) if field.words() else 0
        except RuleError as refusal:
            raise DraftError((Problem(key, str(refusal)),)) from refusal

    def _part(self, fen: int) -> MeansPart:
        return MeansPart(Means(self.means.value()), fen, self.reference.words())


class TakeDepositDialog(_MoneyForm):
    """Take a deposit; it stays the payer's money (law.md 1.6)."""

    def __init__(self, context: AppContext, parent: QWidget, unit_id: int) -> None:
        title = _("Take a deposit: {house}").format(house=get_unit(unit_id).short)
        super().__init__(context, parent, title, _("Take the money"), _("Payer"))
        self._unit_id = unit_id
        kinds = [Choice(one.value, str(DEPOSIT_LABELS[one])) for one in DepositKind]
        self.kind = PickField(context.theme, _("Kind"), kinds)
        self.rows.add_row("kind", _("Kind"), self.kind)
        self.add_money("deposits")
        self.rows.add_row("note", _("Note"), self.note)
        self.kind.setFocus()

    def act(self) -> Payment:
        """Take it."""
        fen = self.fen(self.amount, "deposits")
        deposit = DepositDraft(DepositKind(self.kind.value()), fen, note=self.note.words())
        draft = PaymentDraft(
            self._unit_id,
            (self._part(fen),) if fen else (),
            payer=self.person.words(),
            deposits=(deposit,),
        )
        return take_payment(draft, by=self.context.staff.id, now=self.context.now())


class ReturnDepositDialog(_MoneyForm):
    """Give a deposit back, or keep a part of it for a reason."""

    def __init__(self, context: AppContext, parent: QWidget, deposit: Deposit) -> None:
        title = _("Give back: {what}, {house}").format(what=deposit.words, house=deposit.where)
        super().__init__(context, parent, title, _("Give back"), _("Paid to"))
        self._deposit = deposit
        theme = context.theme
        held = _("{amount} yuan are held").format(amount=money_words(deposit.balance_fen))
        self.add_money("back_fen", held)
        self.kept = LineField(theme, _("Kept (yuan)"), width=_AMOUNT, longest=20)
        self.reason = LineField(theme, _("Why it is kept"), placeholder=_("Why it is kept"))
        self.rows.add_row("kept_reason", _("Kept (yuan)"), self.kept, self.reason)
        self.rows.add_row("note", _("Note"), self.note)
        self.amount.show_words(money_words(deposit.balance_fen))
        self.amount.setFocus()
        self.amount.selectAll()

    def act(self) -> Payment | None:
        """Give it back."""
        draft = DepositReturn(
            back_fen=self.fen(self.amount, "back_fen"),
            kept_fen=self.fen(self.kept, "kept_reason"),
            kept_reason=self.reason.words(),
            means=Means(self.means.value()),
            reference=self.reference.words(),
            payee=self.person.words(),
            note=self.note.words(),
        )
        _deposit, number = return_deposit(
            self._deposit.id,
            draft,
            version=self._deposit.version,
            by=self.context.staff.id,
            now=self.context.now(),
        )
        return find_payment(number) if number else None


class PayInDialog(_MoneyForm):
    """Pay into the prepaid account; open bills are paid first, by law or by choice."""

    def __init__(self, context: AppContext, parent: QWidget, unit_id: int) -> None:
        title = _("Pay in advance: {house}").format(house=get_unit(unit_id).short)
        super().__init__(context, parent, title, _("Take the money"), _("Payer"))
        self._unit_id = unit_id
        account = get_account(unit_id, context.now().date())
        words = _("prepaid {amount}").format(amount=money_words(account.prepaid_fen))
        if account.open_fen:
            # What is owed is settled before anything stands there (Civil Code 560).
            owed = _("open {amount}").format(amount=money_words(account.open_fen))
            words = f"{words} · {owed}"
        self.add_money("use_prepaid_fen", words)
        self.rows.add_row("note", _("Note"), self.note)
        self.amount.setFocus()

    def act(self) -> Payment:
        """Take it."""
        fen = self.fen(self.amount, "use_prepaid_fen")
        draft = PaymentDraft(
            self._unit_id,
            (self._part(fen),) if fen else (),
            payer=self.person.words(),
            overpay_to_prepaid=True,
            note=self.note.words(),
        )
        return take_payment(draft, by=self.context.staff.id, now=self.context.now())


class PayOutDialog(_MoneyForm):
    """Give the balance of the prepaid account back, with the manager's approval."""

    def __init__(self, context: AppContext, parent: QWidget, unit_id: int) -> None:
        title = _("Give prepaid money back: {house}").format(house=get_unit(unit_id).short)
        super().__init__(context, parent, title, _("Give back"), _("Paid to"))
        self._unit_id = unit_id
        balance = get_account(unit_id, context.now().date()).prepaid_fen
        self.add_money("amount_fen", _("prepaid {amount}").format(amount=money_words(balance)))
        self.reason = LineField(context.theme, _("Reason"))
        self.approver = ApproverField(context)
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.rows.add_row("approver", _("Approved by"), self.approver)
        self.amount.show_words(money_words(balance))
        self.amount.setFocus()
        self.amount.selectAll()

    def act(self) -> Payment:
        """Give it back."""
        draft = RefundDraft(self.reason.words(), Means(self.means.value()), self.reference.words())
        return refund_prepaid(
            self._unit_id,
            self.fen(self.amount, "amount_fen"),
            draft,
            by=self.context.staff.id,
            now=self.context.now(),
            payee=self.person.words(),
            approved_by=self.approver.staff_id(),
        )
