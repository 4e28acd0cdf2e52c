"""Write .xlsx workbooks: each row goes straight into the packed file as it comes.

Written by hand rather than through openpyxl, whose streaming writer puts people's data into
files in the system's temporary folder, leaves them there when the disk is full, stamps the time
of day into every file and takes five times as long. What is written is small: text, numbers,
times, widths, a frozen header. openpyxl and LibreOffice read it back in the tests.
"""

import math
import re
import unicodedata
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from itertools import chain, islice
from typing import IO, TypeVar
from xml.sax.saxutils import escape

from propdesk.i18n import _
from propdesk.sheets.formula_guard import looks_like_formula
from propdesk.sheets.header_rows import column_letters
from propdesk.sheets.writing import Cell, SheetOut, writable_text
from propdesk.sheets.xlsx_package import DECLARATION, MAIN, package_parts
from propdesk.sheets.xlsx_styles import Look, Looks

LONGEST_TEXT = 32_767
"""Excel's limit of one cell, in UTF-16 units."""

_SAME_TIME = (1980, 1, 1, 0, 0, 0)  # the same tables give the same file

_FORMATS = {datetime: "yyyy-mm-dd hh:mm", date: "yyyy-mm-dd", time: "hh:mm"}
_DAY_ZERO = datetime(1899, 12, 30)
_FIRST_EXCEL_DAY = date(1900, 3, 1)  # earlier ones are off by one: Excel believes in 1900-02-29
_EXACT = 10**15
_MEASURED_ROWS = 200
_LAST_CHOICE = 20_000
# Widths and the filter stay free: a locked column may still be made narrower.
_PROTECTION = '<sheetProtection sheet="1" formatColumns="0" formatRows="0" autoFilter="0"/>'
_QUOTED = '"{}"'
_NARROWEST, _WIDEST = 6.0, 60.0
_FORBIDDEN_IN_NAME = re.compile(r"[\\/?*\[\]:]")
_ESCAPE_LIKE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_HEADING = Look(bold=True, filled=True)
_TITLE = Look(bold=True)

_T = TypeVar("_T")


@dataclass(slots=True)
class _LongTexts:
    """The rest of texts that no cell can hold; written on a last sheet, nothing is lost."""

    sheet_name: str
    rows: list[tuple[str, str, int, str]] = field(default_factory=list)

    def fit(self, text: str, sheet: str, place: str) -> str:
        """Return what stands in the cell itself: the text, or its beginning and a mark."""
        if len(text) * 2 <= LONGEST_TEXT or _units(text) <= LONGEST_TEXT:
            return text
        mark = _(" [continued on sheet {sheet}: {place}]").format(
            sheet=self.sheet_name, place=place
        )
        beginning, *rest = _pieces(text, LONGEST_TEXT - _units(mark))
        self.rows.extend((sheet, place, part, piece) for part, piece in enumerate(rest, start=2))
        return beginning + mark


def save_workbook(file: IO[bytes], sheets: Sequence[SheetOut]) -> None:
    """Write the sheets as a workbook into an open file; `OSError` where the disk is full."""
    taken: set[str] = set()
    names = [_sheet_name(sheet.name, taken) for sheet in sheets]
    long_texts = _LongTexts(_sheet_name(_("Long texts"), taken))
    looks = Looks()
    header_lines = [len(sheet.titles) + 1 for sheet in sheets]
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for number, (name, sheet) in enumerate(zip(names, sheets, strict=True), start=1):
            _write_sheet(archive, number, _SheetXml(name, sheet, looks, long_texts))
        if long_texts.rows:
            columns = (_("Sheet"), _("Cell"), _("Part"), _("Text"))
            rest = SheetOut(long_texts.sheet_name, columns, long_texts.rows)
            names.append(rest.name)
            header_lines.append(1)
            _write_sheet(archive, len(names), _SheetXml(rest.name, rest, looks, long_texts))
        for part, text in package_parts(names, header_lines, looks).items():
            with archive.open(_entry(part), "w") as stream:
                stream.write((DECLARATION + text).encode())


