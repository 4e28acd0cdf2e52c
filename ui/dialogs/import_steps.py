"""Two steps of the import dialog: the work with its bar, and what came of it."""

from collections.abc import Callable
from threading import Event
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from propdesk.domain.errors import Cancelled
from propdesk.i18n import _
from propdesk.services.offices import working_connection
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.work_dialog import ProgressLine
from ui.theme import Ink, Space, Theme, Tone
from ui.widgets.badges import Badge
from ui.widgets.buttons import Button
from ui.widgets.labels import Label

Work = Callable[[Progress, Callable[[], bool]], Any]
"""A job that is told how to say how far it is, and asks whether somebody pressed cancel."""


def _column(whole: QWidget, *widgets: QWidget) -> None:
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, Space.L, 0, 0)
    column.setSpacing(Space.M)
    for widget in widgets:
        column.addWidget(widget)
    column.addStretch(1)


class WorkPane(QWidget):
    """Reads, writes or takes back in the background; pressing cancel leaves nothing behind."""

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self._context = context
        self._stop: Event | None = None
        self._words = Label(context.theme, ink=Ink.TEXT_2)
        self.bar = ProgressLine(context.theme, _("Progress"))
        self._cancel = Button(context.theme, _("Cancel"), hint="Esc")
        self._cancel.clicked.connect(self.stop)
        _column(self, self._words, self.bar, self._cancel)

    def is_running(self) -> bool:
        """Tell whether the work has not come to its end."""
        return self._stop is not None

    def run(
        self,
        words: str,
        work: Work,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
        *,
        can_stop: bool = True,
    ) -> None:
        """Do the work on a connection of its own; `on_done` gets None where it was stopped."""
        stop = self._stop = Event()

        def job(progress: Progress) -> Any:
            # Told here and not by the background: who cancels too late must hear that it was done.
            with working_connection():
                try:
                    return work(progress, stop.is_set)
                except Cancelled:
                    return None

        def done(result: Any) -> None:
            self._stop = None
            on_done(result)

        def failed(error: BaseException) -> None:
            self._stop = None
            on_error(error)

        self._words.show_text(words)
        self.bar.show_progress(0, 1)
        self._cancel.setEnabled(can_stop)
        self._context.background.run(job, done, failed, self.bar.show_progress)

    def take_focus(self) -> None:
        """Put the keyboard on the button that stops it."""
        self._cancel.setFocus()

    def stop(self) -> None:
        """Ask the work to stop."""
        if self._stop is not None:
            self._stop.set()
            self._cancel.setEnabled(False)
            self._words.show_text(_("Stopping"))


class ResultPane(QWidget):
    """What an import or its undoing did; `undo_wanted` comes with the button below."""

    undo_wanted = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._badge = Badge(theme)
        self.said = Label(theme, wrap=True, selectable=True)
        self.undo = Button(theme, _("Undo this import"), icon="repeat-2")
        self.undo.clicked.connect(self.undo_wanted)
        _column(self, self._badge, self.said, self.undo)

    def show_done(self, words: str, *, can_undo: bool) -> None:
        """Show what was taken in."""
        self._badge.show_badge(_("Done"), Tone.OK)
        self.said.show_text(words)
        self.undo.setVisible(can_undo)

    def show_undone(self, words: str) -> None:
        """Show what was taken back."""
        self._badge.show_badge(_("Undone"), Tone.NEUTRAL)
        self.said.show_text(words)
        self.undo.hide()
