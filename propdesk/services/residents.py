"""The people of the houses: who they are and how they are reached, from when to when."""

from datetime import date, datetime

from propdesk.domain.persons import PersonDraft
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.guardians import note_guardian
from propdesk.services.parts.known_persons import known_person
from propdesk.services.parts.people import add_person, change_person, checked_person
from propdesk.services.parts.stays import (
    begin_stay,
    check_shares,
    end_stay,
    load_stay,
    place_stay,
    put_share,
)
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.units import get_unit


def add_resident(unit_id: int, draft: PersonDraft, *, by: int, now: datetime) -> Resident:
    """Add a person to a house; two of the same name stay two persons (F47).

    Raises DraftError for a child under 14 without a guardian's consent (PIPL 31), and for shares
    that make more than the whole house.
    """
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        draft = checked_person(draft)
        get_unit(unit_id)
        person = add_person(draft)
        stay = begin_stay(
            unit_id,
            person.id,
            draft.role,
            from_on=draft.from_on or (None if draft.to_on else local(now).date()),
            to_on=draft.to_on,
            relation=draft.relation,
            share=draft.share,
        )
        check_shares(unit_id)
        note_guardian(person.id, draft, staff.id, now)
        return _resident(unit_id, stay.id, now)


def change_resident(
    unit_id: int, residency_id: int, draft: PersonDraft, *, version: int, by: int, now: datetime
) -> Resident:
    """Change a person and what he is to this house."""
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        draft = checked_person(draft)
        stay = load_stay(unit_id, residency_id)
        person = known_person(stay.person_id)
        check_version(person.version, version)
        change_person(person, draft)
        place_stay(stay, draft.role, draft.from_on, draft.to_on)
        stay.relation = draft.relation
        put_share(stay, draft.share)
        stay.save()
        check_shares(unit_id)
        note_guardian(person.id, draft, staff.id, now)
        return _resident(unit_id, residency_id, now)


def end_residency(
    unit_id: int, residency_id: int, *, to_on: date, by: int, now: datetime
) -> Resident:
    """Note that a person left the house; the history stays (R83)."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        stay = load_stay(unit_id, residency_id)
        known_person(stay.person_id)
        end_stay(stay, to_on)
        check_shares(unit_id)
        return _resident(unit_id, residency_id, now)


def _resident(unit_id: int, residency_id: int, now: datetime) -> Resident:
    people = list_residents(unit_id, local(now).date())
    return next(one for one in people if one.residency_id == residency_id)
