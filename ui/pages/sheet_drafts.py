"""A half-typed sheet survives a crash and a change of mind."""

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject

from ui.context import AppContext
from ui.typed_draft import TypedDraft

# What is kept: the cells, the walks by round, the weather; None while nothing is worth keeping.
Typed = dict[str, Any]


class SheetDraft(TypedDraft):
    """The draft of the sheet that is shown; each sheet has its own."""

    def __init__(
        self, parent: QObject, context: AppContext, read: Callable[[], Typed | None]
    ) -> None:
        super().__init__(parent, context, "")
        self._read = read

    def fields(self) -> Mapping[str, str] | None:
        """Return what is typed of the sheet that is shown."""
        typed = self._read() if self._key else None
        return None if typed is None else {"typed": json.dumps(typed, ensure_ascii=False)}

    def find(self, number: str) -> tuple[Typed, datetime] | None:
        """Turn to a sheet; return what was typed of it before and when, None where nothing was."""
        self.turn_to(f"inspection-sheet/{number}")
        found = self.kept()
        if found is None:
            return None
        fields, at = found
        typed: Typed = json.loads(fields.get("typed", "{}"))
        return typed, at
