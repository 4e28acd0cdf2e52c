"""Paid work on a ticket: the price that the customer agrees to, and what the job cost (R97).

The lines become a bill when there are fees; until then they stand on the order.
"""

from collections.abc import Sequence
from datetime import datetime

from propdesk.domain.prices import Agreement, Charge, ChargeLine
from propdesk.domain.staff import Right
from propdesk.services.parts.actors import actor
from propdesk.services.parts.charging import write_agreement, write_charge
from propdesk.services.parts.journal import Entry, load_ticket
from propdesk.services.parts.writing import writing
from propdesk.services.queries.prices import get_charge


def agree_price(
    ticket_id: int, agreed: Agreement, *, by: int, now: datetime, at: datetime | None = None
) -> Charge:
    """Note before the work that the customer agrees to pay up to an amount."""
    with writing():
        entry = Entry(actor(by, Right.DISPATCH), now, at)
        write_agreement(load_ticket(ticket_id), entry, agreed)
        return get_charge(ticket_id)


def charge_ticket(
    ticket_id: int,
    lines: Sequence[ChargeLine],
    *,
    by: int,
    now: datetime,
    at: datetime | None = None,
    agreed: Agreement | None = None,
) -> Charge:
    """Store the material and labour of a ticket, in place of what stood there before.

    `agreed` notes along with it what the customer had agreed to.
    """
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now, at)
        ticket = load_ticket(ticket_id)
        if agreed is not None:
            write_agreement(ticket, entry, agreed)
        write_charge(ticket, entry, lines)
        return get_charge(ticket_id)
