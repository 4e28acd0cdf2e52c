"""Houses: found by what people say, listed by building, shown with who lives there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from enum import StrEnum
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import fold
from propdesk.domain.unit_changes import UnitField, dated_values
from propdesk.domain.unit_drafts import UnitDraft
from propdesk.domain.units import (
    Address,
    UnitKind,
    UnitState,
    UnitUsage,
    long_address,
    parse_address,
    require_address,
)
from propdesk.i18n import _
from propdesk.services.parts.periods import present
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A house with its place; `area_dm2` is in hundredths of a m².

    State, area, use, layout and contract are the present ones (`queries/unit_changes` has those of
    other days); None or '' is not known. `minors` is how many children live there.
    """

    id: int
    short: str
    long: str
    community: str
    building: str
    entrance: str
    number: str
    floor: int | None
    kind: UnitKind
    area_dm2: int | None
    note: str
    version: int
    state: UnitState | None
    usage: UnitUsage | None
    layout: str
    contract: str
    delivered_on: date | None
    minors: int | None

    @property
    def address(self) -> Address:
        """The house as it is said."""
        return Address(self.building, self.entrance, self.number, self.kind)

    def dated(self) -> dict[UnitField, str]:
        """Return what changes with a day, as a line of the history keeps it."""
        return dated_values(self.state, self.area_dm2, self.usage, self.layout, self.contract)


@dataclass(frozen=True, slots=True)
class UnitRow:
    """A line of the table of houses."""

    id: int
    short: str
    long: str
    community: str
    building: str
    entrance: str
    floor: int | None
    kind: UnitKind
    area_dm2: int | None
    owners: str
    residents: int
    open_tickets: int
    sort_key: str
    state: UnitState | None
    usage: UnitUsage | None


class UnitGroup(StrEnum):
    """Houses that wait for somebody."""

    OPEN_TICKETS = "open-tickets"
    NOBODY = "nobody"
    INCOMPLETE = "incomplete"


@dataclass(frozen=True, slots=True)
class UnitCounts:
    """How many houses there are in all, in each group and in each state."""

    total: int
    groups: Mapping[UnitGroup, int]
    states: Mapping[UnitState, int]


_UNIT = (
    "SELECT u.id, u.short, c.name, b.name, e.name, u.number, u.floor, u.kind, u.area_dm2, u.note, "
    "u.version, u.state, u.usage, u.layout, u.contract, u.delivered_on, u.minors "
    "FROM unit u JOIN entrance e ON e.id = u.entrance_id "
    "JOIN building b ON b.id = e.building_id JOIN community c ON c.id = b.community_id "
)


def _unit(row: tuple[Any, ...]) -> Unit:
    kind = UnitKind(row[7])
    long = long_address(row[3], row[4], row[5], kind)
    return Unit(
        id=row[0],
        short=row[1],
        long=long,
        community=row[2],
        building=row[3],
        entrance=row[4],
        number=row[5],
        floor=row[6],
        kind=kind,
        area_dm2=row[8],
        note=row[9],
        version=row[10],
        state=_state(row[11]),
        usage=UnitUsage(row[12]) if row[12] else None,
        layout=row[13],
        contract=row[14],
        delivered_on=_day(row[15]),
        minors=row[16],
    )


def _state(word: str) -> UnitState | None:
    return UnitState(word) if word else None


def unit_draft(unit: Unit, plates: Sequence[str]) -> UnitDraft:
    """Return a house as a form shows it, to be changed in part and stored again."""
    return UnitDraft(
        community=unit.community,
        building=unit.building,
        entrance=unit.entrance,
        number=unit.number,
        kind=unit.kind,
        floor="" if unit.floor is None else str(unit.floor),
        area="" if unit.area_dm2 is None else f"{unit.area_dm2 / 100:.2f}",
        plates=" ".join(plates),
        note=unit.note,
        state=unit.state,
        usage=unit.usage,
        layout=unit.layout,
        contract=unit.contract,
        delivered_on="" if unit.delivered_on is None else unit.delivered_on.isoformat(),
        minors="" if unit.minors is None else str(unit.minors),
    )


def get_unit(unit_id: int) -> Unit:
    """Return a house, or refuse when there is none with this id."""
    found = rows(_UNIT + "WHERE u.id = ?", unit_id)
    if not found:
        raise RuleError("unit-unknown", _("This house is not in the register."))
    return _unit(found[0])


