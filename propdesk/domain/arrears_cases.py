"""The case of a house in arrears: why it does not pay, whether it is held, how far it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.arrears import ArrearsReason, LegalState
from propdesk.domain.errors import Problem, RuleError
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.i18n import LazyText, _, _lazy


class NoteKind(StrEnum):
    """What a line of a case's history says."""

    REASON = "reason"
    HELD = "held"
    RELEASED = "released"
    OVERRIDE = "override"
    LEGAL = "legal"
    NOTE = "note"


NOTE_LABELS: Mapping[NoteKind, LazyText] = {
    NoteKind.REASON: _lazy("Reason"),
    NoteKind.HELD: _lazy("Held"),
    NoteKind.RELEASED: _lazy("Released"),
    NoteKind.OVERRIDE: _lazy("Demanded although held"),
    NoteKind.LEGAL: _lazy("Legal state"),
    NoteKind.NOTE: _lazy("Note"),
}


@dataclass(frozen=True, slots=True)
class HoldingTicket:
    """An open complaint of the house: while it is not answered, nothing is demanded (idea 6)."""

    id: int
    number: str
    matter: str


@dataclass(frozen=True, slots=True)
class ArrearsNote:
    """A line of a case's history."""

    kind: NoteKind
    text: str
    ticket: str
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class ArrearsCase:
    """The case of a house; without a row nobody was asked yet (`version` 0).

    `tickets` are the house's open tickets, complaints first; those of kind complaint hold the case.
    """

    unit_id: int
    unit: str
    reason: ArrearsReason | None
    reason_text: str
    held_until: date | None
    held_reason: str
    legal_state: LegalState | None
    tickets: tuple[HoldingTicket, ...]
    holding: tuple[HoldingTicket, ...]
    notes: tuple[ArrearsNote, ...]
    version: int

    @property
    def is_held(self) -> bool:
        """Whether an open complaint or somebody's word holds the case."""
        return bool(self.holding) or self.held_until is not None


@dataclass(frozen=True, slots=True)
class CaseDraft:
    """What a clerk says of a case; the reason in words may stand beside one of the eight."""

    reason: ArrearsReason | None = None
    reason_text: str = ""
    held_until: date | None = None
    held_reason: str = ""
    legal_state: LegalState | None = None


def check_case(draft: CaseDraft, today: date) -> Problems:
    """Return what is not right yet: whoever holds a case says until when and why."""
    found = [
        *check_text("reason_text", draft.reason_text),
        *check_line("held_reason", draft.held_reason),
    ]
    if draft.held_until is not None:
        if draft.held_until < today:
            found.append(Problem("held_until", _("Hold the case until today or later.")))
        if not draft.held_reason:
            found.append(Problem("held_reason", _("Write why the case is held.")))
    return tuple(found)


def check_free(case: ArrearsCase, override_reason: str) -> None:
    """Refuse a demand on a case that is held, unless somebody says why it is made all the same."""
    if not case.is_held or override_reason:
        return
    if case.holding:
        raise RuleError(
            "case-held-complaint",
            _(
                "{house} has the open complaint {numbers}: answer it first, or write why the "
                "demand is made all the same."
            ).format(house=case.unit, numbers=", ".join(one.number for one in case.holding)),
        )
    raise RuleError(
        "case-held",
        _(
            "{house} is held until {day}: {reason}. Wait, release the case, or write why the "
            "demand is made all the same."
        ).format(house=case.unit, day=case.held_until, reason=case.held_reason),
    )
