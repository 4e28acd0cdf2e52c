"""Show in full what is masked: an act with a right of its own, and a line each time (R85)."""

from datetime import datetime

from propdesk.domain.access import AccessAct
from propdesk.domain.field_catalogue import optional_field
from propdesk.domain.person_details import plain_value
from propdesk.domain.staff import Right
from propdesk.services.parts.access import note_access
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import load_ticket
from propdesk.services.parts.known_persons import known_person
from propdesk.services.parts.writing import writing
from propdesk.services.queries.units import get_unit
from propdesk.storage.database import rows

PHONE = "phone"


def reveal_phones(
    person_id: int, *, by: int, now: datetime, unit_id: int | None = None
) -> tuple[str, ...]:
    """Return the phones of a person in full; `unit_id` is the house in whose file one looks."""
    with writing():
        staff = actor(by, Right.REVEAL)
        known_person(person_id)
        note_access(AccessAct.REVEALED, staff.id, now, unit_id, person_id, PHONE)
        found = rows("SELECT phone FROM phone WHERE person_id = ? ORDER BY id", person_id)
        return tuple(row[0] for row in found)


def reveal_house(unit_id: int, *, by: int, now: datetime) -> dict[int, tuple[str, ...]]:
    """Return the phones of all who are or were in a house, by person; a line for each of them."""
    with writing():
        staff = actor(by, Right.REVEAL)
        get_unit(unit_id)
        phones: dict[int, tuple[str, ...]] = {}
        for person_id, phone in rows(
            "SELECT p.id, f.phone FROM person p JOIN phone f ON f.person_id = p.id "
            "WHERE p.id IN (SELECT person_id FROM residency WHERE unit_id = ?) "
            "AND p.sealed_at IS NULL AND p.erased_at IS NULL ORDER BY p.id, f.id",
            unit_id,
        ):
            phones[person_id] = (*phones.get(person_id, ()), phone)
        for person_id in phones:
            note_access(AccessAct.REVEALED, staff.id, now, unit_id, person_id, PHONE)
        return phones


def reveal_reporter(ticket_id: int, *, by: int, now: datetime) -> str:
    """Return the phone that stands on a ticket in full."""
    with writing():
        staff = actor(by, Right.REVEAL)
        ticket = load_ticket(ticket_id)
        what = f"{PHONE} {ticket.number}"
        note_access(AccessAct.REVEALED, staff.id, now, ticket.unit_id, ticket.reporter_id, what)
        return str(ticket.reporter_phone)


def reveal_detail(person_id: int, code: str, *, by: int, now: datetime) -> str:
    """Return what a field of the catalogue holds of a person in full, empty for nothing."""
    with writing():
        staff = actor(by, Right.REVEAL)
        known_person(person_id)
        field = optional_field(code)
        found = rows(
            "SELECT value FROM person_detail WHERE person_id = ? AND field = ?", person_id, code
        )
        if not found:
            return ""
        note_access(AccessAct.REVEALED, staff.id, now, person_id=person_id, what=code)
        return plain_value(field, found[0][0])
