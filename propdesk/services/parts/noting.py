"""What a clerk notes with an act, made safe to store; or refused under its field."""

from propdesk.domain.errors import DraftError
from propdesk.domain.fields import Problems, check_text
from propdesk.domain.texts import clean_text


def refuse(problems: Problems) -> None:
    """Refuse a form that is not right yet; without problems nothing happens."""
    if problems:
        raise DraftError(problems)


def noted(text: str, missing: str = "") -> str:
    """Return what was noted as it is stored; invisible characters are no words.

    `missing` is the sentence that asks for it; without one nothing need be said.
    """
    clean = clean_text(text)
    refuse(check_text("text", clean, missing))
    return clean
