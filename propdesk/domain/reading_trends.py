"""What a course of readings does: it falls or rises, and is out of limits so often in a row."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import takewhile
from statistics import StatisticsError, correlation

# Fewer readings are no course; with less correlation they only waver.
LEAST_READINGS = 6
CLEAR_CORRELATION = 0.7


@dataclass(frozen=True, slots=True)
class Course:
    """Which way readings go, and how many of the last ones are out of limits on one side.

    `slope` is -1 falling, 1 rising, 0 neither; `in_a_row` is negative below the limits.
    """

    slope: int
    in_a_row: int


def course_of(readings: Sequence[tuple[int, int]]) -> Course:
    """Return what readings do, given as value and side of the limits, in their order."""
    if not readings:
        return Course(0, 0)
    last = readings[-1][1]
    same = list(takewhile(lambda one: one[1] == last, reversed(readings)))
    return Course(_slope([value for value, _side in readings]), last * len(same))


def _slope(values: Sequence[int]) -> int:
    if len(values) < LEAST_READINGS:
        return 0
    try:
        found = correlation(range(len(values)), values)
    except StatisticsError:  # all the same
        return 0
    if abs(found) < CLEAR_CORRELATION:
        return 0
    return -1 if found < 0 else 1
