"""Breaches of the estate's rules that are not settled, and until when they are to be reported."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.tickets import Event, EventKind
from propdesk.domain.violations import Violation, ViolationState, read_violation
from propdesk.services.parts.events import list_events
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class ViolationRow:
    """An open ticket about a breach: which step comes next, and until when to report it."""

    id: int
    number: str
    violation: Violation
    where: str
    matter: str
    following: EventKind | None
    due_at: datetime | None
    overdue: bool


def get_violation(events: Sequence[Event]) -> ViolationState:
    """Return where the breach of a ticket stands, told from its journal."""
    return read_violation(events, load_settings("violation_hours").violation_hours)


def list_violations(*, now: datetime) -> list[ViolationRow]:
    """Return the breaches of open tickets, the first to be reported first."""
    found = rows(
        "SELECT t.id, t.number, t.violation, coalesce(u.short, t.place), t.matter FROM ticket t "
        "LEFT JOIN unit u ON u.id = t.unit_id WHERE t.violation <> '' AND t.is_open = 1"
    )
    journals = list_events([row[0] for row in found])
    hours = load_settings("violation_hours").violation_hours
    listed = []
    for ticket_id, number, violation, where, matter in found:
        state = read_violation(journals.get(ticket_id, ()), hours)
        listed.append(
            ViolationRow(
                id=ticket_id,
                number=number,
                violation=Violation(violation),
                where=where,
                matter=matter,
                following=state.following,
                due_at=state.due_at,
                overdue=state.is_overdue(local(now)),
            )
        )
    return sorted(listed, key=lambda row: (row.due_at or datetime.max, row.number))
