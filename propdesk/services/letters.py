"""Write replies to callers (书面回复函, R04, R30, R46)."""

from dataclasses import asdict
from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.letters import (
    Letter,
    LetterDraft,
    check_letter,
    clean_letter,
    letter_number,
)
from propdesk.domain.staff import Right
from propdesk.domain.tickets import EventKind
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.letters import find_letter, letter_pattern
from propdesk.storage.papers import LetterRecord

SERIES = "letter"


def write_letter(
    ticket_id: int,
    draft: LetterDraft,
    *,
    by: int,
    now: datetime,
    at: datetime | None = None,
    replaces: str = "",
) -> Letter:
    """Write a letter to the caller of an open ticket, give it its number and note it (R46).

    `replaces` is the number of a letter of this ticket that the new one corrects; it becomes void.
    Raises DraftError with a sentence for each part that is missing or still has gaps.
    """
    with writing():
        entry = Entry(actor(by, Right.CLOSE), now, at)
        ticket = load_ticket(ticket_id)
        if not ticket.is_open:
            raise RuleError(
                "ticket-ended",
                _("This ticket has ended; reopen it before writing to the caller."),
            )
        text = clean_letter(draft)
        refuse(check_letter(text))
        old = _replaced(replaces, ticket_id) if replaces else None
        number = _next_number(entry.happened.year)
        LetterRecord.create(
            number=number,
            ticket=ticket_id,
            round=ticket.round,
            written_at=entry.happened,
            staff=by,
            **asdict(text),
        )
        detail = {"number": number}
        if old is not None:
            detail["replaces"] = old.number
            LetterRecord.update(voided_at=entry.happened).where(LetterRecord.id == old.id).execute()
        record(ticket, EventKind.LETTER_WRITTEN, entry, detail=detail)
        return find_letter(number)


def _replaced(number: str, ticket_id: int) -> Letter:
    """Return the letter that is corrected: of this ticket, and not corrected before."""
    letter = find_letter(number)
    if letter.ticket_id != ticket_id:
        raise RuleError(
            "letter-elsewhere",
            _("Letter {number} belongs to {ticket}; correct it there.").format(
                number=letter.number, ticket=letter.ticket
            ),
        )
    if not letter.stands:
        raise RuleError(
            "letter-void",
            _("Letter {number} is void already; correct the one that took its place.").format(
                number=letter.number
            ),
        )
    return letter


def _next_number(year: int) -> str:
    """Return the next number of the year; one that another pattern gave already is passed over."""
    pattern = letter_pattern()
    while True:
        number = letter_number(pattern, year, take_number_of_year(SERIES, year))
        if LetterRecord.get_or_none(LetterRecord.number == number) is None:
            return number


def note_letter_printed(letter_id: int, *, now: datetime) -> None:
    """Note when a letter was first printed; everybody may print who may open the office (R04)."""
    with writing():
        LetterRecord.update(printed_at=local(now)).where(
            (LetterRecord.id == letter_id) & LetterRecord.printed_at.is_null()
        ).execute()
