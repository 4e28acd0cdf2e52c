"""A year's days as offices write them down, and what cannot be taken."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.calendar_days import (
    CalendarDay,
    DayKind,
    parse_days,
    read_days,
    render_days,
)
from propdesk.i18n import set_language

OFF, MADE_UP = DayKind.HOLIDAY, DayKind.WORKDAY
NEW_YEAR = CalendarDay(date(2027, 1, 1), OFF, "元旦")
SUNDAY = CalendarDay(date(2027, 2, 14), MADE_UP, "春节")


@pytest.mark.parametrize(
    "text",
    [
        "date,kind,name\n2027-01-01,holiday,元旦\n2027-02-14,workday,春节\n",
        "日期,类型,名称\n2027/1/1,休,元旦\n2027/2/14,班,春节",
        "\ufeff日期;类型;名称\r\n2027年1月1日;节假日;元旦\r\n\r\n2027年2月14日;补班;春节\r\n",
        "名称\t类别\t日期\n元旦\t放假\t2027.1.1\n春节\t上班\t20270214\n",
        "节日，性质，日期（公历）\n元旦，法定节假日，2027年1月1日\n春节，调休上班，2027-2-14\n",
        "2027-01-01,休,元旦\n2027-02-14,班,春节\n",
        "# published in November\n日期,类型,名称\n２０２７/１/１,休,元旦\n2027-02-14,班,春节\n,,\n",
        "日期,类型,名称\n2027-02-14,班,春节\n2027-01-01,休,元旦\n2027-01-01,休,元旦\n",
    ],
)
def test_a_file_is_read_as_it_comes(text):
    found = parse_days(text)
    assert found.days == (NEW_YEAR, SUNDAY)
    assert found.problems == ()
    assert found.years == (2027,)


def test_cells_of_a_workbook_are_read_too():
    rows = [
        (3, ("日期", "类型")),
        (4, (datetime(2027, 1, 1), "休")),
        (5, (46797, "班")),  # a date as Excel stores it
    ]
    found = read_days(rows)
    assert found.problems == ()
    assert found.days == (
        CalendarDay(date(2027, 1, 1), OFF),
        CalendarDay(date(2028, 2, 14), MADE_UP),
    )
    assert found.years == (2027, 2028)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2027-13-01,休,元旦", "2027-13-01"),
        ("1/1/27,休,元旦", "1/1/27"),
        (",休,元旦", "no date"),
        ("2027-01-02,,元旦", "Say what kind"),
        ("2027-01-02,maybe,元旦", "maybe"),
        ("2027-01-02,调休,元旦", "both"),
        ("1927-01-02,休,元旦", "2000"),
        ("3027-01-02,休,元旦", "3027"),
        ("2027-01-01,班,元旦", "line 2"),
        ("2027-01-02", "Say what kind"),
        ('"2027-01-02,休,元旦', "2027-01-02"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line, words):
    set_language("en")
    found = parse_days(f"日期,类型,名称\n2027-01-01,休,元旦\n{line}\n")
    assert [problem.line for problem in found.problems] == [3]
    assert words in found.problems[0].text
    assert found.days == (NEW_YEAR,)


def test_an_open_quote_and_a_line_of_megabytes_spoil_themselves_only():
    found = parse_days(
        f'2027-01-01,休,元旦\n"2027-01-02,休\n{"x" * 2_000_000}\n2027-02-14,班,春节\n'
    )
    assert found.days == (NEW_YEAR, SUNDAY)
    assert [problem.line for problem in found.problems] == [2, 3]


def test_an_empty_file_has_no_days():
    assert parse_days("").days == parse_days("日期,类型\n").days == ()


def test_the_festivals_have_a_name_in_both_languages():
    set_language("en")
    assert NEW_YEAR.label == "New Year's Day"
    assert CalendarDay(date(2027, 4, 9), OFF, "三月三").label == "三月三"


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), max_size=20)
DAYS = st.builds(
    CalendarDay, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(DayKind), NAMES
)


@given(st.lists(DAYS, unique_by=lambda day: day.on))
def test_what_is_rendered_is_read_back(days):
    found = parse_days(render_days(days))
    assert [(day.on, day.kind) for day in found.days] == [
        (day.on, day.kind) for day in sorted(days)
    ]
    assert not found.problems
    assert render_days(found.days) == render_days(parse_days(render_days(found.days)).days)


@given(st.text())
def test_no_text_breaks_the_reader(text):
    found = parse_days(text)
    assert len(found.days) + len(found.problems) <= len(text.splitlines()) + 1
