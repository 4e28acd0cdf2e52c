"""The register as far as tickets need it: houses, the people in them, from when to when."""

from dataclasses import replace
from datetime import date, datetime

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.fields import check_line
from propdesk.domain.persons import PersonDraft, check_person, phone_digits
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line, clean_text, fold
from propdesk.domain.units import Address
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.search_keys import person_keys, phone_keys, plate_keys, unit_keys
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.units import (
    Resident,
    Unit,
    get_unit,
    list_communities,
    list_residents,
)
from propdesk.storage.database import OfficeTable
from propdesk.storage.persons import PersonRecord, PhoneRecord, ResidencyRecord, VehicleRecord
from propdesk.storage.search import add_keys, drop_keys, replace_keys
from propdesk.storage.units import BuildingRecord, CommunityRecord, EntranceRecord, UnitRecord


def add_community(name: str, *, by: int) -> str:
    """Add a community that has no houses yet and return its name as it is stored."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        name = _new_community_name(name, "")
        CommunityRecord.create(name=name)
        return name


def rename_community(present: str, name: str, *, by: int) -> str:
    """Give a community another name; its houses go with it."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        community = CommunityRecord.get_or_none(name=present)
        if community is None:
            raise RuleError(
                "community-unknown",
                _("There is no community «{name}»; there are {known}.").format(
                    name=present, known=", ".join(list_communities())
                ),
            )
        community.name = _new_community_name(name, present)
        community.save()
        return str(community.name)


def _new_community_name(name: str, present: str) -> str:
    """Return a community's name as it is stored; refuse what another one is called already."""
    name = clean_line(name)
    problems = check_line("community", name, _("Write the community's name."))
    if problems:
        raise DraftError(problems)
    others = [each for each in list_communities() if each != present]
    if fold(name) in map(fold, others):
        raise RuleError(
            "community-exists", _("There is already a community «{name}».").format(name=name)
        )
    return name


def add_unit(
    address: Address,
    *,
    community: str,
    by: int,
    floor: int | None = None,
    area_dm2: int | None = None,
    note: str = "",
    plates: tuple[str, ...] = (),
) -> Unit:
    """Add a house, with the community, building and entrance that it needs.

    `floor` is the one that the house's digits propose where it is None. Raises DraftError without
    a community, and RuleError for a house that stands already.
    """
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        if not clean_line(community):
            raise DraftError((Problem("community", _("Say which community it belongs to.")),))
        home = _same_or_new(CommunityRecord, name=clean_line(community))
        building = _same_or_new(BuildingRecord, community=home, name=address.building)
        entrance = _same_or_new(EntranceRecord, building=building, name=address.entrance)
        keys = {"entrance": entrance, "kind": address.kind.value, "number": address.unit}
        if UnitRecord.get_or_none(**keys) is not None:
            raise RuleError(
                "unit-exists",
                _("The house {house} is in the register already.").format(house=address.short),
            )
        unit = UnitRecord.create(
            **keys,
            short=address.short,
            floor=address.floor if floor is None else floor,
            area_dm2=area_dm2,
            note=clean_text(note),
        )
        add_keys("unit", unit.id, unit_keys(unit.short, unit.number))
        _store_plates(unit.id, plates)
        return get_unit(unit.id)


def _same_or_new(table: type[OfficeTable], **keys: object) -> OfficeTable:
    """Return the row with these values, made now when there is none."""
    found = table.get_or_none(**keys)
    return table.create(**keys) if found is None else found


