"""Tickets (报事): their words, the allowed moves, and what closes one.

Stored codes are fixed by the team's decisions; labels are beside them. Sources: R20-R26, R40-R48.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.classes import UNCLASSED, top_class
from propdesk.domain.errors import RuleError
from propdesk.i18n import LazyText, _, _lazy


class Kind(StrEnum):
    """What a ticket is (R51)."""

    REPAIR = "repair"
    COMPLAINT = "complaint"
    ENQUIRY = "enquiry"
    SUGGESTION = "suggestion"
    PRAISE = "praise"
    BILL_QUERY = "bill-query"


class Status(StrEnum):
    """Where a ticket stands; the first seven are open."""

    RECEIVED = "received"
    DISPATCHED = "dispatched"
    IN_PROGRESS = "in-progress"
    SUSPENDED = "suspended"
    COMPLETED = "completed"
    REPLIED = "replied"
    FOLLOWING_UP = "following-up"
    CLOSED = "closed"
    VOID = "void"
    MERGED = "merged"
    NOT_OURS = "not-ours"


class Channel(StrEnum):
    """How the matter reached the office."""

    PHONE = "phone"
    VISIT = "visit"
    LETTER = "letter"
    HOTLINE = "hotline"
    ONLINE = "online"
    PATROL = "patrol"
    INTERNAL = "internal"
    OTHER = "other"


class Urgency(StrEnum):
    """危急 急修 一般 计划."""

    P0 = "p0"
    P1 = "p1"
    P2 = "p2"
    P3 = "p3"


class ReporterKind(StrEnum):
    """Who reports (R26): internal tickets stay out of the complaint statistics."""

    RESIDENT = "resident"
    INTERNAL = "internal"
    PARTNER = "partner"


class Satisfaction(StrEnum):
    """The one scale; 满意率 counts `satisfied` only (decision 14)."""

    SATISFIED = "satisfied"
    FAIR = "fair"
    DISSATISFIED = "dissatisfied"


class Severity(StrEnum):
    """How grave a matter is; complex and grave ones need a written report (R33)."""

    ORDINARY = "ordinary"
    COMPLEX = "complex"
    GRAVE = "grave"


class Payment(StrEnum):
    """Whether the customer pays for the work; empty text is stored while nobody has said."""

    FREE = "free"
    PAID = "paid"


class EventKind(StrEnum):
    """What happened to a ticket; one journal line each."""

    REGISTERED = "registered"
    AMENDED = "amended"
    DISPATCHED = "dispatched"
    ARRIVED = "arrived"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    COMPLETED = "completed"
    REPLIED = "replied"
    FOLLOWED_UP = "followed-up"
    CLOSED = "closed"
    REOPENED = "reopened"
    VOIDED = "voided"
    MERGED = "merged"
    NOT_OURS = "not-ours"
    PRINTED = "printed"
    NOTED = "noted"
    PROMISED = "promised"
    URGED = "urged"
    REPORTED_UP = "reported-up"
    PROBLEM_REPORTED = "problem-reported"
    MANAGER_CONTACT = "manager-contact"
    LETTER_WRITTEN = "letter-written"
    PRICE_AGREED = "price-agreed"
    CHARGED = "charged"
    PAPER_RETURNED = "paper-returned"
    DISSUADED = "dissuaded"
    STOPPED = "stopped"
    REPORTED_OUT = "reported-out"
    LINKED = "linked"
    UNLINKED = "unlinked"
    ATTACHED = "attached"
    DETACHED = "detached"


OPEN = frozenset(list(Status)[:7])
ENDED = frozenset(Status) - OPEN

# These leave the status alone; of an ended ticket a command may allow some (notes, prints, papers
# that come back), it is read-only otherwise.
STILL = frozenset({EventKind.AMENDED, *list(EventKind)[list(EventKind).index(EventKind.PRINTED) :]})

# Which event may happen in which status, and the status that follows.
TRANSITIONS: Mapping[Status, Mapping[EventKind, Status]] = {
    Status.RECEIVED: {
        EventKind.DISPATCHED: Status.DISPATCHED,
        EventKind.ARRIVED: Status.IN_PROGRESS,
        EventKind.COMPLETED: Status.COMPLETED,
        EventKind.REPLIED: Status.REPLIED,
        EventKind.SUSPENDED: Status.SUSPENDED,
        EventKind.VOIDED: Status.VOID,
        EventKind.MERGED: Status.MERGED,
        EventKind.NOT_OURS: Status.NOT_OURS,
    },
    Status.DISPATCHED: {
        EventKind.ARRIVED: Status.IN_PROGRESS,
        EventKind.DISPATCHED: Status.DISPATCHED,
        EventKind.COMPLETED: Status.COMPLETED,
        EventKind.REPLIED: Status.REPLIED,
        EventKind.SUSPENDED: Status.SUSPENDED,
        EventKind.VOIDED: Status.VOID,
        EventKind.MERGED: Status.MERGED,
        EventKind.NOT_OURS: Status.NOT_OURS,
    },
    # What went on after it had waited is in work, though nobody may have been there yet.
    Status.IN_PROGRESS: {
        EventKind.ARRIVED: Status.IN_PROGRESS,
        EventKind.COMPLETED: Status.COMPLETED,
        EventKind.DISPATCHED: Status.DISPATCHED,
        EventKind.SUSPENDED: Status.SUSPENDED,
        EventKind.VOIDED: Status.VOID,
        EventKind.MERGED: Status.MERGED,
        EventKind.NOT_OURS: Status.NOT_OURS,
    },
    Status.SUSPENDED: {
        EventKind.RESUMED: Status.IN_PROGRESS,
        EventKind.DISPATCHED: Status.DISPATCHED,
        EventKind.VOIDED: Status.VOID,
        EventKind.MERGED: Status.MERGED,
        EventKind.NOT_OURS: Status.NOT_OURS,
    },
    Status.COMPLETED: {
        EventKind.REPLIED: Status.REPLIED,
        EventKind.DISPATCHED: Status.DISPATCHED,
        EventKind.REOPENED: Status.RECEIVED,
        EventKind.VOIDED: Status.VOID,
    },
    Status.REPLIED: {
        EventKind.FOLLOWED_UP: Status.FOLLOWING_UP,
        EventKind.CLOSED: Status.CLOSED,
        EventKind.REOPENED: Status.RECEIVED,
        EventKind.VOIDED: Status.VOID,
    },
    Status.FOLLOWING_UP: {
        EventKind.FOLLOWED_UP: Status.FOLLOWING_UP,
        EventKind.CLOSED: Status.CLOSED,
        EventKind.REOPENED: Status.RECEIVED,
        EventKind.VOIDED: Status.VOID,
    },
    # Who was drawn is asked after the closing; the ticket stays closed unless he is dissatisfied.
    Status.CLOSED: {
        EventKind.FOLLOWED_UP: Status.CLOSED,
        EventKind.REOPENED: Status.RECEIVED,
    },
    Status.VOID: {},
    Status.MERGED: {},
    Status.NOT_OURS: {},
}

KIND_LABELS: Mapping[Kind, LazyText] = {
    Kind.REPAIR: _lazy("Repair"),
    Kind.COMPLAINT: _lazy("Complaint"),
    Kind.ENQUIRY: _lazy("Enquiry"),
    Kind.SUGGESTION: _lazy("Suggestion"),
    Kind.PRAISE: _lazy("Praise"),
    Kind.BILL_QUERY: _lazy("Bill query"),
}
STATUS_LABELS: Mapping[Status, LazyText] = {
    Status.RECEIVED: _lazy("To dispatch"),
    Status.DISPATCHED: _lazy("Dispatched"),
    Status.IN_PROGRESS: _lazy("In progress"),
    Status.SUSPENDED: _lazy("Suspended"),
    Status.COMPLETED: _lazy("To reply"),
    Status.REPLIED: _lazy("To follow up"),
    Status.FOLLOWING_UP: _lazy("Following up"),
    Status.CLOSED: _lazy("Closed"),
    Status.VOID: _lazy("Void"),
    Status.MERGED: _lazy("Merged"),
    Status.NOT_OURS: _lazy("Not ours"),
}
CHANNEL_LABELS: Mapping[Channel, LazyText] = {
    Channel.PHONE: _lazy("Call"),
    Channel.VISIT: _lazy("Visit"),
    Channel.LETTER: _lazy("Letter"),
    Channel.HOTLINE: _lazy("Hotline 12345"),
    Channel.ONLINE: _lazy("Online"),
    Channel.PATROL: _lazy("Patrol"),
    Channel.INTERNAL: _lazy("Internal"),
    Channel.OTHER: _lazy("Other channel"),
}
URGENCY_LABELS: Mapping[Urgency, LazyText] = {
    Urgency.P0: _lazy("Emergency"),
    Urgency.P1: _lazy("Urgent"),
    Urgency.P2: _lazy("Normal"),
    Urgency.P3: _lazy("Planned"),
}
REPORTER_LABELS: Mapping[ReporterKind, LazyText] = {
    ReporterKind.RESIDENT: _lazy("Resident"),
    ReporterKind.INTERNAL: _lazy("Colleague"),
    ReporterKind.PARTNER: _lazy("Partner or other"),
}
SATISFACTION_LABELS: Mapping[Satisfaction, LazyText] = {
    Satisfaction.SATISFIED: _lazy("Satisfied"),
    Satisfaction.FAIR: _lazy("Fair"),
    Satisfaction.DISSATISFIED: _lazy("Dissatisfied"),
}
SEVERITY_LABELS: Mapping[Severity, LazyText] = {
    Severity.ORDINARY: _lazy("Ordinary"),
    Severity.COMPLEX: _lazy("Complex"),
    Severity.GRAVE: _lazy("Grave"),
}
PAYMENT_LABELS: Mapping[Payment, LazyText] = {
    Payment.FREE: _lazy("Free of charge"),
    Payment.PAID: _lazy("Paid work"),
}
EVENT_LABELS: Mapping[EventKind, LazyText] = {
    EventKind.REGISTERED: _lazy("Received"),
    EventKind.AMENDED: _lazy("Amended"),
    EventKind.DISPATCHED: _lazy("Sent to work"),
    EventKind.ARRIVED: _lazy("Arrived on site"),
    EventKind.SUSPENDED: _lazy("Suspended"),
    EventKind.RESUMED: _lazy("Resumed"),
    EventKind.COMPLETED: _lazy("Completed"),
    EventKind.REPLIED: _lazy("Replied"),
    EventKind.FOLLOWED_UP: _lazy("Followed up"),
    EventKind.CLOSED: _lazy("Closed"),
    EventKind.REOPENED: _lazy("Taken up again"),
    EventKind.VOIDED: _lazy("Voided"),
    EventKind.MERGED: _lazy("Merged"),
    EventKind.NOT_OURS: _lazy("Not ours"),
    EventKind.PRINTED: _lazy("Printed"),
    EventKind.NOTED: _lazy("Note"),
    EventKind.PROMISED: _lazy("New time told"),
    EventKind.URGED: _lazy("Urged"),
    EventKind.REPORTED_UP: _lazy("Reported up"),
    EventKind.PROBLEM_REPORTED: _lazy("Written report to the department"),
    EventKind.MANAGER_CONTACT: _lazy("Manager spoke with the caller"),
    EventKind.LETTER_WRITTEN: _lazy("Reply letter"),
    EventKind.PRICE_AGREED: _lazy("Price agreed"),
    EventKind.CHARGED: _lazy("Charged"),
    EventKind.PAPER_RETURNED: _lazy("Paper came back"),
    EventKind.DISSUADED: _lazy("Dissuaded"),
    EventKind.STOPPED: _lazy("Told to stop"),
    EventKind.REPORTED_OUT: _lazy("Reported to the authority"),
    EventKind.LINKED: _lazy("Linked"),
    EventKind.UNLINKED: _lazy("Link removed"),
    EventKind.ATTACHED: _lazy("File added"),
    EventKind.DETACHED: _lazy("File removed"),
}


@dataclass(frozen=True, slots=True)
class TicketDraft:
    """What the clerk typed; everything that a new or amended ticket says about the matter.

    A ticket is about a house (`unit_id`), or a common place or a place in words (`place`).
    `visit_wanted` says that somebody is to come (到场要求); None leaves it as it is, or as the kind
    has it. `picked_up_in_time` says whether the call was taken within three rings (R01); None is
    not noted.
    Times are local wall-clock times without offset.
    """

    kind: Kind
    text: str
    unit_id: int | None = None
    place: str = ""
    spot: str = ""
    common_part: bool = False
    class_code: str = UNCLASSED
    class_suggested: bool = False
    matter: str = ""
    wish: str = ""
    channel: Channel = Channel.PHONE
    urgency: Urgency | None = None
    reporter_id: int | None = None
    reporter_name: str = ""
    reporter_phone: str = ""
    reporter_kind: ReporterKind = ReporterKind.RESIDENT
    department_id: int | None = None
    handler_id: int | None = None
    appointment: str = ""
    promised_at: datetime | None = None
    visit_wanted: bool | None = None
    picked_up_in_time: bool | None = None
    wish_basis: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """One line of a ticket's journal, in the order of entry."""

    sequence: int
    at: datetime
    entered_at: datetime
    kind: EventKind
    status: Status
    round: int
    by: str
    text: str
    detail: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ticket:
    """A ticket as pages, papers and the command line show it.

    `follow_up_due_on` is until when its caller is to be asked, None where that need not be, or was;
    `follow_up_percent` and `follow_up_drawn` say how that was drawn, None while it was not.
    `repeat_of`, `master` and `merged_into` are numbers of other tickets; `special` is why the
    reporter is a special customer, empty for most, `special_until` the last day of it.
    `next_due_at` is when the first of its clocks runs out, `warns_at` when its warning comes; they
    are None where none runs, or all are stopped while the ticket waits.
    """

    id: int
    number: str
    kind: Kind
    class_code: str
    class_suggested: bool
    status: Status
    round: int
    dispatches: int
    unit_id: int | None
    unit: str
    unit_long: str
    community: str
    place: str
    spot: str
    common_part: bool
    matter: str
    text: str
    wish: str
    channel: Channel
    urgency: Urgency
    reporter_id: int | None
    reporter_name: str
    reporter_phone: str
    reporter_kind: ReporterKind
    reporter_role: str
    first_receiver: str
    first_receiver_id: int
    replier: str
    replier_id: int
    handler: str
    handler_id: int | None
    department: str
    department_id: int | None
    appointment: str
    promised_at: datetime | None
    visit_wanted: bool
    received_at: datetime
    closed_at: datetime | None
    external_number: str
    duplicate_of: str
    needs_person: str
    satisfaction: Satisfaction | None
    severity: Severity
    validity: str
    wish_basis: str
    picked_up_in_time: bool | None
    cause_kind: str
    cause: str
    prevention: str
    violation: str
    follow_up_percent: int | None
    follow_up_drawn: bool | None
    follow_up_due_on: date | None
    repeat_of: str
    repeat_of_id: int | None
    master: str
    master_id: int | None
    is_master: bool
    tell_callers: str
    merged_into: str
    merged_into_id: int | None
    payment: Payment | None
    price_agreed_at: datetime | None
    price_agreed_by: str
    agreed_fen: int | None
    archive_number: str
    special: str
    special_until: date | None
    version: int
    next_due_at: datetime | None
    warns_at: datetime | None
    events: tuple[Event, ...] = ()

    @property
    def where(self) -> str:
        """House or place in one short text."""
        return self.unit or self.place


