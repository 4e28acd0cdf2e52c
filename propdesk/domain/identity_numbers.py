"""Identity numbers as typed: GB 11643 with its check digit, the old form, other papers (F37)."""

import re
from datetime import date

from propdesk.domain.texts import clean_line, half_width
from propdesk.i18n import _

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
# Provinces, and the residence permits of Hong Kong, Macao, Taiwan and foreigners (8x, 91).
_PLACES = frozenset(
    str(number)
    for numbers in (
        range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66),
        (71, 81, 82, 83, 91),
    )
    for number in numbers
)  # fmt: skip
_OTHER_PAPER = re.compile(r"(?=.*\d)[A-Z0-9]{5,20}")


def clean_identity_number(text: str) -> str:
    """Return a number in half width and capitals without the signs that people put into it."""
    return re.sub(r"[\s\-·]", "", half_width(clean_line(text))).upper()


def check_digit(first_17: str) -> str:
    """Return the 18th sign to 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first_17, _WEIGHTS, strict=True))
    return _CHECKS[total % 11]


def identity_problem(number: str, today: date) -> str:
    """Return what is wrong with a cleaned number, empty for a good one.

    18 signs must fit their check digit and 15 be the old form; anything else must be the number of
    another paper, which begins or goes on with a letter. What Excel rounded is told and never
    guessed.
    """
    if re.fullmatch(r"\d(\.\d+)?E\+?\d+", number):
        return _precision_lost()
    if re.fullmatch(r"\d{17}[\dX]", number):
        if check_digit(number[:17]) != number[17]:
            return _precision_lost() if number.endswith("000") else _mistyped()
        return "" if _is_born(number[:2], number[6:14], today) else _mistyped()
    if re.fullmatch(r"\d{15}", number):
        return "" if _is_born(number[:2], f"19{number[6:12]}", today) else _mistyped()
    if _OTHER_PAPER.fullmatch(number) and not number.isdigit():
        return ""
    return _("An identity number has 18 signs; of another paper write letters and digits.")


def _is_born(place: str, day: str, today: date) -> bool:
    """Tell whether a number's place exists and its birthday is a day of the past."""
    try:
        born = date(int(day[:4]), int(day[4:6]), int(day[6:]))
    except ValueError:
        return False
    return place in _PLACES and date(1880, 1, 1) <= born <= today


def _mistyped() -> str:
    return _("This is no identity number: its check digit or birthday is wrong. Compare it.")


def _precision_lost() -> str:
    return _(
        "Excel rounded this identity number to 15 digits; the last ones are lost. "
        "Take it from the paper again."
    )
