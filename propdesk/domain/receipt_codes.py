"""The digits below a receipt's bars: what a scanner types to find it again.

Bars carry digits only (decision 27). Kind digit 7 keeps them apart from work orders (1 to 6), and
the zeros that every number begins with from fee letters, which have a month there.
"""

import re
from dataclasses import dataclass

from propdesk.domain.numbers import check_digit

_KIND = "7"
_SHAPE = re.compile(r"7(\d{4})(00\d{7})(\d)(\d)")


@dataclass(frozen=True, slots=True)
class ReceiptCode:
    """Which receipt of a year, and the mark of the office that wrote it."""

    year: int
    sequence: int
    mark: int


def receipt_digits(code: ReceiptCode) -> str:
    """Return the 16 digits: kind, year, number in its book, office mark, check digit."""
    body = f"{_KIND}{code.year:04d}{code.sequence:09d}{code.mark}"
    return body + check_digit(body)


def read_receipt_digits(digits: str) -> ReceiptCode | None:
    """Return what scanned digits say, None when they are no receipt's or were misread."""
    match = _SHAPE.fullmatch(digits)
    if match is None or digits[-1] != check_digit(digits[:-1]):
        return None
    return ReceiptCode(int(match[1]), int(match[2]), int(match[3]))
