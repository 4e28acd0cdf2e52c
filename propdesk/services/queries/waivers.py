"""What was waived of a house's bills, by whom and why."""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Waiver:
    """An act by which part of a bill was waived; below zero it was taken back."""

    act_no: int
    bill_id: int
    item: str
    from_on: date
    until_on: date
    amount_fen: int
    reason: str
    entered_at: datetime
    by: str


_WAIVERS = (
    "SELECT l.act_no, l.bill_id, i.name, b.from_on, b.until_on, -l.amount_fen, l.reason, "
    "l.entered_at, s.name FROM bill b JOIN ledger_line l ON l.bill_id = b.id "
    "JOIN fee_item i ON i.id = b.fee_item_id JOIN staff s ON s.id = l.staff_id "
    "WHERE b.unit_id = ? AND l.act IN ('waiver', 'waiver-undo') ORDER BY l.act_no DESC, l.id"
)
_WAIVED = (
    "SELECT coalesce(-sum(amount_fen), 0) FROM ledger_line "
    "WHERE bill_id = ? AND act IN ('waiver', 'waiver-undo')"
)


def list_waivers(unit_id: int) -> list[Waiver]:
    """Return the waivers of a house and those that were taken back, the latest first."""
    return [
        Waiver(
            act_no=row[0],
            bill_id=row[1],
            item=row[2],
            from_on=date.fromisoformat(row[3]),
            until_on=date.fromisoformat(row[4]),
            amount_fen=row[5],
            reason=row[6],
            entered_at=datetime.fromisoformat(row[7]),
            by=row[8],
        )
        for row in rows(_WAIVERS, unit_id)
    ]


def waived_fen(bill_id: int) -> int:
    """Return what is waived of a bill and was not taken back."""
    return int(rows(_WAIVED, bill_id)[0][0])
