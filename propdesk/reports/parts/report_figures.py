"""How the monthly reports write their figures, days and months, and the page they share."""

from datetime import date, datetime
from decimal import Decimal

from propdesk.domain.months import Month
from propdesk.domain.rates import Rate
from propdesk.i18n import LazyText, _lazy

ZERO = "–"  # in tables of counts
MINUS = "−"
LEFT, RIGHT, WIDTH = 18.0, 196.0, 178.0
BOTTOM = 280.0
NOTE_SIZE = 7.4

MONTH_NAMES: tuple[LazyText, ...] = (
    _lazy("January"),
    _lazy("February"),
    _lazy("March"),
    _lazy("April"),
    _lazy("May"),
    _lazy("June"),
    _lazy("July"),
    _lazy("August"),
    _lazy("September"),
    _lazy("October"),
    _lazy("November"),
    _lazy("December"),
)
SHORT_MONTHS: tuple[LazyText, ...] = (
    _lazy("Jan"),
    _lazy("Feb"),
    _lazy("Mar"),
    _lazy("Apr"),
    _lazy("May"),
    _lazy("Jun"),
    _lazy("Jul"),
    _lazy("Aug"),
    _lazy("Sep"),
    _lazy("Oct"),
    _lazy("Nov"),
    _lazy("Dec"),
)
_MONTH_OF_YEAR = _lazy("{month} {year}")


def month_name(month: Month, code: str) -> str:
    """Return month and year in the language `code`: October 2026, 2026 年 10 月."""
    name = MONTH_NAMES[month.month - 1].in_(code)
    return _MONTH_OF_YEAR.in_(code).format(month=name, year=month.year)


def short_month(month: Month) -> str:
    """Return the month alone as the axis of a plot shows it."""
    return str(SHORT_MONTHS[month.month - 1])


def count(number: int | None) -> str:
    """Write a count: a dash for zero, nothing where it is not known."""
    if number is None:
        return ""
    return f"{number:,}" if number else ZERO


def signed(number: Decimal | int | None, places: int = 0) -> str:
    """Write a change with its sign; no change is a dash, an unknown one nothing."""
    if number is None:
        return ""
    if not number:
        return ZERO
    sign = "+" if number > 0 else MINUS
    return f"{sign}{abs(number):,.{places}f}"


def percent(rate: Rate, places: int = 1) -> str:
    """Write a rate in per cent; a dash where there is nothing to divide by."""
    value = rate.percent(places)
    return ZERO if value is None else f"{value:,.{places}f}%"


def fraction(rate: Rate) -> str:
    """Write numerator and denominator; a dash where there is none."""
    return f"{rate.numerator}/{rate.denominator}" if rate.denominator else ZERO


def day(value: date | datetime, month: Month) -> str:
    """Write a day; the year only where it is another than the report's."""
    return f"{value:%m-%d}" if value.year == month.year else f"{value:%Y-%m-%d}"
