"""Keep the row and the journal line of a paper that was printed; shared by what prints papers."""

from propdesk.domain.paper_trail import PaperKind
from propdesk.domain.tickets import EventKind
from propdesk.services.parts.journal import Entry, record
from propdesk.services.parts.writing import local
from propdesk.storage.papers import PaperRecord
from propdesk.storage.tickets import TicketRecord


def find_paper(ticket_id: int, kind: PaperKind, round_: int) -> PaperRecord | None:
    """Return a paper's row, None where nobody noted that it was printed."""
    found: PaperRecord | None = PaperRecord.get_or_none(
        PaperRecord.ticket == ticket_id,
        PaperRecord.kind == kind.value,
        PaperRecord.round == round_,
    )
    return found


def is_replaced(ticket_id: int, round_: int) -> bool:
    """Tell whether the work order of a later dispatch was printed, too."""
    later = PaperRecord.select().where(
        PaperRecord.ticket == ticket_id,
        PaperRecord.kind == PaperKind.WORK_ORDER.value,
        PaperRecord.round > round_,
    )
    return bool(later.exists())


def write_print(
    ticket: TicketRecord, kind: PaperKind, round_: int, entry: Entry, *, copies: int = 1
) -> None:
    """Note that a paper left the printer; the caller holds the transaction.

    Printed again it is the same paper, with one more print; one that was lost is out again.
    """
    paper = find_paper(ticket.id, kind, round_)
    if paper is None:
        PaperRecord.create(
            ticket=ticket.id,
            kind=kind.value,
            round=round_,
            printed_at=local(entry.now),
            staff=entry.by.id,
        )
    else:
        paper.prints += 1
        if paper.lost_reason:
            paper.lost_reason = ""
            paper.printed_at = local(entry.now)
        paper.save()
    detail = {"kind": kind.value, "round": str(round_), "copies": str(copies)}
    record(ticket, EventKind.PRINTED, entry, detail=detail)
