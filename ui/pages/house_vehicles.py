"""Vehicles and pets of a house (车辆): those that have gone stay below the others."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from propdesk.domain.persons import present_on
from propdesk.domain.pets import PET_LABELS, Pet, vaccinations_until
from propdesk.domain.vehicles import VEHICLE_LABELS, Vehicle, plate_doubt
from propdesk.i18n import _, _lazy
from propdesk.services.pets import end_pet
from propdesk.services.queries.pets import list_pets
from propdesk.services.queries.units import Unit
from propdesk.services.queries.vehicles import list_vehicles
from propdesk.services.vehicles import end_vehicle
from ui.context import AppContext
from ui.dialogs.pet_dialog import PetDialog
from ui.dialogs.thing_dialog import DayDialog
from ui.dialogs.vehicle_dialog import VehicleDialog
from ui.pages.house_part import HousePart, PartHead, inset
from ui.tables.columns import CellKind, Column, Mark
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label

_ROWS = 6


class HouseVehicles(HousePart):
    """Enter corrects, Ins adds a vehicle, Del notes that one has gone."""

    title = _lazy("Vehicles")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        theme = context.theme
        car = Button(theme, _("Add vehicle"), kind=Kind.QUIET, icon="plus", shortcut="Ins")
        car.clicked.connect(lambda: self._edit_vehicle(None))
        pet = Button(theme, _("Add pet"), kind=Kind.QUIET, icon="plus", shortcut="Shift+Ins")
        pet.clicked.connect(lambda: self._edit_pet(None))
        self._gone = Button(theme, _("Has gone"), kind=Kind.QUIET, hint="Del")
        self._gone.clicked.connect(self._on_gone)
        title = Label(theme, _("Vehicles and pets"), bold=True)
        self.body.addWidget(PartHead(title, (car, pet, self._gone)))
        self.vehicles = self._table("vehicles", _("Vehicles of the house"), self._car_columns())
        self.pets = self._table("pets", _("Pets of the house"), self._pet_columns())
        self.vehicles.opened.connect(self._edit_vehicle)
        self.pets.opened.connect(self._edit_pet)
        words = _("No vehicle and no pet is entered here. Ins adds a vehicle, Shift+Ins a pet.")
        self._none = Label(theme, words, ink=Ink.TEXT_3, wrap=True)
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def _table(self, name: str, title: str, columns: Sequence[Column]) -> RecordTable:
        table = RecordTable(
            self.context.theme,
            title,
            columns,
            lambda row: row.id,
            memory=ScopedMemory(self.context.memory, f"residents/{name}"),
            margin=Space.XL,
            now=self.context.now,
        )
        table.make_dense()
        table.left.connect(self.left)
        # Del belongs to the table alone: in a field it deletes a letter.
        key = QShortcut(QKeySequence("Del"), table)
        key.setContext(Qt.ShortcutContext.WidgetShortcut)
        key.activated.connect(self._on_gone)
        self.body.addWidget(table)
        return table

    def _car_columns(self) -> Sequence[Column]:
        return (
            Column("plate", _lazy("Plate"), lambda one: one.plate, width=96, least=88),
            Column("kind", _lazy("Kind"), lambda one: str(VEHICLE_LABELS[one.kind]), width=96,
                   least=64, rank=1),
            Column("description", _lazy("Make, colour"), lambda one: one.description, width=110,
                   least=92, stretches=True),
            Column("person", _lazy("Whose it is"), self._person_words, width=74, least=56,
                   is_name=True),
            Column("space", _lazy("Parking space"), lambda one: one.space, width=92, least=56,
                   rank=2),
            Column("state", _lazy("State"), self._car_mark, CellKind.STATUS, width=154, least=148),
        )  # fmt: skip

    def _pet_columns(self) -> Sequence[Column]:
        return (
            Column("kind", _lazy("Pet"), _pet_words, width=96, least=80),
            Column("breed", _lazy("Breed"), lambda one: one.breed, width=110, least=70,
                   stretches=True),
            Column("licence", _lazy("Dog licence"), lambda one: one.licence, width=110, least=80),
            Column("until", _lazy("Vaccinated until"), self._vaccination, CellKind.BADGE,
                   width=118, least=100),
            Column("state", _lazy("State"), self._pet_mark, CellKind.STATUS, width=154, least=148),
        )  # fmt: skip

    # -- filling

    def count(self) -> int | None:
        """Return how many vehicles and pets the house has now."""
        if self.unit is None:
            return None
        found: list[Vehicle | Pet] = [*list_vehicles(self.unit.id), *list_pets(self.unit.id)]
        return sum(map(self._is_here, found))

    def show_unit(self, unit: Unit | None) -> None:
        """Show what a house has and had."""
        self.take(unit)
        for table, found in (
            (self.vehicles, list_vehicles(unit.id) if unit else ()),
            (self.pets, list_pets(unit.id) if unit else ()),
        ):
            table.show_rows(found)
            table.setFixedHeight(table.height_of(min(max(len(found), 1), _ROWS)))
            table.setVisible(bool(found))
        self._none.setVisible(self.vehicles.is_empty() and self.pets.is_empty())
        self._gone.setEnabled(not self._none.isVisibleTo(self))

    def enter(self) -> bool:
        """Put the keyboard on the vehicles, else on the pets, else on the first act."""
        for table in (self.vehicles, self.pets):
            if not table.is_empty():
                table.setFocus()
                return True
        return super().enter()

    def _is_here(self, one: Vehicle | Pet) -> bool:
        return present_on(one.from_on, one.to_on, self.context.now().date())

    def _person_words(self, one: Vehicle) -> str:
        return self.context.shown_names(one.person)

    def _car_mark(self, one: Vehicle) -> Mark:
        if self._is_here(one) and plate_doubt(one.plate, one.kind):
            return Mark(_("Look at the plate"), Tone.WARN)
        return self._period_mark(one)

    def _pet_mark(self, one: Pet) -> Mark:
        return self._period_mark(one)

    def _period_mark(self, one: Vehicle | Pet) -> Mark:
        if self._is_here(one):
            return Mark(_("until {day}").format(day=one.to_on) if one.to_on else _("Here"), Tone.OK)
        if one.to_on is not None and one.to_on <= self.context.now().date():
            return Mark(_("Gone {day}").format(day=one.to_on), Tone.INFO)
        return Mark(_("from {day}").format(day=one.from_on), Tone.INFO)

    def _vaccination(self, one: Pet) -> Mark | None:
        if one.vaccinated_until is None:
            return None
        today, days = self.context.now().date(), self.context.settings.vaccination_days
        is_due = self._is_here(one) and one.vaccinated_until <= vaccinations_until(today, days)
        return Mark(str(one.vaccinated_until), Tone.WARN if is_due else None)

    # -- acts

    def _edit_vehicle(self, one: Any) -> None:
        if self.unit is not None:
            self._done(VehicleDialog(self.context, self, self.unit, one))

    def _edit_pet(self, one: Any) -> None:
        if self.unit is not None:
            self._done(PetDialog(self.context, self, self.unit, one))

    def _on_gone(self) -> None:
        table = self.pets if self.pets.hasFocus() or self.vehicles.is_empty() else self.vehicles
        one = table.current_row()
        if isinstance(one, Vehicle):
            title = _("{plate} has gone").format(plate=one.plate)
            self._ask_day(title, lambda day: self._end_vehicle(one, day))
        elif isinstance(one, Pet):
            title = _("{pet} is no longer here").format(pet=_pet_words(one))
            self._ask_day(title, lambda day: self._end_pet(one, day))

    def _ask_day(self, title: str, act: Callable[[date], str]) -> None:
        self._done(DayDialog(self.context, self, title, act, save=_("Note it")))

    def _end_vehicle(self, one: Vehicle, day: date) -> str:
        by, now = self.context.staff.id, self.context.now()
        ended = end_vehicle(one.id, to_on=day, version=one.version, by=by, now=now)
        return _("{plate} has gone from {house}.").format(plate=ended.plate, house=ended.house)

    def _end_pet(self, one: Pet, day: date) -> str:
        ended = end_pet(one.id, to_on=day, version=one.version, by=self.context.staff.id)
        return _("The pet is no longer in {house}.").format(house=ended.house)

    def _done(self, dialog: VehicleDialog | PetDialog | DayDialog) -> None:
        if dialog.ask() == "kept":
            self.stored.emit(dialog.told)


def _pet_words(one: Pet) -> str:
    return f"{PET_LABELS[one.kind]} {one.name}".strip()