def find_unit(text: str, community: str = "") -> Unit:
    """Return the house that a text names.

    Refuses a text that is no house number, a house that is not there (naming the nearest) and one
    that several communities have (naming them; decision 30). A house with a name of its own
    (云澜阁-1-1201) is found as it stands in lists.
    """
    known = list_communities()
    if community and known and community not in known:
        raise RuleError(
            "community-unknown",
            _("There is no community «{name}»; there are {known}.").format(
                name=community[:40], known=", ".join(known)
            ),
        )
    units = _units_named(fold(text).upper(), community)
    if not units:
        address = require_address(text)
        units = units_at(address, community)
        if not units:
            raise RuleError(
                "unit-unknown",
                _("There is no house {house}. {nearest}").format(
                    house=address.short, nearest=nearest_units(address)
                ),
            )
    if len(units) > 1:
        raise RuleError(
            "unit-ambiguous",
            _("{house} is in several communities: {names}. Say which one.").format(
                house=units[0].short, names=", ".join(unit.community for unit in units)
            ),
        )
    return units[0]


def house_name(short: str, community: str) -> str:
    """Return a house with its community where the office has several: `翠湖里 3-2-501`."""
    return f"{community} {short}" if len(list_communities()) > 1 else short


def units_at(address: Address, community: str = "") -> tuple[Unit, ...]:
    """Return the houses of this address, one for each community that has it."""
    return _units_named(address.short, community)


def _units_named(short: str, community: str) -> tuple[Unit, ...]:
    found = rows(
        _UNIT + "WHERE u.short = ? AND (? = '' OR c.name = ?) ORDER BY c.name",
        short,
        community,
        community,
    )
    return tuple(map(_unit, found))


def nearest_units(address: Address) -> str:
    """Return a sentence with the houses nearest to one that is not there."""
    same = rows(
        "SELECT DISTINCT short FROM unit WHERE short LIKE ? LIMIT 4000", f"{address.building}-%"
    )
    known = [
        row[0] for row in same or rows("SELECT DISTINCT short FROM unit ORDER BY id LIMIT 4000")
    ]
    if not known:
        return _("The register of houses is empty: import the residents or add the house first.")
    near = get_close_matches(address.short, known, n=3, cutoff=0.0)
    return _("Nearest: {names}.").format(names=", ".join(near))


def list_communities() -> tuple[str, ...]:
    """Return the names of the communities."""
    return tuple(row[0] for row in rows("SELECT name FROM community ORDER BY name"))


def list_buildings() -> tuple[tuple[int, str, str], ...]:
    """Return id, community and name of each building, in the order people count them."""
    found = rows(
        "SELECT b.id, c.name, b.name FROM building b JOIN community c ON c.id = b.community_id "
        "ORDER BY c.name, b.name NOT GLOB '[0-9]*', CAST(b.name AS INTEGER), b.name"
    )
    return tuple((row[0], row[1], row[2]) for row in found)


# Walking order: community, homes before the rest, building, entrance, floor, number; numbered ones
# before lettered ones; one text, so that pages go by key.
WALKING_ORDER = (
    "printf('%s/%d/%d%06d%s/%06d%s/%06d%s', c.name, u.kind <> 'home', b.name NOT GLOB '[0-9]*', "
    "CAST(b.name AS INTEGER), b.name, CAST(e.name AS INTEGER), e.name, "
    "CAST(u.number AS INTEGER), u.number)"
)
_PLACES = (
    " FROM unit u JOIN entrance e ON e.id = u.entrance_id JOIN building b ON b.id = e.building_id "
    "JOIN community c ON c.id = b.community_id WHERE "
)


def list_units(
    *,
    today: date,
    building_id: int | None = None,
    words: str = "",
    group: UnitGroup | None = None,
    state: UnitState | None = None,
    after: str | None = None,
    limit: int = 200,
) -> tuple[UnitRow, ...]:
    """Return houses in walking order after the key `after` (the last row's `sort_key`).

    `words` are part of a house's number, a house in any of its forms (3栋2单元501), or part of
    the name of somebody who lives or lived there.
    """
    condition, values = _wanted(today, building_id, words, group, state)
    is_present = present("r", today)
    if after is not None:
        condition += f" AND {WALKING_ORDER} > ?"
        values.append(after)
    found = rows(
        "SELECT u.id, u.short, b.name, e.name, u.number, u.floor, u.kind, u.area_dm2, "
        "(SELECT group_concat(p.name, '、') FROM residency r JOIN person p ON p.id = r.person_id "
        f" WHERE r.unit_id = u.id AND r.role = 'owner' AND {is_present}), "
        f"(SELECT count(DISTINCT r.person_id) FROM residency r WHERE r.unit_id = u.id "
        f" AND {is_present}), "
        "(SELECT count(*) FROM ticket t WHERE t.unit_id = u.id AND t.is_open), "
        f"{WALKING_ORDER} AS sort_key, c.name, u.state, u.usage{_PLACES}{condition} "
        "ORDER BY sort_key LIMIT ?",
        *values,
        limit,
    )
    return tuple(
        UnitRow(
            id=row[0],
            short=row[1],
            long=long_address(row[2], row[3], row[4], UnitKind(row[6])),
            community=row[12],
            building=row[2],
            entrance=row[3],
            floor=row[5],
            kind=UnitKind(row[6]),
            area_dm2=row[7],
            owners=row[8] or "",
            residents=row[9],
            open_tickets=row[10],
            sort_key=row[11],
            state=_state(row[13]),
            usage=UnitUsage(row[14]) if row[14] else None,
        )
        for row in found
    )


