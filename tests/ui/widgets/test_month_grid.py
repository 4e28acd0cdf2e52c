"""The month of rounds and the plot of readings: measured in the picture, walked by keys."""

from datetime import date, timedelta

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest

from propdesk.domain.rounds import Standing
from ui.theme import Tone
from ui.widgets.month_grid import MonthGrid, weeks_of
from ui.widgets.plots.readings import LimitBand, ReadingPlot, ReadingPoint

TODAY = date(2026, 11, 21)


@pytest.fixture
def grid(theme, qtbot) -> MonthGrid:
    made = MonthGrid(theme, "月历", "一 二 三 四 五 六 日", TODAY)
    qtbot.addWidget(made)
    made.resize(700, 440)
    return made


def colours_in(widget, rect) -> set[str]:
    image = widget.grab().toImage()
    return {
        QColor(image.pixel(x, y)).name()
        for x in range(rect.left(), rect.right())
        for y in range(rect.top() + 2, rect.bottom())
    }


def test_november_2026_takes_six_weeks_from_monday_26_october() -> None:
    weeks = weeks_of(date(2026, 11, 15))
    assert (len(weeks), weeks[0][0], weeks[-1][-1]) == (6, date(2026, 10, 26), date(2026, 12, 6))
    # February 2027 begins on a Monday and fits into four weeks.
    assert len(weeks_of(date(2027, 2, 1))) == 4


def test_only_a_day_with_a_miss_is_red(grid, theme) -> None:
    bad, good = date(2026, 11, 4), date(2026, 11, 5)
    grid.show_counts({bad: {Standing.MISSED: 1}, good: {Standing.DONE: 5}}, TODAY)
    danger, plot = theme.tone(Tone.DANGER).text.name(), theme.colours.plot.name()
    assert danger in colours_in(grid, grid.cell(bad))
    assert {danger, plot} & colours_in(grid, grid.cell(good)) == {plot}
    # Forty rounds have no room for forty marks: they stay inside their day.
    grid.show_counts({good: {Standing.DONE: 40}}, TODAY)
    assert plot not in colours_in(grid, grid.cell(date(2026, 11, 6)))


def test_keys_walk_days_weeks_and_months(grid, qtbot) -> None:
    grid.show()
    seen: list[date] = []
    grid.day_changed.connect(seen.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Home):
        QTest.keyClick(grid, key)
    assert seen == [date(2026, 11, 22), date(2026, 11, 29), date(2026, 12, 29), TODAY]
    with qtbot.waitSignal(grid.opened):
        QTest.keyClick(grid, Qt.Key.Key_Return)


def test_a_month_end_stays_a_day_of_the_next_month(grid) -> None:
    grid.choose(date(2027, 1, 31))
    grid.walk_months(1)
    assert grid.chosen() == date(2027, 2, 28)


def test_readings_stand_between_their_limits(theme, qtbot) -> None:
    plot = ReadingPlot(theme, "压力")
    qtbot.addWidget(plot)
    plot.resize(560, 180)
    points = [
        ReadingPoint(TODAY + timedelta(n), value, f"{value:.2f}", is_bad=value < 0.45)
        for n, value in enumerate((0.52, 0.50, 0.38))
    ]
    plot.show_readings(points, LimitBand(0.45, 0.60, "0.45", "0.60"))
    heights = [plot.place(point).y() for point in points]
    assert heights == sorted(heights)
    field = plot.field()
    low, high = plot.span()
    assert low < 0.38 < 0.60 < high
    assert field.top() <= heights[0] <= heights[-1] <= field.bottom()
    danger = theme.tone(Tone.DANGER).dot.name()
    assert danger in colours_in(plot, field.adjusted(0, 0, 8, 0))
    plot.show_readings(points[:2], LimitBand(0.45, 0.60, "0.45", "0.60"))
    assert danger not in colours_in(plot, field.adjusted(0, 0, 8, 0))


def test_values_of_bad_readings_side_by_side_do_not_cover_their_marks(theme, qtbot) -> None:
    plot = ReadingPlot(theme, "压力")
    qtbot.addWidget(plot)
    plot.resize(560, 130)
    points = [
        ReadingPoint(TODAY + timedelta(n), value, f"{value:.2f}", is_bad=value < 0.45)
        for n, value in enumerate((*[0.50] * 17, 0.44, 0.44, 0.44, 0.38))
    ]
    plot.show_readings(points, LimitBand(0.45, 0.60, "0.45", "0.60"))
    danger = theme.tone(Tone.DANGER).dot.name()
    for point in points[-4:]:
        middle = plot.place(point).toPoint()
        mark = QRect(middle.x() - 1, middle.y() - 3, 2, 4)
        assert colours_in(plot, mark) == {danger}
