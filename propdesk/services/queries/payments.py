"""Receipts: one with all that stands on it, or a list of them; what is left to give back."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.ledger import ACCOUNT_LABELS, Account
from propdesk.domain.payments import MeansPart, Payment, PaymentLine
from propdesk.domain.texts import fold
from propdesk.domain.till import DEPOSIT_LABELS, DepositKind, InvoiceState, Means, PaymentKind
from propdesk.i18n import _
from propdesk.storage.database import rows

_PAYMENTS = (
    "SELECT p.id, p.number, p.kind, coalesce(o.number, ''), p.unit_id, u.short, p.person_id, "
    "CASE WHEN n.sealed_at IS NULL THEN p.payer ELSE '—' END, p.at, p.entered_at, p.staff_id, "
    "s.name, p.total_fen, p.tendered_fen, p.note, p.external, coalesce(c.number, ''), p.prints, "
    "p.invoice_number, p.invoice_on, p.invoice_state, p.voided_at, coalesce(v.name, ''), "
    "p.void_reason, coalesce(a.name, ''), p.version, "
    "p.voided_staff_id IS p.staff_id AND p.voided_at IS NOT NULL "
    "FROM payment p JOIN unit u ON u.id = p.unit_id JOIN staff s ON s.id = p.staff_id "
    "LEFT JOIN payment o ON o.id = p.refund_of_id LEFT JOIN person n ON n.id = p.person_id "
    "LEFT JOIN till_close c ON c.id = p.close_id LEFT JOIN staff v ON v.id = p.voided_staff_id "
    "LEFT JOIN staff a ON a.id = p.approved_staff_id "
)


def get_payment(payment_id: int) -> Payment:
    """Return a receipt with its means and lines, or refuse."""
    found = _payments(rows(f"{_PAYMENTS}WHERE p.id = ?", payment_id))
    if not found:
        raise RuleError("receipt-unknown", _("This receipt is not in the books."))
    return found[0]


def find_payment(number: str) -> Payment:
    """Return the receipt of this number as typed, or refuse."""
    found = _payments(rows(f"{_PAYMENTS}WHERE p.number = ?", fold(number).upper()))
    if not found:
        raise RuleError(
            "receipt-unknown", _("There is no receipt {number}.").format(number=number[:40])
        )
    return found[0]


def list_payments(
    *,
    unit_id: int | None = None,
    staff_id: int | None = None,
    from_on: date | None = None,
    until_on: date | None = None,
    open_only: bool = False,
    after: int | None = None,
    limit: int = 200,
) -> tuple[Payment, ...]:
    """Return receipts, the latest number first, those before the id `after`.

    `open_only` asks for those whose till is not closed yet.
    """
    conditions, values = ["1"], []
    for words, value in (
        ("p.unit_id = ?", unit_id),
        ("p.staff_id = ?", staff_id),
        ("p.at >= ?", f"{from_on}T00:00:00" if from_on else None),
        ("p.at <= ?", f"{until_on}T23:59:59" if until_on else None),
        ("p.id < ?", after),
    ):
        if value is not None:
            conditions.append(words)
            values.append(value)
    if open_only:
        conditions.append("p.close_id IS NULL")
    return _payments(
        rows(
            f"{_PAYMENTS}WHERE {' AND '.join(conditions)} ORDER BY p.id DESC LIMIT ?",
            *values,
            limit,
        )
    )


def refundable(payment_id: int) -> dict[tuple[Account, int | None], int]:
    """Return what a receipt still stands for and could be given back, by bill, deposit, prepaid.

    The value under `Account.MONEY` is the money that came in and has not gone back.
    """
    found = rows(
        "SELECT l.account, coalesce(l.bill_id, l.deposit_id), -sum(l.amount_fen) "
        "FROM ledger_line l JOIN payment p ON p.id = l.payment_id "
        "WHERE ? IN (p.id, p.refund_of_id) GROUP BY 1, 2",
        payment_id,
    )
    return {
        (Account(account), subject): -fen if account == Account.MONEY else fen
        for account, subject, fen in found
        if fen
    }


def _payments(found: Sequence[tuple[Any, ...]]) -> tuple[Payment, ...]:
    ids = [row[0] for row in found]
    means, lines, refunds = _means(ids), _lines(ids), _refunds(ids)
    return tuple(
        _payment(row, means.get(row[0], ()), lines.get(row[0], ()), refunds.get(row[0], ()))
        for row in found
    )


def _payment(
    row: tuple[Any, ...],
    means: Sequence[MeansPart],
    lines: Sequence[tuple[PaymentLine, int]],
    refunds: Sequence[str],
) -> Payment:
    kind = PaymentKind(row[2])
    # What goes against the direction of the receipt was taken from the prepaid account.
    sign = 1 if kind is PaymentKind.RECEIPT else -1
    used = [line for line, _balance in lines if line.amount_fen * sign < 0]
    return Payment(
        id=row[0],
        number=row[1],
        kind=kind,
        refund_of=row[3],
        unit_id=row[4],
        where=row[5],
        person_id=row[6],
        payer=row[7],
        at=datetime.fromisoformat(row[8]),
        entered_at=datetime.fromisoformat(row[9]),
        staff_id=row[10],
        by=row[11],
        total_fen=row[12],
        tendered_fen=row[13],
        note=row[14],
        external=row[15],
        close_number=row[16],
        prints=row[17],
        invoice_number=row[18],
        invoice_on=date.fromisoformat(row[19]) if row[19] else None,
        invoice_state=InvoiceState(row[20]) if row[20] else None,
        voided_at=datetime.fromisoformat(row[21]) if row[21] else None,
        voided_by=row[22],
        void_reason=row[23],
        approved_by=row[24],
        version=row[25],
        is_alone=bool(row[26]),
        prepaid_used_fen=-sum(line.amount_fen for line in used),
        prepaid_after_fen=lines[0][1] if lines else 0,
        means=tuple(means),
        lines=tuple(line for line, _balance in lines if line not in used),
        refunds=tuple(refunds),
    )


def _marks(ids: Sequence[int]) -> str:
    return ", ".join("?" * len(ids))


def _means(ids: Sequence[int]) -> dict[int, list[MeansPart]]:
    found: dict[int, list[MeansPart]] = {}
    for payment_id, means, fen, reference in rows(
        "SELECT payment_id, means, amount_fen, reference FROM payment_means "
        f"WHERE payment_id IN ({_marks(ids)}) ORDER BY payment_id, abs(amount_fen) DESC, means",
        *ids,
    ):
        found.setdefault(payment_id, []).append(MeansPart(Means(means), fen, reference))
    return found


def _lines(ids: Sequence[int]) -> dict[int, list[tuple[PaymentLine, int]]]:
    """Return what receipts are for, and beside each line the prepaid balance after the act."""
    found: dict[int, list[tuple[PaymentLine, int]]] = {}
    for row in rows(
        "SELECT l.payment_id, l.account, -l.amount_fen, coalesce(i.name, d.label, ''), l.bill_id, "
        "l.deposit_id, b.from_on, b.until_on, coalesce(b.amount_fen, 0), coalesce(d.kind, ''), "
        "(SELECT coalesce(-sum(a.amount_fen), 0) FROM ledger_line a WHERE a.account = 'prepaid' "
        "AND a.unit_id = l.unit_id AND a.act_no <= l.act_no) FROM ledger_line l "
        "LEFT JOIN bill b ON b.id = l.bill_id LEFT JOIN fee_item i ON i.id = b.fee_item_id "
        "LEFT JOIN deposit d ON d.id = l.deposit_id "
        f"WHERE l.payment_id IN ({_marks(ids)}) AND l.act IN ('payment', 'refund') "
        "AND l.account IN ('bill', 'prepaid', 'deposit') ORDER BY l.id",
        *ids,
    ):
        payment_id, account, fen, words, bill_id, deposit_id, from_on, until_on, whole = row[:9]
        line = PaymentLine(
            account=Account(account),
            amount_fen=fen,
            words=words or _words(Account(account), row[9]),
            bill_id=bill_id,
            deposit_id=deposit_id,
            from_on=date.fromisoformat(from_on) if from_on else None,
            until_on=date.fromisoformat(until_on) if until_on else None,
            bill_fen=whole,
        )
        found.setdefault(payment_id, []).append((line, row[10]))
    return found


def _words(account: Account, deposit_kind: str) -> str:
    if deposit_kind:
        return str(DEPOSIT_LABELS[DepositKind(deposit_kind)])
    return str(ACCOUNT_LABELS[account])


def _refunds(ids: Sequence[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for payment_id, number in rows(
        f"SELECT refund_of_id, number FROM payment WHERE refund_of_id IN ({_marks(ids)}) "
        "ORDER BY id",
        *ids,
    ):
        found.setdefault(payment_id, []).append(number)
    return found
