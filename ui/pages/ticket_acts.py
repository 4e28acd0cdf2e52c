"""Which acts a ticket's detail offers, and which of them is the natural next one."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.prices import UNCHARGED
from propdesk.domain.promises import can_promise
from propdesk.domain.tickets import (
    EventKind,
    Kind,
    Status,
    Ticket,
    can_move,
    is_open,
    needs_follow_up,
)
from propdesk.i18n import LazyText, _lazy


class Act(StrEnum):
    """What the clerk can do with a ticket."""

    DISPATCH = "dispatch"
    ARRIVE = "arrive"
    SUSPEND = "suspend"
    RESUME = "resume"
    COMPLETE = "complete"
    REPLY = "reply"
    FOLLOW_UP = "follow-up"
    CLOSE = "close"
    REOPEN = "reopen"
    NOTE = "note"
    PROMISE = "promise"
    URGE = "urge"
    REPORT_UP = "report-up"
    CHARGE = "charge"
    AMEND = "amend"
    CLASS = "class"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class ActLook:
    """An act's word, icon, and the event that the journal must allow for it."""

    word: LazyText
    icon: str
    event: EventKind | None = None


LOOKS: Mapping[Act, ActLook] = {
    Act.DISPATCH: ActLook(_lazy("Dispatch"), "user-check", EventKind.DISPATCHED),
    Act.ARRIVE: ActLook(_lazy("Arrived"), "door-open", EventKind.ARRIVED),
    Act.SUSPEND: ActLook(_lazy("Suspend"), "circle-pause", EventKind.SUSPENDED),
    Act.RESUME: ActLook(_lazy("Resume"), "alarm-clock", EventKind.RESUMED),
    Act.COMPLETE: ActLook(_lazy("Complete"), "check", EventKind.COMPLETED),
    Act.REPLY: ActLook(_lazy("Reply"), "reply", EventKind.REPLIED),
    Act.FOLLOW_UP: ActLook(_lazy("Follow up"), "phone-call", EventKind.FOLLOWED_UP),
    Act.CLOSE: ActLook(_lazy("Close ticket"), "circle-check", EventKind.CLOSED),
    Act.REOPEN: ActLook(_lazy("Reopen"), "repeat-2", EventKind.REOPENED),
    Act.PROMISE: ActLook(_lazy("New time"), "file-clock"),
    Act.URGE: ActLook(_lazy("Urge"), "message-square-warning"),
    Act.REPORT_UP: ActLook(_lazy("Report up"), "send"),
    Act.CHARGE: ActLook(_lazy("Paid work"), "banknote"),
    Act.NOTE: ActLook(_lazy("Add a note"), "pencil"),
    Act.AMEND: ActLook(_lazy("Amend"), "pencil"),
    Act.CLASS: ActLook(_lazy("Set the class"), "list-checks"),
    Act.VOID: ActLook(_lazy("Void ticket"), "x", EventKind.VOIDED),
}

# The word for sending work to somebody else while it is out; a new round begins with a dispatch.
REDISPATCH = _lazy("Pass on")

_ON_BAR = (
    Act.DISPATCH, Act.ARRIVE, Act.RESUME, Act.COMPLETE, Act.REPLY, Act.FOLLOW_UP, Act.CLOSE,
    Act.REOPEN, Act.SUSPEND,
)  # fmt: skip

# The rarer acts, in the menu of the detail.
IN_MENU = (
    Act.AMEND,
    Act.CLASS,
    Act.NOTE,
    Act.CHARGE,
    Act.PROMISE,
    Act.URGE,
    Act.REPORT_UP,
    Act.SUSPEND,
    Act.VOID,
)

_WORK = frozenset({Kind.REPAIR, Kind.COMPLAINT})


def can_act(ticket: Ticket, act: Act) -> bool:
    """Tell whether the ticket's status allows an act (the command has the last word)."""
    if act is Act.NOTE:
        return True
    if act in (Act.AMEND, Act.URGE, Act.REPORT_UP):
        return is_open(ticket.status)
    if act is Act.PROMISE:
        return can_promise(ticket.status)
    if act is Act.CHARGE:
        return ticket.status not in UNCHARGED
    if act is Act.CLASS:
        return ticket.kind is Kind.COMPLAINT
    event = LOOKS[act].event
    if event is None or not can_move(ticket.status, event):
        return False
    # A complaint closes through its follow-up; before the first one there is nothing to close.
    return not (
        act is Act.CLOSE and needs_follow_up(ticket.kind) and ticket.status is Status.REPLIED
    )


def next_act(ticket: Ticket) -> Act | None:
    """Return the natural next step, None for a ticket that has ended."""
    status = ticket.status
    if status is Status.RECEIVED:
        return Act.DISPATCH if ticket.kind in _WORK else Act.REPLY
    steps = {
        Status.DISPATCHED: Act.COMPLETE,
        Status.IN_PROGRESS: Act.COMPLETE,
        Status.SUSPENDED: Act.RESUME,
        Status.COMPLETED: Act.REPLY,
        Status.FOLLOWING_UP: Act.FOLLOW_UP if needs_follow_up(ticket.kind) else Act.CLOSE,
        Status.REPLIED: Act.FOLLOW_UP if needs_follow_up(ticket.kind) else Act.CLOSE,
    }
    return steps.get(status)


def other_acts(ticket: Ticket) -> list[Act]:
    """Return the further acts of the bar, in the order of a ticket's life."""
    first = next_act(ticket)
    return [act for act in _ON_BAR if act is not first and can_act(ticket, act)]


def act_word(ticket: Ticket, act: Act) -> str:
    """Return an act's word on this ticket's bar."""
    if act is Act.DISPATCH and ticket.dispatches and ticket.status is not Status.RECEIVED:
        return str(REDISPATCH)
    return str(LOOKS[act].word)
