"""Amounts of fees, with the sums done by hand (R96, R97; 民法典 283, 条例 41)."""

from dataclasses import replace
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_amounts import Chargeable, Debtor, Share, Since, Usage, round_fen
from propdesk.domain.fee_charges import ItemCharges, charges_for
from propdesk.domain.fee_items import (
    Charges,
    FeeItem,
    Formula,
    Income,
    Partial,
    Rounding,
    UnitFeeKind,
)
from propdesk.domain.fee_periods import add_months, due_day, first_day, last_day, months_between
from propdesk.domain.fee_tiers import Tier, TierBase
from propdesk.domain.tariffs import FloorFactor, Tariff
from propdesk.domain.unit_fees import UnitFee
from propdesk.domain.units import UnitKind, UnitState

SELLER, BUYER, TENANT = 7, 8, 9
SERVICE = FeeItem(1, "wy", "物业服务费", Formula.AREA, Income.SERVICE, Charges.ALL, due_day=10)
PRICE = Tariff(1, 1, date(2020, 1, 1), price_e4=18_000)  # 1.80 yuan
HOME = Chargeable(1, "3-2-501", UnitKind.HOME, 1, 1, 5, 8956, debtors=(Debtor(SELLER),))
NOV = date(2026, 11, 1), date(2026, 11, 30)
WATER = FeeItem(2, "sf", "水费", Formula.METER, Income.COLLECTED, Charges.ALL, due_day=10)
SPLIT = (Debtor(SELLER, None, date(2026, 11, 10)), Debtor(BUYER, date(2026, 11, 11)))


def amounts(lines):
    return [(str(line.from_on), str(line.until_on), line.amount_fen) for line in lines]


def test_r96_a_whole_month_is_area_times_price():
    # 89.56 m2 x 1.80 = 161.208 -> 161.21
    (line,) = charges_for(SERVICE, [PRICE], HOME, *NOV)
    assert (line.amount_fen, line.person_id, line.tariff_id) == (16_121, SELLER, 1)
    assert line.due_on == date(2026, 11, 10)


def test_r96_a_line_a_month_billed_by_the_quarter_falls_due_together():
    item = replace(SERVICE, billed_months=3)
    lines = charges_for(item, [PRICE], HOME, date(2026, 10, 1), date(2026, 12, 31))
    assert [line.amount_fen for line in lines] == [16_121] * 3
    assert {line.due_on for line in lines} == {date(2026, 10, 10)}
    # One line for the quarter is rounded once: 161.208 x 3 = 483.624 -> 483.62, not 483.63.
    item = replace(SERVICE, line_months=3, billed_months=3)
    (line,) = charges_for(item, [PRICE], HOME, date(2026, 10, 1), date(2026, 12, 31))
    assert line.amount_fen == 48_362


@pytest.mark.parametrize(
    ("partial", "delivered", "fen"),
    [
        # 11 days of 30: 161.208 x 11/30 = 59.1096
        (Partial.BY_DAY, date(2026, 11, 20), [(SELLER, 10_210, True), (SELLER, 5_911, False)]),
        # The month is the developer's, who owes on its first day.
        (Partial.WHOLE, date(2026, 11, 20), [(SELLER, 16_121, True)]),
        # On or before the 15th the first half is his, whose it is on the 1st: 80.604 each.
        (Partial.HALF_MONTH, date(2026, 11, 20), [(SELLER, 16_121, True)]),
        (Partial.HALF_MONTH, date(2026, 11, 16), [(SELLER, 8_060, True), (SELLER, 8_060, False)]),
    ],
)
def test_regulation_41_before_delivery_the_developer_owes(partial, delivered, fen):
    item = replace(SERVICE, partial=partial)
    house = replace(HOME, delivered_on=delivered)
    lines = charges_for(item, [PRICE], house, *NOV)
    said = [(one.person_id, one.amount_fen, one.working.get("developer", False)) for one in lines]
    assert said == fen


def test_an_undelivered_state_marks_the_developer_too():
    house = replace(
        HOME,
        states=(Since(None, UnitState.UNDELIVERED), Since(date(2026, 11, 16), UnitState.VACANT)),
    )
    lines = charges_for(SERVICE, [PRICE], house, *NOV)
    # 15 of 30 days each: 80.604
    assert [(one.amount_fen, one.working.get("developer")) for one in lines] == [
        (8_060, True),
        (8_060, None),
    ]


