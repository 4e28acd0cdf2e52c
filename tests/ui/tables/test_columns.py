from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.i18n import _lazy, set_language
from ui.tables.columns import (
    NOTHING,
    CellKind,
    Column,
    Mark,
    make_cell,
    moment_words,
)
from ui.tables.fitting import Words, fit_columns
from ui.theme import Tone

NOW = datetime(2026, 11, 21, 10, 12)


@dataclass(frozen=True, slots=True)
class Row:
    value: object


def cell(kind, value, **more):
    return make_cell(
        Column("v", _lazy("Value"), lambda row: row.value, kind, **more), Row(value), NOW
    )


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        (datetime(2026, 11, 21, 9, 12), "09:12"),
        (datetime(2026, 11, 20, 18, 47), "Yest. 18:47"),
        (datetime(2026, 11, 19, 9, 0), "11-19"),
        (datetime(2025, 11, 21, 9, 0), "2025-11-21"),
        (datetime(2026, 11, 22, 9, 0), "11-22"),
    ],
)
def test_moments_are_written_shortly(moment, words):
    set_language("en")
    assert moment_words(moment, NOW) == words


@pytest.mark.parametrize("value", [None, ""])
def test_nothing_is_a_quiet_dash(value):
    shown = cell(CellKind.TEXT, value)
    assert (shown.words, shown.is_quiet) == (NOTHING, True)


def test_cells_by_kind():
    assert cell(CellKind.MONEY, 65100).words == "651.00"
    assert cell(CellKind.MONEY, 65100).is_right
    assert cell(CellKind.MONEY, 0).words == "0.00"
    assert cell(CellKind.COUNT, 0).words == "0"
    assert cell(CellKind.COUNT, 1225).words == "1,225"
    assert cell(CellKind.TIME, NOW - timedelta(hours=1)).words == "09:12"
    status = cell(CellKind.STATUS, Mark("处理中", Tone.INFO))
    assert (status.words, status.tone, status.kind) == ("处理中", Tone.INFO, CellKind.STATUS)


def columns(*three):
    return [
        Column(str(n), _lazy("x"), str, width=width, least=least, rank=rank, stretches=n == 1)
        for n, (width, least, rank) in enumerate(three)
    ]


FOUR = columns((60, 50, 0), (200, 120, 0), (80, 70, 2), (90, 80, 5))


def test_room_to_spare_goes_to_the_stretching_column():
    assert fit_columns(FOUR, 600, {}) == [60, 370, 80, 90]


def test_a_little_too_narrow_takes_from_the_stretching_column_first():
    assert fit_columns(FOUR, 400, {}) == [60, 170, 80, 90]


def test_a_narrow_pane_hides_the_lowest_rank():
    assert fit_columns(FOUR, 300, {})[2] == 0
    assert fit_columns(FOUR, 220, {}) == [60, 160, 0, 0]


def test_rank_0_is_never_hidden():
    assert fit_columns(FOUR, 20, {}) == [50, 120, 0, 0]


def test_widths_that_the_clerk_drew_are_kept():
    assert fit_columns(FOUR, 600, {"0": 100, "3": 10}) == [100, 340, 80, 80]


@given(
    st.lists(
        st.tuples(st.integers(20, 300), st.integers(10, 100), st.integers(0, 5)),
        min_size=1,
        max_size=9,
    ),
    st.integers(0, 2000),
)
def test_widths_fill_the_room_or_stand_at_their_least(three, room):
    widths = fit_columns(columns(*three), room, {})
    least = [low if width else 0 for (_wide, low, _rank), width in zip(three, widths, strict=True)]
    assert all(width >= low for width, low in zip(widths, least, strict=True))
    if sum(widths) > room:
        # Rounding may leave a pixel a column; more only where nothing can give way any more.
        must = sum(low for _wide, low, rank in three if rank == 0)
        assert sum(widths) - room <= len(widths) or must > room
    elif any(widths):
        assert sum(widths) >= room - len(widths)


def test_a_short_list_gives_the_air_of_its_columns_to_the_words_of_others():
    assert fit_columns(FOUR, 600, {}, words=Words([100, 90, 50, 60])) == [100, 330, 80, 90]
    assert fit_columns(FOUR, 320, {}, words=Words([70, 100, 50, 60])) == [70, 124, 58, 68]


def test_words_that_are_too_long_for_all_leave_the_others_theirs():
    widths = fit_columns(FOUR, 400, {}, words=Words([60, 2000, 40, 60]))
    assert sum(widths) == 400
    assert widths[0] >= 60
    assert widths[2] >= 40
    assert widths[3] >= 60


def test_columns_that_say_nothing_are_hidden_before_words_are_cut():
    five = columns((60, 50, 0), (200, 120, 0), (80, 70, 1), (90, 80, 5), (70, 60, 0))
    known = Words([60, 150, 100, 60, 90])
    assert fit_columns(five, 420, {}, words=known)[2:] == [0, 82, 90]
    silent = Words([60, 150, 100, 60, 90], frozenset({3}))
    assert fit_columns(five, 420, {}, words=silent)[2:] == [100, 0, 90]
