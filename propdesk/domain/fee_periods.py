"""Months of a bill: where its lines and its billed months begin and end, and when it falls due."""

from calendar import monthrange
from datetime import date
from fractions import Fraction
from functools import cache

from propdesk.domain.fee_items import FeeItem, Formula

_YEAR = 12

# Usage and shared costs are known when their period has ended.
_AFTERWARDS = frozenset({Formula.METER, Formula.SHARED, Formula.ONE_OFF})


def month_number(day: date) -> int:
    """Return the count of months since year 0."""
    return day.year * _YEAR + day.month - 1


@cache
def first_day(month: int) -> date:
    """Return the first day of a counted month."""
    return date(month // _YEAR, month % _YEAR + 1, 1)


@cache
def last_day(month: int) -> date:
    """Return the last day of a counted month."""
    return date(month // _YEAR, month % _YEAR + 1, days_in(month))


@cache
def days_in(month: int) -> int:
    """Return how many days a counted month has (28 to 31)."""
    return monthrange(month // _YEAR, month % _YEAR + 1)[1]


def next_day(day: date) -> date:
    """Return the day after."""
    return date.fromordinal(day.toordinal() + 1)


def day_before(day: date) -> date:
    """Return the day before."""
    return date.fromordinal(day.toordinal() - 1)


def add_months(day: date, months: int) -> date:
    """Return the same day so many months later, or that month's last day where it has none."""
    month = month_number(day) + months
    return first_day(month).replace(day=min(day.day, days_in(month)))


def line_of(item: FeeItem, month: int) -> int:
    """Return the number of the bill line that a counted month belongs to."""
    return month // item.line_months


def line_period(item: FeeItem, day: date) -> tuple[date, date]:
    """Return first and last day of the bill line that a day belongs to."""
    return _block(day, item.line_months)


def billed_period(item: FeeItem, day: date) -> tuple[date, date]:
    """Return first and last day of the months that are billed together with a day."""
    return _block(day, max(item.billed_months, item.line_months))


def _block(day: date, months: int) -> tuple[date, date]:
    start = month_number(day) // months * months
    return first_day(start), last_day(start + months - 1)


def due_day(item: FeeItem, from_on: date, until_on: date) -> date:
    """Return when a line falls due by the item's rule; never before a line that begins late.

    A buyer who comes in the middle of a quarter owes nothing before the house is his.
    """
    if item.formula in _AFTERWARDS:
        month = month_number(until_on)
        begins = until_on
    else:
        month = month_number(billed_period(item, from_on)[0])
        begins = from_on if from_on != line_period(item, from_on)[0] else date.min
    month += item.due_month
    due = first_day(month).replace(day=min(item.due_day, days_in(month)))
    return max(due, begins)


def months_by_day(from_on: date, until_on: date) -> Fraction:
    """Return the months of a span, each day as its part of its own month (Partial.BY_DAY).

    Spans that meet add up to the whole, as the bills of a seller and a buyer do.
    """
    first, last = month_number(from_on), month_number(until_on)
    rest = Fraction(until_on.day, days_in(last)) - Fraction(from_on.day - 1, days_in(first))
    return last - first + rest


def part_until(from_on: date, until_on: date, day: date) -> Fraction:
    """Return what part of a period's price is for its days until the end of `day` (0 to 1)."""
    if day < from_on:
        return Fraction(0)
    return months_by_day(from_on, min(day, until_on)) / months_by_day(from_on, until_on)


def months_between(from_on: date, until_on: date) -> Fraction:
    """Return the months from the first to the last day; 25 October to 24 November is one.

    Whole months are counted from the first day on, the rest in days of the month it lies in.
    """
    end = next_day(until_on)
    whole = month_number(end) - month_number(from_on)
    if add_months(from_on, whole) > end:
        whole -= 1
    begun = add_months(from_on, whole)
    rest = end.toordinal() - begun.toordinal()
    return whole + Fraction(rest, days_in(month_number(begun)))
