"""The house board at 5,000 units in 42 buildings: read, placed, painted, scrolled, coloured anew.

The floor of a painting is an empty grid of as many cells in the same window, drawn by hand.
"""

import random
import time
from datetime import datetime, timedelta, timezone

import pytest
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from propdesk.domain.board_shades import BY_STATE, BY_TICKETS
from propdesk.domain.house_boards import build_board
from propdesk.domain.units import UnitState
from propdesk.services import offices
from propdesk.services.queries.house_boards import list_board_houses
from propdesk.storage.database import database
from ui.board.board import HouseBoard
from ui.theme import Theme

UNITS, BUILDINGS = 5_000, 42
SIZE = (805, 560)
GROSS = 2
LONGEST = 0.2
NOTCH = 93  # three lines, as the wheel turns


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    """An office with 5,000 units, a third of them with somebody in, 150 with open tickets."""
    now = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))
    opened = offices.open_office(tmp_path_factory.mktemp("board") / "office", now=now)
    with database.atomic():
        _fill()
    yield opened, now
    offices.close_office(opened)


def _fill():
    chance = random.Random(5)
    run = database.execute_sql
    run("INSERT INTO community (id, name) VALUES (1, '云澜花园')")
    for building in range(1, BUILDINGS + 1):
        run("INSERT INTO building VALUES (?, 1, ?)", (building, str(building)))
        for entrance in (1, 2):
            at = building * 2 + entrance
            run("INSERT INTO entrance VALUES (?, ?, ?)", (at, building, str(entrance)))
    units, people, lives, tickets = [], [], [], []
    for n in range(UNITS):
        building, place = n % BUILDINGS + 1, n // BUILDINGS
        entrance, place = place % 2 + 1, place // 2
        floor, across = place // 4 + 1, place % 4 + 1
        number = f"{floor}{across:02d}"
        state = chance.choice([*UnitState] + [UnitState.OWNER_OCCUPIED] * 9).value
        short = f"{building}-{entrance}-{number}"
        units.append((n + 1, building * 2 + entrance, "home", number, floor, short, state))
        if n % 3 == 0:
            people.append((n + 1, f"业主{n}", "", "", None, 1))
            lives.append((n + 1, n + 1, n + 1, "owner", "2020-01-01", None))
        if n % 33 == 0:
            tickets.append(n + 1)
    many = database.cursor().executemany
    many(
        "INSERT INTO unit (id, entrance_id, kind, number, floor, short, note, version, state) "
        "VALUES (?, ?, ?, ?, ?, ?, '', 1, ?)",
        units,
    )
    many("INSERT INTO person (id, name, salutation, note, import_id, version) "
         "VALUES (?,?,?,?,?,?)", people)  # fmt: skip
    many("INSERT INTO residency (id, unit_id, person_id, role, from_on, to_on) "
         "VALUES (?,?,?,?,?,?)", lives)  # fmt: skip
    for n, unit in enumerate(tickets, 1):
        kind = "complaint" if n % 5 == 0 else "repair"
        due = "2026-11-20T09:00:00" if n % 7 == 0 else "2026-12-20T09:00:00"
        run(
            "INSERT INTO ticket (number, series_kind, series_month, series_sequence, kind, "
            "class_code, class_suggested, status, is_open, round, dispatches, unit_id, place, "
            "spot, common_part, matter, text, wish, channel, urgency, reporter_name, "
            "reporter_phone, reporter_kind, first_receiver_id, appointment, received_at, "
            "needs_person, version, next_due_at) VALUES (?, ?, '202611', ?, ?, 'unclassed', 0, "
            "'received', 1, 1, 0, ?, '', '', 0, '', '漏水', '', 'phone', 'p2', '', '', 'resident', "
            "1, '', '2026-11-19T09:00:00', '', 1, ?)",
            (f"BX-{n}", kind, n, kind, unit, due),
        )


@pytest.fixture
def board(office, qapp, qtbot):
    """The board with all buildings, as the page shows it."""
    theme = Theme()
    theme.apply(qapp, "light")
    made = HouseBoard(theme)
    qtbot.addWidget(made)
    made.resize(*SIZE)
    houses = list_board_houses(office[1])
    made.show_sections(build_board(houses), houses, says_community=False)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def empty_grid(floors, board, qtbot):
    """The same window with as many empty cells as are in sight."""
    spots = [
        (spot.x, row.y, spot.width - 4, board.places.sizes.tall - 4)
        for block in board.places.blocks
        for row in block.rows
        if row.y < board.viewport().height()
        for spot in row.spots
    ]
    grid = floors.empty_grid(spots)
    qtbot.addWidget(grid)
    grid.resize(board.viewport().size())
    with qtbot.waitExposed(grid):
        grid.show()
    return grid


def _reported(told, name, ours, floor, wanted):
    told(name, ours, floor, wanted)
    assert ours / floor < wanted * GROSS, f"{name}: {ours / floor:.2f} times the floor"


def test_reading_the_board(office, told, together, floors):
    opened, now = office
    assert len(list_board_houses(now)) == UNITS
    ours, floor = together(
        lambda: list_board_houses(now), lambda: floors.all_units(opened.data_file), 15
    )
    _reported(told, "house board: 5,000 units in one query", ours, floor, 5)
    assert ours < LONGEST


def test_placing_all_buildings(office, told, timed, board):
    houses = list_board_houses(office[1])

    def place():
        board.show_sections(build_board(houses), houses, says_community=False)
        assert board.places.height > 0

    taken = timed(place, 9)
    told("house board: 5,000 units placed, in 200 ms", taken, LONGEST, 1)
    assert taken < LONGEST


def test_painting_against_an_empty_grid(told, together, board, empty_grid):
    def paint():
        board.viewport().repaint()

    def switch():
        other = BY_TICKETS if board.colouring() is BY_STATE else BY_STATE
        board.show_colouring(other)
        board.viewport().repaint()

    def scroll():
        bar = board.verticalScrollBar()
        bar.setValue((bar.value() + NOTCH) % bar.maximum())
        board.viewport().repaint()

    def floor():
        empty_grid.repaint()

    for act in (paint, switch, scroll):
        act()
        act()
    for name, act in (("painted", paint), ("scrolled", scroll)):
        ours, least = together(act, floor, 31)
        _reported(told, f"house board: {name}, against an empty grid", ours, least, 2)
    ours, least = together(switch, floor, 31)
    _reported(told, "house board: coloured anew, against an empty grid", ours, least, 2)


def test_no_key_keeps_the_clerk_waiting(told, board, qtbot):
    board.setFocus()
    gaps = []
    for key in ["PgDown"] * 20 + ["Down", "Right"] * 20 + ["Ctrl+End", "Ctrl+Home"] * 3:
        combination = QKeySequence(key)[0]
        start = time.perf_counter()
        QTest.keyClick(board, combination.key(), combination.keyboardModifiers())
        QApplication.sendPostedEvents()
        board.viewport().repaint()
        gaps.append(time.perf_counter() - start)
    told("house board: longest key of 66, in 200 ms", max(gaps), LONGEST, 1)
    assert max(gaps) < LONGEST
