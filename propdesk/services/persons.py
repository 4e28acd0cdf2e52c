"""A person beyond one house: linked to another one, made one with his double, deceased (F47)."""

from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction

from propdesk.domain.errors import DraftError, Problem
from propdesk.domain.person_merges import MergedThing, MergeSide, check_merge
from propdesk.domain.persons import PersonKind, ResidentRole
from propdesk.domain.staff import Right
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.known_persons import known_person
from propdesk.services.parts.merging_persons import (
    count_things,
    differing_details,
    move_things,
)
from propdesk.services.parts.search_keys import person_keys
from propdesk.services.parts.stays import begin_stay, check_shares, set_shares
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.persons import PersonFile, get_person
from propdesk.services.queries.residents import Resident, list_residents
from propdesk.services.queries.units import get_unit
from propdesk.storage.persons import PersonRecord
from propdesk.storage.search import drop_keys, replace_keys


@dataclass(frozen=True, slots=True)
class StayDraft:
    """What a person who is in the register already becomes to another house."""

    role: ResidentRole
    from_on: date | None = None
    to_on: date | None = None
    relation: str = ""
    share: Fraction | None = None


@dataclass(frozen=True, slots=True)
class MergePreview:
    """Both persons, what goes over to `stays`, and the details of `goes` that are given up."""

    stays: PersonFile
    goes: PersonFile
    counts: dict[MergedThing, int]
    given_up: tuple[str, ...]


def link_person(
    unit_id: int, person_id: int, draft: StayDraft, *, by: int, now: datetime
) -> Resident:
    """Let a person of the register be in this house too, instead of entering a second one."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        get_unit(unit_id)
        today = local(now).date()
        stay = begin_stay(
            unit_id,
            person_id,
            draft.role,
            from_on=draft.from_on or (None if draft.to_on else today),
            to_on=draft.to_on,
            relation=draft.relation,
            share=draft.share,
        )
        check_shares(unit_id)
        people = list_residents(unit_id, today)
        return next(one for one in people if one.residency_id == stay.id)


def share_house(
    unit_id: int, shares: dict[int, Fraction | None], *, by: int, now: datetime
) -> tuple[Resident, ...]:
    """Give the owners of a house their shares, by the ids of their residencies.

    Refuses a sum above the whole house. Below it is kept and told (`shares_hint`).
    """
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        get_unit(unit_id)
        set_shares(unit_id, shares)
        return list_residents(unit_id, local(now).date())


def preview_merge(stays_id: int, goes_id: int, *, now: datetime) -> MergePreview:
    """Return what a merge would do; refuses what `merge_persons` refuses. Nothing is written."""
    today = local(now).date()
    stays, goes = get_person(stays_id, today), get_person(goes_id, today)
    check_merge(_side(stays), _side(goes))
    return MergePreview(stays, goes, count_things(goes_id), differing_details(stays_id, goes_id))


def merge_persons(stays_id: int, goes_id: int, *, by: int, now: datetime) -> MergePreview:
    """Make two persons one: everything of `goes_id` becomes `stays_id`'s. It is never undone.

    The one who goes stays in the file with who stands for him, who did it and when.
    """
    with writing():
        staff = actor(by, Right.EDIT_RESIDENTS)
        done = preview_merge(stays_id, goes_id, now=now)
        stays, goes = PersonRecord.get_by_id(stays_id), PersonRecord.get_by_id(goes_id)
        move_things(stays, goes)
        drop_keys("person", (goes_id,))
        replace_keys("person", stays_id, person_keys(stays.name, stays.salutation))
        # Whoever was merged into the one who goes now stands behind the one who stays.
        PersonRecord.update(merged_into=stays_id).where(
            PersonRecord.merged_into == goes_id
        ).execute()
        goes.merged_into_id, goes.merged_staff_id = stays_id, staff.id
        goes.merged_at = local(now)
        goes.save()
        for unit_id in {stay.unit_id for stay in (*done.stays.stays, *done.goes.stays)}:
            check_shares(unit_id)
        return done


def note_death(
    person_id: int, died_on: date | None, *, version: int, by: int, now: datetime
) -> PersonFile:
    """Note when a person died; None takes a mistake back.

    A death ends nothing by itself: the houses stay his until the heirs are entered, each house by
    a move of the kind inheritance. `PersonFile.owned` names them.
    """
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        person = known_person(person_id)
        today = local(now).date()
        check_version(person.version, version)
        if died_on is not None and died_on > today:
            raise DraftError((Problem("died_on", _("The day has not come yet.")),))
        if person.kind == PersonKind.COMPANY:
            words = _("A company does not die; end what it is to the house.")
            raise DraftError((Problem("died_on", words),))
        person.died_on = died_on
        person.version += 1
        person.save()
        return get_person(person_id, today)


def _side(person: PersonFile) -> MergeSide:
    return MergeSide(
        person.id,
        person.name,
        person.kind,
        is_merged=person.merged_into_id is not None,
        is_closed=person.is_closed,
    )
