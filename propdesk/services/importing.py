"""Take in a workbook or statement of any kind: preview first, then all rows that can be stored.

Sources: decisions 10 and 30, F35-F37. All of it is written in one transaction, or nothing. Each
kind gives its `Frame` from a module of its own; window and command line ask here.
"""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from propdesk.domain.import_kinds import FIELDS, missing_fields
from propdesk.domain.imports import (
    ColumnMapping,
    ImportKind,
    ImportPreview,
    ImportResult,
    Outcome,
    columns_missing,
)
from propdesk.domain.texts import clean_line
from propdesk.services.importing_assets import ASSETS
from propdesk.services.importing_bills import BILLS
from propdesk.services.importing_complaints import COMPLAINTS
from propdesk.services.importing_payments import PAYMENTS
from propdesk.services.importing_readings import READINGS
from propdesk.services.importing_residents import RESIDENTS
from propdesk.services.importing_tariffs import TARIFFS
from propdesk.services.importing_units import UNITS
from propdesk.services.importing_vehicles import VEHICLES
from propdesk.services.parts.bulk import Course, Report, Stop, collector_paused
from propdesk.services.parts.import_frame import Frame, Writing, import_actor
from propdesk.services.parts.import_runs import (
    READ_SHARE,
    Source,
    log_import,
    read_source,
    remember_columns,
)
from propdesk.services.parts.writing import writing

_PLAN_SHARE = 700

FRAMES: Mapping[ImportKind, Frame[Any]] = {
    ImportKind.COMPLAINTS: COMPLAINTS,
    ImportKind.RESIDENTS: RESIDENTS,
    ImportKind.UNITS: UNITS,
    ImportKind.VEHICLES: VEHICLES,
    ImportKind.TARIFFS: TARIFFS,
    ImportKind.PAYMENTS: PAYMENTS,
    ImportKind.READINGS: READINGS,
    ImportKind.BILLS: BILLS,
    ImportKind.ASSETS: ASSETS,
}


@collector_paused()
def preview_import(  # noqa: PLR0913 - all that may be chosen about a file
    kind: ImportKind,
    path: Path,
    *,
    now: datetime,
    mapping: ColumnMapping | None = None,
    sheet: str | None = None,
    community: str = "",
    take_hidden: bool = False,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> ImportPreview:
    """Return what an import of the file would do; nothing is written.

    `community` is where houses belong whose row does not say it; kinds that name no houses pass
    over it. Raises RuleError for a file that cannot be read or lacks the needed columns, and
    Cancelled.
    """
    course = Course(on_progress, cancelled)
    source = _read(kind, path, mapping, sheet, course, take_hidden=take_hidden)
    step = course.stage(READ_SHARE, Course.WHOLE)
    return FRAMES[kind].plan(source, clean_line(community), now, step)[0]


@collector_paused()
def import_file(  # noqa: PLR0913 - all that may be chosen about a file
    kind: ImportKind,
    path: Path,
    *,
    by: int,
    now: datetime,
    mapping: ColumnMapping | None = None,
    sheet: str | None = None,
    community: str = "",
    take_hidden: bool = False,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> ImportResult:
    """Take in the file as staff member `by`: all rows that can be stored, or nothing at all.

    Raises as `preview_import` does, and RuleError for whoever may not take this kind in.
    """
    frame, staff = FRAMES[kind], import_actor(kind, by)
    course = Course(on_progress, cancelled)
    source = _read(kind, path, mapping, sheet, course, take_hidden=take_hidden)
    with writing():
        step = course.stage(READ_SHARE, _PLAN_SHARE)
        preview, planned = frame.plan(source, clean_line(community), now, step)
        import_id = None
        remember_columns(source)
        step = course.stage(_PLAN_SHARE, Course.WHOLE)
        if preview.count(Outcome.ADDED):
            import_id = log_import(preview, by=staff.id, now=now, sha256=source.sha256)
            frame.write(planned, Writing(import_id, staff.id, now, source, course, step))
        step(1, 1)
    return ImportResult(import_id, preview)


def _read(
    kind: ImportKind,
    path: Path,
    mapping: ColumnMapping | None,
    sheet: str | None,
    course: Course,
    *,
    take_hidden: bool,
) -> Source:
    """Return what the file says; refuse one that lacks columns which its kind needs."""
    fields = FIELDS[kind]
    source = read_source(
        kind, path, fields, mapping=mapping, sheet=sheet, course=course, take_hidden=take_hidden
    )
    missing = missing_fields(kind, source.columns)
    if missing:
        named = {field.name: field for field in fields}
        raise columns_missing([named[name] for name in missing], source.table.header)
    return source
