"""What every form asks of its texts: something said where it is needed, and not too much (F44)."""

from propdesk.domain.errors import Problem
from propdesk.domain.texts import LONGEST_LINE, LONGEST_TEXT
from propdesk.i18n import _

Problems = tuple[Problem, ...]


def check_text(field: str, text: str, missing: str = "") -> Problems:
    """Return what is wrong with a text of several lines: too long, or empty where needed.

    `missing` is the sentence that asks for it; without one the text may be empty.
    """
    if missing and not text.strip():
        return (Problem(field, missing),)
    if len(text) <= LONGEST_TEXT:
        return ()
    sentence = _("The text has {length} characters; {longest} is the most. Please shorten it.")
    return (Problem(field, sentence.format(length=len(text), longest=LONGEST_TEXT)),)


def check_line(field: str, text: str, missing: str = "") -> Problems:
    """Return what is wrong with a text of one line, as `check_text` does."""
    if missing and not text.strip():
        return (Problem(field, missing),)
    if len(text) <= LONGEST_LINE:
        return ()
    sentence = _("At most {longest} characters fit here.")
    return (Problem(field, sentence.format(longest=LONGEST_LINE)),)
