"""Pets of the houses: noted, corrected, ended; none is deleted."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.pets import Pet, PetDraft, check_pet
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.services.parts.actors import actor
from propdesk.services.parts.house_things import check_ending, check_person
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.pets import get_pet
from propdesk.services.queries.units import get_unit
from propdesk.storage.houses import PetRecord


def add_pet(unit_id: int, draft: PetDraft, *, by: int, now: datetime) -> Pet:
    """Note a pet of a house, since today unless it says otherwise."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        get_unit(unit_id)
        if draft.from_on is None and draft.to_on is None:
            draft = replace(draft, from_on=local(now).date())
        record = PetRecord.create(unit=unit_id, **_fields(_checked(draft, None)))
        return get_pet(record.id)


def change_pet(pet_id: int, draft: PetDraft, *, version: int, by: int) -> Pet:
    """Correct what is kept of a pet, or note its new vaccination."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        record = _pet(pet_id)
        check_version(record.version, version)
        for name, value in _fields(_checked(draft, record.person_id)).items():
            setattr(record, name, value)
        record.version += 1
        record.save()
        return get_pet(pet_id)


def end_pet(pet_id: int, *, to_on: date, version: int, by: int) -> Pet:
    """Note that a pet is no longer in the house."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        record = _pet(pet_id)
        check_version(record.version, version)
        check_ending(record.from_on, to_on)
        record.to_on = to_on
        record.version += 1
        record.save()
        return get_pet(pet_id)


def _pet(pet_id: int) -> PetRecord:
    get_pet(pet_id)
    return PetRecord.get_by_id(pet_id)


def _checked(draft: PetDraft, owner_before: int | None) -> PetDraft:
    draft = replace(
        draft,
        name=clean_line(draft.name),
        breed=clean_line(draft.breed),
        licence=clean_line(draft.licence),
        note=clean_text(draft.note),
    )
    refuse(check_pet(draft))
    check_person(draft.person_id, before=owner_before)
    return draft


def _fields(draft: PetDraft) -> dict[str, object]:
    return {
        "kind": draft.kind.value,
        "name": draft.name,
        "breed": draft.breed,
        "licence": draft.licence,
        "vaccinated_until": draft.vaccinated_until,
        "person": draft.person_id,
        "from_on": draft.from_on,
        "to_on": draft.to_on,
        "note": draft.note,
    }
