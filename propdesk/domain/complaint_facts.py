"""What the monthly complaint report is counted from: tickets, journal lines, houses, contacts.

Queries fill these records; nothing here is computed. Times are local without offset.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from propdesk.domain.clock_journal import ClockFacts
from propdesk.domain.clock_rules import ClockRule
from propdesk.domain.months import Month
from propdesk.domain.sampling import AskedAfter
from propdesk.domain.tickets import Channel, EventKind, Satisfaction, Status
from propdesk.domain.work_calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class ComplaintFact:
    """A ticket that is or once was a complaint, as it is known now.

    `building` is the label of the house's building, "" for common places and places in words;
    `where` is house or place in one short text; `picked_up_in_time` is R01, where it was noted.
    """

    id: int
    number: str
    class_code: str
    class_suggested: bool
    matter: str
    where: str
    building: str
    channel: Channel
    department: str
    handler: str
    first_receiver: str
    reporter: str
    unit_id: int | None
    received_at: datetime
    promised_at: datetime | None
    picked_up_in_time: bool | None = None
    needs_person: bool = False
    likely_duplicate: bool = False


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One line of a complaint's journal; `sequence` is the order of entry.

    `counted` tells whether the ticket is a complaint of a reporter from outside after this line
    (decision 16); status and round are those after it; `satisfaction` is a follow-up's answer,
    `department` whom a dispatch went to, `text` the beginning of what was noted.
    """

    ticket_id: int
    sequence: int
    at: datetime
    entered_at: datetime
    kind: EventKind
    status: Status
    counted: bool
    round: int
    by: str
    satisfaction: Satisfaction | None = None
    department: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class BuildingFact:
    """A building and how many of its households are occupied (已入住)."""

    label: str
    households: int


@dataclass(frozen=True, slots=True)
class Contacts:
    """Contacts of a month that are no complaints but stand beside them (R51, decision 16)."""

    praise: int = 0
    bill_queries: int = 0
    internal: int = 0


@dataclass(frozen=True, slots=True)
class ComplaintRecords:
    """Everything that a month's figures are counted from.

    `households` holds the occupied households at the end of the months that are compared,
    `contacts` their other contacts and `asked` their sampled follow-ups; a month without an entry
    has none. `first_at` is when the office had its first complaint, where older ones than these
    were left out. `clock_facts` are what the clocks ask of each ticket, by id; `limits` and
    `calendar` are those of the office.
    """

    tickets: tuple[ComplaintFact, ...] = ()
    journal: tuple[JournalLine, ...] = ()
    buildings: tuple[BuildingFact, ...] = ()
    households: Mapping[Month, int] = field(default_factory=dict)
    contacts: Mapping[Month, Contacts] = field(default_factory=dict)
    asked: Mapping[Month, AskedAfter] = field(default_factory=dict)
    first_at: datetime | None = None
    clock_facts: Mapping[int, ClockFacts] = field(default_factory=dict)
    limits: tuple[ClockRule, ...] = ()
    calendar: WorkCalendar = field(default_factory=WorkCalendar)


@dataclass(frozen=True, slots=True)
class ReportRules:
    """The numbers that the report goes by; each is printed among its definitions.

    `repeat_days`: a second complaint within so many days is a repeat (R43, the seed's default).
    `long_open_days`: open for longer than a month (forms.md 5.5, item 6).
    """

    repeat_days: int = 30
    long_open_days: int = 30
    late_entry_hours: int = 24
