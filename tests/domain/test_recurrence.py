"""Days of recurrence rules, worked by hand on a calendar of 2026 and 2027."""

from datetime import date
from time import perf_counter

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.recurrence import Recurrence, check_recurrence


def on(words: str) -> list[date]:
    return [
        date.fromisoformat(f"2026-{word}" if len(word) == 5 else word) for word in words.split()
    ]


@pytest.mark.parametrize(
    ("rule", "starts", "span", "days"),
    [
        # First Monday of the month: 7 September, 5 October, 2 November, 7 December 2026.
        ("FREQ=MONTHLY;BYDAY=1MO", "09-01", "09-01 12-31", "09-07 10-05 11-02 12-07"),
        # Every 15 days from 1 November (law.md 1.9: lift maintenance, 监察条例 31).
        ("FREQ=DAILY;INTERVAL=15", "11-01", "11-01 12-31", "11-01 11-16 12-01 12-16 12-31"),
        # Half-yearly (tank cleaning): the 31st is missing in no such month here.
        ("FREQ=MONTHLY;INTERVAL=6", "01-20", "01-01 2027-12-31",
         "01-20 07-20 2027-01-20 2027-07-20"),
        # Last day of each month, February included.
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "11-01", "11-01 2027-02-28",
         "11-30 12-31 2027-01-31 2027-02-28"),
        # Working week: 21 and 22 November 2026 are Saturday and Sunday.
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "11-01", "11-19 11-24", "11-19 11-20 11-23 11-24"),
        # Every second week counts from the first day on.
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", "11-03", "11-01 12-20", "11-03 11-17 12-01 12-15"),
        ("FREQ=DAILY;COUNT=2", "11-21", "11-01 12-31", "11-21 11-22"),
        ("RDATE:20261125T000000,20261203T000000", "11-01", "11-01 12-31", "11-25 12-03"),
        # As a calendar program writes days; hours are no part of a rule.
        ("RDATE;VALUE=DATE:20261125,20261203T083000", "11-01", "11-01 12-03", "11-25 12-03"),
        ("FREQ=DAILY;UNTIL=20261103T155959Z", "11-01", "11-01 12-31", "11-01 11-02 11-03"),
        # The 31st is the last day where a month has none, and the 29th of February the 28th.
        ("FREQ=MONTHLY", "2026-08-31", "2026-09-01 2027-02-28",
         "09-30 10-31 11-30 12-31 2027-01-31 2027-02-28"),
        ("FREQ=YEARLY", "2024-02-29", "2025-01-01 2028-12-31",
         "2025-02-28 2026-02-28 2027-02-28 2028-02-29"),
        # «Each quarter on the 31st», in any order of its parts; several days are those of RFC 5545.
        ("FREQ=MONTHLY;BYMONTHDAY=31;INTERVAL=3", "08-01", "08-01 2027-06-01",
         "08-31 11-30 2027-02-28 2027-05-31"),
        ("FREQ=MONTHLY;BYMONTHDAY=29,31", "11-01", "11-01 2027-03-30",
         "11-29 12-29 12-31 2027-01-29 2027-01-31 2027-03-29"),
        # Two rules with different steps keep their own days.
        ("FREQ=DAILY;INTERVAL=7\nFREQ=DAILY;INTERVAL=9", "11-01", "11-15 12-01",
         "11-15 11-19 11-22 11-28 11-29"),
    ],
)  # fmt: skip
def test_days_of_a_rule(rule: str, starts: str, span: str, days: str) -> None:
    recurrence = check_recurrence(rule, on(starts)[0])
    assert list(recurrence.days(*on(span))) == on(days)


def test_a_cycle_restarts_on_the_day_that_it_was_done() -> None:
    fortnight = Recurrence("RRULE:FREQ=DAILY;INTERVAL=15", date(2026, 1, 1))
    assert fortnight.next_when_done(date(2026, 11, 20)) == date(2026, 12, 5)
    half_year = Recurrence("RRULE:FREQ=MONTHLY;INTERVAL=6", date(2026, 1, 31))
    assert half_year.next_when_done(date(2026, 8, 20)) == date(2027, 2, 20)
    assert half_year.next_when_done(date(2026, 8, 31)) == date(2027, 2, 28)


@pytest.mark.parametrize(
    ("rule", "code"),
    [
        ("every day", "recurrence-unreadable"),
        ("", "recurrence-unreadable"),
        ("FREQ=SOMETIMES", "recurrence-unreadable"),
        # The library would stand still, or walk backwards.
        ("FREQ=DAILY;INTERVAL=0", "recurrence-unreadable"),
        ("FREQ=DAILY;INTERVAL=-3", "recurrence-unreadable"),
        ("FREQ=DAILY;INTERVAL=99999999", "recurrence-unreadable"),
        ("FREQ=DAILY;" * 500, "recurrence-unreadable"),
        ("FREQ=HOURLY", "recurrence-too-fine"),
        ("FREQ=DAILY;BYHOUR=99", "recurrence-too-fine"),
        ("FREQ=DAILY;BYMINUTE=1,2,3", "recurrence-too-fine"),
        # 30 February: a plan whose rule never fires.
        ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "recurrence-never"),
        ("FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "recurrence-never"),
        ("FREQ=DAILY;UNTIL=20200101T000000", "recurrence-never"),
    ],
)
def test_a_rule_that_helps_nobody_is_refused(rule: str, code: str) -> None:
    began = perf_counter()
    with pytest.raises(RuleError) as refusal:
        check_recurrence(rule, date(2026, 11, 21))
    assert refusal.value.code == code
    # Walked to the year 9999 it takes ten times as long.
    assert perf_counter() - began < 3


def test_ten_years_later_the_days_are_the_same() -> None:
    """A start that is moved near changes no day."""
    for rule in ("FREQ=DAILY;INTERVAL=7", "FREQ=WEEKLY;INTERVAL=3;BYDAY=MO,TH", "FREQ=DAILY"):
        long = Recurrence(f"RRULE:{rule}", date(2026, 11, 4))
        whole = long.days(date(2026, 11, 4), date(2037, 1, 31))
        late = [day for day in whole if day >= date(2036, 12, 1)]
        assert list(long.days(date(2036, 12, 1), date(2037, 1, 31))) == late
        assert long.next(date(2036, 12, 1)) == next(day for day in late if day > date(2036, 12, 1))
