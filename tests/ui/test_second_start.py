"""A second start brings the first window to the front and ends; nothing is opened twice (F14)."""

import os
import signal
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtNetwork import QLocalServer
from PySide6.QtWidgets import QDialog, QWidget

from propdesk.services import offices
from ui import second_start
from ui.second_start import FirstWindow, bring_first_to_front, come_to_front

# Tells when the clerk could work, and each time that it was called to the front; any line ends it.
FIRST = """
import sys
from PySide6.QtCore import QSocketNotifier
import ui.app

come = ui.app.come_to_front
def told(window):
    come(window)
    print("front", window.isMinimized(), window.isVisible(), flush=True)
ui.app.come_to_front = told

class Window(ui.app.MainWindow):
    def sit_down(self, context):
        super().sit_down(context)
        self.ending = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self.ending.activated.connect(self.close)
        self.showMinimized()
        print("seated", flush=True)

ui.app.MainWindow = Window
sys.exit(ui.app.run_window(["--data", sys.argv[1], "--lang", "en"]))
"""
# A window of its own would say so.
SECOND = """
import sys
import ui.app

class Window(ui.app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        print("shown", flush=True)

    def sit_down(self, context):
        super().sit_down(context)
        print("seated", flush=True)
        self.close()

ui.app.MainWindow = Window
sys.exit(ui.app.run_window(["--data", sys.argv[1], "--lang", "en"]))
"""


@pytest.fixture
def folder(tmp_path, now):
    made = tmp_path / "数据 目录"
    offices.close_office(offices.open_office(made, now=now))
    return made


@pytest.fixture(autouse=True)
def own_runtime(tmp_path_factory, monkeypatch):
    """A folder for the socket, whose path must be short."""
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path_factory.mktemp("run")))


def start(script, folder):
    kept = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    return subprocess.Popen(
        [sys.executable, "-c", script, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=kept,
    )  # fmt: skip


@contextmanager
def first_window(folder):
    process = start(FIRST, folder)
    try:
        assert process.stdout.readline() == "seated\n", process.stderr.read()
        yield process
        _out, errors = process.communicate("end\n", timeout=30)
        assert process.returncode == 0, errors
    finally:
        process.kill()
        process.communicate()


def run_second(folder):
    process = start(SECOND, folder)
    out, _errors = process.communicate(timeout=30)
    return process.returncode, out.split()


def test_a_second_start_ends_without_a_window_and_the_first_comes_to_the_front(folder):
    with first_window(folder) as first:
        assert run_second(folder) == (0, [])
        assert first.stdout.readline() == "front False True\n"
        assert run_second(folder) == (0, [])
        assert first.stdout.readline() == "front False True\n"


def test_another_way_to_write_the_folder_is_the_same_office(folder, tmp_path):
    alias = tmp_path / "alias"
    alias.symlink_to(folder, target_is_directory=True)
    with first_window(folder):
        assert run_second(alias) == (0, [])
        assert run_second(folder / ".." / folder.name) == (0, [])


def test_another_office_has_a_window_beside_it(folder, tmp_path):
    with first_window(folder):
        assert run_second(tmp_path / "other") == (0, ["shown", "seated"])


def test_what_a_killed_process_left_behind_is_taken_over(folder):
    killed = start(FIRST, folder)
    assert killed.stdout.readline() == "seated\n"
    os.kill(killed.pid, signal.SIGKILL)
    killed.communicate()
    with first_window(folder) as first:
        assert run_second(folder) == (0, [])
        assert first.stdout.readline().startswith("front")


def test_nobody_listening_is_known_at_once(folder, qapp):
    began = time.perf_counter()
    assert not bring_first_to_front(folder)
    assert time.perf_counter() - began < 0.1


def test_a_window_that_hangs_is_not_waited_for(folder, qapp, monkeypatch):
    monkeypatch.setattr(second_start, "_ANSWER_MS", 50)
    hanging = QLocalServer()
    assert hanging.listen(second_start._name(folder))
    assert not bring_first_to_front(folder)
    hanging.close()


def test_another_user_has_another_name(folder, monkeypatch):
    mine = second_start._name(folder)
    monkeypatch.setenv("USERNAME", "somebody")
    monkeypatch.setattr(os, "getuid", lambda: 4711, raising=False)
    assert second_start._name(folder) != mine


@pytest.mark.skipif(os.name == "nt", reason="the socket is a file elsewhere")
def test_another_user_may_not_ring(folder, qapp):
    first = FirstWindow()
    first.listen(folder)
    assert Path(second_start._name(folder)).stat().st_mode & 0o077 == 0
    first.stop()
    assert not Path(second_start._name(folder)).exists()


def test_two_that_listen_at_once_do_not_take_each_others_name(folder, qapp, qtbot):
    first, second = FirstWindow(), FirstWindow()
    first.listen(folder)
    second.listen(folder)
    second.stop()
    with qtbot.waitSignal(first.wanted), socket.socket(socket.AF_UNIX) as client:
        client.connect(second_start._name(folder))
    first.stop()


def test_a_window_that_opens_another_office_listens_for_that_one(folder, tmp_path, qapp, qtbot):
    first = FirstWindow()
    first.listen(folder)
    first.listen(folder)
    first.listen(tmp_path / "other")
    assert not bring_first_to_front(folder)
    with qtbot.waitSignal(first.wanted), socket.socket(socket.AF_UNIX) as client:
        client.connect(second_start._name(tmp_path / "other"))
    first.stop()


def test_who_answers_for_another_office_is_not_taken_for_this_one(
    folder, tmp_path, qapp, monkeypatch
):
    # Two folders whose names fell together.
    hook = """
import sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from ui import second_start
second_start._name = lambda _folder: sys.argv[2]
app = QCoreApplication([])
first = second_start.FirstWindow()
first.listen(Path(sys.argv[1]))
print("listening", flush=True)
app.exec()
"""
    name = str(Path(os.environ["XDG_RUNTIME_DIR"]) / "same")
    monkeypatch.setattr(second_start, "_name", lambda _folder: name)
    other = subprocess.Popen(
        [sys.executable, "-c", hook, str(folder), name], stdout=subprocess.PIPE, text=True
    )
    try:
        assert other.stdout.readline() == "listening\n"
        assert bring_first_to_front(folder)
        assert not bring_first_to_front(tmp_path / "other")
    finally:
        other.kill()
        other.communicate()


def test_what_the_first_window_asks_comes_to_the_front_with_it(showing, qtbot):
    window = showing(QWidget())
    dialog = QDialog(window)
    dialog.setModal(True)
    dialog.show()
    window.showMinimized()
    come_to_front(window)
    qtbot.waitUntil(dialog.isActiveWindow)
    assert not window.windowState() & Qt.WindowState.WindowMinimized
    dialog.close()
