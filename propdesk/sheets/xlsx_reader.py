"""Read .xlsx workbooks through openpyxl, row by row, values as Excel stored them last."""

import re
import zipfile
from collections.abc import Collection, Iterator, Sequence
from datetime import datetime, time, timedelta
from io import BytesIO
from itertools import islice
from typing import Any

from propdesk.sheets.choice import choose_sheet
from propdesk.sheets.errors import broken
from propdesk.sheets.layout import Value
from propdesk.sheets.tables import Found, trimmed
from propdesk.sheets.xlsx_layout import read_layout

_LAST_LINE = 1_048_576
_MAC_YEAR = 1904
_EXACT = 10**15
"""A workbook keeps 15 digits of a number: what is longer (an ID number) has lost its end."""
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_EMPTY_FILL = re.compile(rb"<(\w+:)?fill\s*(?:/>|>\s*</(?:\w+:)?fill>)")

# Formats 27-36 and 50-58 are dates and times in Chinese Excel and WPS; files name them by number
# only, and openpyxl does not know them.
_CHINESE_FORMATS = {
    **dict.fromkeys((27, 36, 50, 52, 57), 'yyyy"年"m"月"'),
    **dict.fromkeys((28, 29, 51, 53, 54, 58), 'm"月"d"日"'),
    30: "m-d-yy",
    31: 'yyyy"年"m"月"d"日"',
    32: 'h"时"mm"分"',
    33: 'h"时"mm"分"ss"秒"',
    **dict.fromkeys((34, 55), 'h"时"mm"分"AM/PM'),
    **dict.fromkeys((35, 56), 'h"时"mm"分"ss"秒"AM/PM'),
}


def read_xlsx(name: str, content: bytes, sheet: str | None, wanted: Collection[str] = ()) -> Found:
    """Return the rows of one worksheet; `SheetError` where the workbook is broken."""
    try:
        workbook = _workbook(content)
        worksheets = {str(one.title): one for one in workbook.worksheets}
        hidden = {title for title, one in worksheets.items() if one.sheet_state != "visible"}
    except Exception as error:  # openpyxl raises whatever it stumbles over in a broken file
        raise broken(name) from error

    def rows(title: str) -> Iterator[Sequence[Value]]:
        return (values for _line, values in _rows(name, worksheets[title]))

    chosen = choose_sheet(name, tuple(worksheets), hidden, sheet, rows, wanted)
    try:
        layout = read_layout(worksheets[chosen], days_from_1904=workbook.epoch.year == _MAC_YEAR)
    except Exception as error:  # as above
        raise broken(name) from error
    return Found(
        rows=_rows(name, worksheets[chosen]),
        expected=min(worksheets[chosen].max_row or 0, _LAST_LINE),
        sheet_name=chosen,
        sheet_names=tuple(worksheets),
        layout=layout,
        is_hidden_sheet=chosen in hidden,
    )


def _workbook(content: bytes) -> Any:
    import openpyxl
    from openpyxl.styles.numbers import BUILTIN_FORMATS

    BUILTIN_FORMATS.update(_CHINESE_FORMATS)

    def load(packed: bytes) -> Any:
        return openpyxl.load_workbook(
            BytesIO(packed), read_only=True, data_only=True, keep_links=False
        )

    try:
        return load(content)
    except TypeError:  # openpyxl knows no empty fill, which some exporting programs write
        return load(_with_fills(content))


def _with_fills(content: bytes) -> bytes:
    """Return the workbook with its empty fills spelled out."""
    mended = BytesIO()
    with zipfile.ZipFile(BytesIO(content)) as old, zipfile.ZipFile(mended, "w") as new:
        for part in old.infolist():
            text = old.read(part)
            if part.filename.endswith("styles.xml"):
                text = _EMPTY_FILL.sub(rb"<\1fill><\1patternFill/></\1fill>", text)
            new.writestr(part, text)
    return mended.getvalue()


def _rows(name: str, worksheet: Any) -> Iterator[tuple[int, Sequence[Value]]]:
    """Yield line number and values; whatever goes wrong inside means a broken file."""
    try:
        worksheet.reset_dimensions()  # the size that a file states is often wrong
        rows = islice(worksheet.iter_rows(values_only=True), _LAST_LINE)
        for line, cells in enumerate(rows, start=1):
            yield line, [None if cell is None else _value(cell) for cell in cells]
    except Exception as error:  # as above
        raise broken(name) from error


def _value(cell: Any) -> Value:
    if isinstance(cell, str):
        return trimmed(_unescaped(cell) if "_x" in cell else cell)
    if isinstance(cell, datetime):
        return to_second(cell)
    if isinstance(cell, int | float):
        return to_number(cell)
    return cell if isinstance(cell, time) else str(cell)


def to_number(number: float) -> Value:
    """Return a whole number as int, and one of more than 15 digits as text with an exponent.

    The end of such a number was lost when it was typed; as text `4.30102199001011E+17` no
    later reader takes it for an ID number.
    """
    if abs(number) >= _EXACT:
        return f"{number:.14E}"
    if isinstance(number, float) and number.is_integer():
        return int(number)
    return number


def to_second(moment: datetime) -> datetime:
    """Return the time to the second: it is stored as a fraction of a day, its end is noise."""
    return (moment + timedelta(milliseconds=500)).replace(microsecond=0)


def _unescaped(text: str) -> str:
    """Undo Excel's writing of characters that XML cannot hold: `_x000D_`, `_x005F_`."""
    plain = _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
