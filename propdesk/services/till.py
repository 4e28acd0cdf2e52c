"""Take money at the till; void a receipt, or give back what it stands for (issue 6, part 4).

A receipt is never changed and never removed. Before the close of its till it may be voided; after
it, a contra entry of its own number stands against it (冲红). Sources: requirement 15, law.md 1.6,
F46, reliability.md C.
"""

from collections.abc import Mapping
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.fields import check_line
from propdesk.domain.ledger import Account, Act, LedgerLine, reverse
from propdesk.domain.payment_checks import check_refund
from propdesk.domain.payments import MeansPart, Payment, PaymentDraft, RefundDraft
from propdesk.domain.separation import check_approved, check_void_by
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.domain.till import InvoiceState, PaymentKind
from propdesk.i18n import _
from propdesk.services.parts.deposit_links import refresh_links
from propdesk.services.parts.fee_access import fee_actor, list_holders, list_overseers
from propdesk.services.parts.ledger import lines_of_payment, post
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.receipts import ReceiptHead, write_receipt
from propdesk.services.parts.receiving import receive
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.payments import find_payment, get_payment, refundable
from propdesk.services.queries.units import get_unit
from propdesk.storage.till import PaymentRecord

_Left = Mapping[tuple[Account, int | None], int]


def take_payment(draft: PaymentDraft, *, by: int, now: datetime) -> Payment:
    """Take a payment and return its receipt.

    Raises DraftError with a sentence for each field that is not right yet, and RuleError when a
    colleague was quicker or the computer's clock was set back.
    """
    with writing():
        who = fee_actor(by, Right.TAKE_MONEY)
        get_unit(draft.unit_id)
        return get_payment(receive(draft, staff_id=who.id, now=now))


def void_payment(payment_id: int, reason: str, *, version: int, by: int, now: datetime) -> Payment:
    """Void a receipt whose till is not closed yet; its number stays, its lines are reversed."""
    with writing():
        who = fee_actor(by, Right.TAKE_MONEY)
        reason = noted(reason, _("Write why this receipt is void."))
        payment = get_payment(payment_id)
        _check_counts(payment)
        check_version(payment.version, version)
        if payment.is_closed:
            raise RuleError(
                "receipt-closed",
                _(
                    "Receipt {number} belongs to the closed till {close}. Give the money back "
                    "by a contra entry instead."
                ).format(number=payment.number, close=payment.close_number),
            )
        if not all(find_payment(number).is_void for number in payment.refunds):
            raise RuleError(
                "receipt-refunded",
                _("Money of {number} went back already ({refunds}); void that first.").format(
                    number=payment.number, refunds=", ".join(payment.refunds)
                ),
            )
        check_void_by(who.id, payment.staff_id, list_overseers())
        lines = reverse(lines_of_payment(payment.id))
        today = local(now).date()
        post(
            Act.VOID, lines, unit_id=payment.unit_id, on_day=today, staff_id=who.id, now=now,
            payment_id=payment.id, reason=reason,
        )  # fmt: skip
        record = PaymentRecord.get_by_id(payment.id)
        record.voided_at, record.voided_staff_id, record.void_reason = local(now), who.id, reason
        record.version += 1
        record.save()
        _refresh(lines, today)
        return get_payment(payment.id)


def refund_payment(
    payment_id: int,
    draft: RefundDraft,
    *,
    by: int,
    now: datetime,
    approved_by: int | None = None,
) -> Payment:
    """Give back what a receipt stands for, wholly or that of some bills; return the contra entry.

    Money goes back as far as money came in; what was taken from the prepaid account goes back
    there. Where a manager works, he approves it: as `by` or as `approved_by`.
    """
    with writing():
        who = fee_actor(by, Right.TAKE_MONEY)
        approver = check_approved(who.id, approved_by, list_holders(Right.WAIVE))
        refuse(check_refund(draft))
        payment = get_payment(payment_id)
        _check_counts(payment)
        if payment.kind is PaymentKind.REFUND:
            raise RuleError("refund-of-refund", _("{number} is a contra entry itself.").format(
                number=payment.number
            ))  # fmt: skip
        lines, money = _given_back(payment, refundable(payment.id), draft.bills)
        means = MeansPart(draft.means, -money, clean_line(draft.reference))
        head = ReceiptHead(
            PaymentKind.REFUND,
            payment.unit_id,
            payment.payer,
            payment.person_id,
            (means,) if money else (),
            note=noted(draft.reason),
            refund_of_id=payment.id,
            approved_id=approver,
        )
        record = write_receipt(head, staff_id=who.id, now=now)
        today = local(now).date()
        post(
            Act.REFUND, lines, unit_id=payment.unit_id, on_day=today, staff_id=who.id, now=now,
            payment_id=record.id, reason=head.note,
        )  # fmt: skip
        _refresh(lines, today, number=record.number, reason=head.note)
        return get_payment(record.id)


def note_print(payment_id: int, *, by: int) -> Payment:
    """Count a print of a receipt; from the second on it is a reprint (补打) and says so."""
    with writing():
        fee_actor(by, Right.SEE_FEES)
        record = PaymentRecord.get_by_id(get_payment(payment_id).id)
        record.prints += 1
        record.save()
        return get_payment(payment_id)


def note_invoice(
    payment_id: int, number: str, on_day: date, state: InvoiceState, *, by: int, now: datetime
) -> Payment:
    """Note number, day and state of the invoice of a receipt; the program prints none."""
    with writing():
        fee_actor(by, Right.TAKE_MONEY)
        number = clean_line(number)
        refuse(check_line("invoice_number", number, _("Write the number of the invoice.")))
        if on_day > local(now).date():
            raise RuleError("invoice-future", _("The day of the invoice is still to come."))
        record = PaymentRecord.get_by_id(get_payment(payment_id).id)
        record.invoice_number, record.invoice_on = number, on_day
        record.invoice_state = state.value
        record.version += 1
        record.save()
        return get_payment(payment_id)


def _check_counts(payment: Payment) -> None:
    if payment.is_void:
        raise RuleError(
            "receipt-void", _("Receipt {number} is void already.").format(number=payment.number)
        )


def _given_back(
    payment: Payment, left: _Left, bills: tuple[int, ...]
) -> tuple[tuple[LedgerLine, ...], int]:
    """Return the lines that give back what is left of a receipt, and how much of it is money."""
    lines = []
    for (account, subject), fen in left.items():
        if account is Account.BILL and (not bills or subject in bills):
            lines.append(LedgerLine(account, fen, bill_id=subject))
        elif account is Account.DEPOSIT and not bills:
            lines.append(LedgerLine(account, fen, deposit_id=subject))
        elif account is Account.PREPAID and fen > 0 and not bills:
            lines.append(LedgerLine(account, fen))
    whole = sum(line.amount_fen for line in lines)
    if not whole:
        raise RuleError(
            "refund-nothing",
            _("Nothing of {number} is left to be given back.").format(number=payment.number),
        )
    money = min(whole, left.get((Account.MONEY, None), 0))
    lines += [LedgerLine(Account.MONEY, -money), LedgerLine(Account.PREPAID, money - whole)]
    return tuple(lines), money


def _refresh(
    lines: tuple[LedgerLine, ...], today: date, *, number: str = "", reason: str = ""
) -> None:
    """Tell decoration files and keys what became of their deposits."""
    for deposit_id in {line.deposit_id for line in lines if line.deposit_id is not None}:
        refresh_links(deposit_id, today, number=number, reason=reason)
