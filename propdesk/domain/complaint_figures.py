"""The figures of the monthly complaint report: paper, workbook and JSON show this one object."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from itertools import dropwhile

from propdesk.domain.clock_rules import Clock
from propdesk.domain.complaint_clocks import InTime
from propdesk.domain.complaint_facts import Contacts, ReportRules
from propdesk.domain.complaint_rows import (
    Answers,
    Balance,
    BuildingRow,
    ChannelRow,
    ClassRow,
    DepartmentRow,
    HourTable,
    MonthPoint,
    OpenRow,
    ParetoRow,
    PersonRow,
    QualityRow,
    RepeatRow,
)
from propdesk.domain.months import Month
from propdesk.domain.rates import Rate, Spread
from propdesk.domain.sampling import AskedAfter


@dataclass(frozen=True, slots=True)
class MonthSummary:
    """The key figures of one month, as they are compared with another month's.

    `without_limit` is how many of the open complaints have no limit: they were taken in from a file
    and not sent to work here yet.
    """

    month: Month
    balance: Balance
    overdue: int
    long_open: int
    rework: int
    first_pass: Rate
    follow_up: Rate
    answers: Answers
    repeats: Rate
    per_household: Rate
    in_time: Mapping[Clock, InTime]
    picked_up: Rate
    without_limit: int
    reply: Spread
    solving: Spread
    closing: Spread
    contacts: Contacts
    asked: AskedAfter

    @property
    def closing_rate(self) -> Rate:
        """办结率: closed of all that there was to handle."""
        return Rate(self.balance.closed, self.balance.to_handle)


class Unit(StrEnum):
    """What a key figure is counted in."""

    PERCENT = "percent"
    COUNT = "count"
    HOURS = "hours"
    DAYS = "days"
    POINTS = "points"


@dataclass(frozen=True, slots=True)
class KeyFigure:
    """A row of the key figures table; `better` is +1 where more is better, -1 where less is.

    `paused` is how many of the denominator waited meanwhile, None where that is no question.
    """

    code: str
    unit: Unit
    places: int
    better: int
    value: Decimal | None
    numerator: int | None
    denominator: int | None
    paused: int | None
    previous: Decimal | None
    last_year: Decimal | None

    @property
    def change(self) -> Decimal | None:
        """The difference from last month as it is printed (points, cases, hours or days)."""
        return _difference(self.value, self.previous)

    @property
    def year_change(self) -> Decimal | None:
        """The difference from the same month last year, as it is printed."""
        return _difference(self.value, self.last_year)


def _difference(now: Decimal | None, then: Decimal | None) -> Decimal | None:
    return None if now is None or then is None else now - then


@dataclass(frozen=True, slots=True)
class ComplaintFigures:
    """Everything that the report of one month shows.

    `as_of` is the end of the month, or now while it runs; `has_records` is False in an office
    that has never had a complaint until then.
    """

    month: Month
    as_of: datetime
    is_running: bool
    has_records: bool
    rules: ReportRules
    summary: MonthSummary
    previous: MonthSummary | None
    last_year: MonthSummary | None
    key_figures: tuple[KeyFigure, ...]
    by_class: tuple[ClassRow, ...]
    suggested: int
    series: tuple[MonthPoint, ...]
    pareto: tuple[ParetoRow, ...]
    channels: tuple[ChannelRow, ...]
    buildings: tuple[BuildingRow, ...]
    households: int
    hours: HourTable
    departments: tuple[DepartmentRow, ...]
    persons: tuple[PersonRow, ...]
    open_list: tuple[OpenRow, ...]
    repeats: tuple[RepeatRow, ...]
    quality: tuple[QualityRow, ...]

    @property
    def balance(self) -> Balance:
        """The month's identity."""
        return self.summary.balance

    @property
    def has_begun(self) -> bool:
        """Tell whether the month's first midnight has passed."""
        return self.as_of >= self.month.start

    @property
    def last_day(self) -> date:
        """The last day of the period: that of the month, or today while it runs."""
        runs = self.is_running and self.has_begun
        return self.as_of.date() if runs else self.month.last_day

    @property
    def months_on_record(self) -> tuple[MonthPoint, ...]:
        """The series without the empty months at its beginning, before the office had any."""
        return tuple(dropwhile(lambda point: point.balance.is_empty, self.series))

    @property
    def is_empty(self) -> bool:
        """Tell whether the month has nothing to show."""
        return self.balance.is_empty

    def class_rows(self) -> Iterator[tuple[ClassRow, bool]]:
        """Walk the class table as it is printed: a row, and whether it is a sub-class."""
        for row in self.by_class:
            yield row, False
            for child in row.children:
                yield child, True
