"""Cells of lists of arrears: amounts to the fen, periods as offices write them (F46)."""

from datetime import date

import pytest

from propdesk.domain.cells import CellError
from propdesk.domain.imported_bills import read_amount, read_months


@pytest.mark.parametrize(
    ("cell", "fen"),
    [
        (None, 0), ("", 0), ("—", 0), (0, 0), (12, 1200), (12.5, 1250), ("1,234.50元", 123450),
        ("￥20", 2000), (210.46999999999997, 21047), ("０.０１", 1), (1e3, 100000),
    ],
)  # fmt: skip
def test_an_amount_is_read_in_whole_fen(cell, fen):
    assert read_amount(cell) == fen


@pytest.mark.parametrize(
    "cell", ["面议", "NaN", float("nan"), float("inf"), -1, "-0.01", 0.005, 1e308, 1e12, True]
)
def test_f46_what_is_no_amount_is_refused(cell):
    with pytest.raises(CellError):
        read_amount(cell)


@pytest.mark.parametrize(
    ("cell", "first", "last"),
    [
        ("2025-11", "2025-11-01", "2025-11-30"),
        ("2024年2月", "2024-02-01", "2024-02-29"),
        ("202402", "2024-02-01", "2024-02-29"),
        ("2025", "2025-01-01", "2025-12-31"),
        ("2025年度", "2025-01-01", "2025-12-31"),
        ("2025-01~2025-03", "2025-01-01", "2025-03-31"),
        ("2025.01至2025.12", "2025-01-01", "2025-12-31"),
        ("2025-01-15~2025-02-14", "2025-01-15", "2025-02-14"),
        ("2025年1月15日至2025年2月14日", "2025-01-15", "2025-02-14"),
        (date(2025, 11, 1), "2025-11-01", "2025-11-30"),
    ],
)
def test_a_period_is_read_as_offices_write_it(cell, first, last):
    assert tuple(map(str, read_months(cell))) == (first, last)


@pytest.mark.parametrize("cell", ["不详", "2025-13", "2025-00", "1025-01", "2025-02-30~2025-03-01"])
def test_f46_what_is_no_period_is_refused(cell):
    with pytest.raises(CellError):
        read_months(cell)
