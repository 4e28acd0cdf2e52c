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
