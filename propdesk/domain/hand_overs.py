"""The hand-over of a shift (交接班): what is typed, and everything that is still open."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.contacts import Contact
from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.tickets import Status
from propdesk.i18n import _


@dataclass(frozen=True, slots=True)
class HandOverDraft:
    """What the one who leaves types: shift, to whom, keys and things, what matters."""

    shift: str
    to_staff_id: int | None = None
    items: str = ""
    matters: str = ""


@dataclass(frozen=True, slots=True)
class HandOver:
    """A hand-over as it was written; `at` is when, without offset."""

    id: int
    at: datetime
    shift: str
    from_name: str
    to_name: str
    items: str
    matters: str


class Pile(StrEnum):
    """Why a ticket is told at the hand-over; each stands in the first that fits."""

    PROMISED = "promised"
    OVERDUE = "overdue"
    TO_DISPATCH = "to-dispatch"
    IN_WORK = "in-work"
    TO_REPLY = "to-reply"
    TO_FOLLOW_UP = "to-follow-up"


@dataclass(frozen=True, slots=True)
class OpenTicket:
    """A ticket that is still open, as the next shift needs to know it."""

    number: str
    received_at: datetime
    where: str
    reporter: str
    matter: str
    who: str
    status: Status
    limit: datetime | None
    promised_at: datetime | None


@dataclass(frozen=True, slots=True)
class OutPaper:
    """A work order that has not come back."""

    number: str
    where: str
    matter: str
    who: str
    printed_at: datetime


@dataclass(frozen=True, slots=True)
class LateFollowUp:
    """A closed ticket whose reporter is still to be asked (回访), by that day."""

    number: str
    where: str
    reporter: str
    matter: str
    due_on: date


@dataclass(frozen=True, slots=True)
class StillOpen:
    """Everything that the next shift takes over."""

    tickets: dict[Pile, tuple[OpenTicket, ...]]
    follow_ups: tuple[LateFollowUp, ...]
    papers: tuple[OutPaper, ...]
    contacts: tuple[Contact, ...]

    @property
    def ticket_count(self) -> int:
        """How many tickets are open; each stands in one pile."""
        return sum(map(len, self.tickets.values()))


_PILES = {
    Status.RECEIVED: Pile.TO_DISPATCH,
    Status.DISPATCHED: Pile.IN_WORK,
    Status.IN_PROGRESS: Pile.IN_WORK,
    Status.SUSPENDED: Pile.IN_WORK,
    Status.COMPLETED: Pile.TO_REPLY,
    Status.REPLIED: Pile.TO_FOLLOW_UP,
    Status.FOLLOWING_UP: Pile.TO_FOLLOW_UP,
}


def pile_of(ticket: OpenTicket, at: datetime) -> Pile:
    """Return the pile of an open ticket at the time of the hand-over.

    A promise that ends before the second midnight comes is told first: the next shift keeps it.
    """
    promised = ticket.promised_at
    if promised is not None and promised.date().toordinal() <= at.date().toordinal() + 1:
        return Pile.PROMISED
    if ticket.limit is not None and ticket.limit < at:
        return Pile.OVERDUE
    return _PILES[ticket.status]


def check_hand_over(draft: HandOverDraft, from_staff_id: int) -> Problems:
    """Return what keeps a hand-over from being stored, a sentence for each field."""
    problems = [
        *check_line("shift", draft.shift, _("Write which shift ends, for example the early one.")),
        *check_text("items", draft.items),
        *check_text("matters", draft.matters),
    ]
    if draft.to_staff_id == from_staff_id:
        problems.append(Problem("to_staff_id", _("Nobody hands over to himself.")))
    return tuple(problems)
