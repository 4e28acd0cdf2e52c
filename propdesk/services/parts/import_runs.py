"""What all imports do: read the file, choose the columns, remember the choice, log the import."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.imports import (
    ColumnMapping,
    Columns,
    ImportField,
    ImportKind,
    ImportPreview,
    LeftOutLine,
    Outcome,
    RowOutcome,
    check_columns,
    header_mark,
    headings_of,
    recognise_columns,
)
from propdesk.i18n import _, ngettext
from propdesk.services.parts import settings
from propdesk.services.parts.bulk import Course
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import local
from propdesk.sheets.left_out import WhyLeftOut
from propdesk.sheets.reading import read_table
from propdesk.sheets.tables import Table
from propdesk.storage.database import rows
from propdesk.storage.office import ImportRecord

READ_SHARE = 500
"""Reading is about half of an import's time (of 1000)."""


@dataclass(frozen=True, slots=True)
class Source:
    """A file that was read, and what its columns mean.

    `told` are sentences about the file as a whole; `not_taken` are columns of personal data that
    the office has not switched on.
    """

    kind: ImportKind
    table: Table
    mapping: ColumnMapping
    chosen: bool
    sha256: str = ""
    told: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()

    @property
    def columns(self) -> Columns:
        """The cells of a row by field."""
        return Columns(self.mapping, self.table.header, days_from_1904=self.table.days_from_1904)


def read_source(
    kind: ImportKind,
    path: Path,
    fields: Sequence[ImportField],
    *,
    mapping: ColumnMapping | None,
    sheet: str | None,
    course: Course,
    take_hidden: bool = False,
) -> Source:
    """Read a file; its columns are those given, else those remembered, else those recognised.

    A mapping that is given stands above what is recognised, field by field. Hidden rows and columns
    are not taken unless they are asked for.
    """
    wanted: Collection[str] = headings_of(fields)
    if mapping:
        wanted = [*wanted, *(column for columns in mapping.values() for column in columns)]
    table = read_table(
        path,
        sheet=sheet,
        wanted=wanted,
        take_hidden=take_hidden,
        on_progress=course.stage(0, READ_SHARE),
    )
    course.check()
    found = recognise_columns(table.header, fields, table.hidden_columns)
    if mapping:
        check_columns(mapping, table.header)
        found = _put_right(found, mapping)
    elif remembered := settings.get(_key(kind, table)):
        names = {field.name for field in fields}
        kept = {name: tuple(columns) for name, columns in remembered.items() if name in names}
        found = _put_right(found, kept)
    found, not_taken = _only_kept(found, fields)
    sha256 = file_hash(path)
    told = (*_told_before(kind, sha256), *_told_of(table, fields, not_taken, found))
    columns = tuple(column for one in not_taken.values() for column in one)
    return Source(kind, table, found, bool(mapping), sha256, told, columns)


