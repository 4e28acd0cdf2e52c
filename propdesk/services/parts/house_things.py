"""What is asked of everything that a house has: whose it is, and until when."""

from datetime import date

from propdesk.domain.errors import DraftError, Problem
from propdesk.i18n import _
from propdesk.services.parts.known_persons import known_person


def check_person(person_id: int | None, *, before: int | None = None) -> None:
    """Refuse somebody with whom the office may not work; whose it was `before` it may stay."""
    if person_id is not None and person_id != before:
        known_person(person_id)


def check_ending(from_on: date | None, to_on: date) -> None:
    """Refuse a last day before the first one."""
    if from_on is not None and to_on < from_on:
        raise DraftError((Problem("to_on", _("The last day lies before the first.")),))
