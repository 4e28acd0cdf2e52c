"""Readings half typed survive a crash: they are kept while the clerk types (decision 33)."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, QTimer

from propdesk.domain.errors import RuleError
from propdesk.services.drafts import drop_draft, get_draft, keep_draft
from ui.context import AppContext

_KEEP_MS = 2000


@dataclass(frozen=True, slots=True)
class TypedReadings:
    """What stood in the list: which meters it showed, and by meter what was typed."""

    kind: str
    building: str
    day: str
    lines: Mapping[int, Mapping[str, str]]


class ReadingDraft(QObject):
    """The draft of one list; `unit_id` is the house whose meters it shows, None for all."""

    def __init__(
        self,
        parent: QObject,
        context: AppContext,
        unit_id: int | None,
        read: Callable[[], TypedReadings],
    ) -> None:
        super().__init__(parent)
        self._context = context
        self._key = "readings" if unit_id is None else f"readings/{unit_id}"
        self._read = read
        self._is_kept = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_KEEP_MS)
        self._timer.timeout.connect(self.keep)
        # After the window has closed there is no office to keep it in.
        context.background.stopped.connect(self._timer.stop)

    def touch(self) -> None:
        """Keep what is typed soon: the clerk types on."""
        self._timer.start()

    def keep(self) -> None:
        """Keep what is typed now; a list without a figure leaves no draft."""
        self._timer.stop()
        typed = self._read()
        if not typed.lines:
            self.drop()
            return
        lines = {str(meter): dict(said) for meter, said in typed.lines.items()}
        fields = {
            "kind": typed.kind,
            "building": typed.building,
            "day": typed.day,
            "lines": json.dumps(lines, ensure_ascii=False),
        }
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

    def find(self) -> tuple[TypedReadings, datetime] | None:
        """Return what was typed before and when it was kept, None where nothing was."""
        kept = get_draft(self._key)
        if kept is None:
            return None
        self._is_kept = True
        fields, at = kept
        lines = json.loads(fields.get("lines", "{}"))
        typed = TypedReadings(
            fields.get("kind", ""),
            fields.get("building", ""),
            fields.get("day", ""),
            {int(meter): said for meter, said in lines.items()},
        )
        return typed, at
