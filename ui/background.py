"""Slow work off the main thread: papers, imports, backups.

A job is a plain function of one argument, `progress(done, total)`, which it calls now and then; a
cancelled job is stopped there by `Cancelled`. What it needs it is given as plain values; if it
must read the office's data, it opens its own connection.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any, Protocol

from PySide6.QtCore import QObject, Qt, Signal, Slot

from propdesk.domain.errors import Cancelled


class Progress(Protocol):
    """What a job calls to say how far it is."""

    def __call__(self, done: int, total: int) -> None:
        """Tell how many of how many are done. Raises Cancelled."""


Job = Callable[[Progress], Any]


def is_stopped(progress: Progress) -> bool:
    """Tell a job whether the button was pressed: it hears of it when it says how far it is."""
    try:
        progress(0, 1)
    except Cancelled:
        return True
    return False


class Handle:
    """One piece of running work."""

    def __init__(
        self,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
        on_progress: Callable[[int, int], None] | None,
    ) -> None:
        self.on_done = on_done
        self.on_error = on_error
        self.on_progress = on_progress
        self.has_ended = False
        self._cancelled = Event()

    def cancel(self) -> None:
        """Ask the job to stop; afterwards nobody hears of it any more."""
        self._cancelled.set()

    def is_cancelled(self) -> bool:
        """Return whether the job was asked to stop."""
        return self._cancelled.is_set()


class _Relay(QObject):
    """The one object through which results reach the main thread, in the order they were sent."""

    arrived = Signal(object, str, object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.arrived.connect(self._on_arrived, Qt.ConnectionType.QueuedConnection)

    @Slot(object, str, object)
    def _on_arrived(self, handle: Handle, what: str, value: Any) -> None:
        if handle.is_cancelled():
            return
        if what == "progress":
            if handle.on_progress is not None:
                handle.on_progress(*value)
            return
        handle.has_ended = True
        if what == "done":
            handle.on_done(value)
        else:
            handle.on_error(value)


class Background(QObject):
    """A few worker threads. Call-backs run on the main thread, never after `cancel` or `stop`.

    `stopped` tells those who begin work by the clock that there is nobody to do it any more.
    """

    stopped = Signal()

    def __init__(self, parent: QObject | None = None, *, workers: int = 2) -> None:
        super().__init__(parent)
        self._pool = ThreadPoolExecutor(max_workers=workers, thread_name_prefix="propdesk")
        self._relay = _Relay(self)
        self._running: list[Handle] = []

    def run(
        self,
        job: Job,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
        on_progress: Callable[[int, int], None] | None = None,
    ) -> Handle:
        """Start `job` and return at once.

        `on_done` gets what the job returned, `on_error` what it raised, `on_progress` how far it
        is. Raises RuntimeError after `stop`.
        """
        handle = Handle(on_done, on_error, on_progress)
        self._running = [h for h in self._running if not (h.has_ended or h.is_cancelled())]
        self._running.append(handle)
        self._pool.submit(self._work, handle, job)
        return handle

    def _work(self, handle: Handle, job: Job) -> None:
        def progress(done: int, total: int) -> None:
            if handle.is_cancelled():
                raise Cancelled
            self._relay.arrived.emit(handle, "progress", (done, total))

        if handle.is_cancelled():
            return
        try:
            result = job(progress)
        except Cancelled:
            return
        except Exception as error:
            self._relay.arrived.emit(handle, "error", error)
        else:
            self._relay.arrived.emit(handle, "done", result)

    def stop(self) -> None:
        """Cancel what runs and wait until it has ended; called when the window closes."""
        self.stopped.emit()
        for handle in self._running:
            handle.cancel()
        self._running.clear()
        self._pool.shutdown(wait=True, cancel_futures=True)
