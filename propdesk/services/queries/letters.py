"""Written replies: those that were written, and what a new one begins with (R04, R30, R46)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.letters import PARAGRAPHS, Letter, LetterDraft
from propdesk.domain.phrases import WRITTEN, Field, fill_phrase
from propdesk.domain.tickets import Ticket
from propdesk.i18n import _, speaking
from propdesk.services.parts.phrase_stock import shipped
from propdesk.services.parts.settings import load_settings
from propdesk.services.queries.phrases import (
    PhraseFilter,
    first_phrases,
    list_phrases,
    ticket_values,
)
from propdesk.storage.database import rows

_LETTER = (
    "SELECT l.id, l.number, l.ticket_id, t.number, l.round, l.addressee, l.care, l.apology, "
    "l.measures, l.deadline, l.thanks, l.contact, l.checked_by, l.written_at, s.name, "
    "l.printed_at, l.voided_at FROM letter l JOIN ticket t ON t.id = l.ticket_id "
    "JOIN staff s ON s.id = l.staff_id "
)


def _letter(row: Sequence[Any]) -> Letter:
    return Letter(
        id=row[0],
        number=row[1],
        ticket_id=row[2],
        ticket=row[3],
        round=row[4],
        text=LetterDraft(*row[5:13]),
        written_at=datetime.fromisoformat(row[13]),
        written_by=row[14],
        printed_at=datetime.fromisoformat(row[15]) if row[15] else None,
        voided_at=datetime.fromisoformat(row[16]) if row[16] else None,
    )


def list_letters(ticket_id: int | None = None, *, limit: int = 500) -> tuple[Letter, ...]:
    """Return the letters of a ticket, or of all, the latest first; void ones too."""
    where = "WHERE l.ticket_id = ?" if ticket_id is not None else "WHERE ? IS NULL"
    found = rows(f"{_LETTER}{where} ORDER BY l.id DESC LIMIT {limit:d}", ticket_id)
    return tuple(map(_letter, found))


def standing_letter(ticket: Ticket) -> Letter | None:
    """Return the letter that answers a ticket's present round."""
    found = (one for one in list_letters(ticket.id) if one.stands and one.round == ticket.round)
    return next(found, None)


def find_letter(number: str) -> Letter:
    """Return the letter with this number, or refuse and name the latest ones."""
    wanted = number.strip()
    found = rows(f"{_LETTER}WHERE l.number = ?", wanted)
    if found:
        return _letter(found[0])
    latest = [row[0] for row in rows("SELECT number FROM letter ORDER BY id DESC LIMIT 3")]
    raise RuleError(
        "letter-unknown",
        _("There is no letter {number}. {nearest}")
        .format(
            number=wanted[:40],
            nearest=_("The latest: {names}.").format(names=", ".join(latest)) if latest else "",
        )
        .strip(),
    )


def propose_letter(ticket: Ticket, *, now: datetime) -> LetterDraft:
    """Return the letter that a ticket begins with: the first phrase of each part, filled.

    It speaks the language of the papers. What the ticket does not say is a gap to be typed over.
    """
    settings = load_settings()
    with speaking(settings.paper_language.code):
        values = ticket_values(ticket, now=now)
        first = first_phrases(list_phrases(PhraseFilter(WRITTEN, ticket.kind)))
        parts = {
            name: fill_phrase(first[step].text, values) if step in first else ""
            for name, step in PARAGRAPHS.items()
        }
        name, house = values[Field.SALUTATION], values[Field.HOUSE]
        words = _("{house} {name}") if name else _("The residents of {house}")
        return LetterDraft(
            addressee=words.format(house=house, name=name).strip(),
            contact=" ".join(filter(None, (ticket.first_receiver, settings.phone))),
            **parts,
        )


def letter_pattern() -> str:
    """Return the pattern of the letters' numbers: the office's, else the program's."""
    settings = load_settings()
    return settings.letter_pattern or shipped(settings.paper_language.code).letter_number
