"""The open bills of a house as debts that a payment settles (Civil Code 560, 561)."""

from datetime import date
from typing import Any

from propdesk.domain.allocation import Debt, Part
from propdesk.domain.bills import BillKind
from propdesk.storage.database import rows

# A bill that belongs to another one is its penalty, or what it cost to collect it: neither grows,
# whatever rate its price names.
_DEBTS = (
    "SELECT b.id, b.amount_fen - b.settled_fen, b.due_on, b.late_for_id, b.kind, "
    "iif(b.late_for_id IS NULL, coalesce(t.late_rate_e6, 0), 0) "
    "FROM bill b LEFT JOIN tariff t ON t.id = b.tariff_id "
    "WHERE b.unit_id = ? AND b.settled_fen < b.amount_fen AND b.voided_at IS NULL "
    "ORDER BY b.due_on, b.id"
)


def open_debts(unit_id: int) -> tuple[Debt, ...]:
    """Return what is open of a house."""
    return tuple(_debt(*row) for row in rows(_DEBTS, unit_id))


def _debt(
    bill_id: int, open_fen: int, due_on: str, late_for: int | None, kind: str, rate: Any
) -> Debt:
    part = Part.DEBT
    if late_for is not None:
        part = Part.PENALTY if kind == BillKind.LATE_FEE else Part.COSTS
    main_id = bill_id if late_for is None else late_for
    return Debt(bill_id, open_fen, date.fromisoformat(due_on), main_id, part, rate)
