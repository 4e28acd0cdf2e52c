"""Take in a workbook of residents: houses, people, phones and plates, all of it or nothing.

A row that brings something new to a house that stands already (a phone, a plate, a person) counts
as added; what stands is never overwritten: where the file says something else, the row is listed
for a person. The same file twice adds nothing (decisions 30 and 32, F35-F37, F47).
"""

from datetime import datetime
from pathlib import Path

from propdesk.domain.cells import CellError
from propdesk.domain.imported_residents import ImportedHouse, read_house
from propdesk.domain.imports import ColumnMapping, ImportKind, ImportPreview, ImportResult
from propdesk.i18n import _
from propdesk.services.parts.bulk import Report, Stop
from propdesk.services.parts.import_frame import Choices, Watch
from propdesk.services.parts.register import Register
from propdesk.services.parts.register_imports import (
    Kind,
    import_register,
    preview_register,
)
from propdesk.services.parts.register_rows import HeldUnit


def _find(register: Register, community: str, house: ImportedHouse) -> tuple[HeldUnit, bool]:
    unit = register.find_unit(community, house.address)
    if unit is not None:
        return unit, False
    if not house.people:
        raise CellError(_("There is no owner's name."))
    return register.add_unit(community, house.address), True


def _take(register: Register, unit: HeldUnit, house: ImportedHouse, _community: str) -> list[str]:
    for plate in house.plates:
        register.take_plate(unit, plate)
    return [doubt for person in house.people for doubt in register.take_person(unit, person)]


def _say(house: ImportedHouse) -> str:
    return f"{house.address.short} {'、'.join(one.name for one in house.people)}".strip()


_KIND = Kind(ImportKind.RESIDENTS, read_house, _find, _take, _say)


def preview_residents(
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

    `community` is where houses belong whose row does not say it. Raises RuleError for a file that
    cannot be read or lacks the needed columns, and Cancelled.
    """
    choices = Choices(mapping, sheet, community, take_hidden)
    return preview_register(_KIND, path, choices, Watch(on_progress, cancelled), now=now)


def import_residents(  # noqa: PLR0913 - all that may be chosen about a file
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

    The communities, buildings, entrances and houses that it meets are made and counted.
    Raises as `preview_residents` does.
    """
    choices = Choices(mapping, sheet, community, take_hidden)
    return import_register(_KIND, path, choices, Watch(on_progress, cancelled), by=by, now=now)
