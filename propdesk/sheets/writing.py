"""Write tables for people: XLSX and CSV; values in, files out.

A text is always a text: what begins like a formula is marked as text in a workbook and guarded
by `'` in a CSV file. Control characters are left out. The file appears whole or not at all.
"""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import IO

from propdesk.sheets.formula_guard import guarded
from propdesk.sheets.part_file import write_whole

Cell = str | int | float | Decimal | datetime | date | time | None
"""What may stand in a cell that is written; money as Decimal in yuan."""

# Controls, halves of characters and non-characters: XML cannot hold them.
_NOT_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile(r"\r\n?")


@dataclass(frozen=True, slots=True)
class SheetOut:
    """One worksheet to write.

    `titles` stand above the header. `widths` (characters) and `formats` (Excel number formats)
    go by column; None or a missing entry leaves the choice to the writer. `choices` are the texts
    that a column's cells offer in a list, by the column's place. Where `open_columns` are named,
    the sheet is protected (without a password) and only they can be typed into.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float | None] = ()
    formats: Sequence[str | None] = ()
    titles: Sequence[str] = ()
    choices: Mapping[int, Sequence[str]] = field(default_factory=dict)
    open_columns: frozenset[int] = frozenset()


def write_workbook(path: Path, sheets: Sequence[SheetOut]) -> None:
    """Write an .xlsx workbook with at least one sheet.

    Raises `SheetError` where the disk is full or the place cannot be written; the file that
    stood there before is then untouched.
    """
    from propdesk.sheets.xlsx_writer import save_workbook

    write_whole(path, lambda file: save_workbook(file, sheets))


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> None:
    """Write a CSV file that Excel and WPS open as it is: UTF-8 with BOM, commas, CRLF.

    Raises `SheetError` as `write_workbook` does.
    """

    def write(file: IO[bytes]) -> None:
        text = io.TextIOWrapper(file, encoding="utf-8-sig", newline="", write_through=True)
        try:
            writer = csv.writer(text)
            writer.writerow([_csv_cell(name) for name in header])
            writer.writerows([_csv_cell(cell) for cell in row] for row in rows)
        finally:
            text.detach()

    write_whole(path, write)


def writable_text(text: str) -> str:
    """Return the text without control characters, its lines ended by a plain line feed."""
    return _NOT_TEXT.sub("", _LINE_END.sub("\n", text))


def _csv_cell(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(writable_text(cell))
    if isinstance(cell, datetime):
        return cell.isoformat(" ", "seconds")
    return str(cell)
