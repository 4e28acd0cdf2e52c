"""A year's days as offices write them down, and what cannot be taken."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.calendar_days import CalendarDay, DayKind, read_days
from propdesk.i18n import set_language

OFF, MADE_UP = DayKind.HOLIDAY, DayKind.WORKDAY
NEW_YEAR = CalendarDay(date(2027, 1, 1), OFF, "元旦")
SUNDAY = CalendarDay(date(2027, 2, 14), MADE_UP, "春节")


HEADER = ("日期", "类型", "名称")


def read(*rows):
    """Read rows that stand on the lines from 1 on."""
    return read_days(enumerate(rows, 1))


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
        ("2027-01-02，休，元旦", "2027-01-02"),
    ],
)
def test_a_line_that_cannot_be_taken_says_why(line, words):
    set_language("en")
    found = read(HEADER, ("2027-01-01", "休", "元旦"), line.split(","))
    assert [problem.line for problem in found.problems] == [3]
    assert words in found.problems[0].text
    assert found.days == (NEW_YEAR,)


def test_a_cell_of_megabytes_spoils_its_line_only():
    found = read(
        ("2027-01-01", "休", "元旦"),
        ("x" * 2_000_000, "x" * 2_000_000),
        ("2027-02-14", "班", "春节"),
    )
    assert found.days == (NEW_YEAR, SUNDAY)
    assert [problem.line for problem in found.problems] == [2]
    assert len(found.problems[0].text) < 1_000


def test_an_empty_table_has_no_days():
    assert read().days == read(HEADER).days == ()


def test_the_festivals_have_a_name_in_both_languages():
    set_language("en")
    assert NEW_YEAR.label == "New Year's Day"
    assert CalendarDay(date(2027, 4, 9), OFF, "三月三").label == "三月三"


NAMES = st.text(st.characters(exclude_categories=("C", "Z")), max_size=20)
DAYS = st.builds(
    CalendarDay, st.dates(date(2000, 1, 1), date(2099, 12, 31)), st.sampled_from(DayKind), NAMES
)


@given(st.lists(DAYS, unique_by=lambda day: day.on))
def test_what_is_written_down_is_read_back(days):
    def written(days):
        return [(day.on.isoformat(), day.kind.value, day.name) for day in days]

    found = read(HEADER, *written(days))
    assert [(day.on, day.kind) for day in found.days] == [
        (day.on, day.kind) for day in sorted(days)
    ]
    assert not found.problems
    assert read(HEADER, *written(found.days)) == found


CELLS = st.none() | st.text() | st.integers() | st.floats() | st.dates() | st.datetimes()


@given(st.lists(st.lists(CELLS)))
def test_no_table_breaks_the_reader(rows):
    found = read(*rows)
    assert len(found.days) + len(found.problems) <= len(rows)
