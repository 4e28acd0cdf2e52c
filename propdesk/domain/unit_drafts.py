"""A house as a form has it: typed words, read into what is stored, a sentence for each problem."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from propdesk.domain.cells import CellError
from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.fields import check_line, check_text
from propdesk.domain.texts import clean_line, clean_text, fold
from propdesk.domain.unit_changes import (
    UnitField,
    dated_values,
    read_effective_day,
    read_size,
)
from propdesk.domain.units import Address, UnitKind, UnitState, UnitUsage, parse_address
from propdesk.i18n import _

LOWEST_FLOOR, HIGHEST_FLOOR = -9, 200
MOST_MINORS = 99

Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class UnitDraft:
    """A house as typed; what is no choice is a text, and may be empty.

    `from_on` is the day from which changes hold; of a new house nothing changes.
    """

    community: str = ""
    building: str = ""
    entrance: str = ""
    number: str = ""
    kind: UnitKind = UnitKind.HOME
    floor: str = ""
    area: str = ""
    plates: str = ""
    note: str = ""
    state: UnitState | None = None
    usage: UnitUsage | None = None
    layout: str = ""
    contract: str = ""
    delivered_on: str = ""
    minors: str = ""
    from_on: str = ""


@dataclass(frozen=True, slots=True)
class UnitFacts:
    """What is kept about a house beside its address; `area_dm2` is in hundredths of a m².

    Children are a count: their names are kept only where a guardian agreed (PIPL 28, 31).
    """

    floor: int | None = None
    area_dm2: int | None = None
    plates: tuple[str, ...] = ()
    note: str = ""
    state: UnitState | None = None
    usage: UnitUsage | None = None
    layout: str = ""
    contract: str = ""
    delivered_on: date | None = None
    minors: int | None = None

    def dated(self) -> dict[UnitField, str]:
        """Return what changes with a day, as a line of the history keeps it."""
        return dated_values(self.state, self.area_dm2, self.usage, self.layout, self.contract)


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


def read_changes_from(draft: UnitDraft) -> date | None:
    """Return the day from which the changes of a form hold, None where none is said."""
    try:
        return read_effective_day(draft.from_on)
    except CellError as error:
        raise DraftError((Problem("from_on", str(error)),)) from error


def _facts(draft: UnitDraft) -> tuple[UnitFacts, list[Problem]]:
    problems: list[Problem] = []

    def taken(field: str, read: Callable[[str], Read | None], typed: str) -> Read | None:
        try:
            return read(typed)
        except CellError as error:
            problems.append(Problem(field, str(error)))
            return None

    facts = UnitFacts(
        floor=taken("floor", _floor, draft.floor),
        area_dm2=taken("area", read_size, draft.area),
        plates=tuple(
            part for part in re.split(r"[\s,，、;；/]+", clean_line(draft.plates)) if part
        ),
        note=clean_text(draft.note),
        state=draft.state,
        usage=draft.usage,
        layout=clean_line(draft.layout),
        contract=clean_line(draft.contract),
        delivered_on=taken("delivered_on", read_effective_day, draft.delivered_on),
        minors=taken("minors", read_minors, draft.minors),
    )
    problems += check_line("layout", facts.layout)
    problems += check_line("contract", facts.contract)
    problems += check_text("note", facts.note)
    for plate in facts.plates:
        problems += check_line("plates", plate)
    return facts, problems


def _floor(typed: str) -> int | None:
    text = fold(typed).removesuffix("层").removesuffix("楼")
    if not text:
        return None
    if re.fullmatch(r"-?[0-9]{1,3}", text) and LOWEST_FLOOR <= int(text) <= HIGHEST_FLOOR:
        return int(text)
    raise CellError(_("Write the floor as a number, a basement as -1."))


def read_minors(typed: str) -> int | None:
    """Return how many children live somewhere, None where nothing is said. Raises CellError."""
    text = fold(typed).removesuffix("人").removesuffix("个")
    if not text:
        return None
    if re.fullmatch(r"[0-9]{1,2}", text):
        return int(text)
    raise CellError(
        _("Write how many children live here as a number up to {most}, without names.").format(
            most=MOST_MINORS
        )
    )
