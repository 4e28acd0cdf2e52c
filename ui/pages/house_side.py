"""The right half of the residents page: the house file, or a form in its place."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.persons import ResidentRole
from propdesk.domain.unit_drafts import read_changes_from, read_new_unit, read_unit_facts
from propdesk.i18n import _
from propdesk.services import residents, units
from propdesk.services.queries.persons import list_known
from propdesk.services.queries.residents import Resident, draft_of, list_residents
from propdesk.services.queries.units import Unit, get_unit, list_communities
from propdesk.services.queries.vehicles import list_plates
from ui.context import AppContext
from ui.dialogs.known_person import ANOTHER, LINK, link_known, offer_known
from ui.forms.register_form import RegisterForm
from ui.forms.resident_form import LeavingForm, ResidentForm
from ui.forms.unit_form import UnitForm
from ui.pages.house_file import HouseFile
from ui.widgets.panes import QuietPane


@dataclass(frozen=True, slots=True)
class Stored:
    """What a form has stored: the house it is about, what to say, and how to take it back."""

    unit_id: int
    words: str
    undo: Callable[[], None] | None = None
    residency_id: int | None = None


class HouseSide(QStackedWidget):
    """Shows the file of a house; opens the forms that the clerk asks for and stores what is typed.

    `left` asks for the list, `stored` comes after a command has changed the register.
    """

    left = Signal()
    stored = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._has_house = False
        self._editing: Unit | None = None
        self._resident: Resident | None = None
        self.file = HouseFile(context)
        self.file.left.connect(self.left)
        self.file.unit_edit_wanted.connect(self.edit_unit)
        self.file.person_wanted.connect(self.add_person)
        self.file.person_edit_wanted.connect(self.edit_person)
        self.file.leaving_wanted.connect(self.begin_leaving)
        self.file.stored.connect(self._on_part_stored)
        self._unit_form = UnitForm(context.theme)
        self._person_form = ResidentForm(context.theme)
        self._leaving_form = LeavingForm(context.theme)
        self._quiet = QuietPane(context.theme, _("The file of the chosen house stands here."))
        self.addWidget(self._quiet)
        self.addWidget(self.file)
        for form, save in (
            (self._unit_form, self._save_unit),
            (self._person_form, self._save_person),
            (self._leaving_form, self._save_leaving),
        ):
            self.addWidget(form)
            form.saved.connect(save)
            form.left.connect(self._on_form_left)

    # -- showing

    def show_unit(self, unit_id: int | None) -> None:
        """Show a house's file (a quiet line for None), behind the form if one is open."""
        self._has_house = unit_id is not None
        if unit_id is not None:
            self.file.show_unit(unit_id)
        if self.open_form() is None:
            self.close_form()

    def unit(self) -> Unit | None:
        """Return the house that is shown."""
        return self.file.unit if self._has_house else None

    def enter(self) -> None:
        """Put the keyboard into the open form, else into the file."""
        form = self.open_form()
        if form is not None:
            (form.focusWidget() or form.save).setFocus()
        elif self._has_house:
            self.file.enter()

    def open_form(self) -> RegisterForm | None:
        """Return the form that is open."""
        shown = self.currentWidget()
        return shown if isinstance(shown, RegisterForm) else None

    def may_leave(self) -> bool:
        """Ask before something half typed is lost."""
        form = self.open_form()
        if form is None or not form.is_dirty():
            return True
        return self._context.messages.confirm(
            self,
            _("Leave without saving?"),
            _("What you typed into this form is not stored yet."),
            act=_("Leave the form"),
            keep=_("Go on typing"),
        )

    def close_form(self) -> None:
        """Show the file again."""
        self.setCurrentWidget(self.file if self._has_house else self._quiet)

    def _on_form_left(self) -> None:
        if not self.may_leave():
            return
        goes_back = self.open_form() is self._unit_form or not self._has_house
        self.close_form()
        if goes_back:
            self.left.emit()
        else:
            self.file.enter()

    def _on_part_stored(self, words: str) -> None:
        self.stored.emit(Stored(self._unit_id(), words))

    # -- opening forms

    def begin_unit(self) -> None:
        """Open the form of a new house, in the community of the one that is shown."""
        if not self.may_leave():
            return
        communities = list_communities()
        unit = self.unit()
        nearest = unit.community if unit else next(iter(communities), "")
        self._editing = None
        self.setCurrentWidget(self._unit_form)
        self._unit_form.start_new(communities, nearest or self._context.settings.office_name)

    def edit_unit(self) -> None:
        """Open the form of the house that is shown."""
        unit = self.unit()
        if unit is None or not self.may_leave():
            return
        self._editing = get_unit(unit.id)
        self.setCurrentWidget(self._unit_form)
        self._unit_form.show_record(self._editing, list_plates(unit.id, today=self._today()))

    def add_person(self) -> None:
        """Open the form of a new person in the house that is shown."""
        unit = self.unit()
        if unit is None or not self.may_leave():
            return
        people = list_residents(unit.id, self._today())
        has_owner = any(one.present and one.role is ResidentRole.OWNER for one in people)
        self._resident = None
        self.setCurrentWidget(self._person_form)
        self._person_form.start_new(unit.short, self._today(), has_owner=has_owner)

    def edit_person(self, resident: Resident) -> None:
        """Open the form of a person in the house that is shown."""
        unit = self.unit()
        if unit is None or not self.may_leave():
            return
        self._resident = resident
        self.setCurrentWidget(self._person_form)
        self._person_form.show_record(unit.short, resident)

    def begin_leaving(self, resident: Resident) -> None:
        """Ask for the last day of a person in the house that is shown."""
        unit = self.unit()
        if unit is None or not self.may_leave():
            return
        self._resident = resident
        self.setCurrentWidget(self._leaving_form)
        self._leaving_form.show_record(unit.short, resident, self._today())

    def _today(self) -> date:
        return self._context.now().date()

    # -- storing

    def _attempt(self, form: RegisterForm, act: Callable[[], Any]) -> Any:
        """Return what a command returned, None where a refusal stands in the form now."""
        try:
            return act()
        except DraftError as refusal:
            form.show_problems(refusal.problems)
        except RuleError as refusal:
            field = "house" if refusal.code == "unit-exists" else ""
            form.show_problems((Problem(field, str(refusal)),))
        return None

    def _save_unit(self) -> None:
        unit = self._attempt(self._unit_form, self._store_unit)
        if unit is None:
            return
        is_new = self._editing is None
        words = _("House {house} is in the register") if is_new else _("House {house} is changed")
        self.close_form()
        self.stored.emit(Stored(unit.id, words.format(house=unit.short)))

    def _store_unit(self) -> Unit:
        draft, by = self._unit_form.typed(), self._context.staff.id
        if self._editing is None:
            address, facts = read_new_unit(draft)
            return units.add_unit(
                address,
                community=draft.community,
                by=by,
                facts=facts,
            )
        return units.change_unit(
            self._editing.id,
            read_unit_facts(draft),
            version=self._editing.version,
            by=by,
            now=self._context.now(),
            from_on=read_changes_from(draft),
        )

    def _save_person(self) -> None:
        resident = self._attempt(self._person_form, self._store_person)
        if resident is not None:
            self._after_person(resident, _("{name} is saved").format(name=resident.name))

    def _store_person(self) -> Resident | None:
        draft, by = self._person_form.draft(), self._context.staff.id
        unit_id = self._unit_id()
        if self._resident is None:
            known = list_known(draft.name, draft.phones, self._today())
            way = offer_known(self._context, self, known) if known else ANOTHER
            if way == LINK:
                return link_known(self._context, unit_id, known[0], draft)
            if way != ANOTHER:
                return None
            return residents.add_resident(unit_id, draft, by=by, now=self._context.now())
        return residents.change_resident(
            unit_id,
            self._resident.residency_id,
            draft,
            version=self._resident.version,
            by=by,
            now=self._context.now(),
        )

    def _unit_id(self) -> int:
        unit = self.unit()
        if unit is None:
            raise RuleError("unit-unknown", _("This house is not in the register."))
        return unit.id

    def _save_leaving(self) -> None:
        resident = self._attempt(self._leaving_form, self._store_leaving)
        if resident is None:
            return
        unit_id = self._unit_id()
        words = _("{name} has moved out").format(name=resident.name)
        self._after_person(resident, words, lambda: self._bring_back(unit_id, resident))

    def _store_leaving(self) -> Resident | None:
        if self._resident is None:
            return None
        return residents.end_residency(
            self._unit_id(),
            self._resident.residency_id,
            to_on=self._leaving_form.day(),
            by=self._context.staff.id,
            now=self._context.now(),
        )

    def _after_person(
        self, resident: Resident, words: str, undo: Callable[[], None] | None = None
    ) -> None:
        self.close_form()
        self.stored.emit(Stored(self._unit_id(), words, undo, resident.residency_id))

    def _bring_back(self, unit_id: int, resident: Resident) -> None:
        draft = replace(draft_of(resident), to_on=None)

        def act() -> None:
            residents.change_resident(
                unit_id,
                resident.residency_id,
                draft,
                version=resident.version,
                by=self._context.staff.id,
                now=self._context.now(),
            )

        if self._context.attempt(self, _("This was not undone"), act):
            words = _("{name} is present again").format(name=resident.name)
            self.stored.emit(Stored(unit_id, words, None, resident.residency_id))
