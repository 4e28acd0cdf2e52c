"""The case of a house and its history."""

from datetime import date, datetime

from propdesk.domain.arrears import ArrearsReason, LegalState
from propdesk.domain.arrears_cases import (
    ArrearsCase,
    ArrearsNote,
    HoldingTicket,
    NoteKind,
)
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows
from propdesk.storage.dunning import ArrearsNoteRecord

_CASE = (
    "SELECT reason, reason_text, held_until, held_reason, legal_state, version "
    "FROM arrears_case WHERE unit_id = ?"
)
_TICKETS = (
    "SELECT id, number, matter, kind FROM ticket WHERE unit_id = ? AND is_open = 1 "
    "ORDER BY kind <> 'complaint', received_at, id"
)
_NOTES = (
    "SELECT n.kind, n.text, coalesce(t.number, ''), n.at, s.name FROM arrears_note n "
    "JOIN staff s ON s.id = n.staff_id LEFT JOIN ticket t ON t.id = n.ticket_id "
    "WHERE n.unit_id = ? ORDER BY n.at DESC, n.id DESC LIMIT 200"
)


def load_case(unit_id: int, today: date) -> ArrearsCase:
    """Return the case of a house as it stands today; a hold whose day has passed is none."""
    (unit,) = rows("SELECT short FROM unit WHERE id = ?", unit_id)[0]
    found = rows(_CASE, unit_id)
    reason, text, until, held_reason, legal, version = found[0] if found else ("",) * 5 + (0,)
    held_until = date.fromisoformat(until) if until else None
    if held_until is not None and held_until < today:
        held_until = None
    tickets = rows(_TICKETS, unit_id)
    return ArrearsCase(
        unit_id=unit_id,
        unit=unit,
        reason=ArrearsReason(reason) if reason else None,
        reason_text=text,
        held_until=held_until,
        held_reason=held_reason if held_until else "",
        legal_state=LegalState(legal) if legal else None,
        tickets=tuple(HoldingTicket(*row[:3]) for row in tickets),
        holding=tuple(HoldingTicket(*row[:3]) for row in tickets if row[3] == "complaint"),
        notes=tuple(
            ArrearsNote(NoteKind(row[0]), row[1], row[2], datetime.fromisoformat(row[3]), row[4])
            for row in rows(_NOTES, unit_id)
        ),
        version=version,
    )


def note_case(
    kind: NoteKind,
    unit_id: int,
    text: str,
    *,
    staff_id: int,
    now: datetime,
    ticket_id: int | None = None,
) -> None:
    """Write a line into the history of a case."""
    ArrearsNoteRecord.create(
        unit=unit_id, kind=kind.value, text=text, ticket=ticket_id, at=local(now), staff=staff_id
    )
