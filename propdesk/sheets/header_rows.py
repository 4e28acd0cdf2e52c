"""Where a table begins and what its columns are called, over one line of names or over two.

The header is the line, among the first ones, that names most of the columns wanted. Where the line
above or below it groups them (业主信息 over 姓名 and 电话), a column is called by both:
`业主信息 / 姓名`. Which of them counts is for the domain to say.
"""

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from propdesk.domain.imports import GROUP_SIGN, heading_key
from propdesk.sheets.layout import Layout, Value
from propdesk.sheets.left_out import known_names

_BREAK = re.compile(r"\s*[\r\n\t]+\s*")
_BREAK_IN_LATIN = re.compile(r"(?<=[!-~])\s*[\r\n\t]+\s*(?=[!-~])")
_NUMBER_LIKE = re.compile(r"[\d\s.,:/+%()年月日时分秒-]+")
_LONGEST_GROUP = 12

Line = tuple[int, Sequence[Value]]


@dataclass(frozen=True, slots=True)
class Header:
    """The lines of the column names, first and last place among those given, and the names."""

    first: int
    last: int
    cells: tuple[str | None, ...]


def find_header(lines: Sequence[Line], wanted: Collection[str], layout: Layout) -> Header:
    """Return the header among the first lines of a sheet."""
    keys = {heading_key(name) for name in wanted}
    known = [known_names(_ungrouped(values, line, layout), keys) for line, values in lines]
    if not max(known):
        texts = [len({cell for cell in values if _is_words(cell)}) for _line, values in lines]
        at = texts.index(max(texts))
        return Header(at, at, tuple(map(_name, lines[at][1])))
    at = known.index(max(known))
    for group, names in ((at - 1, at), (at, at + 1)):
        if group >= 0 and names < len(lines) and _is_pair(lines[group], lines[names], keys, layout):
            cells = _joined(lines[group], lines[names][1], layout)
            return Header(group, names, cells)
    return Header(at, at, tuple(map(_name, lines[at][1])))


def _ungrouped(values: Sequence[Value], line: int, layout: Layout) -> Sequence[Value]:
    """Return the cells of a line without those that are merged over several columns."""
    groups = {one.first_column for one in layout.groups(line)}
    if not groups:
        return values
    return [None if at in groups else value for at, value in enumerate(values)]


def _is_pair(group: Line, names: Line, keys: Collection[str], layout: Layout) -> bool:
    """Tell whether the first line groups the names of the second one.

    Its words are short and say no value (编制单位：…); merged cells lie over some of the columns,
    or the names below repeat themselves, which only groups can tell apart.
    """
    line, above = group
    below = [_name(cell) for cell in names[1]]
    said = [cell for cell in above if cell is not None]
    words = [cell for cell in said if isinstance(cell, str) and len(cell) <= _LONGEST_GROUP]
    if len(words) < 2 or len(words) < len(said) or any(":" in one or "：" in one for one in words):
        return False
    if not all(cell is None or _is_words(cell) for cell in names[1]):
        return False
    if tuple(map(_name, above)) == tuple(below) or known_names(names[1], keys) < 2:
        return False
    width = len(below)
    merged = any(
        one.last_line == line and one.last_column - one.first_column + 1 < width
        for one in layout.groups(line)
    )
    filled = [name for name in below if name is not None]
    return merged or len(set(filled)) < len(filled)


def _joined(group: Line, names: Sequence[Value], layout: Layout) -> tuple[str | None, ...]:
    """Return the names with their groups; a group reaches to the next one, or as far as merged."""
    line, above = group
    ends = {one.first_column: one.last_column for one in layout.groups(line)}
    cells: list[str | None] = []
    current, end = None, -1
    for at in range(max(len(above), len(names))):
        top = _name(above[at]) if at < len(above) else None
        name = _name(names[at]) if at < len(names) else None
        if top is not None:
            current, end = top, ends.get(at, at if ends else len(names))
        elif at > end:
            current = None
        over = current if top is None else top
        if name is None:
            cells.append(top)
        elif over is None or over == name:
            cells.append(name)
        else:
            cells.append(f"{over}{GROUP_SIGN}{name}")
    return tuple(cells)


def _is_words(cell: Value) -> bool:
    return isinstance(cell, str) and not _NUMBER_LIKE.fullmatch(cell)


def _name(cell: Value) -> str | None:
    plain = "" if cell is None else str(cell).strip("\ufeff\u200b \t\r\n\u3000\u00a0")
    return _BREAK.sub("", _BREAK_IN_LATIN.sub(" ", plain)) or None


def column_names(cells: Iterable[str | None]) -> tuple[str, ...]:
    """Return a name for each column: its letter where it has none, a number where it has two."""
    names: dict[str, None] = {}
    for index, cell in enumerate(cells):
        plain = cell or f"({column_letters(index)})"
        name, number = plain, 1
        while name in names:
            number += 1
            name = f"{plain} ({number})"
        names[name] = None
    return tuple(names)


@cache
def column_letters(index: int) -> str:
    """Return the letters under which a workbook shows a column, counted from 0: A, B, ... AA."""
    letters = ""
    index += 1
    while index:
        index, rest = divmod(index - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters
