"""Read a table that somebody hands in: XLSX, XLS, CSV or a web page, told by content.

Limits stand before parsing: 20 MB, 500 MB unpacked (100-fold only up to 50 MB); while reading,
100,000 rows and 2,000 columns. Entities in XML are refused (defusedxml, which openpyxl uses).
"""

import warnings
from collections.abc import Callable, Collection
from pathlib import Path

from propdesk.i18n import _
from propdesk.sheets.csv_reader import read_csv
from propdesk.sheets.errors import SheetError, too_large
from propdesk.sheets.html_reader import read_html
from propdesk.sheets.kinds import Kind, kind_of
from propdesk.sheets.tables import Found, Progress, Table, to_table
from propdesk.sheets.xls_reader import read_xls
from propdesk.sheets.xlsx_reader import read_xlsx

MAX_FILE_BYTES = 20_000_000


def read_table(
    path: Path,
    *,
    sheet: str | None = None,
    wanted: Collection[str] = (),
    take_hidden: bool = False,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Table:
    """Return the table of a file as it was found; nothing is written anywhere.

    `sheet` names a worksheet (else the first visible one with known columns); `wanted` are known
    column names, by which the header row is recognised below titles; hidden rows are left out
    unless `take_hidden`. `on_progress` gets rows done and rows expected (0: unknown). Raises
    `SheetError` with a sentence that says what to do, or `Cancelled`.
    """
    name = path.name
    content = _content(path)
    kind = kind_of(name, content)
    with warnings.catch_warnings():
        # openpyxl warns of what it leaves out (charts, list boxes): nothing that is read here.
        warnings.simplefilter("ignore", UserWarning)
        found = _found(kind, name, content, sheet, wanted)
        progress = Progress(on_progress, cancelled)
        return to_table(name, found, wanted, progress, take_hidden=take_hidden)


def _found(
    kind: Kind, name: str, content: bytes, sheet: str | None, wanted: Collection[str]
) -> Found:
    if kind is Kind.XLSX:
        return read_xlsx(name, content, sheet, wanted)
    if kind is Kind.XLS:
        return read_xls(name, content, sheet, wanted)
    if kind is Kind.HTML:
        return read_html(name, content)
    return read_csv(name, content)


def _content(path: Path) -> bytes:
    """Return the bytes of a file of a size that can be read."""
    if not path.exists():
        text = _("{file} was not found. Check the name and the folder.")
        raise SheetError("file-not-found", text.format(file=path))
    if not path.is_file():
        text = _("{file} is not a file. Choose an .xlsx, .xls or .csv file.")
        raise SheetError("not-a-workbook", text.format(file=path))
    try:
        with path.open("rb") as file:
            content = file.read(MAX_FILE_BYTES + 1)
    except OSError as error:
        text = _("{file} cannot be opened. Close it in other programs or copy it to this computer.")
        raise SheetError("file-unreadable", text.format(file=path.name)) from error
    if len(content) > MAX_FILE_BYTES:
        limit = _("more than {size} MB").format(size=MAX_FILE_BYTES // 1_000_000)
        raise too_large(path.name, limit)
    if not content.strip(b"\x00 \t\r\n"):
        text = _("{file} is empty. Choose the file that has the data.")
        raise SheetError("file-empty", text.format(file=path.name))
    return content
