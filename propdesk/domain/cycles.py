"""How often something is due, as an office says it: «every 15 days», «first Monday of the month».

A cycle is one of the few forms that the window builds; any other rule of RFC 5545 stands as it was
written (OWN). Plans store the rule, never the cycle (R99, law.md 1.9).
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.errors import RuleError
from propdesk.domain.weekdays import WEEKDAY_LABELS
from propdesk.i18n import LazyText, _, _lazy

# Years after the supervision inspection without a statutory one, the inspection's own included;
# from the 15th on each year has one (law.md 1.9).
_FREE_LIFT_YEARS = (0, 2, 3, 5, 6, 8, 10, 12, 14)
MOST_EVERY = 400
LAST = -1
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_PARTS = {"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY"}
_DATED = re.compile(r"(?:EXDATE|RDATE):(\d{8})T")
_EVERY = re.compile(r"[0-9]{1,3}")
_PLACED = re.compile(r"([1-4]|-1)(MO|TU|WE|TH|FR|SA|SU)")
_WORKING_DAYS = (0, 1, 2, 3, 4)


class Often(StrEnum):
    """The forms of a cycle; those of a lift's years stand in the shipped schedules by name."""

    DAYS = "days"
    WEEKS = "weeks"
    MONTHS = "months"
    LIFT_YEARS = "lift-years"
    LIFT_TEST_YEARS = "lift-test-years"
    OWN = "own"


OFTEN_LABELS: dict[Often, LazyText] = {
    Often.DAYS: _lazy("By days"),
    Often.WEEKS: _lazy("On days of the week"),
    Often.MONTHS: _lazy("By months"),
    Often.LIFT_YEARS: _lazy("Inspection years of a lift"),
    Often.LIFT_TEST_YEARS: _lazy("Testing years of a lift"),
    Often.OWN: _lazy("A rule of its own"),
}

PLACE_LABELS: dict[int, LazyText] = {
    1: _lazy("first"),
    2: _lazy("second"),
    3: _lazy("third"),
    4: _lazy("fourth"),
    LAST: _lazy("last"),
}


@dataclass(frozen=True, slots=True)
class Cycle:
    """A cycle in its parts.

    `every` counts days, weeks or months (3 quarterly, 6 half-yearly, 12 yearly). Of a month it is
    the `day` (LAST its last one), or the `place`-th of the one day in `weekdays`, or with neither
    the day of the month on which the plan begins. `text` is a rule of its own.
    """

    often: Often
    every: int = 1
    weekdays: tuple[int, ...] = ()
    day: int | None = None
    place: int | None = None
    text: str = ""


def counts_from_inspection(rule: str) -> bool:
    """Tell whether a rule counts the years of one lift: each lift then has its own plan."""
    return cycle_of(rule).often in _LIFT_RULES


def rule_of(cycle: Cycle, starts_on: date) -> str:
    """Return the cycle as a rule of RFC 5545; raises RuleError for what is out of range."""
    if cycle.often is Often.OWN:
        return cycle.text
    if cycle.often in _LIFT_RULES:
        return _LIFT_RULES[cycle.often](starts_on)
    if not 1 <= cycle.every <= MOST_EVERY:
        raise RuleError(
            "cycle-every",
            _("A cycle is every 1 to {most} days, weeks or months.").format(most=MOST_EVERY),
        )
    step = "" if cycle.every == 1 else f";INTERVAL={cycle.every}"
    if cycle.often is Often.DAYS:
        return f"FREQ=DAILY{step}"
    if cycle.often is Often.WEEKS:
        if not cycle.weekdays:
            raise RuleError("cycle-weekday", _("Choose at least one day of the week."))
        return f"FREQ=WEEKLY{step};BYDAY={','.join(_DAYS[day] for day in cycle.weekdays)}"
    return f"FREQ=MONTHLY{step}{_of_month(cycle)}"


def _of_month(cycle: Cycle) -> str:
    if cycle.place is not None:
        return f";BYDAY={cycle.place}{_DAYS[cycle.weekdays[0]]}"
    if cycle.day is not None:
        if not (1 <= cycle.day <= 31 or cycle.day == LAST):
            raise RuleError("cycle-day", _("A day of the month is from 1 to 31."))
        return f";BYMONTHDAY={cycle.day}"
    return ""


def lift_years(inspected_on: date) -> str:
    """Return when a lift is inspected by law, counted from its supervision inspection.

    Years 1, 4, 7, 9, 11, 13 and 15, then each year (TSG T7001-2023, law.md 1.9).
    """
    return f"RRULE:FREQ=YEARLY\nEXDATE:{_years_on(inspected_on, _FREE_LIFT_YEARS)}"


def lift_test_years(inspected_on: date) -> str:
    """Return when a lift is tested by its user in the years without an inspection (TSG T7008)."""
    return f"RDATE:{_years_on(inspected_on, _FREE_LIFT_YEARS[1:])}"


