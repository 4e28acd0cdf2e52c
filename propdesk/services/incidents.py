"""Incidents: make a master of many tickets of one cause, attach, detach, say what callers are told.

The answer to all of them is `services.bulk`'s: it is each ticket's own reply, with its own gates.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from propdesk.domain.classes import UNCLASSED
from propdesk.domain.errors import RuleError
from propdesk.domain.incidents import check_master, check_part, check_tell
from propdesk.domain.relations import Relation
from propdesk.domain.staff import Right
from propdesk.domain.ticket_drafts import check_class
from propdesk.domain.tickets import EventKind, Status, Ticket, TicketDraft
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.incidents import keep_apart
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.registering import take_in
from propdesk.services.parts.repeats import refresh_repeats
from propdesk.services.parts.writing import writing
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.tickets import TicketRecord


def create_incident(
    ticket_ids: Sequence[int],
    *,
    by: int,
    now: datetime,
    draft: TicketDraft | None = None,
    class_code: str = "",
    tell_callers: str = "",
) -> Ticket:
    """Make an incident of tickets and return its master.

    The first ticket becomes the master, or with `draft` a new one that stands for all of them (a
    whole building). `class_code` classes a master that nobody has classed; `tell_callers` is what
    callers are told. All or nothing.
    """
    with writing():
        entry = Entry(actor(by, Right.DISPATCH), now)
        tell = _told(tell_callers)
        if class_code:
            refuse(check_class(class_code))
        parts = _parts(ticket_ids)
        if draft is not None:
            classed = class_code or draft.class_code
            master = take_in(replace(draft, class_code=classed), entry)
        else:
            master, *parts = parts
            if class_code and master.class_code == UNCLASSED:
                before = {"class_code": master.class_code}
                master.class_code = class_code
                record(master, EventKind.AMENDED, entry, detail=before)
        master.is_master, master.tell_callers = True, tell
        _join(master, parts, entry, Relation.INCIDENT)
        refresh_repeats(master.unit_id)
        return get_ticket(master.id)


def attach_tickets(master_id: int, ticket_ids: Sequence[int], *, by: int, now: datetime) -> Ticket:
    """Attach tickets to an open incident and return its master; all or nothing."""
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        master = load_ticket(master_id)
        check_master(master.number, Status(master.status), is_master=master.is_master)
        _join(master, _parts(ticket_ids), entry, Relation.PART)
        return get_ticket(master_id)


def detach_ticket(ticket_id: int, *, by: int, now: datetime) -> Ticket:
    """Take a ticket out of its incident and return it; it goes its own way again."""
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        part = load_ticket(ticket_id)
        if part.master_id is None:
            raise RuleError(
                "part-nowhere",
                _("{number} belongs to no incident.").format(number=part.number),
            )
        master = load_ticket(part.master_id)
        part.master_id = None
        _note_end(part, entry, Relation.MASTER, master.number)
        _note_end(master, entry, Relation.PART, part.number)
        return get_ticket(ticket_id)


def say_to_callers(master_id: int, text: str, *, by: int, now: datetime) -> Ticket:
    """Set what callers are told of an incident; an empty text says nothing any more."""
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        master = load_ticket(master_id)
        check_master(master.number, Status(master.status), is_master=master.is_master)
        before, tell = master.tell_callers, _told(text)
        if tell != before:
            master.tell_callers = tell
            record(master, EventKind.AMENDED, entry, detail={"tell_callers": before})
        return get_ticket(master_id)


def set_apart(ticket_ids: Sequence[int], *, by: int) -> None:
    """Note that tickets that look like an incident have nothing to do with each other."""
    with writing():
        actor(by, Right.TAKE_TICKETS)
        keep_apart(tuple(ticket_ids))


def _told(text: str) -> str:
    tell = noted(text)
    refuse(check_tell(tell))
    return tell


def _parts(ticket_ids: Sequence[int]) -> list[TicketRecord]:
    """Return tickets that may become parts, each once, or refuse with the first that may not."""
    parts = [load_ticket(one) for one in dict.fromkeys(ticket_ids)]
    if not parts:
        raise RuleError("incident-empty", _("Choose the tickets that belong to the incident."))
    for part in parts:
        master = "" if part.master_id is None else load_ticket(part.master_id).number
        status = Status(part.status)
        check_part(part.number, status, is_master=part.is_master, master=master)
    return parts


def _join(master: TicketRecord, parts: Sequence[TicketRecord], entry: Entry, how: Relation) -> None:
    """Write the parts and one line for each side."""
    numbers = " ".join(part.number for part in parts)
    record(master, EventKind.LINKED, entry, detail={"as": how.value, "numbers": numbers})
    for part in parts:
        part.master_id = master.id
        detail = {"as": Relation.MASTER.value, "numbers": master.number}
        record(part, EventKind.LINKED, entry, detail=detail)


def _note_end(ticket: TicketRecord, entry: Entry, what: Relation, number: str) -> None:
    """Write that what `number` was to a ticket it is no longer."""
    record(ticket, EventKind.UNLINKED, entry, detail={"as": what.value, "numbers": number})
