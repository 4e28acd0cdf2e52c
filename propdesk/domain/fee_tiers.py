"""Prices in steps (阶梯): what lies up to a limit costs one price, what lies above it another."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import pairwise

from propdesk.domain.errors import Problem
from propdesk.domain.fields import Problems
from propdesk.i18n import LazyText, _, _lazy

MOST_STEPS = 9


class TierBase(StrEnum):
    """What the limits of the steps are counted over."""

    MONTH = "month"
    YEAR = "year"
    READING = "reading"


TIER_BASE_LABELS: dict[TierBase, LazyText] = {
    TierBase.MONTH: _lazy("Limits per month"),
    TierBase.YEAR: _lazy("Limits per calendar year"),
    TierBase.READING: _lazy("Limits per reading"),
}


@dataclass(frozen=True, slots=True)
class Tier:
    """A step: its price up to `limit_milli` in thousandths, None is without a limit."""

    limit_milli: int | None
    price_e4: int


@dataclass(frozen=True, slots=True)
class TierPart:
    """What of a usage lies in one step (from 1), and its price."""

    step: int
    quantity_milli: int
    price_e4: int


def tier_parts(
    tiers: Sequence[Tier], usage_milli: int, *, before_milli: int = 0, scale: Fraction | int = 1
) -> tuple[TierPart, ...]:
    """Return how a usage falls into the steps.

    `before_milli` was used before it within the same base and fills the lower steps already;
    `scale` is how many times the base the period is (two months: the limits count twice).
    """
    parts: list[TierPart] = []
    begin, rest = before_milli, usage_milli
    for step, tier in enumerate(tiers, 1):
        limit = tier.limit_milli
        room = rest if limit is None else max(int(limit * scale) - begin, 0)
        taken = min(room, rest)
        if taken:
            parts.append(TierPart(step, taken, tier.price_e4))
            begin, rest = begin + taken, rest - taken
    return tuple(parts)


def check_tiers(tiers: Sequence[Tier]) -> Problems:
    """Return what is wrong with steps: limits rise, and the last one has none."""
    if not tiers:
        return ()
    limits = [tier.limit_milli for tier in tiers]
    if len(tiers) > MOST_STEPS:
        sentence = _("At most {most} steps can be given.").format(most=MOST_STEPS)
        return (Problem("tiers", sentence),)
    if limits[-1] is not None or None in limits[:-1]:
        return (Problem("tiers", _("The last step, and only it, has no limit.")),)
    bounds = [0, *(limit for limit in limits if limit is not None)]
    if any(later <= earlier for earlier, later in pairwise(bounds)):
        return (Problem("tiers", _("The limit of each step must be above the one before.")),)
    return ()
