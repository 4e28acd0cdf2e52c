"""Sentences to say and to write (话术, R29): their steps, and the fields that a ticket fills.

A phrase is plain text with named fields in braces (domain/gaps.py).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.gaps import field_names, fill_fields
from propdesk.domain.texts import elide
from propdesk.domain.tickets import Kind
from propdesk.i18n import LANGUAGES, LazyText, _, _lazy


class Step(StrEnum):
    """Where in a talk a phrase belongs (R29), or in which paragraph of a letter (R30)."""

    LISTEN = "listen"
    APOLOGISE = "apologise"
    HANDLE = "handle"
    THANK = "thank"
    DEADLINE = "deadline"
    LETTER_CARE = "letter-care"
    LETTER_APOLOGY = "letter-apology"
    LETTER_MEASURES = "letter-measures"
    LETTER_DEADLINE = "letter-deadline"
    LETTER_THANKS = "letter-thanks"


SPOKEN = tuple(Step)[:5]
WRITTEN = tuple(Step)[5:]

STEP_LABELS: Mapping[Step, LazyText] = {
    Step.LISTEN: _lazy("Listen"),
    Step.APOLOGISE: _lazy("Apologise"),
    Step.HANDLE: _lazy("What will be done"),
    Step.THANK: _lazy("Thank"),
    Step.DEADLINE: _lazy("By when"),
    Step.LETTER_CARE: _lazy("Letter: concern"),
    Step.LETTER_APOLOGY: _lazy("Letter: apology"),
    Step.LETTER_MEASURES: _lazy("Letter: improvement"),
    Step.LETTER_DEADLINE: _lazy("Letter: deadline"),
    Step.LETTER_THANKS: _lazy("Letter: thanks"),
}


class Field(StrEnum):
    """What a ticket fills into a phrase."""

    SALUTATION = "salutation"
    HOUSE = "house"
    MATTER = "matter"
    DEADLINE = "deadline"
    NUMBER = "number"
    RECEIVED = "received"
    DEPARTMENT = "department"
    HANDLER = "handler"
    RESULT = "result"
    OFFICE = "office"
    PHONE = "phone"
    TODAY = "today"


# The names by which a phrase calls them; those of every language are understood in all.
FIELD_NAMES: Mapping[Field, LazyText] = {
    Field.SALUTATION: _lazy("salutation"),
    Field.HOUSE: _lazy("house"),
    Field.MATTER: _lazy("matter"),
    Field.DEADLINE: _lazy("deadline"),
    Field.NUMBER: _lazy("number"),
    Field.RECEIVED: _lazy("received"),
    Field.DEPARTMENT: _lazy("department"),
    Field.HANDLER: _lazy("handler"),
    Field.RESULT: _lazy("result"),
    Field.OFFICE: _lazy("office"),
    Field.PHONE: _lazy("phone"),
    Field.TODAY: _lazy("today"),
}

Values = Mapping[Field, str]


@dataclass(frozen=True, slots=True)
class Phrase:
    """A sentence of the program's or of the office's own (`is_own`).

    `kind` is the kind of ticket that it is for, None for all. `is_changed` says that it is one of
    the program's in other words, `is_hidden` that it is not offered.
    """

    code: str
    step: Step
    kind: Kind | None
    title: str
    text: str
    position: int
    is_own: bool = False
    is_changed: bool = False
    is_hidden: bool = False


@dataclass(frozen=True, slots=True)
class PhraseDraft:
    """A phrase as it was typed; `code` names the one that is changed, empty for a new one."""

    step: Step
    text: str
    title: str = ""
    kind: Kind | None = None
    code: str = ""


def check_phrase(draft: PhraseDraft) -> Problems:
    """Return what keeps a phrase from being stored: no words, too many, fields nobody fills."""
    problems = [
        *check_line("title", draft.title),
        *check_text("text", draft.text, _("Write the sentence.")),
    ]
    if any(name not in _known() for name in field_names(draft.text)):
        problems.append(Problem("text", _unknown_fields(draft.text)))
    return tuple(problems)


def _unknown_fields(text: str) -> str:
    wrong = next(name for name in field_names(text) if name not in _known())
    known = _(", ").join(f"{{{name}}}" for name in FIELD_NAMES.values())
    return _("There is no field {{{field}}}; the fields are {known}.").format(
        field=elide(wrong, 20), known=known
    )


def _known() -> Mapping[str, Field]:
    """Return every name of every field in every language."""
    return {
        label.in_(language): field for field, label in FIELD_NAMES.items() for language in LANGUAGES
    }


def fill_phrase(text: str, values: Values) -> str:
    """Return a phrase with its fields filled; what is not known is a gap to be typed over."""
    return fill_fields(text, {name: values.get(field, "") for name, field in _known().items()})
