"""The account statement of a house: bills and what was paid of them, day by day, with the balance.

An act of the ledger is one line, whatever bills it settled; money in advance counts as paid, so
that using it moves nothing.
"""

from dataclasses import dataclass, replace
from datetime import date

from propdesk.domain.bills import BILL_KIND_LABELS, BillKind
from propdesk.domain.ledger import ACT_LABELS, Act
from propdesk.i18n import _
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class StatementLine:
    """A bill on its day of payment, or an act that settled something.

    `balance_fen` is what was owed after it; below zero the house has money to its credit.
    """

    day: date
    words: str
    period: str
    number: str
    billed_fen: int
    paid_fen: int
    reason: str
    balance_fen: int = 0


_BILLS = (
    "SELECT b.due_on, i.name, b.kind, b.from_on, b.until_on, b.amount_fen FROM bill b "
    "JOIN fee_item i ON i.id = b.fee_item_id WHERE b.unit_id = ? AND b.voided_at IS NULL "
    "ORDER BY b.due_on, b.id"
)
_ACTS = (
    "SELECT l.on_day, l.act, coalesce(p.number, ''), -sum(l.amount_fen), l.reason "
    "FROM ledger_line l LEFT JOIN payment p ON p.id = l.payment_id "
    "WHERE l.unit_id = ? AND l.account IN ('bill', 'prepaid') "
    "GROUP BY l.act_no HAVING sum(l.amount_fen) <> 0 ORDER BY l.on_day, l.act_no"
)


def list_statement(unit_id: int) -> tuple[StatementLine, ...]:
    """Return the lines of a house's account, the earliest first."""
    lines = [
        StatementLine(
            day=date.fromisoformat(row[0]),
            words=item_words(row[1], BillKind(row[2])),
            period=_("{start} to {end}").format(start=row[3], end=row[4]),
            number="",
            billed_fen=row[5],
            paid_fen=0,
            reason="",
        )
        for row in rows(_BILLS, unit_id)
    ]
    lines += [
        StatementLine(
            day=date.fromisoformat(row[0]),
            words=str(ACT_LABELS[Act(row[1])]),
            period="",
            number=row[2],
            billed_fen=0,
            paid_fen=row[3],
            reason=row[4],
        )
        for row in rows(_ACTS, unit_id)
    ]
    balance, found = 0, []
    for line in sorted(lines, key=lambda one: one.day):
        balance += line.billed_fen - line.paid_fen
        found.append(replace(line, balance_fen=balance))
    return tuple(found)


def item_words(item: str, kind: BillKind) -> str:
    """Return what a bill is about: the penalty of an item is not the item itself."""
    if kind is BillKind.LATE_FEE:
        return _("{item}: {kind}").format(item=item, kind=BILL_KIND_LABELS[kind])
    return item
