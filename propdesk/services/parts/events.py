"""Read the journals of tickets, and what the clocks ask of a ticket."""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime

from propdesk.domain.clock_journal import ClockFacts
from propdesk.domain.tickets import Channel, Event, EventKind, Kind, ReporterKind, Status, Urgency
from propdesk.storage.database import rows

_AT_ONCE = 500


def list_events(ticket_ids: Sequence[int]) -> dict[int, list[Event]]:
    """Return the journals of tickets in the order of entry."""
    marks = ", ".join("?" * len(ticket_ids))
    found = rows(
        "SELECT v.ticket_id, v.sequence, v.at, v.entered_at, v.kind, v.status, v.round, s.name, "
        "v.text, v.detail FROM ticket_event v JOIN staff s ON s.id = v.staff_id "
        f"WHERE v.ticket_id IN ({marks}) ORDER BY v.ticket_id, v.sequence",
        *ticket_ids,
    )
    journals: dict[int, list[Event]] = {}
    for ticket_id, *row in found:
        event = Event(
            sequence=row[0],
            at=datetime.fromisoformat(row[1]),
            entered_at=datetime.fromisoformat(row[2]),
            kind=EventKind(row[3]),
            status=Status(row[4]),
            round=row[5],
            by=row[6],
            text=row[7],
            detail=json.loads(row[8]),
        )
        journals.setdefault(ticket_id, []).append(event)
    return journals


def clock_facts(ticket_ids: Sequence[int]) -> Iterator[tuple[int, ClockFacts]]:
    """Yield what the clocks ask of tickets, by id; unknown ids are left out."""
    for start in range(0, len(ticket_ids), _AT_ONCE):
        chunk = ticket_ids[start : start + _AT_ONCE]
        events = list_events(chunk)
        marks = ", ".join("?" * len(chunk))
        for row in rows(
            "SELECT id, number, kind, class_code, urgency, channel, received_at, visit_wanted, "
            "reporter_kind, import_id IS NOT NULL, appointment, promised_at FROM ticket "
            f"WHERE id IN ({marks})",
            *chunk,
        ):
            yield (
                row[0],
                ClockFacts(
                    number=row[1],
                    kind=Kind(row[2]),
                    class_code=row[3],
                    urgency=Urgency(row[4]),
                    channel=Channel(row[5]),
                    received_at=datetime.fromisoformat(row[6]),
                    events=events.get(row[0], ()),
                    visit_wanted=bool(row[7]),
                    internal=row[8] == ReporterKind.INTERNAL.value,
                    imported=bool(row[9]),
                    appointment=row[10],
                    promised_at=datetime.fromisoformat(row[11]) if row[11] else None,
                ),
            )
