"""The way of every import: read the file, plan what comes of its rows, write all of it or nothing.

Sources: decisions 10 and 30, F35-F37. A kind of import says which columns it needs, what comes of
the rows, and how what is planned is written; the same plan is what the preview shows.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Generic, TypeVar

from propdesk.domain.cells import cell_line
from propdesk.domain.import_kinds import FEE_KINDS, FIELDS, IMPORT_RIGHTS, missing_fields
from propdesk.domain.imports import (
    ColumnMapping,
    Columns,
    ImportKind,
    ImportPreview,
    ImportResult,
    Outcome,
    RowOutcome,
    columns_missing,
)
from propdesk.domain.staff import Staff
from propdesk.domain.texts import elide
from propdesk.services.parts.actors import actor
from propdesk.services.parts.bulk import Course, Report, Stop, collector_paused
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.import_runs import (
    READ_SHARE,
    Source,
    log_import,
    read_source,
    remember_columns,
)
from propdesk.services.parts.writing import writing
from propdesk.sheets.tables import Row

_PLAN_SHARE = 700
_SHOWN = 60

Planned = TypeVar("Planned")


@dataclass(frozen=True, slots=True)
class Choices:
    """What was chosen about a file; `community` is for houses whose row names none."""

    mapping: ColumnMapping | None = None
    sheet: str | None = None
    community: str = ""
    take_hidden: bool = False


@dataclass(frozen=True, slots=True)
class Watch:
    """Who looks on while a file is read: how far it is, and whether somebody pressed cancel."""

    on_progress: Report | None = None
    cancelled: Stop | None = None


@dataclass(frozen=True, slots=True)
class Writing:
    """An import that is being written: its id, by whom and when, and how far it is."""

    import_id: int
    by: int
    now: datetime
    source: Source
    course: Course
    step: Report


@dataclass(frozen=True, slots=True)
class Frame(Generic[Planned]):
    """One kind of import: `plan` tells what comes of each row and what is to be written of it.

    `write` writes that.
    """

    kind: ImportKind
    plan: Callable[[Source, Choices, datetime, Report], tuple[ImportPreview, Planned]]
    write: Callable[[Planned, Writing], None]


def import_actor(kind: ImportKind, staff_id: int) -> Staff:
    """Return who takes a file in, or refuse: a right is missing, or guards take no part in fees."""
    who = fee_actor if kind in FEE_KINDS else actor
    return [who(staff_id, right) for right in IMPORT_RIGHTS[kind]][-1]


@collector_paused()
def preview_file(
    frame: Frame[Planned], path: Path, choices: Choices, watch: Watch, *, now: datetime
) -> ImportPreview:
    """Return what an import of the file would do; nothing is written.

    Raises RuleError for a file that cannot be read or lacks the needed columns, and Cancelled.
    """
    course = Course(watch.on_progress, watch.cancelled)
    source = _read(frame, path, choices, course)
    return frame.plan(source, choices, now, course.stage(READ_SHARE, Course.WHOLE))[0]


@collector_paused()
def import_file(
    frame: Frame[Planned], path: Path, choices: Choices, watch: Watch, *, by: int, now: datetime
) -> ImportResult:
    """Take in the file as staff member `by`: all rows that can be stored, or nothing at all."""
    staff = import_actor(frame.kind, by)
    course = Course(watch.on_progress, watch.cancelled)
    source = _read(frame, path, choices, course)
    with writing():
        step = course.stage(READ_SHARE, _PLAN_SHARE)
        preview, planned = frame.plan(source, choices, now, step)
        import_id = None
        remember_columns(source)
        step = course.stage(_PLAN_SHARE, Course.WHOLE)
        if preview.count(Outcome.ADDED):
            import_id = log_import(preview, by=staff.id, now=now, sha256=source.sha256)
            frame.write(planned, Writing(import_id, staff.id, now, source, course, step))
        step(1, 1)
    return ImportResult(import_id, preview)


def _read(frame: Frame[Planned], path: Path, choices: Choices, course: Course) -> Source:
    fields = FIELDS[frame.kind]
    source = read_source(
        frame.kind, path, fields, mapping=choices.mapping, sheet=choices.sheet, course=course,
        take_hidden=choices.take_hidden,
    )  # fmt: skip
    missing = missing_fields(frame.kind, source.columns)
    if missing:
        named = {field.name: field for field in fields}
        raise columns_missing([named[name] for name in missing], source.table.header)
    return source


def named_row(columns: Columns, row: Row, names: Sequence[str]) -> str:
    """Return a row in a few words as it stands, by the cells of these fields."""
    said = (cell_line(columns.cell(row.values, name)) for name in names)
    return elide(" ".join(filter(None, said)), _SHOWN)


def rejected_row(columns: Columns, row: Row, reason: str, names: Sequence[str]) -> RowOutcome:
    """Return the outcome of a row that cannot be stored, named by the cells of these fields."""
    what = named_row(columns, row, names)
    return RowOutcome(row.line, Outcome.REJECTED, what, row.values, reason)
