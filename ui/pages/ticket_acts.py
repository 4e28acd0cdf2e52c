"""Which acts a ticket's detail offers, and which of them is the natural next one."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.clears import answer_of_round
from propdesk.domain.paper_trail import rounds_out
from propdesk.domain.prices import UNCHARGED
from propdesk.domain.promises import can_promise
from propdesk.domain.responsibility import WORK_DONE
from propdesk.domain.tickets import (
    EventKind,
    Kind,
    Status,
    Ticket,
    can_move,
    has_arrived,
    is_open,
    needs_follow_up,
)
from propdesk.domain.violations import can_step
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
    CONTACT = "contact"
    PROMISE = "promise"
    URGE = "urge"
    REPORT_UP = "report-up"
    CHARGE = "charge"
    THING = "thing"
    RETURN = "return"
    VIOLATION = "violation"
    DISSUADE = "dissuade"
    STOP = "stop"
    REPORT_OUT = "report-out"
    INCIDENT = "incident"
    LEAVE = "leave"
    TELL = "tell"
    ANSWER_ALL = "answer-all"
    MERGE = "merge"
    LINK = "link"
    JUDGE = "judge"
    HAND_ON = "hand-on"
    MANAGER_CONTACT = "manager-contact"
    LETTER = "letter"
    PROBLEM_REPORT = "problem-report"
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
    Act.CHARGE: ActLook(_lazy("Charge for work"), "banknote"),
    Act.RETURN: ActLook(_lazy("Enter the paper"), "scan-barcode"),
    Act.INCIDENT: ActLook(_lazy("Handle as an incident"), "users"),
    Act.LEAVE: ActLook(_lazy("Leave the incident"), "x"),
    Act.TELL: ActLook(_lazy("Tell callers"), "phone"),
    Act.ANSWER_ALL: ActLook(_lazy("Answer all its tickets"), "reply"),
    Act.MERGE: ActLook(_lazy("Merge"), "files", EventKind.MERGED),
    Act.LINK: ActLook(_lazy("Link a ticket"), "arrow-left-right"),
    Act.VIOLATION: ActLook(_lazy("Breach of rules"), "shield-check"),
    Act.DISSUADE: ActLook(_lazy("Dissuade"), "shield-check"),
    Act.STOP: ActLook(_lazy("Tell to stop"), "shield-check"),
    Act.REPORT_OUT: ActLook(_lazy("Report it"), "shield-check"),
    Act.JUDGE: ActLook(_lazy("Judge and find the cause"), "list-checks"),
    Act.HAND_ON: ActLook(_lazy("Hand the reply on"), "arrow-left-right"),
    Act.MANAGER_CONTACT: ActLook(_lazy("Manager's contact"), "phone-call"),
    Act.LETTER: ActLook(_lazy("Write a reply letter"), "file-text"),
    Act.PROBLEM_REPORT: ActLook(_lazy("Report to a department"), "file-text"),
    Act.THING: ActLook(_lazy("Name the thing"), "wrench"),
    Act.NOTE: ActLook(_lazy("Add a note"), "pencil"),
    Act.CONTACT: ActLook(_lazy("Note a talk"), "phone"),
    Act.AMEND: ActLook(_lazy("Amend"), "pencil"),
    Act.CLASS: ActLook(_lazy("Set the class"), "list-checks"),
    Act.VOID: ActLook(_lazy("Void ticket"), "x", EventKind.VOIDED),
}

# The word for sending work to somebody else while it is out; a new round begins with a dispatch.
REDISPATCH = _lazy("Pass on")

ON_BAR = (
    Act.DISPATCH, Act.ARRIVE, Act.RESUME, Act.COMPLETE, Act.REPLY, Act.FOLLOW_UP, Act.CLOSE,
    Act.REOPEN, Act.SUSPEND,
)  # fmt: skip

# What only a paper that came back tells of later: who arrived before any dispatch, and a customer
# who is not content with work that he was not told of yet. The bar needs no buttons for it.
_ONLY_BY_PAPER = frozenset({(Act.ARRIVE, Status.RECEIVED), (Act.REOPEN, Status.COMPLETED)})

# The acts that no event of the status table stands for.
_WHEN: Mapping[Act, Callable[[Ticket], bool]] = {
    Act.NOTE: lambda _ticket: True,
    Act.THING: lambda _ticket: True,
    Act.CONTACT: lambda _ticket: True,
    Act.AMEND: lambda ticket: is_open(ticket.status),
    Act.URGE: lambda ticket: is_open(ticket.status),
    Act.REPORT_UP: lambda ticket: is_open(ticket.status),
    Act.JUDGE: lambda ticket: ticket.kind is Kind.COMPLAINT and is_open(ticket.status),
    Act.HAND_ON: lambda ticket: is_open(ticket.status),
    Act.MANAGER_CONTACT: lambda ticket: (
        ticket.status in WORK_DONE and (bool(ticket.special) or ticket.kind is Kind.COMPLAINT)
    ),
    Act.LETTER: lambda ticket: is_open(ticket.status),
    Act.PROBLEM_REPORT: lambda ticket: is_open(ticket.status),
    Act.PROMISE: lambda ticket: can_promise(ticket.status),
    Act.CHARGE: lambda ticket: ticket.status not in UNCHARGED,
    Act.CLASS: lambda ticket: ticket.kind is Kind.COMPLAINT,
    Act.LINK: lambda _ticket: True,
    Act.INCIDENT: lambda ticket: (
        is_open(ticket.status) and not ticket.is_master and ticket.master_id is None
    ),
    Act.LEAVE: lambda ticket: ticket.master_id is not None,
    Act.TELL: lambda ticket: ticket.is_master and is_open(ticket.status),
    Act.ANSWER_ALL: lambda ticket: ticket.is_master,
    Act.RETURN: lambda ticket: bool(rounds_out(ticket.events)),
    Act.FOLLOW_UP: lambda ticket: (
        ticket.follow_up_due_on is not None
        or (is_open(ticket.status) and can_move(ticket.status, EventKind.FOLLOWED_UP))
    ),
    Act.VIOLATION: lambda ticket: is_open(ticket.status),
    Act.DISSUADE: lambda ticket: can_step(ticket, EventKind.DISSUADED),
    Act.STOP: lambda ticket: can_step(ticket, EventKind.STOPPED),
    Act.REPORT_OUT: lambda ticket: can_step(ticket, EventKind.REPORTED_OUT),
}

_WORK = frozenset({Kind.REPAIR, Kind.COMPLAINT})


def can_act(ticket: Ticket, act: Act) -> bool:
    """Tell whether the ticket's status allows an act (the command has the last word)."""
    if act in _WHEN:
        return _WHEN[act](ticket)
    event = LOOKS[act].event
    if (
        event is None
        or not can_move(ticket.status, event)
        or (act, ticket.status) in _ONLY_BY_PAPER
        or (act is Act.ARRIVE and has_arrived(ticket.events))
    ):
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
    asks = Act.FOLLOW_UP if needs_follow_up(ticket.kind) else Act.CLOSE
    steps = {
        Status.DISPATCHED: Act.COMPLETE,
        Status.IN_PROGRESS: Act.COMPLETE,
        Status.SUSPENDED: Act.RESUME,
        Status.COMPLETED: Act.REPLY,
        # An answer that was given stands; what is missing besides is told at the closing.
        Status.FOLLOWING_UP: Act.CLOSE if answer_of_round(ticket) else asks,
        Status.REPLIED: asks,
    }
    if status is Status.CLOSED and ticket.follow_up_due_on is not None:
        return Act.FOLLOW_UP
    return steps.get(status)


def other_acts(ticket: Ticket) -> list[Act]:
    """Return the further acts of the bar, in the order of a ticket's life."""
    first = next_act(ticket)
    return [act for act in ON_BAR if act is not first and can_act(ticket, act)]


def act_word(ticket: Ticket, act: Act) -> str:
    """Return an act's word on this ticket's bar."""
    if act is Act.DISPATCH and ticket.dispatches and ticket.status is not Status.RECEIVED:
        return str(REDISPATCH)
    return str(LOOKS[act].word)
