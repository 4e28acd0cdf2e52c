"""关联: another ticket that has to do with this one."""

from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from propdesk.services.relations import link_tickets
from ui.context import AppContext
from ui.forms.merge_form import OtherTicketForm
from ui.pages.ticket_acts import Act


class LinkForm(OtherTicketForm):
    """关联: the number of the other ticket."""

    def __init__(self, context: AppContext, ticket: Ticket) -> None:
        super().__init__(context, ticket, Act.LINK, _("Related ticket"))

    def act(self) -> str:
        """Link the tickets."""
        by, now = self.who()
        other = self.other()
        link_tickets(self.ticket.id, other.id, by=by, now=now)
        return _("{number} and {other} are linked").format(
            number=self.ticket.number, other=other.number
        )
