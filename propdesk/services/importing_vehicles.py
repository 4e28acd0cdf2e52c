"""Take in a list of vehicles: plates of houses that the register knows, with owner and space.

No house is made here: a plate beside a house that nobody knows is more often a slip than a house.
"""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.cells import Cell, CellError
from propdesk.domain.imported_places import PlaceReader
from propdesk.domain.imported_vehicles import ImportedVehicle, read_vehicle
from propdesk.domain.imports import ColumnMapping, Columns, ImportKind, ImportPreview, ImportResult
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


def _read(
    columns: Columns, values: Sequence[Cell], places: PlaceReader, _today: date
) -> ImportedVehicle:
    return read_vehicle(columns, values, places)


def _find(register: Register, community: str, said: ImportedVehicle) -> tuple[HeldUnit, bool]:
    unit = register.find_unit(community, said.address)
    if unit is None:
        raise CellError(
            _("There is no house {house} in the register; import the houses first.").format(
                house=said.address.short
            )
        )
    return unit, False


def _take(register: Register, unit: HeldUnit, said: ImportedVehicle, community: str) -> list[str]:
    return register.take_vehicle(unit, said, community)


def _say(said: ImportedVehicle) -> str:
    return f"{said.address.short} {said.plate}"


_KIND = Kind(ImportKind.VEHICLES, _read, _find, _take, _say)


def preview_vehicles(
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


def import_vehicles(  # noqa: PLR0913 - all that may be chosen about a file
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

    Owner and parking space are taken where the register knows them.
    Raises as `preview_vehicles` does.
    """
    choices = Choices(mapping, sheet, community, take_hidden)
    return import_register(_KIND, path, choices, Watch(on_progress, cancelled), by=by, now=now)
