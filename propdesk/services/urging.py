"""Urge who has the work (R09), and report a matter to somebody above (R07, R30)."""

from datetime import datetime

from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.tickets import EventKind, Status, Ticket
from propdesk.domain.urging import check_report_up, check_urging
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.services.queries.tickets import get_ticket


def urge_ticket(
    ticket_id: int,
    *,
    by: int,
    now: datetime,
    whom: str = "",
    way: str = "phone",
    text: str = "",
    at: datetime | None = None,
) -> Ticket:
    """Note that somebody was urged; where nobody is named, it is who has the work."""
    with writing():
        entry = Entry(actor(by, Right.DISPATCH), now, at)
        ticket = load_ticket(ticket_id)
        named, said = clean_line(whom) or _who_works(ticket_id), clean_text(text)
        refuse(check_urging(Status(ticket.status), named, way, said))
        detail = {"whom": named, "way": way}
        record(ticket, EventKind.URGED, entry, text=said, detail=detail)
        return get_ticket(ticket_id)


def _who_works(ticket_id: int) -> str:
    ticket = get_ticket(ticket_id)
    return (ticket.handler or ticket.department) if ticket.dispatches else ""


def report_up(
    ticket_id: int,
    level: str,
    *,
    to: str,
    text: str,
    by: int,
    now: datetime,
    at: datetime | None = None,
) -> Ticket:
    """Note that a supervisor, the manager or the company was told, and what was asked for."""
    with writing():
        entry = Entry(actor(by, Right.DO_WORK), now, at)
        ticket = load_ticket(ticket_id)
        told, said = clean_line(to), clean_text(text)
        refuse(check_report_up(Status(ticket.status), level, told, said))
        detail = {"level": level, "to": told}
        record(ticket, EventKind.REPORTED_UP, entry, text=said, detail=detail)
        return get_ticket(ticket_id)
