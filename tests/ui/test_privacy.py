"""A clerk's morning, with mistakes of the program in it, leaves nothing personal in a log (F62)."""

import os
import re
import subprocess
import sys

import pytest

from propdesk import paths
from propdesk.domain.demo import DEMO_DAY
from propdesk.services import offices
from propdesk.services.demo import make_demo
from propdesk.services.queries.units import list_units
from propdesk.storage.database import rows

CALLER, PHONE, HOUSE = "欧阳若兰", "13977778888", "1-2-501"

# A clerk looks a caller up, registers, is refused, meets mistakes of the program, and closes.
MORNING = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import ui.app
from ui import crash_hook

crash_hook._PAUSE_S = 0.0
caller, phone, house = sys.argv[2:5]

def target():
    # Without a screen nobody gives the window below a closed dialog the keyboard back.
    top = QApplication.activeModalWidget() or Window.shown
    top.activateWindow()
    return QApplication.focusWidget() or top

def keys(*names):
    for name in names:
        QTest.keySequence(target(), QKeySequence(name))

def words(text):
    event = QInputMethodEvent()
    event.setCommitString(text)
    QApplication.sendEvent(target(), event)

def fail():
    {}[caller + phone]

def fail_in_background(window):
    def job(_progress):
        raise ValueError(caller, phone, house)
    def on_error(error):
        raise error
    window.context.background.run(job, print, on_error)

class Window(ui.app.MainWindow):
    def sit_down(self, context):
        super().sit_down(context)
        Window.shown = self
        self.steps = [
            lambda: (keys("Ctrl+K"), words(caller)),
            lambda: keys("Esc"),
            lambda: (keys("Ctrl+K"), words(phone)),
            lambda: keys("Esc"),
            lambda: keys("Ctrl+2"),
            lambda: keys("Ctrl+N"),
            lambda: words(house),
            lambda: keys("Tab"),
            lambda: words(caller + " " + phone),
            lambda: keys("Ctrl+S"),
            lambda: keys("Ctrl+S"),
            lambda: keys("Esc"),
            lambda: keys("Ctrl+U"),
            lambda: (words(caller), keys("Ctrl+N")),
            lambda: keys("Ctrl+S"),
            lambda: keys("Esc"),
            lambda: keys("Esc"),
            lambda: keys("F1"),
            lambda: keys("Esc"),
            lambda: QTimer.singleShot(0, fail),
            lambda: keys("Esc"),
            lambda: fail_in_background(self),
            lambda: keys("Esc"),
            lambda: keys("Esc"),
            lambda: keys("Esc"),
            QApplication.closeAllWindows,
        ]
        QTimer.singleShot(150, self.step)

    def step(self):
        act = self.steps.pop(0)
        if self.steps:
            # A dialog that the step opens is answered by the next one.
            QTimer.singleShot(150, self.step)
        act()

ui.app.MainWindow = Window
sys.exit(ui.app.run_window(["--data", sys.argv[1]]))
"""

# A mistake of a command, whose words hold what was typed.
COMMAND = """
import sys
from propdesk.services import staff
from propdesk.cli.main import main

def add_staff(name, **_all):
    raise LookupError(name)

staff.add_staff = add_staff
sys.exit(main(["--data", sys.argv[1], "staff", "add", sys.argv[2]]))
"""


def run(*words):
    kept = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.run(
        [sys.executable, *map(str, words)], check=False, capture_output=True, text=True, env=kept,
        timeout=60,
    )  # fmt: skip


@pytest.fixture
def demo(tmp_path, now):
    """A small office, its folder, and everything in it that is somebody's."""
    office = offices.open_office(tmp_path / "office", now=now)
    make_demo(
        office, households=40, months=1, seed=3, today=DEMO_DAY, on_progress=lambda _d, _t: None
    )
    personal = {CALLER, PHONE, HOUSE, PHONE[-4:], CALLER[:2]}
    for sql in (
        "SELECT name FROM person", "SELECT digits FROM phone",
        "SELECT name FROM staff", "SELECT text FROM ticket", "SELECT reporter_name FROM ticket",
    ):  # fmt: skip
        personal |= {str(value) for (value,) in rows(sql) if value}
    personal |= {each for one in list_units(today=now.date()) for each in (one.short, one.long)}
    offices.close_office(office)
    return office.folder, personal


def test_no_log_and_no_report_holds_what_is_somebodys(demo):
    folder, personal = demo
    done = run("-c", MORNING, folder, CALLER, PHONE, HOUSE)
    assert done.returncode == 0, done.stderr
    for words in (
        ("staff", "add", CALLER), ("tickets", "list"), ("tickets", "show", CALLER + PHONE),
        ("import", "residents", CALLER + ".xlsx"),
    ):  # fmt: skip
        run("-m", "propdesk", "--data", folder, *words)
    crashed = run("-c", COMMAND, folder, CALLER)
    assert crashed.returncode == 3
    assert "Traceback" not in crashed.stderr
    reports = list(paths.user_logs().glob("crash-*.txt"))
    assert len(reports) == 3
    assert all(CALLER not in file.name for file in reports)
    assert any(str(file) in crashed.stderr for file in reports)
    logs = {file.name: file.read_text("utf-8") for file in paths.user_logs().iterdir()}
    window, command = logs["window.log"], logs["command.log"]
    # What makes a log worth reading is there.
    for word in ("office open", "keep_draft: stored", "mistake, report", "ends"):
        assert word in window
    for word in ("command staff", "refused: ", "exit code 3"):
        assert word in command
    found = {
        f"{name}: {words}"
        for words in personal
        for name, text in logs.items()
        if re.search(rf"(?<!\d){re.escape(words)}(?!\d)", text)
    }
    assert found == set()
