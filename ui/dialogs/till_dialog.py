"""收款: take money for a house. What is due is chosen, its sum stands in cash; Ctrl+Enter takes it.

A full payment in cash is one key. Several means share the sum: what is typed beside another means
is taken off the cash, until the cash itself is typed. What a part payment settles is shown with
each key (Civil Code 560, 561).
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.money import money_words, parse_money
from propdesk.domain.payments import BillPart, MeansPart, Payment, PaymentDraft
from propdesk.domain.till import MEANS_LABELS, Means
from propdesk.i18n import _
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.bills import list_bills
from propdesk.services.queries.payment_previews import check_may_take, preview_payment
from propdesk.services.queries.units import get_unit
from propdesk.services.till import take_payment
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.receipt_printing import hand_over
from ui.theme import Ink, Size, Theme
from ui.widgets.bill_ticks import BillTicks
from ui.widgets.buttons import Button, Kind
from ui.widgets.fields import CheckField, LineField
from ui.widgets.forms import FormRows
from ui.widgets.labels import Label

_WIDTH, _AMOUNT, _BESIDE = 760, 104, 128
_PREPAID = "prepaid"
# Beside each other, as on the receipt; cash has a row of its own for the change.
_PAIRS = ((Means.WECHAT, Means.ALIPAY), (Means.TRANSFER, Means.POS))
_ROWS_OF = {
    "means": "cash",
    "tendered_fen": "cash",
    "use_prepaid_fen": _PREPAID,
    "payer": "payer",
    "note": "note",
}


def open_till(context: AppContext, parent: QWidget, unit_id: int) -> Payment | None:
    """Take money for a house over `parent`; return its receipt, shown to be printed, or None."""
    title = _("No money was taken")
    if not context.attempt(parent, title, lambda: check_may_take(context.staff.id)):
        return None
    dialog = TillDialog(context, parent, unit_id)
    dialog.ask()
    if dialog.payment is not None:
        hand_over(context, parent, dialog.payment)
    return dialog.payment


class AmountField(LineField):
    """An amount; `=` puts what is still missing there, Enter goes on."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__(theme, name, width=_AMOUNT, longest=20)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.rest_fen = 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fill in the rest with `=`."""
        if event.text() == "=":
            if self.rest_fen > 0:
                self.setText(money_words(self.rest_fen))
            return
        super().keyPressEvent(event)

    def fen(self) -> int:
        """Return the amount, nothing for an empty field. Raises RuleError."""
        return parse_money(self.words()) if self.words() else 0

    def readable_fen(self) -> int:
        """Return the amount, nothing while it cannot be read."""
        try:
            return self.fen()
        except RuleError:
            return 0


