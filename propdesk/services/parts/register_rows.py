"""Houses, people and vehicles as an import holds them in memory: what stands, what is given them.

`given` keeps what a record that stood before had in each place that the import fills, so that
undoing is exact (decision 10); what is new has none.
"""

from dataclasses import dataclass, field

from propdesk.domain.import_facts import Fact
from propdesk.domain.units import Address, UnitKind

# A known house is found by its entrance; only new ones need their address.
NOWHERE = Address("", "", "", UnitKind.HOME)

UNIT_FACTS = (
    "floor", "area_dm2", "note", "state", "usage", "layout", "contract", "delivered_on",
)  # fmt: skip
PERSON_FACTS = ("salutation", "note")
STAY_FACTS = ("from_on", "relation", "share_part", "share_whole")
VEHICLE_FACTS = ("person_id", "description", "space_id", "note", "from_on")


@dataclass(slots=True)
class Held:
    """A record and its values by column; `version` is that of a record that stood before."""

    id: int
    facts: dict[str, Fact]
    new: bool
    version: int = 1
    given: dict[str, Fact] = field(default_factory=dict)

    def give(self, name: str, value: Fact) -> None:
        """Put a value into an empty place."""
        if not self.new:
            self.given.setdefault(name, self.facts.get(name))
        self.facts[name] = value


@dataclass(slots=True)
class HeldUnit(Held):
    """A house; its people by name and whether they are there for emergencies, vehicles by plate."""

    entrance_id: int = 0
    address: Address = NOWHERE
    short: str = ""
    people: dict[tuple[str, bool], "HeldStay"] = field(default_factory=dict)
    vehicles: dict[str, "HeldVehicle"] = field(default_factory=dict)


@dataclass(slots=True)
class HeldPerson(Held):
    """A person with the digits of the phones."""

    name: str = ""
    kind: str = "person"
    digits: set[str] = field(default_factory=set)


@dataclass(slots=True)
class HeldStay(Held):
    """What a person is to a house; whoever left stays in the history."""

    person: HeldPerson = field(default_factory=lambda: HeldPerson(0, {}, new=False))
    unit_id: int = 0
    role: str = ""
    ended: bool = False


@dataclass(slots=True)
class HeldVehicle(Held):
    """A vehicle of a house."""

    unit_id: int = 0
    plate: str = ""
    kind: str = ""
    ended: bool = False
