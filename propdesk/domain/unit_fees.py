"""What is said of one house and one item: charged, exempt, reduced, vacant, somebody else pays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from propdesk.domain.fee_items import UnitFeeKind

ONE = 1000
"""A quantity of one, in thousandths."""


@dataclass(frozen=True, slots=True)
class UnitFee:
    """A line of a house and an item, from the first to the last day (None: open).

    `percent` is what is still paid of the price, not what is taken off; `price_e4` stands in for
    the tariff's price; `quantity_milli` is how many are charged (two parking spaces).
    """

    id: int
    unit_id: int
    fee_item_id: int
    kind: UnitFeeKind
    from_on: date
    until_on: date | None = None
    quantity_milli: int = ONE
    percent: int | None = None
    price_e4: int | None = None
    payer_id: int | None = None
    reason: str = ""
    evidence: str = ""
    entered_at: datetime | None = None
    staff: str = ""
    voided_at: datetime | None = None

    def covers(self, day: date) -> bool:
        """Tell whether the line holds on a day."""
        return self.from_on <= day and (self.until_on is None or day <= self.until_on)


def held(lines: Iterable[UnitFee], kind: UnitFeeKind, day: date) -> UnitFee | None:
    """Return the line of a kind that holds on a day; there is one at most."""
    return next((line for line in lines if line.kind is kind and line.covers(day)), None)
