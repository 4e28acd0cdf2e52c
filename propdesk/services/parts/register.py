"""The register of houses, people and vehicles in memory, while a workbook is taken in.

It is filled from the file once, answers who lives where without a query for each row, collects what
is new, and writes it in one go (measured: a query for each row triples the time of an import).
What stands is never written over: an empty place is filled, a difference is told.
"""

from collections.abc import Iterable
from datetime import date
from fractions import Fraction
from typing import Any

from propdesk.domain.cells import CellError
from propdesk.domain.import_facts import Fact, Facts, difference, fact_words
from propdesk.domain.imported_residents import ImportedPerson
from propdesk.domain.imported_vehicles import ImportedVehicle
from propdesk.domain.imports import CellChange, ChangeMark
from propdesk.domain.persons import ROLE_LABELS, ResidentRole, phone_digits
from propdesk.domain.shares import share_words
from propdesk.domain.units import Address
from propdesk.domain.vehicles import plate_key, proposed_kind
from propdesk.i18n import _
from propdesk.services.parts.bulk import next_id
from propdesk.services.parts.register_loading import StandingRegister
from propdesk.services.parts.register_rows import (
    PERSON_FACTS,
    Held,
    HeldPerson,
    HeldStay,
    HeldUnit,
    HeldVehicle,
)

TABLES = (
    "community", "building", "entrance", "unit", "person", "phone", "residency", "vehicle",
)  # fmt: skip


