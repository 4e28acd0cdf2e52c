"""Identity numbers are checked, and what Excel rounded is told and never guessed (F37)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk import i18n
from propdesk.domain.identity_numbers import check_digit, clean_identity_number, identity_problem


@pytest.fixture(autouse=True)
def in_english():
    """What is told is compared in the language of the source."""
    i18n.set_language("en")


TODAY = date(2026, 11, 21)


# The first is the example of GB 11643-1999 itself.
@pytest.mark.parametrize(
    "typed",
    ["11010519491231002X", "１１０１０５１９４９１２３１００２ｘ", "110105 19491231 002X",
     "440524188001010014", "130503670401001", "E12345678", "H0123456701", "830000199201300022"],
)  # fmt: skip
def test_good_numbers(typed):
    assert identity_problem(clean_identity_number(typed), TODAY) == ""


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("110105194912310021", "check digit"),
        ("11010519491331002X", "check digit"),
        ("990105194912310022", "check digit"),
        ("110105209912310020", "check digit"),
        ("110105194912310000", "Excel rounded"),
        ("1.10105194912E+17", "Excel rounded"),
        ("1.1E17", "Excel rounded"),
        ("12345", "18 signs"),
        ("张三", "18 signs"),
        ("ABCDEF", "18 signs"),
        ("1" * 40, "18 signs"),
    ],
)
def test_f37_numbers_that_are_none_say_why(typed, words):
    assert words in identity_problem(clean_identity_number(typed), TODAY)


@given(
    st.dates(date(1900, 1, 1), TODAY),
    st.integers(1, 999),
    st.integers(0, 17),
    st.integers(1, 9),
)
def test_one_wrong_digit_is_always_found(born, order, position, more):
    first = f"110105{born:%Y%m%d}{order:03}"
    number = first + check_digit(first)
    assert identity_problem(number, TODAY) == ""
    digit = number[position]
    other = str((int(digit) + more) % 10) if digit.isdigit() else str(more)
    assert identity_problem(number[:position] + other + number[position + 1 :], TODAY)


@given(st.text(max_size=30))
def test_no_text_raises(text):
    identity_problem(clean_identity_number(text), TODAY)
