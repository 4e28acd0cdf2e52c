"""The start of the program: a frame first, the office behind its first picture."""

import os
import subprocess
import sys

import pytest

from propdesk import paths
from propdesk.services import offices
from ui.main_window import MainWindow
from ui.tables.memory import NoMemory

# Whatever the start does, the window closes by itself once the clerk could work.
SEATED = """
import sys
from PySide6.QtCore import QTimer
import ui.app

class Window(ui.app.MainWindow):
    def sit_down(self, context):
        super().sit_down(context)
        self.show_page("tickets")
        print(context.office.folder, self.isVisible())
        QTimer.singleShot(0, self.close)

ui.app.MainWindow = Window
sys.exit(ui.app.run_window(["--data", sys.argv[1], "--lang", "en"]))
"""

# The clerk reads the question over the frame and leaves with Esc.
REFUSED = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import ui.app

def answer():
    dialog = QApplication.activeModalWidget()
    if dialog is None:
        QTimer.singleShot(20, answer)
        return
    frame = dialog.parent()
    opening = [one.isVisible() for one in frame.findChildren(ui.main_window.StatusItem)]
    print(frame.isVisible(), frame.is_seated, opening)
    QTest.keySequence(dialog, "Esc")

class Window(ui.app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(20, answer)

ui.app.MainWindow = Window
sys.exit(ui.app.run_window(["--data", sys.argv[1], "--lang", "en"]))
"""


def run(script, *words):
    kept = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", script, *map(str, words)]
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=kept, timeout=60
    )


def test_before_the_first_picture_nothing_of_the_office_is_loaded():
    done = run("import sys, ui.app; print(*sys.modules)")
    loaded = set(done.stdout.split())
    assert "ui.main_window" in loaded
    heavy = ("peewee", "sqlcipher3", "propdesk.services", "openpyxl", "reportlab", "pypinyin")
    assert not loaded.intersection(heavy), done.stderr


def test_the_program_opens_the_named_office_behind_its_window_and_closes(tmp_path, now):
    offices.close_office(offices.open_office(tmp_path / "office", now=now))
    done = run(SEATED, tmp_path / "office")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(tmp_path / "office"), "True"]
    # Nobody holds the office any more.
    offices.close_office(offices.open_office(tmp_path / "office", now=now))


def test_a_refusal_at_the_start_stands_over_the_frame(tmp_path, now):
    held = offices.open_office(tmp_path / "office", now=now)
    done = run(REFUSED, tmp_path / "office")
    offices.close_office(held)
    # There, without an office, and not saying that one is being opened.
    assert done.stdout.split() == ["True", "False", "[False]"], done.stderr
    assert done.returncode == 1


@pytest.fixture
def frame(theme, qtbot):
    made = MainWindow(theme, NoMemory())
    qtbot.addWidget(made)
    return made


def test_the_frame_tells_once_that_it_was_pictured(frame, qtbot):
    told = []
    frame.pictured.connect(lambda: told.append(frame.isVisible()))
    frame.show()
    qtbot.waitUntil(lambda: bool(told))
    frame.repaint()
    qtbot.wait(20)
    assert told == [True]
    assert not frame.is_seated


def test_a_frame_without_an_office_closes(frame):
    frame.show()
    assert frame.close()


def test_keys_typed_into_the_frame_are_kept(frame, office_context, showing, press, type_words):
    showing(frame)
    press("Ctrl+K")
    type_words("1-2-501")
    frame.sit_down(office_context)
    assert frame.search.text() == "1-2-501"


# Whatever stands in the settings of this PC, the clerk can work.
NONSENSE = {
    "NULs": b"\0" * 4096,
    "words of another kind": "\n".join(
        ["[General]", "theme=purple", "language=tlh", "text_size=huge", "staff=?", "",
         "[window]", "place=坏 zz 01", "page=nowhere", "",
         "[tickets]", "widths=number=99999999999999999999 house=²", "sort=, desc",
         "halves=99999999999999999999 1", ""]
    ).encode(),
    "numbers that are none": b"[General]\ntext_size=nan\n[window]\nplace=00ff00ff\n"
    b"[tickets]\nhalves=0 0\nwidths=number=-5",
}  # fmt: skip


@pytest.mark.parametrize("content", NONSENSE.values(), ids=NONSENSE.keys())
def test_settings_of_this_pc_that_are_nonsense_stop_nobody(tmp_path, now, content):
    file = paths.user_config() / "workstation.ini"
    file.parent.mkdir(parents=True)
    file.write_bytes(content)
    offices.close_office(offices.open_office(tmp_path / "office", now=now))
    done = run(SEATED, tmp_path / "office")
    assert done.returncode == 0, done.stderr
    assert done.stdout.split() == [str(tmp_path / "office"), "True"]
    log = (paths.user_logs() / "window.log").read_text("utf-8")
    assert "office open" in log
    assert "mistake" not in log
    is_aside = file.with_name("workstation.ini.bad-1").exists()
    assert is_aside == (b"\0" in content)
    assert is_aside == ("the settings of this PC were unreadable" in log)


NOTICED = SEATED.replace(
    "QTimer.singleShot(0, self.close)",
    "QTimer.singleShot(0, lambda: (print(self.status._notice.text()), self.close()))",
)


def test_an_end_by_the_system_is_told_quietly_and_once(tmp_path, now):
    folder = paths.user_logs()
    folder.mkdir(parents=True)
    (folder / "window.run").write_text('Fatal Python error: Aborted\n  File "x.py", line 3 in f\n')
    offices.close_office(offices.open_office(tmp_path / "office", now=now))
    first = run(NOTICED, tmp_path / "office")
    assert first.stdout.splitlines()[1] == "Ended by the system last time", first.stderr
    (report,) = folder.glob("crash-*.txt")
    assert "line 3 in f" in report.read_text("utf-8")
    again = run(NOTICED, tmp_path / "office")
    assert again.stdout.splitlines()[1:] == [""], again.stderr


def test_a_killed_window_is_noted_in_the_log_and_nobody_is_bothered(tmp_path, now):
    folder = paths.user_logs()
    folder.mkdir(parents=True)
    (folder / "window.run").write_bytes(b"\0" * 100)
    offices.close_office(offices.open_office(tmp_path / "office", now=now))
    done = run(NOTICED, tmp_path / "office")
    assert done.stdout.splitlines()[1:] == [""], done.stderr
    assert "the last one was cut off" in (folder / "window.log").read_text("utf-8")
    assert list(folder.glob("crash-*.txt")) == []
