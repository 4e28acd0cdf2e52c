"""Tickets in one line each, as they stand beside another one: parts, duplicates, related."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.tickets import Kind, Status
from propdesk.storage.database import rows

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class TicketLine:
    """What a line says of a ticket."""

    id: int
    number: str
    kind: Kind
    where: str
    reporter: str
    matter: str
    status: Status
    received_at: datetime


def list_lines(ticket_ids: Sequence[int]) -> tuple[TicketLine, ...]:
    """Return tickets in the order of their ids given; unknown ids are left out."""
    found: dict[int, TicketLine] = {}
    for start in range(0, len(ticket_ids), _AT_ONCE):
        chunk = ticket_ids[start : start + _AT_ONCE]
        marks = ", ".join("?" * len(chunk))
        for row in rows(
            "SELECT t.id, t.number, t.kind, coalesce(u.short, t.place), t.reporter_name, "
            "t.matter, t.status, t.received_at FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id "
            f"WHERE t.id IN ({marks})",
            *chunk,
        ):
            found[row[0]] = TicketLine(
                id=row[0],
                number=row[1],
                kind=Kind(row[2]),
                where=row[3],
                reporter=row[4],
                matter=row[5],
                status=Status(row[6]),
                received_at=datetime.fromisoformat(row[7]),
            )
    return tuple(found[one] for one in ticket_ids if one in found)
