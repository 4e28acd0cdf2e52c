"""Take in a list of vehicles: plates of houses that the register knows, with owner and space.

No house is made here: a plate beside a house that nobody knows is more often a slip than a house.
"""

from collections.abc import Sequence
from datetime import date

from propdesk.domain.cells import Cell, CellError
from propdesk.domain.imported_places import PlaceReader
from propdesk.domain.imported_vehicles import ImportedVehicle, read_vehicle
from propdesk.domain.imports import Columns
from propdesk.i18n import _
from propdesk.services.parts.register import Register
from propdesk.services.parts.register_imports import Kind, register_frame
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


VEHICLES = register_frame(Kind(_read, _find, _take, _say))
"""Owner and parking space are taken where the register knows them."""
