"""Ask the caller afterwards (回访), and note the answer (R40, R41, R66; decision 28)."""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.scores import Asked, check_scores
from propdesk.domain.staff import Right
from propdesk.domain.tickets import UNREACHED_TRIES, EventKind, Satisfaction, Status, Ticket
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.closing import close_or_tell
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import writing
from propdesk.services.queries.follow_ups import count_tries
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.tickets import TicketRecord

_NOTHING = Asked()


def follow_up_ticket(
    ticket_id: int,
    answer: Satisfaction | None,
    *,
    by: int,
    now: datetime,
    text: str = "",
    asked: Asked = _NOTHING,
    reason: str = "",
    at: datetime | None = None,
) -> Ticket:
    """Note what the caller answers when asked (回访); `None` means nobody was reached.

    A content caller closes the ticket, or leaves a sampled one closed; a dissatisfied one sends it
    back to work under the same number, in the next round (R40). `asked` are the checklist and the
    scores, where they were asked. The answer stands even where a gate keeps the ticket from being
    closed (decision 26): then it stays in the follow-up; `reason` is the one that closing asks for.
    """
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        ticket = load_ticket(ticket_id)
        missing = _("Write down what the caller is dissatisfied with.")
        said = noted(text, missing if answer is Satisfaction.DISSATISFIED else "")
        refuse(check_scores(asked.scores))
        _check_due(ticket)
        was_closed = ticket.status == Status.CLOSED.value
        detail = {"answer": answer.value if answer else "unreached"}
        if answer is not None:
            detail |= asked.detail(load_settings("score_weights").score_weights)
        if answer is not None and was_closed:
            ticket.follow_up_due_on = None
        record(ticket, EventKind.FOLLOWED_UP, entry, text=said, satisfaction=answer, detail=detail)
        if answer is Satisfaction.DISSATISFIED:
            record(ticket, EventKind.REOPENED, entry, text=said)
        elif answer is not None and not was_closed:
            close_or_tell(ticket, get_ticket(ticket_id), entry, reason=noted(reason))
        return get_ticket(ticket_id)


def end_follow_up(
    ticket_id: int, *, reason: str, by: int, now: datetime, at: datetime | None = None
) -> Ticket:
    """Stop asking the caller of a sampled ticket who was not reached three times, with the reason.

    It counts as wanted and not done. A complaint is closed instead, with the same reason.
    """
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        ticket = load_ticket(ticket_id)
        said = noted(reason, _("Say why the caller is not asked any more."))
        if ticket.status != Status.CLOSED.value or ticket.follow_up_due_on is None:
            raise _not_due(ticket)
        tries = count_tries(ticket_id)
        if tries < UNREACHED_TRIES:
            raise RuleError(
                "follow-up-tries",
                _(
                    "The caller was not reached {tries} times so far; after {most} times it may "
                    "end. Note the call as not reached."
                ).format(tries=tries, most=UNREACHED_TRIES),
            )
        ticket.follow_up_due_on = None
        record(ticket, EventKind.FOLLOWED_UP, entry, text=said, detail={"answer": "given-up"})
        return get_ticket(ticket_id)


def _check_due(ticket: TicketRecord) -> None:
    """Refuse to ask after a closed ticket that was not drawn: a sample is not picked by hand."""
    if ticket.status == Status.CLOSED.value and ticket.follow_up_due_on is None:
        raise _not_due(ticket)


def _not_due(ticket: TicketRecord) -> RuleError:
    return RuleError(
        "follow-up-not-due",
        _(
            "Nobody is to be asked after {number} now. If the caller is dissatisfied, reopen it; "
            "anything else goes into a note."
        ).format(number=ticket.number),
    )
