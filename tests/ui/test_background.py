"""Slow work: results on the main thread in order, cancelled work is never heard of again."""

import threading

import pytest
from PySide6.QtCore import QTimer

from ui.background import Background
from ui.changes import Changes


@pytest.fixture
def background(qapp):
    work = Background()
    yield work
    work.stop()


def fail(error):
    raise AssertionError(error)


def test_results_come_on_the_main_thread_in_order(background, qtbot):
    heard = []

    def job(progress):
        for n in range(3):
            progress(n + 1, 3)
        return threading.current_thread().name

    def hear(what):
        return lambda *value: heard.append((what, value, threading.current_thread()))

    background.run(job, hear("done"), fail, hear("progress"))
    qtbot.waitUntil(lambda: len(heard) == 4)
    assert [(what, value) for what, value, _thread in heard[:3]] == [
        ("progress", (n, 3)) for n in (1, 2, 3)
    ]
    assert heard[3][0] == "done"
    assert heard[3][1][0].startswith("propdesk")
    assert {thread for _what, _value, thread in heard} == {threading.main_thread()}


def test_no_result_is_lost(background, qtbot):
    results = []
    for n in range(200):
        background.run(lambda _progress, n=n: n, results.append, fail)
    qtbot.waitUntil(lambda: len(results) == 200)
    assert sorted(results) == list(range(200))


def test_errors_are_handed_over(background, qtbot):
    errors = []

    def job(_progress):
        raise FileNotFoundError("no such paper")

    background.run(job, fail, errors.append)
    qtbot.waitUntil(lambda: bool(errors))
    assert isinstance(errors[0], FileNotFoundError)


def test_cancelled_work_stops_and_is_silent(background, qtbot):
    started, stopped = threading.Event(), threading.Event()

    def job(progress):
        started.set()
        try:
            while True:
                progress(0, 1)
        finally:
            stopped.set()

    handle = background.run(job, fail, fail)
    assert started.wait(5)
    handle.cancel()
    assert stopped.wait(5)
    assert handle.is_cancelled()
    after = []
    QTimer.singleShot(0, lambda: after.append(True))
    qtbot.waitUntil(lambda: bool(after))


def test_what_was_cancelled_before_it_began_never_begins(background, qtbot):
    gate, begun = threading.Event(), []
    for _worker in range(2):
        background.run(lambda _progress: gate.wait(5), lambda _done: None, fail)
    handle = background.run(lambda _progress: begun.append(True), fail, fail)
    handle.cancel()
    gate.set()
    background.stop()
    assert begun == []


def test_stop_waits_and_refuses_more(qapp):
    work = Background()
    begun, ended = threading.Event(), []

    def job(progress):
        begun.set()
        try:
            while True:
                progress(0, 1)
        finally:
            ended.append(True)

    work.run(job, fail, fail)
    assert begun.wait(5)
    work.stop()
    assert ended == [True]
    with pytest.raises(RuntimeError):
        work.run(job, fail, fail)


def test_changes_have_a_signal_for_each_thing(qtbot):
    changes = Changes()
    for name in ("tickets", "residents", "settings", "staff", "backups"):
        signal = getattr(changes, f"{name}_changed")
        with qtbot.waitSignal(signal, timeout=1000):
            signal.emit()
