"""Papers of a ticket: note that one was printed, declare one lost (idea 1: paper comes back)."""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.paper_trail import PaperKind
from propdesk.domain.staff import Right
from propdesk.domain.tickets import EventKind, Ticket
from propdesk.i18n import _
from propdesk.services.parts.actors import actor, member, to_staff
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import noted
from propdesk.services.parts.paper_trail import find_paper, write_print
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.tickets import get_ticket


def note_print(
    ticket_id: int, kind: PaperKind, round_: int, *, copies: int = 1, by: int, now: datetime
) -> Ticket:
    """Note that the paper of a dispatch went to a printer, or into a file to be printed.

    Everybody may print who may open the office; a preview alone is no print.
    """
    with writing():
        entry = Entry(to_staff(member(by)), now)
        write_print(load_ticket(ticket_id), kind, round_, entry, copies=copies)
        return get_ticket(ticket_id)


def declare_lost(
    ticket_id: int, round_: int, *, reason: str, by: int, now: datetime, at: datetime | None = None
) -> Ticket:
    """Give up on a work order that is out; the reason stands on its ticket.

    Found again, it can still be entered.
    """
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        ticket = load_ticket(ticket_id)
        paper = find_paper(ticket_id, PaperKind.WORK_ORDER, round_)
        if paper is None or paper.returned_at is not None or paper.lost_reason:
            raise RuleError(
                "paper-not-out",
                _("The work order of {number}, dispatch {round}, is not out.").format(
                    number=ticket.number, round=round_
                ),
            )
        paper.lost_reason = noted(reason, _("Say how the paper was lost."))
        paper.save()
        detail = {"kind": paper.kind, "round": str(round_), "lost_since": _day(paper.printed_at)}
        record(ticket, EventKind.NOTED, entry, text=paper.lost_reason, detail=detail)
        return get_ticket(ticket_id)


def _day(moment: datetime) -> str:
    return local(moment).date().isoformat()
