"""The log: rotated, without personal data, one for each process; how a run ended is known."""

import faulthandler
import logging
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from propdesk import crashes, logs, paths
from propdesk.logs import LastEnd, Run

HOLD = """
import sys
from propdesk.logs import Run
run = Run("window")
run.open_log()
print(run.log_file.name, flush=True)
sys.stdin.read()
run.end()
"""
CRASH = """
import ctypes
from propdesk.logs import Run
run = Run("window")
run.open_log()
def fall():
    ctypes.string_at(0)
fall()
"""


@pytest.fixture
def run():
    begun = Run("window")
    begun.open_log()
    yield begun
    begun.end()


def read(run):
    return run.log_file.read_text("utf-8")


def python(code, **how):
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        **how,
    )


def test_a_run_notes_its_begin_and_its_end(run):
    run.end()
    first, last = read(run).splitlines()
    assert "window begins: propdesk" in first
    assert "window ends after" in last
    assert run.folder == paths.user_logs()


@pytest.mark.expects_log
def test_our_words_are_noted_and_of_others_only_the_place(run):
    logging.getLogger("ui.pages.today").info("shown in %d ms", 31)
    logging.getLogger("openpyxl.reader").error("bad cell %s", "张伟丰 13800001234")
    text = read(run)
    assert "shown in 31 ms" in text
    assert "openpyxl.reader, line" in text
    assert "张伟丰" not in text
    assert "13800001234" not in text


@pytest.mark.expects_log
def test_an_error_is_noted_by_its_place_alone(run):
    try:
        int("张伟丰")
    except ValueError:
        logging.getLogger("ui.app").exception("not read")
    assert "ValueError" in read(run)
    assert "张伟丰" not in read(run)


def test_logs_rotate(run, monkeypatch):
    words = logging.getLogger("propdesk.test")
    run._handler.maxBytes = 2000
    for number in range(200):
        words.info("line %d", number)
    names = sorted(file.name for file in run.folder.glob("window.log*"))
    assert names == ["window.log", *(f"window.log.{n}" for n in range(1, 5))]
    assert all(file.stat().st_size <= 2000 for file in run.folder.glob("window.log*"))
    assert "line 199" in read(run)


def test_two_processes_never_write_one_file(run):
    other = python(HOLD)
    try:
        assert other.stdout.readline().strip() == "window-2.log"
        logging.getLogger("propdesk.test").info("mine")
    finally:
        other.communicate("")
    assert "mine" in read(run)
    assert read(run).count("begins") == 1
    # Its place is free again.
    third = Run("window")
    assert third.log_file.name == "window-2.log"
    assert third.last_end is LastEnd.CLEAN
    third.end()


def test_a_kind_has_a_log_of_its_own(run):
    with logs.noted("command") as command:
        assert command.log_file.name == "command.log"


def test_a_killed_run_is_known_at_the_next_start():
    first = python(HOLD)
    assert first.stdout.readline()
    first.kill()
    first.communicate()
    run = Run("window")
    assert (run.last_end, run.last_report) == (LastEnd.CUT_OFF, None)
    run.open_log()
    assert "the last one was cut off" in read(run)
    run.end()
    again = Run("window")
    assert again.last_end is LastEnd.CLEAN
    again.end()


def test_a_power_cut_that_leaves_nuls_is_no_crash():
    paths.user_logs().mkdir(parents=True)
    (paths.user_logs() / "window.run").write_bytes(b"\0" * 4096)
    run = Run("window")
    assert (run.last_end, run.last_report) == (LastEnd.CUT_OFF, None)
    run.end()


@pytest.mark.skipif(os.name == "nt", reason="a segmentation fault is a signal elsewhere")
def test_a_hard_crash_leaves_a_report_for_the_next_start():
    fallen = python(CRASH, stderr=subprocess.DEVNULL)
    fallen.communicate()
    assert fallen.returncode == -signal.SIGSEGV
    run = Run("window")
    assert run.last_end is LastEnd.CRASHED
    report = run.last_report.read_text("utf-8")
    assert "Segmentation fault" in report
    assert " in fall" in report
    assert "window begins" in report
    run.end()
    assert crashes.list_reports() == [run.last_report]


def test_whoever_wants_the_dumps_elsewhere_keeps_them(run):
    # pytest does.
    assert faulthandler.is_enabled()
    run.end()
    assert faulthandler.is_enabled()


@pytest.mark.parametrize("name", ["window.log", "window.run"])
def test_a_folder_in_the_way_stops_nobody(name):
    (paths.user_logs() / name).mkdir(parents=True)
    run = Run("window")
    run.open_log()
    logging.getLogger("propdesk.test").info("lost")
    run.end()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a disk that is full by nature")
def test_a_full_disk_stops_nobody_and_prints_nothing(capsys):
    paths.user_logs().mkdir(parents=True)
    (paths.user_logs() / "window.log").symlink_to("/dev/full")
    with logs.noted("window"):
        logging.getLogger("propdesk.test").info("lost")
    assert capsys.readouterr().err == ""


def test_a_log_folder_that_cannot_be_stops_nobody(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(paths, "user_logs", lambda: tmp_path / "file" / "log")
    run = Run("window")
    run.open_log()
    logging.getLogger("propdesk.test").info("lost")
    assert (run.folder, run.log_file, run.lately()) == (None, None, [])
    run.end()


@pytest.mark.expects_log
def test_a_report_tells_what_was_noted_before_and_is_noted_itself(run):
    logging.getLogger("ui.test").info("the step before")
    text, file = run.report(KeyError("张伟丰"), {"page": "today"})
    assert "the step before" in text
    assert file.read_text("utf-8") == text
    assert file.name in read(run)
    assert "张伟丰" not in text + read(run)
