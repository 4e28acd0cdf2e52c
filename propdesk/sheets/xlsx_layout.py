"""The layout of a worksheet, read from its XML: the library that streams the values leaves it out.

Only a few marks are looked for, as bytes: a full parse of the sheet would take as long again as
reading its values.
"""

import re
from typing import Any

from propdesk.sheets.layout import Layout, Merged

_MERGED = re.compile(rb'mergeCell\s[^<>]*?ref="\$?([A-Z]{1,3})\$?(\d+):\$?([A-Z]{1,3})\$?(\d+)"')
_HIDDEN = re.compile(rb'hidden="(?:1|true)"')
_ROW_START = re.compile(rb"<(?:\w+:)?row[\s/>]")
_TAG = re.compile(rb"<(?:\w+:)?(row|col)\s")
_NUMBERS = {name: re.compile(rb"\b" + name + rb'="(\d+)"') for name in (b"r", b"min", b"max")}
_LAST_COLUMN = 16_384


def read_layout(worksheet: Any, *, days_from_1904: bool) -> Layout:
    """Return what a worksheet of openpyxl's reading mode says of itself."""
    with worksheet._get_source() as part:  # noqa: SLF001 - the only way to the sheet's own bytes
        xml: bytes = part.read()
    merged = tuple(
        Merged(int(found[2]), int(found[4]), _column(found[1]), _column(found[3]))
        for found in _MERGED.finditer(xml)
    )
    lines: set[int] = set()
    columns: set[int] = set()
    for found in _HIDDEN.finditer(xml):
        start = xml.rfind(b"<", 0, found.start())
        tag = _TAG.match(xml, start)
        if tag is None:
            continue
        text = xml[start : xml.find(b">", start)]
        if tag[1] == b"row":
            said = _number(b"r", text)
            lines.add(said or sum(1 for _one in _ROW_START.finditer(xml, 0, start + 8)))
        else:
            last = min(_number(b"max", text), _LAST_COLUMN)
            columns.update(range(_number(b"min", text) - 1, last))
    return Layout(merged, frozenset(lines), frozenset(columns), days_from_1904)


def _number(name: bytes, tag: bytes) -> int:
    found = _NUMBERS[name].search(tag)
    return int(found[1]) if found else 0


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
