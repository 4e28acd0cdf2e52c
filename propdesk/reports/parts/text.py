"""The text engine of the papers: spacing between Chinese and Latin, widths, and line breaking.

Lengths in this file are in em of the type size unless a name says otherwise. Texts that come in
must have passed `fonts.printable` (the sheet does it); nothing is ever read as markup.
"""

import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from propdesk.reports.parts.fonts import Face, advance

MM_PER_POINT = 25.4 / 72
GAP = 0.2  # between Chinese and Latin; an offset, so that copying and searching stay clean

_STOPS = frozenset("，。、；：")
# Not the *: a masked name is one word, 张*丰.
_LATIN_MARKS = frozenset("%‰+−±#@&$=<>°")
# What may not begin or end a line, beside brackets and quotes; full-width forms go with the narrow.
_NOT_FIRST = frozenset(".,;:!?%‰℃°>/~、。…—·・々〻ー")
_NOT_LAST = frozenset("<¥$#№")
# A number stays with what it counts: 11 月 23 日 never ends a line after the 11.
_UNITS = frozenset("年 月 日 小 时 分 秒 天 周 次 点 号 栋 楼 层 室 单 元 张 项 人 个 条") - {" "}
# Three digits or more and nothing else: no time of day, no decimal, no number with its unit.
_DIGIT_GROUP = re.compile(r"\d{3,}(?!\w|[.,:/-]\d|%)", re.ASCII)
_ELLIPSIS = "…"


def _face(bold: bool) -> Face:
    return Face.BOLD if bold else Face.REGULAR


@lru_cache(maxsize=16384)
def _kind(character: str) -> str:
    """Sort a character: H full-width letter, L Latin, O opener, C closer or stop, blank, other."""
    full_width = advance(character, Face.REGULAR) >= 1
    category = unicodedata.category(character)
    if full_width and category in {"Ps", "Pi"}:
        return "O"
    if character in _STOPS or (full_width and category in {"Pe", "Pf"}):
        return "C"
    if character.isspace():
        return " "
    if ord(character) >= 0x2E80 and character.isalnum():
        return "H"
    if character.isalnum() or character in _LATIN_MARKS:
        return "L"
    return "."


@lru_cache(maxsize=16384)
def _may_begin_line(character: str) -> bool:
    narrow = unicodedata.normalize("NFKC", character)[:1]
    closing = unicodedata.category(character) in {"Pe", "Pf", "Mn", "Mc", "Me"}
    return not (closing or narrow in _NOT_FIRST)


@lru_cache(maxsize=16384)
def _may_end_line(character: str) -> bool:
    narrow = unicodedata.normalize("NFKC", character)[:1]
    return not (unicodedata.category(character) in {"Ps", "Pi"} or narrow in _NOT_LAST)


def is_opener(character: str) -> bool:
    """Say whether this is a full-width opening mark, whose left half is empty."""
    return _kind(character) == "O"


_KERN = {
    ("H", "L"): GAP,
    ("L", "H"): GAP,
    # Each full-width mark leaves half of its square empty; two of them in a row close up.
    ("C", "C"): -0.5,
    ("C", "O"): -0.5,
    ("O", "O"): -0.5,
}


def _kern(left: str, right: str) -> float:
    return _KERN.get((_kind(left), _kind(right)), 0.0)


@dataclass(frozen=True, slots=True)
class Shaped:
    """One line ready for drawing: runs of text, each with the room added after it, and the width.

    `tracking` is added after every character but the last.
    """

    runs: tuple[tuple[str, float], ...]
    width: float
    tracking: float = 0.0
    plain: str = ""

    @property
    def has_gaps(self) -> bool:
        """Say whether a viewer might take the offsets in this line for blanks."""
        return len(self.runs) > 1 or self.tracking > 0


@lru_cache(maxsize=8192)
def shape(text: str, *, bold: bool = False, tracking: float = 0.0) -> Shaped:
    """Cut one line into runs with the offsets between Chinese, Latin and full-width marks."""
    face = _face(bold)
    width = sum(advance(character, face) for character in text)
    if tracking:
        width += tracking * max(0, len(text) - 1)
        return Shaped(((text, 0.0),), width, tracking, text)
    runs: list[tuple[str, float]] = []
    start = 0
    for place, (left, right) in enumerate(pairwise(text), 1):
        room = _kern(left, right)
        if room:
            runs.append((text[start:place], room))
            width += room
            start = place
    runs.append((text[start:], 0.0))
    return Shaped(tuple(runs), width, 0.0, text)


def width_mm(text: str, size: float, *, bold: bool = False, tracking: float = 0.0) -> float:
    """Return the printed width of one line in millimetres at a type size in points."""
    return shape(text, bold=bold, tracking=tracking).width * size * MM_PER_POINT


