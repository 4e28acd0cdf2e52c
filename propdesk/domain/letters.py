"""Written replies (书面回复函): concern, apology, improvement, then deadline and thanks (R30, R46).

A letter is kept as it was written; a correction is a new letter, and the old one becomes void.
The journal's line of a letter carries `number`, and `replaces` where it is a correction.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime

from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.gaps import GAP, has_gap
from propdesk.domain.phrases import Step
from propdesk.domain.texts import clean_line, clean_text
from propdesk.i18n import LazyText, _, _lazy


@dataclass(frozen=True, slots=True)
class LetterDraft:
    """A letter as it was typed: whom it is for, its five parts, whom to ask, who checked it."""

    addressee: str
    care: str
    apology: str
    measures: str
    deadline: str = ""
    thanks: str = ""
    contact: str = ""
    checked_by: str = ""


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was written to the caller of ticket `ticket` in its `round`."""

    id: int
    number: str
    ticket_id: int
    ticket: str
    round: int
    text: LetterDraft
    written_at: datetime
    written_by: str
    printed_at: datetime | None
    voided_at: datetime | None

    @property
    def stands(self) -> bool:
        """Tell whether no later letter took its place."""
        return self.voided_at is None


# The five parts in the order in which they are read, with the phrases that begin them.
PARAGRAPHS: Mapping[str, Step] = {
    "care": Step.LETTER_CARE,
    "apology": Step.LETTER_APOLOGY,
    "measures": Step.LETTER_MEASURES,
    "deadline": Step.LETTER_DEADLINE,
    "thanks": Step.LETTER_THANKS,
}
FIELD_LABELS: Mapping[str, LazyText] = {
    "addressee": _lazy("Addressee"),
    "care": _lazy("Concern"),
    "apology": _lazy("Apology"),
    "measures": _lazy("Improvement"),
    "deadline": _lazy("Deadline"),
    "thanks": _lazy("Thanks"),
    "contact": _lazy("Contact"),
    "checked_by": _lazy("Checked by"),
}
_LINES = frozenset({"addressee", "contact", "checked_by"})
_MISSING: Mapping[str, LazyText] = {
    "addressee": _lazy("Say whom the letter is for."),
    "care": _lazy("Write what the letter answers, and that you care."),
    "apology": _lazy("Write the apology."),
    "measures": _lazy("Write what was done and what will be better."),
}


def clean_letter(draft: LetterDraft) -> LetterDraft:
    """Return what was typed, made safe to store."""
    return LetterDraft(
        **{
            one.name: (clean_line if one.name in _LINES else clean_text)(getattr(draft, one.name))
            for one in fields(draft)
        }
    )


def check_letter(draft: LetterDraft) -> Problems:
    """Return what keeps a letter from being written: parts that are missing (R30), or gaps."""
    problems: list[Problem] = []
    for one in fields(draft):
        text = getattr(draft, one.name)
        check = check_line if one.name in _LINES else check_text
        found = check(one.name, text, str(_MISSING.get(one.name, "")))
        if not found and has_gap(text):
            sentence = _("Fill in what still stands as {gap}, or take it out.")
            found = (Problem(one.name, sentence.format(gap=GAP)),)
        problems += found
    return tuple(problems)


# Their numbers, 文号.

LONGEST_PATTERN = 40
_PARTS = ("{year}", "{sequence}")


def letter_number(pattern: str, year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th letter of a year."""
    return pattern.replace("{year}", f"{year:04d}").replace("{sequence}", f"{sequence:04d}")


def check_letter_pattern(pattern: str) -> str:
    """Return a pattern of letters' numbers cleaned; empty is the program's. Refuse a wrong one."""
    pattern = clean_line(pattern)
    if not pattern:
        return ""
    rest = pattern
    for part in _PARTS:
        rest = rest.replace(part, "", 1)
    whole = all(part in pattern for part in _PARTS) and len(pattern) <= LONGEST_PATTERN
    if not whole or re.search(r"[{}\s]", rest):
        raise RuleError(
            "letter-pattern",
            _(
                "The number of a letter must contain {parts} once each, no blanks, and at most "
                "{longest} characters."
            ).format(parts=" ".join(_PARTS), longest=LONGEST_PATTERN),
        )
    return pattern
