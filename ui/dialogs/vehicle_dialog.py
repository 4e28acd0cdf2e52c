"""A vehicle of a house: plate, whose it is, where it stands; what is odd about it is told."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.vehicles import VEHICLE_LABELS, Vehicle, VehicleDraft, VehicleKind
from propdesk.i18n import _
from propdesk.services.queries.units import Unit, find_unit
from propdesk.services.queries.vehicles import list_remarks
from propdesk.services.vehicles import add_vehicle, change_vehicle
from ui.context import AppContext
from ui.dialogs.thing_dialog import ThingDialog
from ui.theme import Tone
from ui.widgets.badges import Banner
from ui.widgets.choices import Choice
from ui.widgets.fields import CheckField, LineField, PickField

_BY_PLATE = ""


class VehicleDialog(ThingDialog):
    """A new vehicle, or one that is corrected; the remarks follow the plate while it is typed."""

    def __init__(
        self, context: AppContext, parent: QWidget, unit: Unit, vehicle: Vehicle | None = None
    ) -> None:
        title = _("Vehicle of {house}").format(house=unit.short)
        super().__init__(context, parent, title, save=_("Save"))
        self._unit = unit
        self._vehicle = vehicle
        theme, shown = context.theme, vehicle
        self.plate = self.line("plate", _("Plate"), shown.plate if shown else "")
        self._remarks = Banner(theme, Tone.WARN, "triangle-alert")
        self.kind = PickField(theme, _("Kind"), _kinds())
        self.rows.add_row("kind", _("Kind"), self.kind)
        self.description = self.line(
            "description", _("Make, colour"), shown.description if shown else ""
        )
        self.person = PickField(theme, _("Whose it is"), self.people_of(unit.id))
        self.rows.add_row("person_id", _("Whose it is"), self.person)
        self.space = LineField(theme, _("Parking space"), placeholder="B1-035", width=160)
        self.space.show_words(shown.space if shown else "")
        self.shared = CheckField(theme, _("shared with another vehicle"))
        self.rows.add_row("space_id", _("Parking space"), self.space, self.shared)
        first = shown.from_on if shown else context.now().date()
        self.from_on = self.day("from_on", _("Since"), first)
        self.to_on = self.day("to_on", _("Until"), shown.to_on if shown else None)
        self.rows.show_row("to_on", is_shown=shown is not None)
        self.note = self.line("note", _("Note"), shown.note if shown else "")
        if shown is not None:
            self.kind.choose(shown.kind.value)
            person = str(shown.person_id or "")
            if any(one.key == person for one in self.people_of(unit.id)):
                self.person.choose(person)
        self.body.addWidget(self._remarks)
        self.plate.textChanged.connect(self._tell)
        self.kind.picked.connect(self._tell)
        self._tell()
        self.plate.setFocus()

    def _tell(self) -> None:
        """Say what is odd about the plate; nothing of it keeps the vehicle from being stored."""
        said = list_remarks(
            VehicleDraft(self.plate.words(), self._kind()),
            self._unit.id,
            today=self.context.now().date(),
            besides=self._vehicle.id if self._vehicle else None,
        )
        self._remarks.show_banner(Tone.WARN, "triangle-alert", " ".join(said))

    def _kind(self) -> VehicleKind | None:
        return VehicleKind(self.kind.value()) if self.kind.value() else None

    def _space(self) -> int | None:
        words = self.space.words()
        if not words:
            return None
        try:
            return find_unit(words, self._unit.community).id
        except RuleError as refusal:
            raise DraftError((Problem("space_id", str(refusal)),)) from refusal

    def store(self) -> str:
        """Store the vehicle."""
        draft = VehicleDraft(
            plate=self.plate.words(),
            kind=self._kind(),
            description=self.description.words(),
            person_id=int(self.person.value()) if self.person.value() else None,
            space_id=self._space(),
            from_on=self.day_of("from_on", self.from_on),
            to_on=self.day_of("to_on", self.to_on),
            note=self.note.words(),
            shares_space=self.shared.isChecked(),
        )
        by, now = self.context.staff.id, self.context.now()
        if self._vehicle is None:
            made = add_vehicle(self._unit.id, draft, by=by, now=now)
        else:
            version = self._vehicle.version
            made = change_vehicle(self._vehicle.id, draft, version=version, by=by, now=now)
        return _("{plate} is in the file of {house}.").format(plate=made.plate, house=made.house)


def _kinds() -> list[Choice]:
    words = [Choice(kind.value, str(word)) for kind, word in VEHICLE_LABELS.items()]
    return [Choice(_BY_PLATE, _("As the plate says")), *words]