def file_hash(path: Path) -> str:
    """Return the SHA-256 of a file, by which the very same one is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def same_import(kind: ImportKind, sha256: str) -> tuple[int, str, str] | None:
    """Return id, time and person of the last import of the very same file that still stands."""
    found = rows(
        "SELECT i.id, i.at, s.name FROM import i JOIN staff s ON s.id = i.staff_id "
        "WHERE i.sha256 = ? AND i.kind = ? AND i.undone_at IS NULL ORDER BY i.id DESC LIMIT 1",
        sha256,
        kind.value,
    )
    return found[0] if found else None


def _told_before(kind: ImportKind, sha256: str) -> tuple[str, ...]:
    same = same_import(kind, sha256)
    if same is None:
        return ()
    text = _("{name} imported this very file on {time} already (import {id}).")
    at = datetime.fromisoformat(same[1])
    return (text.format(name=same[2], time=f"{at:%Y-%m-%d %H:%M}", id=same[0]),)


def _only_kept(
    found: ColumnMapping, fields: Sequence[ImportField]
) -> tuple[ColumnMapping, dict[str, tuple[str, ...]]]:
    """Leave out the personal data that the office did not switch on (PIPL 6)."""
    kept = frozenset(load_settings("kept_fields").kept_fields)
    closed = {one.name for one in fields if one.catalogued and one.catalogued not in kept}
    left = {name: columns for name, columns in found.items() if name in closed}
    return {name: columns for name, columns in found.items() if name not in closed}, left


def _told_of(
    table: Table,
    fields: Sequence[ImportField],
    not_taken: dict[str, tuple[str, ...]],
    mapping: ColumnMapping,
) -> tuple[str, ...]:
    """Return what has to be told of a file before its rows are looked at."""
    labels = {field.name: field.label for field in fields}
    told = [
        _("Column {columns} is not taken: the office does not keep «{field}».").format(
            columns=", ".join(columns), field=labels[name]
        )
        for name, columns in not_taken.items()
    ]
    used = {column for columns in mapping.values() for column in columns}
    hidden = [column for column in table.hidden_columns if column not in used]
    if hidden:
        text = _("Hidden columns are not taken: {columns}. Choose them by hand to take them.")
        told.append(text.format(columns=", ".join(hidden)))
    if table.is_hidden_sheet:
        told.append(_("The sheet «{sheet}» is hidden.").format(sheet=table.sheet_name))
    for why, lines in _by_reason(table).items():
        shown = ", ".join(map(str, lines[:_SHOWN_LINES]))
        more = " ..." if len(lines) > _SHOWN_LINES else ""
        told.append(_LEFT_OUT[why](len(lines)).format(count=len(lines), lines=shown + more))
    return tuple(told)


_SHOWN_LINES = 12
_LEFT_OUT: Mapping[WhyLeftOut, Callable[[int], str]] = {
    WhyLeftOut.HIDDEN: lambda n: ngettext(
        "{count} hidden row is not taken (line {lines}).",
        "{count} hidden rows are not taken (lines {lines}).",
        n,
    ),
    WhyLeftOut.TITLE: lambda n: ngettext(
        "{count} repeated title is left out (line {lines}).",
        "{count} repeated titles are left out (lines {lines}).",
        n,
    ),
    WhyLeftOut.HEADER: lambda n: ngettext(
        "{count} repeated row of column names is left out (line {lines}).",
        "{count} repeated rows of column names are left out (lines {lines}).",
        n,
    ),
    WhyLeftOut.TOTAL: lambda n: ngettext(
        "{count} sum is left out (line {lines}).", "{count} sums are left out (lines {lines}).", n
    ),
    WhyLeftOut.NOTE: lambda n: ngettext(
        "{count} note is left out (line {lines}).", "{count} notes are left out (lines {lines}).", n
    ),
}


def _by_reason(table: Table) -> dict[WhyLeftOut, list[int]]:
    found: dict[WhyLeftOut, list[int]] = {}
    for one in table.left_out:
        found.setdefault(one.why, []).append(one.line)
    return {why: found[why] for why in WhyLeftOut if why in found}


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


def make_preview(
    source: Source, outcomes: Iterable[RowOutcome], made: Mapping[str, int]
) -> ImportPreview:
    """Return what comes of a file: its rows, and what is told of the file itself."""
    table = source.table
    return ImportPreview(
        kind=source.kind,
        file_name=table.file_name,
        sheet_name=table.sheet_name,
        sheet_names=table.sheet_names,
        header=table.header,
        mapping=source.mapping,
        rows=tuple(outcomes),
        made=made,
        told=source.told,
        left_out=tuple(LeftOutLine(one.line, one.why.value) for one in table.left_out),
        hidden_columns=table.hidden_columns,
        not_taken=source.not_taken,
    )


def log_import(preview: ImportPreview, *, by: int, now: datetime, sha256: str) -> int:
    """Write the import's line, by whose id it can be undone; return the id."""
    record = ImportRecord.create(
        kind=preview.kind.value,
        file_name=preview.file_name,
        at=local(now),
        staff_id=by,
        rows=len(preview.rows),
        sha256=sha256 or None,
        **{outcome.value: preview.count(outcome) for outcome in Outcome},
    )
    return int(record.id)
