"""Who is, was and will be in a house, and as what."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from propdesk.domain.consents import MINOR_SCOPE, ConsentWay
from propdesk.domain.persons import Guardian, PersonDraft, PersonKind, ResidentRole, present_on
from propdesk.services.parts.periods import not_ended, present
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Resident:
    """A person in a house, in one role, from one day to another.

    `present` is as of the day that the list was asked for. `special` is why he is a special
    customer, empty for most, `special_until` the last day (R42). `share` is an owner's part of the
    house; `guardian` is who agreed that a child under 14 is kept by name.
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
    relation: str = ""
    share: Fraction | None = None
    kind: PersonKind = PersonKind.PERSON
    died_on: date | None = None
    guardian: Guardian | None = None


_RESIDENTS = (
    "SELECT r.id, p.id, p.name, p.salutation, r.role, r.from_on, r.to_on, p.note, p.version, "
    "p.special, p.special_until, r.relation, r.share_part, r.share_whole, p.kind, p.died_on "
    "FROM residency r JOIN person p ON p.id = r.person_id WHERE r.unit_id = ? "
    "AND p.sealed_at IS NULL "
)
_BY_ROLE = (
    "CASE r.role WHEN 'owner' THEN 0 WHEN 'tenant' THEN 1 WHEN 'emergency' THEN 3 ELSE 2 END, r.id"
)


def list_residents(unit_id: int, today: date) -> tuple[Resident, ...]:
    """Return who is, was and will be in a house: present people first, owners before others.

    A sealed person is not among them: his data is kept and used for nothing (PIPL 47).
    """
    found = rows(
        _RESIDENTS + f"ORDER BY NOT {present('r', today)}, NOT {not_ended('r', today)}, {_BY_ROLE}",
        unit_id,
    )
    people = [row[1] for row in found]
    phones, guardians = _phones(people), _guardians(people)
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
            relation=row[11],
            share=None if row[12] is None else Fraction(row[12], row[13]),
            kind=PersonKind(row[14]),
            died_on=_day(row[15]),
            guardian=guardians.get(row[1]),
        )
        residents.append(resident)
    return tuple(residents)


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
        relation=resident.relation,
        share=resident.share,
        kind=resident.kind,
        is_child=resident.guardian is not None,
        guardian=resident.guardian,
    )


def _phones(person_ids: Sequence[int]) -> dict[int, tuple[str, ...]]:
    marks = ", ".join("?" * len(person_ids))
    phones: dict[int, tuple[str, ...]] = {}
    for person_id, phone in rows(
        f"SELECT person_id, phone FROM phone WHERE person_id IN ({marks}) ORDER BY id",
        *person_ids,
    ):
        phones[person_id] = (*phones.get(person_id, ()), phone)
    return phones


def _guardians(person_ids: Sequence[int]) -> dict[int, Guardian]:
    marks = ", ".join("?" * len(person_ids))
    found = rows(
        f"SELECT person_id, given_by, way, given_on FROM consent WHERE person_id IN ({marks}) "
        "AND scope = ? AND withdrawn_on IS NULL ORDER BY id",
        *person_ids,
        MINOR_SCOPE,
    )
    return {
        person_id: Guardian(name, ConsentWay(way), date.fromisoformat(day))
        for person_id, name, way, day in found
    }


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
