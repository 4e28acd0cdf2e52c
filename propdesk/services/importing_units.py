"""Take in a list of houses: where they are, what they are, how large, in which state.

What a house has for the first time is its first value and needs no line in its history; where the
file says something else than the register, the register stands and the row is listed for a person.
"""

from collections.abc import Sequence
from datetime import date

from propdesk.domain.cells import Cell
from propdesk.domain.imported_places import PlaceReader
from propdesk.domain.imported_units import ImportedUnit, read_unit
from propdesk.domain.imports import Columns
from propdesk.services.parts.register import Register
from propdesk.services.parts.register_imports import Kind, register_frame
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


UNITS = register_frame(Kind(_read, _find, _take, _say))
"""The communities, buildings and entrances that it meets are made and counted."""
