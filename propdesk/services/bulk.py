"""Do one act with many tickets: each is a transaction of its own, told in one summary.

It runs the desk's own commands, so that every gate holds for each ticket as if it stood alone.
Cancelling stops between two tickets: what was done stays done, and the summary says what was not.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from propdesk.domain.errors import RuleError
from propdesk.domain.incidents import check_incident
from propdesk.domain.tickets import EventKind, Ticket, can_move, is_open
from propdesk.services.queries.incidents import list_parts
from propdesk.services.queries.ticket_lines import TicketLine, list_lines
from propdesk.services.queries.tickets import get_ticket
from propdesk.services.tickets import close_ticket, reply_ticket

Report = Callable[[int, int], None]
Stop = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class NotDone:
    """A ticket with which the act was refused, and the sentence that says why."""

    ticket: TicketLine
    code: str
    reason: str


@dataclass(frozen=True, slots=True)
class BulkResult:
    """What came of an act with many tickets; `left` were not tried, as somebody cancelled."""

    done: tuple[TicketLine, ...]
    not_done: tuple[NotDone, ...]
    left: tuple[TicketLine, ...]


def run_each(
    ticket_ids: Sequence[int],
    act: Callable[[int], object],
    *,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> BulkResult:
    """Do an act, a command of one ticket, with each of many; refusals do not stop the others.

    Each ticket is named once, in the order given. `on_progress` is told how many of how many were
    tried; `cancelled` is asked before each.
    """
    lines = list_lines(list(dict.fromkeys(ticket_ids)))
    done: list[TicketLine] = []
    not_done: list[NotDone] = []
    for place, line in enumerate(lines):
        if cancelled is not None and cancelled():
            return BulkResult(tuple(done), tuple(not_done), lines[place:])
        try:
            act(line.id)
        except RuleError as refusal:
            not_done.append(NotDone(line, refusal.code, str(refusal)))
        else:
            done.append(line)
        if on_progress is not None:
            on_progress(place + 1, len(lines))
    return BulkResult(tuple(done), tuple(not_done), ())


def answer_incident(
    master_id: int,
    *,
    text: str,
    by: int,
    now: datetime,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> BulkResult:
    """Reply to all open tickets of an incident with one text, to the master last."""
    act = partial(reply_ticket, text=text, by=by, now=now)
    return run_each(_open_tickets(master_id), act, on_progress=on_progress, cancelled=cancelled)


def close_incident(
    master_id: int,
    *,
    text: str = "",
    by: int,
    now: datetime,
    on_progress: Report | None = None,
    cancelled: Stop | None = None,
) -> BulkResult:
    """Write the answer as reply where one is missing and close what may close, the master last.

    Without a text it is the master's own reply. What may not close yet, as its caller is to be
    asked first, stays open and is named.
    """
    act = partial(settle_ticket, text=text or _last_reply(master_id), by=by, now=now)
    return run_each(_open_tickets(master_id), act, on_progress=on_progress, cancelled=cancelled)


def _open_tickets(master_id: int) -> list[int]:
    master = get_ticket(master_id)
    check_incident(master.number, is_master=master.is_master)
    parts = [line.id for line in list_parts(master_id) if is_open(line.status)]
    return [*parts, master_id] if is_open(master.status) else parts


def _last_reply(master_id: int) -> str:
    replies = [one.text for one in get_ticket(master_id).events if one.kind is EventKind.REPLIED]
    return replies[-1] if replies else ""


def settle_ticket(ticket_id: int, *, text: str, by: int, now: datetime) -> Ticket:
    """Write the reply where it is missing still, then close; a gate that is not met refuses.

    The reply stands even where the ticket must stay open: the caller of a complaint was told, and
    waits for the follow-up.
    """
    ticket = get_ticket(ticket_id)
    if can_move(ticket.status, EventKind.REPLIED):
        ticket = reply_ticket(ticket_id, text=text, by=by, now=now)
        if not is_open(ticket.status):
            return ticket  # what needs no follow-up was closed by its reply
    return close_ticket(ticket_id, by=by, now=now)
