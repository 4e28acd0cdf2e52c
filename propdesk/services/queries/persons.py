"""A person in all his houses: known already, to be made one with another, deceased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from propdesk.domain.errors import RuleError
from propdesk.domain.persons import PersonKind, ResidentRole, phone_digits, present_on
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.services.parts.periods import not_ended
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class PersonStay:
    """A house that a person is, was or will be in."""

    residency_id: int
    unit_id: int
    where: str
    community: str
    role: ResidentRole
    relation: str
    share: Fraction | None
    from_on: date | None
    to_on: date | None
    present: bool


@dataclass(frozen=True, slots=True)
class PersonFile:
    """A person with all houses, as of a day. `merged_into_id` is who stands for him now."""

    id: int
    name: str
    salutation: str
    kind: PersonKind
    phones: tuple[str, ...]
    note: str
    special: str
    special_until: date | None
    died_on: date | None
    merged_into_id: int | None
    merged_at: datetime | None
    is_closed: bool
    version: int
    stays: tuple[PersonStay, ...]

    @property
    def owned(self) -> tuple[PersonStay, ...]:
        """The houses that he owns, or part of which."""
        return tuple(one for one in self.stays if one.present and one.role is ResidentRole.OWNER)


def get_person(person_id: int, today: date) -> PersonFile:
    """Return a person, or refuse when there is none with this id."""
    found = rows(
        "SELECT id, name, salutation, kind, note, special, special_until, died_on, "
        "merged_into_id, merged_at, sealed_at IS NOT NULL OR erased_at IS NOT NULL, version "
        "FROM person WHERE id = ?",
        person_id,
    )
    if not found:
        raise RuleError("person-unknown", _("This person is not in the register."))
    row = found[0]
    return PersonFile(
        id=row[0],
        name=row[1],
        salutation=row[2],
        kind=PersonKind(row[3]),
        phones=tuple(
            phone
            for (phone,) in rows("SELECT phone FROM phone WHERE person_id = ? ORDER BY id", row[0])
        ),
        note=row[4],
        special=row[5],
        special_until=_day(row[6]),
        died_on=_day(row[7]),
        merged_into_id=row[8],
        merged_at=datetime.fromisoformat(row[9]) if row[9] else None,
        is_closed=bool(row[10]),
        version=row[11],
        stays=_stays(row[0], today),
    )


def list_known(name: str, phones: Sequence[str], today: date) -> tuple[PersonFile, ...]:
    """Return who is in the register under the same name and one of the same phones (F47).

    They are offered to be linked; whoever has only the name in common is somebody else.
    """
    digits = [found for found in map(phone_digits, phones) if found]
    marks = ", ".join("?" * len(digits))
    same = rows(
        "SELECT DISTINCT p.id, p.name FROM phone f JOIN person p ON p.id = f.person_id "
        f"WHERE f.digits IN ({marks}) AND p.merged_into_id IS NULL AND p.sealed_at IS NULL "
        "AND p.erased_at IS NULL ORDER BY p.id",
        *digits,
    )
    wanted = _plain(name)
    return tuple(get_person(id_, today) for id_, known in same if _plain(known) == wanted)


def list_twins(person_id: int, today: date) -> tuple[PersonFile, ...]:
    """Return other persons who may be this one: the same name, or one of the same phones."""
    found = rows(
        "SELECT o.id FROM person p JOIN person o ON o.id <> p.id AND o.merged_into_id IS NULL "
        "AND o.sealed_at IS NULL AND o.erased_at IS NULL AND (o.name = p.name OR o.id IN "
        "(SELECT f.person_id FROM phone f JOIN phone g ON g.digits = f.digits "
        "WHERE g.person_id = p.id)) WHERE p.id = ? ORDER BY o.id LIMIT 20",
        person_id,
    )
    return tuple(get_person(row[0], today) for row in found)


def search_persons(typed: str, today: date, limit: int = 20) -> tuple[PersonFile, ...]:
    """Return persons by name, pinyin or digits of a phone, also those who are in no house now."""
    key = _plain(typed)
    if not key:
        return ()
    found = rows(
        "SELECT DISTINCT p.id FROM desk_key k JOIN person p ON p.id = CASE k.kind "
        "WHEN 'person' THEN k.target ELSE (SELECT person_id FROM phone WHERE id = k.target) END "
        "WHERE k.key >= ? AND k.key < ? AND k.kind IN ('person', 'phone') "
        "AND p.merged_into_id IS NULL AND p.sealed_at IS NULL AND p.erased_at IS NULL "
        "ORDER BY length(p.name), p.id LIMIT ?",
        key,
        key + "\U0010ffff",
        limit,
    )
    return tuple(get_person(row[0], today) for row in found)


def find_person(text: str, today: date) -> PersonFile:
    """Return the person that a number or a name means; a name that several have is refused."""
    if text.isascii() and text.isdigit():
        return get_person(int(text), today)
    found = rows(
        "SELECT p.id, (SELECT group_concat(u.short, ' ') FROM residency r "
        f"JOIN unit u ON u.id = r.unit_id WHERE r.person_id = p.id AND {not_ended('r', today)}) "
        "FROM person p WHERE p.name = ? AND p.merged_into_id IS NULL AND p.sealed_at IS NULL "
        "AND p.erased_at IS NULL ORDER BY p.id LIMIT 20",
        text.strip(),
    )
    if not found:
        raise RuleError("person-unknown", _("This person is not in the register."))
    if len(found) > 1:
        raise RuleError(
            "person-ambiguous",
            _("Several persons are called {name}; say the number: {people}.").format(
                name=text.strip()[:40],
                people=", ".join(f"{id_} ({where or '-'})" for id_, where in found),
            ),
        )
    return get_person(found[0][0], today)


def _stays(person_id: int, today: date) -> tuple[PersonStay, ...]:
    found = rows(
        "SELECT r.id, u.id, u.short, c.name, r.role, r.relation, r.share_part, r.share_whole, "
        "r.from_on, r.to_on FROM residency r JOIN unit u ON u.id = r.unit_id "
        "JOIN entrance e ON e.id = u.entrance_id JOIN building b ON b.id = e.building_id "
        "JOIN community c ON c.id = b.community_id WHERE r.person_id = ? "
        f"ORDER BY NOT {not_ended('r', today)}, u.short, r.id",
        person_id,
    )
    stays = []
    for row in found:
        from_on, to_on = _day(row[8]), _day(row[9])
        stay = PersonStay(
            residency_id=row[0],
            unit_id=row[1],
            where=row[2],
            community=row[3],
            role=ResidentRole(row[4]),
            relation=row[5],
            share=None if row[6] is None else Fraction(row[6], row[7]),
            from_on=from_on,
            to_on=to_on,
            present=present_on(from_on, to_on, today),
        )
        stays.append(stay)
    return tuple(stays)


def _plain(name: str) -> str:
    return "".join(fold(name).split())


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
