"""The digits below an inspection sheet's bars: what a scanner types to find it again.

Bars carry digits only (decision 27). Kind digit 9 keeps them apart from work orders (1 to 6) and
the papers of fees.
"""

import re
from dataclasses import dataclass

from propdesk.domain.numbers import check_digit

_KIND = "9"
_LENGTH = 16
_SHAPE = re.compile(r"9(\d{4})(\d{2})(\d{7})(\d)(\d)")


@dataclass(frozen=True, slots=True)
class SheetCode:
    """Which sheet of a month (`yyyymm`), and the mark of the office that printed it."""

    month: str
    sequence: int
    mark: int


def sheet_number(letters: str, month: str, sequence: int) -> str:
    """Return the number for people: `XJ-202611-0142`."""
    return f"{letters}-{month}-{sequence:04d}"


def sheet_digits(code: SheetCode) -> str:
    """Return the 16 digits: kind, month, number in its month, office mark, check digit."""
    body = f"{_KIND}{code.month}{code.sequence:07d}{code.mark}"
    return body + check_digit(body)


def read_sheet_digits(digits: str) -> SheetCode | None:
    """Return what scanned digits say, None when they are no sheet's or were misread."""
    match = _SHAPE.fullmatch(digits)
    if match is None or digits[-1] != check_digit(digits[:-1]):
        return None
    return SheetCode(match[1] + match[2], int(match[3]), int(match[4]))


def is_sheet_shaped(digits: str) -> bool:
    """Tell whether digits look like a sheet's, rightly read or not."""
    return len(digits) == _LENGTH and digits.isascii() and digits.isdigit() and digits[0] == _KIND
