"""Note what the office makes of a matter: severity, justified or not, root cause (R33, R53)."""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.judgements import Judgement, check_judgement
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_text
from propdesk.domain.tickets import EventKind, Status, Ticket
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.writing import writing
from propdesk.services.queries.tickets import get_ticket


def judge_ticket(
    ticket_id: int,
    judgement: Judgement,
    *,
    by: int,
    now: datetime,
    at: datetime | None = None,
) -> Ticket:
    """Judge an open ticket; what was said before stays in its journal (R24).

    A judgement that says nothing new writes nothing.
    """
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now, at)
        ticket = load_ticket(ticket_id)
        judgement = replace(
            judgement,
            cause=clean_text(judgement.cause),
            prevention=clean_text(judgement.prevention),
        )
        refuse(check_judgement(judgement, Status(ticket.status)))
        before = {}
        for name, value in judgement.stored().items():
            if getattr(ticket, name) != value:
                before[name] = getattr(ticket, name)
                setattr(ticket, name, value)
        if before:
            record(ticket, EventKind.AMENDED, entry, detail=before)
        return get_ticket(ticket_id)
