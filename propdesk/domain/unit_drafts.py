"""A house as a form has it: typed words, read into what is stored, a sentence for each problem."""

import re
from dataclasses import dataclass

from propdesk.domain.cells import CellError, read_area
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.fields import check_line, check_text
from propdesk.domain.texts import clean_line, clean_text, fold
from propdesk.domain.units import Address, UnitKind, parse_address
from propdesk.i18n import _

LOWEST_FLOOR, HIGHEST_FLOOR = -9, 200


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A house as typed; floor, area and plates are texts, and may be empty."""

    community: str = ""
    building: str = ""
    entrance: str = ""
    number: str = ""
    kind: UnitKind = UnitKind.HOME
    floor: str = ""
    area: str = ""
    plates: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is kept about a house beside its address; `area_dm2` is in hundredths of a m²."""

    floor: int | None
    area_dm2: int | None
    plates: tuple[str, ...]
    note: str


def read_new_unit(draft: UnitDraft) -> tuple[Address, UnitFacts]:
    """Return address and facts of a new house. Raises DraftError with every problem at once."""
    address = _address(draft)
    problems = []
    if not address.building or not address.unit:
        problems.append(
            Problem("house", _("Write the house like 3-2-501, or fill in building and room."))
        )
    problems += check_line(
        "community", clean_line(draft.community), _("Say which community it belongs to.")
    )
    for text in (address.building, address.entrance, address.unit):
        problems += check_line("house", text)
    facts, more = _facts(draft)
    if problems or more:
        raise DraftError((*problems, *more))
    return address, facts


def _address(draft: UnitDraft) -> Address:
    """Return the address as it is stored: 3栋 and 03 are building 3, as in one line."""
    building, entrance, number = (
        fold(part).upper() for part in (draft.building, draft.entrance, draft.number)
    )
    if draft.kind is UnitKind.HOME and building and number:
        filled = [part for part in (building, entrance, number) if part]
        read = parse_address("-".join(filled)) or parse_address("".join(filled))
        if read is not None and read.kind is UnitKind.HOME:
            return read
    return Address(building, entrance, number, draft.kind)


def read_unit_facts(draft: UnitDraft) -> UnitFacts:
    """Return what is kept about a house. Raises DraftError with every problem at once."""
    facts, problems = _facts(draft)
    if problems:
        raise DraftError(tuple(problems))
    return facts


def _facts(draft: UnitDraft) -> tuple[UnitFacts, list[Problem]]:
    problems = []
    floor = area = None
    text = fold(draft.floor).removesuffix("层").removesuffix("楼")
    if text:
        if re.fullmatch(r"-?\d{1,3}", text) and LOWEST_FLOOR <= int(text) <= HIGHEST_FLOOR:
            floor = int(text)
        else:
            problems.append(Problem("floor", _("Write the floor as a number, a basement as -1.")))
    try:
        area = read_area(draft.area)
    except CellError as error:
        problems.append(Problem("area", str(error)))
    plates = tuple(part for part in re.split(r"[\s,，、;；/]+", clean_line(draft.plates)) if part)
    note = clean_text(draft.note)
    problems += check_text("note", note)
    for plate in plates:
        problems += check_line("plates", plate)
    return UnitFacts(floor, area, plates, note), problems
