"""Line breaking and spacing: nothing is lost, it always ends, lines begin and end cleanly."""

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.reports.parts.fonts import printable
from propdesk.reports.parts.masthead import fitting_size
from propdesk.reports.parts.text import begin, elide, shape, width_mm, wrap

SOUP = st.text(alphabet="渗水漏电梯，。、；：！？）》」”（《「“ab1.,-/% \n", max_size=120)
ANY = st.text(max_size=120).map(lambda text: printable(text).text)
WIDTHS = st.floats(1, 120)


def bare(text: str) -> str:
    return "".join(text.split())


@given(ANY | SOUP, WIDTHS)
def test_wrapping_loses_no_character(text, width):
    assert bare("".join(wrap(text, width, 9))) == bare(text)


@given(ANY | SOUP, WIDTHS, st.integers(1, 6))
def test_the_beginning_and_the_rest_are_the_text(text, width, lines):
    first, rest = begin(text, width, 9, lines)
    assert len(first) <= lines or not rest
    assert bare("".join(first) + rest) == bare(text)


@given(SOUP, st.floats(20, 120))
def test_no_line_is_wider_than_its_column_but_for_a_hanging_mark(text, width):
    half_mark = 9 * 25.4 / 72 / 2
    for line in wrap(text, width, 9):
        assert width_mm(line, 9) <= width + half_mark + 0.01


@given(st.lists(st.sampled_from(["渗水", "电梯坏了", "20 滴", "门禁", "3-2-501"]), min_size=5))
def test_no_line_of_real_text_begins_or_ends_with_a_forbidden_mark(words):
    text = "，".join(f"（{word}）" for word in words) + "。"
    for line in wrap(text, 40, 9):
        assert line[0] not in "，。）"
        assert line[-1] != "（"


@given(st.integers(20, 200), st.integers(30, 120))
def test_the_last_line_has_three_characters_or_more(length, width):
    lines = wrap("水" * length, width, 9)
    if len(lines) > 1:
        assert len(lines[-1]) >= 3


def test_numbers_and_words_stay_whole():
    lines = wrap("工单编号 TS-202611-0031 请在 complaint 一栏填写，电话 138-5812-3407 联系", 30, 9)
    whole = "\n".join(lines)
    for word in ("TS-202611-0031", "complaint", "138-5812-3407"):
        assert word in whole


@pytest.mark.parametrize("words", ["11 月 23 日", "11月23日", "4 栋 1 单元", "预计 3 小时"])
def test_a_number_stays_with_what_it_counts(words):
    units = "月日栋单小"
    for width in range(20, 90):
        for line, after in pairwise(
            wrap(f"因更换入楼主管阀门，停水通知定于{words}前后张贴", width, 9)
        ):
            assert not (line.rstrip()[-1:].isdigit() and after[0] in units), (width, line, after)


def test_the_groups_of_a_telephone_or_account_number_stay_together():
    numbers = ("0571-8800 6110", "3301 0400 0012 3456 789")
    text = f"户名：云澜物业；账号：{numbers[1]}；收款地点：前台。联系人：赵敏；电话：{numbers[0]}。"
    for width in range(42, 120):
        whole = "\n".join(wrap(text, width, 9.8))
        assert all(number in whole for number in numbers), whole
    # A column of a day with its hour still breaks at the blank; so does what fits no line.
    assert wrap("2026-07-18 10:20", 20, 9) == ["2026-07-18", "10:20"]
    assert wrap("1001 1002 1003 1004", 16, 9)[0].strip() == "1001 1002"


def test_what_was_made_as_wide_as_its_place_is_not_cut():
    """A heading that is set smaller to fit loses no letter to a rounding."""
    for word in ("Taken up again", "Enquired into", "Told above", "Yunlan Garden Property Centre"):
        for room in (11.0, 14.7, 19.3, 23.1):
            size = fitting_size(word, room, 60, least=0.1, bold=True)
            assert elide(word, room, size, bold=True) == word


def test_a_chain_that_allows_no_break_is_broken_anyway():
    assert len(wrap("，" * 200, 20, 9)) > 5
    assert len(wrap("（" * 200, 20, 9)) > 5
    assert len(wrap("a" * 200, 20, 9)) > 5
    assert len(wrap("水" * 50, 0.1, 9)) == 50


@pytest.mark.parametrize("unit", ["水", "a", "，", "a\n", "\n", "（", "a "])
def test_a_hundred_thousand_characters_take_a_second_at_most(unit):
    start = time.perf_counter()
    wrap((unit * 100_000)[:100_000], 60, 9)
    assert time.perf_counter() - start < 2


def test_chinese_and_latin_stand_apart_without_a_blank():
    shaped = shape("第20栋")
    assert shaped.plain == "第20栋"
    assert shaped.width == pytest.approx(2 + 2 * 0.555 + 2 * 0.2)


def test_a_masked_name_is_one_word():
    assert shape("许*琴").runs == (("许*琴", 0.0),)


def test_neighbouring_full_width_marks_close_up():
    assert shape("”，").width == pytest.approx(1.5)
    assert shape("水，").width == pytest.approx(2)


def test_eliding_keeps_to_the_width():
    text = "云澜花园物业服务中心有限责任公司第一分公司"
    short = elide(text, 40, 9)
    assert short.endswith("…")
    assert width_mm(short, 9) <= 40
    assert elide("短", 40, 9) == "短"
