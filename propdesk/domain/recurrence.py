"""On which days something is due: recurrence rules of RFC 5545, read by python-dateutil.

A rule is the lines RRULE, RDATE and EXDATE without DTSTART: the first day stands beside it. Hours
are no part of a rule; a plan lists the times of its day. «Each month on the 31st» means the last
day of a shorter month, as an office says it, where RFC 5545 alone would leave that month out. The
library would look for 30 February up to the year 9999; so a new rule is tried in the last centuries
of that calendar first.
"""

import re
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import lru_cache
from typing import TYPE_CHECKING

from propdesk.domain.errors import RuleError
from propdesk.i18n import _

if TYPE_CHECKING:
    from dateutil.rrule import rruleset

# The Gregorian calendar, days of the week included, is the same every 400 years.
_CYCLE = 400
_LINE = re.compile(r"(RRULE|RDATE|EXDATE)(?:;VALUE=DATE)?:([A-Z0-9=,;+:-]+)")
_STEP = re.compile(r"FREQ=(DAILY|WEEKLY)\b")
_END = re.compile(r";?\b(UNTIL|COUNT)=[^;]*")
_INTERVAL = re.compile(r"INTERVAL=([0-9]{1,4})\b")
_OFTEN = re.compile(r"FREQ=(HOURLY|MINUTELY|SECONDLY)\b|BY(HOUR|MINUTE|SECOND)=")
# The library would stand still at a step of 0.
_BAD_INTERVAL = re.compile(r"INTERVAL=(?!0*[1-9][0-9]{0,3}(;|$))", re.MULTILINE)
# A day may be written with an hour, and as that of Greenwich: a rule says days of the office.
_DATED = re.compile(r"(UNTIL=|[:,])([0-9]{8})(?:T[0-9]{4,6}Z?)?(?=[,;\n]|$)")
_MOST_LETTERS = 4000
# A rule of months that names one late day alone.
_LATE_DAY = re.compile(
    r"^(?!.*BY(?!MONTHDAY=(?:29|30|31)\b(?!,)))(.*FREQ=MONTHLY\b.*);BYMONTHDAY=([0-9]+)",
    re.MULTILINE,
)
# A rule of months or years that names no day of its own.
_OPEN_MONTHS = re.compile(r"^(?!.*BY).*FREQ=(MONTHLY|YEARLY)\b.*", re.MULTILINE)
_IN_EVERY_MONTH, _FEBRUARY = 28, 2
_STEP_DAYS = {"DAILY": 1, "WEEKLY": 7}


@dataclass(frozen=True, slots=True)
class Recurrence:
    """A rule with its first day (DTSTART), which counts only where the rule falls on it."""

    text: str
    starts_on: date

    def days(self, from_on: date, until_on: date) -> tuple[date, ...]:
        """Return the days from `from_on` to `until_on`, both included."""
        if until_on < max(from_on, self.starts_on):
            return ()
        first = max(from_on, self.starts_on)
        return _days(self.text, self._start_near(from_on), first, until_on)

    def next(self, after: date) -> date | None:
        """Return the first day after `after`, None when the rule has ended."""
        found = _rules(self.text, self._start_near(after)).after(_midnight(after))
        return found.date() if found else None

    def next_when_done(self, done_on: date) -> date | None:
        """Return the day that a cycle begun on `done_on` leads to: the rule restarts there."""
        return Recurrence(self.text, done_on).next(done_on)

    def _start_near(self, day: date) -> date:
        """Return a later start with the same days from `day` on: ten years are not walked again."""
        step = _STEP.search(self.text)
        is_alone = self.text.count("FREQ=") == 1 and "COUNT=" not in self.text
        if step is None or not is_alone or day <= self.starts_on:
            return self.starts_on
        interval = _INTERVAL.search(self.text)
        length = _STEP_DAYS[step[1]] * int(interval[1] if interval else 1)
        steps = (day.toordinal() - self.starts_on.toordinal()) // length
        return _moved(self.starts_on, steps * length)


def check_recurrence(text: str, starts_on: date) -> Recurrence:
    """Return the rule, its lines in capitals.

    Raises RuleError where it cannot be read, is finer than a day, or never fires.
    """
    lines = [line.strip().upper() for line in text.replace(" ", "").splitlines() if line.strip()]
    lines = [line if ":" in line else f"RRULE:{line}" for line in lines]
    plain = _DATED.sub(r"\1\2T000000", "\n".join(lines).replace(";VALUE=DATE:", ":"))
    is_readable = len(text) <= _MOST_LETTERS and not _BAD_INTERVAL.search(plain)
    if not lines or not is_readable or not all(_LINE.fullmatch(line) for line in lines):
        raise RuleError(
            "recurrence-unreadable",
            _("«{rule}» is no recurrence rule (RFC 5545), such as FREQ=MONTHLY;BYDAY=1MO.").format(
                rule=text[:60]
            ),
        )
    if _OFTEN.search(plain):
        raise RuleError(
            "recurrence-too-fine",
            _("A rule says days. Times within a day are listed beside it."),
        )
    recurrence = Recurrence(plain, starts_on)
    try:
        first = recurrence.next(_moved(starts_on, -1)) if _can_fire(plain, starts_on) else None
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise RuleError(
            "recurrence-unreadable",
            _("The rule «{rule}» cannot be read: {reason}").format(rule=text[:60], reason=error),
        ) from error
    if first is None:
        raise RuleError(
            "recurrence-never",
            _("The rule «{rule}» never falls on a day.").format(rule=text[:60]),
        )
    return recurrence


def _can_fire(text: str, starts_on: date) -> bool:
    if "RDATE" in text:
        return True
    rules = [line for line in text.split("\n") if line.startswith("RRULE")]
    cycles = (date.max.year - starts_on.year) // _CYCLE
    late = starts_on.replace(year=starts_on.year + cycles * _CYCLE)
    return any(
        Recurrence(_END.sub("", rule), late).next(_moved(late, -1)) is not None for rule in rules
    )


# Daily and weekly plans with the same rule share their days; a month is looked at again and again.
@lru_cache(maxsize=4096)
def _days(text: str, starts_on: date, from_on: date, until_on: date) -> tuple[date, ...]:
    found = _rules(text, starts_on).between(_midnight(from_on), _midnight(until_on), inc=True)
    return tuple(moment.date() for moment in found)


@lru_cache(maxsize=2048)
def _rules(text: str, starts_on: date) -> "rruleset":
    # A command line must not load the library before it needs it.
    from dateutil.rrule import rruleset, rrulestr

    text = _LATE_DAY.sub(lambda found: found[1] + _last_until(int(found[2])), text)
    text = _OPEN_MONTHS.sub(lambda found: found[0] + _last_of_month(found[1], starts_on), text)
    rules = rrulestr(text, dtstart=_midnight(starts_on), forceset=True)
    assert isinstance(rules, rruleset)  # noqa: S101 - what `forceset` means
    return rules


def _last_of_month(often: str, starts_on: date) -> str:
    if starts_on.day <= _IN_EVERY_MONTH or (often == "YEARLY" and starts_on.month != _FEBRUARY):
        return ""
    month = f";BYMONTH={starts_on.month}" if often == "YEARLY" else ""
    return month + _last_until(starts_on.day)


def _last_until(day: int) -> str:
    """Return how RFC 5545 says: on that day of the month, on its last where it has none."""
    days = ",".join(str(one) for one in range(_IN_EVERY_MONTH, day + 1))
    return f";BYMONTHDAY={days};BYSETPOS=-1"


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time())


def _moved(day: date, days: int) -> date:
    return date.fromordinal(day.toordinal() + days)
