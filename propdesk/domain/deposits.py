"""Deposits: money that is not ours, given back or kept with a reason (law.md 1.6).

A deposit is a liability: its balance is what the ledger says, and what is kept of it becomes income
only by an act with a reason. When it is due back stands beside it, by the office's rule.
"""

from dataclasses import dataclass
from datetime import date

from propdesk.domain.till import DEPOSIT_LABELS, DepositKind


@dataclass(frozen=True, slots=True)
class DepositDraft:
    """A deposit as it is taken: what for, how much, of whom."""

    kind: DepositKind
    amount_fen: int
    label: str = ""
    person_id: int | None = None
    decoration_id: int | None = None
    unit_key_id: int | None = None
    back_due_on: date | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Deposit:
    """A deposit; `taken_fen` is what was paid in, `balance_fen` what is still held."""

    id: int
    unit_id: int
    where: str
    kind: DepositKind
    label: str
    person_id: int | None
    name: str
    decoration_id: int | None
    unit_key_id: int | None
    taken_on: date
    back_due_on: date | None
    taken_fen: int
    balance_fen: int
    note: str
    version: int

    @property
    def words(self) -> str:
        """Say what the deposit is for."""
        return self.label or str(DEPOSIT_LABELS[self.kind])

    def is_due(self, today: date) -> bool:
        """Tell whether money should have gone back by now."""
        due = self.back_due_on
        return self.balance_fen > 0 and due is not None and due <= today
