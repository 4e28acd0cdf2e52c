"""The session ends while the window is open: it closes as if the clerk had closed it."""

import os
import signal
import subprocess
import sys

import pytest

from propdesk import paths
from propdesk.services import offices

# Tells when the clerk could work; nothing else wakes Python up afterwards.
SEATED = """
import sys
import ui.app

class Window(ui.app.MainWindow):
    def sit_down(self, context):
        super().sit_down(context)
        print("seated", flush=True)

ui.app.MainWindow = Window
sys.exit(ui.app.run_window(["--data", sys.argv[1], "--lang", "en"]))
"""

# How often Qt's loop wakes up in a second in which nothing happens.
WAITING = """
from PySide6.QtCore import QAbstractEventDispatcher, QTimer
from PySide6.QtWidgets import QApplication
from ui.session_end import close_on_signal

app = QApplication([])
close_on_signal(app)
awake = []
QAbstractEventDispatcher.instance().awake.connect(lambda: awake.append(1))
QTimer.singleShot(1000, app.quit)
app.exec()
print(len(awake))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows closes the windows itself")
@pytest.mark.parametrize("number", ["SIGTERM", "SIGHUP"])
def test_the_end_of_the_session_closes_the_office(tmp_path, now, number):
    folder = tmp_path / "office"
    offices.close_office(offices.open_office(folder, now=now))
    command = [sys.executable, "-c", SEATED, str(folder)]
    kept = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, env=kept, stdout=subprocess.PIPE, text=True) as window:
        assert window.stdout.readline() == "seated\n"
        window.send_signal(getattr(signal, number))
        assert window.wait(timeout=30) == 0
    # As at every closing: the window's place is remembered and nobody holds the office.
    assert "place=" in (paths.user_config() / "workstation.ini").read_text(encoding="utf-8")
    offices.close_office(offices.open_office(folder, now=now))


@pytest.mark.skipif(sys.platform == "win32", reason="Windows closes the windows itself")
def test_listening_leaves_the_processor_alone():
    kept = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        [sys.executable, "-c", WAITING], env=kept, capture_output=True, text=True, check=True
    )
    assert int(done.stdout) < 100
    assert done.stderr == ""
