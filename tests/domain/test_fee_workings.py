"""The working of a bill in words (R98)."""

from dataclasses import replace
from datetime import date

import pytest

from propdesk import i18n
from propdesk.domain.fee_amounts import Chargeable, Debtor, Share, Usage
from propdesk.domain.fee_charges import charges_for
from propdesk.domain.fee_items import Charges, FeeItem, Formula, Income, UnitFeeKind
from propdesk.domain.fee_tiers import Tier
from propdesk.domain.fee_workings import working_words
from propdesk.domain.tariffs import FloorFactor, Tariff
from propdesk.domain.unit_fees import UnitFee
from propdesk.domain.units import UnitKind

NOV = date(2026, 11, 1), date(2026, 11, 30)
HOME = Chargeable(1, "3-2-501", UnitKind.HOME, 1, 1, 5, 8956, debtors=(Debtor(7),))


def said(formula, tariff, house=HOME, **given):
    item = FeeItem(1, "x", "x", formula, Income.SERVICE, Charges.ALL)
    known = [Tariff(1, 1, date(2020, 1, 1), **tariff)]
    return [working_words(line.working) for line in charges_for(item, known, house, *NOV, **given)]


@pytest.fixture(autouse=True)
def english():
    i18n.set_language("en")
    yield
    i18n.set_language(i18n.DEFAULT)


def test_r98_a_month_by_area_is_said_with_its_rounding():
    assert said(Formula.AREA, {"price_e4": 18_000}) == [
        [
            "2026-11-01 to 2026-11-30: 89.56 m² × 1.80 yuan × 1 month = 161.208 yuan",
            "Sum 161.208 yuan. To the fen, halves up: 161.21 yuan",
        ]
    ]


def test_r98_days_floor_vacancy_and_the_developer_are_said():
    vacant = UnitFee(1, 1, 1, UnitFeeKind.VACANT, date(2026, 11, 16), percent=60)
    house = replace(HOME, fees=(vacant,), delivered_on=date(2026, 11, 16))
    factors = (FloorFactor(1, None, 50),)
    first, second = said(Formula.AREA, {"price_e4": 18_000, "floor_factors": factors}, house)
    assert first[0].startswith("Before the handing over")
    assert second[0] == (
        "2026-11-16 to 2026-11-30: 89.56 m² × 1.80 yuan × 15/30 month × floor 50 % × "
        "60 % (vacant) = 24.1812 yuan"
    )


def test_r98_a_meter_in_steps_is_said_with_its_readings():
    usage = Usage(
        5, "W-1", *NOV, 9_990_000, 6_000, 640_000, multiplier_milli=40_000, turned=1,
        is_estimated=True,
    )  # fmt: skip
    tiers = (Tier(100_000, 35_000), Tier(None, 50_000))
    (words,) = said(Formula.METER, {"tiers": tiers}, usages=[usage])
    assert words == [
        (
            "Meter W-1, 2026-11-01 to 2026-11-30: 9,990 to 6, through zero 1 time, times 40, "
            "estimated; used 640"
        ),
        "Limits per month: 100",
        "Step 1: 100 × 3.50 yuan = 350.00 yuan",
        "Step 2: 540 × 5.00 yuan = 2,700.00 yuan",
        "Sum 3,050.00 yuan. To the fen, halves up: 3,050.00 yuan",
    ]


def test_r98_a_share_is_said_with_its_base():
    share = Share(4, *NOV, 871, 120_000, "area", 8956, 1_234_567)
    assert said(Formula.SHARED, {}, shares=[share]) == [
        ["2026-11-01 to 2026-11-30: 1,200.00 yuan, By area: 89.56 m² of 12,345.67 m² = 8.71 yuan"]
    ]


def test_a_bill_without_a_working_says_nothing():
    assert working_words({}) == []
