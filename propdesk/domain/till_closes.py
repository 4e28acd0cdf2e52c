"""The daily close of a cashier's till: what should be there, what was counted, why it differs.

Requirement 15: sums by means, receipts from and to, void ones, cash counted, the difference with
its reason. What was closed is frozen; the next close begins after it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems, check_line, check_text
from propdesk.domain.money import MOST_FEN, money_words
from propdesk.domain.payments import Payment
from propdesk.domain.till import Means, PaymentKind
from propdesk.i18n import _

SERIES = "till-close"
_LETTERS = "RJ"


@dataclass(frozen=True, slots=True)
class MeansSum:
    """What came in and went back by one means, and on how many receipts."""

    means: Means
    received_fen: int
    returned_fen: int
    count: int

    @property
    def rest_fen(self) -> int:
        """Return what is left."""
        return self.received_fen - self.returned_fen


@dataclass(frozen=True, slots=True)
class TillCount:
    """What a till stands at: sums by means and the receipts behind them, void ones apart."""

    sums: tuple[MeansSum, ...]
    receipts: int
    voided: int
    first_number: str
    last_number: str
    voided_numbers: tuple[str, ...] = ()

    @property
    def cash_fen(self) -> int:
        """Return the cash that should be there."""
        return sum(one.rest_fen for one in self.sums if one.means is Means.CASH)

    @property
    def total_fen(self) -> int:
        """Return the sum over all means."""
        return sum(one.rest_fen for one in self.sums)


@dataclass(frozen=True, slots=True)
class TillClose:
    """A till that was closed."""

    id: int
    number: str
    staff_id: int
    cashier: str
    on_day: date
    closed_at: datetime
    closed_by: str
    checked_by: str
    count: TillCount
    counted_fen: int
    difference_reason: str
    note: str

    @property
    def difference_fen(self) -> int:
        """Return what was counted more (or less, below zero) than should be there."""
        return self.counted_fen - self.count.cash_fen


def close_number(year: int, sequence: int) -> str:
    """Return the number of the `sequence`-th close of a year."""
    return f"{_LETTERS}-{year:04d}-{sequence:04d}"


def count_till(payments: Iterable[Payment]) -> TillCount:
    """Return what these receipts come to; void ones are counted, their money is not."""
    ordered = sorted(payments, key=lambda one: one.id)
    valid = [one for one in ordered if not one.is_void]
    sums = []
    for means in Means:
        parts = [
            (one.kind, part.amount_fen)
            for one in valid
            for part in one.means
            if part.means is means
        ]
        if parts:
            received = sum(fen for kind, fen in parts if kind is PaymentKind.RECEIPT)
            returned = -sum(fen for kind, fen in parts if kind is PaymentKind.REFUND)
            sums.append(MeansSum(means, received, returned, len(parts)))
    return TillCount(
        sums=tuple(sums),
        receipts=len(ordered),
        voided=len(ordered) - len(valid),
        first_number=ordered[0].number if ordered else "",
        last_number=ordered[-1].number if ordered else "",
        voided_numbers=tuple(one.number for one in ordered if one.is_void),
    )


def check_close(count: TillCount, counted_fen: int, reason: str, note: str) -> Problems:
    """Return what keeps a till from being closed: a difference needs its reason."""
    problems = [*check_line("difference_reason", reason), *check_text("note", note)]
    if not 0 <= counted_fen <= MOST_FEN:
        problems.append(Problem("counted_fen", _("Write how much cash was counted.")))
    elif counted_fen != count.cash_fen and not reason:
        sentence = _(
            "{cash} yuan should be there in cash, {counted} were counted: {difference}. Count once "
            "more, or write why."
        )
        words = sentence.format(
            cash=money_words(count.cash_fen),
            counted=money_words(counted_fen),
            difference=money_words(counted_fen - count.cash_fen),
        )
        problems.append(Problem("difference_reason", words))
    return tuple(problems)


def sums_to_stored(count: TillCount) -> dict[str, object]:
    """Return the sums as the file keeps them, with the numbers that were void."""
    return {
        "means": {
            one.means.value: [one.received_fen, one.returned_fen, one.count] for one in count.sums
        },
        "voided": list(count.voided_numbers),
    }


def sums_from_stored(
    stored: Mapping[str, Mapping[str, list[int]]],
) -> tuple[MeansSum, ...]:
    """Return the sums by means as they were kept."""
    return tuple(
        MeansSum(Means(means), *figures) for means, figures in stored.get("means", {}).items()
    )
