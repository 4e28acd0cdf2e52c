"""Which sheet of a workbook is read: the one named, else the first visible one that is filled."""

from collections.abc import Callable, Collection, Sequence

from propdesk.i18n import _
from propdesk.sheets.errors import SheetError, no_rows


def choose_sheet(
    file_name: str,
    names: Sequence[str],
    hidden: Collection[str],
    wanted: str | None,
    is_filled: Callable[[str], bool],
) -> str:
    """Return the name of the sheet to read; raise `SheetError` where there is none."""
    if wanted is not None:
        if wanted in names:
            return wanted
        text = _("{file} has no sheet {sheet}. It has: {sheets}.")
        raise SheetError(
            "no-such-sheet",
            text.format(file=file_name, sheet=wanted, sheets=", ".join(names)),
        )
    for name in [*(one for one in names if one not in hidden), *hidden]:
        if is_filled(name):
            return name
    raise no_rows(file_name)
