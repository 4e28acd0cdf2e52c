"""Who reports: name and phone, proposed from the house; a new caller joins it in two keys."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent

from propdesk.domain.errors import RuleError
from propdesk.domain.persons import (
    ROLE_LABELS,
    PersonDraft,
    ResidentRole,
    phone_digits,
    polite_name,
    split_phones,
)
from propdesk.i18n import _
from propdesk.services import residents
from propdesk.services.queries.residents import Resident
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.forms.answer_row import AnswerRow
from ui.theme import Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField


class _NameField(LineField):
    """The name; Up and Down walk through the people of the house."""

    stepped = Signal(int)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk through the people with Up and Down."""
        steps = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}
        if event.key() in steps and not event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            self.stepped.emit(steps[event.key()])
            return
        super().keyPressEvent(event)


class ReporterFields(QObject):
    """Name and phone of the reporter, and the button that adds a new one to the house.

    `person_changed` comes when somebody else (or nobody known) is meant; `added` with the person
    that was put into the house.
    """

    person_changed = Signal()
    added = Signal(object)
    refused = Signal(object)

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        theme: Theme = context.theme
        self._context = context
        self._unit: Unit | None = None
        self._people: tuple[Resident, ...] = ()
        self._proposed = ""
        self.person_id: int | None = None
        self.name = _NameField(theme, _("Reporter"), placeholder=_("Name"))
        self.phone = LineField(theme, _("Phone number"), placeholder=_("Phone number"), longest=40)
        self.add = Button(
            theme, _("Add to house"), kind=Kind.QUIET, icon="user-plus", shortcut="Alt+A"
        )
        self.add.hide()
        self.roles = AnswerRow(
            theme,
            _("In this house"),
            [Choice(role.value, str(ROLE_LABELS[role])) for role in ResidentRole],
        )
        self.name.textChanged.connect(self._on_typed)
        self.phone.textChanged.connect(self._on_typed)
        self.name.stepped.connect(self._on_stepped)
        self.roles.answered.connect(self._on_role)

    # -- filling and asking

    def show_people(self, unit: Unit | None, people: Sequence[Resident], first: int | None) -> None:
        """Offer the people of a house; `first` is proposed while nobody was typed."""
        self._unit = unit
        self._people = tuple(people)
        proposed = next((one for one in people if one.person_id == first), None)
        if self._is_untouched():
            self._propose(proposed)
        self._on_typed()

    def show_reporter(self, name: str, phone: str) -> None:
        """Show who was typed before."""
        self.name.show_words(name)
        self.phone.show_words(phone)

    def has_reporter(self) -> bool:
        """Tell whether anybody is named."""
        return bool(self.name.words())

    def _is_untouched(self) -> bool:
        words = self.name.words() + self.phone.words()
        return not words or words == self._proposed

    def _propose(self, one: Resident | None) -> None:
        name = polite_name(one.name, one.salutation) if one else ""
        phone = one.phones[0] if one and one.phones else ""
        self._proposed = name + phone
        self.show_reporter(name, phone)

    # -- following the clerk

    def _on_stepped(self, step: int) -> None:
        if not self._people:
            return
        known = [one.person_id for one in self._people]
        place = known.index(self.person_id) + step if self.person_id in known else 0
        self._propose(self._people[place % len(self._people)])
        self.name.selectAll()

    def _known(self) -> Resident | None:
        name, digits = self.name.words(), phone_digits(self.phone.words())
        named = [one for one in self._people if name and name in (one.name, one.salutation)]
        called = [
            one
            for one in self._people
            if digits and digits in {phone_digits(phone) for phone in one.phones}
        ]
        both = [one for one in named if one in called]
        return next(iter(both or named), None) or (called[0] if called and not name else None)

    def _on_typed(self) -> None:
        known = self._known()
        person_id = known.person_id if known else None
        self.add.setVisible(self._unit is not None and known is None and self.has_reporter())
        if person_id != self.person_id:
            self.person_id = person_id
            self.person_changed.emit()

    def _on_role(self, role: str) -> None:
        if self._unit is None or not self.has_reporter():
            return
        draft = PersonDraft(
            self.name.words(), ResidentRole(role), phones=split_phones(self.phone.words())
        )
        context = self._context
        try:
            person = residents.add_resident(
                self._unit.id, draft, by=context.staff.id, now=context.now()
            )
        except RuleError as refusal:
            self.refused.emit(refusal)
            return
        self.added.emit(person)
