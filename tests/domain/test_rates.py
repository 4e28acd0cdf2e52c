"""Rates and percentiles as the paper prints them."""

from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.rates import Rate, Spread, in_days, in_hours, nearest_rank


@pytest.mark.parametrize(
    ("rate", "places", "percent"),
    [
        (Rate(48, 55), 1, "87.3"),
        (Rate(46, 1286), 2, "3.58"),
        (Rate(1, 8), 0, "13"),  # a half goes up
        (Rate(0, 7), 1, "0.0"),
    ],
)
def test_percent(rate, places, percent):
    assert rate.percent(places) == Decimal(percent)


def test_nothing_to_divide_by_is_no_rate():
    assert Rate(0, 0).percent() is None
    assert Spread.of([]) == Spread(0, None, None)


def test_the_middle_and_the_90th_are_cases_that_happened():
    spread = Spread.of([timedelta(hours=hours) for hours in (10, 1, 2, 9, 3, 8, 4, 7, 5, 6)])
    assert (spread.n, spread.median, spread.p90) == (10, timedelta(hours=5), timedelta(hours=9))
    assert Spread.of([timedelta(hours=1)]).p90 == timedelta(hours=1)


@given(st.lists(st.timedeltas(timedelta(), timedelta(365)), min_size=1), st.integers(1, 100))
def test_nearest_rank_is_the_smallest_that_reaches_the_share(durations, percent):
    found = nearest_rank(sorted(durations), percent)
    reached = sum(duration <= found for duration in durations)
    below = sum(duration < found for duration in durations)
    assert reached * 100 >= percent * len(durations) > below * 100


def test_hours_and_days_have_one_decimal():
    assert in_hours(timedelta(hours=3, minutes=15)) == Decimal("3.3")
    assert in_days(timedelta(hours=36)) == Decimal("1.5")
