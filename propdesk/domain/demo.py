"""The demo office's material, read from resources: people, houses, what callers say, two outages.

Everything is drawn with one seeded source of chance, so that a demo is the same every time
(decision 23). Plain values; services/demo.py turns them into an office.
"""

import json
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from propdesk.domain.tickets import Channel, Kind, Satisfaction, Urgency
from propdesk.domain.units import Address, UnitState

DEMO_DAY = date(2026, 11, 21)
DEMO_TIME = timedelta(hours=10, minutes=12)
# The demo that is made where no other size is named.
HOUSEHOLDS, MONTHS, SEED = 300, 13, 1
# For a first look nobody waits for a whole year: two reports and their comparison are enough.
FIRST_LOOK_MONTHS = 4

# Tickets a year and household; complaints are more than in a calm estate, so that the report of a
# demo month is worth reading (sizes.md 4.2 has the plain figures).
YEARLY: Mapping[Kind, float] = {
    Kind.REPAIR: 0.95,
    Kind.COMPLAINT: 0.72,
    Kind.ENQUIRY: 0.3,
    Kind.SUGGESTION: 0.12,
    Kind.PRAISE: 0.16,
    Kind.BILL_QUERY: 0.2,
}

_CHANNELS: Mapping[Channel, int] = {
    Channel.PHONE: 56,
    Channel.VISIT: 22,
    Channel.ONLINE: 12,
    Channel.LETTER: 2,
    Channel.HOTLINE: 5,
    Channel.PATROL: 3,
}

_SEASONS = {12: "winter", 1: "winter", 2: "winter", 3: "spring", 4: "spring", 5: "spring",
            6: "summer", 7: "summer", 8: "summer"}  # fmt: skip

# What the houses of an estate are, of a hundred; the vacant ones have the stories (houses.json).
_STATES: Mapping[UnitState, float] = {
    UnitState.OWNER_OCCUPIED: 68.5,
    UnitState.LET: 14,
    UnitState.VACANT: 13.5,
    UnitState.UNSOLD: 2.5,
    UnitState.UNDELIVERED: 1.5,
}


@dataclass(frozen=True, slots=True)
class Said:
    """One text of the pool: what a caller said, and what the office did and answered."""

    kind: Kind
    text: str
    matter: str
    class_code: str | None
    season: str
    is_common: bool
    location: str
    department: str
    urgency: Urgency
    wish: str
    work_done: str
    reply: str


@dataclass(frozen=True, slots=True)
class Happening:
    """A ticket to come: when it is received, about what, from where, and how it will go on.

    `answers` are the follow-ups' answers in order; the last round stays unanswered where `ends`
    is False, and `waiting` is what is noted from time to time meanwhile. `unit` is a short
    address, or '' for a common place; `note` is what the worker is told at dispatch.
    """

    at: datetime
    said: Said
    unit: str = ""
    place: str = ""
    person: str = ""
    phone: str = ""
    channel: Channel = Channel.PHONE
    answers: tuple[Satisfaction, ...] = (Satisfaction.SATISFIED,)
    remarks: tuple[str, ...] = ()
    ends: bool = True
    is_void: bool = False
    promise_hours: int | None = None
    pace: float = 1.0
    waiting: tuple[str, ...] = ()
    appointment: str = ""
    note: str = ""

    @property
    def is_urgent(self) -> bool:
        """Tell whether somebody goes at once, also by night."""
        return self.said.urgency in {Urgency.P0, Urgency.P1}

    @property
    def promised_at(self) -> datetime | None:
        """What the caller is promised: an hour where it is urgent, else the end of a day's work."""
        if self.promise_hours is None or self.is_void:
            return None
        promised = self.at + timedelta(hours=self.promise_hours)
        if self.is_urgent:
            return promised
        evening = promised.replace(hour=18, minute=0)
        return evening if evening > self.at + timedelta(hours=4) else evening + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class House:
    """A house of the demo: what it is, and its people as (name, salutation, phone, role)."""

    address: Address
    area_dm2: int
    people: tuple[tuple[str, str, str, str], ...]
    state: UnitState = UnitState.OWNER_OCCUPIED

    @property
    def dwellers(self) -> tuple[tuple[str, str, str, str], ...]:
        """Who lives there and calls the office: the tenants of a house that is let."""
        if self.state is UnitState.LET:
            return tuple(one for one in self.people if one[3] == "tenant")
        return self.people if self.state is UnitState.OWNER_OCCUPIED else ()

    @property
    def is_couple(self) -> bool:
        """Tell whether owner and family are a woman and a man."""
        if len(self.people) < 2 or self.people[1][3] != "family":
            return False
        return is_woman(self.people[0][1]) != is_woman(self.people[1][1])


