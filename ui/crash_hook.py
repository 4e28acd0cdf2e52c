"""What happens when the program makes a mistake: a report is kept, and the clerk is told once.

The same mistake made over and over, as in each painting of a window, is counted and not told again.
"""

import logging
import math
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QObject, QTimer, qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from propdesk.logs import Run
from ui.theme import Theme

# A mistake that comes again sooner than that was not made by somebody who tried again.
_PAUSE_S = 2.0
_MOST_TOLD = 3
_ROUND = frozenset(10**n for n in range(1, 9))

Place = tuple[str, str, int]

_log = logging.getLogger(__name__)


@dataclass(slots=True)
class _Seen:
    """How often a mistake was made at one place, when last, and how often it was told."""

    count: int = 0
    told: int = 0
    last: float = -math.inf


class CrashHook(QObject):
    """Python's hook for errors that nobody caught: slots, event handlers, background jobs.

    `run` keeps the reports. `facts` are versions for them; the start adds what it learns.
    """

    def __init__(self, theme: Theme, run: Run, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._run = run
        self._seen: dict[Place, _Seen] = {}
        self._is_telling = False
        self._told_at = -math.inf
        self.facts = {"Qt": f"{qVersion()}, {QGuiApplication.platformName()}"}

    def install(self) -> None:
        """Take the hooks of the main thread, of other threads and of what Python cannot raise."""
        sys.excepthook = self._on_error
        threading.excepthook = lambda made: self._keep_quietly(made.exc_value)
        sys.unraisablehook = lambda made: self._keep_quietly(made.exc_value)

    def _on_error(
        self, kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        if sys.flags.dev_mode:
            sys.__excepthook__(kind, error, trace)
        from propdesk.domain.errors import RuleError

        if isinstance(error, RuleError):
            QTimer.singleShot(0, self, lambda: self._tell_refusal(error))
            return
        is_new, is_told = self._count(error)
        if is_told:
            self._is_telling = True
            text, file = self._run.report(error, self.facts)
            # Behind the present event: a dialog amid a painting would make it paint again.
            QTimer.singleShot(0, self, lambda: self._tell(text, file))
        elif is_new:
            self._run.report(error, self.facts)

    def _count(self, error: BaseException) -> tuple[bool, bool]:
        """Count a mistake; return whether it is the first at its place, and whether to tell it."""
        seen = self._seen.setdefault(_place(error), _Seen())
        now = time.monotonic()
        is_loop = now - max(seen.last, self._told_at) < _PAUSE_S
        seen.count += 1
        seen.last = now
        if seen.count in _ROUND:
            _log.info("the same mistake %d times", seen.count)
        is_told = not (self._is_telling or is_loop or seen.told >= _MOST_TOLD)
        seen.told += is_told
        return seen.count == 1, is_told

    def _keep_quietly(self, error: BaseException | None) -> None:
        """Keep a report of what the clerk notices nothing of."""
        if error is not None and self._count(error)[0]:
            self._run.report(error, self.facts)

    def _tell_refusal(self, refusal: BaseException) -> None:
        from propdesk.i18n import _
        from ui.dialogs.messages import Messages

        window = QApplication.activeWindow()
        Messages(self._theme).tell(window, _("This was not done"), str(refusal))

    def _tell(self, text: str, file: Path | None) -> None:
        from ui.dialogs.messages import Messages

        try:
            Messages(self._theme).crash(QApplication.activeWindow(), text, file)
        finally:
            # The window below paints itself anew; that is no new try of somebody.
            self._told_at = time.monotonic()
            self._is_telling = False


def _place(error: BaseException) -> Place:
    """Return what tells one mistake from another: its type and where it arose."""
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    if trace is None:
        return type(error).__qualname__, "", 0
    return type(error).__qualname__, trace.tb_frame.f_code.co_filename, trace.tb_lineno
