"""Read CSV files: their encoding and their delimiter are found, not asked for."""

import codecs
import csv
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from io import StringIO
from itertools import islice

from propdesk.i18n import _
from propdesk.sheets.errors import SheetError, broken
from propdesk.sheets.formula_guard import unguarded
from propdesk.sheets.layout import Value
from propdesk.sheets.tables import Found, trimmed

_DELIMITERS = (",", "\t", ";")
_TRIED = 50
_LONGEST_FIELD = 20_000_000
_AS_FORMULA = re.compile(r'="([^"]*)"')
_END_MARK = "\ue000end of the file\ue000"


def read_csv(name: str, content: bytes) -> Found:
    """Return the rows of a CSV file; raise `SheetError` where it cannot be understood."""
    text, encoding = _decoded(name, content)
    csv.field_size_limit(_LONGEST_FIELD)
    first, _break, rest = text.partition("\n")
    skipped = 0
    if first.startswith("sep=") and len(first.rstrip("\r")) == 5:  # Excel's own hint
        delimiter, text, skipped = first[4], rest, 1
    else:
        delimiter = _delimiter(text)
    return Found(
        rows=_rows(name, text, delimiter, skipped),
        expected=text.count("\n") + 1,
        encoding=encoding,
    )


def _decoded(name: str, content: bytes) -> tuple[str, str]:
    """Return text and encoding: UTF-8 with or without mark, UTF-16 with mark, else GB18030."""
    encodings = ["utf-8", "gb18030"]
    if content.startswith(codecs.BOM_UTF8):
        encodings = ["utf-8-sig"]
    elif content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    for encoding in encodings:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError:
            continue
    text = _("The characters of {file} cannot be read. Save it as UTF-8 CSV or as .xlsx.")
    raise SheetError("encoding-unknown", text.format(file=name))


def _delimiter(text: str) -> str:
    """Return the delimiter that cuts most of the first records into equally many fields."""

    def score(delimiter: str) -> tuple[int, int]:
        records = islice(csv.reader(StringIO(text, newline=""), delimiter=delimiter), _TRIED)
        try:
            widths = Counter(len(record) for record in records)
        except csv.Error:
            return 0, 0
        return max(((times, width) for width, times in widths.items() if width > 1), default=(0, 0))

    return max(_DELIMITERS, key=score)


def _rows(
    name: str, text: str, delimiter: str, skipped: int
) -> Iterator[tuple[int, Sequence[Value]]]:
    """Yield line number and values; an end mark of our own shows a quote that never closes."""
    end = "" if text.endswith(("\n", "\r")) else "\r\n"
    reader = csv.reader(StringIO(f"{text}{end}{_END_MARK}", newline=""), delimiter=delimiter)
    line, record = 1 + skipped, [""]
    try:
        for record in reader:
            if record == [_END_MARK]:
                return
            if record and _END_MARK in record[-1]:
                break
            yield line, [_value(cell) for cell in record]
            line = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise broken(name) from error
    refusal = _("A quotation mark in line {line} of {file} is never closed. Mend that line.")
    raise SheetError("quote-unclosed", refusal.format(line=line, file=name))


def _value(cell: str) -> Value:
    if not cell:
        return None
    if cell.startswith('="'):  # ="0012" keeps zeros in programs that export for Excel
        as_formula = _AS_FORMULA.fullmatch(cell.strip())
        return trimmed(as_formula[1] if as_formula else cell)
    return trimmed(unguarded(cell))
