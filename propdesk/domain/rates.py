"""Rates with their numerator and denominator, and durations by the nearest-rank method."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal


def rounded(value: Decimal, places: int) -> Decimal:
    """Round a figure as people do: a half goes up."""
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Rate:
    """A share that never stands alone: numerator and denominator are printed with it."""

    numerator: int
    denominator: int

    def percent(self, places: int = 1) -> Decimal | None:
        """Return the share in per cent, or None where there is nothing to divide by."""
        if self.denominator == 0:
            return None
        return rounded(Decimal(self.numerator * 100) / self.denominator, places)


def nearest_rank(ordered: Sequence[timedelta], percent: int) -> timedelta:
    """Return the percentile of sorted durations by the nearest-rank method.

    It is the smallest one that at least `percent` per cent of all do not exceed: always a
    duration that really happened, never one in between. `ordered` must not be empty.
    """
    return ordered[max(-(-percent * len(ordered) // 100), 1) - 1]


@dataclass(frozen=True, slots=True)
class Spread:
    """How long something took in `n` cases: the middle case and the 90th of a hundred."""

    n: int
    median: timedelta | None
    p90: timedelta | None

    @classmethod
    def of(cls, durations: Sequence[timedelta]) -> "Spread":
        """Count durations in any order; without any there is no middle."""
        if not durations:
            return cls(0, None, None)
        ordered = sorted(durations)
        return cls(len(ordered), nearest_rank(ordered, 50), nearest_rank(ordered, 90))


def in_hours(duration: timedelta) -> Decimal:
    """Return a duration in hours with one decimal."""
    return rounded(Decimal(int(duration.total_seconds())) / 3600, 1)


def in_days(duration: timedelta) -> Decimal:
    """Return a duration in days with one decimal."""
    return rounded(Decimal(int(duration.total_seconds())) / 86400, 1)
