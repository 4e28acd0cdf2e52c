"""Money: read as typed, shown in figures, in capitals by the rule of the payment measures."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.money import (
    MOST_FEN,
    in_capitals,
    line_amount,
    money_words,
    parse_money,
    parse_quantity,
    quantity_words,
)


@pytest.mark.parametrize(
    ("typed", "fen"),
    [
        ("120", 12_000),
        ("1,234.50", 123_450),
        ("¥3.5", 350),
        ("￥12.00元", 1_200),
        ("１２．５", 1_250),
        (" 0.05 ", 5),
        ("3.500", 350),
        ("0", 0),
    ],
)
def test_an_amount_is_read_as_people_write_it(typed, fen):
    assert parse_money(typed) == fen


@pytest.mark.parametrize(
    "typed", ["", "十二", "1.234", "-5", "1,23", "1.2.3", "5%", "1e9", "１２元五角", "NaN"]
)
def test_what_is_no_amount_is_refused_and_named(typed):
    with pytest.raises(RuleError) as refused:
        parse_money(typed)
    assert refused.value.code == "amount-unreadable"
    assert typed in str(refused.value)


def test_an_amount_beyond_all_jobs_is_a_slip():
    assert parse_money("1000000000") == MOST_FEN
    with pytest.raises(RuleError) as refused:
        parse_money("1000000000.01")
    assert refused.value.code == "amount-too-large"


# The examples of the measures on payment and settlement, and the ends of the groups of four.
@pytest.mark.parametrize(
    ("amount", "capitals"),
    [
        ("0", "零元整"),
        ("0.05", "伍分"),
        ("0.5", "伍角整"),
        ("1", "壹元整"),
        ("10.10", "壹拾元壹角整"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("1409.50", "壹仟肆佰零玖元伍角整"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("100000", "壹拾万元整"),
        ("10010000", "壹仟零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("900010000", "玖亿零壹万元整"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
    ],
)
def test_capitals_are_those_of_the_rule(amount, capitals):
    assert in_capitals(parse_money(amount)) == capitals


def read_capitals(words: str) -> int:
    """Read capitals back, by another way than they are written: place by place."""
    yuan, _sep, rest = words.rpartition("元")
    fen = sum(
        "零壹贰叁肆伍陆柒捌玖".index(rest[rest.index(unit) - 1]) * value
        for unit, value in (("角", 10), ("分", 1))
        if unit in rest
    )
    total = section = digit = 0
    for character in yuan:
        if character in "零壹贰叁肆伍陆柒捌玖":
            digit = "零壹贰叁肆伍陆柒捌玖".index(character)
        elif character in "拾佰仟":
            section += digit * {"拾": 10, "佰": 100, "仟": 1000}[character]
            digit = 0
        else:
            scale = {"万": 10_000, "亿": 100_000_000}[character]
            total += (section + digit) * scale
            section = digit = 0
    return (total + section + digit) * 100 + fen


@given(st.integers(0, MOST_FEN))
def test_capitals_say_the_amount_and_never_two_zeros(fen):
    words = in_capitals(fen)
    assert read_capitals(words) == fen
    assert "零零" not in words
    assert words.endswith(("整", "分"))


def test_an_amount_that_is_owed_back_has_no_capitals():
    with pytest.raises(ValueError, match="never negative"):
        in_capitals(-1)


@pytest.mark.parametrize(
    ("fen", "words"),
    [(0, "0.00"), (5, "0.05"), (123450, "1,234.50"), (-99, "-0.99"), (100000000, "1,000,000.00")],
)
def test_money_is_written_with_thousands_and_fen(fen, words):
    assert money_words(fen) == words


@given(st.integers(0, MOST_FEN))
def test_figures_are_read_back(fen):
    assert parse_money(money_words(fen)) == fen


@pytest.mark.parametrize(
    ("quantity", "price", "amount"),
    [
        ("2", "12.50", "25.00"),
        ("1.5", "0.01", "0.02"),
        ("0.001", "1", "0.00"),
        ("0.005", "1", "0.01"),
        ("3.333", "3", "10.00"),
    ],
)
def test_a_line_is_rounded_to_the_fen_halves_up(quantity, price, amount):
    assert money_words(line_amount(parse_quantity(quantity), parse_money(price))) == amount


@pytest.mark.parametrize("typed", ["", "0", "-1", "两个", "1.2345", "1e3", "9999999999"])
def test_what_is_no_quantity_is_refused(typed):
    with pytest.raises(RuleError) as refused:
        parse_quantity(typed)
    assert refused.value.code == "quantity-unreadable"


@given(st.integers(1, 999_999_999_999))
def test_quantities_are_read_back(thousandths):
    assert parse_quantity(quantity_words(thousandths).replace(",", "")) == thousandths