def test_r96_a_transfer_in_the_month_is_split_by_days():
    # The seller has 10 of 30 days: 161.208/3 = 53.736 -> 53.74; the buyer 20: 107.472 -> 107.47.
    lines = charges_for(SERVICE, [PRICE], replace(HOME, debtors=SPLIT), *NOV)
    assert [(one.person_id, one.amount_fen) for one in lines] == [(SELLER, 5_374), (BUYER, 10_747)]
    # The buyer owes nothing before the house is his.
    assert [one.due_on for one in lines] == [date(2026, 11, 10), date(2026, 11, 11)]
    december = charges_for(
        replace(SERVICE, billed_months=3),
        [PRICE],
        replace(HOME, debtors=SPLIT),
        date(2026, 12, 1),
        date(2026, 12, 31),
    )
    assert december[0].due_on == date(2026, 11, 11)


def test_r96_a_new_price_begins_a_new_bill_at_its_price():
    # 14 of 30 days at 1.80: 75.2304; 16 of 30 at 2.10: 89.56 x 2.10 x 16/30 = 100.3072.
    old = replace(PRICE, until_on=date(2026, 11, 14))
    new = Tariff(2, 1, date(2026, 11, 15), price_e4=21_000)
    lines = charges_for(SERVICE, [old, new], HOME, *NOV)
    assert [(one.tariff_id, one.amount_fen) for one in lines] == [(1, 7_523), (2, 10_031)]


def test_r96_the_narrower_price_holds_and_void_ones_never():
    building = Tariff(2, 1, date(2020, 1, 1), building_id=1, price_e4=20_000)
    community = Tariff(3, 1, date(2020, 1, 1), community_id=1, price_e4=19_000)
    elsewhere = Tariff(4, 1, date(2020, 1, 1), building_id=2, price_e4=90_000)
    known = [PRICE, building, community, elsewhere]
    assert charges_for(SERVICE, known, HOME, *NOV)[0].tariff_id == 2
    void = replace(building, voided_at=NOV[0])
    assert charges_for(SERVICE, [PRICE, void, community], HOME, *NOV)[0].tariff_id == 3


def test_law_1_2_a_vacant_house_pays_less_after_some_months():
    # Vacant since 16 May, 60 % after six months: from 16 November.
    # 15/30 x 161.208 = 80.604, and 80.604 x 60 % = 48.3624; together 128.9664.
    price = replace(PRICE, vacancy_percent=60, vacancy_after_months=6)
    vacant = UnitFee(1, 1, 1, UnitFeeKind.VACANT, date(2026, 5, 16))
    (line,) = charges_for(SERVICE, [price], replace(HOME, fees=(vacant,)), *NOV)
    assert line.amount_fen == 12_897
    assert [part.get("percent") for part in line.working["parts"]] == [None, 60]
    # Without a percentage anywhere it pays in full.
    (line,) = charges_for(SERVICE, [PRICE], replace(HOME, fees=(vacant,)), *NOV)
    assert line.amount_fen == 16_121


def test_r96_exempt_reduced_and_another_payer():
    def with_fee(**said):
        line = UnitFee(1, 1, 1, from_on=date(2026, 11, 16), **said)
        return charges_for(SERVICE, [PRICE], replace(HOME, fees=(line,)), *NOV)

    assert [one.amount_fen for one in with_fee(kind=UnitFeeKind.EXEMPT)] == [8_060]
    # 80.604 + 80.604 / 2 = 120.906
    assert [one.amount_fen for one in with_fee(kind=UnitFeeKind.REDUCED, percent=50)] == [12_091]
    # 80.604 + 89.56 x 1.00 / 2 = 125.384
    assert [one.amount_fen for one in with_fee(kind=UnitFeeKind.REDUCED, price_e4=10_000)] == [
        12_538
    ]
    lines = with_fee(kind=UnitFeeKind.PAYER, payer_id=TENANT)
    assert [(one.person_id, one.payer_id) for one in lines] == [(SELLER, None), (SELLER, TENANT)]


def test_f46_february_of_a_leap_year_has_29_days():
    # Delivered on 29 February 2028: one of 29 days, 161.208/29 = 5.55889...
    house = replace(HOME, delivered_on=date(2028, 2, 29))
    lines = charges_for(SERVICE, [PRICE], house, date(2028, 2, 1), date(2028, 2, 29))
    assert amounts(lines)[-1] == ("2028-02-29", "2028-02-29", 556)