def cycle_of(rule: str) -> Cycle:
    """Return the cycle that a rule says; one that is none of the forms is a rule of its own."""
    own = Cycle(Often.OWN, text=rule.removeprefix("RRULE:"))
    for lift in _LIFT_RULES:
        if rule == lift.value or _lift_start(rule, lift):
            return Cycle(lift)
    if "\n" in rule:
        return own
    parts = dict(
        part.partition("=")[::2] for part in rule.upper().removeprefix("RRULE:").split(";")
    )
    forms: dict[str, tuple[Often, int]] = {
        "DAILY": (Often.DAYS, 1),
        "WEEKLY": (Often.WEEKS, 1),
        "MONTHLY": (Often.MONTHS, 1),
        "YEARLY": (Often.MONTHS, 12),
    }
    every = parts.get("INTERVAL", "1")
    if parts.get("FREQ") not in forms or not set(parts) <= _PARTS or not _EVERY.fullmatch(every):
        return own
    form, months = forms[parts["FREQ"]]
    found = _with_days(Cycle(form, int(every) * months), parts)
    return own if found is None or (months > 1 and len(parts.keys() - {"INTERVAL"}) > 1) else found


def _with_days(cycle: Cycle, parts: dict[str, str]) -> Cycle | None:
    by_day, month_day = parts.get("BYDAY"), parts.get("BYMONTHDAY")
    if by_day is None and month_day is None:
        return None if cycle.often is Often.WEEKS else cycle
    if cycle.often is Often.WEEKS and month_day is None:
        names = str(by_day).split(",")
        if set(names) <= set(_DAYS):
            return Cycle(Often.WEEKS, cycle.every, tuple(sorted(map(_DAYS.index, names))))
    if cycle.often is Often.MONTHS and month_day is None:
        placed = _PLACED.fullmatch(str(by_day))
        if placed:
            weekday = _DAYS.index(placed[2])
            return Cycle(Often.MONTHS, cycle.every, (weekday,), place=int(placed[1]))
    if cycle.often is Often.MONTHS and by_day is None:
        day = str(month_day)
        if day == "-1" or (day.isdecimal() and 1 <= int(day) <= 31):
            return Cycle(Often.MONTHS, cycle.every, day=int(day))
    return None


def rule_words(rule: str) -> str:
    """Return a rule in words: «every 15 days», «the first Monday of each month»."""
    cycle = cycle_of(rule)
    if cycle.often in _LIFT_RULES:
        start = _lift_start(rule, cycle.often)
        if cycle.often is Often.LIFT_YEARS:
            words = (
                _("years 1, 4, 7, 9, 11, 13 and 15 after {day}, then yearly")
                if start
                else _("years 1, 4, 7, 9, 11, 13 and 15 after its supervision inspection, "
                       "then yearly")
            )  # fmt: skip
        else:
            words = (
                _("years 2, 3, 5, 6, 8, 10, 12 and 14 after {day}")
                if start
                else _("years 2, 3, 5, 6, 8, 10, 12 and 14 after its supervision inspection")
            )
        return words.format(day=start)
    if cycle.often is Often.DAYS:
        many = _("every {count} days").format(count=cycle.every)
        return _("every day") if cycle.every == 1 else many
    if cycle.often is Often.WEEKS:
        return _weeks_words(cycle)
    if cycle.often is Often.MONTHS:
        return _months_words(cycle)
    return cycle.text.replace("\n", " ")


def _weeks_words(cycle: Cycle) -> str:
    if cycle.weekdays == tuple(range(7)) and cycle.every == 1:
        return _("every day")
    days = (
        _("Monday to Friday")
        if cycle.weekdays == _WORKING_DAYS
        else _(", ").join(str(WEEKDAY_LABELS[day]) for day in cycle.weekdays)
    )
    words = _("every {days}") if cycle.every == 1 else _("{days} of every {count} weeks")
    return words.format(days=days, count=cycle.every)


def _months_words(cycle: Cycle) -> str:
    """Return a cycle of months; «quarterly» and «yearly» alone, counted where a day is named."""
    if cycle.day is None and cycle.place is None:
        named = {1: _("monthly"), 3: _("quarterly"), 6: _("half-yearly"), 12: _("yearly")}
        return named.get(cycle.every) or _every_months(cycle.every)
    months = _every_months(cycle.every)
    if cycle.place is not None:
        return _("{months} on the {place} {weekday}").format(
            months=months,
            place=PLACE_LABELS[cycle.place],
            weekday=WEEKDAY_LABELS[cycle.weekdays[0]],
        )
    if cycle.day == LAST:
        return _("{months} on the last day").format(months=months)
    return _("{months} on day {day}").format(months=months, day=cycle.day)


def _every_months(every: int) -> str:
    if every % 12 == 0:
        many = _("every {count} years").format(count=every // 12)
        return _("every year") if every == 12 else many
    many = _("every {count} months").format(count=every)
    return _("every month") if every == 1 else many


def _lift_start(rule: str, often: Often) -> date | None:
    """Return the supervision inspection from which a lift's years count, None for another rule."""
    found = _DATED.search(rule)
    if found is None:
        return None
    try:
        first = date.fromisoformat(found[1])
    except ValueError:
        return None
    # The tests begin in the second year.
    day = first if often is Often.LIFT_YEARS else _year_on(first, -_FREE_LIFT_YEARS[1])
    return day if rule == _LIFT_RULES[often](day) else None


def _years_on(day: date, years: tuple[int, ...]) -> str:
    return ",".join(f"{_year_on(day, year):%Y%m%d}T000000" for year in years)


def _year_on(day: date, years: int) -> date:
    """Return the same day some years on, 28 February where there is no 29th."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


_LIFT_RULES: Mapping[Often, Callable[[date], str]] = {
    Often.LIFT_YEARS: lift_years,
    Often.LIFT_TEST_YEARS: lift_test_years,
}
