"""Merge duplicates, and link tickets that have to do with each other."""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.relations import Relation, check_link, check_merge, end_of_merges
from propdesk.domain.staff import Right
from propdesk.domain.tickets import EventKind, Status, Ticket
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import noted
from propdesk.services.parts.repeats import refresh_repeats
from propdesk.services.parts.writing import writing
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.database import rows
from propdesk.storage.tickets import TicketLinkRecord, TicketRecord


def merge_ticket(ticket_id: int, into: int, *, by: int, now: datetime, text: str = "") -> Ticket:
    """Merge a duplicate into another open ticket and return the duplicate, which has then ended.

    Where `into` was itself merged, the end of that chain is meant. The number stays in the books,
    and the caller of the duplicate is told with the other's reply. Both journals say it.
    """
    with writing():
        entry = Entry(actor(by, Right.VOID), now)
        ticket = load_ticket(ticket_id)
        target = load_ticket(_end_of_merges(into))
        check_merge(
            ticket.number,
            is_master=ticket.is_master,
            target=target.number,
            target_status=Status(target.status),
            is_same=target.id == ticket.id,
        )
        ticket.merged_into_id = target.id
        said = noted(text)
        detail = {"as": Relation.MERGED_INTO.value, "numbers": target.number}
        record(ticket, EventKind.MERGED, entry, text=said, detail=detail)
        _note(target, EventKind.LINKED, entry, Relation.MERGED_FROM, ticket)
        refresh_repeats(ticket.unit_id, target.unit_id)
        return get_ticket(ticket_id)


def _end_of_merges(ticket_id: int) -> int:
    merged = rows("SELECT id, merged_into_id FROM ticket WHERE merged_into_id IS NOT NULL")
    return end_of_merges(ticket_id, dict(merged))


def link_tickets(ticket_id: int, other_id: int, *, by: int, now: datetime) -> Ticket:
    """Link two tickets that have to do with each other, whatever their status; return the first.

    Linking them again changes nothing.
    """
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        ticket, other = load_ticket(ticket_id), load_ticket(other_id)
        check_link(ticket.number, is_same=ticket.id == other.id)
        if _find_link(ticket, other) is None:
            first, second = sorted((ticket.id, other.id))
            TicketLinkRecord.insert(ticket=first, other=second).execute()
            _note(ticket, EventKind.LINKED, entry, Relation.RELATED, other)
            _note(other, EventKind.LINKED, entry, Relation.RELATED, ticket)
        return get_ticket(ticket_id)


def unlink_tickets(ticket_id: int, other_id: int, *, by: int, now: datetime) -> Ticket:
    """Take the link between two tickets away and return the first."""
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        ticket, other = load_ticket(ticket_id), load_ticket(other_id)
        link = _find_link(ticket, other)
        if link is None:
            raise RuleError(
                "link-missing",
                _("{number} and {other} are not linked.").format(
                    number=ticket.number, other=other.number
                ),
            )
        link.delete_instance()
        _note(ticket, EventKind.UNLINKED, entry, Relation.RELATED, other)
        _note(other, EventKind.UNLINKED, entry, Relation.RELATED, ticket)
        return get_ticket(ticket_id)


def _find_link(ticket: TicketRecord, other: TicketRecord) -> TicketLinkRecord | None:
    first, second = sorted((ticket.id, other.id))
    found: TicketLinkRecord | None = TicketLinkRecord.get_or_none(
        (TicketLinkRecord.ticket == first) & (TicketLinkRecord.other == second)
    )
    return found


def _note(
    ticket: TicketRecord, kind: EventKind, entry: Entry, how: Relation, other: TicketRecord
) -> None:
    """Write into a ticket's journal what another one is to it, or is no longer."""
    record(ticket, kind, entry, detail={"as": how.value, "numbers": other.number})
