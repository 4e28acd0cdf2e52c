"""The settlement of who leaves: lines, sums that balance, and what is refused (R83, F46)."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.settlements import (
    MOST_LINES,
    SettlementLine,
    check_settlement,
    line_from_stored,
    line_to_stored,
    read_settlement_line,
    sum_settlement,
)

FEN = st.integers(0, 10_000_000)
LINES = st.builds(SettlementLine, st.text(min_size=1, max_size=9), FEN, FEN, FEN, st.dates())


def test_r83_what_is_due_less_what_is_paid_and_the_deposit_is_the_balance():
    sums = sum_settlement(
        [
            SettlementLine("物业服务费", 120_000, 100_000),
            SettlementLine("装修押金", deposit_fen=200_000),
            SettlementLine("水费", 3_050, 3_050),
        ]
    )
    assert (sums.due_fen, sums.paid_fen, sums.difference_fen) == (123_050, 103_050, 20_000)
    assert (sums.deposit_fen, sums.balance_fen) == (200_000, -180_000)


@given(st.lists(LINES, max_size=9))
def test_r83_the_sums_of_any_lines_balance_to_the_fen_and_survive_the_file(lines):
    sums = sum_settlement(lines)
    assert sums.difference_fen == sum(line.difference_fen for line in lines)
    assert sums.due_fen == sums.paid_fen + sums.deposit_fen + sums.balance_fen
    assert [line_from_stored(line_to_stored(line)) for line in lines] == lines


def test_the_command_line_reads_item_due_paid_and_deposit():
    assert read_settlement_line("物业费=1,200/1000.5") == SettlementLine("物业费", 120_000, 100_050)
    assert read_settlement_line("押金=//200") == SettlementLine("押金", deposit_fen=20_000)
    assert read_settlement_line("水费 = 30") == SettlementLine("水费", 3_000)


@pytest.mark.parametrize(
    "text", ["", "水费", "=30", "水费=1/2/3/4", "水费=a", "水费=-1", "水费=1e308"]
)
def test_f46_what_is_no_line_is_refused(text):
    with pytest.raises(RuleError):
        read_settlement_line(text)


@pytest.mark.parametrize(
    "lines",
    [
        [SettlementLine("", 1)],
        [SettlementLine("水" * 41)],
        [SettlementLine("水费", -1)],
        [SettlementLine("水费", 10**12)],
        [SettlementLine("水费"), SettlementLine("水费", 5)],
        [SettlementLine(str(n)) for n in range(MOST_LINES + 1)],
    ],
)
def test_f46_lines_without_name_twice_or_out_of_range_are_named(lines):
    (problem,) = check_settlement(lines)
    assert problem.field == "settlement"
    assert not check_settlement([SettlementLine("水费", until=date(2026, 11, 30))])
