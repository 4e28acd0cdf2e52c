"""Shares of joint owners: read exactly, said as people say them, never more than the whole."""

from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk import i18n
from propdesk.domain.shares import (
    MOST_PARTS,
    OwnerStay,
    most_shared,
    read_share,
    share_words,
    shares_hint,
)

SHARES = st.integers(1, MOST_PARTS).flatmap(
    lambda whole: st.integers(1, whole).map(lambda part: Fraction(part, whole))
)
DAYS = st.none() | st.dates(date(2000, 1, 1), date(2000, 3, 1))


@pytest.mark.parametrize(
    ("typed", "share"),
    [
        ("1/2", Fraction(1, 2)),
        (" １／３ ", Fraction(1, 3)),
        ("2/4", Fraction(1, 2)),
        ("50%", Fraction(1, 2)),
        ("３３．３％", Fraction(333, 1000)),
        ("33.3333 %", Fraction(333333, 1_000_000)),
        ("100%", Fraction(1)),
        ("1/1", Fraction(1)),
        ("1/1000000", Fraction(1, 1_000_000)),
        ("", None),
        ("　", None),
    ],
)
def test_a_share_is_read_exactly(typed, share):
    assert read_share(typed) == share


@pytest.mark.parametrize(
    "typed",
    ["0/2", "3/2", "1/0", "0%", "101%", "50", "0.5", "-1/2", "1/2000000", "NaN", "1e308%",
     "33.33333%", "一半", "1/2/3", "1 /2 x"],
)  # fmt: skip
def test_f46_what_is_no_share_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match="1/2") as refused:
        read_share(typed)
    assert typed.strip()[:20] in str(refused.value)


@given(SHARES)
def test_what_is_said_is_read_back_exactly(share):
    assert read_share(share_words(share)) == share


@pytest.mark.parametrize(
    ("share", "words"),
    [
        (Fraction(1, 2), "1/2"),
        (Fraction(1, 3), "1/3"),
        (Fraction(333, 1000), "33.3%"),
        (Fraction(1, 200), "0.5%"),
        (Fraction(1, 37), "1/37"),
        (Fraction(1), "100%"),
        (Fraction(7, 6), "7/6"),
        (None, ""),
    ],
)
def test_shares_are_said_as_people_say_them(share, words):
    assert share_words(share) == words


@given(st.lists(st.tuples(DAYS, DAYS, st.none() | SHARES), max_size=6))
def test_no_day_has_more_shares_than_the_most(stays):
    owners = [OwnerStay(*one) for one in stays]
    on_each_day = [
        sum(
            (
                one.share
                for one in owners
                if one.share is not None
                and (one.from_on is None or one.from_on <= day)
                and (one.to_on is None or one.to_on > day)
            ),
            Fraction(0),
        )
        for day in map(date.fromordinal, range(date(1999, 12, 31).toordinal(), 730_300))
    ]
    assert most_shared(owners) == max(on_each_day)


def test_a_house_that_changes_hands_has_one_owner_on_that_day():
    day = date(2026, 11, 21)
    whole = Fraction(1)
    assert most_shared([OwnerStay(None, day, whole), OwnerStay(day, None, whole)]) == 1
    assert (
        most_shared([OwnerStay(None, date(2026, 11, 22), whole), OwnerStay(day, None, whole)]) == 2
    )


@pytest.mark.parametrize(
    ("shares", "told"),
    [
        ([], ""),
        ([None, None], ""),
        ([Fraction(1)], ""),
        ([Fraction(1, 2), Fraction(1, 2)], ""),
        ([Fraction(1, 2), Fraction(1, 3)], "The shares make 5/6; 1/6 is missing."),
        ([Fraction(1, 2), None], "Some owners have no share written; 1/2 is left for them."),
        ([Fraction(1), None], "Some owners have no share written, and nothing is left for them."),
    ],
)
def test_shares_below_the_whole_are_told(shares, told):
    i18n.set_language("en")
    assert shares_hint(shares) == told
