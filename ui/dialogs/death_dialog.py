"""A resident died: the day, and the houses that wait for the heirs (F47)."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.cells import CellError, read_day
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.persons import ResidentRole
from propdesk.i18n import _
from propdesk.services.persons import note_death
from propdesk.services.queries.persons import get_person
from propdesk.services.queries.residents import Resident
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Kind
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows

_DAY_WIDTH = 140


class DeathDialog(Dialog):
    """Asks for the day; an empty one takes a mistake back. Nothing else ends by itself.

    It ends with `heirs` where the clerk goes on to the inheritance of the house.
    """

    def __init__(self, context: AppContext, parent: QWidget, resident: Resident) -> None:
        title = _("{name} has died").format(name=context.shown_names(resident.name))
        super().__init__(context.theme, parent, title)
        self._context = context
        self._person = get_person(resident.person_id, context.now().date())
        houses = _(", ").join(one.where for one in self._person.owned)
        if houses:
            self.add_sentence(
                _(
                    "The houses stay his until the heirs are entered: {houses}. Enter them in each "
                    "house as a move of the kind inheritance, with their shares."
                ).format(houses=houses)
            )
        else:
            self.add_sentence(_("Nothing ends by itself; let him move out where he lived."))
        self.day = LineField(
            context.theme, _("Died on"), placeholder="2026-11-21", width=_DAY_WIDTH, longest=20
        )
        known = self._person.died_on or context.now().date()
        self.day.show_words(known.isoformat())
        self.rows = FormRows(context.theme)
        self.rows.add_row("died_on", _("Died on"), self.day)
        self.body.addWidget(self.rows)
        self.add_verb("cancel", _("Cancel"))
        if resident.present and resident.role is ResidentRole.OWNER:
            self.add_verb("heirs", _("Save and enter the heirs")).set_shortcut("Ctrl+I")
        self.add_verb("save", _("Save"), kind=Kind.PRIMARY).set_shortcut("Ctrl+S")
        self.day.setFocus()
        self.day.selectAll()

    def choose(self, key: str) -> None:
        """Store before the dialog closes; what is not right yet is said under its field."""
        if key in ("save", "heirs") and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        context, person = self._context, self._person
        try:
            note_death(
                person.id,
                read_day(self.day.words()),
                version=person.version,
                by=context.staff.id,
                now=context.now(),
            )
        except CellError as error:
            self.rows.show_problems((Problem("died_on", str(error)),))
            return False
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
            return False
        except RuleError as refusal:
            self.rows.show_problems((Problem("", str(refusal)),))
            return False
        return True
