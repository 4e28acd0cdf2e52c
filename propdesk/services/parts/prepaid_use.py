"""Settle bills from the prepaid accounts of their houses, without anybody asking (issue 6).

The order between debts is the law's (Civil Code 560): what is due first, then by day of payment. A
penalty is not taken silently from money that was paid ahead for fees: somebody decides on it.
"""

from collections.abc import Iterable
from datetime import date, datetime

from propdesk.domain.allocation import Debt, allocate
from propdesk.domain.bills import BillKind
from propdesk.domain.ledger import Account, Act, LedgerLine, reverse
from propdesk.services.parts.ledger import Posting, post_all
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows

_TAKEN = (BillKind.CHARGE.value, BillKind.OPENING.value)


def use_prepaid(
    unit_ids: Iterable[int], *, on_day: date, reason: str, staff_id: int, now: datetime
) -> int:
    """Settle open bills of these houses from what they prepaid; return how many fen were used.

    `reason` is the number of the run: by it the use can be taken back. The caller holds the
    transaction.
    """
    wanted = set(unit_ids)
    balances = {
        unit_id: fen
        for unit_id, fen in rows(
            "SELECT unit_id, -sum(amount_fen) FROM ledger_line WHERE account = 'prepaid' "
            "GROUP BY unit_id HAVING sum(amount_fen) < 0"
        )
        if unit_id in wanted
    }
    postings = []
    used = 0
    for unit_id, balance in balances.items():
        given = allocate(balance, _debts(unit_id), local(now).date())
        if not given:
            continue
        taken = sum(given.values())
        used += taken
        lines = [LedgerLine(Account.PREPAID, taken)]
        lines += [LedgerLine(Account.BILL, -fen, bill_id) for bill_id, fen in given.items()]
        postings.append(Posting(Act.PREPAID_USE, unit_id, lines, on_day, reason=reason))
    post_all(postings, staff_id=staff_id, now=now)
    return used


def _debts(unit_id: int) -> list[Debt]:
    return [
        Debt(bill_id, open_fen, date.fromisoformat(due_on), bill_id, burden_e6=burden)
        for bill_id, open_fen, due_on, burden in rows(
            "SELECT b.id, b.amount_fen - b.settled_fen, b.due_on, coalesce(t.late_rate_e6, 0) "
            "FROM bill b LEFT JOIN tariff t ON t.id = b.tariff_id "
            "WHERE b.unit_id = ? AND b.settled_fen < b.amount_fen AND b.voided_at IS NULL "
            "AND b.kind IN (?, ?) ORDER BY b.due_on, b.from_on, b.id",
            unit_id,
            *_TAKEN,
        )
    ]


def used_by(reason: str) -> dict[int, list[LedgerLine]]:
    """Return by house what stands in the ledger of the prepaid money that a run used."""
    found: dict[int, list[LedgerLine]] = {}
    for unit_id, account, bill_id, fen in rows(
        "SELECT unit_id, account, bill_id, sum(amount_fen) FROM ledger_line "
        "WHERE act IN (?, ?) AND reason = ? GROUP BY unit_id, account, bill_id "
        "HAVING sum(amount_fen) <> 0 ORDER BY unit_id, bill_id",
        Act.PREPAID_USE.value,
        Act.PREPAID_UNDO.value,
        reason,
    ):
        found.setdefault(unit_id, []).append(LedgerLine(Account(account), fen, bill_id))
    return found


def give_back_prepaid(reason: str, *, on_day: date, staff_id: int, now: datetime) -> None:
    """Take back the prepaid money that a run used; the caller holds the transaction."""
    postings = [
        Posting(Act.PREPAID_UNDO, unit_id, reverse(lines), on_day, reason=reason)
        for unit_id, lines in used_by(reason).items()
    ]
    post_all(postings, staff_id=staff_id, now=now)
