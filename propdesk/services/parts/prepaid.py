"""Settle bills from the prepaid accounts of their houses, as a bill run does by itself.

The caller holds the transaction.
"""

import json
from collections.abc import Iterable, Mapping
from datetime import date, datetime

from propdesk.domain.bills import BillKind
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.services.parts.ledger import Posting, post_all
from propdesk.storage.database import rows

# The oldest first, as far as the account of the house reaches.
_OPEN = (
    "SELECT b.id, b.unit_id, b.amount_fen - b.settled_fen FROM json_each(?) j "
    "JOIN bill b ON b.id = j.value WHERE b.voided_at IS NULL AND b.settled_fen < b.amount_fen "
    "ORDER BY b.unit_id, b.due_on, b.id"
)
_BALANCES = (
    "SELECT unit_id, -sum(amount_fen) FROM ledger_line WHERE account = 'prepaid' "
    "GROUP BY unit_id HAVING sum(amount_fen) < 0"
)


_OWED = (
    "SELECT b.unit_id, sum(b.amount_fen - b.settled_fen) FROM json_each(?) j "
    "JOIN bill b ON b.unit_id = j.value WHERE b.voided_at IS NULL AND b.settled_fen < b.amount_fen "
    "AND b.kind IN (?, ?) GROUP BY b.unit_id"
)
TAKEN_FROM_PREPAID = (BillKind.CHARGE, BillKind.OPENING)
"""A penalty is not taken from money that was paid ahead for fees: somebody decides on it
(Civil Code 585)."""


def prepaid_for(billed_fen: Mapping[int, int]) -> dict[int, int]:
    """Return by house what its prepaid account would settle if so many fen were billed now.

    What is open already is settled with it. Houses with nothing prepaid are left out.
    """
    balances = {unit: fen for unit, fen in rows(_BALANCES) if unit in billed_fen}
    kinds = (kind.value for kind in TAKEN_FROM_PREPAID)
    owed = dict(rows(_OWED, json.dumps(list(balances)), *kinds)) if balances else {}
    return {unit: min(fen, billed_fen[unit] + owed.get(unit, 0)) for unit, fen in balances.items()}


def settle_from_prepaid(
    bill_ids: Iterable[int], *, on_day: date, staff_id: int, now: datetime, reason: str = ""
) -> int:
    """Let prepaid accounts pay these bills as far as they reach; return how many fen they paid.

    One act a house, so that it can be taken back as it was made.
    """
    balances = dict(rows(_BALANCES))
    lines: dict[int, list[LedgerLine]] = {}
    for bill_id, unit_id, open_fen in rows(_OPEN, json.dumps(list(bill_ids))):
        used = min(open_fen, balances.get(unit_id, 0))
        if used:
            balances[unit_id] -= used
            lines.setdefault(unit_id, []).append(LedgerLine(Account.BILL, -used, bill_id=bill_id))
    postings = []
    total = 0
    for unit_id, settled in lines.items():
        used = -sum(line.amount_fen for line in settled)
        total += used
        whole = (LedgerLine(Account.PREPAID, used), *settled)
        postings.append(Posting(Act.PREPAID_USE, unit_id, whole, on_day, reason=reason))
    post_all(postings, staff_id=staff_id, now=now)
    return total


def unsettle_to_prepaid(
    bill_ids: Iterable[int], *, on_day: date, staff_id: int, now: datetime, reason: str
) -> int:
    """Give back to the prepaid accounts what they paid of these bills; return how many fen.

    For a run that is undone as a whole, and for a bill that is void: what was paid in money stays.
    """
    found = rows(
        "SELECT l.unit_id, l.bill_id, -sum(l.amount_fen) FROM json_each(?) j "
        "JOIN ledger_line l ON l.bill_id = j.value "
        "WHERE l.act IN ('prepaid-use', 'prepaid-undo') GROUP BY 1, 2 HAVING sum(l.amount_fen) < 0",
        json.dumps(list(bill_ids)),
    )
    lines: dict[int, list[LedgerLine]] = {}
    for unit_id, bill_id, fen in found:
        lines.setdefault(unit_id, []).append(LedgerLine(Account.BILL, fen, bill_id=bill_id))
    postings = []
    for unit_id, opened in lines.items():
        back = sum(line.amount_fen for line in opened)
        whole = (*opened, LedgerLine(Account.PREPAID, -back))
        postings.append(Posting(Act.PREPAID_UNDO, unit_id, whole, on_day, reason=reason))
    post_all(postings, staff_id=staff_id, now=now)
    return sum(fen for _unit, _bill, fen in found)
