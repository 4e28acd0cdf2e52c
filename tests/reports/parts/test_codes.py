"""Codes on paper: they decode, and their quiet zones stay white."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.reports.parts.codes import (
    code128_width,
    code128_widths,
    draw_code128,
    draw_qr,
    qr_runs,
)


def test_both_codes_decode_in_one_bit_at_200_dpi(draw, tmp_path, scan):
    with draw() as sheet:
        draw_code128(sheet, 30, 30, "2202611000310105")
        draw_qr(sheet, 120, 30, "TS2026110031/1/45")
    assert scan(tmp_path / "paper.pdf") == {
        "CODE-128:2202611000310105",
        "QR-Code:TS2026110031/1/45",
    }


@given(st.text(alphabet="0123456789", min_size=1, max_size=12).map(lambda text: text * 2))
def test_a_bar_code_has_whole_symbols(digits):
    pairs = len(digits) // 2
    # start, pairs and check symbol of eleven modules each, stop of thirteen
    assert sum(code128_widths(digits)) == 11 * (pairs + 2) + 13
    assert code128_width(digits, 1.0) == 11 * (pairs + 2) + 13


@pytest.mark.parametrize("text", ["", "123", "12A4", "１２"])
def test_anything_but_pairs_of_digits_is_refused(text):
    with pytest.raises(ValueError, match="even number of digits"):
        code128_widths(text)


def test_a_work_orders_qr_has_21_modules():
    side, runs = qr_runs("TS2026110031/1/45")
    assert side == 21
    assert all(start + length <= side for _row, start, length in runs)
