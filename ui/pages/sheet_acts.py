"""What is done with a finding from its sheet: settled, its ticket opened, the order printed."""

from PySide6.QtWidgets import QWidget

from propdesk.domain.findings import Finding, FindingState
from propdesk.services.queries.tickets import get_ticket
from ui.context import AppContext
from ui.dialogs.round_dialogs import SettleFindingDialog


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
