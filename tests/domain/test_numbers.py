"""Ticket numbers and the digits of Code 128 (decisions 15 and 27)."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import (
    PaperCode,
    check_pattern,
    normal_number,
    paper_digits,
    qr_text,
    read_paper_digits,
    read_qr,
    ticket_number,
)
from propdesk.domain.tickets import Kind

codes = st.builds(
    PaperCode,
    st.sampled_from(Kind),
    st.builds("{:04d}{:02d}".format, st.integers(2000, 2099), st.integers(1, 12)),
    st.integers(1, 99999),
    st.integers(1, 99),
)


@given(codes)
def test_paper_digits_are_an_even_number_of_digits_and_read_back(code):
    digits = paper_digits(code)
    assert digits.isdigit()
    assert len(digits) == 16
    assert read_paper_digits(digits) == code


@given(codes, st.integers(0, 15), st.integers(1, 9))
def test_one_misread_digit_is_found(code, place, by):
    digits = paper_digits(code)
    wrong = digits[:place] + str((int(digits[place]) + by) % 10) + digits[place + 1 :]
    assert read_paper_digits(wrong) is None


@pytest.mark.parametrize("digits", ["", "13800001234", "1" * 16, "x" * 16])
def test_other_digits_are_not_ours(digits):
    assert read_paper_digits(digits) is None


@given(st.from_regex(r"[A-Z]{1,4}-[0-9]{6}-[0-9]{4,5}", fullmatch=True), st.integers(1, 99))
def test_the_qr_is_read_back(number, round_):
    text = qr_text(number, round_)
    assert read_qr(text) == (number.replace("-", ""), round_)
    assert read_qr(text.lower()) == read_qr(text)


@pytest.mark.parametrize(
    "text", ["", "TS2026110031", "TS2026110031/2", "TS2026110031/2/83", "1/2/3"]
)
def test_other_texts_are_no_qr_of_ours(text):
    assert read_qr(text) is None


@pytest.mark.parametrize(
    "typed", ["TS-202611-0031", "ts-202611-31", "TS20261131", "ＴＳ－２０２６１１－００３１"]
)
def test_typed_numbers_are_read(typed):
    assert normal_number(typed) == "TS-202611-0031"


def test_pattern_makes_numbers_and_must_keep_them_apart():
    received = datetime(2026, 11, 21)
    assert (
        ticket_number("{letters}-{year}{month}-{sequence}", "TS", received, 31) == "TS-202611-0031"
    )
    for bad in ("{letters}-{sequence}", "{letters", "{letters}{year}{month}{sequence}{x}"):
        with pytest.raises(RuleError) as refusal:
            check_pattern(bad)
        assert refusal.value.code == "number-pattern"
