"""What both imports do: read the file, choose the columns, remember the choice, log the import."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.imports import (
    ColumnMapping,
    Columns,
    ImportField,
    ImportKind,
    ImportPreview,
    Outcome,
    check_columns,
    header_mark,
    headings_of,
    recognise_columns,
)
from propdesk.services.parts import settings
from propdesk.services.parts.bulk import Course
from propdesk.services.parts.writing import local
from propdesk.sheets.reading import read_table
from propdesk.sheets.tables import Table
from propdesk.storage.office import ImportRecord

READ_SHARE = 500
"""Reading is about half of an import's time (of 1000)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read, and what its columns mean."""

    kind: ImportKind
    table: Table
    mapping: ColumnMapping
    chosen: bool

    @property
    def columns(self) -> Columns:
        """The cells of a row by field."""
        return Columns(self.mapping, self.table.header)


def read_source(
    kind: ImportKind,
    path: Path,
    fields: Sequence[ImportField],
    *,
    mapping: ColumnMapping | None,
    sheet: str | None,
    course: Course,
) -> Source:
    """Read a file; its columns are those given, else those remembered, else those recognised.

    A mapping that is given stands above what is recognised, field by field.
    """
    wanted: Collection[str] = headings_of(fields)
    if mapping:
        wanted = [*wanted, *(column for columns in mapping.values() for column in columns)]
    table = read_table(path, sheet=sheet, wanted=wanted, on_progress=course.stage(0, READ_SHARE))
    course.check()
    found = recognise_columns(table.header, fields)
    if mapping:
        check_columns(mapping, table.header)
        found = _put_right(found, mapping)
    elif remembered := settings.get(_key(kind, table)):
        names = {field.name for field in fields}
        kept = {name: tuple(columns) for name, columns in remembered.items() if name in names}
        found = _put_right(found, kept)
    return Source(kind, table, found, bool(mapping))


def _put_right(found: ColumnMapping, chosen: ColumnMapping) -> ColumnMapping:
    """Return the recognised columns with the chosen ones in their place; a column says one thing.

    A field that is chosen without a column is not taken at all.
    """
    taken = {column for columns in chosen.values() for column in columns}
    rest = {
        name: tuple(column for column in columns if column not in taken)
        for name, columns in found.items()
        if name not in chosen
    }
    return {name: columns for name, columns in {**rest, **chosen}.items() if columns}


def _key(kind: ImportKind, table: Table) -> str:
    return f"mapping.{kind.value}.{header_mark(table.header)}"


def remember_columns(source: Source) -> None:
    """Keep a mapping that was chosen by hand, for the next file with this header."""
    if source.chosen:
        columns = {name: list(columns) for name, columns in source.mapping.items()}
        settings.put(_key(source.kind, source.table), columns)


def log_import(preview: ImportPreview, *, by: int, now: datetime) -> int:
    """Write the import's line, by whose id it can be undone; return the id."""
    record = ImportRecord.create(
        kind=preview.kind.value,
        file_name=preview.file_name,
        at=local(now),
        staff_id=by,
        rows=len(preview.rows),
        **{outcome.value: preview.count(outcome) for outcome in Outcome},
    )
    return int(record.id)
