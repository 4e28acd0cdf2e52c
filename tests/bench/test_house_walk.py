"""Walking through 5,000 houses with the arrow keys while the house file stands beside the list."""

import shutil
import statistics
import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from propdesk.services import offices
from propdesk.services.queries.staff import first_desk
from propdesk.storage.database import database
from ui.context import AppContext
from ui.dialogs.messages import Messages
from ui.pages.residents import ResidentsPage
from ui.tables.memory import NoMemory
from ui.theme import Theme

FEW = 1_000
STEPS = 100
LONGEST_STEP = 0.1
SIZE = (1366, 700)
# Two talks, two moves, two keys and three changes a house: what some years leave behind.
TALKS = """
    INSERT INTO contact (at, utc_offset, entered_at, staff_id, unit_id, name, phone, counterparty,
        way, stage, type, reason, text, wish, opinion, result, is_open, void_reason, version)
    SELECT '2026-10-0' || n || 'T10:00:00', 480, '2026-10-01T10:00:00', 1, id, '', '', 'owner',
        'phone', 'during', 'routine', '', '问水压', '', '', '', 0, '', 1
    FROM unit, (SELECT 1 AS n UNION SELECT 2)
"""
MOVES = """
    INSERT INTO move (unit_id, kind, on_day, reason, reason_text, name, handled_by, meters,
        settlement, new_address, new_phone, note, open_reason, effects, entered_at, staff_id,
        void_reason, version)
    SELECT id, 'move-in', '2021-03-0' || n, '', '', '', '', '{}',
        '[]', '', '', '', '', '{}', '2021-03-01T10:00:00', 1, '', 1
    FROM unit, (SELECT 1 AS n UNION SELECT 2)
"""
KEYS = """
    INSERT INTO unit_key (unit_id, holder, kind, label, count, deposit_fen, from_on, outcome,
        with_office, note, staff_id, version)
    SELECT id, '业主', what, '', 2, 0, '2021-03-01', '', 0, '', 1, 1
    FROM unit, (SELECT 'house-key' AS what UNION SELECT 'door-card')
"""
CHANGES = """
    INSERT INTO unit_change (unit_id, field, value, from_on, entered_at, staff_id, note)
    SELECT id, 'state', value, from_on, '2021-03-01T10:00:00', 1, ''
    FROM unit, (SELECT 'vacant' AS value, '2020-01-01' AS from_on
        UNION SELECT 'decorating', '2020-06-01' UNION SELECT 'owner-occupied', '2021-01-01')
"""


@pytest.fixture
def page(kept_office, tmp_path, qapp, qtbot, now):
    """The residents page on an office of 25,000 people, in sight."""
    folder = tmp_path / "office"
    shutil.copytree(kept_office(FEW), folder)
    theme = Theme()
    theme.apply(qapp, "light")
    office = offices.open_office(folder, now=now)
    with database.atomic():
        for filling in (TALKS, MOVES, KEYS, CHANGES):
            database.execute_sql(filling)
    context = AppContext(
        office=office,
        staff=first_desk(),
        theme=theme,
        messages=Messages(theme),
        memory=NoMemory(),
        now=lambda: now,
    )
    made = ResidentsPage(context)
    made.resize(*SIZE)
    made.refill()
    qtbot.addWidget(made)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    yield made
    context.background.stop()
    offices.close_office(office)


@pytest.mark.parametrize("view", ["list", "board"])
def test_a_step_through_the_houses(told, page, view):
    if (view == "board") is not page.half.is_board():
        QTest.keyClick(page, Qt.Key.Key_G, Qt.KeyboardModifier.ControlModifier)
    page.enter()
    steps = []
    for step in range(STEPS):
        before = page._side.unit()
        start = time.perf_counter()
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
        QApplication.sendPostedEvents()
        page.repaint()
        steps.append(time.perf_counter() - start)
        assert page._side.unit() != before, f"step {step} led nowhere"
    # The first one loads what is loaded once.
    median, slow = statistics.median(steps[1:]), statistics.quantiles(steps[1:], n=20)[-1]
    told(f"a step through the {view} of houses, in 100 ms", median, LONGEST_STEP, 1)
    told(f"a step through the {view} of houses, 95 of 100", slow, LONGEST_STEP, 1)
    assert slow < LONGEST_STEP