def test_a_chosen_item_is_paid_by_those_with_a_line_by_number_of_pieces():
    parking = FeeItem(3, "tc", "停车费", Formula.FIXED, Income.SERVICE, Charges.CHOSEN)
    price = Tariff(3, 3, date(2020, 1, 1), price_e4=1_500_000)
    assert charges_for(parking, [price], HOME, *NOV) == ()
    # Two spaces of 150 yuan from 21 November: 300 x 10/30 = 100.
    line = UnitFee(1, 1, 3, UnitFeeKind.CHARGED, date(2026, 11, 21), quantity_milli=2000)
    (bill,) = charges_for(parking, [price], replace(HOME, fees=(line,)), *NOV)
    assert amounts([bill]) == [("2026-11-21", "2026-11-30", 10_000)]


def test_a_charge_is_made_once_on_its_day():
    waste = FeeItem(4, "lj", "清运费", Formula.ONE_OFF, Income.SERVICE, Charges.CHOSEN)
    price = Tariff(4, 4, date(2020, 1, 1), price_e4=3_000_000)
    line = UnitFee(1, 1, 4, UnitFeeKind.CHARGED, date(2026, 11, 5))
    house = replace(HOME, fees=(line,))
    assert amounts(charges_for(waste, [price], house, *NOV)) == [
        ("2026-11-05", "2026-11-05", 30_000)
    ]
    assert charges_for(waste, [price], house, date(2026, 12, 1), date(2026, 12, 31)) == ()


def test_floors_pay_their_factor_and_an_unknown_floor_is_told():
    lift = replace(PRICE, floor_factors=(FloorFactor(1, 2, 0), FloorFactor(3, None, 80)))
    # 161.208 x 80 % = 128.9664
    assert charges_for(SERVICE, [lift], HOME, *NOV)[0].amount_fen == 12_897
    assert charges_for(SERVICE, [lift], replace(HOME, floor=2), *NOV) == ()
    with pytest.raises(RuleError, match="3-2-501") as refused:
        charges_for(SERVICE, [lift], replace(HOME, floor=None), *NOV)
    assert refused.value.code == "floor-missing"


def usage(**said):
    return Usage(
        5, "W-1", date(2026, 10, 25), date(2026, 11, 24), 1_234_000, 1_260_500, 26_500, **said
    )


def test_a_usage_in_two_steps():
    # 25 October to 24 November is one month: 10 x 3.50 + 16.5 x 5.00 = 35 + 82.50 = 117.50
    price = Tariff(2, 2, date(2020, 1, 1), tiers=(Tier(10_000, 35_000), Tier(None, 50_000)))
    (line,) = charges_for(WATER, [price], HOME, *NOV, usages=[usage()])
    assert (line.amount_fen, line.meter_id) == (11_750, 5)
    assert [part["quantity_milli"] for part in line.working["parts"]] == [10_000, 16_500]


def test_yearly_steps_remember_what_was_used_before():
    # 170 used before of 180: 10 x 3.50 + 16.5 x 5.00 = 117.50
    price = Tariff(
        2,
        2,
        date(2020, 1, 1),
        tiers=(Tier(180_000, 35_000), Tier(None, 50_000)),
        tier_base=TierBase.YEAR,
    )
    (line,) = charges_for(WATER, [price], HOME, *NOV, usages=[usage(year_before_milli=170_000)])
    assert line.amount_fen == 11_750


def test_a_usage_is_split_by_days_at_a_transfer():
    # 31 days, 17 the seller's: 26.5 x 17/31 = 14.532..., the buyer's 11.968; at 3.50 a unit
    # 50.862 -> 50.86 and 41.888 -> 41.89.
    price = Tariff(2, 2, date(2020, 1, 1), price_e4=35_000)
    lines = charges_for(WATER, [price], replace(HOME, debtors=SPLIT), *NOV, usages=[usage()])
    assert [(one.person_id, one.amount_fen) for one in lines] == [(SELLER, 5_086), (BUYER, 4_189)]
    # What was used is known when the meter was read, and falls due for both on that day.
    assert {one.due_on for one in lines} == {date(2026, 11, 24)}


