"""Cycles as an office says them, in words and as rules, and the years of a lift."""

from datetime import date

import pytest

from propdesk import i18n
from propdesk.domain.cycles import (
    LAST,
    Cycle,
    Often,
    cycle_of,
    lift_test_years,
    lift_years,
    rule_of,
    rule_words,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.recurrence import check_recurrence

LIFT = date(2026, 3, 15)


@pytest.mark.parametrize(
    ("rule", "english", "chinese"),
    [
        ("FREQ=DAILY", "every day", "每天"),
        ("FREQ=DAILY;INTERVAL=15", "every 15 days", "每 15 天"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR", "every Monday to Friday", "每周一至周五"),
        ("FREQ=WEEKLY;BYDAY=TU,MO", "every Monday, Tuesday", "每星期一、星期二"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=FR", "Friday of every 2 weeks", "每 2 周的星期五"),
        ("FREQ=MONTHLY;BYDAY=1MO", "every month on the first Monday", "每月第一个星期一"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "every month on the last Friday", "每月最后一个星期五"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", "every month on day 15", "每月 15 日"),
        ("FREQ=MONTHLY;INTERVAL=3;BYMONTHDAY=-1", "every 3 months on the last day",
         "每 3 个月最后一日"),
        ("FREQ=MONTHLY;INTERVAL=3", "quarterly", "每季度"),
        ("FREQ=MONTHLY;INTERVAL=6", "half-yearly", "每半年"),
        ("FREQ=YEARLY", "yearly", "每年"),
        ("FREQ=YEARLY;INTERVAL=3", "every 3 years", "每 3 年"),
        (lift_years(LIFT), "years 1, 4, 7, 9, 11, 13 and 15 after 2026-03-15, then yearly",
         "自 2026-03-15 起第 1、4、7、9、11、13、15 年，以后每年"),
        (lift_test_years(LIFT), "years 2, 3, 5, 6, 8, 10, 12 and 14 after 2026-03-15",
         "自 2026-03-15 起第 2、3、5、6、8、10、12、14 年"),
        ("FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1", "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1",
         "FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=1"),
    ],
)  # fmt: skip
def test_r99_a_rule_in_words_of_both_languages(rule: str, english: str, chinese: str) -> None:
    i18n.set_language("en")
    assert rule_words(rule) == english
    i18n.set_language("zh_CN")
    assert rule_words(rule) == chinese
    # What the window shows of a rule, it writes again.
    again = rule_of(cycle_of(rule), LIFT)
    span = (date(2026, 1, 1), date(2046, 12, 31))
    asked = [check_recurrence(one, LIFT).days(*span) for one in (rule, again)]
    assert asked[0] == asked[1]


def test_r99_the_years_of_a_lift_in_words_before_its_first_day_is_known() -> None:
    i18n.set_language("zh_CN")
    assert rule_words("lift-test-years") == "自监督检验起第 2、3、5、6、8、10、12、14 年"


def test_tsg_t7001_2023_years_1_4_7_9_11_13_15_then_yearly_and_tests_in_between() -> None:
    """Law.md 1.9: counted from the supervision inspection; other years are tested (T7008)."""
    days = check_recurrence(lift_years(LIFT), LIFT).days(LIFT, date(2044, 12, 31))
    assert [day.year - 2026 for day in days] == [1, 4, 7, 9, 11, 13, 15, 16, 17, 18]
    assert {(day.month, day.day) for day in days} == {(3, 15)}
    tests = check_recurrence(lift_test_years(LIFT), LIFT).days(LIFT, date(2060, 12, 31))
    assert [day.year - 2026 for day in tests] == [2, 3, 5, 6, 8, 10, 12, 14]
    leap = date(2024, 2, 29)
    days = check_recurrence(lift_years(leap), leap).days(leap, date(2034, 12, 31))
    assert [f"{day}" for day in days] == ["2025-02-28", "2028-02-29", "2031-02-28", "2033-02-28"]


@pytest.mark.parametrize(
    "cycle",
    [
        Cycle(Often.DAYS, 0),
        Cycle(Often.MONTHS, 401),
        Cycle(Often.WEEKS),
        Cycle(Often.MONTHS, day=32),
        Cycle(Often.MONTHS, day=-2),
    ],
)
def test_a_cycle_out_of_range_is_refused(cycle: Cycle) -> None:
    with pytest.raises(RuleError):
        rule_of(cycle, LIFT)


def test_the_last_day_and_weekday_of_a_month() -> None:
    assert rule_of(Cycle(Often.MONTHS, 1, day=LAST), LIFT) == "FREQ=MONTHLY;BYMONTHDAY=-1"
    assert rule_of(Cycle(Often.MONTHS, 3, (4,), place=LAST), LIFT) == (
        "FREQ=MONTHLY;INTERVAL=3;BYDAY=-1FR"
    )