def _write_sheet(archive: zipfile.ZipFile, number: int, sheet: "_SheetXml") -> None:
    with archive.open(_entry(f"xl/worksheets/sheet{number}.xml"), "w") as stream:
        for text in sheet.parts():
            stream.write(text.encode())


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, _SAME_TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    return entry


@dataclass(frozen=True, slots=True)
class _SheetXml:
    """One worksheet as XML, from its first line to its last."""

    name: str
    sheet: SheetOut
    looks: Looks
    long_texts: _LongTexts

    def parts(self) -> Iterator[str]:
        """Yield the worksheet piece by piece, one row at a time."""
        rows = iter(self.sheet.rows)
        measured = list(islice(rows, _MEASURED_ROWS))
        line = len(self.sheet.titles) + 1
        width = len(self.sheet.header)
        yield (
            f'{DECLARATION}<worksheet xmlns="{MAIN}">'
            '<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><sheetViews>'
            f'<sheetView workbookViewId="0"><pane ySplit="{line}" topLeftCell="A{line + 1}"'
            ' activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>'
            f"{self._columns(measured)}<sheetData>"
        )
        for number, title in enumerate(self.sheet.titles, start=1):
            yield self._row([title], number, _TITLE)
        yield self._row(self.sheet.header, line, _HEADING)
        last = line
        for last, row in enumerate(chain(measured, rows), start=line + 1):
            yield self._row(row, last)
        yield "</sheetData>"
        if self.sheet.open_columns:
            yield _PROTECTION
        if width:
            yield f'<autoFilter ref="A{line}:{column_letters(width - 1)}{last}"/>'
        yield self._choices(line + 1)
        yield (
            '<pageMargins left="0.5" right="0.5" top="0.6" bottom="0.6" header="0.3" footer="0.3"/>'
            '<pageSetup paperSize="9" orientation="landscape" fitToHeight="0"/></worksheet>'
        )

    def _columns(self, measured: Sequence[Sequence[Cell]]) -> str:
        widths = [
            _at(self.sheet.widths, index) or _measured_width(name, measured, index)
            for index, name in enumerate(self.sheet.header)
        ]
        columns = "".join(
            f'<col min="{number}" max="{number}" width="{width}" customWidth="1"'
            f"{self._column_style(number - 1)}/>"
            for number, width in enumerate(widths, start=1)
        )
        return f"<cols>{columns}</cols>" if columns else ""

    def _column_style(self, index: int) -> str:
        """Return the look of a column's empty cells: what is typed there has its format."""
        look = Look(_at(self.sheet.formats, index), unlocked=index in self.sheet.open_columns)
        return f' style="{self.looks.number(look)}"' if look != Look() else ""

    def _choices(self, first: int) -> str:
        """Return the lists of texts that cells offer; others may be typed all the same."""
        lists = "".join(
            f'<dataValidation type="list" allowBlank="1" showErrorMessage="0"'
            f' sqref="{column_letters(at)}{first}:{column_letters(at)}{_LAST_CHOICE}">'
            f"<formula1>{escape(_QUOTED.format(','.join(texts)))}</formula1></dataValidation>"
            for at, texts in self.sheet.choices.items()
        )
        count = len(self.sheet.choices)
        return f'<dataValidations count="{count}">{lists}</dataValidations>' if count else ""

    def _row(self, cells: Sequence[Cell], line: int, look: Look | None = None) -> str:
        inner = "".join(
            self._cell(cell, index, line, look)
            for index, cell in enumerate(cells)
            if cell is not None or index in self.sheet.open_columns
        )
        return f'<row r="{line}">{inner}</row>'

    def _cell(self, cell: Cell, index: int, line: int, look: Look | None) -> str:
        value = _stored(cell)
        place = f"{column_letters(index)}{line}"
        is_open = index in self.sheet.open_columns
        if value is None:
            look = Look(_at(self.sheet.formats, index), unlocked=is_open)
            return f'<c r="{place}" s="{self.looks.number(look)}"/>'
        if isinstance(value, str):
            plain = _ESCAPE_LIKE.sub("_x005F_", writable_text(value))
            shown = escape(self.long_texts.fit(plain, self.name, place))
            as_text = "@" if _at(self.sheet.formats, index) == "@" else None
            style = self.looks.number(
                look or Look(as_text, quoted=looks_like_formula(plain), unlocked=is_open)
            )
            return (
                f'<c r="{place}" s="{style}" t="inlineStr">'
                f'<is><t xml:space="preserve">{shown}</t></is></c>'
            )
        if isinstance(value, bool):
            return f'<c r="{place}" s="{self.looks.number(Look())}" t="b"><v>{int(value)}</v></c>'
        number_format = _at(self.sheet.formats, index) or _FORMATS.get(type(cell))
        style = self.looks.number(look or Look(number_format, unlocked=is_open))
        return f'<c r="{place}" s="{style}"><v>{value}</v></c>'


