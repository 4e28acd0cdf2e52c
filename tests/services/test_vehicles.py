"""Vehicles on a real file: come, doubted, on their spaces, gone and back; how they are found."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.units import parse_address
from propdesk.domain.vehicles import VehicleDraft, VehicleKind
from propdesk.services import residents, units, vehicles
from propdesk.services.parts.plates import store_plates
from propdesk.services.parts.writing import writing
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.vehicles import (
    find_vehicles,
    get_vehicle,
    list_plates,
    list_remarks,
    list_vehicles,
)
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)


@pytest.fixture
def space(world):
    address = parse_address("车位B1-035")
    return units.add_unit(address, community="云澜花园", by=world.desk.id)


@pytest.fixture
def add(world):
    def how(plate, unit=None, **fields):
        draft = VehicleDraft(plate, **fields)
        unit = unit or world.home
        return vehicles.add_vehicle(unit.id, draft, by=world.desk.id, now=world.now)

    return how


@pytest.fixture
def end(world):
    def how(vehicle, to_on=TODAY):
        return vehicles.end_vehicle(
            vehicle.id, to_on=to_on, version=vehicle.version, by=world.desk.id, now=world.now
        )

    return how


def found(typed):
    return [hit.where for hit in search_desk(typed, today=TODAY)]


def plates(typed, **more):
    return [one.plate for one in find_vehicles(typed, today=TODAY, **more)]


def test_r83_a_vehicle_says_whose_it_is_and_where_it_stands(world, add, space):
    owner = rows("SELECT id FROM person")[0][0]
    made = add("苏a•d12345", description="比亚迪 白色", person_id=owner, space_id=space.id)
    assert (made.plate, made.kind, made.description) == (
        "苏A·D12345", VehicleKind.ELECTRIC_CAR, "比亚迪 白色",
    )  # fmt: skip
    assert (made.house, made.person, made.space) == ("3-2-501", "张伟丰", "车位B1-035")
    assert (made.from_on, made.to_on) == (TODAY, None)
    assert list_vehicles(world.home.id) == (made,)


@pytest.mark.parametrize("typed", ["d12", "345", "A·D1", "苏AD12345", "2345"])
def test_decision31_any_three_characters_of_a_plate_find_the_house(world, add, typed):
    add("苏A·D12345")
    assert found(typed) == ["3-2-501"]
    assert plates(typed) == ["苏A·D12345"]


def test_two_characters_are_too_few(world, add):
    add("苏A·D12345")
    with pytest.raises(RuleError) as refusal:
        find_vehicles("A·D", today=TODAY)
    assert refusal.value.code == "plate-short"


def test_r83_what_has_gone_is_kept_and_found_no_longer(world, add, end):
    gone = end(add("苏A12345"))
    assert gone.to_on == TODAY
    assert found("12345") == []
    assert plates("12345") == []
    assert plates("123", with_past=True) == ["苏A12345"]
    assert list_vehicles(world.home.id) == (gone,)
    assert list_plates(world.home.id, today=TODAY) == ()


def test_a_vehicle_that_goes_on_a_day_to_come_is_here_still(world, add, end):
    tomorrow = TODAY + timedelta(days=1)
    end(add("苏A12345"), tomorrow)
    assert found("12345") == ["3-2-501"]
    assert list_plates(world.home.id, today=TODAY) == ("苏A12345",)
    assert find_vehicles("12345", today=tomorrow) == ()


def test_the_same_plate_may_come_back_and_that_is_told(world, add, end):
    end(add("苏A12345"))
    told = list_remarks(VehicleDraft("苏A·12345"), world.home.id, today=TODAY)
    assert told == ("「苏A12345」以前登记过，2026-11-21 注销。",)
    add("苏A·12345")
    assert plates("12345") == ["苏A·12345"]


def test_a_plate_at_two_houses_is_told_and_stored(world, add):
    add("苏A12345")
    told = list_remarks(VehicleDraft("苏A·12345"), world.villa.id, today=TODAY)
    assert told == ("「苏A12345」也登记在 3-2-501 名下。",)
    add("苏A·12345", world.villa)
    assert sorted(found("12345")) == ["12#", "3-2-501"]


def test_one_house_has_a_plate_once(world, add):
    made = add("苏A12345")
    with pytest.raises(RuleError) as refusal:
        add("苏a·12345")
    assert refusal.value.code == "vehicle-exists"
    assert list_vehicles(world.home.id) == (made,)


def test_a_space_takes_one_vehicle_unless_said(world, add, end, space):
    first = add("苏A11111", space_id=space.id)
    with pytest.raises(RuleError) as refusal:
        add("苏A22222", world.villa, space_id=space.id)
    assert refusal.value.code == "space-occupied"
    assert "苏A11111" in str(refusal.value)
    assert list_vehicles(world.villa.id) == ()
    shared = add("苏A22222", world.villa, space_id=space.id, shares_space=True)
    end(first)
    end(shared)
    assert add("苏A33333", world.villa, space_id=space.id).space == "车位B1-035"


def test_a_home_is_no_parking_space(world, add):
    with pytest.raises(RuleError) as refusal:
        add("苏A11111", space_id=world.villa.id)
    assert refusal.value.code == "space-kind"


def test_a_change_keeps_what_another_desk_wrote(world, add):
    made = add("苏A11111")
    draft = VehicleDraft("苏A22222", from_on=made.from_on, note="换牌")
    act = {"by": world.desk.id, "now": world.now}
    changed = vehicles.change_vehicle(made.id, draft, version=made.version, **act)
    assert (changed.plate, changed.note, changed.version) == ("苏A22222", "换牌", 2)
    assert (found("11111"), found("22222")) == ([], ["3-2-501"])
    with pytest.raises(RuleError) as refusal:
        vehicles.change_vehicle(made.id, draft, version=made.version, **act)
    assert refusal.value.code == "changed-meanwhile"


def test_a_wrong_ending_is_taken_back_by_a_change(world, add, end):
    gone = end(add("苏A11111"))
    draft = VehicleDraft(gone.plate, from_on=gone.from_on)
    vehicles.change_vehicle(gone.id, draft, version=gone.version, by=world.desk.id, now=world.now)
    assert found("11111") == ["3-2-501"]


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (VehicleDraft(" \u200b "), "plate"),
        (VehicleDraft("苏A" + "1" * 30), "plate"),
        (VehicleDraft("苏A12345", description="车" * 300), "description"),
        (VehicleDraft("苏A12345", note="注" * 200_000), "note"),
        (VehicleDraft("苏A12345", from_on=TODAY, to_on=date(2026, 1, 1)), "to_on"),
    ],
)
def test_f44_f45_bad_input_is_refused_under_its_field(world, draft, field):
    with pytest.raises(DraftError) as refusal:
        vehicles.add_vehicle(world.home.id, draft, by=world.desk.id, now=world.now)
    assert [one.field for one in refusal.value.problems] == [field]
    assert rows("SELECT count(*) FROM vehicle") == [(0,)]


def test_a_stranger_owns_no_vehicle(world, add):
    with pytest.raises(RuleError) as refusal:
        add("苏A12345", person_id=999)
    assert refusal.value.code == "person-unknown"


def test_an_end_before_the_beginning_is_refused(world, add, end):
    made = add("苏A12345")
    with pytest.raises(DraftError):
        end(made, TODAY - timedelta(days=1))
    assert get_vehicle(made.id) == made


# -- the plates of the unit's form


def store(world, *named, today=TODAY):
    with writing():
        store_plates(world.home.id, named, today=today)
    return [(one.plate, one.to_on) for one in list_vehicles(world.home.id)]


def test_r83_a_plate_taken_out_of_the_form_is_ended_not_deleted(world):
    assert store(world, "苏A11111", "苏AD22222") == [("苏A11111", None), ("苏AD22222", None)]
    later = TODAY + timedelta(days=40)
    assert store(world, "苏AD22222", today=later) == [("苏AD22222", None), ("苏A11111", later)]
    assert (found("11111"), found("D2222")) == ([], ["3-2-501"])
    back = store(world, "苏AD22222", "苏A11111", today=later)
    assert back == [("苏AD22222", None), ("苏A11111", None), ("苏A11111", later)]
    kinds = {one.plate: one.kind for one in list_vehicles(world.home.id)}
    assert kinds["苏AD22222"] is VehicleKind.ELECTRIC_CAR


def test_the_form_leaves_a_vehicle_that_it_names_as_it_is(world, add):
    made = add("苏A·11111", description="红色")
    store(world, "苏a11111", "苏A 11111", "")
    assert list_vehicles(world.home.id) == (made,)


def test_the_form_ends_what_was_to_come_on_its_first_day(world, add):
    add("苏A11111", from_on=date(2027, 1, 1))
    assert list_plates(world.home.id, today=TODAY) == ("苏A11111",)
    assert store(world) == [("苏A11111", date(2027, 1, 1))]


def test_pipl47_the_name_of_a_sealed_owner_is_not_shown(world, add):
    draft = PersonDraft("李四", ResidentRole.TENANT)
    person = residents.add_resident(world.home.id, draft, by=world.desk.id, now=world.now)
    made = add("苏A12345", person_id=person.person_id)
    with writing():
        from propdesk.storage.persons import PersonRecord

        PersonRecord.update(sealed_at=world.now).where(
            PersonRecord.id == person.person_id
        ).execute()
    assert get_vehicle(made.id) == replace(made, person="")


def test_f47_two_desks_do_not_end_one_vehicle_on_two_days(world, add, end):
    seen = add("苏A12345")
    end(seen, TODAY)
    with pytest.raises(RuleError) as refused:
        end(seen, TODAY + timedelta(days=9))
    assert refused.value.code == "changed-meanwhile"
    assert get_vehicle(seen.id).to_on == TODAY
