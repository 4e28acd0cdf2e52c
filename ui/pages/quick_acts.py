"""The acts that need no form: one key does them, and what was done is said in words."""

from collections.abc import Callable, Mapping

from propdesk.domain.tickets import Ticket
from propdesk.i18n import _
from propdesk.services import tickets
from propdesk.services.incidents import detach_ticket
from ui.context import AppContext
from ui.pages.ticket_acts import Act


def _arrive(context: AppContext, ticket: Ticket) -> str:
    now = context.now()
    tickets.arrive_ticket(ticket.id, by=context.staff.id, now=now)
    return _("{number}: on site at {time}").format(number=ticket.number, time=f"{now:%H:%M}")


def _resume(context: AppContext, ticket: Ticket) -> str:
    tickets.resume_ticket(ticket.id, by=context.staff.id, now=context.now())
    return _("{number} goes on, and its clocks with it").format(number=ticket.number)


def _leave(context: AppContext, ticket: Ticket) -> str:
    detach_ticket(ticket.id, by=context.staff.id, now=context.now())
    return _("{number} goes its own way again").format(number=ticket.number)


def confirm_class(context: AppContext, ticket: Ticket) -> str:
    """Confirm the class that was suggested."""
    tickets.confirm_class(ticket.id, ticket.class_code, by=context.staff.id, now=context.now())
    return _("{number}: the class is confirmed").format(number=ticket.number)


QUICK_ACTS: Mapping[Act, Callable[[AppContext, Ticket], str]] = {
    Act.ARRIVE: _arrive,
    Act.RESUME: _resume,
    Act.LEAVE: _leave,
}
