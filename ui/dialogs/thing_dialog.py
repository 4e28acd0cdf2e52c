"""The shape of the small forms about a house's things: rows, one verb that stores, Esc leaves."""

from collections.abc import Callable
from datetime import date

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.moments import parse_day
from propdesk.i18n import _
from propdesk.services.queries.residents import list_residents
from ui.context import AppContext
from ui.dialogs.base import Dialog
from ui.widgets.buttons import Button, Kind
from ui.widgets.choices import Choice
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows

DAY_WIDTH = 130


class ThingDialog(Dialog):
    """Rows of fields; Ctrl+S and Ctrl+Enter store. `told` is what is said of it afterwards.

    A subclass adds its rows and gives `store`, which returns the words for the toast; what is not
    right yet is said under its field, every other refusal above the rows.
    """

    def __init__(
        self, context: AppContext, parent: QWidget, title: str, *, save: str, width: int = 600
    ) -> None:
        super().__init__(context.theme, parent, title, width=width)
        self.context = context
        self.told = ""
        self.rows = FormRows(context.theme)
        self.body.addWidget(self.rows)
        self.add_verb("", _("Cancel"))
        keep = Button(context.theme, save, kind=Kind.PRIMARY, icon="check")
        keep.set_shortcut("Ctrl+S")
        keep.clicked.connect(self.keep)
        self._foot.addWidget(keep)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(keys), self).activated.connect(self.keep)

    def store(self) -> str:
        """Store what is typed and return the words for the toast."""
        raise NotImplementedError

    def keep(self) -> None:
        """Store, close and be silent; or say what is not right yet."""
        self.rows.show_problems(())
        try:
            self.told = self.store()
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
        except RuleError as refusal:
            self.rows.show_problems((Problem("", str(refusal)),))
        else:
            self.choose("kept")

    # -- fields

    def line(self, key: str, label: str, words: str = "", *, width: int = 0) -> LineField:
        """Add a row of one line."""
        field = LineField(self.context.theme, label, width=width)
        field.show_words(words)
        self.rows.add_row(key, label, field)
        return field

    def day(self, key: str, label: str, present: date | None) -> LineField:
        """Add a row for a day; `day_of` reads it."""
        return self.line(key, label, str(present or ""), width=DAY_WIDTH)

    def day_of(self, key: str, field: LineField) -> date | None:
        """Return the day in a field, None where it is empty. Raises DraftError for what is none."""
        if not field.words():
            return None
        try:
            return parse_day(field.words(), self.context.now().date())
        except RuleError as refusal:
            raise DraftError((Problem(key, str(refusal)),)) from refusal

    def people_of(self, unit_id: int) -> list[Choice]:
        """Return who of a house something may belong to; '' is nobody."""
        people = {
            str(one.person_id): one.name
            for one in list_residents(unit_id, self.context.now().date())
        }
        return [Choice("", _("Not said")), *(Choice(key, name) for key, name in people.items())]


class DayDialog(ThingDialog):
    """On which day did it happen? `act` stores it and returns the words for the toast."""

    def __init__(
        self,
        context: AppContext,
        parent: QWidget,
        title: str,
        act: Callable[[date], str],
        *,
        save: str,
    ) -> None:
        super().__init__(context, parent, title, save=save, width=460)
        self._act = act
        self._day = self.day("to_on", _("Day"), context.now().date())
        self._day.setFocus()
        self._day.selectAll()

    def store(self) -> str:
        """Let it happen on that day."""
        return self._act(self.day_of("to_on", self._day) or self.context.now().date())
