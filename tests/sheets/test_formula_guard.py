"""No text becomes a formula, and every text comes back as it was."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.sheets.formula_guard import guarded, looks_like_formula, unguarded


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('=HYPERLINK("x")', '\'=HYPERLINK("x")'),
        ("+1", "'+1"),
        ("-1", "'-1"),
        ("@x", "'@x"),
        ("  =1", "'  =1"),
        ("\u00a0=1", "'\u00a0=1"),
        ("\u3000＝1", "'\u3000＝1"),
        ("\ufeff=1", "'\ufeff=1"),
        ("＝1+1", "'＝1+1"),
        ("\t漏水", "'\t漏水"),
        ("漏水\n=1", "漏水\n'=1"),
        ("'=1", "''=1"),
        ("+86-138-1234", "'+86-138-1234"),
    ],
)
def test_guarded(text: str, expected: str) -> None:
    assert guarded(text) == expected
    assert unguarded(expected) == text


@pytest.mark.parametrize(
    "text",
    ["", "13800138000", "021-61234567", "+86 13800138000", "3-2-501", "'引文'", "a=b", "1.38E+10"],
)
def test_left_alone(text: str) -> None:
    assert guarded(text) == unguarded(text) == text


@given(st.text(st.sampled_from("=+-@＝'\n\t \u3000\ufeff1a漏")))
def test_round_trip_and_safety(text: str) -> None:
    written = guarded(text)
    assert unguarded(written) == text
    for line in written.split("\n"):
        start = line.strip(" \t\u3000\ufeff")[:1]
        assert start not in tuple("=+-@＝＋－\uff20") or re.fullmatch(r"\+\d[\d ]{6,18}", text)


@pytest.mark.parametrize("text", ["=1", "+1", "-1", "@x", " ＝1", "'a", "\n=1"])
def test_marked_as_text_in_a_workbook(text: str) -> None:
    assert looks_like_formula(text)


def test_plain_text_is_not_marked() -> None:
    assert not looks_like_formula("三楼漏水 = 停水")
