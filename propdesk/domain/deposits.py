"""Deposits: money that is not ours, given back or kept with a reason (law.md 1.6).

A deposit is a liability: its balance is what the ledger says, and what is kept of it becomes income
only by an act with a reason. When it is due back stands beside it, by the office's rule.
"""

from dataclasses import dataclass
from datetime import date

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.money import money_words
from propdesk.domain.till import DEPOSIT_LABELS, DepositKind, Means
from propdesk.i18n import _


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
class DepositReturn:
    """What becomes of a deposit: `back_fen` goes to the payee, `kept_fen` is kept for a reason."""

    back_fen: int = 0
    kept_fen: int = 0
    kept_reason: str = ""
    means: Means = Means.CASH
    reference: str = ""
    payee: str = ""
    note: str = ""


def check_return(draft: DepositReturn, deposit: "Deposit") -> Problems:
    """Return what keeps a deposit from going back; what is kept needs its reason."""
    problems = [
        *check_line("payee", draft.payee),
        *check_line("reference", draft.reference),
        *check_text("note", draft.note),
    ]
    if min(draft.back_fen, draft.kept_fen) < 0 or not draft.back_fen + draft.kept_fen:
        problems.append(Problem("back_fen", _("Write how much goes back, or is kept.")))
    elif draft.back_fen + draft.kept_fen > deposit.balance_fen:
        sentence = _("Only {balance} yuan of this deposit are held.")
        words = sentence.format(balance=money_words(deposit.balance_fen))
        problems.append(Problem("back_fen", words))
    if draft.kept_fen:
        problems += check_line("kept_reason", draft.kept_reason, _("Say what it is kept for."))
    return tuple(problems)


def place_warning(
    kind: DepositKind, amount_fen: int, allowed: str, most_yuan: int, source: str
) -> str:
    """Return the sentence that warns where a place forbids or limits decoration deposits."""
    if kind is not DepositKind.DECORATION:
        return ""
    if allowed == "forbidden":
        return _("Here no deposit may be taken for decoration ({source}).").format(source=source)
    if amount_fen > most_yuan * 100:
        return _("Here a deposit for decoration is at most {most} yuan ({source}).").format(
            most=most_yuan, source=source
        )
    return ""


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
