"""The right side of the tickets page: one ticket in full, or what is done with many."""

from collections.abc import Sequence

from PySide6.QtWidgets import QStackedWidget

from propdesk.domain.tickets import EventKind, can_move, is_open
from propdesk.services.queries.incidents import list_parts
from propdesk.services.queries.tickets import TicketRow, get_rows, get_ticket
from ui.context import AppContext
from ui.pages.bulk_pane import BulkPane
from ui.pages.ticket_detail import TicketDetail


class TicketSide(QStackedWidget):
    """Shows the detail of the current ticket, or the pane of many while several are chosen."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.detail = TicketDetail(context)
        self.bulk = BulkPane(context)
        self.addWidget(self.detail)
        self.addWidget(self.bulk)

    def is_many(self) -> bool:
        """Tell whether acts are for many tickets now."""
        return self.currentWidget() is self.bulk

    def take(self, chosen: Sequence[TicketRow], *, is_asked: bool) -> bool:
        """Show the pane of many where several are chosen; tell whether it is shown.

        `is_asked`: the clerk has chosen. A list that is only read again does not take a summary
        away, nor work that goes on.
        """
        if self.bulk.is_busy() or (self.is_many() and self.bulk.stays() and not is_asked):
            return True
        if len(chosen) < 2:
            self.setCurrentWidget(self.detail)
            return False
        self.bulk.show_rows(chosen)
        self.setCurrentWidget(self.bulk)
        return True

    def answer_incident(self, master_id: int) -> None:
        """Show all open tickets of an incident, and ask what their callers are told."""
        master = get_ticket(master_id)
        lines = [line.id for line in list_parts(master_id) if is_open(line.status)]
        if is_open(master.status):
            lines.append(master_id)
        told = [one.text for one in master.events if one.kind is EventKind.REPLIED]
        self.setCurrentWidget(self.bulk)
        self.bulk.pin(get_rows(lines), told[-1] if told else master.tell_callers)

    def can_dispatch(self) -> bool:
        """Tell whether what is shown can be sent to work."""
        if self.is_many():
            return True
        ticket = self.detail.ticket
        return ticket is not None and can_move(ticket.status, EventKind.DISPATCHED)
