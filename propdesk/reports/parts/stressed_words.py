"""A sentence of a paragraph that stands out in bold: until when to pay, in the design's letter."""

import re
from collections.abc import Iterator, Sequence

from propdesk.reports.parts.sheet import Sheet
from propdesk.reports.parts.text import width_mm

Run = tuple[str, bool]
"""Words of a line, and whether they are bold."""

_SENTENCE = re.compile(r".+?(?:[。！？]+|[.!?]+(?=\s|$)|$)", re.DOTALL)


def stressed_runs(text: str, lines: Sequence[str], words: str) -> Iterator[tuple[Run, ...]]:
    """Give the lines of a text as runs; the first sentence that holds `words` is bold.

    The lines are those of `text.wrap`, which drops blanks at their ends and nothing else.
    """
    first = last = 0
    for found in _SENTENCE.finditer(text):
        if words and words in found.group():
            first, last = _count(text[: found.start()]), _count(text[: found.end()])
            break
    place = 0
    for line in lines:
        a, b = _at(line, first - place), _at(line, last - place)
        place += _count(line)
        runs = ((line[:a], False), (line[a:b], True), (line[b:], False))
        yield tuple(run for run in runs if run[0])


def draw_runs(sheet: Sheet, x: float, y: float, runs: Sequence[Run], size: float) -> None:
    """Draw a line of runs on the baseline `y`."""
    for words, is_bold in runs:
        sheet.lines(x, y, [words], size, leading=0, bold=is_bold)
        x += width_mm(words, size, bold=is_bold)


def _count(text: str) -> int:
    """Return the number of characters without the blanks."""
    return len("".join(text.split()))


def _at(line: str, count: int) -> int:
    """Return where so many characters of a line end, blanks not counted."""
    for place, character in enumerate(line):
        if count <= 0:
            return place
        count -= not character.isspace()
    return len(line)
