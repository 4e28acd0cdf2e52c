"""Numbers of tickets: `TS-202611-0031` for people, digits with a check digit for Code 128.

One series per kind letters and month of receipt, without gaps; stored, never derived again
(decisions 15 and 27). Pattern and letters are office settings.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import fold
from propdesk.domain.tickets import Kind
from propdesk.i18n import _

DEFAULT_LETTERS: Mapping[Kind, str] = {
    Kind.REPAIR: "BX",
    Kind.COMPLAINT: "TS",
    Kind.ENQUIRY: "ZX",
    Kind.SUGGESTION: "JY",
    Kind.PRAISE: "BY",
    Kind.BILL_QUERY: "ZD",
}
DEFAULT_PATTERN = "{letters}-{year}{month}-{sequence}"

_KIND_DIGITS = {kind: str(digit) for digit, kind in enumerate(Kind, start=1)}
_NUMBER = re.compile(r"[^/\s]{4,40}")
_QR = re.compile(rf"({_NUMBER.pattern})/(\d{{1,3}})/([1-9]?)(\d{{2}})")
_DIGITS = re.compile(r"([1-6])(\d{4})(\d{2})(\d{5})(\d{2})(\d)")


def ticket_number(pattern: str, letters: str, received_at: datetime, sequence: int) -> str:
    """Return the number of the `sequence`-th ticket of these letters in its month."""
    return pattern.format(
        letters=letters,
        year=f"{received_at.year:04d}",
        month=f"{received_at.month:02d}",
        sequence=f"{sequence:04d}",
    )


def check_pattern(pattern: str) -> None:
    """Refuse a number pattern that would give one number twice, or one that cannot be scanned."""
    try:
        sample = ticket_number(pattern, "TS", datetime(2026, 11, 1), 31)
        complete = all(
            f"{{{name}}}" in pattern for name in ("letters", "year", "month", "sequence")
        )
    except (KeyError, IndexError, ValueError, AttributeError):
        sample, complete = "", False
    if not complete:
        raise RuleError(
            "number-pattern",
            _("The number pattern must contain {parts}, for example {example}.").format(
                parts="{letters} {year} {month} {sequence}", example=DEFAULT_PATTERN
            ),
        )
    if not _NUMBER.fullmatch(sample) or sample != fold(sample).upper():
        raise RuleError(
            "number-pattern",
            _("The number pattern may hold no blanks, slashes or small letters, and not be long."),
        )


def normal_number(typed: str) -> str:
    """Return a typed number in the stored form: `ts-202611-31` is read, full width too."""
    text = fold(typed).upper().replace("_", "-").replace("—", "-").replace(" ", "")
    match = re.fullmatch(r"([A-Z]+)-?(\d{6})-?(\d{1,6})", text)
    return f"{match[1]}-{match[2]}-{int(match[3]):04d}" if match else text


def number_forms(typed: str) -> tuple[str, ...]:
    """Return what a typed number may stand for, the likeliest first.

    As it was typed comes first: an office's own pattern need not look like ours.
    """
    return tuple(dict.fromkeys((typed.strip(), fold(typed).upper(), normal_number(typed))))


@dataclass(frozen=True, slots=True)
class PaperCode:
    """What a work order's Code 128 says: which ticket, which dispatch of it, and whose.

    `mark` is the office's (1-9), 0 on papers that were printed before there were marks.
    """

    kind: Kind
    month: str
    sequence: int
    round: int
    mark: int = 0


@dataclass(frozen=True, slots=True)
class QrCode:
    """What a QR says: the number without dashes, the dispatch, and the office's mark."""

    compact: str
    round: int
    mark: int = 0


def office_mark(uid: str) -> int:
    """Return the digit of an office by which eight of nine papers of other offices are known."""
    return int(uid, 16) % 9 + 1


def check_digit(digits: str) -> str:
    """Return the Luhn check digit, which finds every single misread digit."""
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (2 if place % 2 == 0 else 1)
        total += value - 9 if value > 9 else value
    return str(-total % 10)


def paper_digits(code: PaperCode) -> str:
    """Return the 16 digits of Code 128: kind, yyyymm, sequence, round, office mark, check digit."""
    body = (
        f"{_KIND_DIGITS[code.kind]}{code.month}{code.sequence:05d}{min(code.round, 99):02d}"
        f"{code.mark}"
    )
    return body + check_digit(body)


def read_paper_digits(digits: str) -> PaperCode | None:
    """Return what 16 scanned digits say, or None when they are not one of our codes."""
    if not is_paper_shaped(digits) or digits[-1] != check_digit(digits[:-1]):
        return None
    match = _DIGITS.fullmatch(digits[:-1])
    if match is None:
        return None
    kind = {digit: kind for kind, digit in _KIND_DIGITS.items()}[match[1]]
    return PaperCode(kind, match[2] + match[3], int(match[4]), int(match[5]), int(match[6]))


def is_paper_shaped(digits: str) -> bool:
    """Tell whether digits look like ours: 16 of them, with a kind and a month of this century.

    Of those whose check digit is wrong one was misread.
    """
    return _SHAPE.fullmatch(digits) is not None


_SHAPE = re.compile(r"[1-6]20[0-9]{2}(?:0[1-9]|1[0-2])[0-9]{9}")


def qr_text(number: str, round_: int, mark: int = 0) -> str:
    """Return what the QR carries: number, round, the office's mark, two check characters."""
    compact = number.replace("-", "")
    return f"{compact}/{round_}/{mark or ''}{_check_characters(compact)}"


def _check_characters(compact: str) -> str:
    total = sum(place * ord(character) for place, character in enumerate(compact, start=1))
    return f"{total % 97:02d}"


def read_qr(text: str) -> QrCode | None:
    """Return what a QR says, None when it is not ours."""
    match = _QR.fullmatch(fold(text).upper())
    if match is None or match[4] != _check_characters(match[1]):
        return None
    return QrCode(match[1], int(match[2]), int(match[3] or 0))
