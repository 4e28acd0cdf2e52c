"""Phones as typed, and what a person's form must say (law.md 1.7)."""

import re
from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.consents import ConsentWay
from propdesk.domain.persons import (
    Guardian,
    PersonDraft,
    PersonKind,
    ResidentRole,
    check_person,
    is_phone,
    phone_digits,
    present_on,
    split_phones,
)


@pytest.mark.parametrize(
    ("phone", "good"),
    [("13800001234", True), ("+86 13800001234", True), ("0571-88006110", True),
     ("1.38E+10", False), ("138", False), ("不详", False), ("1" * 20, False)],
)  # fmt: skip
def test_what_is_a_phone(phone, good):
    assert is_phone(phone) is good


def test_several_phones_in_a_cell_are_divided():
    assert split_phones("13800001234、13900005678") == ("13800001234", "13900005678")
    assert split_phones("13800001234/0571-88006110") == ("13800001234", "0571-88006110")
    assert split_phones("138 0000 1234") == ("138 0000 1234",)
    assert split_phones(" ") == ()
    assert phone_digits("０５７１－８８") == "057188"


@pytest.mark.parametrize(
    ("typed", "digits"),
    [
        ("+86 138 0000 1234", "13800001234"),
        ("0086-13800001234", "13800001234"),
        ("8613800001234", "13800001234"),
        ("＋８６－１３８００００１２３４", "13800001234"),
        ("+86 512 6666 1234", "051266661234"),
        ("+86(0512)66661234", "051266661234"),
        ("（0512）6666 1234", "051266661234"),
        ("0512-6666 1234 转8001", "051266661234x8001"),
        ("66661234 ext. 8001", "66661234x8001"),
        ("400-800-8888分机12", "4008008888x12"),
        ("+852 9123 4567", "85291234567"),
        ("86661234", "86661234"),
        ("", ""),
    ],
)
def test_f37_a_phone_is_the_same_however_it_is_typed(typed, digits):
    assert phone_digits(typed) == digits
    assert is_phone(typed) is bool(digits)
    assert phone_digits(digits) == digits


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        ("138 0000 1234 139 0000 5678", ("138 0000 1234", "139 0000 5678")),
        ("0512-66661234 13800001234", ("0512-66661234", "13800001234")),
        ("０５１２－６６６６１２３４／１３８００００１２３４", ("0512-66661234", "13800001234")),
        ("0512 6666 1234、13800001234", ("0512 6666 1234", "13800001234")),
        ("0512-6666 1234 转8001 13800001234", ("0512-6666 1234 转8001", "13800001234")),
        ("13800001234\n13900005678", ("13800001234", "13900005678")),
        ("(0512)66661234; (0512) 66665678", ("(0512)66661234", "(0512) 66665678")),
        ("66661234| ", ("66661234",)),
    ],
)
def test_f37_phones_of_a_cell(cell, phones):
    assert split_phones(cell) == phones


@pytest.mark.parametrize("typed", ["1.38E+10", "1.38e10", "13800001234x", "转8001", "1380000123a"])
def test_f37_what_lost_its_digits_is_no_phone(typed):
    assert not is_phone(typed)


MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
LANDLINES = st.from_regex(r"0[1-9][0-9]{1,2}-[2-8][0-9]{6,7}", fullmatch=True)


@given(
    MOBILES,
    st.sampled_from(["", "+86", "+86 ", "0086", "0086-", "86"]),
    st.sampled_from(["", " ", "-"]),
    st.booleans(),
)
def test_f37_every_way_to_write_a_mobile_is_one_phone(mobile, code, gap, is_wide):
    typed = code + gap.join((mobile[:3], mobile[3:7], mobile[7:]))
    if is_wide:
        typed = typed.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789+-"})
    assert phone_digits(typed) == mobile
    assert is_phone(typed)
    assert [phone_digits(one) for one in split_phones(typed)] == [mobile]


@given(
    st.lists(MOBILES | LANDLINES, min_size=1, max_size=4),
    st.sampled_from(["、", "，", ",", "/", "；", " ", "\n", " / "]),
)
def test_f37_several_phones_come_out_as_they_went_in(phones, between):
    assert list(split_phones(between.join(phones))) == phones


@given(st.text(max_size=40))
def test_f44_no_cell_breaks_the_phone_reader(text):
    for phone in split_phones(text):
        assert phone_digits(phone)
        if is_phone(phone):
            assert re.fullmatch(r"\d{5,16}(x\d{1,6})?", phone_digits(phone))


@pytest.mark.parametrize(
    ("draft", "field"),
    [
        (PersonDraft("张小宝", ResidentRole.FAMILY, is_child=True), "guardian"),
        (
            PersonDraft(
                "张小宝",
                ResidentRole.FAMILY,
                is_child=True,
                guardian=Guardian(" ", ConsentWay.PAPER, date(2026, 11, 1)),
            ),
            "guardian",
        ),
        (PersonDraft("李四", ResidentRole.TENANT, share=Fraction(1, 2)), "share"),
        (PersonDraft("云澜贸易", ResidentRole.FAMILY, kind=PersonKind.COMPANY), "role"),
        (PersonDraft("李四", relation="长" * 201), "relation"),
    ],
)
def test_what_a_role_does_not_allow_is_told(draft, field):
    assert [problem.field for problem in check_person(draft)] == [field]


def test_a_child_with_a_guardian_a_company_and_a_share_may_be():
    guardian = Guardian("张伟丰", ConsentWay.PAPER, date(2026, 11, 1))
    for draft in (
        PersonDraft("张小宝", ResidentRole.FAMILY, is_child=True, guardian=guardian),
        PersonDraft("云澜贸易", ResidentRole.TENANT, kind=PersonKind.COMPANY),
        PersonDraft("李四", share=Fraction(1, 3)),
    ):
        assert check_person(draft) == ()


def test_a_person_needs_a_name_real_phones_and_days_in_order():
    draft = PersonDraft(" ", phones=("1.38E+10",), from_on=date(2026, 2, 1), to_on=date(2026, 1, 1))
    assert [problem.field for problem in check_person(draft)] == ["name", "phones", "to_on"]
    assert check_person(PersonDraft("张伟丰", phones=("13800001234",))) == ()


@pytest.mark.parametrize(
    ("from_on", "to_on", "is_present"),
    [
        (None, None, True),
        (date(2026, 11, 21), None, True),
        (date(2026, 11, 22), None, False),
        (None, date(2026, 11, 22), True),
        (None, date(2026, 11, 21), False),
        (date(2026, 11, 1), date(2026, 12, 1), True),
        (date(2026, 11, 21), date(2026, 11, 21), False),
    ],
)
def test_a_period_holds_from_its_first_day_and_no_more_on_its_last(from_on, to_on, is_present):
    assert present_on(from_on, to_on, date(2026, 11, 21)) is is_present


def test_a_person_has_no_book_for_a_name():
    draft = PersonDraft("长" * 201, salutation="长" * 201, note="长" * 100_001)
    assert [problem.field for problem in check_person(draft)] == ["name", "salutation", "note"]
