"""Repeats (二次投诉, R43): the same household came with the same matter shortly before."""

from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.classes import UNCLASSED
from propdesk.domain.tickets import Kind, Status, Ticket
from propdesk.storage.database import rows, stored_time


@dataclass(frozen=True, slots=True)
class EarlierTicket:
    """A matter with which the household came before."""

    id: int
    number: str
    matter: str
    status: Status
    received_at: datetime


def find_repeat(ticket: Ticket, *, days: int) -> tuple[int, int, str]:
    """Return which time this is, and id and number of the time before (1, 0, '' if the first).

    The same kind and class of the same house within `days` before this one count; void, merged and
    foreign ones do not. A complaint that nobody has classed yet repeats nothing.
    """
    found = list_earlier(
        ticket.unit_id,
        ticket.kind,
        ticket.class_code,
        days=days,
        before=ticket.received_at,
        ticket_id=ticket.id,
    )
    return (len(found) + 1, found[0].id, found[0].number) if found else (1, 0, "")


def list_earlier(
    unit_id: int | None,
    kind: Kind,
    class_code: str,
    *,
    days: int,
    before: datetime,
    ticket_id: int | None = None,
) -> tuple[EarlierTicket, ...]:
    """Return with what a household came in the `days` before, the latest first.

    `ticket_id` is the ticket that is asked about, None for one that is only typed yet.
    """
    if unit_id is None or (kind is Kind.COMPLAINT and class_code == UNCLASSED):
        return ()
    found = rows(
        "SELECT id, number, matter, status, received_at FROM ticket "
        "WHERE unit_id = ? AND kind = ? AND class_code = ? "
        "AND status NOT IN ('void', 'merged', 'not-ours') "
        "AND received_at >= date(?, '-' || ? || ' days') AND (received_at, id) < (?, ?) "
        "ORDER BY received_at DESC, id DESC",
        unit_id,
        kind.value,
        class_code,
        stored_time(before),
        days,
        stored_time(before),
        ticket_id or _AFTER_ALL,
    )
    return tuple(
        EarlierTicket(row[0], row[1], row[2], Status(row[3]), datetime.fromisoformat(row[4]))
        for row in found
    )


_AFTER_ALL = 2**62  # what is only typed yet comes after all that are stored
