"""The case of a house in arrears: why it does not pay, whether it is held, how far it went."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from propdesk.domain.arrears import ArrearsReason, LegalState
from propdesk.domain.errors import Problem
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
    NoteKind.HELD: _lazy("Case held"),
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


@dataclass(frozen=True, slots=True)
class CaseWish:
    """What is to be said of several cases at once; None leaves it as it is."""

    reason: ArrearsReason | None = None
    held_until: date | None = None
    held_reason: str = ""
    is_released: bool = False

    @property
    def says_anything(self) -> bool:
        """Whether anything is to become otherwise."""
        return bool(self.reason or self.held_until or self.is_released)

    def applied_to(self, case: ArrearsCase) -> CaseDraft:
        """Return what is said of a case then; words beside another reason are not kept."""
        reason = self.reason or case.reason
        held_until, held_reason = case.held_until, case.held_reason
        if self.is_released:
            held_until, held_reason = None, ""
        elif self.held_until is not None:
            held_until, held_reason = self.held_until, self.held_reason
        return CaseDraft(
            reason=reason,
            reason_text=case.reason_text if reason == case.reason else "",
            held_until=held_until,
            held_reason=held_reason,
            legal_state=case.legal_state,
        )


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
