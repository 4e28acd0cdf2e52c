"""Enter a work order that came back: one transaction from the arrival to the closing (R40, R41)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.paper_returns import (
    AGAIN,
    Outcome,
    PaperReturn,
    PaperTicket,
    already_returned,
    check_return,
    clean_return,
    closes,
    moves_of,
    reopens,
    return_detail,
    settled,
)
from propdesk.domain.paper_trail import Course, PaperKind, course_of
from propdesk.domain.prices import ChargeLine
from propdesk.domain.staff import Right
from propdesk.domain.tickets import (
    EventKind,
    Kind,
    Status,
    Ticket,
    has_arrived,
    needs_follow_up,
)
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.charging import write_charge
from propdesk.services.parts.journal import Entry, last_move_at, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.paper_trail import find_paper, is_replaced
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.papers import PaperRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord


def return_paper(
    ticket_id: int,
    round_: int,
    draft: PaperReturn,
    *,
    by: int,
    now: datetime,
    at: datetime | None = None,
    charge: Sequence[ChargeLine] | None = None,
) -> Ticket:
    """Enter what the work order of dispatch `round_` says; `at` is when it came back.

    The worker's times become those of the journal, the time of entry beside them. `charge` are the
    material and labour on the paper, None where it says nothing of them. Raises DraftError with a
    sentence for each field, and RuleError for a paper that was entered before.
    """
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        ticket = load_ticket(ticket_id)
        paper = _paper(ticket, round_, entry)
        facts = PaperTicket(
            kind=Kind(ticket.kind),
            status=Status(ticket.status),
            course=course_of(Status(ticket.status), is_replaced=is_replaced(ticket_id, round_)),
            moved_at=last_move_at(ticket_id) or ticket.received_at,
            now=local(now),
            arrived=has_arrived(get_ticket(ticket_id).events),
        )
        draft = settled(clean_return(draft), facts)
        refuse(check_return(draft, facts))
        for move in moves_of(draft, facts):
            step = replace(entry, at=move.at) if move.at else entry
            record(ticket, move.event, step, text=move.text, detail=move.detail)
        if charge is not None:
            write_charge(ticket, entry, charge)
        _put_away(ticket, paper, draft, facts, entry)
        if closes(draft, facts):
            record(ticket, EventKind.CLOSED, entry)
        elif reopens(draft, facts):
            record(ticket, EventKind.REOPENED, entry, text=draft.opinion)
        return get_ticket(ticket_id)


def _paper(ticket: TicketRecord, round_: int, entry: Entry) -> PaperRecord:
    """Return the row of a paper that comes back, or refuse one that came back before.

    A paper that nobody noted (printed by the command line while the window was open, or before
    papers were kept track of) was printed no earlier than it is noted here.
    """
    paper = find_paper(ticket.id, PaperKind.WORK_ORDER, round_)
    if paper is None:
        if not 1 <= round_ <= max(ticket.dispatches, 1):
            raise RuleError(
                "paper-unknown",
                _("{number} was never sent out a {round}th time; check the paper.").format(
                    number=ticket.number, round=round_
                ),
            )
        return PaperRecord(
            ticket=ticket.id,
            kind=PaperKind.WORK_ORDER.value,
            round=round_,
            printed_at=entry.happened,
            staff=entry.by.id,
        )
    if paper.returned_at is not None:
        raise already_returned(
            ticket.number, round_, paper.returned_at, _name(paper.returned_staff_id)
        )
    return paper


def _name(staff_id: int | None) -> str:
    return "" if staff_id is None else StaffRecord.get_by_id(staff_id).name


def _put_away(
    ticket: TicketRecord, paper: PaperRecord, draft: PaperReturn, facts: PaperTicket, entry: Entry
) -> None:
    """Note on paper and ticket that it came back, and what the customer said (R41)."""
    paper.returned_at = entry.happened
    paper.returned_staff_id = entry.by.id
    paper.signed = draft.signed
    paper.lost_reason = ""
    paper.save()
    is_work = facts.course is Course.WORK
    is_to_do = is_work and draft.outcome is Outcome.NOT_DONE
    if is_to_do and draft.next_visit:
        before = ticket.appointment
        ticket.appointment = draft.next_visit
        record(ticket, EventKind.AMENDED, entry, detail={"appointment": before})
    # A complaint's answer is the one of its follow-up, and a later answer stands.
    is_answer = facts.course is not Course.FILE or ticket.satisfaction is None
    if draft.answer is not None and is_answer and not needs_follow_up(facts.kind):
        ticket.satisfaction = draft.answer.value
    record(
        ticket,
        EventKind.PAPER_RETURNED,
        entry,
        text=draft.work if is_to_do and draft.waiting == AGAIN else draft.opinion,
        detail={"kind": paper.kind, "round": str(paper.round), **return_detail(draft)},
    )
