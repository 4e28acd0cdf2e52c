"""The rarer acts on a house: its papers, and who has looked at it."""

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.house_papers import HousePaper
from propdesk.i18n import _
from propdesk.services.house_papers import note_house_paper
from propdesk.services.parts.printed import Printed
from propdesk.services.printing_houses import print_house_file
from propdesk.services.printing_registrations import print_registrations
from propdesk.services.queries.units import Unit
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.access_log_dialog import AccessLogDialog
from ui.dialogs.thing_dialog import ThingDialog
from ui.keyboard import add_entry
from ui.printing import show_long_paper, show_paper


def add_house_papers(menu: QMenu, context: AppContext, page: QWidget, unit: Unit) -> None:
    """Add the papers of a house and the list of who has looked at it."""
    for word, letter, act in (
        (_("Print the registration form"), "R", partial(show_registration, context, page, unit)),
        (_("Print the house file"), "H", partial(show_house_file, context, page, unit)),
        (_("Print the house file in full"), "F", partial(_in_full, context, page, unit)),
        (_("Who has looked at this house"), "W", partial(_looks, context, page, unit)),
    ):
        add_entry(menu, word, letter, act)


def show_registration(context: AppContext, page: QWidget, unit: Unit) -> None:
    """Show the registration form of a house, ready to be printed."""
    show_registrations(context, page, (unit.id,), unit.short)


def show_registrations(
    context: AppContext, page: QWidget, unit_ids: Sequence[int], name: str
) -> None:
    """Show the registration forms of houses; without houses a blank one."""
    by, now = context.staff, context.now()

    def draw(file: Path, progress: Progress) -> Printed:
        return print_registrations(unit_ids, file, by=by, now=now, on_progress=progress)

    def made(_copies: int) -> None:
        if unit_ids:
            _note(context, page, unit_ids, HousePaper.REGISTRATION)

    title = _("Registration form {house}").format(house=name).strip()
    show_long_paper(context, page, title, draw, on_made=made)


def show_house_file(
    context: AppContext, page: QWidget, unit: Unit, *, plain: bool = False, purpose: str = ""
) -> None:
    """Show the file of a house on paper, masked, or in full for a purpose."""
    by, now = context.staff, context.now()

    def draw(file: Path) -> Printed:
        return print_house_file(unit.id, file, by=by, now=now, plain=plain, purpose=purpose)

    def made(_copies: int) -> None:
        _note(context, page, (unit.id,), HousePaper.HOUSE_FILE, purpose)

    show_paper(context, page, _("House file {house}").format(house=unit.short), draw, made)


def _note(
    context: AppContext,
    page: QWidget,
    unit_ids: Sequence[int],
    paper: HousePaper,
    purpose: str = "",
) -> None:
    def act() -> None:
        now = context.now()
        note_house_paper(unit_ids, paper, by=context.staff.id, now=now, purpose=purpose)

    context.attempt(page, _("The print was not noted"), act)
    context.changes.residents_changed.emit()


class PurposeDialog(ThingDialog):
    """What the data in full are needed for; `told` is the purpose."""

    def __init__(self, context: AppContext, parent: QWidget, house: str) -> None:
        title = _("House file {house} in full").format(house=house)
        super().__init__(context, parent, title, save=_("Go on"))
        self.purpose = self.line("purpose", _("Purpose"))
        self.purpose.setFocus()

    def store(self) -> str:
        """Return the purpose; there must be one."""
        if not self.purpose.words().strip():
            raise RuleError("purpose-missing", _("Say what the data in full are needed for."))
        return self.purpose.words()


def _in_full(context: AppContext, page: QWidget, unit: Unit) -> None:
    dialog = PurposeDialog(context, page, unit.short)
    dialog.ask()
    if dialog.told:
        show_house_file(context, page, unit, plain=True, purpose=dialog.told)


def _looks(context: AppContext, page: QWidget, unit: Unit) -> None:
    AccessLogDialog(context, page, unit.id, unit.short).ask()