class TillDialog(Dialog):
    """The till of one house; `payment` is what was taken."""

    def __init__(self, context: AppContext, parent: QWidget, unit_id: int) -> None:
        unit = get_unit(unit_id)
        title = _("Take money: {house}").format(house=unit.short)
        super().__init__(context.theme, parent, title, width=_WIDTH)
        self.context = context
        self.payment: Payment | None = None
        self._unit_id = unit_id
        self._cash_is_typed = self._is_showing = False
        theme, today = context.theme, context.now().date()
        bills = list_bills(unit_id, open_only=True)
        self._account = get_account(unit_id, today)
        debtor = next((one.payer or one.debtor for one in bills if one.payer or one.debtor), "")
        self.add_sentence(self._head(context.shown_names(debtor)), is_quiet=True)
        self.ticks = BillTicks(theme, bills, today)
        self.ticks.opened.connect(lambda _row: self._to_cash())
        self.ticks.left.connect(self.reject)
        self.ticks.setVisible(bool(bills))
        self.body.addWidget(self.ticks)
        self._sum = Label(theme, bold=True, wrap=True)
        self.body.addWidget(self._sum)
        self.rows = FormRows(theme)
        self._add_fields(theme)
        self.body.addWidget(self.rows)
        self.add_verb("", _("Cancel"))
        take = Button(
            theme, _("Take the money"), kind=Kind.PRIMARY, icon="banknote", hint="Ctrl+Enter"
        )
        take.clicked.connect(self.keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter", "Ctrl+S"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)
        self._foot.addWidget(take)
        self.ticks.changed.connect(self._on_changed)
        self._on_changed()
        self._to_cash()

    def _head(self, debtor: str) -> str:
        account = self._account
        facts = [debtor] if debtor else []
        facts += [
            _("open {amount}").format(amount=money_words(account.open_fen)),
            _("prepaid {amount}").format(amount=money_words(account.prepaid_fen)),
        ]
        if account.deposits:
            facts.append(_("deposits {amount}").format(amount=money_words(account.deposits_fen)))
        return " · ".join(facts)

    def _add_fields(self, theme: Theme) -> None:
        add = self.rows.add_row
        names = {one: str(MEANS_LABELS[one]) for one in Means}
        self.amounts: Mapping[Means, AmountField] = {
            one: AmountField(theme, names[one]) for one in (Means.CASH, *_PAIRS[0], *_PAIRS[1])
        }
        self.tendered = AmountField(theme, _("Cash handed over"))
        self._change = Label(theme, size=Size.TITLE, bold=True)
        handed = self._beside(_("Cash handed over"))
        add("cash", names[Means.CASH], self.amounts[Means.CASH], handed, self.tendered,
            note=self._change)  # fmt: skip
        for left, right in _PAIRS:
            word = self._beside(names[right])
            add(left.value, names[left], self.amounts[left], word, self.amounts[right])
        self.prepaid = AmountField(theme, _("From prepaid"))
        self.reference = LineField(theme, _("Transaction number"), longest=60)
        word = self._beside(_("Transaction number"))
        add(_PREPAID, _("From prepaid"), self.prepaid, word, self.reference)
        self.overpay = CheckField(theme, _("Let the rest stand on the prepaid account"))
        add("overpay", "", self.overpay)
        self.payer = LineField(theme, _("Payer"), longest=60, placeholder=_("as on the bills"))
        self.note = LineField(theme, _("Note"))
        word = self._beside(_("Note"))
        add("payer", _("Payer"), self.payer, word, self.note)
        self.amounts[Means.CASH].textEdited.connect(self._on_cash_typed)
        for field in (*self.amounts.values(), self.tendered, self.prepaid):
            field.textChanged.connect(self._on_changed)
        self.overpay.toggled.connect(self._on_changed)

    def _beside(self, word: str) -> Label:
        """Return the name of a second field in a row; these fields stand below each other."""
        label = Label(self.theme, word, ink=Ink.TEXT_3)
        label.setMinimumWidth(self.theme.px(_BESIDE))
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        return label

    def _to_cash(self) -> None:
        cash = self.amounts[Means.CASH]
        cash.setFocus()
        cash.selectAll()

    # -- with each key

    def _on_cash_typed(self, words: str) -> None:
        # Emptied, it follows the choice again.
        self._cash_is_typed = bool(words.strip())

    def _wanted_fen(self) -> int:
        return sum(bill.open_fen for bill in self.ticks.chosen())

    def _on_changed(self, *_changed: object) -> None:
        if self._is_showing:
            return
        self._is_showing = True
        try:
            self._follow()
        finally:
            self._is_showing = False

    def _follow(self) -> None:
        """Let the cash be the rest, and show what everything comes to."""
        wanted = self._wanted_fen()
        cash = self.amounts[Means.CASH]
        fields = (*self.amounts.values(), self.prepaid)
        others = sum(field.readable_fen() for field in fields if field is not cash)
        if not self._cash_is_typed:
            rest = max(wanted - others, 0)
            cash.setText(money_words(rest) if rest else "")
        paid = others + cash.readable_fen()
        for field in fields:
            missing = wanted - paid + field.readable_fen()
            if not self._cash_is_typed and field is not cash:
                missing += cash.readable_fen()
            field.rest_fen = missing
        self.prepaid.rest_fen = min(self.prepaid.rest_fen, self._account.prepaid_fen)
        change = self.tendered.readable_fen() - cash.readable_fen()
        words = _("Change {amount}").format(amount=money_words(change)) if change > 0 else ""
        self._change.show_text(words if self.tendered.words() else "")
        self._show_preview(paid)

    def _show_preview(self, paid: int) -> None:
        try:
            seen = preview_payment(self._draft(is_preview=True), now=self.context.now())
        except RuleError as refusal:
            self._sum.show_text(str(refusal))
            return
        self.ticks.show_pays(seen.shares)
        self.rows.show_row("overpay", is_shown=seen.rest_fen > 0)
        left = self._account.open_fen - sum(seen.shares.values())
        words = [_("Pays {amount}").format(amount=money_words(paid))]
        if seen.rest_fen:
            words.append(_("{amount} more than is open").format(amount=money_words(seen.rest_fen)))
        elif left:
            words.append(_("{amount} stay open").format(amount=money_words(left)))
        else:
            words.append(_("nothing stays open"))
        self._sum.show_text("  ·  ".join(words))

    # -- taking

    def _draft(self, *, is_preview: bool = False) -> PaymentDraft:
        """Return what was typed. Raises DraftError with each amount that cannot be read."""
        problems = []
        found: dict[str, int] = {}
        fields = {one.value: field for one, field in self.amounts.items()}
        fields |= {"tendered": self.tendered, _PREPAID: self.prepaid}
        for key, field in fields.items():
            try:
                found[key] = field.readable_fen() if is_preview else field.fen()
            except RuleError as refusal:
                problems.append(Problem(_row_of(key), str(refusal)))
        if problems:
            raise DraftError(tuple(problems))
        reference = self.reference.words()
        return PaymentDraft(
            unit_id=self._unit_id,
            means=tuple(
                MeansPart(one, found[one.value], "" if one is Means.CASH else reference)
                for one in self.amounts
                if found[one.value]
            ),
            bills=tuple(BillPart(one.id, open_fen=one.open_fen) for one in self.ticks.chosen()),
            payer=self.payer.words(),
            tendered_fen=found["tendered"],
            use_prepaid_fen=found[_PREPAID],
            overpay_to_prepaid=self.overpay.isChecked() and self.overpay.isVisibleTo(self),
            note=self.note.words(),
        )

    def keep(self) -> None:
        """Take the money and close; or say under its field what is not right yet."""
        self.rows.show_problems(())
        context = self.context
        try:
            draft = self._draft()
            self.payment = take_payment(draft, by=context.staff.id, now=context.now())
        except DraftError as refusal:
            self.rows.show_problems(
                Problem(_ROWS_OF.get(one.field, one.field), one.text) for one in refusal.problems
            )
        except RuleError as refusal:
            self.rows.show_problems((Problem("", str(refusal)),))
        else:
            self.choose("taken")


def _row_of(key: str) -> str:
    """Return the row in which a field stands."""
    if key == "tendered":
        return Means.CASH.value
    return next((left.value for left, right in _PAIRS if right.value == key), key)