def _stored(value: Cell) -> str | float | Decimal | None:
    """Return the number or text that stands for a value in a workbook.

    Times are days since 1899-12-30. What a workbook could not keep (a number of more than 15
    digits, a day before March 1900) stays as text.
    """
    if value is None or isinstance(value, str | bool):
        return value
    if isinstance(value, time):
        return _days(datetime.combine(_DAY_ZERO, value))
    if isinstance(value, datetime):
        late = value.date() >= _FIRST_EXCEL_DAY
        return _days(value) if late else value.isoformat(" ", "seconds")
    if isinstance(value, date):
        return (value - _DAY_ZERO.date()).days if value >= _FIRST_EXCEL_DAY else value.isoformat()
    return value if math.isfinite(value) and -_EXACT < value < _EXACT else str(value)


def _days(moment: datetime) -> float:
    return (moment - _DAY_ZERO) / timedelta(days=1)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _pieces(text: str, longest: int) -> list[str]:
    """Cut a text into pieces of at most `longest` UTF-16 units, no character torn apart."""
    pieces: list[str] = []
    start = units = 0
    for at, character in enumerate(text):
        size = 2 if character > "\uffff" else 1
        if units + size > longest:
            pieces.append(text[start:at])
            start, units = at, 0
        units += size
    return [*pieces, text[start:]]


def _sheet_name(name: str, taken: set[str]) -> str:
    """Return a name that Excel accepts: 31 units, none of its signs, none taken."""
    plain = _FORBIDDEN_IN_NAME.sub("_", writable_text(name)).replace("\n", " ").strip(" '")
    plain = plain or _("Sheet")
    number = 1
    candidate = _pieces(plain, 31)[0]
    while candidate.casefold() in {*taken, "history"}:  # Excel keeps History for itself
        number += 1
        suffix = f" ({number})"
        candidate = _pieces(plain, 31 - len(suffix))[0] + suffix
    taken.add(candidate.casefold())
    return candidate


def _at(items: Sequence[_T | None], index: int) -> _T | None:
    return items[index] if index < len(items) else None


def _measured_width(name: str, rows: Sequence[Sequence[Cell]], index: int) -> float:
    cells: list[Cell] = [name, *(row[index] for row in rows if index < len(row))]
    longest = max(_shown_width(cell) for cell in cells)
    return min(max(longest + 2.0, _NARROWEST), _WIDEST)


def _shown_width(cell: Cell) -> int:
    if cell is None:
        return 0
    if isinstance(cell, datetime):
        return 16
    if not isinstance(cell, str):
        return len(str(cell))
    line = cell[:400].partition("\n")[0][:60]
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in line)
