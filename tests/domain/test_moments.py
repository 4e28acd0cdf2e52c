"""The short forms of a promised time."""

from datetime import datetime, timedelta, timezone

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.moments import parse_moment, parse_past

NOW = datetime(2026, 11, 21, 9, 30, 45, tzinfo=timezone(timedelta(hours=8)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("11:30", "2026-11-21 11:30"),
        ("８：０５", "2026-11-21 08:05"),
        ("9:00", "2026-11-21 09:00"),
        ("下午3点", "2026-11-21 15:00"),
        ("下午3点半", "2026-11-21 15:30"),
        ("晚上8:15", "2026-11-21 20:15"),
        ("中午12点", "2026-11-21 12:00"),
        ("3:00 pm", "2026-11-21 15:00"),
        ("10时20分", "2026-11-21 10:20"),
        ("明天 10:00", "2026-11-22 10:00"),
        ("明天10点", "2026-11-22 10:00"),
        ("后天上午9点", "2026-11-23 09:00"),
        ("tomorrow 10:00", "2026-11-22 10:00"),
        ("today 18:00", "2026-11-21 18:00"),
        ("11-25 18:00", "2026-11-25 18:00"),
        ("11/25 18:00", "2026-11-25 18:00"),
        ("11月25日18:00", "2026-11-25 18:00"),
        ("01-05 10:00", "2027-01-05 10:00"),
        ("10-30 10:00", "2026-10-30 10:00"),
        ("2026-11-25 18:00", "2026-11-25 18:00"),
        ("2026-11-25T18:00:30", "2026-11-25 18:00:30"),
        ("2027年1月5日 8:00", "2027-01-05 08:00"),
        ("+2h", "2026-11-21 11:30"),
        ("2小时后", "2026-11-21 11:30"),
        ("30分钟后", "2026-11-21 10:00"),
    ],
)
def test_short_forms_are_understood(typed, meant):
    assert parse_moment(typed, NOW) == datetime.fromisoformat(meant)


@pytest.mark.parametrize(
    "typed", ["", "soon", "25:00", "11:75", "02-30 10:00", "13-01 10:00", "明天", "3", "11:30 x"]
)
def test_what_is_no_time_is_refused_with_examples(typed):
    with pytest.raises(RuleError) as refusal:
        parse_moment(typed, NOW)
    assert refusal.value.code == "moment-not-understood"
    assert "11:30" in str(refusal.value)


@pytest.mark.parametrize(
    ("typed", "since", "meant"),
    [
        ("9:10", "2026-11-21 08:50", "2026-11-21 09:10"),
        ("0910", "2026-11-21 08:50", "2026-11-21 09:10"),
        ("910", "2026-11-21 08:50", "2026-11-21 09:10"),
        # Sent out yesterday afternoon: done yesterday, or this morning.
        ("16:40", "2026-11-20 16:00", "2026-11-20 16:40"),
        ("8:10", "2026-11-20 16:00", "2026-11-21 08:10"),
        ("16:00", "2026-11-20 16:00", "2026-11-20 16:00"),
        # Not before today's dispatch, and not tomorrow either: the day of the dispatch.
        ("8:40", "2026-11-21 08:50", "2026-11-21 08:40"),
        ("10:30", "2026-11-21 08:50", "2026-11-21 10:30"),
        ("昨天 16:40", "2026-11-19 16:00", "2026-11-20 16:40"),
        ("前天16:40", "2026-11-18 16:00", "2026-11-19 16:40"),
        ("11-20 16:40", "2026-11-19 16:00", "2026-11-20 16:40"),
        ("12-30 16:40", "2025-12-30 16:00", "2025-12-30 16:40"),
        ("2025-12-30 16:40", "2025-12-30 16:00", "2025-12-30 16:40"),
    ],
)
def test_times_on_a_paper_are_those_since_it_went_out(typed, since, meant):
    happened = parse_past(typed, datetime.fromisoformat(since), NOW)
    assert happened == datetime.fromisoformat(meant)


def test_a_leap_day_has_no_year_before():
    now = datetime(2028, 2, 1, 9, 0)
    assert parse_past("2-29 10:00", now, now) == datetime(2028, 2, 29, 10)


@pytest.mark.parametrize("typed", ["", "soon", "2575", "99", "12345"])
def test_what_is_no_time_on_a_paper_is_refused(typed):
    with pytest.raises(RuleError) as refusal:
        parse_past(typed, NOW.replace(tzinfo=None), NOW)
    assert refusal.value.code == "moment-not-understood"
