"""Working time: the published years, the counting of days, and what holds for every calendar."""

from datetime import date, datetime, timedelta
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.calendar_days import CalendarDay, DayKind
from propdesk.domain.errors import RuleError
from propdesk.domain.work_calendar import (
    USUAL_HOURS,
    USUAL_WEEK,
    Span,
    WorkCalendar,
    missing_years_text,
    parse_hours,
    render_hours,
)
from propdesk.i18n import set_language
from propdesk.services.parts.limits import shipped_days

SHIPPED = WorkCalendar.of(shipped_days())
LUNCH = (parse_hours("08:30-12:00, 14:00-17:30"),) * 5 + (parse_hours("09:00-12:00"), ())


def at(typed: str) -> datetime:
    return datetime.fromisoformat(typed)


# What the State Council announced in October 2023, November 2024 and November 2025, by hand.
PUBLISHED = {
    2024: (
        "01-01 02-10/02-17 04-04/04-06 05-01/05-05 06-10 09-15/09-17 10-01/10-07",
        "02-04 02-18 04-07 04-28 05-11 09-14 09-29 10-12",
        251,
    ),
    2025: (
        "01-01 01-28/02-04 04-04/04-06 05-01/05-05 05-31/06-02 10-01/10-08",
        "01-26 02-08 04-27 09-28 10-11",
        248,
    ),
    2026: (
        "01-01/01-03 02-15/02-23 04-04/04-06 05-01/05-05 06-19/06-21 09-25/09-27 10-01/10-07",
        "01-04 02-14 02-28 05-09 09-20 10-10",
        248,
    ),
}


def days_of(year: int, spans: str) -> set[date]:
    found = set()
    for span in spans.split():
        first, _, last = span.partition("/")
        day, end = (date.fromisoformat(f"{year}-{one}") for one in (first, last or first))
        while day <= end:
            found.add(day)
            day += timedelta(1)
    return found


@pytest.mark.parametrize("year", PUBLISHED)
def test_the_shipped_year_is_the_published_one(year):
    off, made_up, workdays = PUBLISHED[year]
    shipped = {day.on: day.kind for day in SHIPPED.days.values() if day.on.year == year}
    assert {on for on, kind in shipped.items() if kind is DayKind.HOLIDAY} == days_of(year, off)
    assert {on for on, kind in shipped.items() if kind is DayKind.WORKDAY} == days_of(year, made_up)
    whole = (date(year, 1, 1) + timedelta(n) for n in range(366 if year % 4 == 0 else 365))
    assert sum(SHIPPED.is_working_day(day) for day in whole) == workdays
    assert SHIPPED.covers(year)


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        ("2026-02-13", True),  # Friday
        ("2026-02-14", True),  # Saturday, made up for the Spring Festival
        ("2026-02-16", False),  # Monday of the festival
        ("2026-02-23", False),
        ("2026-02-24", True),
        ("2026-02-28", True),  # Saturday, made up
        ("2026-03-01", False),  # Sunday
        ("2026-09-20", True),  # Sunday, made up for National Day
        ("2026-10-07", False),
        ("2026-10-10", True),
        ("2026-10-11", False),
        ("2024-02-29", True),  # the leap day, a Thursday
    ],
)
def test_a_day_is_worked_or_not(day, worked):
    assert SHIPPED.is_working_day(date.fromisoformat(day)) is worked


