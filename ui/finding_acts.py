"""Findings of rounds: the list, notices to rectify, faults of things; inspections offer them.

One press writes the ticket of a finding, from wherever it is shown.
"""

from collections.abc import Callable
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from propdesk.domain.errors import RuleError
from propdesk.domain.house_events import EventKind, HouseEvent
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from propdesk.services.findings import write_ticket_of_finding
from ui.context import AppContext
from ui.keyboard import add_entry, lettered

Tell = Callable[[str], None]


def add_finding_acts(menu: QMenu, context: AppContext, page: QWidget) -> QMenu:
    """Add the submenu of findings and return it."""
    below = menu.addMenu(lettered(_("Findings"), "F"))
    add_entry(below, _("List of findings"), "L", partial(show_findings, context, page))
    add_entry(below, _("Notices to rectify"), "N", partial(show_notices, context, page))
    add_entry(below, _("Faults of things"), "A", partial(show_faults, context, page))
    return below


def write_ticket(context: AppContext, parent: QWidget, finding_id: int) -> Ticket | None:
    """Write the ticket of a finding; None where it was refused, with its sentence."""
    try:
        ticket = write_ticket_of_finding(finding_id, by=context.staff.id, now=context.now())
    except RuleError as refusal:
        context.messages.tell(parent, _("This was not done"), str(refusal))
        return None
    context.changes.tickets_changed.emit()
    context.changes.inspections_changed.emit()
    return ticket


def show_findings(context: AppContext, page: QWidget) -> None:
    """Show what rounds found wrong."""
    from ui.dialogs.findings_dialog import FindingsDialog

    FindingsDialog(context, page).ask()


def show_notices(context: AppContext, page: QWidget, number: str = "") -> None:
    """Show the notices to rectify, at first the one with a number."""
    from ui.dialogs.rectifications_dialog import RectificationsDialog

    RectificationsDialog(context, page, number).ask()


def show_notice_paper(context: AppContext, page: QWidget, number: str) -> None:
    """Show a notice in two copies, ready to be printed."""
    from ui.inspection_printing import print_rectification

    print_rectification(context, page, number)


def show_faults(context: AppContext, page: QWidget) -> None:
    """Show which things fail most (R70)."""
    from ui.dialogs.finding_faults_dialog import FaultsDialog

    FaultsDialog(context, page).ask()


def open_house_event(context: AppContext, parent: QWidget, event: HouseEvent) -> None:
    """Open the sheet or the notice that a line in a house's time line is about."""
    from propdesk.services.queries.findings import get_rectification
    from propdesk.services.queries.rounds import get_round

    if event.kind is EventKind.RECTIFICATION:
        show_notices(context, parent, get_rectification(event.target).number)
        return
    sheet = get_round(event.target, context.now()).sheet
    if sheet:
        context.navigation.sheet_wanted.emit(sheet)
