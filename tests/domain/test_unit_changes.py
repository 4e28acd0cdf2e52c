"""The history of a house: what holds on a day, and what a form may say of it."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.cells import CellError
from propdesk.domain.errors import DraftError
from propdesk.domain.unit_changes import (
    DATED,
    UNIT_FIELD_LABELS,
    ChangeDraft,
    NewChange,
    UnitChange,
    UnitField,
    held_on,
    read_change,
    read_value,
    spans,
    value_words,
)
from propdesk.domain.units import UNIT_STATE_LABELS, UNIT_USAGE_LABELS, UnitState, UnitUsage

TODAY = date(2026, 11, 21)
AT = datetime(2026, 11, 21, 9, 30)


def line(id_, value, from_on, *, voided=False):
    return UnitChange(id_, 1, UnitField.STATE, value, from_on, AT, voided_at=AT if voided else None)


FIRST = line(1, "vacant", None)
LET = line(2, "let", date(2026, 3, 1))
SOLD = line(3, "owner-occupied", date(2026, 9, 1))


@pytest.mark.parametrize(
    ("day", "value"),
    [
        (date(1990, 1, 1), "vacant"),
        (date(2026, 2, 28), "vacant"),
        (date(2026, 3, 1), "let"),
        (date(2026, 8, 31), "let"),
        (date(2026, 9, 1), "owner-occupied"),
        (date(2100, 1, 1), "owner-occupied"),
    ],
)
def test_a_value_holds_from_its_day_until_the_next(day, value):
    # Entered in any order.
    assert held_on([SOLD, FIRST, LET], day).value == value


def test_of_two_changes_of_one_day_the_later_entered_holds():
    again = line(4, "decorating", LET.from_on)
    assert held_on([again, LET, FIRST], date(2026, 5, 1)) == again
    assert [span.line for span in spans([FIRST, LET, again, SOLD])] == [SOLD, again, FIRST]


def test_a_voided_line_never_held():
    void = line(4, "unsold", date(2026, 4, 1), voided=True)
    assert held_on([FIRST, LET, void], date(2026, 5, 1)) == LET
    assert void not in [span.line for span in spans([FIRST, void])]


def test_nothing_is_known_before_the_first_line():
    assert held_on([LET], date(2026, 2, 28)) is None
    assert spans([]) == ()


def test_spans_leave_no_gap():
    found = [(span.line.value, span.line.from_on, span.until) for span in spans([LET, FIRST, SOLD])]
    assert found == [
        ("owner-occupied", date(2026, 9, 1), None),
        ("let", date(2026, 3, 1), date(2026, 8, 31)),
        ("vacant", None, date(2026, 2, 28)),
    ]


DAYS = st.dates(date(2026, 1, 1), date(2026, 1, 20))
LINES = st.lists(st.tuples(st.none() | DAYS, st.sampled_from("abc"), st.booleans()), max_size=12)


@given(LINES, DAYS)
def test_what_holds_is_what_a_walk_through_the_days_finds(said, day):
    lines = [line(n, value, on, voided=void) for n, (on, value, void) in enumerate(said, 1)]
    walked, at = None, date.min
    for step in [None, *(date(2026, 1, 1) + timedelta(n) for n in range(20))]:
        at = step or at
        if at > day:
            break
        for one in lines:  # in the order in which they were entered
            if one.from_on == step and not one.voided_at:
                walked = one
    assert held_on(lines, day) == walked
    for span in spans(lines):
        for there in (span.line.from_on or date.min, span.until or date.max):
            assert held_on(lines, there) == span.line


def test_a_change_waits_for_its_day():
    assert line(1, "let", date(2026, 11, 22)).is_coming(TODAY)
    assert not line(1, "let", TODAY).is_coming(TODAY)
    assert not FIRST.is_coming(TODAY)
    assert not line(1, "let", date(2027, 1, 1), voided=True).is_coming(TODAY)


def test_a_change_is_read():
    draft = ChangeDraft(UnitField.AREA, "８９.６２㎡", "2027年1月1日", " 实测\t")
    assert read_change(draft, TODAY) == NewChange(UnitField.AREA, "8962", date(2027, 1, 1), "实测")
    assert read_change(ChangeDraft(UnitField.STATE, "let"), TODAY).from_on == TODAY


@pytest.mark.parametrize(
    "typed",
    ["0", "０", "0.00", "-1", "－12", "1e308", "NaN", "inf", "0.004", "大", "0㎡", "1000001"],
)
def test_f46_what_is_no_area(typed):
    with pytest.raises(CellError) as refused:
        read_value(UnitField.AREA, typed)
    assert str(refused.value)


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        (UnitField.STATE, "sold"),
        (UnitField.STATE, "LET"),
        (UnitField.USAGE, "home"),
        (UnitField.LAYOUT, "长" * 201),
        (UnitField.CONTRACT, "长" * 201),
    ],
)
def test_what_is_no_value(field, typed):
    with pytest.raises(CellError) as refused:
        read_value(field, typed)
    assert str(refused.value)


@pytest.mark.parametrize("field", DATED)
def test_a_value_may_be_unknown_again(field):
    assert read_value(field, " \u200b") == ""


@pytest.mark.parametrize("day", ["2026-02-30", "1899-12-31", "9999-01-01", "8/9/2026", "?"])
def test_all_problems_of_a_change_come_at_once(day):
    with pytest.raises(DraftError) as refused:
        read_change(ChangeDraft(UnitField.AREA, "x", day, "长" * 201), TODAY)
    fields = [problem.field for problem in refused.value.problems]
    assert fields == ["value", "from_on", "note"]
    assert all(problem.text for problem in refused.value.problems)


def test_everything_has_a_word():
    assert set(UNIT_FIELD_LABELS) == set(UnitField)
    assert set(UNIT_STATE_LABELS) == set(UnitState)
    assert set(UNIT_USAGE_LABELS) == set(UnitUsage)
    assert value_words(UnitField.AREA, "8962") == "89.62 平方米"
    assert value_words(UnitField.LAYOUT, "三室两厅") == "三室两厅"
    for field, value in ((UnitField.STATE, "let"), (UnitField.USAGE, "office")):
        assert value_words(field, value) not in ("", value)
    assert {value_words(field, "") for field in UnitField} == {""}
