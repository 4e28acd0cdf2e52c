"""Written replies: five parts, no gaps left, and numbers that never come twice (R04, R30, R46)."""

from dataclasses import fields, replace

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.letters import (
    FIELD_LABELS,
    LetterDraft,
    check_letter,
    check_letter_pattern,
    clean_letter,
    letter_number,
)

WHOLE = LetterDraft("3栋2单元501室 张先生", "来函收悉。", "我们道歉。", "已更换触点。")


def problems(**words):
    return [one.field for one in check_letter(replace(WHOLE, **words))]


def test_r30_concern_apology_and_improvement_are_needed_deadline_and_thanks_are_not():
    assert problems() == []
    for name in ("addressee", "care", "apology", "measures"):
        assert problems(**{name: " \n"}) == [name]


@pytest.mark.parametrize("field", [one.name for one in fields(LetterDraft)])
def test_r30_no_letter_goes_out_with_a_gap(field):
    assert problems(**{field: "原因是____。"}) == [field]


def test_all_that_is_missing_is_told_at_once():
    assert [one.field for one in check_letter(LetterDraft("", "", "", ""))] == [
        "addressee", "care", "apology", "measures",
    ]  # fmt: skip


def test_too_long_parts_are_told():
    assert problems(care="长" * 100_001) == ["care"]
    assert problems(contact="长" * 201) == ["contact"]
    assert problems(care="长" * 100_000) == []


def test_what_was_typed_is_made_safe_and_braces_stay():
    typed = replace(WHOLE, addressee=" 张先生\n ", care="一\u202e二\r\n三{称谓}")
    cleaned = clean_letter(typed)
    assert cleaned.addressee == "张先生"
    assert cleaned.care == "一二\n三{称谓}"


def test_every_field_has_a_label():
    assert list(FIELD_LABELS) == [one.name for one in fields(LetterDraft)]


@pytest.mark.parametrize(
    ("pattern", "number"),
    [
        ("函-{year}-{sequence}", "函-2026-0012"),
        ("云澜函〔{year}〕{sequence}号", "云澜函〔2026〕0012号"),
        ("{sequence}/{year}", "0012/2026"),
    ],
)
def test_r46_a_pattern_gives_the_number(pattern, number):
    assert letter_number(check_letter_pattern(pattern), 2026, 12) == number


@pytest.mark.parametrize(
    "pattern",
    [
        "函-{year}", "{sequence}", "{year}{sequence}{x}", "{year}-{sequence}-{sequence}",
        "函 {year}{sequence}", "{year}{sequence}" + "长" * 40, "{year!r}{sequence}", "{}",
    ],
)  # fmt: skip
def test_r46_a_pattern_that_would_give_a_number_twice_or_runs_code_is_refused(pattern):
    with pytest.raises(RuleError) as refusal:
        check_letter_pattern(pattern)
    assert refusal.value.code == "letter-pattern"
    assert "{sequence}" in str(refusal.value)


def test_without_a_pattern_of_its_own_the_office_has_the_programs():
    assert check_letter_pattern(" ") == ""
