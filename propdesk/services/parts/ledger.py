"""Write acts into the ledger, and keep in step what each bill has been settled by.

The caller holds the transaction. An act adds up to zero, a bill is never settled beyond its amount,
no prepaid account and no deposit falls below zero: an act that would is refused as a whole.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.ledger import Account, Act, LedgerLine, check_balanced
from propdesk.domain.money import money_words
from propdesk.i18n import _
from propdesk.services.parts.writing import local
from propdesk.storage.database import database, rows, stored_time

_INSERT = (
    "INSERT INTO ledger_line (act_no, act, account, unit_id, bill_id, deposit_id, payment_id, "
    "fee_item_id, amount_fen, on_day, entered_at, staff_id, reason) "
    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
)
_LINES = "SELECT account, amount_fen, bill_id, deposit_id, fee_item_id FROM ledger_line "
_SETTLE = "UPDATE bill SET settled_fen = settled_fen - ? WHERE id = ?"


@dataclass(frozen=True, slots=True)
class Posting:
    """One act of a house, before it is written."""

    act: Act
    unit_id: int
    lines: Sequence[LedgerLine]
    on_day: date
    payment_id: int | None = None
    reason: str = ""


def post(
    act: Act,
    lines: Iterable[LedgerLine],
    *,
    unit_id: int,
    on_day: date,
    staff_id: int,
    now: datetime,
    payment_id: int | None = None,
    reason: str = "",
) -> int:
    """Write one act of a house and return its number."""
    posting = Posting(act, unit_id, tuple(lines), on_day, payment_id, reason)
    return post_all([posting], staff_id=staff_id, now=now)[0]


def post_all(postings: Sequence[Posting], *, staff_id: int, now: datetime) -> range:
    """Write many acts at once, as a bill run does, and return their numbers in this order.

    Lines of nothing are left out. Raises ValueError when an act does not add up to zero.
    """
    first = rows("SELECT coalesce(max(act_no), 0) + 1 FROM ledger_line")[0][0]
    at = stored_time(local(now))
    values = []
    moved: Counter[tuple[Account, int]] = Counter()
    for act_no, one in enumerate(postings, start=first):
        check_balanced(one.lines)
        for line in one.lines:
            if not line.amount_fen:
                continue
            values.append((
                act_no, one.act.value, line.account.value, one.unit_id, line.bill_id,
                line.deposit_id, one.payment_id, line.fee_item_id, line.amount_fen,
                one.on_day.isoformat(), at, staff_id, one.reason,
            ))  # fmt: skip
            subject = line.bill_id or line.deposit_id or one.unit_id
            moved[line.account, subject] += line.amount_fen
    settled = [(fen, bill) for (account, bill), fen in moved.items() if account is Account.BILL]
    for fen, bill_id in settled:
        if fen < 0:
            _check_bill(bill_id, -fen)
    connection = database.connection()
    connection.executemany(_INSERT, values)
    connection.executemany(_SETTLE, settled)
    for (account, subject), taken in moved.items():
        if taken > 0 and account is Account.PREPAID:
            _check_prepaid(subject, taken)
        elif taken > 0 and account is Account.DEPOSIT:
            _check_deposit(subject, taken)
    return range(first, first + len(postings))


def prepaid_balance(unit_id: int, on_day: date | None = None) -> int:
    """Return what stands on a house's prepaid account, today or at the end of a day."""
    found = rows(
        "SELECT coalesce(-sum(amount_fen), 0) FROM ledger_line WHERE account = 'prepaid' "
        "AND unit_id = ? AND on_day <= ?",
        unit_id,
        (on_day or date.max).isoformat(),
    )
    return int(found[0][0])


def deposit_balance(deposit_id: int) -> int:
    """Return what is still held of a deposit."""
    found = rows(
        "SELECT coalesce(-sum(amount_fen), 0) FROM ledger_line WHERE deposit_id = ?", deposit_id
    )
    return int(found[0][0])


def lines_of_act(act_no: int) -> tuple[LedgerLine, ...]:
    """Return the lines of an act, as they would be reversed."""
    return _lines(rows(f"{_LINES}WHERE act_no = ? ORDER BY id", act_no))


def lines_of_payment(payment_id: int) -> tuple[LedgerLine, ...]:
    """Return all lines that a receipt stands behind, its void included."""
    return _lines(rows(f"{_LINES}WHERE payment_id = ? ORDER BY id", payment_id))


def _lines(found: Iterable[tuple[Any, ...]]) -> tuple[LedgerLine, ...]:
    return tuple(LedgerLine(Account(row[0]), *row[1:]) for row in found)


def _check_bill(bill_id: int, fen: int) -> None:
    """Refuse to settle a bill beyond its amount, or one that is void: a colleague was quicker."""
    item, from_on, until_on, open_fen = rows(
        "SELECT i.name, b.from_on, b.until_on, "
        "CASE WHEN b.voided_at IS NULL THEN b.amount_fen - b.settled_fen ELSE 0 END "
        "FROM bill b JOIN fee_item i ON i.id = b.fee_item_id WHERE b.id = ?",
        bill_id,
    )[0]
    if fen > open_fen:
        raise RuleError(
            "bill-settled",
            _(
                "Of {item} {start} to {end} only {open} yuan are open: somebody settled or "
                "changed it meanwhile. Open the house again."
            ).format(item=item, start=from_on, end=until_on, open=money_words(open_fen)),
        )


def _check_prepaid(unit_id: int, taken: int) -> None:
    balance = prepaid_balance(unit_id)
    if balance < 0:
        raise RuleError(
            "prepaid-short",
            _(
                "On the prepaid account of this house stand only {balance} yuan, {taken} are to "
                "be taken. Take less, or take back first what was settled from it."
            ).format(balance=money_words(balance + taken), taken=money_words(taken)),
        )


def _check_deposit(deposit_id: int, taken: int) -> None:
    balance = deposit_balance(deposit_id)
    if balance < 0:
        raise RuleError(
            "deposit-short",
            _(
                "Of this deposit only {balance} yuan are held, {taken} are to be taken. Write "
                "a smaller amount."
            ).format(balance=money_words(balance + taken), taken=money_words(taken)),
        )
