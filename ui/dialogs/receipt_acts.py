"""Void a receipt or give its money back (冲红), with the reason that stands on it."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.money import money_words
from propdesk.domain.payments import Payment, RefundDraft
from propdesk.domain.staff import RIGHTS, Right
from propdesk.domain.till import MEANS_LABELS, Means
from propdesk.i18n import _
from propdesk.services.queries.staff import list_staff
from propdesk.services.till import refund_payment, void_payment
from ui.context import AppContext
from ui.dialogs.small_form import SmallForm
from ui.theme import Ink
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label


def means_field(context: AppContext) -> PickField:
    """Return a field for the means by which money moves; cash comes first."""
    choices = [Choice(one.value, str(MEANS_LABELS[one])) for one in Means]
    return PickField(context.theme, _("Means of payment"), choices)


class ApproverField(PickField):
    """Who approves that money goes back: a manager, empty where none works here."""

    def __init__(self, context: AppContext) -> None:
        managers = [one for one in list_staff() if Right.WAIVE in RIGHTS[one.role]]
        choices = [Choice(str(one.id), one.name) for one in managers]
        super().__init__(context.theme, _("Approved by"), choices or [Choice("", "—")])
        if any(one.id == context.staff.id for one in managers):
            self.choose(str(context.staff.id))

    def staff_id(self) -> int | None:
        """Return the id of who approves."""
        return int(self.value()) if self.value() else None


class VoidDialog(SmallForm):
    """Void a receipt of an open till; `stored` is the receipt."""

    def __init__(self, context: AppContext, parent: QWidget, payment: Payment) -> None:
        title = _("Void receipt {number}").format(number=payment.number)
        super().__init__(context, parent, title, _("Void it"))
        self._payment = payment
        self.body.insertWidget(1, _receipt_words(context, payment))
        self.reason = LineField(context.theme, _("Reason"))
        self.rows.add_row("text", _("Reason"), self.reason)
        self.reason.setFocus()

    def act(self) -> Payment:
        """Void it."""
        return void_payment(
            self._payment.id,
            self.reason.words(),
            version=self._payment.version,
            by=self.context.staff.id,
            now=self.context.now(),
        )


class RefundDialog(SmallForm):
    """Give the money of a receipt back; `stored` is the contra entry."""

    def __init__(self, context: AppContext, parent: QWidget, payment: Payment) -> None:
        title = _("Give back the money of {number}").format(number=payment.number)
        super().__init__(context, parent, title, _("Give back"))
        self._payment = payment
        self.body.insertWidget(1, _receipt_words(context, payment))
        self.reason = LineField(context.theme, _("Reason"))
        self.means = means_field(context)
        self.reference = LineField(context.theme, _("Transaction number"), longest=60)
        self.approver = ApproverField(context)
        self.rows.add_row("reason", _("Reason"), self.reason)
        self.rows.add_row("means", _("Means of payment"), self.means)
        self.rows.add_row("reference", _("Transaction number"), self.reference)
        self.rows.add_row("approver", _("Approved by"), self.approver)
        self.reason.setFocus()

    def act(self) -> Payment:
        """Write the contra entry."""
        draft = RefundDraft(self.reason.words(), Means(self.means.value()), self.reference.words())
        return refund_payment(
            self._payment.id,
            draft,
            by=self.context.staff.id,
            now=self.context.now(),
            approved_by=self.approver.staff_id(),
        )


def _receipt_words(context: AppContext, payment: Payment) -> Label:
    """Return which receipt it is, for the place below the title."""
    parts = (
        payment.where,
        context.shown_names(payment.payer),
        _("{amount} yuan").format(amount=money_words(payment.total_fen)),
        f"{payment.at:%Y-%m-%d %H:%M}",
    )
    words = " · ".join(part for part in parts if part)
    return Label(context.theme, words, ink=Ink.TEXT_2, wrap=True)
