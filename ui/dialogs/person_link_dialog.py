"""A person of the register is in this house, too: who, as what, since when (R83)."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.cells import CellError, read_day
from propdesk.domain.errors import DraftError, Problem, RuleError
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.domain.shares import read_share
from propdesk.i18n import _
from propdesk.services.persons import StayDraft, link_person
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.person_picker import PersonPicker
from ui.widgets.choices import Chips, Choice
from ui.widgets.fields import LineField
from ui.widgets.forms import FormRows

_DAY_WIDTH = 140


class PersonLinkDialog(PersonPicker):
    """The picker with role, share and first day below; `told` is what was done."""

    def __init__(self, context: AppContext, parent: QWidget, unit: Unit) -> None:
        title = _("Who is in {house}, too?").format(house=unit.short)
        super().__init__(context, parent, title, _("Link this person"))
        self._unit = unit
        self.told = ""
        theme = context.theme
        roles = [Choice(role.value, str(ROLE_LABELS[role])) for role in ResidentRole]
        self.role = Chips(theme, _("Role"), roles)
        self.share = LineField(
            theme, _("Share"), placeholder="1/2, 33.3%", width=_DAY_WIDTH, longest=20
        )
        self.since = LineField(
            theme, _("Since"), placeholder="2026-11-21", width=_DAY_WIDTH, longest=20
        )
        self.since.show_words(context.now().date().isoformat())
        self.rows = FormRows(theme)
        self.rows.add_row("role", _("Role"), self.role)
        self.rows.add_row("share", _("Share"), self.share)
        self.rows.add_row("from_on", _("Since"), self.since)
        self.body.addWidget(self.rows)
        self.role.chosen_changed.connect(lambda _key="": self._show_share())
        self.role.choose(ResidentRole.OWNER.value)
        self._show_share()

    def _show_share(self) -> None:
        is_owner = self.role.chosen() == ResidentRole.OWNER
        self.rows.show_row("share", is_shown=is_owner)

    def choose(self, key: str) -> None:
        """Link before the dialog closes; what is not right yet is said under its field."""
        if key == "choose" and not self._is_stored():
            return
        super().choose(key)

    def _is_stored(self) -> bool:
        person = self.person()
        if person is None:
            return False
        context = self.context
        try:
            linked = link_person(
                self._unit.id, person.id, self._draft(), by=context.staff.id, now=context.now()
            )
        except DraftError as refusal:
            self.rows.show_problems(refusal.problems)
            return False
        except RuleError as refusal:
            self.rows.show_problems((Problem("", str(refusal)),))
            return False
        name = context.shown_names(linked.name)
        self.told = _("{name} is in {house}, too").format(name=name, house=self._unit.short)
        return True

    def _draft(self) -> StayDraft:
        """Return what was typed. Raises DraftError for a day or share that is none."""
        role = ResidentRole(self.role.chosen())
        try:
            from_on = read_day(self.since.words())
        except CellError as error:
            raise DraftError((Problem("from_on", str(error)),)) from error
        try:
            share = read_share(self.share.words()) if role is ResidentRole.OWNER else None
        except ValueError as error:
            raise DraftError((Problem("share", str(error)),)) from error
        return StayDraft(role, from_on, share=share)
