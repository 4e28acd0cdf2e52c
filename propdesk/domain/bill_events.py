"""What happened to a bill after it was written: what was paid of it, and what asked for it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.dunning import (
    LETTER_STATE_LABELS,
    RESULT_LABELS,
    STAGE_LABELS,
    WAY_LABELS,
    LetterState,
    Result,
    Stage,
    Way,
)
from propdesk.domain.ledger import ACT_LABELS, Act
from propdesk.i18n import _


class BillEventKind(StrEnum):
    """What kind of thing happened to a bill."""

    WRITTEN = "written"
    MONEY = "money"
    LETTER = "letter"
    URGED = "urged"
    PROMISED = "promised"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class BillEvent:
    """One line of a bill's course. `amount_fen` is what it settled (below zero: took back).

    `code` is the act of the ledger, the state of a letter, or the result of an act; `number` is
    that of the receipt, the letter, or the run.
    """

    on_day: date
    kind: BillEventKind
    number: str = ""
    amount_fen: int = 0
    code: str = ""
    stage: int = 0
    way: str = ""
    note: str = ""

    @property
    def what(self) -> str:
        """What happened, in words."""
        if self.kind is BillEventKind.MONEY:
            is_taken = self.code == Act.PAYMENT
            return _("Taken at the till") if is_taken else str(ACT_LABELS[Act(self.code)])
        if self.kind is BillEventKind.LETTER:
            return str(STAGE_LABELS[Stage(self.stage)])
        if self.kind is BillEventKind.URGED:
            return str(WAY_LABELS[Way(self.way)])
        return {
            BillEventKind.WRITTEN: _("Bill written"),
            BillEventKind.PROMISED: _("Promise to pay"),
            BillEventKind.VOID: _("Bill made void"),
        }[self.kind]

    @property
    def came_of_it(self) -> str:
        """What came of it: the state of a letter, the result of an act, else the note."""
        if self.kind is BillEventKind.LETTER:
            return str(LETTER_STATE_LABELS[LetterState(self.code)])
        if self.kind is BillEventKind.URGED:
            return str(RESULT_LABELS[Result(self.code)])
        return self.note
