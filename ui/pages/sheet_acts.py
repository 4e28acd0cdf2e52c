"""What is done from a sheet: a finding settled, its ticket opened or printed, the sheet left."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.findings import Finding, FindingState
from propdesk.i18n import _
from propdesk.services.queries.tickets import get_ticket
from ui.context import AppContext
from ui.dialogs.messages import Verb
from ui.dialogs.round_dialogs import SettleFindingDialog
from ui.widgets.buttons import Kind


def settle(context: AppContext, parent: QWidget, finding: Finding) -> bool:
    """Ask what became of an open finding; tell whether it was stored."""
    if finding.standing is not FindingState.OPEN:
        return False
    dialog = SettleFindingDialog(context, parent, finding)
    dialog.ask()
    if dialog.stored is None:
        return False
    context.changes.inspections_changed.emit()
    return True


def follow_ticket(context: AppContext, finding: Finding) -> None:
    """Open the ticket that takes care of a finding."""
    if finding.ticket_id is not None:
        context.navigation.ticket_wanted.emit(finding.ticket_id)


def print_order(context: AppContext, parent: QWidget, finding: Finding) -> None:
    """Show the work order of a finding's ticket, ready to be printed."""
    from ui.order_printing import show_work_order

    if finding.ticket_id is not None:
        show_work_order(context, parent, get_ticket(finding.ticket_id))


def ask_leave(context: AppContext, parent: QWidget, number: str) -> str:
    """Ask what becomes of a half-typed sheet: `back`, `drop` or `keep`."""
    return context.messages.choose(
        parent,
        _("{number} is half entered").format(number=number),
        _("What was typed is not stored yet."),
        (
            Verb("back", _("Go on entering")),
            Verb("drop", _("Throw it away"), Kind.DANGER),
            Verb("keep", _("Keep it for later"), Kind.PRIMARY),
        ),
    )
