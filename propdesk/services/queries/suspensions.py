"""Obstacles that suspend the limitation of a house's bills, to read (Civil Code 194)."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.suspensions import NotedSuspension, Obstacle, Suspension
from propdesk.i18n import _
from propdesk.storage.database import rows

_SUSPENSIONS = (
    "SELECT x.id, x.unit_id, u.short, x.obstacle, x.from_on, x.until_on, x.note, x.entered_at, "
    "s.name, x.voided_at, coalesce(v.name, ''), x.void_reason FROM limitation_suspension x "
    "JOIN unit u ON u.id = x.unit_id JOIN staff s ON s.id = x.staff_id "
    "LEFT JOIN staff v ON v.id = x.voided_staff_id WHERE "
)


def list_suspensions(
    unit_id: int | None = None, *, with_void: bool = False
) -> tuple[NotedSuspension, ...]:
    """Return the obstacles of a house, or of all, the earliest first."""
    found = rows(
        f"{_SUSPENSIONS}? IN (0, x.unit_id) AND (? OR x.voided_at IS NULL) "
        "ORDER BY x.from_on, x.id",
        unit_id or 0,
        with_void,
    )
    return tuple(map(_suspension, found))


def get_suspension(suspension_id: int) -> NotedSuspension:
    """Return an obstacle, or refuse."""
    found = rows(f"{_SUSPENSIONS}x.id = ?", suspension_id)
    if not found:
        raise RuleError(
            "suspension-unknown", _("There is no suspension {id}.").format(id=suspension_id)
        )
    return _suspension(found[0])


def all_suspensions() -> dict[int, list[Suspension]]:
    """Return what suspends anything now, by house: a handful of houses in any office."""
    found: dict[int, list[Suspension]] = {}
    for unit_id, obstacle, from_on, until_on in rows(
        "SELECT unit_id, obstacle, from_on, until_on FROM limitation_suspension "
        "WHERE voided_at IS NULL"
    ):
        one = Suspension(
            Obstacle(obstacle),
            date.fromisoformat(from_on),
            date.fromisoformat(until_on) if until_on else None,
        )
        found.setdefault(unit_id, []).append(one)
    return found


def _suspension(row: tuple[Any, ...]) -> NotedSuspension:
    return NotedSuspension(
        id=row[0],
        unit_id=row[1],
        unit=row[2],
        obstacle=Obstacle(row[3]),
        from_on=date.fromisoformat(row[4]),
        until_on=date.fromisoformat(row[5]) if row[5] else None,
        note=row[6],
        entered_at=datetime.fromisoformat(row[7]),
        by=row[8],
        voided_at=datetime.fromisoformat(row[9]) if row[9] else None,
        voided_by=row[10],
        void_reason=row[11],
    )
