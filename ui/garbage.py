"""Python's cycle collector, kept to the window's thread.

A cycle may hold widgets and connections. Collected in a thread that reads or draws in the
background, Qt takes its lock of connections there and then asks for Python's own, while the
window's thread holds that one and waits for Qt's: the window stands still for ever (seen in a run
of the tests). So the collector does not start by itself; the window's thread runs it by Python's
own thresholds, twice a second when there is something to do.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_EVERY_MS = 500


def collect_due() -> int:
    """Collect the generations whose time has come; return how many objects were found."""
    thresholds, counts = gc.get_threshold(), gc.get_count()
    for generation in (2, 1, 0):
        if counts[generation] > thresholds[generation]:
            return gc.collect(generation)
    return 0


class Garbage(QObject):
    """Collects in the thread in which it is made, from now until its parent goes."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        gc.disable()
        self._timer = QTimer(self)
        self._timer.setInterval(_EVERY_MS)
        self._timer.timeout.connect(collect_due)
        self._timer.start()
