"""Print a ticket's work order, and note that it went out: a look at it alone is no print."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.paper_trail import PaperKind, dispatch_round
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from ui.context import AppContext


def show_work_order(context: AppContext, page: QWidget, ticket: Ticket) -> None:
    """Show a ticket's work order over `page`, ready to be printed."""
    from propdesk.services.parts.printed import Printed
    from propdesk.services.printing import print_work_order
    from ui.printing import show_paper

    # Drawn off the main thread: only plain values go with it.
    id_, by, now = ticket.id, context.staff, context.now()

    def draw(target: Path) -> Printed:
        return print_work_order(id_, target, by=by, now=now)

    def note(copies: int) -> None:
        note_made(context, page, ticket, copies)

    show_paper(
        context, page, _("Work order {number}").format(number=ticket.number), draw, on_made=note
    )


def note_made(context: AppContext, page: QWidget, ticket: Ticket, copies: int) -> None:
    """Note that a work order left in so many prints; from now on it is out."""
    from propdesk.services.papers import note_print

    is_noted = context.attempt(
        page,
        _("The print was not noted"),
        lambda: note_print(
            ticket.id,
            PaperKind.WORK_ORDER,
            dispatch_round(ticket.dispatches),
            copies=copies,
            by=context.staff.id,
            now=context.now(),
        ),
    )
    if is_noted:
        context.changes.tickets_changed.emit()
