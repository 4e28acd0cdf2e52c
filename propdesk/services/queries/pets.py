"""Pets of the houses, and whose vaccination ends."""

from datetime import date
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.pets import Pet, PetKind, vaccinations_until
from propdesk.i18n import _
from propdesk.services.parts.periods import not_ended
from propdesk.services.parts.settings import load_settings
from propdesk.storage.database import rows

_FROM = (
    " FROM pet a JOIN unit u ON u.id = a.unit_id "
    "LEFT JOIN person p ON p.id = a.person_id AND p.sealed_at IS NULL AND p.erased_at IS NULL "
    "WHERE "
)
_PETS = (
    "SELECT a.id, a.unit_id, u.short, a.kind, a.name, a.breed, a.licence, a.vaccinated_until, "
    "a.person_id, coalesce(p.name, ''), a.from_on, a.to_on, a.note, a.version" + _FROM
)


def get_pet(pet_id: int) -> Pet:
    """Return a pet, or refuse."""
    found = rows(f"{_PETS}a.id = ?", pet_id)
    if not found:
        raise RuleError("pet-unknown", _("This pet is not in the register."))
    return _pet(found[0])


def list_pets(unit_id: int) -> tuple[Pet, ...]:
    """Return the pets of a house, those that have gone last."""
    found = rows(f"{_PETS}a.unit_id = ? ORDER BY a.to_on IS NOT NULL, a.id", unit_id)
    return tuple(map(_pet, found))


def list_vaccinations(*, today: date, limit: int = 500) -> tuple[Pet, ...]:
    """Return the pets whose vaccination has ended or ends soon, the first to end first."""
    due, until = _due(today)
    order = " ORDER BY a.vaccinated_until, a.id LIMIT ?"
    return tuple(map(_pet, rows(_PETS + due + order, until, limit)))


def count_vaccinations(*, today: date) -> int:
    """Return how many vaccinations `list_vaccinations` lists in all."""
    due, until = _due(today)
    return int(rows(f"SELECT count(*){_FROM}{due}", until)[0][0])


def _due(today: date) -> tuple[str, str]:
    until = vaccinations_until(today, load_settings("vaccination_days").vaccination_days)
    return f"{not_ended('a', today)} AND a.vaccinated_until <= ?", until.isoformat()


def _pet(row: tuple[Any, ...]) -> Pet:
    return Pet(
        id=row[0],
        unit_id=row[1],
        house=row[2],
        kind=PetKind(row[3]),
        name=row[4],
        breed=row[5],
        licence=row[6],
        vaccinated_until=date.fromisoformat(row[7]) if row[7] else None,
        person_id=row[8],
        person=row[9],
        from_on=date.fromisoformat(row[10]) if row[10] else None,
        to_on=date.fromisoformat(row[11]) if row[11] else None,
        note=row[12],
        version=row[13],
    )
