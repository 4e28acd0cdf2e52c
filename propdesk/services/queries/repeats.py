"""Repeats (二次投诉, R43): the same household came with the same matter shortly before."""

from datetime import timedelta

from propdesk.domain.classes import UNCLASSED
from propdesk.domain.tickets import Kind, Ticket
from propdesk.storage.database import rows, stored_time


def find_repeat(ticket: Ticket, *, days: int) -> tuple[int, int, str]:
    """Return which time this is, and id and number of the time before (1, 0, '' if the first).

    The same kind and class of the same house within `days` before this one count; voided ones do
    not. A complaint that nobody has classed yet repeats nothing.
    """
    if ticket.unit_id is None:
        return 1, 0, ""
    if ticket.kind is Kind.COMPLAINT and ticket.class_code == UNCLASSED:
        return 1, 0, ""
    since = ticket.received_at - timedelta(hours=24 * days)
    found = rows(
        "SELECT id, number FROM ticket WHERE unit_id = ? AND kind = ? AND class_code = ? "
        "AND status <> 'void' AND received_at >= ? AND (received_at, id) < (?, ?) "
        "ORDER BY received_at DESC, id DESC",
        ticket.unit_id,
        ticket.kind.value,
        ticket.class_code,
        stored_time(since),
        stored_time(ticket.received_at),
        ticket.id,
    )
    return (len(found) + 1, *found[0]) if found else (1, 0, "")
