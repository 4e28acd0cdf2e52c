"""The limits and the working calendar that hold: the program's, with the office's own over them.

Only what an office says otherwise is stored; so a new year or a better default comes with the next
program, and never over a word of the office's own.
"""

import csv
from functools import cache, lru_cache
from hashlib import sha256

from propdesk import paths
from propdesk.domain.calendar_days import CalendarDay, read_days
from propdesk.domain.clock_rules import ClockRule
from propdesk.domain.clock_table import DEFAULT_RULES
from propdesk.domain.work_calendar import Hours, WorkCalendar
from propdesk.services.parts.settings import load_settings
from propdesk.storage.clocks import stored_days, stored_rules

# Raise this when the domain reckons otherwise: every due time is then reckoned anew.
_RECKONING = 1


@cache
def shipped_days() -> tuple[CalendarDay, ...]:
    """Return the days off and make-up days that come with the program."""
    files = sorted((paths.resources() / "calendars").glob("*.csv"))
    return tuple(
        day
        for file in files
        for day in read_days(enumerate(csv.reader(file.read_text("utf-8").splitlines()), 1)).days
    )


def load_calendar() -> WorkCalendar:
    """Return the office's working calendar: its week, the program's days, its own over them."""
    return _calendar(stored_days(), load_settings("week").week)


@lru_cache(maxsize=4)
def _calendar(own: tuple[CalendarDay, ...], week: tuple[Hours, ...]) -> WorkCalendar:
    """Return a calendar; it counts its years out once, however often it is asked for."""
    return WorkCalendar.of((*shipped_days(), *own), week)


def load_rules() -> tuple[ClockRule, ...]:
    """Return the office's limits: the program's, but for those that have one of its own."""
    own = stored_rules()
    places = {rule.place for rule in own}
    return (*(rule for rule in DEFAULT_RULES if rule.place not in places), *own)


def basis_mark() -> str:
    """Return a mark of all that due times are reckoned by, other than the tickets themselves."""
    calendar = load_calendar()
    basis = (_RECKONING, load_rules(), calendar.week, sorted(calendar.days.values()))
    return sha256(repr(basis).encode()).hexdigest()
