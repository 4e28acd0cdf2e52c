"""Take a payment: which bills it settles, what stands as prepaid or as deposit, its receipt.

For the till and for bank files alike; the caller holds the transaction.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from propdesk.domain.deposits import DepositDraft
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.payment_checks import check_payment
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.till import PaymentKind
from propdesk.i18n import _
from propdesk.services.parts.debts import open_debts
from propdesk.services.parts.deposit_links import refresh_links
from propdesk.services.parts.ledger import post
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.receipts import ReceiptHead, write_receipt
from propdesk.services.parts.settling import settled_by
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows
from propdesk.storage.till import DepositRecord

_DEPOSIT_FOR = (
    "SELECT (SELECT unit_id FROM decoration WHERE id = ?), "
    "(SELECT unit_id FROM unit_key WHERE id = ?)"
)
_PERSON = "SELECT name FROM person WHERE id = ?"
_DEBTOR = (
    "SELECT p.name FROM bill b JOIN person p ON p.id = coalesce(b.payer_id, b.person_id) "
    "WHERE b.id = ? AND p.sealed_at IS NULL"
)
_OWNER = (
    "SELECT p.name FROM residency r JOIN person p ON p.id = r.person_id WHERE r.unit_id = ? "
    "AND r.role = 'owner' AND r.to_on IS NULL AND p.sealed_at IS NULL ORDER BY r.id LIMIT 1"
)


def receive(
    draft: PaymentDraft, *, staff_id: int, now: datetime, import_id: int | None = None
) -> int:
    """Write a payment with its receipt and return the receipt's id.

    Raises DraftError with a sentence for each field that is not right yet, and RuleError when a
    colleague was quicker or the bank's reference is in the books already.
    """
    draft = _clean(draft)
    refuse(check_payment(draft))
    paid_at = local(draft.paid_at or now)
    if paid_at > local(now):
        raise DraftError((Problem("paid_at", _("This time is still to come.")),))
    _check_external(draft.external)
    debts = open_debts(draft.unit_id)
    shares, rest = settled_by(draft, debts, paid_at)
    head = ReceiptHead(
        PaymentKind.RECEIPT,
        draft.unit_id,
        draft.payer or _usual_payer(draft, shares),
        draft.person_id,
        draft.means,
        note=draft.note,
        tendered_fen=draft.tendered_fen,
        external=draft.external,
        import_id=import_id,
        paid_at=paid_at,
    )
    record = write_receipt(head, staff_id=staff_id, now=now)
    deposits = [_open_deposit(draft, one, paid_at, staff_id) for one in draft.deposits]
    lines = [LedgerLine(Account.MONEY, record.total_fen)]
    lines += [LedgerLine(Account.BILL, -fen, bill_id=bill) for bill, fen in shares.items()]
    lines += [
        LedgerLine(Account.DEPOSIT, -one.amount_fen, deposit_id=deposit_id)
        for one, deposit_id in zip(draft.deposits, deposits, strict=True)
    ]
    lines.append(LedgerLine(Account.PREPAID, draft.use_prepaid_fen - rest))
    post(
        Act.PAYMENT, lines, unit_id=draft.unit_id, on_day=paid_at.date(), staff_id=staff_id,
        now=now, payment_id=record.id,
    )  # fmt: skip
    for deposit_id in deposits:
        refresh_links(deposit_id, paid_at.date(), number=record.number)
    return int(record.id)


def _open_deposit(draft: PaymentDraft, one: DepositDraft, at: datetime, staff_id: int) -> int:
    found = rows(_DEPOSIT_FOR, one.decoration_id, one.unit_key_id)[0]
    if set(found) - {None, draft.unit_id}:
        raise RuleError(
            "deposit-elsewhere",
            _("The decoration or key is one of another house; take the deposit there."),
        )
    record = DepositRecord.create(
        unit=draft.unit_id,
        kind=one.kind.value,
        label=one.label,
        person=one.person_id or draft.person_id,
        decoration=one.decoration_id,
        unit_key=one.unit_key_id,
        taken_on=at.date(),
        back_due_on=one.back_due_on,
        note=one.note,
        staff=staff_id,
    )
    return int(record.id)


def _check_external(external: str | None) -> None:
    if external is None:
        return
    found = rows("SELECT number FROM payment WHERE external = ?", external)
    if found:
        raise RuleError(
            "payment-known",
            _("The payment {reference} is in the books already, on receipt {number}.").format(
                reference=external[:60], number=found[0][0]
            ),
        )


def _usual_payer(draft: PaymentDraft, shares: Mapping[int, int]) -> str:
    """Return who pays where nobody was named: the person, the debtor of a bill, the owner."""
    words = (
        (_PERSON, draft.person_id),
        (_DEBTOR, next(iter(shares), None)),
        (_OWNER, draft.unit_id),
    )
    for sql, value in words:
        found = rows(sql, value) if value is not None else []
        if found:
            return str(found[0][0])
    return ""


def _clean(draft: PaymentDraft) -> PaymentDraft:
    return replace(
        draft,
        payer=clean_line(draft.payer),
        note=clean_text(draft.note),
        means=tuple(
            MeansPart(part.means, part.amount_fen, clean_line(part.reference))
            for part in draft.means
        ),
        deposits=tuple(
            replace(one, label=clean_line(one.label), note=clean_text(one.note))
            for one in draft.deposits
        ),
    )