class DemoStory:
    """The material of the demo and the chance that shapes it."""

    def __init__(self, story: str, pool: Mapping[Kind, str], seed: int) -> None:
        self.material: dict[str, Any] = json.loads(story)
        self.chance = random.Random(f"propdesk demo {seed}")  # noqa: S311 - no secret hangs on it
        self.pool = {kind: tuple(_read_pool(kind, text)) for kind, text in pool.items()}
        self._used: dict[Kind, set[str]] = {kind: set() for kind in Kind}

    def houses(self, households: int) -> list[House]:
        """Return the houses, the lower floors of every building first; one is the hopeless one."""
        hopeless = self.material["hopeless_house"]
        wanted = _addresses(self.material["buildings"], households, hopeless["unit"])
        return [self._house(address, hopeless) for address in wanted]

    def _house(self, address: Address, hopeless: Mapping[str, str]) -> House:
        chance = self.chance
        area = chance.choice((6280, 7450, 8962, 8962, 10530, 12840, 14370))
        if address.short == hopeless["unit"]:
            name = hopeless["person"]
            owner = (name, name[0] + "先生", hopeless["phone"], "owner")
            return House(address, area, (owner,))
        state = chance.choices(list(_STATES), list(_STATES.values()))[0]
        if state is UnitState.UNSOLD:
            return House(address, area, (), state)
        people = [self._person("owner")]
        if state is UnitState.LET:
            people.append(self._person("tenant"))
        elif state is UnitState.OWNER_OCCUPIED and chance.random() < 0.5:
            people.append(self._kin(people[0]))
        return House(address, area, tuple(people), state)

    def _person(self, role: str) -> tuple[str, str, str, str]:
        return self.person(role, self.chance)

    def _kin(self, owner: tuple[str, str, str, str]) -> tuple[str, str, str, str]:
        """Return who lives with an owner: mostly a spouse, else one of the parents or children."""
        sexes = ("male", "female") if is_woman(owner[1]) else ("female", "male")
        is_spouse = self.chance.random() < 0.8
        kin = self.person("family", self.chance, sexes[0] if is_spouse else sexes[1])
        if is_spouse or is_woman(owner[1]):
            return kin
        surname, given = owner[1][:-2], kin[0][len(kin[1]) - 2 :]
        return surname + given, owner[1], *kin[2:]

    def person(self, role: str, chance: random.Random, sex: str = "") -> tuple[str, str, str, str]:
        """Return somebody as a house has him: name, salutation, phone, role."""
        names = self.material["given_names"]
        sex = sex or chance.choice(("female", "male"))
        surnames = self.material["surnames"]
        # The first surnames of the list are the commonest.
        surname = surnames[min(int(chance.expovariate(0.06)), len(surnames) - 1)]
        salutation = surname + ("女士" if sex == "female" else "先生")
        phone = f"1{chance.choice('3578')}{chance.randrange(10):d}0000{chance.randrange(10000):04d}"
        return surname + chance.choice(names[sex]), salutation, phone, role

    def say(self, kind: Kind, month: int) -> Said:
        """Return the next text of a kind that fits the month; none comes twice before all did."""
        season = _SEASONS.get(month, "autumn")
        fitting = [said for said in self.pool[kind] if said.season in {"any", season}]
        left = [said for said in fitting if said.text not in self._used[kind]]
        if not left:
            self._used[kind].clear()
            left = fitting
        said = self.chance.choice(left)
        self._used[kind].add(said.text)
        return said

    def happenings(self, houses: Sequence[House], today: date, months: int) -> list[Happening]:
        """Return all tickets of the demo in the order of their receipt.

        They cover `months` whole months and the days of the running one: with thirteen, the report
        of the last whole month has the same month of the year before to compare with.
        """
        lived_in = [house for house in houses if house.dwellers]
        first = _months_before(today, months)
        found = list(self._everyday(lived_in, first, today))
        found += self._outages(lived_in, today)
        found += self._hopeless(today)
        found += self._this_morning(lived_in, today)
        start = datetime.combine(first, datetime.min.time())
        now = datetime.combine(today, datetime.min.time()) + DEMO_TIME
        return sorted(
            (one for one in found if start <= one.at < now), key=lambda one: (one.at, one.said.text)
        )

    def _everyday(self, houses: Sequence[House], first: date, today: date) -> Iterator[Happening]:
        chance = self.chance
        day = first
        while day <= today:
            weekend = day.weekday() >= 5
            busy = {12: 1.15, 1: 1.2, 2: 0.7, 7: 1.3, 8: 1.25}.get(day.month, 1.0)
            for kind, yearly in YEARLY.items():
                mean = yearly * len(houses) / 365 * busy * (0.8 if weekend else 1.08)
                for _one in range(_poisson(chance, mean)):
                    yield self._one(kind, day, chance.choice(houses))
            day += timedelta(days=1)

    def _one(self, kind: Kind, day: date, house: House) -> Happening:
        chance = self.chance
        said = self.say(kind, day.month)
        hour = chance.choices(
            range(24),
            (1, 1, 0, 0, 0, 1, 4, 9, 26, 28, 22, 14, 8, 9, 15, 16, 17, 20, 22, 20, 12, 8, 4, 2),
        )[0]
        at = datetime(day.year, day.month, day.day, hour, chance.randrange(60))
        who = chance.choice(house.dwellers)
        # What is common stands in its place; only stairs and lifts are told with the house.
        is_common = said.is_common and said.location not in self.material["at_the_door"]
        # What is young is still on its way when the demo's day comes; a few old ones drag on,
        # where others than the office decide: the builder, the owners' vote, the city.
        waiting = tuple(self.material["waiting"].get(said.matter, ()))
        drags_on = chance.random() < 0.25 and bool(waiting)
        return Happening(
            at=at,
            said=said,
            unit="" if is_common else house.address.short,
            place=(said.location or chance.choice(self.material["places"])) if is_common else "",
            person=who[1],
            phone=who[2],
            channel=chance.choices(list(_CHANNELS), list(_CHANNELS.values()))[0],
            answers=(Satisfaction.SATISFIED,) if drags_on else self._answers(kind),
            ends=not drags_on,
            is_void=chance.random() < 0.012,
            promise_hours=chance.choice((8, 24, 48, 48, 72, 120))
            if chance.random() < 0.7
            else None,
            pace=chance.lognormvariate(0.0, 0.8),
            waiting=waiting if drags_on else (),
            appointment=self._appointment(said, at),
            note=chance.choice(self.material["dispatch_notes"])
            if not said.is_common and chance.random() < 0.4
            else "",
        )

    def _appointment(self, said: Said, at: datetime) -> str:
        """Return when the caller of a repair without haste is at home: two hours of a later day."""
        chance = self.chance
        is_called_for = said.kind is Kind.REPAIR and not said.is_common
        if not is_called_for or said.urgency is Urgency.P1 or chance.random() < 0.3:
            return ""
        day = at + timedelta(days=chance.choice((1, 1, 2)))
        start = chance.choice((9, 10, 14, 15, 18))
        return f"{day:%m-%d} {start:02d}:00-{start + 2:02d}:00"

    def _answers(self, kind: Kind) -> tuple[Satisfaction, ...]:
        if kind is not Kind.COMPLAINT:
            return (Satisfaction.SATISFIED,)
        draw = self.chance.random()
        if draw < 0.045:
            return (Satisfaction.DISSATISFIED, Satisfaction.SATISFIED)
        if draw < 0.055:
            return (Satisfaction.DISSATISFIED, Satisfaction.DISSATISFIED, Satisfaction.FAIR)
        return (Satisfaction.FAIR,) if draw < 0.11 else (Satisfaction.SATISFIED,)

    def _outages(self, houses: Sequence[House], today: date) -> Iterator[Happening]:
        for outage in self.material["outages"]:
            day = today - timedelta(days=outage["days_before_today"])
            start = datetime.combine(day, datetime.strptime(outage["starts_at"], "%H:%M").time())
            there = [house for house in houses if house.address.building == outage["building"]]
            for ticket in outage["tickets"]:
                house = self.chance.choice(there or list(houses))
                said = _said(
                    Kind(ticket["kind"]),
                    {"season": "any", "place": "home", "department": "engineering",
                     "work_done": outage["mended"], "reply": outage["mended"], **ticket},
                )  # fmt: skip
                yield Happening(
                    at=start + timedelta(minutes=ticket["minute"]),
                    said=said,
                    unit=house.address.short,
                    person=house.dwellers[0][1],
                    phone=house.dwellers[0][2],
                    answers=self._answers(said.kind),
                    pace=0.4,
                )

    def _this_morning(self, houses: Sequence[House], today: date) -> Iterator[Happening]:
        """Give what is under way as the demo's day is shown; one of it is the sample order."""
        now = datetime.combine(today, datetime.min.time()) + DEMO_TIME
        for entry in self.material["this_morning"]:
            house = self.chance.choice(houses)
            said = _said(
                Kind(entry["kind"]), {"season": "any", "department": "engineering", **entry}
            )
            hours = entry.get("appointment", "")
            yield Happening(
                at=now - timedelta(minutes=entry["minutes_before"]),
                said=said,
                unit=house.address.short,
                person=house.dwellers[0][1],
                phone=house.dwellers[0][2],
                ends=False,
                promise_hours=8,
                pace=0.2,
                appointment=f"{today:%m-%d} {hours}" if hours else "",
                note=entry.get("note", ""),
            )

    def _hopeless(self, today: date) -> Iterator[Happening]:
        house = self.material["hopeless_house"]
        for episode in house["episodes"]:
            day = today - timedelta(days=episode["days_before_today"])
            outcome = episode["outcome"]
            answer = Satisfaction(episode.get("satisfaction", "satisfied"))
            answers = (answer, Satisfaction.FAIR) if outcome == "reopened" else (answer,)
            yield Happening(
                at=datetime(day.year, day.month, day.day, 9, self.chance.randrange(5, 55)),
                said=_said(
                    Kind(episode["kind"]),
                    {"season": "any", "place": "home", "department": "engineering", **episode},
                ),
                unit=house["unit"],
                person=house["person"][0] + "先生",
                phone=house["phone"],
                answers=answers,
                remarks=(episode.get("remark", ""),),
                ends=outcome != "open",
                promise_hours=72,
                pace=1.6,
            )


