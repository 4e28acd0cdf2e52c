"""Vehicles of the houses: they come, change hands and spaces, and go; none is deleted (R83)."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text
from propdesk.domain.units import UnitKind
from propdesk.domain.vehicles import (
    Vehicle,
    VehicleDraft,
    check_vehicle,
    plate_key,
    proposed_kind,
    read_plate,
)
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.house_things import check_ending, check_person
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.plates import store_plate_keys, unended
from propdesk.services.parts.versions import check_version
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.units import get_unit
from propdesk.services.queries.vehicles import get_vehicle, list_on_space
from propdesk.storage.persons import VehicleRecord


def add_vehicle(unit_id: int, draft: VehicleDraft, *, by: int, now: datetime) -> Vehicle:
    """Note a vehicle of a house, since today unless it says otherwise.

    A plate that looks odd or stands at another house is stored (`list_remarks` tells of it).
    Raises RuleError where the house has this plate already or the parking space is occupied.
    """
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        today = local(now).date()
        if draft.from_on is None and draft.to_on is None:
            draft = replace(draft, from_on=today)
        get_unit(unit_id)
        draft = _checked(draft, None)
        _check_free(unit_id, draft, today, besides=None)
        record = VehicleRecord.create(unit=unit_id, **_fields(draft))
        store_plate_keys(record, today=today)
        return get_vehicle(record.id)


def change_vehicle(
    vehicle_id: int, draft: VehicleDraft, *, version: int, by: int, now: datetime
) -> Vehicle:
    """Correct what is kept of a vehicle; an empty last day lets one that had gone be back."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        today = local(now).date()
        record = _vehicle(vehicle_id)
        check_version(record.version, version)
        draft = _checked(draft, record.person_id)
        _check_free(record.unit_id, draft, today, besides=vehicle_id)
        for name, value in _fields(draft).items():
            setattr(record, name, value)
        record.version += 1
        record.save()
        store_plate_keys(record, today=today)
        return get_vehicle(vehicle_id)


def end_vehicle(vehicle_id: int, *, to_on: date, version: int, by: int, now: datetime) -> Vehicle:
    """Note that a vehicle has gone, or goes on a day to come; its space is free then."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        today = local(now).date()
        record = _vehicle(vehicle_id)
        check_version(record.version, version)
        check_ending(record.from_on, to_on)
        if record.to_on is not None and record.to_on <= today:
            again = VehicleDraft(record.plate, space_id=record.space_id, to_on=to_on)
            _check_free(record.unit_id, again, today, besides=vehicle_id)
        record.to_on = to_on
        record.version += 1
        record.save()
        store_plate_keys(record, today=today)
        return get_vehicle(vehicle_id)


def _vehicle(vehicle_id: int) -> VehicleRecord:
    get_vehicle(vehicle_id)
    return VehicleRecord.get_by_id(vehicle_id)


def _checked(draft: VehicleDraft, owner_before: int | None) -> VehicleDraft:
    """Return the draft as it is stored."""
    draft = replace(
        draft,
        plate=read_plate(draft.plate),
        description=clean_line(draft.description),
        note=clean_text(draft.note),
    )
    refuse(check_vehicle(draft))
    check_person(draft.person_id, before=owner_before)
    return draft


def _check_free(unit_id: int, draft: VehicleDraft, today: date, *, besides: int | None) -> None:
    """Refuse a plate that the house has already, and a space that is taken."""
    if draft.to_on is not None and draft.to_on <= today:
        return  # what has gone takes no place
    for other in unended(unit_id, today):
        if plate_key(other.plate) == plate_key(draft.plate) and other.id != besides:
            raise RuleError(
                "vehicle-exists",
                _("The house has «{plate}» already.").format(plate=other.plate),
            )
    if draft.space_id is not None:
        _check_space(draft, today, besides)


def _check_space(draft: VehicleDraft, today: date, besides: int | None) -> None:
    """Refuse what is no parking space, and one that another vehicle occupies (unless said)."""
    space = get_unit(draft.space_id or 0)
    if space.kind is not UnitKind.PARKING:
        raise RuleError(
            "space-kind",
            _("{house} is no parking space; choose one that is.").format(house=space.short),
        )
    others = list_on_space(space.id, today=today, besides=besides)
    if others and not draft.shares_space:
        raise RuleError(
            "space-occupied",
            _(
                "{space} is taken by «{plate}» of {house}. End that one first, or say that both "
                "share the space."
            ).format(space=space.short, plate=others[0].plate, house=others[0].house),
        )


def _fields(draft: VehicleDraft) -> dict[str, object]:
    return {
        "plate": draft.plate,
        "kind": (draft.kind or proposed_kind(draft.plate)).value,
        "description": draft.description,
        "person": draft.person_id,
        "space": draft.space_id,
        "from_on": draft.from_on,
        "to_on": draft.to_on,
        "note": draft.note,
    }
