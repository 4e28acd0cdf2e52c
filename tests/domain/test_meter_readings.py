"""What meters counted: worked by hand, and for any chain of readings."""

from dataclasses import replace
from datetime import date, timedelta
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.meter_readings import (
    MeterReading,
    ReadingDraft,
    check_course,
    check_reading,
    count_course,
    course_of,
    daily_use,
    deviation_percent,
    estimate_milli,
    step_milli,
)
from propdesk.domain.meters import (
    Meter,
    MeterDraft,
    MeterKind,
    ReadingKind,
    check_meter,
    figure_words,
    parse_figure,
)

ESTIMATED, READ, REVERSED = ReadingKind.ESTIMATED, ReadingKind.READ, ReadingKind.REVERSED
METER = Meter(
    id=1,
    kind=MeterKind.WATER,
    number="A-17",
    place="",
    digits=5,
    multiplier_milli=1000,
    installed_on=date(2026, 1, 1),
    first_milli=0,
    removed_on=None,
    last_milli=None,
    replaces_id=None,
    note="",
    version=1,
    where="3-2-501",
)


def read(month: int, whole: int, kind: ReadingKind = READ, turned: int = 0) -> MeterReading:
    return MeterReading(date(2026, month, 25), whole * 1000, kind, turned)


def charged(*course: MeterReading, digits: int = 5, multiplier: int = 1000) -> list[int | None]:
    return [one.charged_milli for one in count_course(course, digits, multiplier)]


def test_a_meter_counts_from_reading_to_reading() -> None:
    # 132 - 120 = 12 m³, 150 - 132 = 18 m³
    assert charged(read(1, 120), read(2, 132), read(3, 150)) == [12_000, 18_000]


def test_the_multiplier_of_a_transformer() -> None:
    # 40 times (100 - 90) = 400 kWh
    assert charged(read(1, 90), read(2, 100), multiplier=40_000) == [400_000]


def test_a_meter_of_five_digits_turns_over() -> None:
    # from 99,990 to zero 10, and 15 on: 25
    assert charged(read(1, 99_990), read(2, 15, turned=1)) == [25_000]
    # the same with a ratio of 20
    assert charged(read(1, 99_990), read(2, 15, turned=1), multiplier=20_000) == [500_000]


def test_a_figure_that_fell_says_nothing() -> None:
    assert charged(read(1, 100), read(2, 90), read(3, 95)) == [None, 5_000]


def test_a_meter_that_runs_backwards_counts_down() -> None:
    # built in the wrong way round: 500 - 480 = 20
    assert charged(read(1, 500), read(2, 480, REVERSED)) == [20_000]
    # through zero: 10 down to 0, then 99,995: 15
    assert charged(read(1, 10), read(2, 99_995, REVERSED, 1)) == [15_000]


def test_an_estimate_is_trued_up_by_the_next_real_reading() -> None:
    # Estimated 120, it was 115: 20 charged, 5 too much; to 130 there are 15, less 5 is 10... :
    # 100 -> 120e (20) -> 115 (0, 5 over) -> 130 (15 - 5 = 10); 20 + 0 + 10 = 130 - 100.
    course = (read(1, 100), read(2, 120, ESTIMATED), read(3, 115), read(4, 130))
    assert charged(*course) == [20_000, 0, 10_000]
    # Estimated too low: the rest comes with the next one.
    assert charged(read(1, 100), read(2, 105, ESTIMATED), read(3, 130)) == [5_000, 25_000]


def test_no_estimate_excuses_a_figure_below_the_last_real_one() -> None:
    assert charged(read(1, 100), read(2, 120, ESTIMATED), read(3, 99)) == [20_000, None]


def test_what_was_charged_too_much_goes_over_to_the_meter_that_follows() -> None:
    found = count_course((read(1, 0), read(2, 30)), 5, 1000, over_milli=12_000)
    assert [one.charged_milli for one in found] == [18_000]
    assert found[-1].over_milli == 0


def test_the_days_of_installation_and_removal() -> None:
    gone = replace(METER, removed_on=date(2026, 3, 10), last_milli=70_000)
    course = course_of(gone, [read(1, 40), read(2, 60), read(3, 999)])
    assert [(one.on_day, one.value_milli) for one in course] == [
        (date(2026, 1, 1), 0),
        (date(2026, 1, 25), 40_000),
        (date(2026, 2, 25), 60_000),
        (date(2026, 3, 10), 70_000),
    ]


@given(
    first=st.integers(0, 99_999_999),
    steps=st.lists(st.integers(0, 250_000_000), min_size=1, max_size=12),
    multiplier=st.integers(1, 400_000),
)
def test_a_chain_is_the_sum_of_its_parts_over_any_roll_over(
    first: int, steps: list[int], multiplier: int
) -> None:
    digits, span = 5, 100_000_000
    course, figure = [MeterReading(date(2026, 1, 1), first)], first
    for place, step in enumerate(steps, start=1):
        turned, figure = divmod(figure + step, span)
        day = date(2026, 1, 1) + timedelta(days=place)
        course.append(MeterReading(day, figure, READ, turned))
    parts = charged(*course, digits=digits, multiplier=multiplier)
    whole = replace(course[-1], turned=sum(one.turned for one in course[1:]))
    assert sum(part or 0 for part in parts) == step_milli(course[0], whole, digits, multiplier)
    if multiplier == 1000:
        assert parts == steps


