"""Which letter answers a ticket's present round: a reply by letter refers to it (R04, R46)."""

from propdesk.storage.papers import LetterRecord
from propdesk.storage.tickets import TicketRecord

BY_LETTER = "letter"


def letter_detail(ticket: TicketRecord, way: str) -> dict[str, str]:
    """Return what the journal's line of a reply says of its letter; nothing for other ways."""
    if way != BY_LETTER:
        return {}
    found = (
        LetterRecord.select(LetterRecord.number)
        .where(
            LetterRecord.ticket == ticket.id,
            LetterRecord.round == ticket.round,
            LetterRecord.voided_at.is_null(),
        )
        .order_by(LetterRecord.id.desc())
        .first()
    )
    return {} if found is None else {"letter": found.number}
