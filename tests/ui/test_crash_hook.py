"""A mistake of the program: told once, kept in a report, and never a hundred windows."""

import os
import subprocess
import sys
import threading

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QPushButton, QWidget

from propdesk import crashes
from propdesk.domain.errors import RuleError
from propdesk.logs import Run
from ui import crash_hook
from ui.background import Background
from ui.crash_hook import CrashHook
from ui.dialogs.crash_window import CrashWindow
from ui.widgets.labels import Label

pytestmark = pytest.mark.expects_log

NAME = "张伟丰 13800001234"


@pytest.fixture
def run():
    begun = Run("window")
    begun.open_log()
    yield begun
    begun.end()


@pytest.fixture
def told():
    """What was told, each answered with Esc as soon as it has the keyboard."""
    shown = []
    timer = QTimer()

    def look():
        dialog = QApplication.activeModalWidget()
        if dialog is not None and dialog.isActiveWindow():
            shown.append([label.text() for label in dialog.findChildren(Label)])
            dialog.reject()

    timer.timeout.connect(look)
    timer.start(10)
    yield shown
    timer.stop()


@pytest.fixture
def hook(theme, run, monkeypatch):
    """The hooks of the program in place of those of the tests."""
    before = sys.excepthook, threading.excepthook, sys.unraisablehook
    made = CrashHook(theme, run)
    made.install()
    yield made
    sys.excepthook, threading.excepthook, sys.unraisablehook = before


@pytest.fixture
def window(showing):
    return showing(QWidget(), 700, 400)


def fail():
    raise KeyError(NAME)


def log_of(run):
    return run.log_file.read_text("utf-8")


def happen(act):
    """Let something happen as the event loop does it: an error there reaches Python's hook."""
    try:
        act()
    except BaseException as error:
        sys.excepthook(type(error), error, error.__traceback__)


@pytest.fixture
def soon(qtbot):
    """Let something happen in the event loop, where nobody catches it."""

    def do(act):
        QTimer.singleShot(0, lambda: happen(act))

    return do


def test_a_mistake_in_a_slot_is_told_and_kept(hook, window, told, soon, qtbot, run):
    soon(fail)
    qtbot.waitUntil(lambda: len(told) == 1)
    (file,) = crashes.list_reports()
    assert any(str(file) in words for words in told[0])
    report = file.read_text("utf-8")
    assert "KeyError" in report
    assert "in fail" in report
    assert "Qt: 6" in report
    assert "张伟丰" not in report + log_of(run)
    assert "13800001234" not in report + log_of(run)


def test_a_mistake_in_the_background_is_told_with_its_place(hook, window, told, qtbot):
    background = Background()

    def on_error(error):
        happen(lambda: (_ for _ in ()).throw(error))

    background.run(lambda _progress: fail(), lambda _done: None, on_error)
    qtbot.waitUntil(lambda: len(told) == 1)
    background.stop()
    assert "in fail" in crashes.list_reports()[0].read_text("utf-8")


def test_a_mistake_in_each_painting_is_one_window(hook, showing, told, qtbot, run):
    class Broken(QWidget):
        painted = 0

        def paintEvent(self, event):
            self.painted += 1
            happen(fail)

    broken = showing(Broken(), 300, 200)
    qtbot.waitUntil(lambda: len(told) == 1)
    painted = broken.painted
    for _again in range(30):
        broken.update()
        qtbot.wait(5)
    assert broken.painted > painted + 10
    assert len(told) == 1
    assert len(crashes.list_reports()) == 1
    assert "the same mistake 10 times" in log_of(run)


def test_another_mistake_meanwhile_is_kept_and_not_told(hook, window, told, soon, qtbot):
    soon(fail)
    soon(lambda: None.name)
    qtbot.waitUntil(lambda: len(told) == 1)
    qtbot.wait(60)
    assert len(told) == 1
    assert len(crashes.list_reports()) == 2


def test_who_tries_again_is_told_again_but_not_for_ever(
    hook, window, told, soon, qtbot, monkeypatch
):
    monkeypatch.setattr(crash_hook, "_PAUSE_S", 0.05)
    for number in (1, 2, 3):
        soon(fail)
        qtbot.waitUntil(lambda wanted=number: len(told) == wanted)
        qtbot.wait(100)
    soon(fail)
    qtbot.wait(100)
    assert len(told) == 3


def test_a_mistake_of_another_thread_is_kept(hook, run):
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    assert "in fail" in crashes.list_reports()[0].read_text("utf-8")


def test_a_report_that_cannot_be_kept_is_shown_all_the_same(hook, window, told, soon, qtbot, run):
    for file in run.folder.iterdir():
        file.unlink()
    run.folder.rmdir()
    run.folder.write_text("in the way")
    soon(fail)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert not any("crash-" in words for words in told[0])
    run.folder.unlink()


def test_the_window_works_by_keys(theme, window, in_dialog, press, focus, tmp_path, run, opened):
    text, file = run.report(KeyError(NAME), {})

    def act(dialog):
        report = dialog.findChild(QPlainTextEdit)
        assert report.toPlainText() == text.rstrip("\n") or report.toPlainText() == text
        press("Ctrl+Shift+C")
        assert QGuiApplication.clipboard().text() == report.toPlainText()
        press("Ctrl+O")
        assert opened == [str(file.parent)]
        # Tab reaches everything and does not stay in the report.
        met = set()
        for _step in range(4):
            press("Tab")
            met.add(focus().accessibleName())
        assert len(met) == 4
        press("Return" if isinstance(focus(), QPushButton) else "Esc")

    in_dialog(CrashWindow, act)
    CrashWindow(theme, window, text, file).ask()


BROKEN_START = """
import sys
from PySide6.QtCore import QTimer, QUrl, Slot
from PySide6.QtWidgets import QApplication, QMessageBox
import ui.app

def read():
    box = QApplication.activeModalWidget()
    if not isinstance(box, QMessageBox):
        QTimer.singleShot(20, read)
        return
    print(box.text().replace(chr(10), " "))
    box.reject()

class Broken(ui.app.Theme):
    def apply(self, *_all):
        QTimer.singleShot(20, read)
        raise FileNotFoundError("no icon of " + sys.argv[1])

ui.app.Theme = Broken
sys.exit(ui.app.run_window(["--data", sys.argv[1]]))
"""


@pytest.mark.filterwarnings("default")
def test_a_start_that_fails_says_where_its_report_is(tmp_path, run):
    run.report(KeyError(NAME), {})
    kept = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", BROKEN_START, str(tmp_path / "张伟")],
        check=False, capture_output=True, text=True, env=kept, timeout=60,
    )  # fmt: skip
    assert done.returncode == 3, done.stderr
    file = crashes.list_reports()[0]
    assert str(file) in done.stdout
    assert "propdesk 无法启动" in done.stdout
    assert "FileNotFoundError" in file.read_text("utf-8")
    assert "张伟" not in file.read_text("utf-8")


def test_a_refusal_that_nobody_caught_shows_its_sentence(hook, window, told, soon, qtbot, run):
    def refuse():
        raise RuleError("data-damaged", "数据文件已损坏。")

    soon(refuse)
    qtbot.waitUntil(lambda: len(told) == 1)
    assert "数据文件已损坏。" in told[0]
    assert crashes.list_reports() == []
    # Only so that this test logs too, as the others do.
    run.report(KeyError(NAME), {})
