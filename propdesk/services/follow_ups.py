"""Ask the caller afterwards (回访), and note the answer (R40, R41; decision 28)."""

from datetime import datetime

from propdesk.domain.staff import Right
from propdesk.domain.tickets import EventKind, Satisfaction, Ticket
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import noted
from propdesk.services.parts.writing import writing
from propdesk.services.queries.tickets import get_ticket


def follow_up_ticket(
    ticket_id: int,
    answer: Satisfaction | None,
    *,
    by: int,
    now: datetime,
    text: str = "",
    at: datetime | None = None,
) -> Ticket:
    """Note what the caller answers when asked (回访); `None` means nobody was reached.

    A content caller closes the ticket; a dissatisfied one sends it back to work under the same
    number, in the next round (R40).
    """
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        ticket = load_ticket(ticket_id)
        missing = _("Write down what the caller is dissatisfied with.")
        said = noted(text, missing if answer is Satisfaction.DISSATISFIED else "")
        record(
            ticket,
            EventKind.FOLLOWED_UP,
            entry,
            text=said,
            satisfaction=answer,
            detail={"answer": answer.value if answer else "unreached"},
        )
        if answer is Satisfaction.DISSATISFIED:
            record(ticket, EventKind.REOPENED, entry, text=said)
        elif answer is not None:
            record(ticket, EventKind.CLOSED, entry)
        return get_ticket(ticket_id)
