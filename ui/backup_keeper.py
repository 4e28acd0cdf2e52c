"""Keeps the office backed up while the window is open (decision 41).

The first quiet five minutes after a change each day, at the window's close if none was made that
day, and whenever the clerk asks. Everything slow runs in the background.
"""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid

from propdesk.domain.backups import is_due, is_due_at_exit
from propdesk.domain.errors import RuleError
from propdesk.i18n import ngettext
from propdesk.services.backups import (
    BackupMade,
    BackupState,
    FilesKept,
    backup_state,
    copy_files,
    make_backup,
)
from propdesk.services.queries.office import demo_moment
from ui.background import Handle, Progress
from ui.context import AppContext

_QUIET_MS = 5 * 60 * 1000


class BackupKeeper(QObject):
    """Knows how safe the office is and backs it up when that is due.

    `state_changed` comes when `state` or `problem` (why the last backup failed) is known anew.
    """

    state_changed = Signal()

    def __init__(self, context: AppContext, parent: QObject) -> None:
        super().__init__(parent)
        self._context = context
        self.state: BackupState | None = None
        self.problem = ""
        self._changed_at: datetime | None = None
        self._running: Handle | None = None
        self._quiet = QTimer(self)
        self._quiet.setSingleShot(True)
        self._quiet.setInterval(_QUIET_MS)
        self._quiet.timeout.connect(self._on_quiet)
        changes = context.changes
        for signal in (changes.tickets_changed, changes.residents_changed,
                       changes.settings_changed, changes.staff_changed):  # fmt: skip
            signal.connect(self._on_changed)

    def stop(self) -> None:
        """Begin nothing more: the window closes."""
        self._quiet.stop()

    def second_place(self) -> Path | None:
        """Return the second backup folder of the settings."""
        folder = self._context.settings.second_backup_folder.strip()
        return Path(folder) if folder else None

    # -- looking

    def look(self, then: Callable[[], None] | None = None) -> None:
        """Find out anew how safe the office is; `then` is called when that is known."""
        office, now, second = self._context.office, self._context.now(), self.second_place()

        def on_done(state: BackupState) -> None:
            if not isValid(self):
                return  # the answer comes after the window has gone
            self.state = state
            self.state_changed.emit()
            is_owed = (state.changed and self._changed_at is None) or bool(state.files_left)
            if is_owed and not self._quiet.isActive():
                # Changed before this start (by a command, or a window that was killed), or photos
                # that the last window's close did not wait for.
                self._quiet.start()
            if then is not None:
                then()

        self._context.background.run(
            lambda _progress: backup_state(office, now, second), on_done, self._on_failed
        )

    def is_due_at_exit(self) -> bool:
        """Tell whether closing the window makes a backup; what is made up needs none."""
        if demo_moment() is not None:
            return False
        if self.state is None:
            return self._changed_at is not None
        changed = self.state.changed or self._changed_at is not None
        return is_due_at_exit(self.state.last, changed, self._local_now())

    def _local_now(self) -> datetime:
        return self._context.now().replace(tzinfo=None)

    # -- backing up

    def back_up(
        self,
        on_done: Callable[[Any], None],
        on_error: Callable[[BaseException], None],
        on_progress: Callable[[int, int], None] | None = None,
        *,
        longest_files: float | None = None,
    ) -> Handle:
        """Start a backup, or listen to the one that is under way; the call-backs tell its end.

        Photos that are not copied in `longest_files` seconds wait for the next time.
        """
        if self._running is None or self._running.has_ended or self._running.is_cancelled():
            self._running = self._start(longest_files)
        handle = self._running

        def done(made: BackupMade) -> None:
            self.problem = made.second_problem or made.files_problem
            self._changed_at = None
            self.look(self._context.changes.backups_changed.emit)
            on_done(made)

        handle.on_done, handle.on_error, handle.on_progress = done, on_error, on_progress
        return handle

    def _start(self, longest_files: float | None) -> Handle:
        office, now, second = self._context.office, self._context.now(), self.second_place()
        started: list[Handle] = []

        def job(progress: Progress) -> BackupMade:
            return make_backup(
                office,
                now=now,
                second=second,
                on_progress=progress,
                cancelled=lambda: bool(started) and started[0].is_cancelled(),
                longest_files=longest_files,
            )

        handle = self._context.background.run(job, _nothing, self._on_failed)
        started.append(handle)
        return handle

    def _on_changed(self) -> None:
        self._changed_at = self._local_now()
        self._quiet.start()

    def _on_quiet(self) -> None:
        self.look(self._back_up_if_due)

    def _back_up_if_due(self) -> None:
        state = self.state
        if state is not None and is_due(
            state.last, state.changed, self._changed_at, self._local_now()
        ):
            self.back_up(_nothing, self._on_failed)
        elif state is not None and state.files_left:
            self._copy_files()

    def _copy_files(self) -> None:
        """Go on with the photos that the last backup left; the backup itself stands."""
        office, second = self._context.office, self.second_place()
        places = (office.backups,) if second is None else (office.backups, second)

        def done(kept: FilesKept) -> None:
            self.problem = kept.problem
            self.look(self._context.changes.backups_changed.emit)

        self._context.background.run(
            lambda progress: copy_files(office, places, on_progress=progress),
            done,
            self._on_failed,
        )

    def _on_failed(self, error: BaseException) -> None:
        """Say in the status bar why nothing was backed up; nobody asked, so nobody is stopped."""
        if not isinstance(error, RuleError):
            raise error
        self.problem = str(error)
        self.state_changed.emit()


def files_left_words(count: int) -> str:
    """Return the sentence that says how many photos are not in the backups yet, '' for none."""
    if not count:
        return ""
    return ngettext(
        "{count} photo or file is not in the backups yet; it follows by itself",
        "{count} photos and files are not in the backups yet; they follow by themselves",
        count,
    ).format(count=count)


def _nothing(_result: Any) -> None:
    """Nobody waits for it: the status bar shows the new state."""
