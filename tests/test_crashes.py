"""Reports of mistakes: they say where it happened, and nothing that the office wrote."""

import os
import sqlite3
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from peewee import IntegrityError, SqliteDatabase

import propdesk
from propdesk import crashes, paths
from propdesk.domain.errors import RuleError

NAME, PHONE, ADDRESS = "张伟丰", "13800001234", "3栋2单元501"
NOW = datetime.fromisoformat("2026-11-21T10:12:00+08:00")


def raised(act):
    try:
        act()
    except BaseException as error:
        return error
    raise AssertionError("nothing was raised")


def key_error():
    {}[NAME]


def bad_number():
    int(f"{NAME} {PHONE}")


def no_file():
    Path(f"/nowhere/{NAME}/{PHONE}.pdf").read_bytes()


def undecodable():
    NAME.encode("gbk").decode("utf-8")


def chained():
    try:
        bad_number()
    except ValueError as error:
        message = f"caller {NAME} of {ADDRESS}"
        raise LookupError(message) from error


def noted():
    error = KeyError(NAME)
    error.add_note(f"phone {PHONE}")
    raise error


def twice_the_same():
    database = SqliteDatabase(":memory:")
    database.execute_sql("CREATE TABLE person (name TEXT UNIQUE)")
    for _again in range(2):
        database.execute_sql("INSERT INTO person VALUES (?)", (NAME,))


def bad_words():
    sqlite3.connect(":memory:").execute(f"SELECT {NAME} {PHONE}")


def an_attribute_of_ours():
    raise AttributeError(f"'Row' has no {NAME} at {PHONE}")


@pytest.mark.parametrize(
    ("act", "kind"),
    [
        (key_error, "KeyError"),
        (bad_number, "ValueError"),
        (no_file, "FileNotFoundError: ENOENT"),
        (undecodable, "UnicodeDecodeError"),
        (chained, "LookupError"),
        (noted, "KeyError"),
        (twice_the_same, "SQLITE_CONSTRAINT_UNIQUE UNIQUE constraint failed: person.name"),
        (bad_words, "sqlite3.OperationalError: SQLITE_ERROR"),
        (an_attribute_of_ours, "AttributeError: 'Row' has no … at …"),
    ],
)  # fmt: skip
def test_a_trace_says_what_and_where_without_a_value(act, kind):
    trace = crashes.safe_trace(raised(act))
    assert kind in trace
    assert f"in {act.__name__}" in trace
    assert "line " in trace
    for personal in (NAME, PHONE, ADDRESS, "张", "501"):
        assert personal not in trace


def test_a_mistake_that_came_of_another_one_stands_behind_it():
    trace = crashes.safe_trace(raised(chained))
    assert trace.index("ValueError") < trace.index("LookupError")


def test_errors_that_hold_each_other_come_to_an_end():
    first, second = KeyError("a"), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    assert crashes.safe_trace(first).count("KeyError") == 2


def test_python_s_own_words_about_types_are_kept():
    assert "'NoneType' object has no attribute 'name'" in crashes.safe_trace(
        raised(lambda: None.name)
    )
    assert "data-damaged" in crashes.safe_trace(RuleError("data-damaged", NAME))


def test_a_thousand_like_frames_are_one_line():
    def endless():
        endless()

    trace = crashes.safe_trace(raised(endless))
    assert "Previous line repeated" in trace
    assert len(trace) < 3000


def test_the_folders_of_this_pc_are_shortened(monkeypatch, tmp_path):
    home = tmp_path / "张伟"
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("USERPROFILE", str(home))
    assert crashes.without_home(f"{home}/a.py") == "~/a.py"
    assert crashes.without_home(str(home).upper()) == "~"
    assert crashes.without_home(str(paths.program_folder() / "ui")) == f"propdesk{os.sep}ui"
    assert sys.prefix not in crashes.without_home(f"{sys.prefix}/lib")


def test_the_database_is_the_one_of_the_program():
    # A test of the message's shape is worth nothing with another engine's words.
    assert isinstance(raised(twice_the_same), IntegrityError)


def test_a_report_names_the_versions_and_is_kept():
    text = crashes.make_report(
        crashes.safe_trace(raised(key_error)), now=NOW, facts={"Qt": "6"}, lately=["begins\n"]
    )
    file = crashes.keep_report(text, NOW)
    assert file == paths.user_logs() / "crash-20261121-101200.txt"
    kept = file.read_text("utf-8")
    for word in (f"propdesk {propdesk.__version__}", "Python 3.", "Qt: 6", "+0800", "begins"):
        assert word in kept


def test_reports_of_one_second_stand_side_by_side_and_only_the_newest_stay():
    for _again in range(11):
        crashes.keep_report("old", NOW)
    newest = [crashes.keep_report("new", NOW + timedelta(hours=n)) for n in range(1, 16)]
    kept = crashes.list_reports()
    assert len(kept) == crashes.KEPT
    assert kept[:15] == newest[::-1]
    assert [file.name for file in kept[15:]] == [
        f"crash-20261121-101200-{n}.txt" for n in (11, 10, 9, 8, 7)
    ]


def test_where_nothing_can_be_written_there_is_no_report(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(paths, "user_logs", lambda: tmp_path / "file" / "log")
    assert crashes.keep_report("text", NOW) is None


@pytest.mark.skipif(os.name == "nt", reason="limits of a process")
def test_a_full_disk_leaves_no_half_a_report():
    import resource
    import signal

    kept = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        file = crashes.keep_report("long " * 10_000, NOW)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, kept)
    assert file is None
    assert crashes.list_reports() == []
