"""The register of houses, people and vehicles as it stands on a day, read into memory at once."""

from collections import defaultdict
from datetime import date

from propdesk.domain.imported_names import name_key
from propdesk.domain.persons import ResidentRole
from propdesk.domain.vehicles import plate_key
from propdesk.services.parts.register_rows import (
    UNIT_FACTS,
    VEHICLE_FACTS,
    HeldPerson,
    HeldStay,
    HeldUnit,
    HeldVehicle,
)
from propdesk.storage.database import rows

# A fact whose history is kept is filled only where it has none: else the history would rule.
_DATED = {
    "area": "area_dm2", "state": "state", "usage": "usage", "layout": "layout",
    "contract": "contract",
}  # fmt: skip


class StandingRegister:
    """What stands: houses by entrance, kind and number, people by name and phone, vehicles.

    `dated` are facts of houses that have a history, `renamed` the numbers that houses had before,
    `consents` who agreed that his identity number is kept, `kept` whose is kept already.
    """

    def __init__(self, today: date, *, consent_scope: str) -> None:
        self.today = today
        self.communities: dict[str, int] = dict(
            rows("SELECT name, id FROM community ORDER BY name")
        )
        self.buildings = {
            (row[0], row[1]): row[2] for row in rows("SELECT community_id, name, id FROM building")
        }
        self.entrances = {
            (row[0], row[1]): row[2] for row in rows("SELECT building_id, name, id FROM entrance")
        }
        self.units: dict[tuple[int, str, str], HeldUnit] = {}
        self.by_id: dict[int, HeldUnit] = {}
        self.people: list[HeldPerson] = []
        self.stays: list[HeldStay] = []
        self.vehicles: list[HeldVehicle] = []
        self.by_phone: dict[tuple[str, str], HeldPerson] = {}
        self.at_plate: dict[str, set[int]] = defaultdict(set)
        self.on_space: dict[int, str] = {}
        self._load_units()
        self._load_people()
        self._load_vehicles()
        self.dated = {
            (row[0], _DATED[row[1]])
            for row in rows(
                "SELECT DISTINCT unit_id, field FROM unit_change WHERE voided_at IS NULL "
                "AND field <> 'number'"
            )
        }
        self.renamed = {
            (row[0], row[1]): row[2]
            for row in rows(
                "SELECT b.community_id, h.value, u.short FROM unit_change h "
                "JOIN unit u ON u.id = h.unit_id JOIN entrance e ON e.id = u.entrance_id "
                "JOIN building b ON b.id = e.building_id "
                "WHERE h.field = 'number' AND h.voided_at IS NULL"
            )
        }
        self.consents: dict[int, int] = {}
        self.kept: set[int] = set()
        if consent_scope:
            self._load_consents(consent_scope)

    def _load_consents(self, scope: str) -> None:
        self.consents = dict(
            rows(
                "SELECT person_id, min(id) FROM consent WHERE scope = ? "
                "AND withdrawn_on IS NULL GROUP BY person_id",
                scope,
            )
        )
        found = rows("SELECT person_id FROM person_detail WHERE field = ?", scope)
        self.kept = {row[0] for row in found}

    def _load_units(self) -> None:
        columns = ", ".join(UNIT_FACTS)
        for row in rows(
            f"SELECT id, entrance_id, kind, number, short, version, {columns} FROM unit"  # noqa: S608
        ):
            facts = dict(zip(UNIT_FACTS, row[6:], strict=True))
            unit = HeldUnit(
                row[0], facts, new=False, version=row[5], entrance_id=row[1], short=row[4]
            )
            self.by_id[row[0]] = self.units[row[1], row[2], row[3]] = unit

    def _load_people(self) -> None:
        people = {
            row[0]: HeldPerson(
                row[0],
                {"salutation": row[2], "note": row[3]},
                new=False,
                version=row[4],
                name=row[1],
            )
            for row in rows("SELECT id, name, salutation, note, version FROM person")
        }
        self.people += people.values()
        for stay_id, unit_id, person_id, role, from_on, to_on, relation, part, whole in rows(
            "SELECT id, unit_id, person_id, role, from_on, to_on, relation, share_part, "
            "share_whole FROM residency ORDER BY to_on IS NOT NULL, id"
        ):
            facts = {
                "from_on": from_on, "relation": relation, "share_part": part, "share_whole": whole,
            }  # fmt: skip
            stay = HeldStay(
                stay_id, facts, new=False, person=people[person_id], unit_id=unit_id, role=role,
                ended=self._is_over(to_on),
            )  # fmt: skip
            key = name_key(stay.person.name), role == ResidentRole.EMERGENCY
            known = self.by_id[unit_id].people
            if key not in known or (known[key].ended and not stay.ended):
                known[key] = stay
            self.stays.append(stay)
        # Who is sealed or erased is used for nothing more, not even to be found (PIPL 47).
        for person_id, digits in rows(
            "SELECT f.person_id, f.digits FROM phone f JOIN person p ON p.id = f.person_id "
            "WHERE p.sealed_at IS NULL AND p.erased_at IS NULL"
        ):
            person = people[person_id]
            person.digits.add(digits)
            self.by_phone.setdefault((name_key(person.name), digits), person)

    def _load_vehicles(self) -> None:
        for vehicle_id, unit_id, plate, kind, to_on, version, *values in rows(
            f"SELECT id, unit_id, plate, kind, to_on, version, {', '.join(VEHICLE_FACTS)} "  # noqa: S608
            "FROM vehicle ORDER BY to_on IS NOT NULL, id"
        ):
            vehicle = HeldVehicle(
                vehicle_id, dict(zip(VEHICLE_FACTS, values, strict=True)), new=False,
                version=version, unit_id=unit_id, plate=plate, kind=kind,
                ended=self._is_over(to_on),
            )  # fmt: skip
            self.by_id[unit_id].vehicles.setdefault(plate_key(plate), vehicle)
            self.vehicles.append(vehicle)
            self.park(vehicle)

    def _is_over(self, to_on: str | None) -> bool:
        return to_on is not None and to_on <= self.today.isoformat()

    def park(self, vehicle: HeldVehicle) -> None:
        """Remember at which house a plate stands, and which space it takes."""
        if not vehicle.ended:
            self.at_plate[plate_key(vehicle.plate)].add(vehicle.unit_id)
            space = vehicle.facts["space_id"]
            if isinstance(space, int):
                self.on_space[space] = vehicle.plate
