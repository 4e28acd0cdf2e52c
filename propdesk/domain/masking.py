"""What is shown of a personal value to somebody who has no need of the whole (law.md 1.7; PIPL 51).

Masking is security of display only: what is masked is still personal information (PIPL 4, 73). A
masked value that is masked again stays as it is, and nothing here shows more than the rule, however
the value was typed (full width, blanks, dashes, somebody else's stars).
"""

import re

from propdesk.domain.texts import clean_line, half_width

_STAR = "*"
# A name of many letters is not told by how many there are.
_MOST_STARS = 3


def mask_name(name: str) -> str:
    """Return `张*丰` for three characters, `张*` for two, `C***n` for long names."""
    name = clean_line(name)
    if len(name) <= 1:
        return name
    if len(name) == 2:
        return name[0] + _STAR
    return name[0] + _STAR * min(len(name) - 2, _MOST_STARS) + name[-1]


def mask_names(names: str) -> str:
    """Return the names of a cell, divided by `、`, each masked."""
    return "、".join(map(mask_name, names.split("、")))


def mask_phone(phone: str) -> str:
    """Return `138****1234`, without 86 before it; other numbers keep their last three digits."""
    digits = re.sub(r"^(?:\+|00)?86(?=1\d{10}$)", "", _only(r"[^\d*+]", phone)).replace("+", "")
    if not digits:
        return ""
    if len(digits) == 11 and digits.startswith("1"):
        return _between(digits, 3, 4)
    if len(digits) < 5:
        return _STAR * 3
    return _STAR * max(len(digits) - 3, 3) + digits[-3:]


def mask_identity_number(number: str) -> str:
    """Return `110***********1234`; of a passport or another shorter paper the last two.

    The first six digits of an identity number are the birthplace, the next eight the birth date:
    that is why only three and four are left (practice varies; fewer is safer).
    """
    signs = _only(r"[^0-9A-Za-z*]", number).upper()
    if len(signs) in (15, 18):
        return _between(signs, 3, 4)
    return _between(signs, 0, 2 if len(signs) > 5 else 0)


def mask_bank_card(number: str) -> str:
    """Return a card or account number with its last four digits alone."""
    signs = _only(r"[^0-9A-Za-z*]", number)
    return _between(signs, 0, 4 if len(signs) > 8 else 0)


def mask_plate(plate: str) -> str:
    """Return `京A·**123`: province, letter of the town and the last three."""
    signs = _only(r"[^\w*]", plate).upper()
    if len(signs) < 7:
        return _between(signs, 0, 2 if len(signs) > 4 else 0)
    return f"{signs[:2]}·{_between(signs[2:], 0, 3)}"


def mask_email(address: str) -> str:
    """Return `a***@`: a domain of one's own would say the name."""
    text = _only(r"\s", address)
    if not text:
        return ""
    first = text[0] if text.find("@") > 1 else _STAR
    return f"{first}***@"


def _only(unwanted: str, text: str) -> str:
    """Return a value in half width without the signs that people put between its digits."""
    return re.sub(unwanted, "", half_width(clean_line(text)))


def _between(signs: str, head: int, tail: int) -> str:
    """Return the first and last signs with a star for each one between them."""
    hidden = max(len(signs) - head - tail, 0)
    return signs[:head] + _STAR * hidden + (signs[-tail:] if tail else "")
