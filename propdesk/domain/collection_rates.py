"""The collection rate (收缴率): by amount and by household, of what fell due in a period.

- Billed (应收): the bills that fell due in the period, less what was waived of them.
- Collected (实收): what was settled of these bills up to now, by money or from the prepaid account.
- Rate by amount (金额收缴率): collected / billed.
- Rate by household (户数收缴率): houses that owe nothing of these bills / houses that had one.
- Earlier arrears collected (清欠额): what came in during the period for bills that had fallen due
  before the year in which the period begins.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Collection:
    """What was billed and collected in a building, or in all (`building_id` None)."""

    building_id: int | None
    building: str
    units: int
    paid_units: int
    amount_fen: int
    waived_fen: int
    settled_fen: int
    earlier_fen: int

    @property
    def billed_fen(self) -> int:
        """What was to come in: the bills less what was waived."""
        return self.amount_fen - self.waived_fen

    @property
    def collected_fen(self) -> int:
        """What came in of it: a waiver settles a bill and is no money."""
        return self.settled_fen - self.waived_fen

    @property
    def rate(self) -> Fraction | None:
        """The rate by amount; None where nothing was billed."""
        return Fraction(self.collected_fen, self.billed_fen) if self.billed_fen else None

    @property
    def unit_rate(self) -> Fraction | None:
        """The rate by household; None where no house had a bill."""
        return Fraction(self.paid_units, self.units) if self.units else None


def sum_collection(found: Sequence[Collection]) -> Collection:
    """Return the sums of several buildings."""
    return Collection(
        None,
        "",
        sum(one.units for one in found),
        sum(one.paid_units for one in found),
        sum(one.amount_fen for one in found),
        sum(one.waived_fen for one in found),
        sum(one.settled_fen for one in found),
        sum(one.earlier_fen for one in found),
    )


def percent_words(rate: Fraction | None) -> str:
    """Return a rate as `93.4 %`; rounded down, so that 100 % means everything came in."""
    if rate is None:
        return "—"
    tenths = int(rate * 1000)
    return f"{tenths // 10}.{tenths % 10} %"
