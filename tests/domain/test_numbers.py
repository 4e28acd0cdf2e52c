"""Ticket numbers and the digits of Code 128 (decisions 15 and 27)."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import (
    PaperCode,
    QrCode,
    check_digit,
    check_pattern,
    is_paper_shaped,
    normal_number,
    office_mark,
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
    st.integers(0, 9),
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


@given(codes, st.integers(0, 9))
def test_a_misread_check_digit_still_looks_like_ours(code, last):
    assert is_paper_shaped(paper_digits(code)[:-1] + str(last))


@pytest.mark.parametrize(
    "digits", ["6222021234567890", "7202611000310117", "1202613000310101", "1190011000310101"]
)
def test_a_bank_card_or_another_month_does_not_look_like_ours(digits):
    assert not is_paper_shaped(digits)


def test_papers_of_before_the_office_marks_are_read():
    body = "120261100031010"
    assert read_paper_digits(body + check_digit(body)) == PaperCode(Kind.REPAIR, "202611", 31, 1)
    assert read_qr("TS2026110031/2/83") is None
    assert read_qr(qr_text("TS-202611-0031", 2)) == QrCode("TS2026110031", 2)


def test_the_mark_of_an_office_is_one_to_nine():
    assert {office_mark(f"{number:032x}") for number in range(40)} == set(range(1, 10))


@pytest.mark.parametrize("digits", ["", "13800001234", "1" * 16, "x" * 16])
def test_other_digits_are_not_ours(digits):
    assert read_paper_digits(digits) is None


@given(
    st.from_regex(r"[A-Z]{1,4}-[0-9]{6}-[0-9]{4,5}", fullmatch=True),
    st.integers(1, 99),
    st.integers(0, 9),
)
def test_the_qr_is_read_back(number, round_, mark):
    text = qr_text(number, round_, mark)
    assert read_qr(text) == QrCode(number.replace("-", ""), round_, mark)
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
