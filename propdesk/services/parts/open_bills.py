"""What was open of bills on a day: what an act of urging on that day was about."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class DemandedBill:
    """A bill and what was open of it on the day."""

    id: int
    open_fen: int


# What was settled up to a day is the ledger's; the bill's own sum is today's.
_OPEN_THEN = (
    "b.amount_fen + coalesce((SELECT sum(l.amount_fen) FROM ledger_line l "
    "WHERE l.bill_id = b.id AND l.account = 'bill' AND l.on_day <= ?), 0)"
)


def due_bills(unit_id: int, day: date, *, also_not_due: bool = False) -> list[DemandedBill]:
    """Return the bills of a house that were due and open on a day, what was paid since included."""
    due = "" if also_not_due else "AND b.due_on <= ? "
    values: list[Any] = [day.isoformat(), unit_id, *([] if also_not_due else [day.isoformat()])]
    found = rows(
        f"SELECT b.id, {_OPEN_THEN} AS open FROM bill b "  # noqa: S608 - our own words
        f"WHERE b.unit_id = ? AND b.voided_at IS NULL {due}ORDER BY b.due_on, b.id",
        *values,
    )
    return [DemandedBill(*row) for row in found if row[1] > 0]


def letter_bills(letter_id: int, day: date) -> list[DemandedBill]:
    """Return the bills of a letter with what was open of each on a day; a void one is left out."""
    found = rows(
        f"SELECT b.id, {_OPEN_THEN} FROM demand_line d JOIN bill b ON b.id = d.bill_id "  # noqa: S608 - our own words
        "WHERE d.letter_id = ? AND b.voided_at IS NULL ORDER BY b.due_on, b.id",
        day.isoformat(),
        letter_id,
    )
    return [DemandedBill(row[0], max(row[1], 0)) for row in found]
