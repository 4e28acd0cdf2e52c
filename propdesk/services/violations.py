"""A breach of the estate's rules: mark it, dissuade, stop, report (Civil Code 942)."""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.tickets import EventKind, Ticket
from propdesk.domain.violations import (
    AUTHORITY,
    EVIDENCE,
    MEANS,
    OUTCOME,
    RECEIPT,
    StepDraft,
    ViolationState,
    check_step,
    check_step_draft,
    check_violation,
    read_violation,
)
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.events import list_events
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import writing
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.tickets import TicketRecord

# Who is on the spot dissuades and stops; the report goes out from the office.
_RIGHTS = {
    EventKind.DISSUADED: Right.DO_WORK,
    EventKind.STOPPED: Right.DO_WORK,
    EventKind.REPORTED_OUT: Right.DISPATCH,
}


def mark_violation(ticket_id: int, violation: str, *, by: int, now: datetime) -> Ticket:
    """Say which rules a matter breaks; an empty code takes the mark away again.

    The mark of a breach whose steps have begun may be corrected, but not taken away.
    """
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        refuse(check_violation(violation))
        ticket = _open_ticket(ticket_id)
        if not violation and _state(ticket).done:
            raise RuleError(
                "violation-begun",
                _("The steps against this breach are on record; its mark stays."),
            )
        if violation != ticket.violation:
            before, ticket.violation = ticket.violation, violation
            record(ticket, EventKind.AMENDED, entry, detail={"violation": before})
        return get_ticket(ticket_id)


def take_step(
    ticket_id: int,
    step: EventKind,
    draft: StepDraft,
    *,
    by: int,
    now: datetime,
    at: datetime | None = None,
) -> Ticket:
    """Note a step against a breach: dissuaded, told to stop, or reported to the authority.

    Raises RuleError for a step before the one that it follows, DraftError for words that miss.
    """
    with writing():
        entry = Entry(actor(by, _RIGHTS[step]), now, at)
        ticket = _open_ticket(ticket_id)
        if not ticket.violation:
            raise RuleError(
                "violation-unmarked",
                _("First say which rules are broken; then note the steps against it."),
            )
        check_step(_state(ticket), step)
        draft = _clean(draft)
        refuse(check_step_draft(step, draft))
        said = {
            OUTCOME: draft.outcome.value,
            MEANS: draft.means,
            EVIDENCE: draft.evidence,
            AUTHORITY: draft.authority,
            RECEIPT: draft.receipt,
        }
        detail = {name: words for name, words in said.items() if words}
        record(ticket, step, entry, text=draft.text, detail=detail)
        return get_ticket(ticket_id)


def _open_ticket(ticket_id: int) -> TicketRecord:
    ticket = load_ticket(ticket_id)
    if not ticket.is_open:
        raise RuleError(
            "ticket-ended",
            _("This ticket has ended; reopen it before changing it, or add a note."),
        )
    return ticket


def _state(ticket: TicketRecord) -> ViolationState:
    hours = load_settings("violation_hours").violation_hours
    return read_violation(list_events((ticket.id,)).get(ticket.id, ()), hours)


def _clean(draft: StepDraft) -> StepDraft:
    return replace(
        draft,
        text=clean_text(draft.text),
        means=clean_line(draft.means),
        evidence=clean_line(draft.evidence),
        authority=clean_line(draft.authority),
        receipt=clean_line(draft.receipt),
    )
