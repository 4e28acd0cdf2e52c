"""The working calendar of a year, and the years that are missing."""

from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.calendar_days import CalendarDay
from propdesk.services.parts.limits import load_calendar
from propdesk.storage.clocks import stored_days


@dataclass(frozen=True, slots=True)
class CalendarYear:
    """A year: its days off and make-up days, which of them are the office's own, its workdays.

    `is_known` is false for a year whose days are missing: then only the week holds.
    """

    year: int
    is_known: bool
    days: tuple[CalendarDay, ...]
    own: frozenset[date]
    workdays: int


def get_calendar_year(year: int) -> CalendarYear:
    """Return a year of the office's working calendar."""
    calendar = load_calendar()
    days = tuple(sorted(day for day in calendar.days.values() if day.on.year == year))
    own = {day.on for day in stored_days()}
    every = range(date(year, 1, 1).toordinal(), date(year, 12, 31).toordinal() + 1)
    return CalendarYear(
        year=year,
        is_known=calendar.covers(year),
        days=days,
        own=frozenset(day.on for day in days if day.on in own),
        workdays=sum(calendar.is_working_day(date.fromordinal(ordinal)) for ordinal in every),
    )


def list_missing_years(now: datetime) -> tuple[int, ...]:
    """Return the years whose days should be imported now."""
    return load_calendar().missing_at(now.date())
