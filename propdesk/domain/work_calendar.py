"""The office's working time: its week and hours, without holidays, with make-up days (R03, R10).

Working time is a stair that never falls: `worked` seconds since the year began stand beside each
day, so adding and measuring are two look-ups however long the span is. Times are local, without
offset; China has had no summer time since 1992.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import MAXYEAR, date, datetime, time, timedelta
from itertools import pairwise
from typing import Self

from propdesk.domain.calendar_days import CalendarDay, DayKind
from propdesk.domain.errors import RuleError
from propdesk.domain.texts import elide, fold
from propdesk.i18n import _, ngettext

_HOUR = 3600
_DAY = 24 * _HOUR
_WEEK = 7
_LATEST = datetime.max.replace(microsecond=0)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Office hours without a break, in minutes since midnight; a day may have several."""

    opens: int
    closes: int

    def __str__(self) -> str:
        return "-".join(f"{at // 60:02d}:{at % 60:02d}" for at in (self.opens, self.closes))


Hours = tuple[Span, ...]
"""The office hours of one day, in order; none on a day off."""

# The day begins with the morning meeting at 8:30; the desk stays open over noon. An office that
# closes for lunch, or opens on Saturdays, says so in its settings.
USUAL_HOURS: Hours = (Span(8 * 60 + 30, 17 * 60 + 30),)
USUAL_WEEK: tuple[Hours, ...] = (USUAL_HOURS,) * 5 + ((),) * 2


