"""The short forms of a promised time."""

from datetime import datetime, timedelta, timezone

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.moments import parse_moment

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
