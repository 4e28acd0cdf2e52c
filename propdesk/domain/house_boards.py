"""The house board (房态图): houses by building, entrance and floor, the top floor first.

Homes stand in a grid, those with the same digits after the floor below each other, gaps where a
number is left out. What has no floor or no entrance stands in rows and strips of its own.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from propdesk.domain.ageing import AgeBucket
from propdesk.domain.errors import RuleError
from propdesk.domain.units import UNIT_KIND_LABELS, UnitKind, UnitState
from propdesk.i18n import _


class BoardPaper(StrEnum):
    """Paper of a printed board, on its side."""

    A4 = "a4"
    A3 = "a3"


@dataclass(frozen=True, slots=True)
class BoardHouse:
    """A house as the board knows it; `state` is None until somebody has said it.

    `people` are there at present. `tickets` are open, `complaints` and `overdue` ones among them.
    `arrears` is the age of the oldest bill that should have been paid, where fees are asked for.
    """

    id: int
    short: str
    community: str
    building_id: int
    building: str
    entrance: str
    number: str
    floor: int | None
    kind: UnitKind = UnitKind.HOME
    state: UnitState | None = None
    people: int = 0
    tickets: int = 0
    complaints: int = 0
    overdue: int = 0
    is_special: bool = False
    is_decorating: bool = False
    arrears: AgeBucket | None = None

    @property
    def is_villa(self) -> bool:
        """Tell whether the house is a building of its own (`12#`)."""
        return self.kind is UnitKind.HOME and not self.entrance and self.building == self.number


Line = tuple[BoardHouse | None, ...]


@dataclass(frozen=True, slots=True)
class Entrance:
    """An entrance: its floors as lines of `columns` places, None where there is no house.

    `loose` are houses whose floor nobody knows; the name is empty where a building has none.
    """

    name: str
    columns: int
    floors: Mapping[int, Line]
    loose: tuple[BoardHouse, ...]

    def loose_lines(self) -> tuple[Line, ...]:
        """Return the houses without a floor in lines as wide as the others."""
        return wrapped(self.loose, self.columns)

    def houses(self) -> Iterator[BoardHouse]:
        """Give all houses, the top floor first."""
        for level in sorted(self.floors, reverse=True):
            yield from (house for house in self.floors[level] if house is not None)
        yield from self.loose


@dataclass(frozen=True, slots=True)
class Strip:
    """Shops, parking spaces, storage rooms, or villas: what has no floors."""

    kind: UnitKind
    houses: tuple[BoardHouse, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A building with its entrances and strips, or all villas of a community (no name)."""

    community: str
    name: str
    building_ids: frozenset[int]
    entrances: tuple[Entrance, ...]
    strips: tuple[Strip, ...]

    def levels(self) -> tuple[int, ...]:
        """Return the floors that any entrance has, the top one first."""
        return tuple(sorted({n for one in self.entrances for n in one.floors}, reverse=True))

    def houses(self) -> Iterator[BoardHouse]:
        """Give all houses of the building."""
        for part in self.entrances:
            yield from part.houses()
        for strip in self.strips:
            yield from strip.houses


def wrapped(houses: Sequence[BoardHouse], columns: int) -> tuple[Line, ...]:
    """Return houses in lines of so many places."""
    step = max(columns, 1)
    return tuple(tuple(houses[n : n + step]) for n in range(0, len(houses), step))


