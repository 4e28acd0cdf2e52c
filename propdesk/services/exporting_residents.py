"""Write who lives in the houses as XLSX, CSV or JSON, masked unless ordered in full (law.md 1.7).

Optional details and what is sensitive are in no export (R80). Free notes are left out of a masked
one, because nobody knows what they say. What is exported in full and imported again adds nothing.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import IO, Any

from propdesk.domain.data_exports import DataExport, ExportOrder
from propdesk.domain.masking import mask_name, mask_phone, mask_plate
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.i18n import LazyText, _, _lazy
from propdesk.services.parts.bulk import Course
from propdesk.services.parts.data_exports import run_export
from propdesk.services.parts.periods import not_ended, present
from propdesk.services.parts.table_files import write_table
from propdesk.sheets.part_file import write_whole
from propdesk.sheets.writing import Cell, SheetOut
from propdesk.storage.database import database, rows

_EVERY = 200
# What stands between several values of a cell: blanks and commas are in phones and names.
_BETWEEN = "、"

# The name in JSON, the heading in a workbook, its width in characters, Excel's number format.
_COLUMNS: tuple[tuple[str, LazyText, float, str | None], ...] = (
    ("community", _lazy("Community"), 16, None),
    ("house", _lazy("House"), 14, None),
    ("building", _lazy("Building"), 9, None),
    ("entrance", _lazy("Entrance"), 9, None),
    ("room", _lazy("Room"), 9, None),
    ("name", _lazy("Name"), 14, None),
    ("salutation", _lazy("Salutation"), 12, None),
    ("role", _lazy("Role"), 10, None),
    ("phones", _lazy("Phone"), 28, None),
    ("from_on", _lazy("Moved in on"), 12, None),
    ("area_m2", _lazy("Area (m²)"), 10, "0.00"),
    ("plates", _lazy("Plate"), 20, None),
    ("note", _lazy("Note"), 30, None),
    ("house_note", _lazy("Note on the house"), 30, None),
)
# One line for each present resident, and one for a house without people.
_RESIDENTS = (
    "SELECT c.name, u.short, b.name, e.name, u.number, p.name, p.salutation, r.role, "
    "(SELECT group_concat(phone, '、') FROM (SELECT phone FROM phone WHERE person_id = p.id "
    " ORDER BY id)), r.from_on, u.area_dm2, "
    "(SELECT group_concat(plate, '、') FROM (SELECT plate FROM vehicle v WHERE v.unit_id = u.id "
    " AND {kept} ORDER BY id)), p.note, u.note "
    "FROM unit u JOIN entrance e ON e.id = u.entrance_id JOIN building b ON b.id = e.building_id "
    "JOIN community c ON c.id = b.community_id "
    "LEFT JOIN (residency r JOIN person p ON p.id = r.person_id AND p.sealed_at IS NULL "
    "AND p.erased_at IS NULL) ON r.unit_id = u.id AND {present} "
    "ORDER BY c.name, CAST(b.name AS INTEGER), b.name, CAST(e.name AS INTEGER), e.name, "
    "CAST(u.number AS INTEGER), u.number, r.id"
)
_COUNT = (
    "SELECT (SELECT count(*) FROM residency r JOIN person p ON p.id = r.person_id "
    "AND p.sealed_at IS NULL AND p.erased_at IS NULL WHERE {present}) + "
    "(SELECT count(*) FROM unit u WHERE NOT EXISTS (SELECT 1 FROM residency r "
    "JOIN person p ON p.id = r.person_id AND p.sealed_at IS NULL AND p.erased_at IS NULL "
    "WHERE r.unit_id = u.id AND {present}))"
)


def export_residents(
    target: Path,
    order: ExportOrder,
    *,
    by: int,
    now: datetime,
    on_progress: Callable[[int, int], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> DataExport:
    """Write the register, a line for each present resident, and note the export.

    Raises DraftError for an order without purpose or receiver, RuleError for a staff member who may
    not, for many rows in full without a second one, for a file name that is none of the three kinds
    and for a place that cannot be written, and Cancelled.
    """
    today = now.date()
    course = Course(on_progress, cancelled)

    def count() -> int:
        return int(rows(_COUNT.format(present=present("r", today)))[0][0])

    def write(total: int) -> None:
        found = _counted(today, total, course)
        lines = (_line(row, is_plain=order.is_plain) for row in found)
        if target.suffix.lower() == ".json":
            write_whole(target, lambda file: _write_json(file, lines))
            return
        heads = [str(heading) for _code, heading, _width, _format in _COLUMNS]
        widths = [width for _code, _heading, width, _format in _COLUMNS]
        formats = [form for _code, _heading, _width, form in _COLUMNS]
        cells = (_cells(line) for line in lines)
        write_table(target, SheetOut(_("Residents"), heads, cells, widths, formats))

    endings = (".xlsx", ".csv", ".json")
    return run_export(target, "residents", order, endings, by=by, now=now, count=count, write=write)


def _counted(today: date, total: int, course: Course) -> Iterator[Any]:
    """Yield the rows one by one, telling how far it is."""
    step = course.stage(0, Course.WHOLE)
    found = _RESIDENTS.format(present=present("r", today), kept=not_ended("v", today))
    for index, row in enumerate(database.execute_sql(found)):
        if index % _EVERY == 0:
            step(index, total)
        yield row
    step(1, 1)


def _line(row: Sequence[Any], *, is_plain: bool) -> dict[str, Any]:
    """Return one line as it leaves the office."""
    name, salutation, note, house_note = (row[n] or "" for n in (5, 6, 12, 13))
    phones, plates = _several(row[8]), _several(row[11])
    if not is_plain:
        name, salutation, note, house_note = mask_name(name), mask_name(salutation), "", ""
        phones, plates = [*map(mask_phone, phones)], [*map(mask_plate, plates)]
    values = (
        *row[:5], name, salutation, row[7], phones, row[9],
        None if row[10] is None else row[10] / 100, plates, note, house_note,
    )  # fmt: skip
    return dict(zip((code for code, *_more in _COLUMNS), values, strict=True))


def _several(text: str | None) -> list[str]:
    return [part for part in (text or "").split(_BETWEEN) if part]


def _cells(line: dict[str, Any]) -> tuple[Cell, ...]:
    """Return a line as the cells of a table, in words."""
    words = line | {
        "role": str(ROLE_LABELS[ResidentRole(line["role"])]) if line["role"] else "",
        "phones": _BETWEEN.join(line["phones"]),
        "plates": _BETWEEN.join(line["plates"]),
        "from_on": date.fromisoformat(line["from_on"]) if line["from_on"] else None,
    }
    return tuple(words[code] for code, *_more in _COLUMNS)


def _write_json(file: IO[bytes], lines: Iterator[dict[str, Any]]) -> None:
    """Write a JSON list, a line of text for each line of the register."""
    before = b"[\n"
    for line in lines:
        file.write(before + json.dumps(line, ensure_ascii=False).encode())
        before = b",\n"
    file.write(b"[]\n" if before == b"[\n" else b"\n]\n")
