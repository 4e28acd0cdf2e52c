"""All houses of the office for the house board, read in one query."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.ageing import AgeBucket, age_limits
from propdesk.domain.house_boards import BoardHouse
from propdesk.domain.units import UnitKind, UnitState
from propdesk.services.parts.periods import present
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows, stored_time

# Looked up 5,000 times: a table takes a third of the time of an enumeration's own call.
_KINDS = {kind.value: kind for kind in UnitKind}
_STATES: dict[str, UnitState | None] = {"": None, **{state.value: state for state in UnitState}}


def list_board_houses(now: datetime, *, with_arrears: bool = False) -> tuple[BoardHouse, ...]:
    """Return every house with its state, how many people live there, and what is open at `now`.

    Emergency contacts live elsewhere and are not counted; nobody's name is read. What is owed is
    read for those who may see it only (law.md 1.6).
    """
    moment = local(now)
    day = moment.date().isoformat()
    arrears = _arrears(moment.date()) if with_arrears else {}
    found = rows(
        "SELECT u.id, u.short, c.name, b.id, b.name, e.name, u.number, u.floor, u.kind, u.state, "
        "coalesce(p.people, 0), coalesce(t.tickets, 0), coalesce(t.complaints, 0), "
        "coalesce(t.overdue, 0), coalesce(p.special, 0), d.unit_id IS NOT NULL "
        "FROM unit u JOIN entrance e ON e.id = u.entrance_id "
        "JOIN building b ON b.id = e.building_id JOIN community c ON c.id = b.community_id "
        "LEFT JOIN (SELECT r.unit_id, "
        " count(DISTINCT iif(r.role <> 'emergency', r.person_id, NULL)) AS people, "
        " max(s.special <> '' AND (s.special_until IS NULL OR s.special_until >= ?) "
        "  AND s.sealed_at IS NULL AND s.erased_at IS NULL) AS special "
        " FROM residency r JOIN person s ON s.id = r.person_id "
        f" WHERE {present('r', moment.date())} GROUP BY r.unit_id) p ON p.unit_id = u.id "
        "LEFT JOIN (SELECT unit_id, count(*) AS tickets, sum(kind = 'complaint') AS complaints, "
        " sum(coalesce(next_due_at < ?, 0)) AS overdue FROM ticket "
        " WHERE is_open = 1 AND unit_id IS NOT NULL GROUP BY unit_id) t ON t.unit_id = u.id "
        "LEFT JOIN (SELECT DISTINCT unit_id FROM decoration WHERE permitted_on IS NOT NULL "
        " AND accepted_on IS NULL AND cancelled_on IS NULL "
        " AND (from_on IS NULL OR from_on <= ?)) d ON d.unit_id = u.id",
        day,
        stored_time(moment),
        day,
    )
    return tuple(_house(row, arrears.get(row[0])) for row in found)


def _arrears(today: date) -> dict[int, AgeBucket | None]:
    """Return the age of the oldest bill of each house that should have been paid by now."""
    limits = age_limits(today)
    found = rows(
        "SELECT unit_id, min(due_on) FROM bill WHERE settled_fen < amount_fen "
        "AND voided_at IS NULL GROUP BY unit_id HAVING min(due_on) < ?",
        today.isoformat(),
    )
    return {unit_id: limits.bucket(date.fromisoformat(due_on)) for unit_id, due_on in found}


def _house(row: tuple[Any, ...], arrears: AgeBucket | None) -> BoardHouse:
    return BoardHouse(
        id=row[0],
        short=row[1],
        community=row[2],
        building_id=row[3],
        building=row[4],
        entrance=row[5],
        number=row[6],
        floor=row[7],
        kind=_KINDS[row[8]],
        state=_STATES[row[9]],
        people=row[10],
        tickets=row[11],
        complaints=row[12],
        overdue=row[13],
        is_special=bool(row[14]),
        is_decorating=bool(row[15]),
        arrears=arrears,
    )
