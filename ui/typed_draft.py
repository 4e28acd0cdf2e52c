"""What is half typed survives a crash: it is kept while the clerk types on (decision 33)."""

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from propdesk.domain.errors import RuleError
from propdesk.services.drafts import drop_draft, get_draft, keep_draft
from ui.context import AppContext

KEEP_MS = 2000


class TypedDraft(QObject):
    """One draft under its `key`; a subclass says what of it is kept (`fields`)."""

    def __init__(self, parent: QObject, context: AppContext, key: str) -> None:
        super().__init__(parent)
        self._context = context
        self._key = key
        self._is_kept = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(KEEP_MS)
        self._timer.timeout.connect(self.keep)
        # After the window has closed there is no office to keep it in.
        context.background.stopped.connect(self._timer.stop)

    def fields(self) -> Mapping[str, str] | None:
        """Return what is typed, None while nothing is worth keeping."""
        raise NotImplementedError

    def touch(self) -> None:
        """Keep what is typed soon: the clerk types on."""
        self._timer.start()

    def keep(self) -> None:
        """Keep what is typed now; where nothing is typed no draft stays."""
        self._timer.stop()
        fields = self.fields()
        if fields is None:
            self.drop()
            return
        try:
            keep_draft(self._key, fields, now=self._context.now())
        except RuleError:
            # A full disk or another's long work: the clerk hears of it when he stores.
            return
        self._is_kept = True

    def drop(self) -> None:
        """Forget the draft: it was stored or given up."""
        self._timer.stop()
        if self._is_kept:
            drop_draft(self._key)
            self._is_kept = False

    def turn_to(self, key: str) -> None:
        """Keep another draft from now on; the one before stays as it was kept."""
        self._timer.stop()
        self._key, self._is_kept = key, False

    def kept(self) -> tuple[Mapping[str, str], datetime] | None:
        """Return what was typed before and when it was kept, None where nothing was."""
        found = get_draft(self._key)
        if found is not None:
            self._is_kept = True
        return found
