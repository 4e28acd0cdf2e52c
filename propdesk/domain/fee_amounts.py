"""What an amount is reckoned from and what comes of it: house, usage, share, line of a bill.

The reckoning itself is `fee_charges.charges_for` (for many houses `fee_charges.ItemCharges`); how
it is said is `fee_workings.working_words`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, Generic, TypeVar

from propdesk.domain.fee_items import Rounding
from propdesk.domain.unit_fees import UnitFee
from propdesk.domain.units import UnitKind, UnitState

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Since(Generic[T]):
    """A value and the day from which it holds; None is as long as is known."""

    from_on: date | None
    value: T


@dataclass(frozen=True, slots=True)
class Debtor:
    """Who owes from the first to the last day (None: open); of several owners the first named."""

    person_id: int | None
    from_on: date | None = None
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Chargeable:
    """A house as it is charged: what it is, since when, whose, and what is said of its items.

    `area_dm2` holds where `areas` is empty, else the line of `areas` that has begun. `fees` are the
    lines that are not void. `delivered_on` None is not known: then the states decide.
    """

    unit_id: int
    short: str
    kind: UnitKind
    community_id: int
    building_id: int
    floor: int | None = None
    area_dm2: int | None = None
    areas: tuple[Since[int | None], ...] = ()
    states: tuple[Since[UnitState | None], ...] = ()
    delivered_on: date | None = None
    debtors: tuple[Debtor, ...] = ()
    fees: tuple[UnitFee, ...] = ()


@dataclass(frozen=True, slots=True)
class Usage:
    """What a meter counted from the first to the last day, multiplier and turns included.

    `year_before_milli` was used before it in the same calendar year, for yearly steps.
    `trued_milli` is off the usage because an estimate charged it already; below zero, the estimate
    charged so much that the next usage takes it off. `replaces_id` is the meter in whose place it
    came: the steps of a price count over both.
    """

    meter_id: int
    number: str
    from_on: date
    until_on: date
    first_milli: int
    last_milli: int
    usage_milli: int
    multiplier_milli: int = 1000
    turned: int = 0
    is_estimated: bool = False
    year_before_milli: int = 0
    trued_milli: int = 0
    replaces_id: int | None = None


@dataclass(frozen=True, slots=True)
class Share:
    """A house's share of a common cost, with the base that it was reckoned from.

    `base` and `base_total` are dm² by area, households by household, thousandths by usage.
    """

    shared_cost_id: int
    from_on: date
    until_on: date
    amount_fen: int
    total_fen: int
    share_by: str
    base: int
    base_total: int


@dataclass(frozen=True, slots=True)
class ChargeLine:
    """A line that becomes a bill: one item, one debtor, one period, and how the amount came.

    `person_id` owes by law, `payer_id` agreed to pay instead (条例 41).
    """

    from_on: date
    until_on: date
    due_on: date
    amount_fen: int
    person_id: int | None
    payer_id: int | None
    tariff_id: int | None
    meter_id: int | None
    shared_cost_id: int | None
    working: Mapping[str, Any]


def round_fen(exact: Fraction | int, rounding: Rounding) -> int:
    """Return an exact amount in fen, rounded once by the item's rule."""
    step, manner = _STEPS[rounding]
    # Whole numbers throughout: a bill run rounds 30,000 of them.
    part, whole = exact.numerator, exact.denominator * step
    if manner == "up":
        return -(-part // whole) * step
    if manner == "half-up":
        return (2 * part + whole) // (2 * whole) * step
    return part // whole * step


_UNITS = {"fen": 1, "jiao": 10, "yuan": 100}
_STEPS = {
    rounding: (_UNITS[unit], manner)
    for rounding in Rounding
    for unit, _dash, manner in [rounding.value.partition("-")]
}


def exact_words(fen: Fraction) -> str:
    """Return an exact amount of fen for the eye, to a thousandth of a fen."""
    rounded = Decimal(fen.numerator) / Decimal(fen.denominator)
    return f"{rounded:.3f}".rstrip("0").rstrip(".")
