"""Which debts a payment settles, worked out by hand (Civil Code 560, 561)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.allocation import Debt, Part, allocate

TODAY = date(2026, 11, 21)


def debt(bill_id, open_fen, due_on, **more):
    return Debt(bill_id, open_fen, due_on, more.pop("main_id", bill_id), **more)


def test_l560_what_is_due_comes_before_what_is_not():
    # 100.00 for 80.00 due on 1 December (not yet) and 90.00 due on 1 November:
    # 90.00 to the due one, the other gets the 10.00 that are left.
    debts = [debt(1, 8_000, date(2026, 12, 1)), debt(2, 9_000, date(2026, 11, 1))]
    assert allocate(10_000, debts, TODAY) == {2: 9_000, 1: 1_000}


def test_l560_a_bill_is_due_on_its_day():
    # Both 50.00; one is due today, one tomorrow: today's is paid first although it is later made.
    debts = [debt(1, 5_000, date(2026, 11, 22)), debt(2, 5_000, TODAY)]
    assert allocate(5_000, debts, TODAY) == {2: 5_000}


def test_l560_of_due_debts_the_one_that_burdens_more_comes_first():
    # Parking bears 0.5 per mille a day by its clause, the older service fee none: parking first.
    older = debt(1, 30_000, date(2025, 1, 31))
    heavier = debt(2, 20_000, date(2026, 6, 30), burden_e6=500)
    assert allocate(25_000, [older, heavier], TODAY) == {2: 20_000, 1: 5_000}


def test_l560_equal_burdens_are_paid_in_the_order_of_their_days():
    # 2024, 2025 and 2026, each 1,000.00; 1,500.00 pays 2024 wholly and half of 2025.
    debts = [debt(n, 100_000, date(year, 1, 31)) for n, year in ((1, 2026), (2, 2024), (3, 2025))]
    assert allocate(150_000, debts, TODAY) == {2: 100_000, 3: 50_000}


def test_l560_debts_of_one_day_share_in_proportion_and_no_fen_is_lost():
    # 100.00 for 100.00 + 100.00 + 100.00 of one day: 33.33 each, one fen is left; all remainders
    # are equal, so the first bill gets it: 33.34, 33.33, 33.33.
    debts = [debt(n, 10_000, date(2026, 1, 31)) for n in (1, 2, 3)]
    assert allocate(10_000, debts, TODAY) == {1: 3_334, 2: 3_333, 3: 3_333}
    # 10.00 for 70.00 and 30.01: 10.00 x 7000/10001 = 6.9993 and 10.00 x 3001/10001 = 3.0006:
    # 6.99 and 3.00, remainders .93 and .06 of a fen: the first gets the last fen: 7.00 and 3.00.
    debts = [debt(1, 7_000, date(2026, 1, 31)), debt(2, 3_001, date(2026, 1, 31))]
    assert allocate(1_000, debts, TODAY) == {1: 700, 2: 300}


def test_l561_costs_then_penalty_then_the_debt_itself():
    # Fee 1,200.00 with a penalty of 60.00 and 25.00 for the express letter. 100.00 pays the 25.00,
    # the 60.00 and 15.00 of the fee.
    fee = debt(1, 120_000, date(2026, 1, 31))
    penalty = debt(2, 6_000, date(2026, 10, 1), main_id=1, part=Part.PENALTY)
    costs = debt(3, 2_500, date(2026, 10, 1), main_id=1, part=Part.COSTS)
    assert allocate(10_000, [fee, penalty, costs], TODAY) == {3: 2_500, 2: 6_000, 1: 1_500}


def test_l560_l561_the_first_debt_is_paid_wholly_with_its_penalty_before_the_next():
    # 2025: 500.00 + 20.00 penalty, 2026: 500.00 + 5.00. 530.00: 20.00 + 500.00, then 5.00 + 5.00.
    debts = [
        debt(1, 50_000, date(2025, 1, 31)),
        debt(2, 2_000, date(2026, 11, 1), main_id=1, part=Part.PENALTY),
        debt(3, 50_000, date(2026, 1, 31)),
        debt(4, 500, date(2026, 11, 1), main_id=3, part=Part.PENALTY),
    ]
    assert allocate(53_000, debts, TODAY) == {2: 2_000, 1: 50_000, 4: 500, 3: 500}


def test_l561_a_penalty_whose_debt_is_paid_stands_for_itself():
    penalty = debt(2, 700, date(2026, 10, 1), main_id=1, part=Part.PENALTY)
    assert allocate(1_000, [penalty], TODAY) == {2: 700}


@pytest.mark.parametrize("paid", [0, 1])
def test_nothing_open_takes_nothing(paid):
    assert allocate(paid, [debt(1, 0, TODAY)], TODAY) == {}


days = st.dates(date(2023, 1, 1), date(2027, 12, 31))
debts = st.lists(
    st.builds(
        lambda fen, due_on, burden, of, part: (fen, due_on, burden, of, part),
        st.integers(0, 200_000), days, st.sampled_from([0, 500]), st.integers(0, 7),
        st.sampled_from(Part),
    ),
    max_size=8,
)  # fmt: skip


@given(paid=st.integers(0, 1_000_000), said=debts)
def test_l560_whatever_is_paid_no_fen_is_lost_and_no_bill_gets_too_much(paid, said):
    owed = [
        Debt(n, fen, due_on, of if part is not Part.DEBT else n, part, burden)
        for n, (fen, due_on, burden, of, part) in enumerate(said)
    ]
    shares = allocate(paid, owed, TODAY)
    open_fen = {one.bill_id: one.open_fen for one in owed}
    assert sum(shares.values()) == min(paid, sum(open_fen.values()))
    assert all(0 < fen <= open_fen[bill_id] for bill_id, fen in shares.items())
