"""Work that takes a while: what is done, how far it is, and a button that stops it."""

from collections.abc import Callable
from functools import partial
from typing import Any, Protocol

from PySide6.QtCore import QRectF, QSize, QTimer
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.domain.errors import Cancelled
from propdesk.i18n import _
from ui.background import Background, Handle, Job
from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.painting import ground

_HEIGHT = 6


class Start(Protocol):
    """Starts the work with three call-backs: done, failed, how far."""

    def __call__(
        self,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
        on_progress: Callable[[int, int], None],
    ) -> Handle:
        """Start it and return at once."""


class ProgressLine(QWidget):
    """How far a piece of work is: a bar without figures."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._part = 0.0
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_progress(self, done: int, total: int) -> None:
        """Show that `done` of `total` are done."""
        self._part = min(done / total, 1.0) if total > 0 else 0.0
        percent = f"{self._part:.0%}"
        # Thousands of small steps are not thousands of pictures.
        if percent != self.accessibleDescription():
            self.setAccessibleDescription(percent)
            self.update()

    def sizeHint(self) -> QSize:
        """Take the width there is."""
        return QSize(self._theme.px(200), self._theme.px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the track and what of it is done."""
        painter = QPainter(self)
        radius = self.height() / 2
        ground(painter, self.rect(), self._theme.colours.sunken, radius=radius)
        if self._part > 0:
            done = QRectF(0, 0, max(self.width() * self._part, self.height()), self.height())
            ground(painter, done, self._theme.colours.accent, radius=radius)


class WorkDialog(Dialog):
    """Shows a job of the background until it has ended; Esc and the button stop it."""

    def __init__(
        self, theme: Theme, parent: QWidget | None, title: str, sentence: str = "", stop: str = ""
    ) -> None:
        super().__init__(theme, parent, title)
        if sentence:
            self.add_sentence(sentence, is_quiet=True)
        self.bar = ProgressLine(theme, title)
        self.body.addWidget(self.bar)
        self.add_verb("stop", stop or _("Cancel"), is_default=True)
        self._result: Any = None
        self._error: BaseException | None = None

    def work(self, start: Start, *, longest_ms: int = 0) -> Any:
        """Do the work and return its result; what it raised is raised here.

        Raises Cancelled when it was stopped, by the clerk or after `longest_ms` (0 = no limit).
        """
        handle = start(self._on_done, self._on_error, self.bar.show_progress)
        limit = QTimer(self)
        limit.setSingleShot(True)
        limit.timeout.connect(self.reject)
        if longest_ms:
            limit.start(longest_ms)
        end = self.ask()
        limit.stop()
        if end != "done":
            handle.cancel()
            raise Cancelled
        if self._error is not None:
            raise self._error
        return self._result

    def _on_done(self, result: Any) -> None:
        self._result = result
        self.choose("done")

    def _on_error(self, error: BaseException) -> None:
        self._error = error
        self.choose("done")


def work_through(theme: Theme, parent: QWidget | None, title: str, sentence: str, job: Job) -> Any:
    """Do a job behind a bar, with nothing left running behind it, and return its result.

    Raises what the job raised, Cancelled when it was stopped; by then it has taken back what it
    had made, so that it may be begun anew.
    """
    background = Background()
    try:
        return WorkDialog(theme, parent, title, sentence).work(partial(background.run, job))
    finally:
        background.stop()