def test_the_steps_count_over_a_change_of_the_meter():
    # November: the old meter counted 2 to the 10th, the new one 28 to the 30th; of 30 used 20 are
    # in the first step, as one meter would say: 2 x 3.50 = 7.00, 18 x 3.50 + 10 x 5.00 = 113.00.
    old = Usage(5, "W-1", NOV[0], date(2026, 11, 10), 0, 2_000, 2_000)
    new = Usage(6, "W-2", date(2026, 11, 11), NOV[1], 0, 28_000, 28_000, replaces_id=5)
    price = Tariff(2, 2, date(2020, 1, 1), tiers=(Tier(20_000, 35_000), Tier(None, 50_000)))
    lines = charges_for(WATER, [price], HOME, *NOV, usages=[old, new])
    assert [(one.meter_id, one.amount_fen) for one in lines] == [(5, 700), (6, 11_300)]
    assert lines[1].working["tiers"]["before_milli"] == 2_000
    # The buyer comes that day: his first step has 20 of the 30 days, 13.333, and none is filled:
    # 13.333 x 3.50 + 14.667 x 5.00 = 46.6655 + 73.335 = 120.0005.
    lines = charges_for(WATER, [price], replace(HOME, debtors=SPLIT), *NOV, usages=[old, new])
    assert [(one.person_id, one.amount_fen) for one in lines] == [(SELLER, 700), (BUYER, 12_000)]
    # By reading the limits count once for both.
    each = replace(price, tier_base=TierBase.READING)
    lines = charges_for(WATER, [each], HOME, *NOV, usages=[old, new])
    assert [one.amount_fen for one in lines] == [700, 11_300]


def test_r98_a_share_is_split_exactly_and_keeps_its_working():
    item = FeeItem(3, "gt", "公摊", Formula.SHARED, Income.COLLECTED, Charges.ALL)
    share = Share(4, *NOV, 871, 120_000, "area", 8956, 1_234_567)
    lines = charges_for(item, [], replace(HOME, debtors=SPLIT), *NOV, shares=[share])
    # 10/30 of 8.71 = 2.9033, 20/30 = 5.8067: the odd fen goes to the larger remainder.
    assert [one.amount_fen for one in lines] == [290, 581]
    assert {one.shared_cost_id for one in lines} == {4}
    assert lines[0].working["share"]["base_total"] == 1_234_567


@pytest.mark.parametrize("area", [None, 0, -8956])
def test_f46_a_house_without_a_sensible_area_is_told(area):
    with pytest.raises(RuleError, match="3-2-501") as refused:
        charges_for(SERVICE, [PRICE], replace(HOME, area_dm2=area), *NOV)
    assert refused.value.code == "area-missing"


def test_f46_an_absurd_sum_is_told():
    price = replace(PRICE, price_e4=10_000_000_000)
    with pytest.raises(RuleError) as refused:
        charges_for(SERVICE, [price], replace(HOME, area_dm2=10**9), *NOV)
    assert refused.value.code == "charge-too-large"


def test_an_area_that_changed_in_the_month_is_two_parts_of_one_bill():
    # 15 days each: 89.56 x 1.80 / 2 = 80.604; 90.56 x 1.80 / 2 = 81.504; together 162.108.
    areas = (Since(None, 8956), Since(date(2026, 11, 16), 9056))
    (line,) = charges_for(SERVICE, [PRICE], replace(HOME, areas=areas), *NOV)
    assert line.amount_fen == 16_211


def test_kinds_that_do_not_pay_and_days_without_a_price():
    item = replace(SERVICE, unit_kinds=(UnitKind.SHOP,))
    assert charges_for(item, [PRICE], HOME, *NOV) == ()
    assert charges_for(SERVICE, [], HOME, *NOV) == ()


@pytest.mark.parametrize(
    ("rounding", "fen"),
    [
        (Rounding.FEN_HALF_UP, 16_121),
        (Rounding.FEN_DOWN, 16_120),
        (Rounding.FEN_UP, 16_121),
        (Rounding.JIAO_HALF_UP, 16_120),
        (Rounding.JIAO_DOWN, 16_120),
        (Rounding.JIAO_UP, 16_130),
        (Rounding.YUAN_HALF_UP, 16_100),
        (Rounding.YUAN_DOWN, 16_100),
        (Rounding.YUAN_UP, 16_200),
    ],
)
def test_r96_an_amount_is_rounded_by_the_items_rule(rounding, fen):
    (line,) = charges_for(replace(SERVICE, rounding=rounding), [PRICE], HOME, *NOV)
    assert line.amount_fen == fen