@pytest.mark.parametrize(
    ("start", "count", "due"),
    [
        ("2026-11-23 10:00", 1, "2026-11-24 17:30"),
        ("2026-11-23 07:00", 1, "2026-11-24 17:30"),
        ("2026-11-23 19:00", 1, "2026-11-24 17:30"),
        ("2026-11-27 16:59", 1, "2026-11-30 17:30"),  # Friday: the weekend is not counted
        ("2026-11-29 20:00", 1, "2026-11-30 17:30"),  # Sunday night: Monday is the day
        ("2026-02-13 15:00", 1, "2026-02-14 17:30"),  # the make-up Saturday counts
        ("2026-02-14 15:00", 1, "2026-02-24 17:30"),  # nine days of festival do not
        ("2026-02-16 09:00", 3, "2026-02-26 17:30"),
        ("2026-09-30 09:00", 3, "2026-10-10 17:30"),  # Thursday 8, Friday 9, make-up Saturday
        ("2026-12-31 09:00", 1, "2027-01-01 17:30"),  # no days of 2027 yet: a Friday as any other
        ("2024-02-28 09:00", 1, "2024-02-29 17:30"),
    ],
    ids=lambda value: str(value).replace(" ", "T"),
)
def test_r03_r04_r10_working_days_end_with_the_office_day(start, count, due):
    assert SHIPPED.add_working_days(at(start), count) == at(due)


@pytest.mark.parametrize(
    ("start", "minutes", "due"),
    [
        ("2026-11-23 10:00", 120, "2026-11-23 12:00"),
        ("2026-11-23 16:30", 60, "2026-11-23 17:30"),  # with the day, not at the next opening
        ("2026-11-23 16:30", 61, "2026-11-24 08:31"),
        ("2026-11-23 22:00", 0, "2026-11-24 08:30"),
        ("2026-11-23 22:00", 120, "2026-11-24 10:30"),
        ("2026-11-28 10:00", 120, "2026-11-30 10:30"),
        ("2026-02-14 16:30", 120, "2026-02-24 09:30"),
        ("2026-11-23 08:30", 540 * 5, "2026-11-27 17:30"),
    ],
    ids=lambda value: str(value).replace(" ", "T"),
)
def test_r10_working_minutes_start_at_the_next_opening(start, minutes, due):
    assert SHIPPED.add_working_time(at(start), timedelta(minutes=minutes)) == at(due)


def test_r05_calendar_days_keep_the_hour():
    assert SHIPPED.add_calendar_days(at("2026-09-30 10:05"), 3) == at("2026-10-03 10:05")
    assert SHIPPED.add_calendar_days(at("2024-02-28 23:59:59"), 2) == at("2024-03-01 23:59:59")


def test_the_last_day_of_a_year_counts():
    eve, new_year = at("2024-12-31 08:30"), at("2025-01-02 09:30")
    assert SHIPPED.working_time_between(eve, new_year) == timedelta(minutes=540 + 60)
    assert SHIPPED.add_working_time(eve, timedelta(minutes=600)) == new_year
    assert SHIPPED.working_time_between(at("2023-12-29 17:00"), new_year) == timedelta(
        minutes=30 + 251 * 540 + 60
    )


def test_lunch_and_half_saturdays_are_hours_like_others():
    calendar = WorkCalendar.of((), LUNCH)
    assert calendar.add_working_time(at("2026-11-23 11:30"), timedelta(minutes=60)) == at(
        "2026-11-23 14:30"
    )
    assert calendar.add_working_time(at("2026-11-23 12:30"), timedelta(minutes=0)) == at(
        "2026-11-23 14:00"
    )
    assert calendar.add_working_time(at("2026-11-23 11:30"), timedelta(minutes=30)) == at(
        "2026-11-23 12:00"
    )
    assert calendar.add_working_days(at("2026-11-27 16:00"), 1) == at("2026-11-28 12:00")
    worked = calendar.working_time_between(at("2026-11-27 13:00"), at("2026-11-30 09:00"))
    assert worked == timedelta(minutes=3 * 60 + 30 + 180 + 30)


def test_a_make_up_day_is_a_whole_day_also_where_saturdays_are_short():
    made_up = CalendarDay(date(2026, 2, 14), DayKind.WORKDAY, "春节")
    assert WorkCalendar.of([made_up], LUNCH).hours(made_up.on) == LUNCH[0]


def test_hours_until_midnight_end_at_midnight():
    calendar = WorkCalendar.of((), (parse_hours("00:00-24:00"),) * 7)
    assert calendar.add_working_days(at("2026-11-23 10:00"), 1) == at("2026-11-25 00:00")
    assert calendar.add_working_time(at("2026-11-23 10:00"), timedelta(minutes=1440)) == at(
        "2026-11-24 10:00"
    )


