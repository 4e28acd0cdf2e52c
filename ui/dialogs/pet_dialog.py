"""A pet of a house: licence and vaccination."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.pets import PET_LABELS, Pet, PetDraft, PetKind
from propdesk.i18n import _
from propdesk.services.pets import add_pet, change_pet
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.thing_dialog import ThingDialog
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import PickField


class PetDialog(ThingDialog):
    """A new pet, or one that is corrected."""

    def __init__(
        self, context: AppContext, parent: QWidget, unit: Unit, pet: Pet | None = None
    ) -> None:
        title = _("Pet of {house}").format(house=unit.short)
        super().__init__(context, parent, title, save=_("Save"))
        self._unit = unit
        self._pet = pet
        theme = context.theme
        self.kind = Chips(theme, _("Kind"), _kinds())
        self.kind.choose(pet.kind.value if pet else PetKind.DOG.value)
        self.rows.add_row("kind", _("Kind"), self.kind)
        self.name = self.line("name", _("Name"), pet.name if pet else "")
        self.breed = self.line("breed", _("Breed"), pet.breed if pet else "")
        self.licence = self.line("licence", _("Dog licence"), pet.licence if pet else "")
        self.until = self.day(
            "vaccinated_until", _("Vaccinated until"), pet.vaccinated_until if pet else None
        )
        self.person = PickField(theme, _("Whose it is"), self.people_of(unit.id))
        self.rows.add_row("person_id", _("Whose it is"), self.person)
        self.from_on = self.day("from_on", _("Since"), pet.from_on if pet else context.now().date())
        self.to_on = self.day("to_on", _("Until"), pet.to_on if pet else None)
        self.rows.show_row("to_on", is_shown=pet is not None)
        self.note = self.line("note", _("Note"), pet.note if pet else "")
        person = str(pet.person_id or "") if pet else ""
        if any(one.key == person for one in self.people_of(unit.id)):
            self.person.choose(person)
        self.kind.setFocus()

    def store(self) -> str:
        """Store the pet."""
        draft = PetDraft(
            kind=PetKind(self.kind.chosen()),
            name=self.name.words(),
            breed=self.breed.words(),
            licence=self.licence.words(),
            vaccinated_until=self.day_of("vaccinated_until", self.until),
            person_id=int(self.person.value()) if self.person.value() else None,
            from_on=self.day_of("from_on", self.from_on),
            to_on=self.day_of("to_on", self.to_on),
            note=self.note.words(),
        )
        by = self.context.staff.id
        if self._pet is None:
            made = add_pet(self._unit.id, draft, by=by, now=self.context.now())
        else:
            made = change_pet(self._pet.id, draft, version=self._pet.version, by=by)
        return _("The pet is in the file of {house}.").format(house=made.house)


def _kinds() -> list[Choice]:
    return [
        Choice(kind.value, str(word), hotkey=str(place))
        for place, (kind, word) in enumerate(PET_LABELS.items(), 1)
    ]
