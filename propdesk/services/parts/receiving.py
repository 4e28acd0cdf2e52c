"""Take a payment: which bills it settles, what stands as prepaid or as deposit, its receipt.

For the till and for bank files alike; the caller holds the transaction.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from propdesk.domain.allocation import Debt, allocate
from propdesk.domain.deposits import DepositDraft
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.domain.money import money_words
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


def settled_by(
    draft: PaymentDraft, debts: tuple[Debt, ...], at: datetime
) -> tuple[Mapping[int, int], int]:
    """Return what a payment gives to each bill, and what is left for the prepaid account.

    The bills that the payer named come first (560); what he named none for goes by law. More than
    the debt is refused unless he chose to let it stand as prepaid.
    """
    money = sum(part.amount_fen for part in draft.means)
    held = sum(deposit.amount_fen for deposit in draft.deposits)
    free = money + draft.use_prepaid_fen - held
    named = _named(draft, debts)
    shares = dict(allocate(free, named, at.date()))
    rest = free - sum(shares.values())
    if rest and not (named and draft.overpay_to_prepaid):
        left = (replace(one, open_fen=one.open_fen - shares.get(one.bill_id, 0)) for one in debts)
        for bill_id, fen in allocate(rest, left, at.date()).items():
            shares[bill_id] = shares.get(bill_id, 0) + fen
        rest = free - sum(shares.values())
    if rest and not draft.overpay_to_prepaid:
        raise DraftError((Problem("means", _too_much(free, rest)),))
    if rest and draft.use_prepaid_fen:
        sentence = _("Take {rest} yuan less from the prepaid account; they settle nothing.")
        words = sentence.format(rest=money_words(min(rest, draft.use_prepaid_fen)))
        raise DraftError((Problem("use_prepaid_fen", words),))
    return shares, rest


def _named(draft: PaymentDraft, debts: tuple[Debt, ...]) -> list[Debt]:
    """Return the bills that the payer named, each with no more open than he means to pay of it."""
    known = {one.bill_id: one for one in debts}
    named = []
    for part in draft.bills:
        debt = known.get(part.bill_id)
        open_fen = debt.open_fen if debt else 0
        wanted = open_fen if part.amount_fen is None else part.amount_fen
        if debt is None or wanted > open_fen or part.open_fen not in {None, open_fen}:
            raise RuleError(
                "bill-changed",
                _(
                    "Of {bill} {open} yuan are open now: somebody settled or changed it "
                    "meanwhile. Open the house again, then take the money."
                ).format(bill=_bill_words(draft.unit_id, part.bill_id), open=money_words(open_fen)),
            )
        named.append(replace(debt, open_fen=wanted))
    return named


def _bill_words(unit_id: int, bill_id: int) -> str:
    found = rows(
        "SELECT i.name, b.from_on, b.until_on FROM bill b JOIN fee_item i ON i.id = b.fee_item_id "
        "WHERE b.id = ? AND b.unit_id = ?",
        bill_id,
        unit_id,
    )
    if not found:
        raise RuleError("bill-unknown", _("This bill is not one of this house."))
    name, from_on, until_on = found[0]
    return f"{name} {from_on} – {until_on}"


def _too_much(free: int, rest: int) -> str:
    return _(
        "Only {open} yuan are open, {paid} are to be paid. Write {open}, or let the other {rest} "
        "stand on the prepaid account."
    ).format(open=money_words(free - rest), paid=money_words(free), rest=money_words(rest))


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
