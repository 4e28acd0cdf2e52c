"""How old arrears are: the seven classes of the ageing table (欠费账龄表, forms.md 5.2)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.calendar_years import years_before
from propdesk.i18n import LazyText, _lazy


class AgeBucket(StrEnum):
    """How long something has been due, from the day after its day of payment."""

    DAYS_30 = "1-30"
    DAYS_90 = "31-90"
    DAYS_180 = "91-180"
    DAYS_365 = "181-365"
    YEARS_2 = "1-2y"
    YEARS_3 = "2-3y"
    OLDER = "3y+"


AGE_LABELS: Mapping[AgeBucket, LazyText] = {
    AgeBucket.DAYS_30: _lazy("≤ 30 days"),
    AgeBucket.DAYS_90: _lazy("31-90 days"),
    AgeBucket.DAYS_180: _lazy("91-180 days"),
    AgeBucket.DAYS_365: _lazy("181-365 days"),
    AgeBucket.YEARS_2: _lazy("1-2 years"),
    AgeBucket.YEARS_3: _lazy("2-3 years"),
    AgeBucket.OLDER: _lazy("> 3 years"),
}

# The last day of each class in days, then in calendar years; what is older is the last class.
_DAYS = (30, 90, 180, 365)
_YEARS = (2, 3)


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """The days of payment at which the classes end on a day: `first` is the oldest of each.

    What was to be paid on `today` or later is not yet due; what was to be paid before it and on
    `first[0]` or later is the youngest class, and so on; what is before the last is the oldest.
    """

    today: date
    first: tuple[date, ...]

    def bucket(self, due_on: date) -> AgeBucket | None:
        """Return the class of something to be paid on a day; None where it is not yet due."""
        if due_on >= self.today:
            return None
        for bucket, oldest in zip(AgeBucket, self.first, strict=False):
            if due_on >= oldest:
                return bucket
        return AgeBucket.OLDER


def age_limits(today: date) -> AgeLimits:
    """Return where the classes end, seen from a day."""
    days = tuple(date.fromordinal(today.toordinal() - days) for days in _DAYS)
    return AgeLimits(today, (*days, *(years_before(today, years) for years in _YEARS)))


@dataclass(frozen=True, slots=True)
class Ages:
    """What is open in each class, and what is not yet due, in fen."""

    by_bucket: tuple[int, ...]
    not_due_fen: int = 0

    @property
    def total_fen(self) -> int:
        """What is overdue, of whatever age."""
        return sum(self.by_bucket)

    def of(self, bucket: AgeBucket) -> int:
        """Return what is open in a class."""
        return self.by_bucket[list(AgeBucket).index(bucket)]


def add_ages(ages: Sequence[Ages]) -> Ages:
    """Return the sums of several."""
    sums = (sum(column) for column in zip(*(one.by_bucket for one in ages), strict=True))
    return Ages(tuple(sums) or (0,) * len(AgeBucket), sum(one.not_due_fen for one in ages))
