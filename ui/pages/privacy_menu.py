"""The rarer acts about personal data, in a menu of the residents page (law.md 1.7)."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.i18n import _
from propdesk.services.parts.printed import Printed
from propdesk.services.printing_privacy import note_notice, print_catalogue, print_data_notice
from propdesk.services.queries.residents import Resident
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.dialogs.access_log_dialog import AccessLogDialog
from ui.dialogs.consents_dialog import ConsentsDialog
from ui.dialogs.erasable_dialog import ErasableDialog, ask_erasure
from ui.dialogs.export_residents_dialog import ExportResidentsDialog
from ui.dialogs.person_details_dialog import PersonDetailsDialog
from ui.dialogs.requests_dialog import RequestsDialog
from ui.keyboard import add_entry, lettered
from ui.person_data_printing import show_person_data
from ui.printing import show_paper

Tell = Callable[[str], object]


def add_privacy_menu(
    menu: QMenu, context: AppContext, page: QWidget, unit: Unit | None, person: Resident | None,
    tell: Tell,
) -> None:  # fmt: skip
    """Add the acts on the chosen person, the house and the register; `tell` shows what was done."""
    below = menu.addMenu(lettered(_("Personal data"), "D"))
    for word, letter, act in (
        (_("Details of the person"), "D", partial(_details, context, page, person, tell)),
        (_("Consents of the person"), "C", partial(_consents, context, page, person)),
        (_("Print what is kept of the person"), "K", partial(_own_data, context, page, person)),
        (_("Erase or seal the person"), "E", partial(_erase, context, page, person, tell)),
    ):
        add_entry(below, word, letter, act).setEnabled(person is not None)
    below.addSeparator()
    for word, letter, act in (
        (_("Who has looked at this house"), "W", partial(_looks, context, page, unit)),
        (_("Print the notice on personal data"), "N", partial(_notice, context, page, unit)),
    ):
        add_entry(below, word, letter, act).setEnabled(unit is not None)
    below.addSeparator()
    add_entry(
        below, _("Requests about personal data"), "R", partial(_requests, context, page, person)
    )
    add_entry(below, _("Whose time is over"), "O", lambda: ErasableDialog(context, page).ask())
    below.addSeparator()
    add_entry(below, _("Print a blank notice"), "B", partial(_notice, context, page, None))
    add_entry(below, _("Print the catalogue"), "P", partial(_catalogue, context, page))
    add_entry(below, _("Who has looked"), "A", partial(_looks, context, page, None))
    add_entry(below, _("Export residents"), "X", partial(_export, context, page, tell))


def _details(context: AppContext, page: QWidget, person: Resident | None, tell: Tell) -> None:
    if person is not None:
        dialog = PersonDetailsDialog(context, page, person.person_id, person.name)
        dialog.ask()
        if dialog.is_stored:
            tell(_("The details are stored"))


def _consents(context: AppContext, page: QWidget, person: Resident | None) -> None:
    if person is not None:
        ConsentsDialog(context, page, person.person_id, person.name).ask()


def _own_data(context: AppContext, page: QWidget, person: Resident | None) -> None:
    if person is not None:
        show_person_data(context, page, person.person_id)


def _erase(context: AppContext, page: QWidget, person: Resident | None, tell: Tell) -> None:
    if person is not None and (done := ask_erasure(context, page, person.person_id)):
        tell(done)


def _requests(context: AppContext, page: QWidget, person: Resident | None) -> None:
    who = None if person is None else (person.person_id, person.name)
    RequestsDialog(context, page, who).ask()


def _looks(context: AppContext, page: QWidget, unit: Unit | None) -> None:
    if unit is None:
        AccessLogDialog(context, page).ask()
    else:
        AccessLogDialog(context, page, unit.id, unit.short).ask()


def _export(context: AppContext, page: QWidget, tell: Tell) -> None:
    dialog = ExportResidentsDialog(context, page)
    dialog.ask()
    if dialog.told:
        tell(dialog.told)


def _notice(context: AppContext, page: QWidget, unit: Unit | None) -> None:
    now, by = context.now(), context.staff
    unit_id = None if unit is None else unit.id

    def draw(file: Path) -> Printed:
        return print_data_notice(file, unit_id, by=by, now=now)

    def made(_copies: int) -> None:
        if unit_id is not None:
            note_notice(unit_id, by=by.id, now=context.now())

    show_paper(context, page, _("Notice on personal data"), draw, made)


def _catalogue(context: AppContext, page: QWidget) -> None:
    now, by = context.now(), context.staff

    def draw(file: Path) -> Printed:
        return print_catalogue(file, by=by, now=now)

    show_paper(context, page, _("Catalogue of personal data"), draw)
