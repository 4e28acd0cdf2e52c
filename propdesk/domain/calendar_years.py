"""Periods of whole years, counted as the Civil Code counts them (200-203)."""

from collections.abc import Callable
from datetime import date


def years_after(day: date, years: int) -> date:
    """Return the last day of a period of whole years that a day sets off.

    The day itself is not counted (201), the period ends with the day of the same number; where the
    month has none (29 February), with the month's last day (202).
    """
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return day.replace(year=day.year + years, day=28)


def years_before(day: date, years: int) -> date:
    """Return the first day whose period of whole years has not ended before a day.

    `years_after` of it is that day or later: on 29 February that is 1 March, for the period of
    28 February ended on the 28th.
    """
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, month=3, day=1)


def past_holidays(day: date, is_day_off: Callable[[date], bool]) -> date:
    """Return the day on which a period ends that would end on a day off: the next working day.

    Civil Code 203. The program warns of the unshifted day, which is never later.
    """
    while is_day_off(day):
        day = date.fromordinal(day.toordinal() + 1)
    return day
