"""What stands in a cashier's open till, and the tills that were closed."""

import json
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import fold
from propdesk.domain.till_closes import TillClose, TillCount, count_till, sums_from_stored
from propdesk.i18n import _
from propdesk.services.queries.payments import list_payments
from propdesk.storage.database import rows

_ALL = -1
_CLOSES = (
    "SELECT c.id, c.number, c.staff_id, s.name, c.on_day, c.closed_at, b.name, "
    "coalesce(k.name, ''), c.sums, c.receipts, c.voided, c.first_number, c.last_number, "
    "c.counted_fen, c.difference_reason, c.note FROM till_close c "
    "JOIN staff s ON s.id = c.staff_id JOIN staff b ON b.id = c.closed_staff_id "
    "LEFT JOIN staff k ON k.id = c.checked_staff_id "
)


def get_open_till(staff_id: int) -> TillCount:
    """Return what a cashier took and gave back since his last close."""
    return count_till(list_payments(staff_id=staff_id, open_only=True, limit=_ALL))


def list_open_tills() -> tuple[tuple[int, str, int], ...]:
    """Return whose till is open: id and name of the cashier, and how many receipts wait."""
    found = rows(
        "SELECT p.staff_id, s.name, count(*) FROM payment p JOIN staff s ON s.id = p.staff_id "
        "WHERE p.close_id IS NULL GROUP BY p.staff_id ORDER BY s.name"
    )
    return tuple((row[0], row[1], row[2]) for row in found)


def get_till_close(close_id: int) -> TillClose:
    """Return a till that was closed, or refuse."""
    return _one(rows(f"{_CLOSES}WHERE c.id = ?", close_id), "")


def find_till_close(number: str) -> TillClose:
    """Return the close of this number as typed, or refuse."""
    return _one(rows(f"{_CLOSES}WHERE c.number = ?", fold(number).upper()), number)


def list_till_closes(
    *, staff_id: int | None = None, on_day: date | None = None, limit: int = 100
) -> tuple[TillClose, ...]:
    """Return tills that were closed, the latest first."""
    conditions: list[str] = ["1"]
    values: list[int | str] = []
    if staff_id is not None:
        conditions.append("c.staff_id = ?")
        values.append(staff_id)
    if on_day is not None:
        conditions.append("c.on_day = ?")
        values.append(on_day.isoformat())
    found = rows(
        f"{_CLOSES}WHERE {' AND '.join(conditions)} ORDER BY c.id DESC LIMIT ?", *values, limit
    )
    return tuple(map(_close, found))


def _one(found: list[tuple[Any, ...]], number: str) -> TillClose:
    if not found:
        raise RuleError(
            "close-unknown", _("There is no close of a till {number}.").format(number=number[:40])
        )
    return _close(found[0])


def _close(row: tuple[Any, ...]) -> TillClose:
    stored = json.loads(row[8])
    count = TillCount(
        sums=sums_from_stored(stored),
        receipts=row[9],
        voided=row[10],
        first_number=row[11],
        last_number=row[12],
        voided_numbers=tuple(stored.get("voided", ())),
    )
    return TillClose(
        id=row[0],
        number=row[1],
        staff_id=row[2],
        cashier=row[3],
        on_day=date.fromisoformat(row[4]),
        closed_at=datetime.fromisoformat(row[5]),
        closed_by=row[6],
        checked_by=row[7],
        count=count,
        counted_fen=row[13],
        difference_reason=row[14],
        note=row[15],
    )
