"""Months: their midnights, their neighbours, and what the clerk may type."""

from datetime import date, datetime

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.months import Month


@pytest.mark.parametrize("typed", ["2026-11", " 2026/11 ", "202611", "2026年11月", "2026.11"])
def test_what_people_type_is_read(typed):
    assert Month.parse(typed) == Month(2026, 11)


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "2026",
        "2026-13",
        "2026-00",
        "november",
        "26-11",
        "2026-11-02",
        "9999-12",
        "0001-01",
        "20261",
    ],
)
def test_anything_else_is_refused_with_an_example(typed):
    with pytest.raises(RuleError, match="2026-11") as refused:
        Month.parse(typed)
    assert refused.value.code == "month-not-understood"


def test_midnights_and_neighbours():
    month = Month(2026, 12)
    assert (month.start, month.end) == (datetime(2026, 12, 1), datetime(2027, 1, 1))
    assert month.last_day == date(2026, 12, 31)
    assert Month(2027, 1).previous == month
    assert month.last_year == Month(2025, 12)
    assert month.shifted(-12) == month.last_year
    assert Month(2024, 2).last_day == date(2024, 2, 29)
    assert str(Month(2026, 1)) == "2026-01"
    assert Month.of(date(2026, 11, 30)) < month