def elide(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """Return the text, shortened with … where it does not fit `width` millimetres on one line.

    Only for repeated texts (running heads); what is on a paper for the first time wraps.
    """
    if width_mm(text, size, bold=bold) <= width + 1e-6:  # as wide as it was made to be
        return text
    measure = _Measure(text[:2000], bold)
    room = width / (size * MM_PER_POINT) - advance(_ELLIPSIS, _face(bold))
    kept = text[: measure.reach(0, room)] if room > 0 else ""
    return kept.rstrip() + _ELLIPSIS


class _Measure:
    """Positions of every character of one paragraph, so that each line costs a bisection."""

    def __init__(self, text: str, bold: bool) -> None:
        self.text = text
        face = _face(bold)
        self.starts: list[float] = []
        self.ends: list[float] = []  # a full-width mark at the end of a line may hang by half
        cursor = 0.0
        before = ""
        for character in text:
            if before:
                cursor += _kern(before, character)
            self.starts.append(cursor)
            wide = advance(character, face)
            hang = wide / 2 if wide >= 1 and _kind(character) == "C" else 0.0
            self.ends.append(cursor + wide - hang)
            cursor += wide
            before = character

    def part(self, start: int) -> "_Measure":
        """Return the positions of the text from `start` on."""
        part = _Measure("", bold=False)
        part.text = self.text[start:]
        part.starts = [x - self.starts[start] for x in self.starts[start:]]
        part.ends = [x - self.starts[start] for x in self.ends[start:]]
        return part

    def reach(self, start: int, width: float) -> int:
        """Return how far a line from `start` may go; blanks at its end take no room."""
        # `ends` is not strictly ordered where marks hang, so the last fit is looked for nearby.
        limit = self.starts[start] + width + 1e-9
        last = bisect_right(self.starts, limit, start)
        while last > start and self.ends[last - 1] > limit and self.text[last - 1] != " ":
            last -= 1
        return last


def _may_break(text: str, place: int) -> bool:
    """Say whether a line may end before the character at `place`."""
    left, right = text[place - 1], text[place]
    if right == " " or not _may_begin_line(right) or not _may_end_line(left):
        return False
    if right in _UNITS and text[max(place - 2, 0) : place].rstrip(" ")[-1:].isdigit():
        return False
    if left == " ":
        # The groups of one number stay together: 0571-8800 6110, 3301 0400 0012.
        return not (text[max(place - 2, 0)].isdigit() and _DIGIT_GROUP.match(text, place))
    if "\u00a0" in (left, right):
        return False
    # Inside a Latin word, a number or an address there is no break.
    return _kind(left) in "HOC" or _kind(right) in "HOC"


def _line_end(measure: _Measure, start: int, width: float) -> int:
    """Return the end of the line that begins at `start`; always at least one character on."""
    text = measure.text
    reach = measure.reach(start, width)
    if reach >= len(text):
        return len(text)
    for place in range(reach, start, -1):
        if _may_break(text, place):
            return place
    # A chain of characters that allows no break is broken anyway, at a blank where it has one:
    # progress is guaranteed.
    blank = text.rfind(" ", start, reach)
    return blank + 1 if blank > start else max(reach, start + 1)


def _break(measure: _Measure, width: float) -> list[tuple[int, int]]:
    text = measure.text
    lines = []
    start = 0
    while start < len(text):
        end = _line_end(measure, start, width)
        lines.append((start, end))
        start = end
        while start < len(text) and text[start] == " ":
            start += 1
    return lines


def _is_orphan(measure: _Measure, lines: list[tuple[int, int]]) -> bool:
    start, end = lines[-1]
    return len(lines) > 1 and len(measure.text[start:end].rstrip()) < 3


def _without_orphan(
    measure: _Measure, lines: list[tuple[int, int]], width: float
) -> list[tuple[int, int]]:
    """Set a paragraph anew so that its last line has three characters, where that is possible.

    A short paragraph is tried narrower as a whole, which looks best; else, and in a long one, the
    last two lines alone.
    """
    for first in [0, len(lines) - 2] if len(lines) <= 12 else [len(lines) - 2]:
        tail = measure.part(lines[first][0])
        start = lines[first][0]
        narrower = width
        while narrower > max(width * 0.6, 2):
            narrower -= max(0.5, width * 0.02)
            tried = _break(tail, narrower)
            if len(tried) > len(lines) - first:
                break
            if not _is_orphan(tail, tried):
                return lines[:first] + [(a + start, b + start) for a, b in tried]
    return lines


def _paragraphs(text: str) -> Iterator[str]:
    """Give the paragraphs; more than one empty line in a row is one."""
    empty = False
    for paragraph in text.strip("\n").split("\n"):
        kept = paragraph.strip(" ")
        if kept or not empty:
            yield kept
        empty = not kept


def wrap(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Return the lines of a text for a column of `width` millimetres at `size` points.

    No line starts with a closing mark or ends with an opening one where a break elsewhere is
    possible; words and numbers stay whole unless wider than the column; the last line of a
    paragraph has at least three characters where that can be had. Joined without the blanks, the
    lines give the text again: nothing is cut.
    """
    room = width / (size * MM_PER_POINT)
    lines: list[str] = []
    for paragraph in _paragraphs(text):
        if not paragraph:
            lines.append("")
            continue
        measure = _Measure(paragraph, bold)
        broken = _break(measure, room)
        if _is_orphan(measure, broken):
            broken = _without_orphan(measure, broken, room)
        lines += [paragraph[a:b].rstrip(" ") for a, b in broken]
    return lines


def begin(
    text: str, width: float, size: float, lines: int, *, bold: bool = False
) -> tuple[list[str], str]:
    """Return the first `lines` lines of a text, and the rest of it for the next page.

    Where the whole text fits, the lines are those of `wrap` and the rest is empty.
    """
    room = width / (size * MM_PER_POINT)
    first: list[str] = []
    paragraphs = list(_paragraphs(text))
    for number, paragraph in enumerate(paragraphs):
        broken = _break(_Measure(paragraph, bold), room) if paragraph else [(0, 0)]
        free = lines - len(first)
        first += [paragraph[a:b].rstrip(" ") for a, b in broken[:free]]
        if len(broken) > free or (len(broken) == free and number < len(paragraphs) - 1):
            rest = paragraph[broken[free][0] :] if len(broken) > free else ""
            return first, "\n".join([rest, *paragraphs[number + 1 :]]).strip("\n")
    return wrap(text, width, size, bold=bold), ""
