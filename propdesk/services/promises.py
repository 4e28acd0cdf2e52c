"""Tell the caller a new time where a matter cannot be solved at once (改约, R07)."""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.clock_journal import PROMISED_BEFORE
from propdesk.domain.errors import DraftError
from propdesk.domain.promises import PromiseDraft, check_new_promise
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.tickets import EventKind, Status, Ticket
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.tickets import get_ticket


def promise_ticket(
    ticket_id: int, draft: PromiseDraft, *, by: int, now: datetime, at: datetime | None = None
) -> Ticket:
    """Note what the caller was told and promised, and who above knows; all of it is needed.

    The new time is what the ticket is held to from now on; the old one stays in its journal.
    """
    with writing():
        entry = Entry(actor(by, Right.DISPATCH), now, at)
        ticket = load_ticket(ticket_id)
        draft = _clean(draft)
        before = ticket.promised_at
        problems = check_new_promise(draft, Status(ticket.status), before, entry.happened)
        if problems or draft.promised_at is None or draft.reported_at is None:
            raise DraftError(problems)
        ticket.promised_at = draft.promised_at
        detail = {
            "way": draft.way,
            PROMISED_BEFORE: "" if before is None else before.isoformat(),
            "promised_at": draft.promised_at.isoformat(),
            "reported_to": draft.reported_to,
            "reported_at": draft.reported_at.isoformat(),
        }
        record(ticket, EventKind.PROMISED, entry, text=draft.text, detail=detail)
        return get_ticket(ticket_id)


def _clean(draft: PromiseDraft) -> PromiseDraft:
    """Return a draft with its texts and times as they are stored."""
    return replace(
        draft,
        text=clean_text(draft.text),
        reported_to=clean_line(draft.reported_to),
        promised_at=draft.promised_at and local(draft.promised_at),
        reported_at=draft.reported_at and local(draft.reported_at),
    )
