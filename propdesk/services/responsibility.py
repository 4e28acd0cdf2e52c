"""Hand the reply on to a colleague (R23), and note that the manager spoke with the caller (R42)."""

from datetime import datetime

from propdesk.domain.responsibility import check_hand_on, check_manager_contact
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_text
from propdesk.domain.tickets import EventKind, Status, Ticket
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.staff import StaffRecord


def hand_on_reply(
    ticket_id: int,
    staff_id: int,
    *,
    reason: str,
    by: int,
    now: datetime,
    at: datetime | None = None,
) -> Ticket:
    """Let somebody else reply to the caller and follow up; the first receiver stays who he is.

    Whoever gets it must be allowed to reply.
    """
    with writing():
        entry = Entry(actor(by, Right.DISPATCH), now, at)
        ticket = load_ticket(ticket_id)
        following, said = actor(staff_id, Right.CLOSE), clean_text(reason)
        present = ticket.reply_staff_id or ticket.first_receiver_id
        refuse(check_hand_on(Status(ticket.status), present, following.id, said))
        detail = {"replier": StaffRecord.get_by_id(present).name, "to": following.name}
        is_first = following.id == ticket.first_receiver_id
        ticket.reply_staff_id = None if is_first else following.id
        record(ticket, EventKind.AMENDED, entry, text=said, detail=detail)
        return get_ticket(ticket_id)


def note_manager_contact(
    ticket_id: int,
    *,
    text: str,
    by: int,
    now: datetime,
    at: datetime | None = None,
) -> Ticket:
    """Note what a manager said with the caller after the work (R42); nobody else may note it."""
    with writing():
        entry = Entry(actor(by, Right.SPEAK_AS_MANAGER), now, at)
        ticket = load_ticket(ticket_id)
        said = clean_text(text)
        refuse(check_manager_contact(Status(ticket.status), said))
        record(ticket, EventKind.MANAGER_CONTACT, entry, text=said)
        return get_ticket(ticket_id)
