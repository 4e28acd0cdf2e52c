"""Close a ticket through its gates (decision 26); shared by closing and by the follow-up."""

from propdesk.domain.clears import dark_lamps
from propdesk.domain.gates import Gate, unmet_gates
from propdesk.domain.tickets import EventKind, Status, Ticket, next_status
from propdesk.services.parts.follow_up_queue import Chance, honest_chance
from propdesk.services.parts.journal import Entry, record
from propdesk.storage.tickets import TicketRecord

DARK = "dark"
"""What the journal's line of a closing says of the clears that stayed dark: their codes."""


def close_or_tell(
    ticket: TicketRecord,
    whole: Ticket,
    entry: Entry,
    *,
    reason: str = "",
    chance: Chance = honest_chance,
) -> tuple[Gate, ...]:
    """Close a ticket, or return all that still keeps it from being closed.

    `whole` is the ticket with its journal as it stands in this transaction. The reason stays in
    the journal, with the clears that it stands for.
    """
    next_status(Status(ticket.status), EventKind.CLOSED)
    gates = unmet_gates(whole, entry.happened.date(), reason)
    if not gates:
        dark = " ".join(lamp.clear for lamp in dark_lamps(whole)) if reason else ""
        detail = {DARK: dark} if dark else {}
        record(ticket, EventKind.CLOSED, entry, text=reason, detail=detail, chance=chance)
    return gates