def change_unit(
    unit_id: int,
    *,
    floor: int | None,
    area_dm2: int | None,
    note: str,
    plates: tuple[str, ...],
    version: int,
    by: int,
) -> Unit:
    """Change what is kept about a house; its number stays."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        get_unit(unit_id)
        unit = UnitRecord.get_by_id(unit_id)
        _same_version(unit.version, version)
        unit.floor, unit.area_dm2, unit.note = floor, area_dm2, clean_text(note)
        unit.version += 1
        unit.save()
        _store_plates(unit_id, plates)
        return get_unit(unit_id)


def _store_plates(unit_id: int, plates: tuple[str, ...]) -> None:
    wanted = {clean_line(plate).upper(): None for plate in plates if plate.strip()}
    for vehicle in VehicleRecord.select().where(VehicleRecord.unit == unit_id):
        if vehicle.plate not in wanted:
            drop_keys("plate", (vehicle.id,))
            vehicle.delete_instance()
        wanted.pop(vehicle.plate, None)
    for plate in wanted:
        vehicle = VehicleRecord.create(unit=unit_id, plate=plate)
        add_keys("plate", vehicle.id, plate_keys(plate))


def add_resident(unit_id: int, draft: PersonDraft, *, by: int, now: datetime) -> Resident:
    """Add a person to a house; two of the same name stay two persons (F47)."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        draft = _checked(draft)
        get_unit(unit_id)
        person = PersonRecord.create(
            name=draft.name,
            salutation=draft.salutation,
            note=draft.note,
            special=draft.special,
            special_until=draft.special_until,
        )
        _store_phones(person, draft.phones)
        add_keys("person", person.id, person_keys(person.name, person.salutation))
        residency = ResidencyRecord.create(
            unit=unit_id,
            person=person,
            role=draft.role.value,
            from_on=draft.from_on or (None if draft.to_on else local(now).date()),
            to_on=draft.to_on,
        )
        return _resident(unit_id, residency.id, now)


def change_resident(
    unit_id: int, residency_id: int, draft: PersonDraft, *, version: int, by: int, now: datetime
) -> Resident:
    """Change a person and what he is to this house."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        draft = _checked(draft)
        residency = _residency(unit_id, residency_id)
        person = PersonRecord.get_by_id(residency.person_id)
        _same_version(person.version, version)
        person.name, person.salutation, person.note = draft.name, draft.salutation, draft.note
        person.special, person.special_until = draft.special, draft.special_until
        person.version += 1
        person.save()
        _store_phones(person, draft.phones)
        replace_keys("person", person.id, person_keys(person.name, person.salutation))
        residency.role = draft.role.value
        residency.from_on, residency.to_on = draft.from_on, draft.to_on
        residency.save()
        return _resident(unit_id, residency_id, now)


def end_residency(
    unit_id: int, residency_id: int, *, to_on: date, by: int, now: datetime
) -> Resident:
    """Note that a person left the house; the history stays (R83)."""
    with writing():
        actor(by, Right.EDIT_RESIDENTS)
        residency = _residency(unit_id, residency_id)
        if residency.from_on is not None and to_on < residency.from_on:
            raise DraftError((Problem("to_on", _("The last day lies before the first.")),))
        residency.to_on = to_on
        residency.save()
        return _resident(unit_id, residency_id, now)


def _checked(draft: PersonDraft) -> PersonDraft:
    """Return the draft as it is stored; a name of invisible characters is no name."""
    clean = replace(
        draft,
        name=clean_line(draft.name),
        salutation=clean_line(draft.salutation),
        note=clean_text(draft.note),
        special=clean_line(draft.special),
    )
    problems = check_person(clean)
    if problems:
        raise DraftError(problems)
    return clean


def _residency(unit_id: int, residency_id: int) -> ResidencyRecord:
    found = ResidencyRecord.get_or_none(id=residency_id, unit=unit_id)
    if found is None:
        raise RuleError("resident-unknown", _("This person is not in this house."))
    return found


def _same_version(present: int, version: int) -> None:
    if present != version:
        raise RuleError(
            "changed-meanwhile",
            _("Somebody changed this record meanwhile. Open it again and repeat your change."),
        )


def _store_phones(person: PersonRecord, phones: tuple[str, ...]) -> None:
    wanted = {phone_digits(phone): clean_line(phone) for phone in phones if phone_digits(phone)}
    for row in PhoneRecord.select().where(PhoneRecord.person == person):
        if row.digits not in wanted:
            drop_keys("phone", (row.id,))
            row.delete_instance()
        wanted.pop(row.digits, None)
    for digits, phone in wanted.items():
        row = PhoneRecord.create(person=person, phone=phone, digits=digits)
        add_keys("phone", row.id, phone_keys(digits))


def _resident(unit_id: int, residency_id: int, now: datetime) -> Resident:
    people = list_residents(unit_id, local(now).date())
    return next(one for one in people if one.residency_id == residency_id)
