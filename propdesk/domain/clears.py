"""The six clears (六清楚: 听 问 记 跟 复 报, R20): what must be clear before a ticket is closed.

Heard, asked and written down are proven by what the intake noted, or by the caller: who says in the
follow-up that he is satisfied was heard, asked and written down well enough. The other three are
proven by the journal of the present round.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.tickets import (
    Event,
    EventKind,
    Kind,
    Satisfaction,
    Severity,
    Ticket,
    Urgency,
)
from propdesk.i18n import LazyText, _, _lazy


class Clear(StrEnum):
    """One of the six, in the order in which a matter goes through the office."""

    HEARD = "heard"
    ASKED = "asked"
    WRITTEN = "written"
    TRACKED = "tracked"
    ANSWERED = "answered"
    REPORTED = "reported"


@dataclass(frozen=True, slots=True)
class ClearLamp:
    """One of the six and what it lacks, in a sentence; nothing is lacking where it is lit."""

    clear: Clear
    lacks: str = ""

    @property
    def is_lit(self) -> bool:
        """Tell whether this much is clear."""
        return not self.lacks


# What the lamp is called beside it, and in full.
CLEAR_LABELS: Mapping[Clear, LazyText] = {
    Clear.HEARD: _lazy("Heard"),
    Clear.ASKED: _lazy("Enquired"),
    Clear.WRITTEN: _lazy("Written"),
    Clear.TRACKED: _lazy("Tracked"),
    Clear.ANSWERED: _lazy("Answered"),
    Clear.REPORTED: _lazy("Told above"),
}
CLEAR_NAMES: Mapping[Clear, LazyText] = {
    Clear.HEARD: _lazy("Heard clearly"),
    Clear.ASKED: _lazy("Enquired clearly"),
    Clear.WRITTEN: _lazy("Written down clearly"),
    Clear.TRACKED: _lazy("Tracked clearly"),
    Clear.ANSWERED: _lazy("Answered clearly"),
    Clear.REPORTED: _lazy("Reported clearly"),
}

_STEPS = frozenset(
    {
        EventKind.DISPATCHED, EventKind.ARRIVED, EventKind.SUSPENDED, EventKind.RESUMED,
        EventKind.COMPLETED, EventKind.PROMISED, EventKind.URGED, EventKind.MANAGER_CONTACT,
    }
)  # fmt: skip
_URGENT = frozenset({Urgency.P0, Urgency.P1})


def clears_of(ticket: Ticket) -> tuple[ClearLamp, ...]:
    """Return the six lamps of a ticket as it stands."""
    return tuple(ClearLamp(clear, lacks) for clear, lacks in _lacks(ticket))


def dark_lamps(ticket: Ticket) -> tuple[ClearLamp, ...]:
    """Return those of the six that are not clear."""
    return tuple(lamp for lamp in clears_of(ticket) if not lamp.is_lit)


def _lacks(ticket: Ticket) -> Iterator[tuple[Clear, str]]:
    events = round_events(ticket)
    is_confirmed = answer_of_round(ticket) is Satisfaction.SATISFIED
    yield Clear.HEARD, "" if ticket.text or is_confirmed else _("what was said")
    yield Clear.ASKED, "" if is_confirmed else _asked(ticket)
    # What is wanted goes without saying, but for a complaint.
    is_told = ticket.kind is not Kind.COMPLAINT or bool(ticket.wish)
    yield Clear.WRITTEN, "" if is_told or is_confirmed else _("what the caller wants")
    yield Clear.TRACKED, "" if any(map(_is_step, events)) else _("a step after the intake")
    is_answered = any(event.kind is EventKind.REPLIED for event in events)
    yield Clear.ANSWERED, "" if is_answered else _("a reply to the caller")
    is_reported = any(map(_is_report_up, events))
    yield (
        Clear.REPORTED,
        "" if is_reported or not needs_report_up(ticket) else _("a report to somebody above"),
    )


def _asked(ticket: Ticket) -> str:
    knows_who = ticket.reporter_id is not None or ticket.reporter_name or ticket.reporter_phone
    if not knows_who:
        return _("who called") if ticket.where else _("who called, and where it is")
    return "" if ticket.where else _("where it is")


def _is_step(event: Event) -> bool:
    """Tell whether an event shows that somebody stayed with the matter; a call in vain does not."""
    if event.kind is EventKind.FOLLOWED_UP:
        return event.detail.get("answer") in set(Satisfaction)
    return event.kind in _STEPS


def _is_report_up(event: Event) -> bool:
    """Tell whether somebody above heard of it; a new time is told with whom it was reported to."""
    return event.kind is EventKind.REPORTED_UP or bool(event.detail.get("reported_to"))


def needs_report_up(ticket: Ticket) -> bool:
    """Tell whether somebody above must hear of it; else "no need" is the choice (decision 26)."""
    return ticket.urgency in _URGENT or ticket.severity is not Severity.ORDINARY


def round_events(ticket: Ticket) -> tuple[Event, ...]:
    """Return the journal of a ticket's present round."""
    return tuple(event for event in ticket.events if event.round == ticket.round)


def answer_of_round(ticket: Ticket) -> Satisfaction | None:
    """Return the caller's last answer in the present round, None where nobody was reached yet."""
    answers = [
        Satisfaction(event.detail["answer"])
        for event in round_events(ticket)
        if event.kind is EventKind.FOLLOWED_UP and event.detail.get("answer") in set(Satisfaction)
    ]
    return answers[-1] if answers else None
