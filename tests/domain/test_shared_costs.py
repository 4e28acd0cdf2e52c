"""Common costs in shares that add up to the fen, worked out by hand (Civil Code 283, R98)."""

from datetime import date, datetime

from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.fee_amounts import Chargeable, Since
from propdesk.domain.fee_items import Charges, FeeItem, Formula, Income, ShareBy, UnitFeeKind
from propdesk.domain.shared_costs import SharedCost, share_cost
from propdesk.domain.unit_fees import UnitFee
from propdesk.domain.units import UnitKind

FIRST, LAST = date(2026, 11, 1), date(2026, 11, 30)
ITEM = FeeItem(1, "share", "公摊电费", Formula.SHARED, Income.COLLECTED, Charges.ALL)


def house(number, area=None, **said):
    given = {"community_id": 1, "building_id": 1, **said}
    return Chargeable(number, f"1-1-{number}", UnitKind.HOME, area_dm2=area, **given)


def cost(total, share_by=ShareBy.AREA, **said):
    place = {"community_id": None, "building_id": None, **said}
    return SharedCost(
        7, 1, "公摊电费", FIRST, LAST, total, share_by, place["community_id"],
        place["building_id"], "", None, "", datetime(2026, 12, 1), "前台",
    )  # fmt: skip


def amounts(shares):
    return {number: share.amount_fen for number, share in shares.shares.items()}


def test_by_area_the_odd_fen_goes_to_the_largest_remainder():
    # 10.00 over 1 : 1 : 1 is 3.333...: one of equal ones gets 3.34, the first.
    found = share_cost(cost(1000), ITEM, [house(1, 100), house(2, 100), house(3, 100)])
    assert amounts(found) == {1: 334, 2: 333, 3: 333}
    assert (found.base_total, found.units) == (300, 3)


def test_by_usage_a_house_without_meter_bears_nothing():
    # 300 kWh of 400 are the first house's: 75.00 of 100.00.
    houses = [house(1), house(2), house(3)]
    found = share_cost(cost(10000, ShareBy.USAGE), ITEM, houses, {1: 300_000, 2: 100_000})
    assert amounts(found) == {1: 7500, 2: 2500}
    missing = share_cost(cost(10000, ShareBy.USAGE), ITEM, houses, {1: 300_000, 2: None})
    assert amounts(missing) == {}
    assert [code for _house, code, _text in missing.missing] == ["reading-missing"]


def test_the_area_of_the_costs_first_day_counts():
    grown = house(1, 300, areas=(Since(None, 100), Since(date(2026, 11, 15), 300)))
    assert amounts(share_cost(cost(200), ITEM, [grown, house(2, 100)])) == {1: 100, 2: 100}


def test_an_exempt_house_makes_nobody_else_pay_more():
    fee = UnitFee(1, 1, 1, UnitFeeKind.EXEMPT, date(2026, 1, 1))
    found = share_cost(cost(1000), ITEM, [house(1, 100, fees=(fee,)), house(2, 100)])
    assert amounts(found) == {2: 500}


def test_a_building_shares_its_own_cost_alone():
    houses = [house(1, 100), house(2, 100, building_id=2)]
    assert amounts(share_cost(cost(1000, building_id=2), ITEM, houses)) == {2: 1000}
    assert amounts(share_cost(cost(1000, community_id=9), ITEM, houses)) == {}


@given(
    st.integers(1, 10**9), st.lists(st.integers(1, 10**6), min_size=1, max_size=40)
)  # fmt: skip
def test_the_shares_add_up_to_the_cost_to_the_fen(total, areas):
    houses = [house(number, area) for number, area in enumerate(areas, 1)]
    assert sum(amounts(share_cost(cost(total), ITEM, houses)).values()) == total
