"""What is typed of prices: steps, floors, rates, and how they overlap (R96, F46)."""

from datetime import date

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_tiers import Tier, check_tiers, tier_parts
from propdesk.domain.money import parse_price, price_words
from propdesk.domain.tariff_drafts import (
    TariffDraft,
    annual_words,
    clashing,
    floors_words,
    parse_floors,
    parse_rate,
    parse_tiers,
    rate_words,
    tiers_words,
)
from propdesk.domain.tariffs import FloorFactor, Tariff


def test_law_1_6_prices_have_up_to_four_decimals():
    assert [parse_price(text) for text in ("1.8", "0.5283", "¥1,200元")] == [
        18_000, 5_283, 12_000_000,
    ]  # fmt: skip
    assert [price_words(one) for one in (18_000, 5_283, 12_000_000)] == ["1.80", "0.5283",
                                                                          "1,200.00"]  # fmt: skip


@pytest.mark.parametrize("typed", ["", "-1", "1.23456", "NaN", "1e308", "一块八", "1,2,3"])
def test_f46_what_is_no_price_is_refused(typed):
    with pytest.raises(RuleError) as refused:
        parse_price(typed)
    assert refused.value.code == "price-unreadable"


def test_steps_and_floors_are_read_and_said_again():
    tiers = (Tier(180_000, 35_000), Tier(260_000, 50_000), Tier(None, 80_000))
    assert parse_tiers("180=3.5，260=5,=8") == tiers
    assert parse_tiers(tiers_words(tiers)) == tiers
    floors = (FloorFactor(-2, 2, 0), FloorFactor(3, 3, 80), FloorFactor(4, None, 100))
    assert parse_floors("-2-2=0,3=80,4-=100") == floors
    assert parse_floors(floors_words(floors)) == floors
    for read, typed in ((parse_tiers, "180"), (parse_floors, "甲=1")):
        with pytest.raises(RuleError):
            read(typed)


@pytest.mark.parametrize(
    "tiers",
    [(Tier(1, 1),), (Tier(None, 1), Tier(None, 1)), (Tier(5, 1), Tier(5, 1), Tier(None, 1))],
)
def test_steps_that_do_not_rise_to_an_open_end_are_told(tiers):
    assert [one.field for one in check_tiers(tiers)] == ["tiers"]


def test_a_usage_over_two_steps_for_two_months():
    # Limits of 10 count twice: 20 at the first price, 5 at the second.
    parts = tier_parts((Tier(10_000, 1), Tier(None, 2)), 25_000, scale=2)
    assert [(one.step, one.quantity_milli) for one in parts] == [(1, 20_000), (2, 5_000)]


def test_law_1_4_a_rate_a_day_and_what_it_is_a_year():
    assert [parse_rate(text) for text in ("0.05%", "0.5‰", "万分之5", "")] == [500, 500, 500, 0]
    assert (rate_words(500), annual_words(500), annual_words(3000)) == (
        "0.5‰",
        "18.25 %",
        "109.50 %",
    )
    with pytest.raises(RuleError):
        parse_rate("0.5")


@pytest.mark.parametrize(
    ("from_on", "until_on", "clash"),
    [
        (date(2025, 1, 1), date(2025, 12, 31), False),
        (date(2025, 1, 1), date(2026, 1, 1), True),
        (date(2026, 6, 30), None, True),
        (date(2026, 7, 1), None, False),
    ],
)
def test_r96_days_are_inclusive(from_on, until_on, clash):
    standing = Tariff(1, 1, date(2026, 1, 1), date(2026, 6, 30))
    draft = TariffDraft(1, 18_000, from_on, until_on)
    assert bool(clashing(draft, [standing])) is clash
    assert not clashing(TariffDraft(2, 18_000, from_on, until_on), [standing])
