"""Charts: figures stand on the paper as text, patterns stay apart in one bit."""

import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.reports.parts.charts import (
    HeatTable,
    Pareto,
    ParetoRow,
    Series,
    StackedBars,
    axis_step,
)
from propdesk.reports.parts.patterns import Pattern, fill_pattern
from propdesk.reports.parts.sheet import Box


@given(st.integers(1, 10_000_000))
def test_the_axis_has_two_to_five_lines(highest):
    step = axis_step(highest)
    assert 1 <= highest // step + 1 <= 5
    assert str(step).strip("0") in {"1", "2", "5"}


def test_stacked_bars_print_every_figure_and_total(draw, tmp_path, texts):
    months = tuple(f"{month}月" for month in (11, 12, *range(1, 11)))
    years = (2025, 2025) + (2026,) * 10
    series = tuple(
        Series(f"第{place}类", pattern, tuple(range(100 * place, 100 * place + 12)))
        for place, pattern in enumerate(Pattern, 1)
    )
    chart = StackedBars(months, years, series, 700.5, "月均700.5")
    with draw() as sheet:
        chart.draw(sheet, 18, 30, chart.height(sheet, 178) and 178)
    words = texts(tmp_path / "paper.pdf")[0].split()
    for one in series:
        assert {str(value) for value in one.values} <= set(words)
    assert {str(sum(one.values[place] for one in series)) for place in range(12)} <= set(words)
    assert {"月均700.5", "2025", "2026", "第1类"} <= set(words)


def test_an_empty_chart_is_a_chart(draw, tmp_path, texts):
    empty = StackedBars(("1月",), (2026,), (Series("收费", Pattern.SOLID, (0,)),))
    with draw() as sheet:
        empty.draw(sheet, 18, 30, 178)
        Pareto((), "件数", "累计占比").draw(sheet, 18, 130, 178)
        HeatTable(("0-8",), ("周一",), ((0,),), "合计", 3, 2).draw(sheet, 18, 180, 100)
    assert "件数" in texts(tmp_path / "paper.pdf")[0]


def test_pareto_prints_counts_and_cumulative_shares(draw, tmp_path, texts):
    rows = (
        ParetoRow("1.2", "设备运行", 6, 0.6),
        ParetoRow("2.5", "环境", 3, 0.9),
        ParetoRow("", "其余", 1, 1.0, remainder=True),
    )
    with draw() as sheet:
        Pareto(rows, "件数", "累计占比").draw(sheet, 18, 30, 178)
    words = texts(tmp_path / "paper.pdf")[0].split()
    assert {"6", "3", "1", "60.0%", "90.0%", "设备运行"} <= set(words)


def test_heat_table_totals_both_ways(draw, tmp_path, texts):
    with draw() as sheet:
        heat = HeatTable(("0-8", "8-24"), ("周一", "周二"), ((1, 2), (0, 4)), "合计", 4, 2)
        heat.draw(sheet, 18, 30, 100)
    assert texts(tmp_path / "paper.pdf")[0].split()[-4:] == ["合计", "1", "6", "7"]


def test_the_five_patterns_stay_apart_at_150_dpi_in_one_bit(draw, tmp_path):
    if shutil.which("pdftoppm") is None:
        pytest.skip("pdftoppm is not installed, so the page cannot be seen")
    with draw() as sheet:
        for place, pattern in enumerate(Pattern):
            fill_pattern(sheet, Box(20, 20 + 30 * place, 50, 20), pattern)
    stem = tmp_path / "page"
    subprocess.run(
        ["pdftoppm", "-r", "150", "-mono", "-singlefile", tmp_path / "paper.pdf", stem],
        check=True,
        capture_output=True,
    )
    shares = []
    data = stem.with_suffix(".pbm").read_bytes()
    magic, size, bits = data.split(b"\n", 2)
    assert magic == b"P4"
    row_bytes = (int(size.split()[0]) + 7) // 8
    for place in range(len(Pattern)):
        rows = range(int((22 + 30 * place) * 150 / 25.4), int((38 + 30 * place) * 150 / 25.4))
        columns = range(int(24 * 150 / 25.4) // 8, int(66 * 150 / 25.4) // 8)
        ink = sum(bits[row * row_bytes + col].bit_count() for row in rows for col in columns)
        shares.append(ink / (len(rows) * len(columns) * 8))
    solid, hatch, dots, white, lines = shares
    assert solid > 0.99
    assert 0.25 < hatch < 0.6
    assert 0.03 < dots < hatch - 0.12
    assert white == 0
    assert 0.1 < lines < hatch - 0.03  # and level where the hatch is steep