def test_a_year_is_there_when_its_three_fixed_holidays_are():
    lone = WorkCalendar.of([CalendarDay(date(2027, 1, 1), DayKind.HOLIDAY, "元旦")])
    assert not lone.covers(2027)
    assert not SHIPPED.covers(2027)
    assert SHIPPED.missing_between(date(2026, 12, 30), date(2027, 1, 4)) == (2027,)
    assert SHIPPED.missing_between(date(2026, 2, 1), date(2026, 3, 1)) == ()


def test_the_coming_year_is_missed_in_december_only():
    assert SHIPPED.missing_at(date(2026, 11, 30)) == ()
    assert SHIPPED.missing_at(date(2026, 12, 1)) == (2027,)
    assert SHIPPED.missing_at(date(2027, 3, 1)) == (2027,)


def test_the_warning_names_the_years():
    set_language("en")
    assert missing_years_text(()) == ""
    assert "2027 is missing" in missing_years_text((2027,))
    assert "2027, 2028" in missing_years_text((2027, 2028))


@pytest.mark.parametrize(
    ("typed", "spans"),
    [
        ("08:30-17:30", USUAL_HOURS),
        ("8:30~12:00、14:00至17:30", (Span(510, 720), Span(840, 1050))),
        ("１４：００－１７：３０；08:30-12:00", (Span(510, 720), Span(840, 1050))),
        ("00:00-24:00", (Span(0, 1440),)),
        ("", ()),
    ],
)
def test_hours_are_read_as_they_are_typed(typed, spans):
    assert parse_hours(typed) == spans
    assert parse_hours(render_hours(spans)) == spans


@pytest.mark.parametrize(
    "typed",
    [
        "all day",
        "17:30-08:30",
        "08:30-25:00",
        "08:60-12:00",
        "08:30-12:60",
        "08:30-12:00, 11:00-17:00",
    ],
)
def test_hours_that_are_none_are_refused(typed):
    with pytest.raises(RuleError) as refusal:
        parse_hours(typed)
    assert refusal.value.code == "hours-not-understood"


@pytest.mark.parametrize("week", [((),) * 7, USUAL_WEEK[:5], ((Span(600, 500),),) * 7])
def test_a_week_in_which_nothing_ends_is_refused(week):
    with pytest.raises(RuleError) as refusal:
        WorkCalendar.of((), week)
    assert refusal.value.code == "week-not-worked"


def test_at_the_end_of_all_calendars_nothing_breaks():
    last = at("9999-12-31 23:00")
    assert SHIPPED.add_working_time(last, timedelta(minutes=600)) == at("9999-12-31 23:59:59")
    assert SHIPPED.add_working_days(last, 5) == at("9999-12-31 23:59:59")
    assert SHIPPED.add_calendar_days(last, 5) == at("9999-12-31 23:59:59")


MOMENTS = st.datetimes(at("2023-11-01 00:00"), at("2028-03-01 00:00")).map(
    lambda moment: moment.replace(microsecond=0)
)
SPANS = (
    st.lists(st.integers(0, 288), min_size=2, max_size=6, unique=True)
    .map(sorted)
    .map(
        lambda edges: tuple(
            Span(a * 5, b * 5) for a, b in zip(edges[::2], edges[1::2], strict=False)
        )
    )
)
WEEKS = st.tuples(*[st.one_of(st.just(()), SPANS)] * 7).filter(any)
CALENDARS = st.one_of(
    st.just(SHIPPED),
    st.builds(
        WorkCalendar.of,
        st.lists(
            st.builds(
                CalendarDay,
                st.dates(date(2024, 1, 1), date(2027, 12, 31)),
                st.sampled_from(DayKind),
            ),
            max_size=30,
        ),
        WEEKS,
    ),
)
LIMITS = st.integers(0, 60_000).map(lambda minutes: timedelta(minutes=minutes))


