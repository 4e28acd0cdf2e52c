"""Read .xls workbooks (Excel 97-2003, still written by older billing programs) through xlrd."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from io import StringIO
from typing import Any

from propdesk.sheets.choice import choose_sheet
from propdesk.sheets.errors import broken, protected
from propdesk.sheets.kinds import has_file_pass
from propdesk.sheets.layout import Layout, Merged, Value
from propdesk.sheets.tables import Found, trimmed
from propdesk.sheets.xlsx_reader import to_number, to_second


def read_xls(name: str, content: bytes, sheet: str | None, wanted: Collection[str] = ()) -> Found:
    """Return the rows of one sheet; `SheetError` where the workbook is locked or broken."""
    log = StringIO()  # xlrd would print its doubts on standard output
    try:
        locked = has_file_pass(_workbook_stream(content, log))
        book = None if locked else _book(content, log)
        sheets = {str(one.name): one for one in book.sheets()} if book else {}
    except Exception as error:  # xlrd raises whatever it stumbles over in a broken file
        raise broken(name) from error
    if book is None:
        raise protected(name)
    hidden = {title for title, one in sheets.items() if one.visibility}

    def rows(title: str) -> Iterator[Sequence[Value]]:
        return (values for _line, values in _rows(name, sheets[title], book.datemode))

    chosen = choose_sheet(name, tuple(sheets), hidden, sheet, rows, wanted)
    return Found(
        rows=_rows(name, sheets[chosen], book.datemode),
        expected=sheets[chosen].nrows,
        sheet_name=chosen,
        sheet_names=tuple(sheets),
        layout=_layout(sheets[chosen], book.datemode),
        is_hidden_sheet=chosen in hidden,
    )


def _book(content: bytes, log: StringIO) -> Any:
    """Return the workbook with its merged and hidden cells, without them where they are broken."""
    import xlrd

    try:
        return xlrd.open_workbook(file_contents=content, logfile=log, formatting_info=True)
    except Exception:  # some programs write formats that nobody can read, but sound values
        return xlrd.open_workbook(file_contents=content, logfile=log)


def _layout(sheet: Any, date_mode: int) -> Layout:
    return Layout(
        merged=tuple(
            Merged(first + 1, last, left, right - 1)
            for first, last, left, right in sheet.merged_cells
        ),
        hidden_lines=frozenset(at + 1 for at, row in sheet.rowinfo_map.items() if row.hidden),
        hidden_columns=frozenset(at for at, one in sheet.colinfo_map.items() if one.hidden),
        days_from_1904=date_mode == 1,
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
