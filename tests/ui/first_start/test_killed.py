"""The program is killed (SIGKILL) at each step of the guide, started again, and goes on there."""

import os
import signal
import subprocess
import sys

import pytest

from propdesk import paths
from propdesk.services import offices
from propdesk.services.queries.office import guide_step
from propdesk.services.queries.staff import list_staff
from propdesk.services.queries.units import list_communities
from ui.first_start.steps import BackupsPage, CommunityPage, StaffPage
from ui.first_start.ways_in import WaysInPage

# The real program; words are typed, <Keys> are pressed. It says when all of it is done and, where
# the last words belong to a step, kept.
CLERK = """
import os
import sys
from PySide6.QtCore import QTimer
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
import ui.app
from propdesk.services.drafts import get_draft

form, *words = sys.argv[1:]

def act():
    window, focus = QApplication.activeModalWidget(), QApplication.focusWidget()
    if window is None or focus is None or not window.isAncestorOf(focus):
        QTimer.singleShot(20, act)
        return
    for word in words:
        focus = QApplication.focusWidget()
        if word.startswith("<"):
            QTest.keySequence(focus, QKeySequence(word.strip("<>")))
        else:
            QTest.keyClicks(focus, word)
    tell()

def tell():
    if form and get_draft(form) is None:
        QTimer.singleShot(20, tell)
    else:
        print("ready", flush=True)

class Window(ui.app.MainWindow):
    def showEvent(self, event):
        super().showEvent(event)
        QTimer.singleShot(20, act)
        QTimer.singleShot(60_000, lambda: os._exit(3))

ui.app.MainWindow = Window
sys.exit(ui.app.run_window(["--lang", "en"]))
"""

OFFICE = ("1", "Riverside Centre", "<Return>", "<Return>")
COMMUNITY = (*OFFICE, "Riverside", "<Return>", "<Return>")
STAFF = (*COMMUNITY, "Li Min", "<Return>", "Wang", "<Return>", "<Return>")


@pytest.fixture
def killed():
    """Let the clerk do these things, then kill the program."""

    def kill(form, *words):
        child = subprocess.Popen(
            [sys.executable, "-c", CLERK, form, *words],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        )
        assert child.stdout.readline() == "ready\n", child.stderr.read()
        os.kill(child.pid, signal.SIGKILL)
        child.communicate(timeout=30)
        assert child.returncode == -signal.SIGKILL

    return kill


@pytest.mark.parametrize("words", [(), ("1", "Riverside")], ids=["at the question", "at the name"])
def test_before_the_first_step_is_done_nothing_is_there(killed, begin, words):
    killed("", *words)
    assert not offices.holds_office(paths.user_data())
    assert begin(lambda window: window.findChild(WaysInPage).isVisible()) is None


@pytest.mark.parametrize(
    ("form", "typed", "last", "page"),
    [
        ("first-start-community", OFFICE, "River", CommunityPage),
        ("first-start-staff", COMMUNITY, "Li M", StaffPage),
        ("first-start-backups", STAFF, "/media/st", BackupsPage),
    ],
    ids=["communities", "staff", "backups"],
)
def test_the_guide_goes_on_at_its_step_with_what_was_typed(
    killed, begin, press, words, form, typed, last, page
):
    killed(form, *typed, last)

    def act(window):
        assert window.findChild(page).isVisible()
        assert last in words(window)

    assert begin(act) is None  # left once more: it stays where it is
    assert begin(act) is None
    assert offices.look_at(paths.user_data()).name == "Riverside Centre"


def test_killed_between_two_steps_it_goes_on_with_the_next(killed, begin, press):
    killed("", *STAFF)

    def act(window):
        assert window.findChild(BackupsPage).isVisible()
        press("Enter", "Esc")

    assert begin(act) is not None
    assert list_communities() == ("Riverside",)
    assert [one.name for one in list_staff()] == ["Li Min", "Wang"]
    assert guide_step() is None


def test_killed_behind_the_last_step_it_does_not_ask_again(killed, messages, theme):
    from ui.start import open_at_start

    killed("", *STAFF, "<Return>")
    begun = open_at_start(None, messages, theme)
    assert begun is not None
    assert begun.errand is None
    offices.close_office(begun.office)