def _read_pool(kind: Kind, text: str) -> Iterator[Said]:
    for entry in json.loads(text):
        yield _said(kind, entry)


def _said(kind: Kind, entry: Mapping[str, Any]) -> Said:
    return Said(
        kind=kind,
        text=entry["text"],
        matter=entry["matter"],
        class_code=entry.get("class"),
        season=entry["season"],
        is_common=entry["place"] == "common",
        location=entry.get("location", ""),
        department=entry["department"],
        urgency=Urgency(entry["urgency"]),
        wish=entry.get("wish", ""),
        work_done=entry.get("work_done", ""),
        reply=entry.get("reply", ""),
    )


def _addresses(buildings: Sequence[Mapping[str, Any]], count: int, always: str) -> list[Address]:
    """Return `count` houses: all buildings grow together from the ground, then more buildings."""
    found: list[tuple[float, Address]] = []
    lap = 0
    while len(found) < max(count, 1):
        for shape in buildings:
            name = str(int(shape["name"]) + lap * len(buildings))
            for entrance in range(1, shape["entrances"] + 1):
                for floor in range(1, shape["floors"] + 1):
                    for door in range(1, shape["units_per_floor"] + 1):
                        address = Address(name, str(entrance), f"{floor}{door:02d}")
                        height = -1.0 if address.short == always else floor / shape["floors"]
                        found.append((lap + height, address))
        lap += 1
    found.sort(key=lambda one: one[0])
    kept = [address for _height, address in found[:count]]
    return sorted(kept, key=lambda one: (int(one.building), int(one.entrance), int(one.unit)))


def _months_before(today: date, months: int) -> date:
    ordinal = today.year * 12 + today.month - 1 - months
    return date(ordinal // 12, ordinal % 12 + 1, 1)


def is_woman(salutation: str) -> bool:
    """Tell whether the demo calls somebody Mrs or Ms."""
    return salutation.endswith("女士")


def days_before(now: datetime, days: int, clock: str = "") -> datetime:
    """Return the moment some days before the demo's (to come where negative), at a time of day."""
    at = now - timedelta(days=days)
    hour, minute = clock.split(":") if clock else (at.hour, at.minute)
    return at.replace(hour=int(hour), minute=int(minute), second=0)


def by_day(at: datetime) -> datetime:
    """Return the moment itself, or in the next morning where it lies in the night."""
    if 8 <= at.hour < 20:
        return at
    morning = at.replace(hour=8)
    return morning if at.hour < 8 else morning + timedelta(days=1)


def _poisson(chance: random.Random, mean: float) -> int:
    """Draw how many of something happen in a day (Knuth's way: the means are small)."""
    limit, product, count = 2.718281828459045**-mean, chance.random(), 0
    while product > limit:
        product *= chance.random()
        count += 1
    return count
