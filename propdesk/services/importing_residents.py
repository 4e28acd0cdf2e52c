"""Take in a workbook of residents: houses, people, phones and plates, all of it or nothing.

A row that brings something new to a house that stands already (a phone, a plate, a person) counts
as added; what stands is never overwritten: where the file says something else, the row is listed
for a person. The same file twice adds nothing (decisions 30 and 32, F35-F37, F47).
"""

from propdesk.domain.cells import CellError
from propdesk.domain.imported_residents import ImportedHouse, read_house
from propdesk.i18n import _
from propdesk.services.parts.register import Register
from propdesk.services.parts.register_imports import Kind, register_frame
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


RESIDENTS = register_frame(Kind(read_house, _find, _take, _say))
"""The communities, buildings, entrances and houses that it meets are made and counted."""
