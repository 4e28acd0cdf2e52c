"""Sums in shares that add up exactly (Civil Code 283, R98)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.cost_sharing import share_out

weights = st.lists(st.integers(0, 10**9), min_size=1, max_size=60).filter(sum)


def test_r98_a_shared_meter_by_area_by_hand():
    # 1,200.00 yuan by 89.56, 120.00 and 60.44 m2 of 270.00: 398.0444, 533.3333, 268.6222.
    # Rounded down 398.04 + 533.33 + 268.62 = 1199.99; the odd fen goes to .44, the largest rest.
    assert share_out(120_000, [8956, 12_000, 6044]) == (39_805, 53_333, 26_862)


def test_by_household_the_first_get_the_odd_fen():
    assert share_out(1_000, [1, 1, 1]) == (334, 333, 333)


@given(st.integers(0, 10**11), weights)
def test_the_shares_add_up_and_each_is_within_one_of_its_part(total, parts):
    shares = share_out(total, parts)
    assert sum(shares) == total
    whole = sum(parts)
    for share, part in zip(shares, parts, strict=True):
        assert total * part // whole <= share <= -(-total * part // whole)


@given(st.integers(0, 10**9), weights)
def test_a_heavier_one_never_gets_less_than_a_lighter(total, parts):
    shares = share_out(total, parts)
    order = sorted(range(len(parts)), key=lambda place: parts[place])
    for lighter, heavier in pairwise(order):
        assert shares[lighter] <= shares[heavier] or parts[lighter] == parts[heavier]


@pytest.mark.parametrize(("total", "parts"), [(1, [0, 0]), (-1, [1]), (5, [2, -1]), (1, [])])
def test_nothing_to_share_by_is_a_mistake(total, parts):
    with pytest.raises(ValueError, match="weights"):
        share_out(total, parts)


def test_nothing_among_nobody_is_nothing():
    assert share_out(0, [0, 0]) == (0, 0)