@dataclass(frozen=True, slots=True)
class _Year:
    """A year counted out: working seconds before each day, and the days that are worked."""

    first: int
    before: tuple[int, ...]
    workdays: tuple[int, ...]

    @property
    def total(self) -> int:
        return self.before[-1]


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """When the office works: `week` holds the hours of Monday to Sunday, `days` the exceptions.

    A make-up day has the hours of the longest day of the week. Arithmetic goes on in years without
    days, by the week alone: what comes of it is provisional (`missing_between`).
    """

    week: tuple[Hours, ...] = USUAL_WEEK
    days: Mapping[date, CalendarDay] = field(default_factory=dict)
    _years: dict[int, _Year] = field(default_factory=dict, init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        check_week(self.week)

    @classmethod
    def of(cls, days: Iterable[CalendarDay], week: tuple[Hours, ...] = USUAL_WEEK) -> Self:
        """Return the calendar of a list of days; of two for one date the later stands."""
        return cls(week, {day.on: day for day in days})

    def covers(self, year: int) -> bool:
        """Tell whether the days of a year are there.

        They are when its New Year's Day, Labour Day and National Day are days off: a stray day,
        or half a file, does not make a year.
        """
        return all(
            (day := self.days.get(date(year, month, 1))) and day.kind is DayKind.HOLIDAY
            for month in (1, 5, 10)
        )

    def missing_between(self, start: date, end: date) -> tuple[int, ...]:
        """Return the years from `start` to `end` whose days are not there."""
        return tuple(year for year in range(start.year, end.year + 1) if not self.covers(year))

    def missing_at(self, today: date) -> tuple[int, ...]:
        """Return the years to import now: this one, and in December the one that comes."""
        coming = today.year + (today.month == 12)  # they are published in November
        return tuple(year for year in range(today.year, coming + 1) if not self.covers(year))

    def hours(self, day: date) -> Hours:
        """Return the office hours of a day, none where it is not worked."""
        exception = self.days.get(day)
        if exception is None:
            return self.week[day.weekday()]
        return () if exception.kind is DayKind.HOLIDAY else max(self.week, key=_seconds)

    def is_working_day(self, day: date) -> bool:
        """Tell whether the office works on a day."""
        return bool(self.hours(day))

    def next_working_time(self, moment: datetime) -> datetime:
        """Return `moment` where the office is open, else the next opening (R10)."""
        return self.add_working_time(moment, timedelta())

    def add_working_time(self, start: datetime, span: timedelta) -> datetime:
        """Return when so much working time has passed since `start`; counting begins at opening.

        What ends with the day ends at its closing, not at the next opening. `span` is not negative.
        """
        seconds = int(span.total_seconds())
        if seconds < 0:
            raise ValueError(span)
        number = start.year
        target = self._worked(start) + seconds
        find = bisect_left if seconds else bisect_right
        while (index := find(self._year(number).before, target)) > self._length(number):
            target -= self._year(number).total
            number += 1
            if number > MAXYEAR:
                return _LATEST
        year = self._year(number)
        day = date.fromordinal(year.first + index - 1)
        return self._moment(day, target - year.before[index - 1], ends=bool(seconds))

    def add_working_days(self, start: datetime, count: int) -> datetime:
        """Return the end of a limit of `count` (1 or more) working days: 不超过一个工作日.

        Counted as the Civil Code counts days (民法典 201, 203): the day on which it comes in is not
        counted, and the last one ends when the office closes. Monday 10:00 and one working day is
        Tuesday 17:30; a call on Sunday is due on Monday 17:30. Whatever the hour, at least `count`
        whole working days are left (R03, R04, R10).
        """
        if count < 1:
            raise ValueError(count)
        number = start.year
        index = bisect_right(self._year(number).workdays, start.toordinal()) + count - 1
        while index >= len(self._year(number).workdays):
            index -= len(self._year(number).workdays)
            number += 1
            if number > MAXYEAR:
                return _LATEST
        day = date.fromordinal(self._year(number).workdays[index])
        return _at(day, self.hours(day)[-1].closes * 60)

    def add_calendar_days(self, start: datetime, count: int) -> datetime:
        """Return the same hour so many days later, worked or not: 三天 is 72 hours (R05).

        A limit in plain days is a promise of the house, no period of the law: the stricter reading.
        """
        ordinal = start.toordinal() + count
        if ordinal > _LATEST.toordinal():
            return _LATEST
        return datetime.combine(date.fromordinal(ordinal), start.time())

    def working_time_between(self, start: datetime, end: datetime) -> timedelta:
        """Return the working time from `start` to `end`, nothing where `end` is not later."""
        if end <= start:
            return timedelta()
        whole = sum(self._year(number).total for number in range(start.year, end.year))
        return timedelta(seconds=whole + self._worked(end) - self._worked(start))

    def _year(self, number: int) -> _Year:
        if number not in self._years:
            first = date(number, 1, 1).toordinal()
            last = date(number, 12, 31).toordinal()
            before, workdays = [0], []
            for ordinal in range(first, last + 1):
                hours = self.hours(date.fromordinal(ordinal))
                before.append(before[-1] + _seconds(hours))
                if hours:
                    workdays.append(ordinal)
            self._years[number] = _Year(first, tuple(before), tuple(workdays))
        return self._years[number]

    def _length(self, number: int) -> int:
        return len(self._year(number).before) - 1

    def _worked(self, moment: datetime) -> int:
        """Return the working seconds of the moment's year that lie before it."""
        year = self._year(moment.year)
        index = moment.toordinal() - year.first
        if year.before[index] == year.before[index + 1]:
            return year.before[index]
        second = moment.hour * _HOUR + moment.minute * 60 + moment.second
        return year.before[index] + sum(
            min(max(second - span.opens * 60, 0), (span.closes - span.opens) * 60)
            for span in self.hours(moment.date())
        )

    def _moment(self, day: date, seconds: int, *, ends: bool) -> datetime:
        """Return when so many seconds of a day have been worked."""
        for span in self.hours(day):
            length = (span.closes - span.opens) * 60
            if seconds < length or (ends and seconds == length):
                return _at(day, span.opens * 60 + seconds)
            seconds -= length
        raise AssertionError(day)  # pragma: no cover - the year's count is that of its days


def _seconds(hours: Hours) -> int:
    return sum((span.closes - span.opens) * 60 for span in hours)


def _at(day: date, second: int) -> datetime:
    """Return a moment of a day; hours until 24:00 end at the midnight that follows."""
    later, second = divmod(second, _DAY)
    if later:
        if day == date.max:
            return _LATEST
        day = date.fromordinal(day.toordinal() + later)
    return datetime.combine(day, time(second // _HOUR, second // 60 % 60, second % 60))


_SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*(?:-|~|–|—|至|到)\s*(\d{1,2}):(\d{2})")
_BETWEEN_SPANS = re.compile(r"[,;、/\s]+(?=\d)")


def parse_hours(typed: str) -> Hours:
    """Read `08:30-12:00, 14:00-17:30` (also `8:30~12:00、14:00至17:30`); empty is a day off.

    Raises RuleError for what is no time, ends before it begins or overlaps.
    """
    text = fold(typed).strip()
    spans = []
    for part in _BETWEEN_SPANS.split(text) if text else ():
        match = _SPAN.fullmatch(part.strip())
        if match is None:
            raise _unreadable_hours(typed)
        opens, closes = (int(match[at]) * 60 + int(match[at + 1]) for at in (1, 3))
        if int(match[2]) >= 60 or int(match[4]) >= 60:
            raise _unreadable_hours(typed)
        spans.append(Span(opens, closes))
    hours = tuple(sorted(spans))
    if not _is_sound(hours):
        raise _unreadable_hours(typed)
    return hours


def render_hours(hours: Hours) -> str:
    """Return the hours of a day as `parse_hours` reads them."""
    return ", ".join(map(str, hours))


def _unreadable_hours(typed: str) -> RuleError:
    return RuleError(
        "hours-not-understood",
        _("«{typed}» are no office hours. Write 08:30-17:30 or 08:30-12:00, 14:00-17:30.").format(
            typed=elide(typed.strip(), 40)
        ),
    )


def _is_sound(hours: Hours) -> bool:
    """Tell whether the spans of a day are spans, in order and apart."""
    edges = [edge for span in hours for edge in (span.opens, span.closes)]
    return all(earlier < later for earlier, later in pairwise(edges)) and (
        not edges or (edges[0] >= 0 and edges[-1] <= _DAY // 60)
    )


def check_week(week: tuple[Hours, ...]) -> None:
    """Refuse a week that is none, or in which the office never works: no limit would ever end."""
    if len(week) != _WEEK or not all(map(_is_sound, week)) or not any(week):
        raise RuleError(
            "week-not-worked",
            _("The office needs hours on at least one day of the week, one list for each day."),
        )


def missing_years_text(years: tuple[int, ...]) -> str:
    """Return the warning for years whose days are not there, empty where none is missing."""
    if not years:
        return ""
    return ngettext(
        "The working calendar of {years} is missing: limits in working days do not know its "
        "holidays and make-up days. Import them.",
        "The working calendars of {years} are missing: limits in working days do not know their "
        "holidays and make-up days. Import them.",
        len(years),
    ).format(years=", ".join(map(str, years)))
