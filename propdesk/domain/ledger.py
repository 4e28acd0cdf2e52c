"""The ledger: each move of money as lines of an act that add up to zero, never changed.

By double entry: debit stands above zero, credit below. Money that comes in is a debit of `money`;
what it settles is a credit of a bill, of the prepaid account or of a deposit, whose balances are
therefore the negated sums. A waiver takes the place of money. What was wrong is undone by lines of
the opposite sign (冲红), so that the sum over everything is zero at any time.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class Account(StrEnum):
    """Where a line of the ledger belongs."""

    MONEY = "money"
    BILL = "bill"
    PREPAID = "prepaid"
    DEPOSIT = "deposit"
    WAIVED = "waived"
    INCOME = "income"
    OPENING = "opening"


class Act(StrEnum):
    """What moved the money."""

    PAYMENT = "payment"
    VOID = "void"
    REFUND = "refund"
    PREPAID_USE = "prepaid-use"
    PREPAID_UNDO = "prepaid-undo"
    WAIVER = "waiver"
    WAIVER_UNDO = "waiver-undo"
    DEPOSIT_KEPT = "deposit-kept"
    OPENING = "opening"
    OPENING_UNDO = "opening-undo"


ACT_LABELS: Mapping[Act, LazyText] = {
    Act.PAYMENT: _lazy("Money taken"),
    Act.VOID: _lazy("Void"),
    Act.REFUND: _lazy("Refund"),
    Act.PREPAID_USE: _lazy("From the prepaid account"),
    Act.PREPAID_UNDO: _lazy("Back to the prepaid account"),
    Act.WAIVER: _lazy("Waived"),
    Act.WAIVER_UNDO: _lazy("Waiver taken back"),
    Act.DEPOSIT_KEPT: _lazy("Deposit kept"),
    Act.OPENING: _lazy("Balance brought forward"),
    Act.OPENING_UNDO: _lazy("Balance brought forward, undone"),
}


ACCOUNT_LABELS: Mapping[Account, LazyText] = {
    Account.MONEY: _lazy("Money"),
    Account.BILL: _lazy("Bill"),
    Account.PREPAID: _lazy("Prepaid account"),
    Account.DEPOSIT: _lazy("Deposit"),
    Account.WAIVED: _lazy("Waived"),
    Account.INCOME: _lazy("Income"),
    Account.OPENING: _lazy("Brought forward"),
}


@dataclass(frozen=True, slots=True)
class LedgerLine:
    """One side of a move: account, whole fen (debit above zero), and what it is about."""

    account: Account
    amount_fen: int
    bill_id: int | None = None
    deposit_id: int | None = None
    fee_item_id: int | None = None


def reverse(lines: Iterable[LedgerLine]) -> tuple[LedgerLine, ...]:
    """Return the lines that undo these."""
    return tuple(replace(line, amount_fen=-line.amount_fen) for line in lines)


def check_balanced(lines: Iterable[LedgerLine]) -> None:
    """Stop an act whose lines do not add up to zero: that is the program's mistake, nobody else's.

    Raises ValueError.
    """
    rest = sum(line.amount_fen for line in lines)
    if rest:
        message = f"the lines of an act of the ledger leave {rest} fen"
        raise ValueError(message)
