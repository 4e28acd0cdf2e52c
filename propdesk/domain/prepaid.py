"""Paid ahead: what of it would go back on a day, and when it is more than the place allows.

What was paid for a time that has not been served yet goes back when the service ends (司法解释
2020, art. 3): the balance of the prepaid account, and the unserved part of bills paid ahead.
"""

from dataclasses import dataclass
from datetime import date
from math import ceil

from propdesk.domain.fee_periods import part_until
from propdesk.domain.money import money_words
from propdesk.i18n import _


@dataclass(frozen=True, slots=True)
class AdvanceBill:
    """A bill that was paid although a part of its period is still to come."""

    bill_id: int
    item: str
    from_on: date
    until_on: date
    amount_fen: int
    settled_fen: int

    def refundable_fen(self, on_day: date) -> int:
        """Return what was paid beyond the days served until the end of `on_day`.

        They cost what a bill of them alone would: whole months, the rest by the days of its month.
        The served part is owed first; a part of a fen stays with the payer (rounded up).
        """
        served = self.amount_fen * part_until(self.from_on, self.until_on, on_day)
        return max(0, ceil(self.settled_fen - served))


@dataclass(frozen=True, slots=True)
class Refundable:
    """What would go back to a house on a day: from its account, and of bills paid ahead."""

    on_day: date
    balance_fen: int
    bills: tuple[AdvanceBill, ...]

    @property
    def bills_fen(self) -> int:
        """Return the unserved part of bills that were paid ahead."""
        return sum(bill.refundable_fen(self.on_day) for bill in self.bills)

    @property
    def total_fen(self) -> int:
        """Return all that would go back."""
        return self.balance_fen + self.bills_fen


def prepaid_cap(yearly_fen: int, months: int) -> int:
    """Return how much may be paid ahead: so many months of what the house pays in a year."""
    return yearly_fen * months // 12


def cap_warning(ahead_fen: int, cap_fen: int, months: int, source: str) -> str:
    """Return the sentence that warns of more than may be paid ahead, '' where it is not more."""
    if not cap_fen or ahead_fen <= cap_fen:
        return ""
    return _(
        "{ahead} yuan would be paid ahead; {months} months of this house's charges are {cap} yuan, "
        "and no more should be taken ({source})."
    ).format(ahead=money_words(ahead_fen), months=months, cap=money_words(cap_fen), source=source)