def is_open(calendar: WorkCalendar, moment: datetime) -> bool:
    """Whether a moment lies in office hours, their ends included."""
    days = (moment.date(), moment.date() - timedelta(1))
    return any(
        datetime.combine(day, datetime.min.time()) + timedelta(minutes=span.opens)
        <= moment
        <= datetime.combine(day, datetime.min.time()) + timedelta(minutes=span.closes)
        for day in days
        for span in calendar.hours(day)
    )


@given(CALENDARS, MOMENTS, LIMITS)
def test_adding_is_undone_by_measuring(calendar, start, limit):
    due = calendar.add_working_time(start, limit)
    assert due >= start
    assert calendar.working_time_between(start, due) == limit


@given(CALENDARS, MOMENTS, LIMITS, st.integers(1, 40))
def test_what_is_due_never_lies_outside_the_hours(calendar, start, limit, days):
    assert is_open(calendar, calendar.add_working_time(start, limit))
    assert is_open(calendar, calendar.add_working_days(start, days))


@given(CALENDARS, MOMENTS, MOMENTS, LIMITS, LIMITS)
def test_later_starts_and_longer_limits_never_end_earlier(calendar, one, other, less, more):
    early, late = sorted((one, other))
    short, long = sorted((less, more))
    add = calendar.add_working_time
    assert add(early, short) <= add(late, short)
    assert add(early, short) <= add(early, long)


@given(CALENDARS, MOMENTS, MOMENTS, st.integers(1, 20), st.integers(1, 20))
def test_the_same_holds_for_limits_in_working_days(calendar, one, other, less, more):
    early, late = sorted((one, other))
    short, long = sorted((less, more))
    days = calendar.add_working_days
    assert days(early, short) <= days(late, short)
    assert days(early, short) <= days(early, long)


@given(CALENDARS, MOMENTS, MOMENTS, MOMENTS)
def test_working_time_adds_up(calendar, one, two, three):
    first, second, third = sorted((one, two, three))
    between = calendar.working_time_between
    assert between(first, second) + between(second, third) == between(first, third)
    assert between(first, third) <= third - first
    assert between(third, first) == timedelta()


@given(st.sampled_from([SHIPPED, WorkCalendar.of((), LUNCH)]), MOMENTS, st.integers(1, 30))
def test_r03_a_limit_leaves_so_many_whole_working_days(calendar, start, count):
    due = calendar.add_working_days(start, count)
    later = (start.date() + timedelta(n) for n in range(1, (due.date() - start.date()).days + 1))
    assert sum(map(calendar.is_working_day, later)) == count
    assert not calendar.working_time_between(due, due + timedelta(hours=6))


@given(st.data())
def test_the_count_agrees_with_walking_through_the_hours(data):
    calendar = data.draw(CALENDARS)
    start = data.draw(MOMENTS).replace(minute=0, second=0)
    end = start + timedelta(minutes=5 * data.draw(st.integers(0, 600)))
    moment, counted = start, 0
    while moment < end:
        minute = moment.hour * 60 + moment.minute
        counted += any(span.opens <= minute < span.closes for span in calendar.hours(moment.date()))
        moment += timedelta(minutes=1)
    assert calendar.working_time_between(start, end) == timedelta(minutes=counted)


def test_two_hundred_rows_cost_less_than_five_milliseconds():
    calendar = WorkCalendar.of(SHIPPED.days.values())
    calendar.add_working_days(at("2026-01-01 09:00"), 248)  # the year is counted once
    starts = [at("2026-01-05 09:00") + timedelta(hours=29 * n) for n in range(200)]

    def once() -> float:
        begun = process_time()
        for start in starts:
            calendar.add_working_days(start, 3)
            calendar.add_working_time(start, timedelta(minutes=600))
            calendar.working_time_between(start, at("2026-12-20 10:00"))
        return process_time() - begun

    assert min(once() for _ in range(5)) < 0.005
