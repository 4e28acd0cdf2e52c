"""Write what an import adds to the register, and note what it gave to records that stood before."""

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime
from operator import attrgetter
from typing import Any

from propdesk.services.parts import settings
from propdesk.services.parts.bulk import Course, insert_rows, write_many
from propdesk.services.parts.register import Register
from propdesk.services.parts.register_rows import UNIT_FACTS, VEHICLE_FACTS, Held, HeldUnit
from propdesk.services.parts.search_keys import person_keys, phone_keys, plate_keys, unit_keys
from propdesk.storage.database import stored_time

SPAN_TABLES = ("residency", "phone", "vehicle")


def store_register(
    register: Register,
    import_id: int,
    *,
    by: int,
    now: datetime,
    identity_field: str,
    course: Course,
    step: Callable[[int, int], None],
) -> None:
    """Write what is new; the caller holds the transaction.

    The ids of residencies, phones and vehicles are noted, by which the import can be undone.
    """
    new = register.new
    units = [unit for unit in register.units.values() if unit.new]
    insert_rows("community", ("id", "name"), new["community"], course)
    insert_rows("building", ("id", "community_id", "name"), new["building"], course)
    insert_rows("entrance", ("id", "building_id", "name"), new["entrance"], course)
    insert_rows("unit", (*_UNIT, *UNIT_FACTS), _unit_rows(units, import_id), course)
    step(1, 10)
    people = [person for person in register.people if person.new]
    insert_rows(
        "person",
        ("id", "name", "salutation", "note", "kind", "import_id", "version"),
        (
            (p.id, p.name, p.facts.get("salutation", ""), p.facts.get("note", ""), p.kind,
             import_id, 1)
            for p in people
        ),
        course,
    )  # fmt: skip
    insert_rows(
        "residency",
        ("id", "unit_id", "person_id", "role", "from_on", "relation", "share_part", "share_whole"),
        (
            (s.id, s.unit_id, s.person.id, s.role, s.facts["from_on"], s.facts["relation"],
             s.facts["share_part"], s.facts["share_whole"])
            for s in register.stays if s.new
        ),
        course,
    )  # fmt: skip
    insert_rows("phone", ("id", "person_id", "phone", "digits"), new["phone"], course)
    insert_rows(
        "vehicle",
        ("id", "unit_id", "plate", "kind", "import_id", "version", *VEHICLE_FACTS),
        (
            (v.id, v.unit_id, v.plate, v.kind, import_id, 1,
             *(v.facts[name] for name in VEHICLE_FACTS))
            for v in register.vehicles if v.new
        ),
        course,
    )  # fmt: skip
    _store_identities(register, import_id, identity_field, by=by, now=now, course=course)
    for table, given in (
        ("unit", register.units.values()),
        ("person", register.people),
        ("residency", register.stays),
        ("vehicle", register.vehicles),
    ):
        _give(import_id, table, [one for one in given if one.given], course)
    step(4, 10)
    # Not sorted: that takes longer than it saves (measured).
    write_many(
        "INSERT OR IGNORE INTO desk_key (key, kind, target) VALUES (?, ?, ?)",
        _keys(register, units),
        course,
    )
    step(9, 10)
    span = {table: [register.first[table], register.next[table]] for table in SPAN_TABLES}
    settings.put(import_span_key(import_id), span)


def _give(import_id: int, table: str, given: Iterable[Held], course: Course) -> None:
    """Fill the places of records that stood before, and note what they were."""
    noted: list[tuple[Any, ...]] = []
    for one in given:
        names = list(one.given)
        versioned = table != "residency"
        assignments = [f"{name} = ?" for name in names]
        assignments += ["version = version + 1"] if versioned else []
        write_many(
            f"UPDATE {table} SET {', '.join(assignments)} WHERE id = ?",  # noqa: S608 - own names
            [(*(one.facts[name] for name in names), one.id)],
            course,
        )
        if versioned:
            noted.append(_noted(import_id, table, one.id, "version", one.version, one.version + 1))
        noted += [
            _noted(import_id, table, one.id, name, one.given[name], one.facts[name])
            for name in names
        ]
    insert_rows(
        "import_change", ("import_id", "record", "target", "field", "before", "after"), noted,
        course,
    )  # fmt: skip


def _noted(
    import_id: int, record: str, target: int, name: str, before: Any, after: Any
) -> tuple[Any, ...]:
    before, after = (None if value is None else str(value) for value in (before, after))
    return import_id, record, target, name, before, after


def _store_identities(
    register: Register,
    import_id: int,
    field: str,
    *,
    by: int,
    now: datetime,
    course: Course,
) -> None:
    """Store identity numbers with their consents; the note for undoing does not repeat them."""
    at = stored_time(now)
    insert_rows(
        "person_detail",
        ("person_id", "field", "value", "set_at", "staff_id", "consent_id"),
        ((person, field, number, at, by, consent) for person, number, consent in
         register.identities),
        course,
    )  # fmt: skip
    insert_rows(
        "import_change",
        ("import_id", "record", "target", "field", "before", "after"),
        ((import_id, "person", person, f"detail:{field}", None, at)
         for person, _number, _consent in register.identities),
        course,
    )  # fmt: skip


def _keys(register: Register, units: Iterable[HeldUnit]) -> Iterator[tuple[str, str, int]]:
    """Yield the words under which the desk finds what is new, or is called otherwise."""
    for unit in units:
        for key in unit_keys(unit.short, unit.address.unit):
            yield key, "unit", unit.id
    for person in register.people:
        if person.new or "salutation" in person.given:
            for key in person_keys(person.name, str(person.facts.get("salutation", ""))):
                yield key, "person", person.id
    for phone_id, _person_id, _phone, digits in register.new["phone"]:
        for key in phone_keys(digits):
            yield key, "phone", phone_id
    for vehicle in filter(attrgetter("new"), register.vehicles):
        for key in plate_keys(vehicle.plate):
            yield key, "plate", vehicle.id


_UNIT = ("id", "entrance_id", "kind", "number", "short", "import_id", "version")
_NO_TEXT = {"note": "", "state": "", "usage": "", "layout": "", "contract": ""}


def _unit_rows(units: Iterable[HeldUnit], import_id: int) -> Iterator[tuple[Any, ...]]:
    for unit in units:
        at, facts = unit.address, {**_NO_TEXT, **unit.facts}
        yield (
            unit.id, unit.entrance_id, at.kind.value, at.unit, unit.short, import_id, 1,
            *(facts.get(name) for name in UNIT_FACTS),
        )  # fmt: skip


def import_span_key(import_id: int) -> str:
    """Return the key under which the ids that an import gave are noted."""
    return f"import.{import_id}.span"
