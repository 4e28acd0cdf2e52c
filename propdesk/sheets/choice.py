"""Which sheet of a workbook is read: the one named, else the first visible one with known columns.

A cover or a sheet of notes stands in front of the tables of many workbooks, so a sheet whose first
lines name columns that are wanted comes before one that is merely filled.
"""

from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import islice

from propdesk.domain.imports import heading_key
from propdesk.i18n import _
from propdesk.sheets.errors import SheetError, no_rows
from propdesk.sheets.layout import Value
from propdesk.sheets.left_out import known_names

_LOOKED_AT = 40
_ENOUGH_NAMES = 2


def choose_sheet(
    file_name: str,
    names: Sequence[str],
    hidden: Collection[str],
    named: str | None,
    rows: Callable[[str], Iterable[Sequence[Value]]],
    wanted: Collection[str] = (),
) -> str:
    """Return the name of the sheet to read; raise `SheetError` where there is none.

    A hidden sheet is read where it is named, or where no visible one is filled.
    """
    if named is not None:
        if named in names:
            return named
        text = _("{file} has no sheet {sheet}. It has: {sheets}.")
        raise SheetError(
            "no-such-sheet",
            text.format(file=file_name, sheet=named, sheets=", ".join(names)),
        )
    keys = {heading_key(name) for name in wanted}
    for group in ([name for name in names if name not in hidden], list(hidden)):
        filled = None
        for name in group:
            lines = (line for line in rows(name) if any(cell is not None for cell in line))
            beginning = list(islice(lines, _LOOKED_AT if len(group) > 1 and keys else 1))
            if any(known_names(line, keys) >= _ENOUGH_NAMES for line in beginning):
                return name
            filled = filled or (name if beginning else None)
        if filled is not None:
            return filled
    raise no_rows(file_name)
