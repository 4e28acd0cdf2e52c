"""Who waits to be asked (回访): the day by which, and the draw when a ticket closes (decision 28).

`follow_up_due_on` stands on every ticket whose caller is to be asked, and on no other: complaints
from the reply on, others from their closing when they were drawn.
"""

import secrets
from collections.abc import Callable
from datetime import date, datetime
from functools import cache

from propdesk import paths
from propdesk.domain.sampling import SampleFacts, follow_up_due, is_drawn, sample_rule
from propdesk.domain.tickets import EventKind, Kind, Payment, Status, Urgency, needs_follow_up
from propdesk.services.parts.settings import load_settings
from propdesk.storage.tickets import TicketRecord

Chance = Callable[[], int]
"""A number from 1 to 100, each as likely as the others."""

_LEAK_CLASS = "incident.flooding"
_ASKED_BEFORE_CLOSING = frozenset({Status.REPLIED, Status.FOLLOWING_UP})
_KEPT = _ASKED_BEFORE_CLOSING | {Status.CLOSED}


def honest_chance() -> int:
    """Return what nobody can foresee or repeat: the system's own chance."""
    return secrets.randbelow(100) + 1


@cache
def _leak_words() -> tuple[str, ...]:
    file = paths.resources() / "words" / "leaks.txt"
    return tuple(file.read_text("utf-8").split())


def sample_facts(ticket: TicketRecord) -> SampleFacts:
    """Return what the sampling's rows ask of a ticket; a leak is told by its class or its words."""
    words = ticket.matter + ticket.text
    return SampleFacts(
        kind=Kind(ticket.kind),
        urgency=Urgency(ticket.urgency),
        leak=ticket.class_code == _LEAK_CLASS or any(word in words for word in _leak_words()),
        paid=ticket.payment == Payment.PAID.value,
        came_back=ticket.round > 1,
    )


def queue_follow_up(
    ticket: TicketRecord, kind: EventKind, at: datetime, chance: Chance
) -> dict[str, str]:
    """Set by when the caller is to be asked after an event; return what the journal keeps of it.

    A ticket that was once drawn stays so when it closes again: no draw is repeated until it suits.
    """
    if kind is EventKind.REPLIED and needs_follow_up(Kind(ticket.kind)):
        ticket.follow_up_due_on = _day_to_ask(at)
    elif kind is EventKind.CLOSED:
        ticket.follow_up_due_on = None
        if not needs_follow_up(Kind(ticket.kind)):
            return _draw(ticket, at, chance)
    elif Status(ticket.status) not in _KEPT:
        ticket.follow_up_due_on = None
    return {}


def queue_by_kind(ticket: TicketRecord, at: datetime) -> None:
    """Set or drop the day of a ticket that waits after its reply, and is of another kind now."""
    if Status(ticket.status) not in _ASKED_BEFORE_CLOSING:
        return
    if not needs_follow_up(Kind(ticket.kind)):
        ticket.follow_up_due_on = None
    elif ticket.follow_up_due_on is None:
        ticket.follow_up_due_on = _day_to_ask(at)


def _day_to_ask(at: datetime) -> date:
    return follow_up_due(at.date(), load_settings("follow_up_days").follow_up_days)


def _draw(ticket: TicketRecord, at: datetime, chance: Chance) -> dict[str, str]:
    settings = load_settings("follow_up_*")
    rule = sample_rule(sample_facts(ticket))
    percent = settings.follow_up_percents[rule.code]
    drawn = bool(ticket.follow_up_drawn) or is_drawn(percent, chance())
    ticket.follow_up_percent, ticket.follow_up_drawn = percent, drawn
    if drawn:
        ticket.follow_up_due_on = follow_up_due(at.date(), settings.follow_up_days)
    return {
        "follow_up": "drawn" if drawn else "not-drawn",
        "follow_up_percent": str(percent),
        "follow_up_row": rule.code,
    }
