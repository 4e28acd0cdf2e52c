"""Vehicles, pets and decorations by keys alone: forms, next steps, the office's list, Today."""

from datetime import timedelta

import pytest

from propdesk.domain.decorations import DecorationDraft, Stage
from propdesk.domain.pets import PetDraft, PetKind
from propdesk.domain.vehicles import VehicleKind
from propdesk.services import decorations, pets
from propdesk.services.queries.decorations import (
    DecorationGroup,
    list_decorations,
    list_patrols,
    list_told,
)
from propdesk.services.queries.vehicles import list_vehicles
from ui.dialogs.decoration_acts import DepositDialog, PatrolDialog
from ui.dialogs.decoration_dialog import DecorationDialog, ToldDialog
from ui.dialogs.decorations_dialog import DecorationsDialog
from ui.dialogs.vehicle_dialog import VehicleDialog
from ui.pages.house_notices import DecorationNotice, VaccinationNotice


@pytest.fixture
def today(now):
    return now.date()


@pytest.fixture
def permitted(house, now, today):
    act = {"by": house.desk.id, "now": now}
    draft = DecorationDraft(
        "张伟丰", "厨卫改造", from_on=today, until_on=today + timedelta(days=30),
        company="宏图装饰", told=frozenset(list_told()), deposit_fen=200_000,
    )  # fmt: skip
    made = decorations.apply_decoration(house.home.id, draft, **act)
    return decorations.permit_decoration(made.id, **act)


def problems(dialog):
    return {key for key, row in dialog.rows._rows.items() if row.line.isVisible()}


def test_r83_a_vehicle_is_entered_by_its_plate_alone(shown, house, press, type_words):
    dialog = shown(VehicleDialog, house.home)
    type_words("苏AD12345")
    assert not dialog._remarks.isVisible()
    press("Ctrl+Return")
    (made,) = list_vehicles(house.home.id)
    assert (made.plate, made.kind) == ("苏AD12345", VehicleKind.ELECTRIC_CAR)
    assert "苏AD12345" in dialog.told


def test_a_doubtful_plate_is_told_while_it_is_typed_and_stored_all_the_same(
    shown, house, press, type_words
):
    dialog = shown(VehicleDialog, house.home)
    type_words("A12345")
    assert dialog._remarks.isVisible()
    press("Ctrl+S")
    assert [one.plate for one in list_vehicles(house.home.id)] == ["A12345"]


def test_a_vehicle_without_a_plate_keeps_the_form_open(shown, house, press):
    dialog = shown(VehicleDialog, house.home)
    press("Ctrl+Return")
    assert problems(dialog) == {"plate"}
    assert dialog.isVisible()
    assert list_vehicles(house.home.id) == ()


def test_l945_an_application_asks_only_for_works_and_takes_its_number(
    shown, house, press, type_words, today
):
    dialog = shown(DecorationDialog, house.home)
    press("Ctrl+Return")
    assert "scope" in problems(dialog)
    dialog.rows.go_to_next_problem()
    type_words("铺砖")
    press("Ctrl+Return")
    (row,) = list_decorations(house.home.id, today=today)
    assert (row.decoration.scope, row.stage) == ("铺砖", Stage.APPLIED)


def test_l945_structure_warns_at_once(shown, house, qtbot):
    dialog = shown(DecorationDialog, house.home)
    assert not dialog._warning.isVisible()
    dialog.structure.toggle()
    assert dialog._warning.isVisible()
    assert dialog.scheme.isVisible()


def test_l945_all_is_told_in_two_keys(shown, house, press, today, now):
    made = decorations.apply_decoration(
        house.home.id, DecorationDraft("张伟丰", "铺砖"), by=house.desk.id, now=now
    )
    shown(ToldDialog, made)
    press("Ctrl+A", "Ctrl+Return")
    (row,) = list_decorations(house.home.id, today=today)
    assert row.decoration.told == frozenset(list_told())


def test_a_patrol_without_findings_is_one_key(shown, permitted, press, house):
    shown(PatrolDialog, permitted)
    press("Ctrl+Return")
    (patrol,) = list_patrols(permitted.id)
    assert (patrol.kind, patrol.patrolled_by) == (None, house.desk.name)


def test_a_deposit_that_is_not_whole_asks_why(shown, permitted, press, type_words, house, now):
    decorations.accept_decoration(permitted.id, by=house.desk.id, now=now)
    dialog = shown(DepositDialog, permitted)
    type_words("1500")
    press("Ctrl+Return")
    assert problems(dialog) == {"reason"}


def test_the_offices_list_notes_a_patrol_by_enter(shown, permitted, press, qtbot):
    dialog = shown(DecorationsDialog, DecorationGroup.DUE)
    assert dialog.table.current_row().is_patrol_due
    with pytest.MonkeyPatch.context() as patch:
        asked = []
        patch.setattr(PatrolDialog, "ask", lambda self: asked.append(self._one.id) or "")
        press("Return")
    assert asked == [permitted.id]


def test_today_is_silent_without_works_and_names_what_is_due(
    office_context, house, now, today, qtbot, request
):
    works, animals = DecorationNotice(office_context), VaccinationNotice(office_context)
    for notice in (works, animals):
        qtbot.addWidget(notice)
        notice.refill()
        assert notice.sentence() == ""
    request.getfixturevalue("permitted")
    pet = PetDraft(PetKind.DOG, "豆豆", vaccinated_until=today)
    pets.add_pet(house.home.id, pet, by=house.desk.id, now=now)
    for notice in (works, animals):
        notice.refill()
        assert notice.sentence().startswith("1 ")