@given(
    reals=st.lists(st.integers(0, 500), min_size=1, max_size=8),
    guesses=st.lists(st.integers(0, 900), min_size=8, max_size=8),
)
def test_estimates_never_change_the_sum_and_nothing_is_charged_below_zero(
    reals: list[int], guesses: list[int]
) -> None:
    day, figure = date(2026, 1, 1), 1_000
    course = [MeterReading(day, figure)]
    for real, guess in zip(reals, guesses, strict=False):
        day += timedelta(days=1)
        course.append(MeterReading(day, figure + guess, ESTIMATED))
        day += timedelta(days=1)
        figure += real
        course.append(MeterReading(day, figure))
    found = count_course(course, 5, 1000)
    parts = [one.charged_milli for one in found]
    assert all(part is not None and part >= 0 for part in parts)
    # All that was charged, less what is still too much, is what the meter really counted.
    assert sum(part or 0 for part in parts) - found[-1].over_milli == sum(reals)


def test_the_mean_use_of_the_last_readings() -> None:
    # 25 January to 25 March are 59 days; 59 m³ are 1 a day. The 31 m³ before do not count.
    course = (MeterReading(date(2025, 12, 25), 0), read(1, 31), read(2, 60), read(3, 90))
    assert daily_use(course, 5, 2) == Fraction(59_000, 59)
    assert daily_use(course[:1], 5, 3) is None


def test_an_estimate_goes_by_the_mean_in_whole_figures() -> None:
    # 31 days at 0.5 a day: 15.5; whole: 115
    assert estimate_milli(read(3, 100), Fraction(500), date(2026, 4, 25), 5) == 115_000
    with pytest.raises(RuleError, match=r"."):
        estimate_milli(read(3, 100), None, date(2026, 4, 25), 5)


def test_an_estimate_never_passes_through_zero() -> None:
    with pytest.raises(RuleError) as refusal:
        estimate_milli(read(3, 99_990), Fraction(1000), date(2026, 4, 25), 5)
    assert refusal.value.code == "estimate-turns"


def test_deviation_is_told_in_percent_of_the_mean() -> None:
    last = read(3, 100)  # 31 days to 25 April; at 1 a day the mean is 31
    daily = Fraction(1000)
    assert deviation_percent(last, read(4, 131), 5, daily) == 0
    assert deviation_percent(last, read(4, 162), 5, daily) == 100
    assert deviation_percent(last, read(4, 100), 5, daily) == -100
    assert deviation_percent(last, read(4, 9_999), 5, daily) == 999
    assert deviation_percent(last, read(4, 101), 5, Fraction(0)) == 999
    assert deviation_percent(last, read(4, 101), 5, None) is None


@pytest.mark.parametrize(
    ("draft", "value", "code"),
    [
        (ReadingDraft(1, date(2026, 6, 2), 1), 1_000, "reading-early"),
        (ReadingDraft(1, date(2025, 12, 31), 1), 1_000, "reading-before-meter"),
        (ReadingDraft(1, date(2026, 5, 1), 1), 100_000_000, "figure-too-long"),
        (ReadingDraft(1, date(2026, 5, 1), 1, REVERSED), 50_000, "reversed-unexplained"),
        (ReadingDraft(1, date(2026, 5, 1), 1, READ, 1), 150_000, "not-turned"),
    ],
)
def test_f46_a_reading_that_cannot_be_is_refused(
    draft: ReadingDraft, value: int, code: str
) -> None:
    with pytest.raises(RuleError) as refusal:
        check_reading(draft, value, METER, read(4, 100), today=date(2026, 6, 1))
    assert refusal.value.code == code


def test_a_meter_that_is_gone_takes_no_reading() -> None:
    gone = replace(METER, removed_on=date(2026, 4, 30), last_milli=120_000)
    draft = ReadingDraft(1, date(2026, 4, 30), 130_000)
    with pytest.raises(RuleError) as refusal:
        check_reading(draft, 130_000, gone, read(4, 100), today=date(2026, 6, 1))
    assert refusal.value.code == "meter-gone"


def test_a_chain_that_cannot_be_counted_is_refused() -> None:
    check_course(METER, [read(1, 10), read(2, 20)])
    with pytest.raises(RuleError) as refusal:
        check_course(METER, [read(1, 10), read(2, 9)])
    assert refusal.value.code == "reading-below"
    with pytest.raises(RuleError):
        check_course(METER, [read(1, 10), read(2, 20, REVERSED)])


@pytest.mark.parametrize(
    ("typed", "milli"),
    [("0", 0), ("01234", 1_234_000), ("12.5", 12_500), (" １２ ", 12_000), ("7.0050", 7_005)],
)
def test_a_figure_is_read_as_the_meter_shows_it(typed: str, milli: int) -> None:
    assert parse_figure(typed) == milli
    assert parse_figure(figure_words(milli)) == milli


@pytest.mark.parametrize("typed", ["", "-5", "1e308", "NaN", "1.2.3", "12,5", "1.2345", "9" * 13])
def test_f46_what_is_no_figure_is_refused(typed: str) -> None:
    with pytest.raises(RuleError):
        parse_figure(typed)


def test_f46_a_meter_is_checked() -> None:
    draft = MeterDraft(MeterKind.WATER, date(2026, 1, 1))
    assert check_meter(draft) == ()
    for change, field in (
        ({"digits": 2}, "digits"),
        ({"first_milli": -1}, "first"),
        ({"first_milli": 100_000_000}, "first"),
        ({"multiplier_milli": 0}, "multiplier"),
        ({"number": "9" * 2000}, "number"),
    ):
        assert [one.field for one in check_meter(replace(draft, **change))] == [field]  # type: ignore[arg-type]
