"""The rows of the complaint report's tables; each knows its own sum.

A row that does not balance is refused where it is built, so that no paper can show it.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from propdesk.domain.complaint_facts import ComplaintFact
from propdesk.domain.months import Month
from propdesk.domain.rates import Rate
from propdesk.domain.tickets import Channel, EventKind, Status


@dataclass(frozen=True, slots=True)
class Balance:
    """The identity of decision 17: what came, less what went, is what is open."""

    carried_over: int = 0
    received: int = 0
    reopened: int = 0
    moved_in: int = 0
    closed: int = 0
    removed: int = 0
    open: int = 0

    def __post_init__(self) -> None:
        came = self.carried_over + self.received + self.reopened + self.moved_in
        if came - self.closed - self.removed != self.open:
            raise ValueError(f"a month that does not balance: {self}")

    @property
    def to_handle(self) -> int:
        """What there was to handle (应处理): everything but what turned out to be no complaint."""
        return self.closed + self.open

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing was open, came or went."""
        return not (self.to_handle or self.received or self.removed)

    def __add__(self, other: "Balance") -> "Balance":
        return Balance(
            self.carried_over + other.carried_over,
            self.received + other.received,
            self.reopened + other.reopened,
            self.moved_in + other.moved_in,
            self.closed + other.closed,
            self.removed + other.removed,
            self.open + other.open,
        )


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to follow-ups: the last one of each ticket, round and month."""

    satisfied: int = 0
    fair: int = 0
    dissatisfied: int = 0

    @property
    def valid(self) -> int:
        """How many answered (回访有效)."""
        return self.satisfied + self.fair + self.dissatisfied

    @property
    def rate(self) -> Rate:
        """The satisfaction rate: `satisfied` only (decision 14)."""
        return Rate(self.satisfied, self.valid)

    def __add__(self, other: "Answers") -> "Answers":
        return Answers(
            self.satisfied + other.satisfied,
            self.fair + other.fair,
            self.dissatisfied + other.dissatisfied,
        )


@dataclass(frozen=True, slots=True)
class ClassRow:
    """A class or sub-class with its balance; a class holds its sub-classes in `children`.

    `suggested` is how many of the received ones a clerk has yet to confirm (decision 19).
    `previous` and `last_year` are the numbers received then, None where there was no office yet.
    """

    code: str
    balance: Balance
    overdue: int
    suggested: int
    previous: int | None
    last_year: int | None
    answers: Answers
    children: tuple["ClassRow", ...] = ()

    @property
    def change(self) -> int | None:
        """Received now less received last month (环比)."""
        return None if self.previous is None else self.balance.received - self.previous

    @property
    def year_change(self) -> int | None:
        """Received now less received in the same month last year (同比)."""
        return None if self.last_year is None else self.balance.received - self.last_year


def sum_classes(code: str, rows: Sequence[ClassRow]) -> ClassRow:
    """Return the row that is the sum of `rows`: a class of its sub-classes, or the whole table."""
    return ClassRow(
        code=code,
        balance=sum((row.balance for row in rows), Balance()),
        overdue=sum(row.overdue for row in rows),
        suggested=sum(row.suggested for row in rows),
        previous=_sum_if_known(row.previous for row in rows),
        last_year=_sum_if_known(row.last_year for row in rows),
        answers=sum((row.answers for row in rows), Answers()),
        children=tuple(rows),
    )


def _sum_if_known(counts: Iterable[int | None]) -> int | None:
    known = [count for count in counts if count is not None]
    return sum(known) if known else None


@dataclass(frozen=True, slots=True)
class MonthPoint:
    """One month of the series: its balance, and what was received in each class."""

    month: Month
    balance: Balance
    received_by_class: tuple[int, ...]

    def __post_init__(self) -> None:
        if sum(self.received_by_class) != self.balance.received:
            raise ValueError(f"a month whose classes do not add up: {self}")


@dataclass(frozen=True, slots=True)
class ParetoRow:
    """A sub-class and its number; `cumulative` counts it and everything before it."""

    code: str
    count: int
    cumulative: int


@dataclass(frozen=True, slots=True)
class ChannelRow:
    """How many complaints came by a channel."""

    channel: Channel
    count: int


@dataclass(frozen=True, slots=True)
class BuildingRow:
    """How many complaints a building had; label "" is common places, without households."""

    label: str
    count: int
    households: int | None

    @property
    def per_hundred(self) -> Decimal | None:
        """Complaints per hundred occupied households."""
        return Rate(self.count, self.households or 0).percent(2)


@dataclass(frozen=True, slots=True)
class HourTable:
    """Complaints by weekday (Monday first) and by band of hours."""

    bands: tuple[tuple[int, int], ...]
    cells: tuple[tuple[int, ...], ...]

    @property
    def by_band(self) -> tuple[int, ...]:
        """The sum of each band."""
        return tuple(sum(column) for column in zip(*self.cells, strict=True))

    @property
    def by_day(self) -> tuple[int, ...]:
        """The sum of each weekday."""
        return tuple(sum(row) for row in self.cells)

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.by_day)


@dataclass(frozen=True, slots=True)
class DepartmentRow:
    """A department's month; name "" is what no department was dispatched to.

    `dispatched` counts complaints dispatched to it in the month, however often.
    """

    name: str
    dispatched: int
    closed: int
    open: int
    overdue: int
    rework: int


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A staff member's month: taken at the desk, first contact, closed as handler, and answers.

    Satisfaction goes to the first receiver (首问责任人).
    """

    name: str
    taken: int
    first_contact: int
    closed: int
    answers: Answers


@dataclass(frozen=True, slots=True)
class OpenRow:
    """An open complaint at the end, with its days and the last thing that happened.

    `limited` tells whether it has limits at all; `due_at` is when the first of those that run ends,
    or ended.
    """

    ticket: ComplaintFact
    department: str
    status: Status
    round: int
    days: int
    limited: bool
    due_at: datetime | None
    overdue: bool
    last_event: EventKind
    last_at: datetime
    last_text: str


@dataclass(frozen=True, slots=True)
class RepeatRow:
    """A complaint of the same house about the same sub-class soon after an earlier one (R43)."""

    ticket: ComplaintFact
    earlier: ComplaintFact
    days: int
    is_open: bool


@dataclass(frozen=True, slots=True)
class QualityRow:
    """A gap in the data: `count` of `base` cases, by the code of its check."""

    code: str
    count: int
    base: int
