"""Cycles of widgets are collected in the window's thread alone: elsewhere the window would hang."""

import gc
import threading
import weakref

from PySide6.QtCore import QObject

from ui.garbage import Garbage, collect_due


class Node:
    """Something that holds itself."""

    def __init__(self):
        self.me = self


def litter(count=5_000):
    """Leave cycles behind; return how to see whether the first one is still there."""
    nodes = [Node() for _n in range(count)]
    return weakref.ref(nodes[0])


def test_no_thread_collects_by_itself(qapp):
    Garbage(QObject())
    left = []
    thread = threading.Thread(target=lambda: left.append(litter(50_000)))
    thread.start()
    thread.join()
    assert not gc.isenabled()
    assert left[0]() is not None
    gc.collect()
    assert left[0]() is None


def test_the_windows_thread_collects_what_is_due(qapp, qtbot):
    parent = QObject()
    Garbage(parent)
    left = litter()
    qtbot.waitUntil(lambda: left() is None, timeout=5_000)


def test_nothing_is_collected_where_nothing_is_due():
    gc.collect()
    assert collect_due() == 0
