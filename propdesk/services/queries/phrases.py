"""The phrases beside a form, and what a ticket fills into them (R29)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.clock_rules import Clock
from propdesk.domain.clocks import ClockState
from propdesk.domain.persons import polite_name
from propdesk.domain.phrases import Field, Phrase, Step, Values
from propdesk.domain.texts import clean_line
from propdesk.domain.tickets import EventKind, Kind, Ticket
from propdesk.i18n import _, language
from propdesk.services.parts.phrase_stock import load_phrases
from propdesk.services.parts.settings import load_settings
from propdesk.services.queries.clocks import get_clocks
from propdesk.storage.database import rows

# Until when the caller is told: the promise, else the answer, else the solution.
_TOLD = (Clock.PROMISE, Clock.REPLY, Clock.SOLVE)
_STANDS = frozenset({ClockState.CANCELLED, ClockState.MET})


@dataclass(frozen=True, slots=True)
class PhraseFilter:
    """Which phrases are wanted: of these steps, for a kind of ticket, with the hidden ones."""

    steps: tuple[Step, ...] = tuple(Step)
    kind: Kind | None = None
    hidden: bool = False


def list_phrases(wanted: PhraseFilter, *, speaking: str = "") -> tuple[Phrase, ...]:
    """Return phrases by step; those of the very kind come before those for all kinds.

    `speaking` is a language, the present one where it is empty.
    """
    found = [
        phrase
        for phrase in load_phrases(speaking or language())
        if phrase.step in wanted.steps
        and (wanted.hidden or not phrase.is_hidden)
        and (wanted.kind is None or phrase.kind in (None, wanted.kind))
    ]
    if wanted.kind is not None:
        found.sort(key=lambda one: (wanted.steps.index(one.step), one.kind is None))
    return tuple(found)


def first_phrases(phrases: Iterable[Phrase]) -> dict[Step, Phrase]:
    """Return the phrase that stands first in each step: the skeleton of a letter (R30).

    The apology is the general one: what was done wrong is for the clerk to say, not for a template.
    """
    found: dict[Step, Phrase] = {}
    for phrase in phrases:
        if phrase.step is not Step.LETTER_APOLOGY or phrase.kind is None:
            found.setdefault(phrase.step, phrase)
    return found


def day_words(moment: datetime) -> str:
    """Return a day as a sentence says it."""
    return _("{month}/{day}/{year}").format(year=moment.year, month=moment.month, day=moment.day)


def moment_words(moment: datetime, now: datetime) -> str:
    """Return a time as a sentence says it, with the year only where it is another one."""
    words = _("{time} on {month}/{day}")
    if moment.year != now.year:
        words = _("{time} on {month}/{day}/{year}")
    return words.format(
        year=moment.year, month=moment.month, day=moment.day, time=f"{moment:%H:%M}"
    )


def ticket_values(ticket: Ticket, *, now: datetime) -> Values:
    """Return what a ticket fills into phrases, in the present language."""
    done = [one.text for one in ticket.events if one.kind is EventKind.COMPLETED and one.text]
    due = _told_by(ticket, now)
    return {
        **office_values(now),
        Field.SALUTATION: _salutation(ticket),
        Field.HOUSE: ticket.unit_long or ticket.place,
        Field.MATTER: ticket.matter,
        Field.DEADLINE: moment_words(due, now) if due else "",
        Field.NUMBER: ticket.number,
        Field.RECEIVED: day_words(ticket.received_at),
        Field.DEPARTMENT: ticket.department,
        Field.HANDLER: ticket.handler,
        Field.RESULT: clean_line(done[-1]).rstrip("。.") if done else "",
    }


def office_values(now: datetime) -> Values:
    """Return what is known without a ticket: the office, its telephone, the day."""
    settings = load_settings()
    english = language() == "en" and settings.office_name_en
    return {
        Field.OFFICE: settings.office_name_en if english else settings.office_name,
        Field.PHONE: settings.phone,
        Field.TODAY: day_words(now),
    }


def _salutation(ticket: Ticket) -> str:
    """Return how the caller is spoken to: as the register says, else by the name."""
    if ticket.reporter_id is None:
        return ticket.reporter_name
    salutation: str = rows("SELECT salutation FROM person WHERE id = ?", ticket.reporter_id)[0][0]
    return polite_name(ticket.reporter_name, salutation)


def _told_by(ticket: Ticket, now: datetime) -> datetime | None:
    if ticket.promised_at is not None:
        return ticket.promised_at
    counts = [one for one in get_clocks(ticket.id, now=now).clocks if one.state not in _STANDS]
    return next((one.due_at for wanted in _TOLD for one in counts if one.clock is wanted), None)
