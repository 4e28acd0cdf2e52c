"""What the QR of a label on a thing or at a point says: its number, and two check characters.

Nothing personal, no address on the web (design of papers). A letter tells things from points and
both from work orders; a number that a scanner could not type stands by its id.
"""

import re
from dataclasses import dataclass

from propdesk.domain.texts import fold

ACROSS, DOWN = 3, 8
"""Labels of 70 x 37 mm on a sheet of A4."""
LABELS = ACROSS * DOWN

_PLAIN = re.compile(r"[A-Z][A-Z0-9]{1,30}")
_LABEL = re.compile(r"([A-Z0-9]{2,31})/([EFPQ])/([1-9])(\d{2})")
_CHECKED = 97
# By number and by id: of a thing, of a point.
_BY_CODE, _BY_ID = {False: "E", True: "P"}, {False: "F", True: "Q"}


@dataclass(frozen=True, slots=True)
class LabelCode:
    """What a label says: a number without dashes, or an id, and the mark of its office."""

    is_point: bool
    code: str
    id: int
    mark: int


def label_text(code: str, id_: int, mark: int, *, is_point: bool) -> str:
    """Return what the QR of a label carries: `SB001/E/742`."""
    compact = compact_code(code)
    is_plain = _PLAIN.fullmatch(compact) is not None
    said = compact if is_plain else f"ID{id_}"
    letter = (_BY_CODE if is_plain else _BY_ID)[is_point]
    return f"{said}/{letter}/{mark}{_check(said, letter)}"


def read_label(text: str) -> LabelCode | None:
    """Return what a scanned label says, None when it is none of ours or was misread."""
    match = _LABEL.fullmatch(fold(text).upper())
    if match is None or match[4] != _check(match[1], match[2]):
        return None
    is_point, mark = match[2] in "PQ", int(match[3])
    if match[2] in "EP":
        return LabelCode(is_point, match[1], 0, mark)
    digits = match[1].removeprefix("ID")
    return LabelCode(is_point, "", int(digits), mark) if digits.isdecimal() else None


def compact_code(code: str) -> str:
    """Return a number as labels carry it: in capitals, without dashes."""
    return fold(code).upper().replace("-", "")


def _check(said: str, letter: str) -> str:
    total = sum(place * ord(one) for place, one in enumerate(said + letter, start=1))
    return f"{total % _CHECKED:02d}"
