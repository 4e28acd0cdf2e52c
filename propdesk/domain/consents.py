"""What people agreed to, how, and until when (PIPL 13-16, 23, 25, 29, 31)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.errors import Problem
from propdesk.domain.field_catalogue import OPTIONAL_FIELDS, PROFILE_SCOPE
from propdesk.domain.fields import check_line, check_text
from propdesk.i18n import LazyText, _, _lazy


class ConsentWay(StrEnum):
    """How a consent was given."""

    PAPER = "paper"
    SPOKEN = "spoken"
    ONLINE = "online"


WAY_LABELS: Mapping[ConsentWay, LazyText] = {
    ConsentWay.PAPER: _lazy("Signed on paper"),
    ConsentWay.SPOKEN: _lazy("Said at the desk or on the phone"),
    ConsentWay.ONLINE: _lazy("Written online"),
}
MINOR_SCOPE = "minor"
# Each is a consent of its own: one signature under everything is none (PIPL 23, 25, 29, 31).
SCOPE_LABELS: Mapping[str, LazyText] = {
    PROFILE_SCOPE: _lazy("Optional details: occupation, education and the like"),
    **{one.code: one.label for one in OPTIONAL_FIELDS.values() if one.is_sensitive},
    MINOR_SCOPE: _lazy("Data of a child under 14, by a guardian"),
    "provide": _lazy("Passing data on to others"),
    "publish": _lazy("Making data public"),
}


@dataclass(frozen=True, slots=True)
class ConsentDraft:
    """A consent as it is noted; `given_by` is the guardian or whoever else gave it."""

    scope: str
    way: ConsentWay
    given_on: date
    given_by: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """A consent of a person, and when it was withdrawn."""

    id: int
    person_id: int
    person: str
    scope: str
    way: ConsentWay
    given_on: date
    given_by: str
    note: str
    by: str
    withdrawn_on: date | None

    @property
    def holds(self) -> bool:
        """Tell whether it was not withdrawn."""
        return self.withdrawn_on is None


def scope_label(scope: str) -> str:
    """Return a scope in words; one that a later program wrote is its code."""
    label = SCOPE_LABELS.get(scope)
    return scope if label is None else str(label)


def check_consent(draft: ConsentDraft, today: date) -> tuple[Problem, ...]:
    """Return what keeps a consent from being noted, a sentence for each field."""
    problems = [
        *check_line("given_by", draft.given_by, _guardian_missing(draft)),
        *check_text("note", draft.note),
    ]
    if draft.scope not in SCOPE_LABELS:
        words = _("Say what the consent is for: {scopes}.").format(scopes=", ".join(SCOPE_LABELS))
        problems.append(Problem("scope", words))
    if draft.given_on > today:
        problems.append(Problem("given_on", _("The day has not come yet.")))
    return tuple(problems)


def _guardian_missing(draft: ConsentDraft) -> str:
    """Return what asks for the guardian: a child under 14 cannot agree (PIPL 31)."""
    return _("Say which guardian agreed.") if draft.scope == MINOR_SCOPE else ""