def count_listed(
    *,
    today: date,
    building_id: int | None = None,
    words: str = "",
    group: UnitGroup | None = None,
    state: UnitState | None = None,
) -> int:
    """Return how many houses `list_units` lists in all for these conditions."""
    condition, values = _wanted(today, building_id, words, group, state)
    return int(rows(f"SELECT count(*){_PLACES}{condition}", *values)[0][0])


def list_unit_ids(
    *,
    today: date,
    building_id: int | None = None,
    words: str = "",
    group: UnitGroup | None = None,
    state: UnitState | None = None,
) -> frozenset[int]:
    """Return the ids of all houses that `list_units` lists for these conditions."""
    condition, values = _wanted(today, building_id, words, group, state)
    return frozenset(row[0] for row in rows(f"SELECT u.id{_PLACES}{condition}", *values))


def _wanted(
    today: date,
    building_id: int | None,
    words: str,
    group: UnitGroup | None,
    state: UnitState | None,
) -> tuple[str, list[str | int]]:
    conditions: list[str] = ["1"]
    values: list[str | int] = []
    if building_id is not None:
        conditions.append("b.id = ?")
        values.append(building_id)
    if words.strip():
        conditions.append(
            "(u.short LIKE ? ESCAPE '\\' OR u.short = ? OR EXISTS (SELECT 1 FROM residency r "
            "JOIN person p ON p.id = r.person_id WHERE r.unit_id = u.id AND p.sealed_at IS NULL "
            "AND p.name LIKE ? ESCAPE '\\'))"
        )
        text = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        address = parse_address(words)
        values += [f"%{text}%", address.short if address else "", f"%{text}%"]
    if group is not None:
        conditions.append(_in_group(group, today))
    if state is not None:
        conditions.append("u.state = ?")
        values.append(state.value)
    return " AND ".join(conditions), values


def _in_group(group: UnitGroup, today: date) -> str:
    """Return the condition that a house `u` belongs to a group.

    Incomplete is a home or shop in somebody's hands without an owner or without any phone.
    """
    stays = f"FROM residency r WHERE r.unit_id = u.id AND {present('r', today)}"
    if group is UnitGroup.OPEN_TICKETS:
        return "EXISTS (SELECT 1 FROM ticket t WHERE t.unit_id = u.id AND t.is_open)"
    if group is UnitGroup.NOBODY:
        return f"NOT EXISTS (SELECT 1 {stays})"
    return (
        "u.kind IN ('home', 'shop') AND u.state NOT IN ('unsold', 'undelivered') "
        f"AND (NOT EXISTS (SELECT 1 {stays} AND r.role = 'owner') OR NOT EXISTS (SELECT 1 {stays} "
        "AND r.person_id IN (SELECT person_id FROM phone)))"
    )


def has_units() -> bool:
    """Tell whether the register holds any house."""
    return bool(rows("SELECT 1 FROM unit LIMIT 1"))


def count_units(today: date) -> UnitCounts:
    """Return how many houses there are, wait for somebody, and are in which state."""
    counts = ", ".join(
        f"(SELECT count(*) FROM unit u WHERE {_in_group(group, today)})"
        for group in (UnitGroup.NOBODY, UnitGroup.INCOMPLETE)
    )
    # From the few open tickets, not from each house.
    waiting = "(SELECT count(DISTINCT unit_id) FROM ticket WHERE is_open = 1)"
    found = rows(f"SELECT {waiting}, {counts}")[0]
    groups = dict(zip(UnitGroup, found, strict=True))
    counted = dict(rows("SELECT state, count(*) FROM unit GROUP BY state"))
    states = {state: int(counted.get(state, 0)) for state in UnitState}
    return UnitCounts(sum(counted.values()), groups, states)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def list_houses_in_state(
    state: UnitState, *, community_id: int | None = None, building_id: int | None = None
) -> list[int]:
    """Return the ids of homes and shops in a state, in walking order: where a round leads."""
    found = rows(
        f"SELECT u.id{_PLACES}u.state = ? AND u.kind IN ('home', 'shop') "
        "AND (? IS NULL OR c.id = ?) AND (? IS NULL OR b.id = ?) "
        f"ORDER BY {WALKING_ORDER}",
        state.value,
        community_id,
        community_id,
        building_id,
        building_id,
    )
    return [unit_id for (unit_id,) in found]
