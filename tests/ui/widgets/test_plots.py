"""Plots: what is drawn is measured in the picture."""

from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget

from ui.theme import Mode, Tone
from ui.widgets.plots.classes import ClassBars, ClassCount
from ui.widgets.plots.daily import DailyBars, DayCount
from ui.widgets.plots.radar import LimitationRadar, RadarPoint
from ui.widgets.plots.rates import RateBar, RateBars
from ui.widgets.plots.ruler import DayRuler, DueMoment
from ui.widgets.plots.scale import axis_top
from ui.widgets.plots.trend import Trend, TrendPoint


@given(st.integers(0, 10**9))
def test_axis_ends_at_a_round_number_above(greatest):
    top = axis_top(greatest)
    assert top >= greatest
    assert top <= max(2 * greatest, 4)
    assert top % 2 == 0


def column_of(image, colour, x):
    return sum(QColor(image.pixel(x, y)) == colour for y in range(image.height()))


def count_of(image, colour):
    return sum(column_of(image, colour, x) for x in range(image.width()))


def heights(image, colour):
    return [n for n in (column_of(image, colour, x) for x in range(image.width())) if n]


def grabbed(widget: QWidget, width=300, height=120):
    widget.resize(width, height)
    return widget.grab().toImage()


def days(*counts):
    return [DayCount(date(2026, 11, 1) + timedelta(n), count) for n, count in enumerate(counts)]


def test_bars_are_as_high_as_their_counts(theme):
    plot = DailyBars(theme, "每日工单")
    plot.show_days(days(8, 4, 0, 2, 6))
    image = grabbed(plot)
    past = heights(image, theme.colours.plot_quiet)
    today = heights(image, theme.colours.accent_text)
    field = plot._field().height()
    assert max(past) == pytest.approx(field, abs=4)
    assert min(past) == pytest.approx(field / 4, abs=4)
    assert max(today) == pytest.approx(field * 6 / 8, abs=4)
    assert plot.mean() == 4
    assert "11-02 4" in plot.accessibleDescription()


def test_an_empty_plot_is_quiet(theme):
    plots = (DailyBars(theme, "a"), ClassBars(theme, "b"), Trend(theme, "c"))
    for plot in plots:
        image = grabbed(plot)
        assert len({image.pixel(x, y) for x in range(0, 300, 7) for y in range(0, 120, 5)}) == 1
    assert plots[0].mean() == 0
    plots[0].show_days(days(0, 0, 0))
    assert not grabbed(plots[0]).isNull()


def test_classes_now_are_solid_and_then_outlined(theme):
    plot = ClassBars(theme, "投诉分类")
    plot.show_classes([ClassCount("设备设施", 10, 20), ClassCount("收费", 5, 0)])
    image = grabbed(plot, 400, 80)
    solid = [
        sum(QColor(image.pixel(x, y)) == theme.colours.plot for x in range(400)) for y in range(80)
    ]
    longest = max(solid)
    half = [n for n in solid if 0 < n < longest]
    assert max(half) == pytest.approx(longest / 2, abs=2)
    assert "设备设施 10 (20)" in plot.accessibleDescription()


def test_ruler_puts_moments_and_now_in_their_places(theme):
    ruler = DayRuler(theme, "今天的时限")
    moments = [DueMoment(time(13), "3-2-501 承诺", Tone.INFO), DueMoment(time(23), "夜里")]
    ruler.show_day(moments, datetime(2026, 11, 21, 10, 30))
    image = grabbed(ruler, 800, 110)
    accent = theme.colours.accent_text
    now = max(range(800), key=lambda x: column_of(image, accent, x))
    assert now == pytest.approx(800 * 0.25, abs=12)
    info = theme.tone(Tone.INFO).dot
    middle = [x for x in range(800) if column_of(image, info, x)]
    assert sum(middle) / len(middle) == pytest.approx(400, abs=3)
    assert ruler.accessibleDescription() == "13:00 3-2-501 承诺, 23:00 夜里"


def test_crowded_ruler_draws_every_dot(theme):
    ruler = DayRuler(theme, "今天的时限")
    moments = [DueMoment(time(9 + n // 6, n % 6 * 10), f"{n} 号楼 派工") for n in range(50)]
    ruler.show_day(moments, datetime(2026, 11, 21, 7, 0))
    assert not grabbed(ruler, 500, 80).isNull()


def test_trend_marks_the_bad_point(theme):
    trend = Trend(theme, "满意率")
    points = [TrendPoint(f"{n} 月", 90 + n, f"{90 + n} %", is_bad=n == 2) for n in range(5)]
    trend.show_points(points)
    assert count_of(grabbed(trend), theme.colours.plot_warn) >= 20
    trend.show_points(points[:1])
    assert not grabbed(trend).isNull()


def test_plots_follow_the_theme(theme, qapp):
    plot = DailyBars(theme, "每日工单")
    plot.show_days(days(8, 4))
    theme.apply(qapp, Mode.DARK, 14)
    assert count_of(grabbed(plot), theme.colours.plot_quiet) > 50


def test_the_radar_places_days_across_and_sums_upwards(theme):
    radar = LimitationRadar(theme, "时效")
    soon, late = RadarPoint("6-1-1404", 26, 781_200), RadarPoint("7-3-802", 120, 410_000)
    radar.show_points([late, soon, RadarPoint("1-1-101", 181, 5_000_000)])
    radar.resize(440, 150)
    field = radar.field()
    assert radar.place(soon)[0] == pytest.approx(field.left() + field.width() * 26 / 180)
    assert radar.place(late)[1] > radar.place(soon)[1]
    # 7,812 yuan of the 8,000 at the upper edge.
    assert radar.place(soon)[1] == pytest.approx(
        field.bottom() - field.height() * 7812 / 8000, abs=2
    )
    assert radar.accessibleDescription() == "6-1-1404 26 7,812.00, 7-3-802 120 4,100.00"
    image = grabbed(radar, 440, 150)
    x, y = (round(at) for at in radar.place(soon))
    assert QColor(image.pixel(x, y)) == theme.tone(Tone.DANGER).dot


def test_what_has_run_out_stands_at_the_left_edge(theme):
    radar = LimitationRadar(theme, "时效")
    gone = RadarPoint("1-1-101", -40, 100)
    radar.show_points([gone])
    radar.resize(440, 150)
    assert radar.place(gone)[0] == radar.field().left()


def test_rates_are_as_long_as_their_part_and_amber_far_below_the_target(theme):
    plot = RateBars(theme, "收缴率")
    plot.show_rates([RateBar("1栋", 3, 4), RateBar("2栋", 1, 1), RateBar("3栋", 0, 0)], 0.95)
    assert plot.accessibleDescription() == "1栋 75.0%, 2栋 100.0%, 3栋 —"
    image = grabbed(plot, 300, 120)

    def longest(colour):
        return max(
            sum(QColor(image.pixel(x, y)) == colour for x in range(image.width()))
            for y in range(image.height())
        )

    low, whole = longest(theme.colours.plot_warn), longest(theme.colours.plot)
    assert low == pytest.approx(whole * 3 / 4, abs=4)


def test_without_room_the_lowest_rates_stay(theme):
    plot = RateBars(theme, "收缴率")
    plot.show_rates([RateBar(f"{n}栋", n, 20) for n in range(20)])
    plot.resize(300, 100)
    bars, more = plot.shown()
    assert [bar.part for bar in bars] == list(range(len(bars)))
    assert more == 20 - len(bars) > 0
