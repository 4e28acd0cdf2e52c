"""The demo's houses, the people who live in them, and their cars, keys and pets."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from fractions import Fraction
from functools import partial
from random import Random
from typing import Any

from propdesk import paths
from propdesk.domain.consents import ConsentDraft, ConsentWay
from propdesk.domain.data_requests import RequestKind
from propdesk.domain.demo import SEED, DemoStory, House, days_before, is_woman
from propdesk.domain.persons import Guardian, PersonDraft, PersonKind, ResidentRole
from propdesk.domain.pets import PetDraft, PetKind
from propdesk.domain.unit_changes import ChangeDraft, UnitField
from propdesk.domain.unit_drafts import UnitFacts
from propdesk.domain.unit_keys import KeyDraft, KeyKind
from propdesk.domain.units import UnitKind, UnitState, UnitUsage, require_address
from propdesk.domain.vehicles import VehicleDraft, VehicleKind
from propdesk.services import (
    consents,
    data_requests,
    person_details,
    persons,
    pets,
    residents,
    segments,
    unit_keys,
    units,
    vehicles,
)
from propdesk.services.demo_plots import DemoPlots, Step
from propdesk.services.queries.residents import draft_of, list_residents

Told = Mapping[str, Any]

# Every so many houses that are lived in have one of these; of the others the material has a few.
_HOUSES_A_CAR, _HOUSES_A_BIKE, _HOUSES_A_KEY = 3, 11, 6
_HOUSES_A_SPACE, _HOUSES_A_STORE, _HOUSES_A_SHOP = 6, 25, 40
_PLATE_SIGNS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


class DemoHouses:
    """The register of the demo's community.

    Few houses have much to tell and most have little; what a small demo has no house for is left
    out. All of it stands in houses.json.
    """

    def __init__(self, story: DemoStory, now: datetime) -> None:
        file = paths.resources() / "demo" / "houses.json"
        self.material: Told = json.loads(file.read_text("utf-8"))
        self.units: dict[str, int] = {}
        self.people: dict[tuple[int, str], int] = {}
        self._story = story
        self._community: str = story.material["community"]["name"]
        self._now = now
        self._desk = 0
        # Apart from the story's own chance, so that the tickets stay as they are.
        self._draw = Random(SEED)  # noqa: S311 - no secret hangs on it
        self._first: dict[int, int] = {}  # who is first in a house, by the house's id
        self._plates: set[str] = set()

    def open(self, houses: Sequence[House], desks: Sequence[int]) -> Iterator[None]:
        """Put all houses and their people into the register, one at a time, then what is theirs."""
        self._desk = desks[0]
        self._plots = DemoPlots(self.material, self._now, desks)
        vacant = [house for house in houses if house.state is UnitState.VACANT]
        plots = self._plots.give_out(self._draw.sample(vacant, len(vacant)))
        for house in houses:
            self._add(house, plots.get(house.address.short, {}))
            yield
        lived_in = [(self.units[house.address.short], house) for house in houses if house.dwellers]
        self._link_second_homes(plots, lived_in)
        self._shops(len(houses) // _HOUSES_A_SHOP)
        self._stores(lived_in[4::_HOUSES_A_STORE])
        spaces = self._spaces(len(houses) // _HOUSES_A_SPACE, lived_in)
        self._cars(lived_in, spaces)
        self._keys(lived_in[2::_HOUSES_A_KEY])
        self._pets(lived_in[5::9])
        self._care(lived_in)
        yield

    def steps(self, houses: Sequence[House]) -> Iterator[tuple[datetime, Step]]:
        """Return what happened to houses meanwhile, each with its time."""
        yield from self._plots.steps(self.units, self._first)
        lived_in = [self.units[house.address.short] for house in houses if house.dwellers]
        told = self.material["remeasured"]
        at = days_before(self._now, told["days_before"])
        draft = ChangeDraft(UnitField.AREA, told["area"], note=told["note"])
        for unit in lived_in[9:10]:
            yield at, partial(units.enter_change, unit, draft, by=self._desk, now=at)
        asked = self.material["request"]
        at, kind = days_before(self._now, asked["days_before"]), RequestKind(asked["kind"])
        for unit in lived_in[13:14]:
            yield at, partial(
                data_requests.receive_request,
                self._first[unit], kind, asked["text"], by=self._desk, now=at,
            )  # fmt: skip

    # -- houses and people

    def _add(self, house: House, plot: Told) -> None:
        facts = UnitFacts(
            area_dm2=house.area_dm2,
            state=UnitState(plot.get("before", house.state)),
            usage=UnitUsage.RESIDENTIAL,
            layout=self.material["layouts"][str(house.area_dm2)],
            contract=self.material["contracts"]["home"],
            delivered_on=self._delivered_on(house),
            minors=self._minors(house),
        )
        unit = units.add_unit(
            house.address, community=self._community, by=self._desk, facts=facts
        ).id
        self.units[house.address.short] = unit
        if plot.get("kind") == "second-home":
            return  # its owner lives in another house
        since = self._since(facts.delivered_on)
        joint = self._shares(house)
        for place, _one in enumerate(house.people):
            draft = self._resident(house, place, since)
            if place < len(joint):
                draft = replace(draft, role=ResidentRole.OWNER, share=joint[place])
            self._add_person(unit, draft)
        if house.state is UnitState.OWNER_OCCUPIED and self._draw.random() < 0.04:
            self._add_emergency(unit)
        for tenant in self._plots.earlier_tenants(plot):
            self._add_person(unit, tenant)

    def _add_person(self, unit: int, draft: PersonDraft) -> int:
        person = residents.add_resident(unit, draft, by=self._desk, now=self._now).person_id
        self._first.setdefault(unit, person)
        for phone in draft.phones:
            self.people[unit, phone] = person
        return person

    def _delivered_on(self, house: House) -> date | None:
        if house.state in {UnitState.UNSOLD, UnitState.UNDELIVERED}:
            return None
        built = self.material["built"]
        known = (one for one in built if house.address.building in one["buildings"])
        days = next(known, built[0])["delivered_days_before"] - self._draw.randrange(90)
        return days_before(self._now, days).date()

    def _since(self, delivered: date | None) -> date:
        """Return since when somebody owns a house: the first day, or as it was bought later."""
        if delivered is None or self._draw.random() < 0.7:
            return delivered or days_before(self._now, 150).date()
        return days_before(self._now, self._draw.randrange(900, 2300)).date()

    def _minors(self, house: House) -> int | None:
        """Return how many children live there; mostly nobody has asked."""
        if not house.dwellers:
            return None
        return self._draw.choices((None, 0, 1, 2), (55, 15, 22, 8))[0]

    def _shares(self, house: House) -> tuple[Fraction | None, ...]:
        """Return the shares of a couple that owns its house together, mostly without parts."""
        if house.is_couple and self._draw.random() < 0.4:
            half, most = Fraction(1, 2), Fraction(7, 10)
            return self._draw.choice(((None, None), (half, half), (most, 1 - most)))
        return ()

    def _resident(self, house: House, place: int, since: date) -> PersonDraft:
        name, salutation, phone, role = house.people[place]
        if role == "tenant":
            since = days_before(self._now, self._draw.randrange(430, 1200)).date()
        relation = self._relation(house) if role == "family" else ""
        return PersonDraft(
            name, ResidentRole(role), salutation, (phone,), from_on=since, relation=relation
        )

    def _relation(self, house: House) -> str:
        words = self.material["relations"]
        if house.is_couple:
            return str(words["spouse"])
        return str(self._draw.choice(words["women" if is_woman(house.people[1][1]) else "men"]))

    def _add_emergency(self, unit: int) -> None:
        name, salutation, phone, _role = self._stranger()
        kin = "sisters" if is_woman(salutation) else "brothers"
        relation = self._draw.choice(self.material["relations"][kin])
        draft = PersonDraft(
            name, ResidentRole.EMERGENCY, salutation, (phone,), relation=relation
        )  # fmt: skip
        self._add_person(unit, draft)

    def _stranger(self) -> tuple[str, str, str, str]:
        """Return somebody who is not in the story, drawn from this part's own chance."""
        return self._story.person("", self._draw)

    def _link_second_homes(
        self, plots: Mapping[str, Told], lived_in: Sequence[tuple[int, House]]
    ) -> None:
        """Let somebody who lives here own another house, too."""
        second = [self.units[name] for name, plot in plots.items() if plot["kind"] == "second-home"]
        for unit, (home, _house) in zip(second, lived_in[6::17], strict=False):
            self._own(unit, home, 900)

    def _own(self, unit: int, home: int, days: int) -> None:
        since = days_before(self._now, days).date()
        stay = persons.StayDraft(ResidentRole.OWNER, from_on=since)
        persons.link_person(unit, self._first[home], stay, by=self._desk, now=self._now)

    # -- shops, storage rooms, parking spaces

    def _place(self, kind: UnitKind, number: str, facts: UnitFacts) -> int:
        address = require_address(self.material["places"][kind] + number)
        unit = units.add_unit(address, community=self._community, by=self._desk, facts=facts)
        return unit.id

    def _shops(self, most: int) -> None:
        delivered = days_before(self._now, 2300).date()
        for number, told in enumerate(self.material["shops"][:most], 1):
            state = UnitState(told["state"])
            unit = self._place(
                UnitKind.SHOP,
                f"{number}",
                UnitFacts(
                    floor=1,
                    area_dm2=told["area_dm2"],
                    state=state,
                    usage=UnitUsage.COMMERCIAL,
                    contract=self.material["contracts"]["shop"],
                    delivered_on=None if state is UnitState.UNSOLD else delivered,
                ),
            )
            if state is not UnitState.UNSOLD:
                self._shop_people(unit, told, delivered)

    def _shop_people(self, unit: int, told: Told, since: date) -> None:
        if "company" in told:
            company = PersonDraft(
                told["company"], phones=(told["phone"],), from_on=since, kind=PersonKind.COMPANY
            )
            self._add_person(unit, company)
        else:
            name, salutation, phone, _role = self._stranger()
            owner = PersonDraft(name, ResidentRole.OWNER, salutation, (phone,), from_on=since)
            self._add_person(unit, owner)
        for role in (ResidentRole.STAFF, ResidentRole.TENANT):
            if role.value in told:
                one = told[role.value]
                kind = PersonKind.COMPANY if one.get("company") else PersonKind.PERSON
                draft = PersonDraft(
                    one["name"], role, one.get("salutation", ""), (one["phone"],), kind=kind,
                    from_on=days_before(self._now, 640).date(), relation=one.get("relation", ""),
                )  # fmt: skip
                self._add_person(unit, draft)

    def _stores(self, homes: Sequence[tuple[int, House]]) -> None:
        for number, (home, _house) in enumerate(homes, 1):
            facts = UnitFacts(
                floor=-1,
                area_dm2=self._draw.choice((480, 620, 750)),
                state=UnitState.OWNER_OCCUPIED,
                usage=UnitUsage.OTHER,
            )
            self._own(self._place(UnitKind.STORAGE, f"{number:02d}", facts), home, 2000)

    def _spaces(self, count: int, lived_in: Sequence[tuple[int, House]]) -> dict[int, int]:
        """Add the spaces of the basement; return whose house has which."""
        owned: dict[int, int] = {}
        homes = iter(lived_in[::_HOUSES_A_CAR])
        for number in range(1, count + 1):
            chance = self._draw.random()
            state = UnitState.UNSOLD if chance < 0.12 else UnitState.OWNER_OCCUPIED
            state = UnitState.LET if chance > 0.85 else state
            facts = UnitFacts(floor=-1, area_dm2=1325, state=state, usage=UnitUsage.OTHER)
            space = self._place(UnitKind.PARKING, f"B1-{number:03d}", facts)
            home = next(homes, None) if state is not UnitState.UNSOLD else None
            if home is not None:
                owned[home[0]] = space
                if state is UnitState.OWNER_OCCUPIED:
                    self._own(space, home[0], 1800)
        return owned

    # -- what is in the houses

    def _cars(self, lived_in: Sequence[tuple[int, House]], spaces: Mapping[int, int]) -> None:
        for unit, _house in lived_in[::_HOUSES_A_CAR]:
            since = days_before(self._now, self._draw.randrange(40, 1500)).date()
            draft = VehicleDraft(
                self._plate(),
                description=self._draw.choice(self.material["cars"]),
                person_id=self._first[unit],
                space_id=spaces.get(unit),
                from_on=since,
            )
            vehicles.add_vehicle(unit, draft, by=self._desk, now=self._now)
        for number, (unit, _house) in enumerate(lived_in[1::_HOUSES_A_BIKE], 1):
            draft = VehicleDraft(
                f"{self.material['bike_number']}{number:05d}",
                VehicleKind.ELECTRIC_BIKE,
                self.material["bike"],
                from_on=days_before(self._now, 200 + number).date(),
            )
            vehicles.add_vehicle(unit, draft, by=self._desk, now=self._now)

    def _plate(self) -> str:
        """Return a plate nobody has yet; a third are new-energy cars with their sixth sign."""
        while True:
            if self._draw.random() < 0.33:
                plate = f"{self.material['plate']}D{self._draw.randrange(100000):05d}"
            else:
                plate = f"{self.material['plate']}{''.join(self._draw.choices(_PLATE_SIGNS, k=5))}"
            if plate not in self._plates:
                self._plates.add(plate)
                return plate

    def _keys(self, homes: Sequence[tuple[int, House]]) -> None:
        for number, (unit, house) in enumerate(homes, 1):
            since = days_before(self._now, self._draw.randrange(100, 1900)).date()
            cards = KeyDraft(
                KeyKind.DOOR_CARD, self._draw.choice((1, 2, 2, 3)), house.people[0][0],
                self._first[unit], f"{number * 17 + 300:04d}", 2000, since,
            )  # fmt: skip
            unit_keys.give_key(unit, cards, by=self._desk, now=self._now)
            if number % 12 == 1:
                left = KeyDraft(
                    KeyKind.HOUSE_KEY, holder=house.people[0][0], person_id=self._first[unit],
                    from_on=since, with_office=True, **self.material["kept_key"],
                )  # fmt: skip
                unit_keys.give_key(unit, left, by=self._desk, now=self._now)

    def _pets(self, homes: Sequence[tuple[int, House]]) -> None:
        for (unit, _house), told in zip(homes, self.material["pets"], strict=False):
            draft = PetDraft(
                PetKind(told["kind"]),
                told["name"],
                told.get("breed", ""),
                told.get("licence", ""),
                vaccinated_until=days_before(self._now, -told["vaccinated_days"]).date(),
                person_id=self._first[unit],
                from_on=days_before(self._now, 420).date(),
                note=told.get("note", ""),
            )
            pets.add_pet(unit, draft, by=self._desk, now=self._now)

    # -- how the office speaks with them

    def _care(self, lived_in: Sequence[tuple[int, House]]) -> None:
        for place, (unit, _house) in enumerate(lived_in[8::15]):
            codes = self.material["segments"]
            segments.put_into_segment(self._first[unit], codes[place % len(codes)], by=self._desk)
        for (unit, _house), told in zip(lived_in[12::41], self.material["special"], strict=False):
            self._mark(unit, told)
        for (unit, _house), told in zip(lived_in[10::23], self.material["details"], strict=False):
            self._agree(self._first[unit], told)
        with_kin = [
            (unit, house)
            for unit, house in lived_in
            if house.is_couple and house.state is UnitState.OWNER_OCCUPIED
        ]
        for unit, house in with_kin[3:4]:
            child = self.material["child"]
            agreed = Guardian(
                house.people[0][0], ConsentWay.PAPER, days_before(self._now, 220).date()
            )
            draft = PersonDraft(
                house.people[0][0][0] + child["given"], ResidentRole.FAMILY, is_child=True,
                guardian=agreed, relation=child["relation"],
                from_on=days_before(self._now, 220).date(),
            )  # fmt: skip
            self._add_person(unit, draft)

    def _mark(self, unit: int, told: Told) -> None:
        found = list_residents(unit, self._now.date())
        owner = next(one for one in found if one.person_id == self._first[unit])
        draft = replace(
            draft_of(owner),
            special=told["text"],
            special_until=days_before(self._now, -told["days"]).date(),
        )
        residents.change_resident(
            unit, owner.residency_id, draft, version=owner.version, by=self._desk, now=self._now
        )

    def _agree(self, person: int, told: Told) -> None:
        given = days_before(self._now, 180).date()
        agreed = ConsentDraft(told["scope"], ConsentWay(told["way"]), given)
        consents.give_consent(person, agreed, by=self._desk, now=self._now)
        person_details.set_details(person, told["values"], by=self._desk, now=self._now)
