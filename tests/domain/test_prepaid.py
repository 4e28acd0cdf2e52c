"""What was paid ahead and would go back, worked out by hand (司法解释 2020, art. 3; law.md 1.2)."""

from datetime import date

import pytest

from propdesk.domain.prepaid import AdvanceBill, Refundable, cap_warning, prepaid_cap


def bill(settled, first=date(2027, 1, 1), last=date(2027, 12, 31), amount=372_000):
    return AdvanceBill(1, "物业服务费", first, last, amount, settled)


@pytest.mark.parametrize(
    ("on_day", "back"),
    [
        # 3,720.00 for 2027: 310.00 a month. Until 31 December 2026 nothing is served.
        (date(2026, 12, 31), 372_000),
        # 30 of the 31 days of January are served: 300.00 stay, 3,420.00 go back.
        (date(2027, 1, 30), 342_000),
        # January and February are two months, as a bill of them alone says: 620.00 stay. By the
        # calendar's days it would be 59 / 365 of the year, 601.32.
        (date(2027, 2, 28), 310_000),
        # Half of February: two times 310.00 less 14 / 28 of it, 465.00 stay.
        (date(2027, 2, 14), 325_500),
        (date(2027, 12, 30), 1_000),
        (date(2027, 12, 31), 0),
        (date(2028, 6, 1), 0),
    ],
)
def test_interpretation_3_what_was_not_served_goes_back_by_days(on_day, back):
    assert bill(372_000).refundable_fen(on_day) == back


def test_interpretation_3_of_a_part_payment_the_served_days_are_paid_first():
    # 1,000.00 of 3,720.00 is paid; 30 days of January cost 300.00, so 700.00 go back; four months
    # cost 1,240.00: nothing is left to go back.
    assert bill(100_000).refundable_fen(date(2027, 1, 30)) == 70_000
    assert bill(100_000).refundable_fen(date(2027, 4, 30)) == 0


def test_interpretation_3_a_part_of_a_fen_is_the_payers():
    # 100.00 for 29 days of February 2028, 10 of them served: 3448.27… fen stay, 6551.72… go back.
    leap = bill(10_000, date(2028, 2, 1), date(2028, 2, 29), 10_000)
    assert leap.refundable_fen(date(2028, 2, 10)) == 6_552


def test_interpretation_3_balance_and_bills_go_back_together():
    refundable = Refundable(date(2027, 1, 30), 5_000, (bill(372_000),))
    assert (refundable.bills_fen, refundable.total_fen) == (342_000, 347_000)


def test_place_12_months_are_the_most_that_is_paid_ahead():
    # 1,200.00 a year: 12 months are 1,200.00, 6 months are 600.00.
    assert [prepaid_cap(120_000, months) for months in (12, 6)] == [120_000, 60_000]
    assert cap_warning(120_000, 120_000, 12, "杭州 55") == ""
    words = cap_warning(120_001, 120_000, 12, "杭州 55")
    assert "1,200.01" in words
    assert "杭州 55" in words
    # A house that was never charged has no measure.
    assert cap_warning(1, 0, 12, "杭州 55") == ""