def is_open(status: Status) -> bool:
    """Tell whether a ticket in this status still waits for something."""
    return status in OPEN


def can_move(status: Status, event: EventKind) -> bool:
    """Tell whether `event` may happen to a ticket in `status`."""
    return event in TRANSITIONS[status]


def has_arrived(events: Iterable[Event]) -> bool:
    """Tell whether somebody has been there since the work was last sent out."""
    arrived = False
    for event in events:
        if event.kind is EventKind.ARRIVED:
            arrived = True
        elif event.kind in {EventKind.DISPATCHED, EventKind.REOPENED}:
            arrived = False
    return arrived


def proposed_urgency(draft: TicketDraft) -> Urgency:
    """Return the urgency that a matter starts with (decision 12): incidents are p1."""
    if draft.class_code == "incident.lift":
        return Urgency.P0
    return Urgency.P1 if top_class(draft.class_code) == "incident" else Urgency.P2


def wants_visit(kind: Kind) -> bool:
    """Tell whether somebody is to come to matters of a kind, where nobody says otherwise."""
    return kind is Kind.REPAIR


def next_status(status: Status, event: EventKind) -> Status:
    """Return the status after `event`, or refuse with what is possible instead."""
    allowed = TRANSITIONS[status]
    if event in allowed:
        return allowed[event]
    if not allowed:
        raise RuleError(
            "ticket-ended",
            _("This ticket has ended ({status}); nothing more can be done with it.").format(
                status=STATUS_LABELS[status]
            ),
        )
    raise RuleError(
        "move-not-allowed",
        _(
            "«{event}» is not possible while the ticket is «{status}». Possible now: {allowed}."
        ).format(
            event=EVENT_LABELS[event],
            status=STATUS_LABELS[status],
            allowed=", ".join(dict.fromkeys(str(EVENT_LABELS[kind]) for kind in allowed)),
        ),
    )


def check_open(status: Status) -> None:
    """Refuse what only makes sense while somebody waits for the ticket."""
    if not is_open(status):
        raise RuleError(
            "ticket-not-open",
            _("The ticket is «{status}»: nobody waits for it. Reopen it first.").format(
                status=STATUS_LABELS[status]
            ),
        )


def needs_follow_up(kind: Kind) -> bool:
    """Tell whether tickets of this kind close only through a follow-up (decision 28)."""
    return kind is Kind.COMPLAINT


UNREACHED_TRIES = 3
