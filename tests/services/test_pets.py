"""Pets on a real file: licence, vaccination and what is due."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.pets import PetDraft, PetKind, check_vaccination_days
from propdesk.services import pets, settings
from propdesk.services.queries.pets import count_vaccinations, list_pets, list_vaccinations

TODAY = date(2026, 11, 21)


@pytest.fixture
def add(world):
    def how(name, until=None, unit=None, **fields):
        draft = PetDraft(PetKind.DOG, name, vaccinated_until=until, **fields)
        unit = unit or world.home
        return pets.add_pet(unit.id, draft, by=world.desk.id, now=world.now)

    return how


def test_r80_a_pet_has_its_licence_and_its_vaccination(world, add):
    made = add("豆豆", date(2027, 3, 1), breed="柯基", licence=" 苏犬 0123 ")
    assert (made.name, made.breed, made.licence, made.house) == (
        "豆豆", "柯基", "苏犬 0123", "3-2-501",
    )  # fmt: skip
    assert (made.from_on, made.vaccinated_until) == (TODAY, date(2027, 3, 1))
    assert list_pets(world.home.id) == (made,)


def test_vaccinations_are_due_thirty_days_before_they_end_and_stay_due(world, add):
    add("后天", TODAY + timedelta(days=2))
    add("一个月", TODAY + timedelta(days=30), world.villa)
    add("过期", TODAY - timedelta(days=90))
    add("一个月零一天", TODAY + timedelta(days=31))
    add("没打过")
    gone = add("走了", TODAY)
    pets.end_pet(gone.id, to_on=TODAY, version=gone.version, by=world.desk.id)
    assert [one.name for one in list_vaccinations(today=TODAY)] == ["过期", "后天", "一个月"]
    assert count_vaccinations(today=TODAY) == 3
    shown = replace(settings.get_settings(), vaccination_days=5)
    settings.save_settings(shown, by=world.desk.id)
    assert [one.name for one in list_vaccinations(today=TODAY)] == ["过期", "后天"]


def test_a_pet_is_corrected_by_one_desk_at_a_time_and_ended(world, add):
    made = add("豆豆")
    draft = PetDraft(PetKind.CAT, "咪咪", from_on=made.from_on, vaccinated_until=TODAY)
    changed = pets.change_pet(made.id, draft, version=1, by=world.desk.id)
    assert (changed.kind, changed.name, changed.vaccinated_until) == (PetKind.CAT, "咪咪", TODAY)
    with pytest.raises(RuleError) as refusal:
        pets.change_pet(made.id, draft, version=1, by=world.desk.id)
    assert refusal.value.code == "changed-meanwhile"
    with pytest.raises(DraftError):
        pets.end_pet(made.id, to_on=TODAY - timedelta(days=1), version=2, by=world.desk.id)
    with pytest.raises(RuleError) as refusal:
        pets.end_pet(made.id, to_on=TODAY, version=made.version, by=world.desk.id)
    assert refusal.value.code == "changed-meanwhile"
    ended = pets.end_pet(made.id, to_on=TODAY, version=changed.version, by=world.desk.id)
    assert ended.to_on == TODAY
    assert list_vaccinations(today=TODAY) == ()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"name": "狗" * 300}, "name"),
        ({"licence": "1" * 300}, "licence"),
        ({"note": "注" * 200_000}, "note"),
        ({"from_on": TODAY, "to_on": TODAY - timedelta(days=1)}, "to_on"),
    ],
)
def test_f45_bad_input_is_refused_under_its_field(world, fields, field):
    draft = PetDraft(PetKind.DOG, **fields)
    with pytest.raises(DraftError) as refusal:
        pets.add_pet(world.home.id, draft, by=world.desk.id, now=world.now)
    assert [one.field for one in refusal.value.problems] == [field]
    assert list_pets(world.home.id) == ()


@pytest.mark.parametrize("days", [0, -1, 366])
def test_the_days_of_the_reminder_are_a_sensible_number(days):
    with pytest.raises(RuleError) as refusal:
        check_vaccination_days(days)
    assert refusal.value.code == "setting-vaccination-days"
