"""Read hand-overs, and everything that is open for the next shift."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.hand_overs import (
    HandOver,
    LateFollowUp,
    OpenTicket,
    OutPaper,
    Pile,
    StillOpen,
    pile_of,
)
from propdesk.domain.tickets import OPEN, Status
from propdesk.i18n import _
from propdesk.services.queries.contacts import list_open_contacts
from propdesk.storage.database import database, rows, stored_time

_OPEN_WORDS = ", ".join(f"'{status.value}'" for status in sorted(OPEN))
# As it stood at a time, told by the journal of what is open now or had a line since then.
_TICKETS = (
    "WITH later AS (SELECT ticket_id FROM ticket_event WHERE entered_at > :at), "
    "last AS (SELECT ticket_id, max(sequence) AS sequence FROM ticket_event "
    "WHERE entered_at <= :at AND ticket_id IN (SELECT id FROM ticket WHERE is_open = 1 "
    "UNION ALL SELECT ticket_id FROM later) GROUP BY ticket_id) "
    "SELECT t.number, t.received_at, coalesce(u.short, t.place), t.reporter_name, t.matter, "
    "coalesce(nullif(d.name, ''), ''), coalesce(h.name, ''), v.status, t.next_due_at, "
    "t.promised_at FROM last JOIN ticket_event v ON v.sequence = last.sequence "
    "JOIN ticket t ON t.id = last.ticket_id LEFT JOIN unit u ON u.id = t.unit_id "
    "LEFT JOIN department d ON d.id = t.department_id LEFT JOIN staff h ON h.id = t.handler_id "
    f"WHERE v.status IN ({_OPEN_WORDS}) "
    "ORDER BY coalesce(t.next_due_at, '9'), t.received_at, t.id"
)
_PAPERS = (
    "SELECT t.number, coalesce(u.short, t.place), t.matter, coalesce(h.name, d.name, ''), "
    "p.printed_at FROM paper p CROSS JOIN ticket t ON t.id = p.ticket_id "
    "LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN department d ON d.id = t.department_id "
    "LEFT JOIN staff h ON h.id = t.handler_id WHERE p.kind = 'work-order' AND p.printed_at <= ? "
    "AND (p.returned_at IS NULL OR p.returned_at > ?) AND p.lost_reason = '' "
    "ORDER BY p.printed_at, p.id"
)
_FOLLOW_UPS = (
    "SELECT t.number, coalesce(u.short, t.place), t.reporter_name, t.matter, t.follow_up_due_on "
    "FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id "
    "WHERE t.follow_up_due_on IS NOT NULL AND t.follow_up_due_on <= ? AND t.is_open = 0 "
    "ORDER BY t.follow_up_due_on, t.id"
)
_HAND_OVERS = (
    "SELECT o.id, o.at, o.shift, f.name, coalesce(t.name, ''), o.items, o.matters "
    "FROM hand_over o JOIN staff f ON f.id = o.from_staff_id "
    "LEFT JOIN staff t ON t.id = o.to_staff_id "
)


def get_hand_over(hand_over_id: int) -> HandOver:
    """Return a hand-over, or refuse."""
    found = rows(f"{_HAND_OVERS}WHERE o.id = ?", hand_over_id)
    if not found:
        raise RuleError("hand-over-unknown", _("This hand-over does not exist."))
    return _hand_over(found[0])


def list_hand_overs(limit: int = 60) -> tuple[HandOver, ...]:
    """Return the last hand-overs, the newest first."""
    found = rows(f"{_HAND_OVERS}ORDER BY o.at DESC, o.id DESC LIMIT {limit:d}")
    return tuple(map(_hand_over, found))


def get_still_open(at: datetime) -> StillOpen:
    """Return what was open at a time (local, without offset), today as well as then.

    Tickets, papers and contacts as their lines tell it; limits, promises, who has the work and the
    follow-ups of closed tickets as they stand now.
    """
    moment = stored_time(at)
    piles: dict[Pile, list[OpenTicket]] = {pile: [] for pile in Pile}
    with database.atomic():
        for row in database.execute_sql(_TICKETS, {"at": moment}).fetchall():
            ticket = _open_ticket(row)
            piles[pile_of(ticket, at)].append(ticket)
        tomorrow = date.fromordinal(at.toordinal() + 1).isoformat()
        follow_ups = tuple(
            LateFollowUp(number, where, reporter, matter, date.fromisoformat(due_on))
            for number, where, reporter, matter, due_on in rows(_FOLLOW_UPS, tomorrow)
        )
        papers = tuple(
            OutPaper(number, where, matter, who, datetime.fromisoformat(printed_at))
            for number, where, matter, who, printed_at in rows(_PAPERS, moment, moment)
        )
        contacts = list_open_contacts(at)
    tickets = {pile: tuple(found) for pile, found in piles.items()}
    return StillOpen(tickets, follow_ups, papers, contacts)


def _open_ticket(row: tuple[Any, ...]) -> OpenTicket:
    number, received_at, where, reporter, matter, department, handler, status, limit, promised = row
    taken = Status(status) is not Status.RECEIVED
    return OpenTicket(
        number=number,
        received_at=datetime.fromisoformat(received_at),
        where=where,
        reporter=reporter,
        matter=matter,
        who=" ".join(word for word in (department, handler if taken else "") if word),
        status=Status(status),
        limit=datetime.fromisoformat(limit) if limit else None,
        promised_at=datetime.fromisoformat(promised) if promised else None,
    )


def _hand_over(row: tuple[Any, ...]) -> HandOver:
    return HandOver(row[0], datetime.fromisoformat(row[1]), *row[2:])