def natural_key(name: str) -> tuple[tuple[bool, int, str], ...]:
    """Return the key in which people count: 2 before 10, numbers before letters."""
    parts = re.findall(r"\d+|\D+", name)
    return tuple(
        (not part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts
    )


def build_board(houses: Iterable[BoardHouse]) -> tuple[Section, ...]:
    """Return the sections of a board: by community the buildings, the villas, what has no homes."""
    buildings: dict[tuple[str, str], list[BoardHouse]] = defaultdict(list)
    for house in houses:
        buildings[house.community, "" if house.is_villa else house.building].append(house)
    sections = [_section(place, those) for place, those in buildings.items()]
    return tuple(sorted(sections, key=_section_key))


def has_floors(sections: Iterable[Section]) -> bool:
    """Tell whether a board shows more than strips."""
    return any(one.floors for section in sections for one in section.entrances)


def _section_key(section: Section) -> tuple[str, int, tuple[tuple[bool, int, str], ...]]:
    rank = 0 if section.entrances else 2 if section.name else 1
    return section.community, rank, natural_key(section.name)


def _section(place: tuple[str, str], houses: Sequence[BoardHouse]) -> Section:
    community, name = place
    entrances: dict[str, list[BoardHouse]] = defaultdict(list)
    strips: dict[UnitKind, list[BoardHouse]] = defaultdict(list)
    for house in houses:
        if house.kind is UnitKind.HOME and name:
            entrances[house.entrance].append(house)
        else:
            strips[house.kind].append(house)
    return Section(
        community,
        name,
        frozenset(house.building_id for house in houses),
        tuple(_entrance(key, entrances[key]) for key in sorted(entrances, key=natural_key)),
        tuple(Strip(kind, _counted(strips[kind])) for kind in UnitKind if kind in strips),
    )


def _counted(houses: Iterable[BoardHouse]) -> tuple[BoardHouse, ...]:
    return tuple(sorted(houses, key=lambda one: (natural_key(one.number), one.short)))


def _entrance(name: str, houses: Sequence[BoardHouse]) -> Entrance:
    known = [house for house in houses if house.floor is not None]
    known.sort(key=lambda one: one.floor or 0)
    by_floor = {
        floor: _counted(those) for floor, those in groupby(known, key=lambda one: one.floor or 0)
    }
    loose = _counted(house for house in houses if house.floor is None)
    keys = _column_keys(by_floor)
    lines = {floor: _line(floor, those, keys) for floor, those in by_floor.items()}
    columns = max(map(len, lines.values()), default=0)
    floors = {floor: line + (None,) * (columns - len(line)) for floor, line in lines.items()}
    return Entrance(name, columns, floors, loose)


def _column_keys(by_floor: Mapping[int, Sequence[BoardHouse]]) -> dict[str, int]:
    """Return the place of each ending of a number; none where they do not repeat up the house."""
    endings = {
        ending
        for floor, those in by_floor.items()
        for house in those
        if (ending := _ending(house.number, floor))
    }
    most = max(map(len, by_floor.values()), default=0)
    if len(endings) > 2 * most:
        return {}
    return {ending: place for place, ending in enumerate(sorted(endings, key=natural_key))}


def _ending(number: str, floor: int) -> str:
    """Return what follows the floor in a number: `1` of 1201 on the 12th, empty where nothing does.

    Zeros are dropped, so that 5-1 and 501 stand below each other.
    """
    heads = (str(floor), f"{floor:02d}") if floor >= 0 else (f"B{-floor}", str(floor))
    for head in heads:
        rest = number.removeprefix(head)
        if rest != number:
            rest = rest.strip("-")
            return (rest.lstrip("0") or rest) if 0 < len(rest) <= 3 else ""
    return ""


def _line(floor: int, houses: Sequence[BoardHouse], keys: Mapping[str, int]) -> Line:
    """Return the houses of a floor in their columns; those without a column follow at the end."""
    placed: dict[int, BoardHouse] = {}
    others = []
    for house in houses:
        place = keys.get(_ending(house.number, floor))
        if place is None or place in placed:
            others.append(house)
        else:
            placed[place] = house
    line = tuple(placed.get(place) for place in range(len(keys)))
    return (*line, *others)


def find_sections(
    sections: Sequence[Section], building: str, community: str = ""
) -> tuple[Section, ...]:
    """Return the sections of a building as people say it (3, 3栋, 12#), in one or any community.

    No building are all of them. Raises RuleError for a building or community that is not there,
    naming those that are.
    """
    communities = dict.fromkeys(section.community for section in sections)
    if community and community not in communities:
        raise RuleError(
            "community-unknown",
            _("There is no community «{name}»; there are {known}.").format(
                name=community[:40], known=", ".join(communities)
            ),
        )
    there = tuple(one for one in sections if community in ("", one.community))
    if not building:
        return there
    wanted = _plain_building(building)
    found = tuple(
        section
        for section in there
        if any(_plain_building(house.building) == wanted for house in section.houses())
    )
    if not found:
        names = dict.fromkeys(section.name or _("Villas") for section in there)
        raise RuleError(
            "building-unknown",
            _("There is no building «{name}»; there are {known}.").format(
                name=building[:40], known=", ".join(list(names)[:40])
            ),
        )
    return found


def _plain_building(name: str) -> str:
    plain = re.sub(r"(?:号楼|栋|幢|座|#)$", "", name.strip()).upper()
    return str(int(plain)) if plain.isdecimal() else plain


# -- what stands beside the cells


def section_title(section: Section, *, says_community: bool = False) -> str:
    """Return a section's name: `Building 3`, the building's own name, or that of the villas."""
    name = section.name
    if not name:
        name = _("Villas")
    elif name.isascii() and name.isalnum():
        name = _("Building {name}").format(name=name)
    return f"{section.community} {name}" if says_community else name


def entrance_title(entrance: Entrance) -> str:
    """Return an entrance's name, empty where the building has none."""
    return _("Entrance {name}").format(name=entrance.name) if entrance.name else ""


def strip_title(strip: Strip) -> str:
    """Return what stands in a strip; homes there are villas."""
    return _("Villas") if strip.kind is UnitKind.HOME else str(UNIT_KIND_LABELS[strip.kind])


def level_words(level: int | None) -> str:
    """Return a floor as it stands at the side; None are the houses whose floor nobody knows."""
    if level is None:
        return _("n/k")
    return _("{floor}F").format(floor=level) if level > 0 else f"B{-level}" if level else "0"
