"""The late-payment penalty (law.md 1.4; Civil Code 585): sums worked out by hand."""

from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.fee_items import Rounding
from propdesk.domain.late_fees import (
    LateLimits,
    LateTerms,
    Settled,
    annual_words,
    late_fee,
    late_warnings,
    late_words,
)

DUE = date(2026, 1, 20)
TERMS = LateTerms(rate_e6=500, clause="第八条")  # 0.05 % a day


def fee(amount=1000_00, settled=(), terms=TERMS, until=date(2026, 2, 19), **more):
    return late_fee(amount, DUE, settled, terms, until, **more)


def test_off_without_a_rate_or_without_its_clause():
    assert fee(terms=LateTerms(0, "第八条")).amount_fen == 0
    assert fee(terms=LateTerms(500, "")).amount_fen == 0


def test_simple_interest_from_the_day_after_the_day_of_payment():
    # 21 January to 19 February: 11 + 19 = 30 days; 1,000.00 x 0.0005 x 30 = 15.00
    found = fee()
    assert (found.amount_fen, found.spans[0].days) == (15_00, 30)
    assert found.spans[0].from_on == date(2026, 1, 21)
    # On the day of payment itself nothing is late.
    assert fee(until=DUE).spans == ()
    # The day after: 1,000.00 x 0.0005 x 1 = 0.50
    assert fee(until=date(2026, 1, 21)).amount_fen == 50


def test_part_payments_lower_the_principal_from_the_day_after_them():
    # Paid 400.00 on 25 January (5 days late) and 100.00 on 4 February (10 more days):
    # 1,000.00 x 5 + 600.00 x 10 + 500.00 x 15 = 5,000 + 6,000 + 7,500 = 18,500 yuan-days
    # x 0.0005 = 9.25
    found = fee(settled=[Settled(date(2026, 1, 25), 400_00), Settled(date(2026, 2, 4), 100_00)])
    assert [span.days for span in found.spans] == [5, 10, 15]
    assert [span.principal_fen for span in found.spans] == [1000_00, 600_00, 500_00]
    assert found.amount_fen == 9_25


def test_a_receipt_that_was_void_leaves_the_principal_as_it_was():
    # Void later with the day of the receipt: both cancel out. 15.00 as above.
    both = [Settled(date(2026, 1, 25), 400_00), Settled(date(2026, 1, 25), -400_00)]
    assert fee(settled=both).amount_fen == 15_00


def test_what_was_paid_before_the_day_of_payment_bears_nothing():
    # 600.00 left: 600 x 0.0005 x 30 = 9.00
    assert fee(settled=[Settled(date(2026, 1, 5), 400_00)]).amount_fen == 9_00


def test_paid_in_full_ends_it():
    # 5 days late: 1,000.00 x 0.0005 x 5 = 2.50
    assert fee(settled=[Settled(date(2026, 1, 25), 1000_00)]).amount_fen == 2_50


def test_days_of_grace_are_not_charged_afterwards_either():
    # 30 days less 10 of grace = 20: 1,000.00 x 0.0005 x 20 = 10.00
    assert fee(terms=LateTerms(500, "第八条", grace_days=10)).amount_fen == 10_00
    assert fee(terms=LateTerms(500, "第八条", grace_days=30)).amount_fen == 0


def test_the_cap_is_a_share_of_the_bill():
    # 1,000.00 x 1 % = 10.00 instead of 15.00
    found = fee(terms=LateTerms(500, "第八条", cap_percent=1))
    assert (found.amount_fen, found.is_capped) == (10_00, True)
    assert not fee(terms=LateTerms(500, "第八条", cap_percent=2)).is_capped


def test_rounded_once_for_a_bill():
    # 33.33 x 0.0005 x 1 = 0.016665 a day, 2 fen each if rounded daily; 30 days = 0.49995 = 0.50
    assert fee(amount=33_33).amount_fen == 50
    assert fee(amount=33_33).exact_fen == Fraction(49995, 1000)
    assert fee(amount=33_33, rounding=Rounding.FEN_DOWN).amount_fen == 49


def test_f46_29_february_is_a_day_like_others():
    # Due 2028-02-27, until 1 March: 28 and 29 February, 1 March = 3 days; 1,000 x 0.0005 x 3 = 1.50
    assert late_fee(1000_00, date(2028, 2, 27), (), TERMS, date(2028, 3, 1)).amount_fen == 1_50


@pytest.mark.parametrize(
    ("rate_e6", "words"), [(3000, "109.50 %"), (500, "18.25 %"), (300, "10.95 %"), (1, "0.04 %")]
)
def test_the_yearly_rate_of_law_md_1_4(rate_e6, words):
    assert annual_words(rate_e6) == words


def test_the_warnings():
    # LPR 3.45 %: four times 13.80 %, 30 % above the loss 4.485 %.
    limits = LateLimits(lpr_bp=345, times=4, excess_percent=30)
    assert late_warnings(0, limits) == []
    high = late_warnings(500, limits)  # 18.25 %
    assert len(high) == 2
    assert "13.80 %" in high[0]
    assert len(late_warnings(300, limits)) == 1  # 10.95 %: above the loss by more than 30 %
    assert late_warnings(100, limits) == []  # 3.65 %
    # 13.80 % exactly is not above it: 3.45 x 4; a rate of 378 is 13.797 %, of 379 13.8335 %.
    assert len(late_warnings(378, limits)) == 1
    assert len(late_warnings(379, limits)) == 2
    untyped = late_warnings(500, LateLimits(0, 4, 30))
    assert len(untyped) == 1
    assert "LPR" in untyped[0]


def test_r98_the_working_explains_the_penalty():
    found = fee(settled=[Settled(date(2026, 1, 25), 400_00)])
    words = late_words(found.working(charged_fen=1_00)["late"])
    assert any("0.05 %" in line and "18.25 %" in line and "第八条" in line for line in words)
    assert any("1,000.00" in line and "2026-01-21" in line for line in words)
    assert len(words) == 5


@given(
    amount=st.integers(1, 10**9),
    paid=st.lists(st.tuples(st.integers(0, 400), st.integers(1, 10**8)), max_size=6),
    days=st.integers(0, 400),
)
def test_day_by_day_it_is_the_same(amount, paid, days):
    """What the spans say is what each single day says."""
    until = DUE + timedelta(days=days)
    settled, left = [], amount
    for after, fen in paid:
        part = min(fen, left)
        left -= part
        settled.append(Settled(DUE + timedelta(days=after - 10), part))
    exact = Fraction(0)
    for n in range(1, days + 1):
        day = DUE + timedelta(days=n)
        principal = amount - sum(one.amount_fen for one in settled if one.on_day < day)
        exact += Fraction(principal * 500, 1_000_000)
    found = late_fee(amount, DUE, settled, TERMS, until)
    assert found.exact_fen == exact
