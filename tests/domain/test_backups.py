"""When a backup is due, how old is too old, which may go (decision 41, F31-F33)."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.backups import (
    HEALTH_LABELS,
    KEPT_DAYS,
    KEPT_MONTHS,
    BackupHealth,
    BackupName,
    backup_name,
    health,
    is_due,
    is_due_at_exit,
    read_name,
    removable,
)

NOW = datetime(2026, 11, 21, 10, 32)
UID = "0123456789abcdef0123456789abcdef"


def days(count: float) -> timedelta:
    return timedelta(days=count)


@given(st.datetimes(datetime(2000, 1, 1), datetime(2999, 1, 1)))
def test_a_name_reads_back_and_sorts_by_time(moment):
    name = backup_name(moment, UID)
    assert name.text.endswith("-01234567.pdbak")
    assert read_name(name.text) == name
    later = backup_name(moment + timedelta(seconds=1), UID)
    assert later.text > name.text
    assert later > name


@pytest.mark.parametrize(
    "name",
    [
        "",
        "office.db",
        "20261121-103200-01234567.pdbak.part",
        "20261121-103200.pdbak",
        "20261341-103200-01234567.pdbak",
        "20261121-103200-0123456G.pdbak",
        "x20261121-103200-01234567.pdbak",
        "20261121-103200-01234567.pdbak\n",
    ],
)
def test_other_names_are_not_ours(name):
    assert read_name(name) is None


@pytest.mark.parametrize(
    ("last", "changed", "due"),
    [
        (None, True, True),
        (None, False, False),
        (NOW - timedelta(hours=2), True, False),
        (NOW - days(1), True, True),
        (NOW - days(1), False, False),
        (NOW + days(400), True, True),
    ],
)
def test_one_backup_a_day_after_a_change(last, changed, due):
    assert is_due_at_exit(last, changed, NOW) is due
    assert is_due(last, changed, NOW - timedelta(minutes=5), NOW) is due
    assert is_due(last, changed, None, NOW) is due
    assert is_due(last, changed, NOW + timedelta(hours=1), NOW) is due
    assert is_due(last, changed, NOW - timedelta(minutes=4, seconds=59), NOW) is False


@pytest.mark.parametrize(
    ("last", "changed", "made", "expected"),
    [
        (NOW - days(0.9), True, NOW - days(50), BackupHealth.GOOD),
        (NOW - days(1), True, NOW - days(50), BackupHealth.LATE),
        (NOW - days(2.9), True, NOW - days(50), BackupHealth.LATE),
        (NOW - days(3), True, NOW - days(50), BackupHealth.OVERDUE),
        (NOW - days(30), False, NOW - days(50), BackupHealth.GOOD),
        (NOW + days(1), True, NOW - days(50), BackupHealth.LATE),
        (None, True, NOW, BackupHealth.GOOD),
        (None, True, NOW - days(1), BackupHealth.LATE),
        (None, False, NOW - days(3), BackupHealth.OVERDUE),
    ],
)
def test_health(last, changed, made, expected):
    assert health(last, changed, made, NOW) is expected
    assert str(HEALTH_LABELS[expected])


def kept(names: list[BackupName], now: datetime) -> list[BackupName]:
    gone = removable(names, now)
    return sorted(set(names) - set(gone), reverse=True)


def daily(count: int, end: datetime = NOW) -> list[BackupName]:
    return [backup_name(end - days(day), UID) for day in range(count)]


def test_fourteen_days_and_the_last_of_twelve_months_stay():
    left = kept(daily(1000), NOW)
    assert left[:14] == daily(14)
    # November stands among the days; eleven months' last days follow.
    assert [name.created_at.strftime("%m-%d") for name in left[14:]] == [
        "10-31", "09-30", "08-31", "07-31", "06-30", "05-31", "04-30", "03-31", "02-28", "01-31",
        "12-31",
    ]  # fmt: skip


def test_all_of_a_recent_day_stay():
    names = [backup_name(NOW - timedelta(hours=hour), UID) for hour in range(10)]
    assert kept(names, NOW) == names


def test_a_clock_that_went_back_removes_nothing():
    assert removable(daily(1000), NOW - timedelta(seconds=1)) == ()
    assert removable([], NOW) == ()


def test_a_clock_that_jumps_ahead_removes_nothing_more():
    names = kept(daily(1000), NOW)
    ahead = backup_name(NOW + days(4 * 365), UID)
    gone = removable([*names, ahead], ahead.created_at)
    assert len(gone) <= 2


@given(st.lists(st.datetimes(datetime(2024, 1, 1), NOW), max_size=60))
def test_what_is_kept_stays_kept(moments):
    names = sorted({backup_name(moment, UID) for moment in moments}, reverse=True)
    left = kept(names, NOW)
    assert kept(left, NOW) == left
    assert left[:KEPT_DAYS] == names[:KEPT_DAYS]
    months = {name.created_at.strftime("%Y%m") for name in names}
    assert len({name.created_at.strftime("%Y%m") for name in left}) >= min(KEPT_MONTHS, len(months))
