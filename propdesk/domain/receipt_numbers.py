"""The numbers of receipts: one row a book and year, each once, none left out (requirement 15).

A receipt bears the year in which it is written. When the clock of the computer was set back over a
day, numbers and days would no longer run together: then no receipt is written until it is right.
"""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.i18n import _

_DIGITS = 6


def receipt_number(book: str, year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th receipt of a book in a year: `SJ-2026-000123`."""
    return f"{book}-{year:04d}-{sequence:0{_DIGITS}d}"


def check_receipt_day(now: datetime, last_at: datetime | None, last_number: str) -> None:
    """Refuse a receipt that would bear an earlier day than the last one of its book.

    On New Year's Eve a clock that is set back would else go on with the old year's numbers although
    the new year's have begun. Within a day it does not matter: the numbers tell the order.
    """
    if last_at is None or now.date() >= last_at.date():
        return
    raise RuleError(
        "receipt-clock-back",
        _(
            "The computer's clock says {now}, but receipt {number} was written on {last}. Set the "
            "clock right, then take the money."
        ).format(now=now.date(), number=last_number, last=last_at.date()),
    )
