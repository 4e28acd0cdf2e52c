"""Receipts: find one by number, bars, house or day; look at it, print it again, void, give back."""

from collections.abc import Sequence

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.moments import parse_day
from propdesk.domain.payments import Payment
from propdesk.domain.receipt_codes import read_receipt_digits
from propdesk.domain.till import MEANS_LABELS, PaymentKind
from propdesk.i18n import _, _lazy
from propdesk.services.printing_receipts import find_scanned_receipt
from propdesk.services.queries.payments import find_payment, get_payment, list_payments
from propdesk.services.queries.units import find_unit
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.receipt_acts import RefundDialog, VoidDialog
from ui.dialogs.small_form import SmallForm
from ui.receipt_printing import show_receipt
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.view import RecordTable
from ui.theme import Ink, Tone
from ui.widgets.buttons import Button
from ui.widgets.fields import LineField
from ui.widgets.labels import Label

_WIDTH, _ROWS, _MOST = 860, 12, 200


class ReceiptsDialog(Dialog):
    """The latest receipts, or those that were looked for. Enter shows one, ready to be printed."""

    def __init__(self, context: AppContext, parent: QWidget, unit_id: int | None = None) -> None:
        super().__init__(context.theme, parent, _("Receipts"), width=_WIDTH)
        self.context = context
        self._page = parent
        self._unit_id = unit_id
        theme = context.theme
        self.search = LineField(
            theme,
            _("Find a receipt"),
            placeholder=_("number, bar code, house or day"),
            is_last=True,
        )
        self.search.finished.connect(self._on_search)
        self.body.addWidget(self.search)
        self._problem = Label(theme, ink=Ink.DANGER, wrap=True)
        self.body.addWidget(self._problem)
        self.table = RecordTable(
            theme, _("Receipts"), self._columns(), lambda one: one.id, now=context.now
        )
        self.table.make_dense()
        self.table.setFixedHeight(self.table.height_of(_ROWS))
        self.table.opened.connect(self._on_show)
        self.table.left.connect(self.reject)
        self.body.addWidget(self.table)
        self.add_verb("", _("Close"))
        acts = (
            (_("Void it"), "Del", self._on_void),
            (_("Give back"), "F4", self._on_refund),
            (_("Print"), "Ctrl+P", self._on_print),
        )
        for word, key, act in acts:
            button = Button(theme, word, hint=key)
            button.clicked.connect(act)
            within = self.table if key == "Del" else self
            QShortcut(QKeySequence(key), within).activated.connect(act)
            self._foot.addWidget(button)
        self._show(list_payments(unit_id=unit_id, limit=_MOST))
        self.search.setFocus()

    def _columns(self) -> tuple[Column, ...]:
        return (
            Column("number", _lazy("Number"), lambda one: one.number, width=130, is_strong=True),
            Column("at", _lazy("Time"), lambda one: one.at, CellKind.TIME, width=84),
            Column("house", _lazy("House"), lambda one: one.where, width=90),
            Column("payer", _lazy("Payer"), lambda one: self.context.shown_names(one.payer),
                   width=110, stretches=True, is_name=True),
            Column("means", _lazy("Means of payment"), _means, width=120, is_quiet=True, rank=1),
            Column("total", _lazy("Amount (yuan)"), lambda one: one.total_fen, CellKind.MONEY,
                   width=110),
            Column("by", _lazy("Money taken by"), lambda one: one.by, width=80, is_quiet=True,
                   rank=2),
            Column("state", _lazy("State"), _state, CellKind.STATUS, width=90),
        )  # fmt: skip

    def _show(self, payments: Sequence[Payment]) -> None:
        self.table.show_rows(payments)

    def _on_search(self) -> None:
        """Find what was typed or scanned, and go to the list."""
        words = self.search.words()
        self._problem.show_text("")
        try:
            self._show(self._found(words))
        except RuleError as refusal:
            self._problem.show_text(str(refusal))
            return
        if self.table.is_empty():
            self._problem.show_text(_("No receipt was found."))
        else:
            self.table.setFocus()

    def _found(self, words: str) -> Sequence[Payment]:
        """Return the receipts that the words mean: bars, a number, a day, else a house."""
        if not words:
            return list_payments(unit_id=self._unit_id, limit=_MOST)
        code = read_receipt_digits(words)
        if code is not None:
            return (get_payment(find_scanned_receipt(code)),)
        if words[0].isalpha() and words[0].isascii() and "-" in words:
            return (find_payment(words),)
        try:
            day = parse_day(words, self.context.now().date())
        except RuleError:
            return list_payments(unit_id=find_unit(words).id, limit=_MOST)
        return list_payments(unit_id=self._unit_id, from_on=day, until_on=day, limit=_MOST)

    # -- acts

    def _on_show(self, payment: Payment) -> None:
        show_receipt(self.context, self, payment)

    def _on_print(self) -> None:
        if self.table.current_row() is not None:
            self._on_show(self.table.current_row())

    def _on_void(self) -> None:
        self._act(VoidDialog)

    def _on_refund(self) -> None:
        self._act(RefundDialog)

    def _act(self, form: type[VoidDialog] | type[RefundDialog]) -> None:
        """Ask for the reason, act, and show what has become of the receipt."""
        payment = self.table.current_row()
        if payment is None:
            return
        dialog: SmallForm = form(self.context, self, payment)
        dialog.ask()
        if dialog.stored is None:
            return
        self.context.changes.fees_changed.emit()
        self._show(self._found(self.search.words()))
        show_receipt(self.context, self, dialog.stored)


def _means(payment: Payment) -> str:
    return _(", ").join(str(MEANS_LABELS[part.means]) for part in payment.means)


def _state(payment: Payment) -> Mark:
    if payment.is_void:
        return Mark(_("void"), Tone.DANGER)
    if payment.kind is PaymentKind.REFUND:
        return Mark(_("contra entry"), Tone.WARN)
    if payment.refunds:
        return Mark(_("given back"), Tone.WARN)
    return Mark(_("valid"), Tone.OK)
