"""Phones as typed, and what a person's form must say (law.md 1.7)."""

from datetime import date

import pytest

from propdesk.domain.persons import (
    PersonDraft,
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
