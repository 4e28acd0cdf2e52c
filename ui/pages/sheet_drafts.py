"""A half-typed sheet survives a crash and a change of mind: it is kept while it is typed."""

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer

from propdesk.domain.errors import RuleError
from propdesk.services.drafts import drop_draft, get_draft, keep_draft
from ui.context import AppContext

_KEEP_MS = 2000

# What is kept: the cells, the walks by round, the weather; None while nothing is worth keeping.
Typed = dict[str, Any]


class SheetDraft(QObject):
    """The draft of the sheet that is shown; each sheet has its own."""

    def __init__(
        self, parent: QObject, context: AppContext, read: Callable[[], Typed | None]
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._read = read
        self._number = ""
        self._is_kept = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_MS)
        self._timer.timeout.connect(self.keep)
        # After the window has closed there is no office to keep it in.
        context.background.stopped.connect(self._timer.stop)

    @property
    def _key(self) -> str:
        return f"inspection-sheet/{self._number}"

    def touch(self) -> None:
        """Keep what is typed soon: the clerk types on."""
        self._timer.start()

    def keep(self) -> None:
        """Keep what is typed now."""
        self._timer.stop()
        typed = self._read() if self._number else None
        if typed is None:
            self.drop()
            return
        fields = {"typed": json.dumps(typed, ensure_ascii=False)}
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

    def find(self, number: str) -> tuple[Typed, datetime] | None:
        """Turn to a sheet; return what was typed of it before and when, None where nothing was."""
        self._timer.stop()
        self._number, self._is_kept = number, False
        found = get_draft(self._key)
        if found is None:
            return None
        self._is_kept = True
        fields, at = found
        typed: Typed = json.loads(fields.get("typed", "{}"))
        return typed, at
