"""The whole program from its first start on: into the demo and out again, or into an errand."""

import os
import subprocess
import sys

from propdesk import paths
from propdesk.services import offices

# Each act is done when its window is there and has the keyboard; it prints what a clerk sees.
PROGRAM = """
import os, sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import propdesk.services.demo
import ui.app

propdesk.services.demo.HOUSEHOLDS, propdesk.services.demo.FIRST_LOOK_MONTHS = 20, 1
acts = sys.argv[1:]
shown = []

def act():
    QTimer.singleShot(20, act)
    if QApplication.activeWindow() is None:
        # A window manager does this; the platform without a screen has none.
        for window in QApplication.topLevelWidgets():
            if window.isVisible():
                window.activateWindow()
    window, focus = QApplication.activeWindow(), QApplication.focusWidget()
    if not acts or focus is None or window is None or not window.isAncestorOf(focus):
        return
    if type(window).__name__ == "Window" and not window.is_seated:
        return
    kind, *words = acts[0].split(" ")
    if type(window).__name__ != kind:
        return
    del acts[0]
    print(kind, "|", window.windowTitle(), "|", type(focus).__name__, flush=True)
    for word in words:
        if word == "<close>":
            window.close()
        elif word.startswith("^"):  # back to the link whose text has the word
            while word[1:] not in (focus.text() if hasattr(focus, "text") else ""):
                QTest.keySequence(focus, QKeySequence("Shift+Tab"))
                focus = QApplication.focusWidget()
        elif word.startswith("<"):
            QTest.keySequence(QApplication.focusWidget() or window, QKeySequence(word.strip("<>")))
        else:
            QTest.keyClicks(QApplication.focusWidget(), word)

class Window(ui.app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        if not shown:
            shown.append(True)
            QTimer.singleShot(20, act)
            QTimer.singleShot(90_000, lambda: os._exit(3))

ui.app.MainWindow = Window
sys.exit(ui.app.run_window(["--lang", "en"]))
"""


def run(*acts):
    return subprocess.run(
        [sys.executable, "-c", PROGRAM, *acts],
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        timeout=120,
    )


def test_from_the_demo_one_comes_back_to_the_first_question():
    done = run("FirstStart 4", "Window ^own <Space>", "FirstStart <Esc>")
    assert done.returncode == 0, done.stderr
    first, demo, again = done.stdout.splitlines()
    assert "DEMO" in demo.split("|")[1]
    assert first == again
    assert offices.remembered_office() is None
    assert not offices.holds_office(paths.user_data())


def test_the_next_start_asks_again_after_a_look_at_the_demo():
    done = run("FirstStart 4", "Window <close>")
    assert (done.returncode, "DEMO" in done.stdout) == (0, True), done.stderr
    again = run("FirstStart <Esc>")
    assert again.stdout.startswith("FirstStart"), again.stderr
    assert again.returncode == 0, again.stderr


def test_the_guide_ends_in_the_first_ticket():
    guide = "1 Riverside <Return> <Return> <Return> <Return> <Return> <Return> 3"
    done = run(f"FirstStart {guide}", "Window <close>")
    assert done.returncode == 0, done.stderr
    frame = done.stdout.splitlines()[1]
    assert "Riverside" in frame
    assert "DEMO" not in frame
    assert frame.split(" | ")[2] == "LineField"  # the house of the ticket's form
    assert offices.look_at(paths.user_data()).name == "Riverside"
