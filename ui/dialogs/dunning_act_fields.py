"""The fields of an act of urging that know the house: its people's numbers, its letters, files."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from propdesk.domain.dunning import Relation, Way
from propdesk.domain.dunning_acts import BY_EXPRESS, ON_ITS_WAY
from propdesk.domain.masking import mask_phone
from propdesk.domain.persons import ResidentRole
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.attachments import Staged
from propdesk.services.dunning_acts import stage_proofs
from propdesk.services.queries.fee_letters import FeeLetter, list_fee_letters
from propdesk.services.queries.residents import list_residents
from ui.background import Progress
from ui.context import AppContext
from ui.forms.intake_files import IntakeFiles
from ui.incoming_files import Incoming, sources
from ui.theme import Space
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField

_OTHER = "other"
_BY_PHONE = frozenset({Way.PHONE, Way.SMS})
_RELATIONS = {
    ResidentRole.OWNER: Relation.SELF,
    ResidentRole.TENANT: Relation.USER,
    ResidentRole.FAMILY: Relation.ADULT_FAMILY,
}


@dataclass(frozen=True, slots=True)
class Reachable:
    """Somebody of the house who can be called: what he is to the debt, and a number of his."""

    name: str
    relation: Relation
    phone: str


def reachable(unit_id: int, today: date) -> list[Reachable]:
    """Return the numbers of who lives in or owns a house, owners first."""
    return [
        Reachable(one.name, _RELATIONS.get(one.role, Relation.OTHER), phone)
        for one in list_residents(unit_id, today)
        if one.present
        for phone in one.phones
    ]


class AddressField(QWidget):
    """Where an act went: a number of the house for calls and messages, else what is typed.

    Numbers are shown masked (R85); a number of the house is stored as it is. Letters go to `house`.
    `picked` comes with whose number it is, None for one that is typed; `typed` when the words
    change.
    """

    picked = Signal(object)
    typed = Signal()

    def __init__(self, context: AppContext, people: Sequence[Reachable], house: str) -> None:
        super().__init__()
        self._house = house
        theme = context.theme
        self._people = {str(place): one for place, one in enumerate(people)}
        choices = [
            Choice(key, f"{mask_phone(one.phone)}  {context.shown_names(one.name)}")
            for key, one in self._people.items()
        ]
        self._numbers = PickField(
            theme, _("Number called"), [*choices, Choice(_OTHER, _("Another number"))]
        )
        self._line = LineField(theme, _("Number, account or address"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        row.addWidget(self._numbers, 1)
        row.addWidget(self._line, 1)
        self._numbers.picked.connect(self._on_picked)
        self._line.textEdited.connect(lambda _words: self.typed.emit())
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusProxy(self._numbers)
        self.show_way(Way.PHONE)

    def show_way(self, way: Way) -> None:
        """Offer the numbers of the house where they are called or written to."""
        is_phone = way in _BY_PHONE and bool(self._people)
        self._numbers.setVisible(is_phone)
        self._line.setVisible(not is_phone or self._numbers.value() == _OTHER)
        # A letter goes to the house, unless the clerk writes another address.
        if self._line.words() in ("", self._house):
            self._line.show_words(self._house if way in BY_EXPRESS else "")
        self.setFocusProxy(self._numbers if is_phone else self._line)

    def whose(self) -> Reachable | None:
        """Return whose number is chosen, None where one is typed."""
        return None if self._numbers.isHidden() else self._people.get(self._numbers.value())

    def words(self) -> str:
        """Return the number or the words."""
        whose = self.whose()
        return whose.phone if whose else self._line.words()

    def _on_picked(self, key: str) -> None:
        self._line.setVisible(key == _OTHER)
        if key == _OTHER:
            self._line.setFocus()
        self.picked.emit(self.whose())


class LetterField(PickField):
    """Which letter of the house an act belongs to, none at first."""

    def __init__(self, context: AppContext, unit_id: int) -> None:
        self._letters = {
            str(one.id): one
            for one in list_fee_letters(unit_id=unit_id, limit=20)
            if one.state in ON_ITS_WAY
        }
        choices = [
            Choice(key, f"{one.number}  {one.dated_on}") for key, one in self._letters.items()
        ]
        super().__init__(context.theme, _("Demand letter"), [Choice("", _("No letter")), *choices])

    def letter(self) -> FeeLetter | None:
        """Return the chosen letter."""
        return self._letters.get(self.value())


class ProofFiles(IntakeFiles):
    """Photos and scans that prove an act which is still being typed."""

    def job(self, coming: Sequence[Incoming], progress: Progress) -> Staged:
        """Make files ready."""
        with offices.working_connection():
            return stage_proofs(
                self.context.office, sources(coming), by=self._by, on_progress=progress
            )
