"""The register of houses and people in memory, while a workbook is taken in.

It is filled from the file once, answers who lives where without a query for each row, collects what
is new, and writes it in one go (measured: a query for each row triples the time of an import).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from propdesk.domain.imported_residents import ImportedHouse, ImportedPerson, name_key, plate_key
from propdesk.domain.persons import ROLE_LABELS, ResidentRole, phone_digits
from propdesk.domain.units import Address, UnitKind
from propdesk.i18n import _
from propdesk.services.parts import settings
from propdesk.services.parts.bulk import Course, insert_rows, next_id, write_many
from propdesk.services.parts.search_keys import person_keys, phone_keys, plate_keys, unit_keys
from propdesk.storage.database import rows

# A known house is found by its entrance; only new ones need their address.
_NOWHERE = Address("", "", "", UnitKind.HOME)


@dataclass(slots=True)
class _Unit:
    id: int
    entrance_id: int
    address: Address
    area_dm2: int | None
    note: str
    new: bool
    changed: bool = False
    people: dict[str, "_Stay"] = field(default_factory=dict)
    plates: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Person:
    id: int
    name: str
    salutation: str
    note: str
    new: bool
    changed: bool = False
    digits: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Stay:
    """What a person is to a house; whoever left stays in the history."""

    person: _Person
    role: str
    ended: bool = False


class Register:
    """Houses and people as they stand, and what an import adds to them.

    `changes` grows with everything new: a row that leaves it alone is unchanged.
    """

    def __init__(self) -> None:
        self.changes = 0
        self.communities: dict[str, int] = dict(
            rows("SELECT name, id FROM community ORDER BY name")
        )
        self._buildings = {
            (row[0], row[1]): row[2] for row in rows("SELECT community_id, name, id FROM building")
        }
        self._entrances = {
            (row[0], row[1]): row[2] for row in rows("SELECT building_id, name, id FROM entrance")
        }
        self._units: dict[tuple[int, str, str], _Unit] = {}
        self._by_phone: dict[tuple[str, str], _Person] = {}
        self._people: list[_Person] = []
        self._next = {
            table: next_id(table)
            for table in (
                "community", "building", "entrance", "unit", "person", "phone", "residency",
                "vehicle",
            )
        }  # fmt: skip
        self._first = dict(self._next)
        self._new: dict[str, list[tuple[Any, ...]]] = {table: [] for table in self._next}
        self._places: dict[tuple[str, str, str], int] = {}
        self._load()

    def _load(self) -> None:
        units: dict[int, _Unit] = {}
        for row in rows(
            "SELECT u.id, u.entrance_id, u.kind, u.number, u.area_dm2, u.note FROM unit u"
        ):
            unit = _Unit(row[0], row[1], _NOWHERE, row[4], row[5], new=False)
            units[unit.id] = self._units[row[1], row[2], row[3]] = unit
        people = {
            row[0]: _Person(row[0], row[1], row[2], row[3], new=False)
            for row in rows("SELECT id, name, salutation, note FROM person")
        }
        self._people += people.values()
        for unit_id, person_id, role, ended in rows(
            "SELECT unit_id, person_id, role, to_on IS NOT NULL FROM residency "
            "ORDER BY to_on IS NOT NULL, id"
        ):
            person = people[person_id]
            units[unit_id].people.setdefault(
                name_key(person.name), _Stay(person, role, bool(ended))
            )
        for person_id, digits in rows("SELECT person_id, digits FROM phone"):
            person = people[person_id]
            person.digits.add(digits)
            self._by_phone.setdefault((name_key(person.name), digits), person)
        for unit_id, plate in rows("SELECT unit_id, plate FROM vehicle"):
            units[unit_id].plates.add(plate_key(plate))

    def _take_id(self, table: str) -> int:
        taken = self._next[table]
        self._next[table] = taken + 1
        self.changes += 1
        return taken

    def find_unit(self, community: str, address: Address) -> _Unit | None:
        """Return the house where it is known."""
        entrance_id = self._places.get((community, address.building, address.entrance))
        if entrance_id is None:
            community_id = self.communities.get(community)
            building_id = self._buildings.get((community_id or 0, address.building))
            entrance_id = self._entrances.get((building_id or 0, address.entrance))
            if entrance_id is None:
                return None
            self._places[community, address.building, address.entrance] = entrance_id
        return self._units.get((entrance_id, address.kind.value, address.unit))

    def add_unit(self, community: str, address: Address) -> _Unit:
        """Add a house, with the community, building and entrance that it needs."""
        community_id = self.communities.get(community)
        if community_id is None:
            community_id = self.communities[community] = self._take_id("community")
            self._new["community"].append((community_id, community))
        building_id = self._buildings.get((community_id, address.building))
        if building_id is None:
            building_id = self._take_id("building")
            self._buildings[community_id, address.building] = building_id
            self._new["building"].append((building_id, community_id, address.building))
        entrance_id = self._entrances.get((building_id, address.entrance))
        if entrance_id is None:
            entrance_id = self._take_id("entrance")
            self._entrances[building_id, address.entrance] = entrance_id
            self._new["entrance"].append((entrance_id, building_id, address.entrance))
        unit = _Unit(self._take_id("unit"), entrance_id, address, None, "", new=True)
        self._units[entrance_id, address.kind.value, address.unit] = unit
        return unit

    def fill_unit(self, unit: _Unit, house: ImportedHouse) -> list[str]:
        """Fill what a house does not have yet; return what the file says otherwise."""
        doubts = []
        if house.area_dm2 is not None and unit.area_dm2 != house.area_dm2:
            if unit.area_dm2 is None:
                unit.area_dm2, unit.changed = house.area_dm2, True
                self.changes += 1
            else:
                doubts.append(
                    _("The register has {known} m², the file {said} m².").format(
                        known=unit.area_dm2 / 100, said=house.area_dm2 / 100
                    )
                )
        if house.note and house.note != unit.note:
            if unit.note:
                doubts.append(_("The register has another note on the house."))
            else:
                unit.note, unit.changed = house.note, True
                self.changes += 1
        for plate in house.plates:
            key = plate_key(plate)
            if key not in unit.plates:
                unit.plates.add(key)
                self._new["vehicle"].append((self._take_id("vehicle"), unit.id, plate))
        return doubts

    def take_person(self, unit: _Unit, said: ImportedPerson) -> list[str]:
        """Bring a person into a house; return what the file says otherwise.

        The same person is who has the same name in the same house, or the same name and phone;
        nobody is merged by name alone (F47).
        """
        digits = {phone_digits(phone): phone for phone in said.phones}
        doubts = []
        stay = unit.people.get(said.key)
        if stay is None:
            found = (self._by_phone.get((said.key, one)) for one in digits)
            person = next(filter(None, found), None) or self._add_person(said.name)
            stay = unit.people[said.key] = _Stay(person, said.role.value)
            from_on = said.from_on.isoformat() if said.from_on else None
            self._new["residency"].append(
                (self._take_id("residency"), unit.id, person.id, stay.role, from_on)
            )
        elif stay.ended:
            doubts.append(_("{name} has left this house.").format(name=said.name))
        elif stay.role != said.role.value:
            doubts.append(
                _("{name} stands in the register as {role}.").format(
                    name=said.name, role=ROLE_LABELS[ResidentRole(stay.role)]
                )
            )
        self._fill_person(stay.person, said, doubts)
        for number, phone in digits.items():
            if number not in stay.person.digits:
                stay.person.digits.add(number)
                stay.person.changed = True
                self._by_phone.setdefault((said.key, number), stay.person)
                phone_id = self._take_id("phone")
                self._new["phone"].append((phone_id, stay.person.id, phone, number))
        return doubts

    def _add_person(self, name: str) -> _Person:
        person = _Person(self._take_id("person"), name, "", "", new=True)
        self._people.append(person)
        return person

    def _fill_person(self, person: _Person, said: ImportedPerson, doubts: list[str]) -> None:
        if said.salutation and said.salutation != person.salutation:
            if person.salutation:
                doubts.append(_("The register has another salutation."))
            else:
                person.salutation, person.changed = said.salutation, True
                self.changes += 1
        if said.note and said.note != person.note:
            if person.note:
                doubts.append(_("The register has another note."))
            else:
                person.note, person.changed = said.note, True
                self.changes += 1

    def made(self) -> dict[str, int]:
        """Return how much is new, under the names that JSON uses."""
        return {
            name: self._next[table] - self._first[table]
            for name, table in (
                ("communities", "community"), ("buildings", "building"),
                ("entrances", "entrance"), ("units", "unit"), ("persons", "person"),
                ("phones", "phone"), ("plates", "vehicle"),
            )
        }  # fmt: skip

    def store(self, import_id: int, course: Course, step: Callable[[int, int], None]) -> None:
        """Write what is new; the caller holds the transaction.

        The ids of residencies, phones and plates are noted, by which the import can be undone.
        """
        new = self._new
        units = [unit for unit in self._units.values() if unit.new]
        insert_rows("community", ("id", "name"), new["community"], course)
        insert_rows("building", ("id", "community_id", "name"), new["building"], course)
        insert_rows("entrance", ("id", "building_id", "name"), new["entrance"], course)
        insert_rows("unit", _UNIT, _unit_rows(units, import_id), course)
        step(1, 10)
        people = [person for person in self._people if person.new]
        insert_rows(
            "person",
            ("id", "name", "salutation", "note", "import_id", "version"),
            ((p.id, p.name, p.salutation, p.note, import_id, 1) for p in people),
            course,
        )
        self._update(course)
        insert_rows(
            "residency", ("id", "unit_id", "person_id", "role", "from_on"), new["residency"], course
        )
        insert_rows("phone", ("id", "person_id", "phone", "digits"), new["phone"], course)
        insert_rows("vehicle", ("id", "unit_id", "plate"), new["vehicle"], course)
        step(4, 10)
        # Not sorted: that takes longer than it saves (measured).
        write_many(
            "INSERT OR IGNORE INTO desk_key (key, kind, target) VALUES (?, ?, ?)",
            self._keys(units),
            course,
        )
        step(9, 10)
        span = {
            table: [self._first[table], self._next[table]]
            for table in ("residency", "phone", "vehicle")
        }
        settings.put(import_span_key(import_id), span)

    def _update(self, course: Course) -> None:
        write_many(
            "UPDATE unit SET area_dm2 = ?, note = ?, version = version + 1 WHERE id = ?",
            (
                (unit.area_dm2, unit.note, unit.id)
                for unit in self._units.values()
                if unit.changed and not unit.new
            ),
            course,
        )
        write_many(
            "UPDATE person SET salutation = ?, note = ?, version = version + 1 WHERE id = ?",
            (
                (person.salutation, person.note, person.id)
                for person in self._people
                if person.changed and not person.new
            ),
            course,
        )

    def _keys(self, units: list[_Unit]) -> Iterator[tuple[str, str, int]]:
        for unit in units:
            for key in unit_keys(unit.address.short, unit.address.unit):
                yield key, "unit", unit.id
        for person in self._people:
            if person.new or person.changed:
                for key in person_keys(person.name, person.salutation):
                    yield key, "person", person.id
        for phone_id, _person_id, _phone, digits in self._new["phone"]:
            for key in phone_keys(digits):
                yield key, "phone", phone_id
        for vehicle_id, _unit_id, plate in self._new["vehicle"]:
            for key in plate_keys(plate):
                yield key, "plate", vehicle_id


_UNIT = (
    "id", "entrance_id", "kind", "number", "floor", "short", "area_dm2", "note", "import_id",
    "version",
)  # fmt: skip


def _unit_rows(units: list[_Unit], import_id: int) -> Iterator[tuple[Any, ...]]:
    for unit in units:
        at = unit.address
        yield (
            unit.id, unit.entrance_id, at.kind.value, at.unit, at.floor, at.short, unit.area_dm2,
            unit.note, import_id, 1,
        )  # fmt: skip


def import_span_key(import_id: int) -> str:
    """Return the key under which the ids that an import gave are noted."""
    return f"import.{import_id}.span"