def test_halves_round_up():
    assert round_fen(Fraction(1, 2), Rounding.FEN_HALF_UP) == 1
    assert round_fen(Fraction(49, 100), Rounding.FEN_HALF_UP) == 0


def test_months_and_due_days():
    assert add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_between(date(2026, 10, 25), date(2026, 11, 24)) == 1
    assert months_between(date(2026, 11, 1), date(2026, 11, 15)) == Fraction(1, 2)
    ahead = replace(SERVICE, billed_months=3, due_month=-1, due_day=31)
    assert due_day(ahead, date(2026, 10, 1), date(2026, 10, 31)) == date(2026, 9, 30)


# Properties.

areas = st.integers(1, 1_000_000)
prices = st.integers(1, 1_000_000)
months = st.integers(2020 * 12, 2030 * 12)
partials = st.sampled_from(Partial)
roundings = st.sampled_from(Rounding)


def step_of(rounding):
    return {"fen": 1, "jiao": 10, "yuan": 100}[rounding.value.split("-")[0]]


@given(areas, prices, months, st.integers(1, 31), partials, roundings)
def test_the_parts_of_a_split_month_add_up_to_it(area, price, month, day, partial, rounding):
    first, last = first_day(month), last_day(month)
    cut = first.replace(day=min(day, last.day))
    item = replace(SERVICE, partial=partial, rounding=rounding)
    known = [replace(PRICE, price_e4=price)]
    whole = replace(HOME, area_dm2=area)
    before = Debtor(SELLER, None, date.fromordinal(cut.toordinal() - 1))
    split = replace(whole, debtors=(before, Debtor(BUYER, cut)))
    one = sum(line.amount_fen for line in charges_for(item, known, whole, first, last))
    two = charges_for(item, known, split, first, last)
    assert len(two) <= 2
    assert all(type(line.amount_fen) is int and line.amount_fen > 0 for line in two)
    assert abs(sum(line.amount_fen for line in two) - one) <= step_of(rounding)


@given(areas, prices, months, st.integers(1, 31), partials)
def test_two_runs_that_meet_add_up_to_one(area, price, month, day, partial):
    first, last = first_day(month), last_day(month)
    cut = first.replace(day=min(day, last.day))
    item = replace(SERVICE, partial=partial)
    known = [replace(PRICE, price_e4=price)]
    house = replace(HOME, area_dm2=area)
    one = sum(line.amount_fen for line in charges_for(item, known, house, first, last))
    two = sum(line.amount_fen for line in charges_for(item, known, house, first, cut))
    if cut < last:
        rest = date.fromordinal(cut.toordinal() + 1)
        two += sum(line.amount_fen for line in charges_for(item, known, house, rest, last))
    assert abs(one - two) <= 1


@given(areas, areas, prices, months)
def test_a_larger_house_never_pays_less(smaller, larger, price, month):
    span = first_day(month), last_day(month)
    known = [replace(PRICE, price_e4=price)]

    def pays(area):
        return sum(
            line.amount_fen
            for line in charges_for(SERVICE, known, replace(HOME, area_dm2=area), *span)
        )

    if smaller > larger:
        smaller, larger = larger, smaller
    assert 0 <= pays(smaller) <= pays(larger)


@given(st.lists(areas, min_size=1, max_size=20), prices, months)
def test_many_houses_at_once_cost_what_each_costs(sizes, price, month):
    span = first_day(month), last_day(month)
    known = [replace(PRICE, price_e4=price)]
    run = ItemCharges(SERVICE, known, *span)
    for number, area in enumerate(sizes):
        house = replace(HOME, unit_id=number, area_dm2=area, debtors=(Debtor(number),))
        alone = charges_for(SERVICE, known, house, *span)
        assert run.of(house) == alone


def test_a_due_day_of_one_house_is_not_that_of_its_likes():
    # A buyer since 20 October owes the quarter's line of November later than an old owner does.
    item = replace(SERVICE, billed_months=3)
    run = ItemCharges(item, [PRICE], *NOV)
    bought = replace(HOME, debtors=(Debtor(BUYER, date(2026, 10, 20)),))
    assert [line.due_on for line in run.of(bought)] == [date(2026, 10, 20)]
    assert [line.due_on for line in run.of(HOME)] == [date(2026, 10, 10)]
    with pytest.raises(RuleError, match="3-2-501"):
        run.of(replace(HOME, area_dm2=None))
