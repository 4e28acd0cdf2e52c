"""Text made safe to store: nothing invisible, nothing lost that can be read (F44)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.texts import (
    clean_line,
    clean_text,
    elide,
    first_words,
    fold,
    has_words,
    search_words,
)


@pytest.mark.parametrize(
    ("raw", "clean"),
    [
        ("\n\t\t\t\n\t\t还我宁静\t\t噪音\n\n\n\t第二段\n\t", "还我宁静 噪音\n第二段"),
        ("a\x00b\x07c", "a b c"),
        ("\u202e反向\u200b零宽\ufeff", "反向零宽"),
        ("𠮷野家 😀 A<B &amp; <b>", "𠮷野家 😀 A<B &amp; <b>"),
        ("全角　空格\u00a0不断", "全角 空格 不断"),
        ("行一\r\n行二\r行三", "行一\n行二\n行三"),
        ("\ud800孤立", "孤立"),
        ("行一\u2028行二\u2029行三", "行一\n行二\n行三"),
        ("a\uffffb\ufdd0c\U0001fffe", "a b c"),
    ],
)
def test_clean_text(raw, clean):
    assert clean_text(raw) == clean


@given(st.text())
def test_cleaning_twice_changes_nothing_more_and_leaves_no_controls(text):
    once = clean_text(text)
    assert clean_text(once) == once
    assert not [c for c in once if unicodedata.category(c) in {"Cc", "Cs"} and c != "\n"]
    assert "\n" not in clean_line(text)


def test_the_matter_is_the_first_sentence_or_its_beginning():
    assert first_words("卫生间漏水。昨天开始滴。") == "卫生间漏水"
    assert first_words("长" * 50) == "长" * 29 + "…"
    assert first_words("。。。") == "。。。"
    assert elide("四个汉字", 4) == "四个汉字"


def test_a_lone_bracket_says_nothing():
    assert not has_words("）")
    assert has_words("漏")


def test_search_words_divide_every_character():
    assert search_words("电梯B2异响停８层") == "电 梯 b 2 异 响 停 8 层"
    assert search_words("𠮷") == "𠮷"
    assert fold("ＡＢＣ　１２") == "abc 12"
