"""Take in a list of houses: where they are, what they are, how large, in which state.

What a house has for the first time is its first value and needs no line in its history; where the
file says something else than the register, the register stands and the row is listed for a person.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.cells import Cell
from propdesk.domain.imported_places import PlaceReader
from propdesk.domain.imported_units import ImportedUnit, read_unit
from propdesk.domain.imports import ColumnMapping, Columns, ImportKind, ImportPreview, ImportResult
from propdesk.services.parts.bulk import Report, Stop
from propdesk.services.parts.import_frame import Choices, Watch
from propdesk.services.parts.register import Register
from propdesk.services.parts.register_imports import (
    Kind,
    import_register,
    preview_register,
)
from propdesk.services.parts.register_rows import HeldUnit


def _read(
    columns: Columns, values: Sequence[Cell], places: PlaceReader, _today: date
) -> ImportedUnit:
    return read_unit(columns, values, places)


def _find(register: Register, community: str, said: ImportedUnit) -> tuple[HeldUnit, bool]:
    unit = register.find_unit(community, said.address)
    if unit is not None:
        return unit, False
    return register.add_unit(community, said.address), True


def _take(_register: Register, _unit: HeldUnit, _said: ImportedUnit, _community: str) -> list[str]:
    return []


def _say(said: ImportedUnit) -> str:
    return said.address.short


_KIND = Kind(ImportKind.UNITS, _read, _find, _take, _say)


def preview_units(
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


def import_units(  # noqa: PLR0913 - all that may be chosen about a file
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

    The communities, buildings and entrances that it meets are made and counted.
    Raises as `preview_units` does.
    """
    choices = Choices(mapping, sheet, community, take_hidden)
    return import_register(_KIND, path, choices, Watch(on_progress, cancelled), by=by, now=now)
