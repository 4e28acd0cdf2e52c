"""Pictures of vehicles, pets and decorations: the parts of the house file, their forms, lists."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, cast

from propdesk.domain.decorations import (
    Decoration,
    DecorationDraft,
    Finding,
    FindingKind,
    PatrolDraft,
)
from propdesk.domain.pets import PetDraft, PetKind
from propdesk.domain.vehicles import VehicleDraft
from propdesk.services.decoration_patrols import note_patrol
from propdesk.services.decorations import apply_decoration, permit_decoration
from propdesk.services.pets import add_pet
from propdesk.services.queries.decorations import list_decorations, list_told
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.units import Unit, get_unit, list_units
from propdesk.services.queries.vehicles import list_vehicles
from propdesk.services.vehicles import add_vehicle, end_vehicle
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.dialogs.decoration_acts import DepositDialog, PatrolDialog
from ui.dialogs.decoration_dialog import DecorationDialog, ToldDialog
from ui.dialogs.decorations_dialog import DecorationsDialog
from ui.dialogs.pet_dialog import PetDialog
from ui.dialogs.vaccinations_dialog import VaccinationsDialog
from ui.dialogs.vehicle_dialog import VehicleDialog
from ui.pages.house_decoration import HouseDecoration
from ui.pages.house_part import HousePart
from ui.pages.house_vehicles import HouseVehicles
from ui.pages.residents import ResidentsPage

if TYPE_CHECKING:
    from ui.screenshots import Stage


def _fill(context: AppContext) -> Unit:
    """Give the first house vehicles, a pet and a decoration that wants something."""
    by, now = context.staff.id, context.now()
    today = now.date()
    houses = [get_unit(row.id) for row in list_units(today=today, limit=3)]
    unit = houses[0]
    if list_decorations(unit.id, today=today):
        return unit
    add_vehicle(unit.id, VehicleDraft("A12345", description="Passat"), by=by, now=now)
    gone = add_vehicle(unit.id, VehicleDraft("AD12345"), by=by, now=now)
    end_vehicle(gone.id, to_on=today, version=gone.version, by=by, now=now)
    pet = PetDraft(PetKind.DOG, "Doudou", "Corgi", "0123", today + timedelta(5))
    add_pet(unit.id, pet, by=by, now=now)
    people = list_residents(unit.id, today)
    draft = DecorationDraft(
        people[0].name if people else "-", _scope(), today - timedelta(9),
        today + timedelta(51), company="Hongtu",
        told=frozenset(list_told()), deposit_fen=200_000, touches_structure=True,
        structure_consent="2026-118",
    )  # fmt: skip
    for place, each in enumerate(houses):
        until = today - timedelta(1) if place == 1 else draft.until_on
        made = apply_decoration(each.id, replace(draft, until_on=until), by=by, now=now)
        if place < 2:
            permit_decoration(made.id, by=by, now=now)
        if place == 0:
            found = Finding(FindingKind.STRUCTURE, _scope(), today)
            note_patrol(made.id, PatrolDraft(findings=(found,)), by=by, now=now)
            at = now - timedelta(3)
            note_patrol(made.id, PatrolDraft(), by=by, now=now, at=at)
    return unit


def _scope() -> str:
    """Return words of the works in the language of the pictures: the first point that is told."""
    return next(iter(list_told().values()))


def _show_part(stage: "Stage", wanted: type[HousePart]) -> None:
    unit = _fill(stage.context)
    page = cast(ResidentsPage, stage.page("residents"))
    page.show_unit(unit.id)
    file = page._side.file  # noqa: SLF001 - pictures look inside
    place = next(n for n, part in enumerate(file.parts) if isinstance(part, wanted))
    file.show_part(place)


def show_vehicles(stage: "Stage") -> None:
    """Show the vehicles and pets of a house."""
    _show_part(stage, HouseVehicles)


def show_decoration(stage: "Stage") -> None:
    """Show the decorations of a house."""
    _show_part(stage, HouseDecoration)


def show_decoration_menu(stage: "Stage") -> None:
    """Show the rarer acts on a decoration."""
    _show_part(stage, HouseDecoration)
    page = cast(ResidentsPage, stage.page("residents"))
    file = page._side.file  # noqa: SLF001 - pictures look inside
    next(part for part in file.parts if isinstance(part, HouseDecoration)).open_menu()


def show_today(stage: "Stage") -> None:
    """Show today with its quiet words on works and vaccinations."""
    _fill(stage.context)
    stage.page("today")
    stage.context.changes.tickets_changed.emit()


def _show(make: Callable[["Stage", Unit], Dialog]) -> Callable[["Stage"], None]:
    """Return what shows a form or list over the houses."""

    def show(stage: "Stage") -> None:
        make(stage, _fill(stage.context)).ask()

    return show


def _works(stage: "Stage", unit: Unit) -> Decoration:
    """Return the decoration of the house."""
    return list_decorations(unit.id, today=stage.context.now().date())[0].decoration


def _touching(stage: "Stage", unit: Unit) -> Dialog:
    """Return the form of a file whose works touch the structure, with what is not right yet."""
    dialog = DecorationDialog(stage.context, stage.window, unit, _works(stage, unit))
    dialog.company.show_words("")
    dialog.until_on.show_words("2020-01-01")
    dialog.keep()
    return dialog


PAGES: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("house-vehicles", show_vehicles),
    ("house-decoration", show_decoration),
    ("house-decoration-menu", show_decoration_menu),
    ("today-works", show_today),
)

DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("vehicle", _show(lambda stage, unit: VehicleDialog(
        stage.context, stage.window, unit, list_vehicles(unit.id)[0]))),
    ("pet", _show(lambda stage, unit: PetDialog(stage.context, stage.window, unit))),
    ("decoration", _show(_touching)),
    ("decoration-told", _show(lambda stage, unit: ToldDialog(
        stage.context, stage.window, _works(stage, unit)))),
    ("decoration-patrol", _show(lambda stage, unit: PatrolDialog(
        stage.context, stage.window, _works(stage, unit)))),
    ("decoration-deposit", _show(lambda stage, unit: DepositDialog(
        stage.context, stage.window, _works(stage, unit)))),
    ("decorations", _show(lambda stage, _unit: DecorationsDialog(
        stage.context, stage.window))),
    ("vaccinations", _show(lambda stage, _unit: VaccinationsDialog(
        stage.context, stage.window))),
)  # fmt: skip
