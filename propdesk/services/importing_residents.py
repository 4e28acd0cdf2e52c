"""Take in a workbook of residents: houses, people, phones and plates, all of it or nothing.

Sources: decisions 30 and 32, F35-F37, F47. A row that brings something new to a house that stands
already (a phone, a plate, a person) counts as added; what stands is never overwritten: where the
file says something else, the row is listed for a person. The same file twice adds nothing.
"""

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from propdesk.domain.cells import CellError, cell_line
from propdesk.domain.imported_residents import (
    RESIDENT_FIELDS,
    ImportedHouse,
    read_house,
)
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
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, elide
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.bulk import Course, collector_paused
from propdesk.services.parts.import_runs import (
    READ_SHARE,
    Source,
    log_import,
    read_source,
    remember_columns,
)
from propdesk.services.parts.register import Register
from propdesk.services.parts.settings import load_settings
from propdesk.services.parts.writing import writing
from propdesk.sheets.tables import Row

_PLAN_SHARE = 700
_SHOWN = 60


@collector_paused()
def preview_residents(
    path: Path,
    *,
    mapping: ColumnMapping | None = None,
    sheet: str | None = None,
    community: str = "",
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportPreview:
    """Return what an import of the file would do; nothing is written.

    `community` is where houses belong whose row does not say it. Raises RuleError for a file that
    cannot be read or lacks the needed columns, and Cancelled.
    """
    course = Course(on_progress, cancelled)
    source = _read(path, mapping, sheet, course)
    return _plan(source, Register(), community, course.stage(READ_SHARE, Course.WHOLE))


@collector_paused()
def import_residents(
    path: Path,
    *,
    by: int,
    now: datetime,
    mapping: ColumnMapping | None = None,
    sheet: str | None = None,
    community: str = "",
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> ImportResult:
    """Take in the file as staff member `by`: all rows that can be stored, or nothing at all.

    The communities, buildings, entrances and houses that it meets are made and counted. Raises as
    `preview_residents` does.
    """
    staff = actor(by, Right.IMPORT)
    course = Course(on_progress, cancelled)
    source = _read(path, mapping, sheet, course)
    with writing():
        register = Register()
        preview = _plan(source, register, community, course.stage(READ_SHARE, _PLAN_SHARE))
        import_id = None
        remember_columns(source)
        if preview.count(Outcome.ADDED):
            import_id = log_import(preview, by=staff.id, now=now)
            register.store(import_id, course, course.stage(_PLAN_SHARE, Course.WHOLE))
        course.stage(_PLAN_SHARE, Course.WHOLE)(1, 1)
    return ImportResult(import_id, preview)


def _read(path: Path, mapping: ColumnMapping | None, sheet: str | None, course: Course) -> Source:
    source = read_source(
        ImportKind.RESIDENTS, path, RESIDENT_FIELDS, mapping=mapping, sheet=sheet, course=course
    )
    fields = {field.name: field for field in RESIDENT_FIELDS}
    has = source.columns.has
    missing = [] if has("unit") or (has("building") and has("room")) else [fields["unit"]]
    missing += [] if has("name") else [fields["name"]]
    if missing:
        raise columns_missing(missing, source.table.header)
    return source


def _plan(
    source: Source, register: Register, community: str, step: Callable[[int, int], None]
) -> ImportPreview:
    columns = source.columns
    home = clean_line(community) or _home(register)
    total = len(source.table.rows)
    outcomes: list[RowOutcome] = []
    changed = 0
    for index, row in enumerate(source.table.rows):
        if index % 200 == 0:
            step(index, total)
        try:
            house = read_house(columns, row.values)
            outcome, doubts, new = _take(register, house, home)
        except CellError as error:
            outcomes.append(_rejected(columns, row, str(error)))
            continue
        changed += outcome is Outcome.ADDED and not new
        outcomes.append(
            RowOutcome(
                row.line,
                outcome,
                f"{house.address.short} {_names(one.name for one in house.people)}".strip(),
                row.values,
                needs_person=" ".join((*house.doubts, *doubts)),
            )
        )
    step(total, total)
    return ImportPreview(
        kind=source.kind,
        file_name=source.table.file_name,
        sheet_name=source.table.sheet_name,
        sheet_names=source.table.sheet_names,
        header=source.table.header,
        mapping=source.mapping,
        rows=tuple(outcomes),
        made={**register.made(), "changed": changed},
    )


def _home(register: Register) -> str:
    """Return the community of rows that name none: the only one, or the office's own name.

    With several it has to be said ('' then, and the rows are rejected that do not say it).
    """
    known = register.communities
    return "" if len(known) > 1 else next(iter(known), load_settings().office_name)


def _names(names: Iterable[str]) -> str:
    return elide("、".join(names), _SHOWN)


def _take(register: Register, house: ImportedHouse, home: str) -> tuple[Outcome, list[str], bool]:
    """Bring a row into the register; tell what became of it, what is doubtful, if it is new."""
    community = house.community or home
    if not community:
        raise CellError(
            _("There are several communities ({names}); say which one it is.").format(
                names=", ".join(register.communities)
            )
        )
    before = register.changes
    unit = register.find_unit(community, house.address)
    is_new = unit is None
    if unit is None:
        if not house.people:
            raise CellError(_("There is no owner's name."))
        unit = register.add_unit(community, house.address)
    doubts = register.fill_unit(unit, house)
    for person in house.people:
        doubts += register.take_person(unit, person)
    return Outcome.ADDED if register.changes > before else Outcome.UNCHANGED, doubts, is_new


def _rejected(columns: Columns, row: Row, reason: str) -> RowOutcome:
    said = (
        cell_line(columns.cell(row.values, name))
        for name in ("building", "entrance", "room", "unit", "name")
    )
    what = elide(" ".join(filter(None, said)), _SHOWN)
    return RowOutcome(row.line, Outcome.REJECTED, what, row.values, reason)
