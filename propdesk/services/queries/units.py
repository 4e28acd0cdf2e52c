"""Houses: found by what people say, listed by building, shown with who lives there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.persons import PersonDraft, ResidentRole, present_on
from propdesk.domain.texts import fold
from propdesk.domain.units import (
    Address,
    UnitKind,
    long_address,
    parse_address,
    require_address,
)
from propdesk.i18n import _
from propdesk.services.parts.periods import not_ended, present
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Unit:
    """A house with its place; `area_dm2` is in hundredths of a m²."""

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


@dataclass(frozen=True, slots=True)
class Resident:
    """A person in a house, in one role, from one day to another.

    `present` is as of the day that the list was asked for. `special` is why he is a special
    customer, empty for most, `special_until` the last day (R42).
    """

    residency_id: int
    person_id: int
    name: str
    salutation: str
    role: ResidentRole
    phones: tuple[str, ...]
    from_on: date | None
    to_on: date | None
    note: str
    version: int
    present: bool
    special: str = ""
    special_until: date | None = None


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


_UNIT = (
    "SELECT u.id, u.short, c.name, b.name, e.name, u.number, u.floor, u.kind, u.area_dm2, u.note, "
    "u.version FROM unit u JOIN entrance e ON e.id = u.entrance_id "
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
_SORT = (
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
    with_open_tickets: bool = False,
    without_people: bool = False,
    after: str | None = None,
    limit: int = 200,
) -> tuple[UnitRow, ...]:
    """Return houses in walking order after the key `after` (the last row's `sort_key`).

    `words` are part of a house's number, a house in any of its forms (3栋2单元501), or part of
    the name of somebody who lives or lived there.
    """
    condition, values = _wanted(today, building_id, words, with_open_tickets, without_people)
    is_present = present("r", today)
    if after is not None:
        condition += f" AND {_SORT} > ?"
        values.append(after)
    found = rows(
        "SELECT u.id, u.short, b.name, e.name, u.number, u.floor, u.kind, u.area_dm2, "
        "(SELECT group_concat(p.name, '、') FROM residency r JOIN person p ON p.id = r.person_id "
        f" WHERE r.unit_id = u.id AND r.role = 'owner' AND {is_present}), "
        f"(SELECT count(DISTINCT r.person_id) FROM residency r WHERE r.unit_id = u.id "
        f" AND {is_present}), "
        "(SELECT count(*) FROM ticket t WHERE t.unit_id = u.id AND t.is_open), "
        f"{_SORT} AS sort_key, c.name{_PLACES}{condition} ORDER BY sort_key LIMIT ?",
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
        )
        for row in found
    )


def count_listed(
    *,
    today: date,
    building_id: int | None = None,
    words: str = "",
    with_open_tickets: bool = False,
    without_people: bool = False,
) -> int:
    """Return how many houses `list_units` lists in all for these conditions."""
    condition, values = _wanted(today, building_id, words, with_open_tickets, without_people)
    return int(rows(f"SELECT count(*){_PLACES}{condition}", *values)[0][0])


def _wanted(
    today: date,
    building_id: int | None,
    words: str,
    with_open_tickets: bool,
    without_people: bool,
) -> tuple[str, list[str | int]]:
    conditions: list[str] = ["1"]
    values: list[str | int] = []
    if building_id is not None:
        conditions.append("b.id = ?")
        values.append(building_id)
    if words.strip():
        conditions.append(
            "(u.short LIKE ? ESCAPE '\\' OR u.short = ? OR EXISTS (SELECT 1 FROM residency r "
            "JOIN person p ON p.id = r.person_id WHERE r.unit_id = u.id "
            "AND p.name LIKE ? ESCAPE '\\'))"
        )
        text = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        address = parse_address(words)
        values += [f"%{text}%", address.short if address else "", f"%{text}%"]
    if with_open_tickets:
        conditions.append("EXISTS (SELECT 1 FROM ticket t WHERE t.unit_id = u.id AND t.is_open)")
    if without_people:
        conditions.append(
            "NOT EXISTS (SELECT 1 FROM residency r WHERE r.unit_id = u.id "
            f"AND {present('r', today)})"
        )
    return " AND ".join(conditions), values


def has_units() -> bool:
    """Tell whether the register holds any house."""
    return bool(rows("SELECT 1 FROM unit LIMIT 1"))


def count_units(today: date) -> tuple[int, int, int]:
    """Return how many houses there are, with an open ticket, and without anybody in them."""
    row = rows(
        "SELECT (SELECT count(*) FROM unit), "
        "(SELECT count(DISTINCT unit_id) FROM ticket WHERE is_open = 1), "
        "(SELECT count(*) FROM unit u WHERE NOT EXISTS (SELECT 1 FROM residency r "
        f"WHERE r.unit_id = u.id AND {present('r', today)}))"
    )[0]
    return row[0], row[1], row[2]


def list_residents(unit_id: int, today: date) -> tuple[Resident, ...]:
    """Return who is, was and will be in a house: present people first, owners before others."""
    found = rows(
        "SELECT r.id, p.id, p.name, p.salutation, r.role, r.from_on, r.to_on, p.note, p.version, "
        "p.special, p.special_until FROM residency r JOIN person p ON p.id = r.person_id "
        f"WHERE r.unit_id = ? ORDER BY NOT {present('r', today)}, NOT {not_ended('r', today)}, "
        "CASE r.role WHEN 'owner' THEN 0 WHEN 'tenant' THEN 1 ELSE 2 END, r.id",
        unit_id,
    )
    phones = _phones([row[1] for row in found])
    residents: list[Resident] = []
    for row in found:
        from_on, to_on = _day(row[5]), _day(row[6])
        resident = Resident(
            residency_id=row[0],
            person_id=row[1],
            name=row[2],
            salutation=row[3],
            role=ResidentRole(row[4]),
            phones=phones.get(row[1], ()),
            from_on=from_on,
            to_on=to_on,
            note=row[7],
            version=row[8],
            present=present_on(from_on, to_on, today),
            special=row[9],
            special_until=_day(row[10]),
        )
        residents.append(resident)
    return tuple(residents)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def draft_of(resident: Resident) -> PersonDraft:
    """Return a person of a house as he stands, to be changed in part and stored again."""
    return PersonDraft(
        name=resident.name,
        role=resident.role,
        salutation=resident.salutation,
        phones=resident.phones,
        from_on=resident.from_on,
        to_on=resident.to_on,
        note=resident.note,
        special=resident.special,
        special_until=resident.special_until,
    )


def list_vehicles(unit_id: int) -> tuple[str, ...]:
    """Return the plates registered for a house."""
    found = rows("SELECT plate FROM vehicle WHERE unit_id = ? ORDER BY id", unit_id)
    return tuple(row[0] for row in found)


def _phones(person_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    marks = ", ".join("?" * len(person_ids))
    phones: dict[int, tuple[str, ...]] = {}
    for person_id, phone in rows(
        f"SELECT person_id, phone FROM phone WHERE person_id IN ({marks}) ORDER BY id",
        *person_ids,
    ):
        phones[person_id] = (*phones.get(person_id, ()), phone)
    return phones
