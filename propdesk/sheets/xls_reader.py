"""Read .xls workbooks (Excel 97-2003, still written by older billing programs) through xlrd."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from propdesk.sheets.choice import choose_sheet
from propdesk.sheets.errors import broken, protected
from propdesk.sheets.kinds import has_file_pass
from propdesk.sheets.tables import Found, Value, trimmed
from propdesk.sheets.xlsx_reader import to_number, to_second


def read_xls(name: str, content: bytes, sheet: str | None) -> Found:
    """Return the rows of one sheet; `SheetError` where the workbook is locked or broken."""
    import xlrd

    log = StringIO()  # xlrd would print its doubts on standard output
    try:
        locked = has_file_pass(_workbook_stream(content, log))
        book = None if locked else xlrd.open_workbook(file_contents=content, logfile=log)
        sheets = {str(one.name): one for one in book.sheets()} if book else {}
    except Exception as error:  # xlrd raises whatever it stumbles over in a broken file
        raise broken(name) from error
    if book is None:
        raise protected(name)
    hidden = {title for title, one in sheets.items() if one.visibility}
    chosen = choose_sheet(name, tuple(sheets), hidden, sheet, lambda one: sheets[one].nrows > 0)
    return Found(
        rows=_rows(name, sheets[chosen], book.datemode),
        expected=sheets[chosen].nrows,
        sheet_name=chosen,
        sheet_names=tuple(sheets),
    )


def _workbook_stream(content: bytes, log: StringIO) -> bytes:
    from xlrd.compdoc import CompDoc

    document = CompDoc(content, logfile=log)
    for stream in ("Workbook", "Book"):
        memory, start, length = document.locate_named_stream(stream)
        if memory:
            return bytes(memory[start : start + length])
    return b""


def _rows(name: str, sheet: Any, date_mode: int) -> Iterator[tuple[int, Sequence[Value]]]:
    try:
        for index in range(sheet.nrows):
            cells = zip(sheet.row_types(index), sheet.row_values(index), strict=True)
            yield index + 1, [_value(kind, value, date_mode) for kind, value in cells]
    except Exception as error:  # as above
        raise broken(name) from error


def _value(kind: int, value: Any, date_mode: int) -> Value:
    import xlrd

    if kind == xlrd.XL_CELL_TEXT:
        return trimmed(value)
    if kind == xlrd.XL_CELL_NUMBER:
        return to_number(value)
    if kind == xlrd.XL_CELL_DATE:
        moment: datetime = xlrd.xldate_as_datetime(value, date_mode)
        return to_second(moment).time() if 0 <= value < 1 else to_second(moment)
    if kind == xlrd.XL_CELL_BOOLEAN:
        return bool(value)
    if kind == xlrd.XL_CELL_ERROR:
        return str(xlrd.error_text_from_code.get(value, "#N/A"))
    return None
