"""What the complaint report is drawn from, and how its figures are written."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from propdesk.domain.complaint_figures import ComplaintFigures, KeyFigure, Unit
from propdesk.domain.complaint_rows import Balance
from propdesk.domain.months import Month
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.rates import Rate
from propdesk.i18n import LazyText, _, _lazy

ZERO = "–"  # in tables of counts
MINUS = "−"
LEFT, RIGHT, WIDTH = 18.0, 196.0, 178.0
BOTTOM = 280.0
NOTE_SIZE = 7.4


@dataclass(frozen=True, slots=True)
class ComplaintReportSheet:
    """The input of the report: figures and who prints them when.

    `number` is the report's own number; `sealed` months show their version, until then the paper
    says that late entries still change it (decision 17).
    """

    figures: ComplaintFigures
    office_name: str
    office_name_en: str
    company: str
    number: str
    printed_at: datetime
    printed_by: str
    language: PaperLanguage


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


def figure(row: KeyFigure, value: Decimal | None) -> str:
    """Write a key figure in its unit; nothing where it is not known."""
    if value is None:
        return ""
    text = f"{value:,.{row.places}f}"
    return f"{text}%" if row.unit is Unit.PERCENT else text


def identity(balance: Balance) -> str:
    """Write a month's identity in figures: 9 + 46 = 55 − 48 = 7; terms that are zero are left."""
    came = [balance.carried_over, balance.received]
    came += [term for term in (balance.reopened, balance.moved_in) if term]
    text = " + ".join(map(str, came))
    if balance.removed:
        text += f" {MINUS} {balance.removed}"
    return f"{text} = {balance.to_handle} {MINUS} {balance.closed} = {balance.open}"


def day(value: date | datetime, month: Month) -> str:
    """Write a day; the year only where it is another than the report's."""
    return f"{value:%m-%d}" if value.year == month.year else f"{value:%Y-%m-%d}"


def as_of_text(figures: ComplaintFigures) -> str:
    """Say up to when is counted: the month's last midnight, or now while it runs."""
    if figures.is_running:
        return _("as of {time}").format(time=f"{figures.as_of:%Y-%m-%d %H:%M}")
    return _("as of {time}").format(time=f"{figures.month.last_day:%Y-%m-%d} 24:00")