class Register(StandingRegister):
    """Houses, people and vehicles on a day, and what an import adds to them.

    `changes` grows with everything new or filled: a row that leaves it alone is unchanged.
    """

    def __init__(self, today: date, *, consent_scope: str = "") -> None:
        super().__init__(today, consent_scope=consent_scope)
        self.changes = 0
        self.new: dict[str, list[tuple[Any, ...]]] = {table: [] for table in TABLES}
        self.identities: list[tuple[int, str, int]] = []
        self.next = {table: next_id(table) for table in TABLES}
        self.first = dict(self.next)
        self._said: list[CellChange] = []
        self._places: dict[tuple[str, str, str], int] = {}

    def _take_id(self, table: str) -> int:
        taken = self.next[table]
        self.next[table] = taken + 1
        self.changes += 1
        return taken

    def said(self) -> tuple[CellChange, ...]:
        """Return what was new, filled or different since this was last asked."""
        said = tuple(self._said)
        self._said = []
        return said

    # -- houses

    def find_unit(self, community: str, address: Address) -> HeldUnit | None:
        """Return the house where it is known."""
        entrance_id = self._places.get((community, address.building, address.entrance))
        if entrance_id is None:
            community_id = self.communities.get(community)
            building_id = self.buildings.get((community_id or 0, address.building))
            entrance_id = self.entrances.get((building_id or 0, address.entrance))
            if entrance_id is None:
                return None
            self._places[community, address.building, address.entrance] = entrance_id
        return self.units.get((entrance_id, address.kind.value, address.unit))

    def add_unit(self, community: str, address: Address) -> HeldUnit:
        """Add a house, with the community, building and entrance that it needs.

        Raises CellError for the number that a house had before it was renamed.
        """
        community_id = self.communities.get(community)
        if self.renamed and (now := self.renamed.get((community_id or 0, address.short))):
            raise CellError(
                _("{old} is called {new} today; write that number.").format(
                    old=address.short, new=now
                )
            )
        if community_id is None:
            community_id = self.communities[community] = self._take_id("community")
            self.new["community"].append((community_id, community))
        building_id = self.buildings.get((community_id, address.building))
        if building_id is None:
            building_id = self._take_id("building")
            self.buildings[community_id, address.building] = building_id
            self.new["building"].append((building_id, community_id, address.building))
        entrance_id = self.entrances.get((building_id, address.entrance))
        if entrance_id is None:
            entrance_id = self._take_id("entrance")
            self.entrances[building_id, address.entrance] = entrance_id
            self.new["entrance"].append((entrance_id, building_id, address.entrance))
        unit = HeldUnit(
            self._take_id("unit"),
            {"floor": address.floor},
            new=True,
            entrance_id=entrance_id,
            address=address,
            short=address.short,
        )
        self.by_id[unit.id] = self.units[entrance_id, address.kind.value, address.unit] = unit
        self._said.append(CellChange(ChangeMark.NEW, "unit", unit.short))
        return unit

    def fill_unit(self, unit: HeldUnit, facts: Facts, *, is_new: bool) -> list[str]:
        """Fill what a house does not have yet; return what the file says otherwise.

        What the first row of a new house says is part of the house and not marked by itself. Its
        floor is the one said, where the number only proposed one.
        """
        if is_new:
            unit.facts.update((name, _stored(one)) for name, one in facts.items() if one)
            return []
        doubts = []
        for name, value in facts.items():
            if value is None or value == "":
                continue
            closed = (unit.id, name) in self.dated
            doubts += self._fill(unit, name, _stored(value), is_open=not closed)
        return doubts

    def _fill(self, held: Held, name: str, value: Fact, *, is_open: bool = True) -> list[str]:
        """Give a value to an empty place; tell of a difference in one sentence."""
        known = held.facts.get(name)
        if known == value:
            return []
        if (known is None or known == "") and is_open:
            held.give(name, value)
            self.changes += 1
            self._said.append(CellChange(ChangeMark.FILLED, name, self._words(name, value)))
            return []
        before, after = self._words(name, known) or "-", self._words(name, value)
        self._said.append(CellChange(ChangeMark.DIFFERENT, name, after, before))
        return [difference(name, before, after)]

    def _words(self, name: str, value: Fact) -> str:
        if isinstance(value, int) and name == "space_id":
            return self.by_id[value].short
        if isinstance(value, int) and name == "person_id":
            return next((one.name for one in self.people if one.id == value), "")
        return fact_words(name, value)

    # -- people

    def take_person(self, unit: HeldUnit, said: ImportedPerson) -> list[str]:
        """Bring a person into a house; return what the file says otherwise.

        The same person is who has the same name in the same house, or the same name and phone;
        nobody is merged by name alone (F47). Who lives there may be there for emergencies too.
        """
        digits = {phone_digits(phone): phone for phone in said.phones}
        doubts: list[str] = []
        for_emergency = said.role is ResidentRole.EMERGENCY
        stay = unit.people.get((said.key, for_emergency))
        if stay is None:
            person = self._person(unit, said, digits, for_emergency=for_emergency)
            stay = self._add_stay(unit, person, said)
        else:
            doubts += self._compare_stay(stay, said)
        for name in PERSON_FACTS:
            value = getattr(said, name)
            if not value:
                continue
            if stay.person.new and not stay.person.facts.get(name):
                stay.person.facts[name] = value
            else:
                doubts += self._fill(stay.person, name, value)
        for number, phone in digits.items():
            if number not in stay.person.digits:
                stay.person.digits.add(number)
                self.by_phone.setdefault((said.key, number), stay.person)
                phone_id = self._take_id("phone")
                self.new["phone"].append((phone_id, stay.person.id, phone, number))
                self._said.append(CellChange(ChangeMark.NEW, "phone", phone))
        if said.identity:
            doubts += self._take_identity(stay.person, said.identity)
        return doubts

    def _person(
        self,
        unit: HeldUnit,
        said: ImportedPerson,
        digits: Iterable[str],
        *,
        for_emergency: bool,
    ) -> HeldPerson:
        other = unit.people.get((said.key, not for_emergency))
        if other is not None and not other.ended:
            return other.person
        found = (self.by_phone.get((said.key, one)) for one in digits)
        person = next(filter(None, found), None)
        if person is None:
            person = HeldPerson(
                self._take_id("person"), {}, new=True, name=said.name, kind=said.kind.value
            )
            self.people.append(person)
            self._said.append(CellChange(ChangeMark.NEW, "person", said.name))
        return person

    def _add_stay(self, unit: HeldUnit, person: HeldPerson, said: ImportedPerson) -> HeldStay:
        share = said.share or Fraction(0)
        facts: dict[str, Fact] = {
            "from_on": _stored(said.from_on),
            "relation": said.relation,
            "share_part": share.numerator or None,
            "share_whole": share.denominator if share else None,
        }
        stay = HeldStay(
            self._take_id("residency"),
            facts,
            new=True,
            person=person,
            unit_id=unit.id,
            role=said.role.value,
        )
        unit.people[said.key, said.role is ResidentRole.EMERGENCY] = stay
        self.stays.append(stay)
        if not person.new:
            self._said.append(CellChange(ChangeMark.NEW, "residency", said.name))
        return stay

    def _compare_stay(self, stay: HeldStay, said: ImportedPerson) -> list[str]:
        """Fill what is not known of a stay; tell of another role, share or day."""
        if stay.ended:
            return [_("{name} has left this house.").format(name=said.name)]
        doubts = []
        if stay.role != said.role.value:
            role = ROLE_LABELS[ResidentRole(stay.role)]
            self._said.append(
                CellChange(ChangeMark.DIFFERENT, "role", str(ROLE_LABELS[said.role]), str(role))
            )
            doubts.append(
                _("{name} stands in the register as {role}.").format(name=said.name, role=role)
            )
        if said.relation:
            doubts += self._fill(stay, "relation", said.relation)
        if said.from_on:
            doubts += self._fill(stay, "from_on", _stored(said.from_on))
        if said.share is not None:
            doubts += self._fill_share(stay, said.share)
        return doubts

    def _fill_share(self, stay: HeldStay, share: Fraction) -> list[str]:
        part, whole = stay.facts["share_part"], stay.facts["share_whole"]
        if isinstance(part, int) and isinstance(whole, int):
            known, said = share_words(Fraction(part, whole)), share_words(share)
            if known == said:
                return []
            self._said.append(CellChange(ChangeMark.DIFFERENT, "share", said, known))
            return [difference("share", known, said)]
        stay.give("share_part", share.numerator)
        stay.give("share_whole", share.denominator)
        self.changes += 1
        self._said.append(CellChange(ChangeMark.FILLED, "share", share_words(share)))
        return []

    def _take_identity(self, person: HeldPerson, number: str) -> list[str]:
        """Note an identity number of a person who consented to it (PIPL 29), else say so."""
        consent_id = self.consents.get(person.id)
        if consent_id is None:
            text = _("The identity number of {name} needs the person's consent; note it first.")
            return [text.format(name=person.name)]
        if person.id not in self.kept:
            self.kept.add(person.id)
            self.identities.append((person.id, number, consent_id))
            self.changes += 1
            self._said.append(CellChange(ChangeMark.FILLED, "identity", ""))
        return []

    # -- vehicles

    def take_plate(self, unit: HeldUnit, plate: str) -> None:
        """Bring a plate that a list of residents names to its house."""
        key = plate_key(plate)
        if key not in unit.vehicles:
            self._add_vehicle(unit, key, plate, proposed_kind(plate).value, {})

    def take_vehicle(self, unit: HeldUnit, said: ImportedVehicle, community: str) -> list[str]:
        """Bring a vehicle to its house; return what is doubtful about it."""
        doubts: list[str] = []
        facts: dict[str, Fact] = {
            "description": said.description,
            "note": said.note,
            "from_on": _stored(said.from_on),
            "person_id": self._owner_id(unit, said, doubts),
            "space_id": self._space_id(said, community, doubts),
        }
        vehicle = unit.vehicles.get(said.key)
        if vehicle is None:
            if self.at_plate.get(said.key, set()) - {unit.id}:
                doubts.append(_("The plate stands at another house too."))
            self._add_vehicle(unit, said.key, said.plate, said.kind.value, facts)
        elif vehicle.ended:
            doubts.append(_("{plate} has gone from this house.").format(plate=vehicle.plate))
        else:
            for name, value in facts.items():
                if value is not None and value != "":
                    doubts += self._fill(vehicle, name, value)
            self.park(vehicle)
        return doubts

    def _add_vehicle(
        self, unit: HeldUnit, key: str, plate: str, kind: str, facts: dict[str, Fact]
    ) -> None:
        said: dict[str, Fact] = {
            "person_id": None, "description": "", "space_id": None, "note": "", "from_on": None,
        }  # fmt: skip
        vehicle = HeldVehicle(
            self._take_id("vehicle"), {**said, **facts}, new=True, unit_id=unit.id, plate=plate,
            kind=kind,
        )  # fmt: skip
        unit.vehicles[key] = vehicle
        self.vehicles.append(vehicle)
        self.park(vehicle)
        self._said.append(CellChange(ChangeMark.NEW, "vehicle", plate))

    def _owner_id(self, unit: HeldUnit, said: ImportedVehicle, doubts: list[str]) -> int | None:
        if not said.owner:
            return None
        for for_emergency in (False, True):
            stay = unit.people.get((said.owner_key, for_emergency))
            if stay is not None and not stay.ended:
                return stay.person.id
        text = _("{name} does not live in {house}; the vehicle has no owner then.")
        doubts.append(text.format(name=said.owner, house=unit.short))
        return None

    def _space_id(self, said: ImportedVehicle, community: str, doubts: list[str]) -> int | None:
        if said.space is None:
            return None
        space = self.find_unit(community, said.space)
        if space is None:
            text = _("There is no {space} in the register.")
            doubts.append(text.format(space=said.space.short))
            return None
        other = self.on_space.get(space.id)
        if other is not None and plate_key(other) != said.key:
            text = _("{plate} stands on {space} already; the space is not taken over.")
            doubts.append(text.format(plate=other, space=space.short))
            return None
        return space.id

    def made(self) -> dict[str, int]:
        """Return how much is new, under the names that JSON uses."""
        return {
            name: self.next[table] - self.first[table]
            for name, table in (
                ("communities", "community"), ("buildings", "building"),
                ("entrances", "entrance"), ("units", "unit"), ("persons", "person"),
                ("phones", "phone"), ("plates", "vehicle"),
            )
        }  # fmt: skip


def _stored(value: Fact) -> Fact:
    """Return a value as its column holds it."""
    return value.isoformat() if isinstance(value, date) else value
