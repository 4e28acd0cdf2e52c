"""Rows of a sheet that are no rows of its table: sums, names repeated on each page, notes, hidden.

They are left out and told with their lines, never passed over in silence.
"""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.imports import heading_key
from propdesk.domain.simplified import simplified
from propdesk.domain.texts import fold
from propdesk.sheets.layout import Value


class WhyLeftOut(StrEnum):
    """Why a line of the file is no row of its table."""

    HIDDEN = "hidden"
    TITLE = "title"
    HEADER = "header"
    TOTAL = "total"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A line that was left out."""

    line: int
    why: WhyLeftOut


_TOTAL = re.compile(
    r".{0,8}(?:合计|小计|总计|累计|共计)(?::?.{0,8})?|(?:grand)?total|sub-?total", re.IGNORECASE
)
_NOTE = re.compile(
    r"(?:注|备注|说明|制表|填表|编制|审核|复核|审批|打印|统计|经办|负责|截至|截止|日期|单位)"
    r"[^:]{0,8}:.*|第\d+页.*|page\d+.*",
    re.DOTALL,
)
_MOST_NOTES = 4


class Chaff:
    """Tells rows from what only looks like them; it knows the lines above and the column names."""

    def __init__(
        self, above: Sequence[Sequence[Value]], headers: Sequence[Sequence[Value]]
    ) -> None:
        self._titles = {key for row in above if (key := _row_key(row))}
        self._headers = {key for row in headers if (key := _row_key(row))}
        self._firsts = {key[0][1] for key in (*self._titles, *self._headers)}

    def why(self, values: Sequence[Value]) -> WhyLeftOut | None:
        """Return why a line is no row, None where it is one."""
        first = next((value for value in values if value is not None), None)
        if type(first) is not str:
            return None
        if first in self._firsts:
            key = _row_key(values)
            if key in self._headers:
                return WhyLeftOut.HEADER
            if key in self._titles:
                return WhyLeftOut.TITLE
        if first.isascii() and first[:1].isdigit():  # most first cells: 12, 3-2-501
            return None
        plain = "".join(simplified(fold(first)).split())
        if _TOTAL.fullmatch(plain):
            return WhyLeftOut.TOTAL
        filled: Collection[Value] = [value for value in values if value is not None]
        texts = len(filled) <= _MOST_NOTES and all(isinstance(value, str) for value in filled)
        return WhyLeftOut.NOTE if texts and _NOTE.fullmatch(plain) else None


def _row_key(values: Sequence[Value]) -> tuple[tuple[int, Value], ...]:
    return tuple((at, value) for at, value in enumerate(values) if value is not None)


def known_names(values: Sequence[Value], wanted: Collection[str]) -> int:
    """Return how many of the wanted column names (as `heading_key`s) a line holds."""
    return len({heading_key(cell) for cell in values if isinstance(cell, str)} & set(wanted))
