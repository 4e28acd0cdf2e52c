"""The house of a form: typed as people say it, understood while it is typed (decision 30)."""

from PySide6.QtCore import QObject, Signal

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.units import parse_address
from propdesk.i18n import _
from propdesk.services.queries.units import Unit, find_unit, get_unit, has_units, units_at
from ui.pages.ticket_words import clauses
from ui.theme import Ink, Theme
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField, PickField
from ui.widgets.labels import Label

_WIDTH = 216


class HousePicker(QObject):
    """A field, a community to choose where several fit, and a hint that says what was understood.

    `unit_changed` comes when another house (or none) is meant. What is no house number is a place
    in words; a house number that is not in the register is refused once with the nearest named,
    and taken as a place when the clerk registers the same words again.
    """

    unit_changed = Signal()

    def __init__(self, theme: Theme, parent: QObject) -> None:
        super().__init__(parent)
        self.unit: Unit | None = None
        self._found: tuple[Unit, ...] = ()
        self._insisted = ""
        self._who = ""
        self.line = LineField(
            theme, _("House or place"), placeholder=_("3-2-501, or a place"), width=_WIDTH
        )
        self.community = PickField(theme, _("Community"))
        self.community.hide()
        self.hint = Label(theme, ink=Ink.TEXT_3, elide=True)
        self.line.textChanged.connect(self._on_typed)
        self.community.picked.connect(self._on_community)

    # -- filling and asking

    def show_house(self, words: str, community: str = "") -> None:
        """Show a house or place as it was typed before, without the clerk's doing."""
        self.line.show_words(words)
        keys = [unit.community for unit in self._found]
        if community in keys and len(keys) > 1:
            self.community.choose(community)
            self._on_community(community)

    def show_unit(self, unit_id: int) -> None:
        """Show a house that is known already."""
        unit = get_unit(unit_id)
        self.show_house(unit.short, unit.community)

    def community_name(self) -> str:
        """Return the community that was chosen, empty where there was nothing to choose."""
        return self.community.value() if len(self._found) > 1 else ""

    def place(self) -> str:
        """Return the place in words; a house is no place."""
        return "" if self.unit is not None else self.line.words()

    def problem(self) -> Problem | None:
        """Return why this house cannot be taken yet."""
        words = self.line.words()
        if self.unit is not None or not words or parse_address(words) is None:
            return None
        if len(self._found) > 1:
            return Problem("place", _("Several communities have this house: choose which one."))
        if self._insisted == words or not has_units():
            return None
        self._insisted = words
        try:
            find_unit(words)
        except RuleError as refusal:
            again = _("Register once more to take it as a place in words.")
            return Problem("place", f"{refusal} {again}")
        return None

    # -- following the clerk

    def _on_typed(self) -> None:
        words = self.line.words()
        address = parse_address(words) if words else None
        found = units_at(address) if address is not None else ()
        if found != self._found:
            self._found = found
            choices = [Choice(unit.community, unit.community) for unit in found]
            self.community.set_choices([Choice("", _("Which community?")), *choices])
        self.community.setVisible(len(found) > 1)
        self._take(found[0] if len(found) == 1 else None)

    def _on_community(self, name: str) -> None:
        self._take(next((unit for unit in self._found if unit.community == name), None))

    def _take(self, unit: Unit | None) -> None:
        is_other = unit != self.unit
        self._who = "" if is_other else self._who
        self.unit = unit
        self._explain()
        if is_other:
            self.unit_changed.emit()

    def _explain(self) -> None:
        words = self.line.words()
        if self.unit is not None:
            self.say(self._who)
        elif not words:
            self.hint.show_text("")
        elif len(self._found) > 1:
            self.hint.show_text(_("in several communities"), Ink.WARN)
        elif parse_address(words) is not None and has_units():
            self.hint.show_text(_("not in the register"), Ink.WARN)
        else:
            self.hint.show_text(_("a place in words"), Ink.TEXT_3)

    def say(self, words: str) -> None:
        """Say who was found in the house, beside its name."""
        self._who = words
        if self.unit is not None:
            self.hint.show_text(clauses(self.unit.long, words), Ink.TEXT_2)
