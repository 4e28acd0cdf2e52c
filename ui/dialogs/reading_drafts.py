"""Readings half typed survive a crash."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject

from ui.context import AppContext
from ui.typed_draft import TypedDraft


@dataclass(frozen=True, slots=True)
class TypedReadings:
    """What stood in the list: which meters it showed, and by meter what was typed."""

    kind: str
    building: str
    day: str
    lines: Mapping[int, Mapping[str, str]]


class ReadingDraft(TypedDraft):
    """The draft of one list; `unit_id` is the house whose meters it shows, None for all."""

    def __init__(
        self,
        parent: QObject,
        context: AppContext,
        unit_id: int | None,
        read: Callable[[], TypedReadings],
    ) -> None:
        key = "readings" if unit_id is None else f"readings/{unit_id}"
        super().__init__(parent, context, key)
        self._read = read

    def fields(self) -> Mapping[str, str] | None:
        """Return the list's lines; a list without a figure leaves no draft."""
        typed = self._read()
        if not typed.lines:
            return None
        lines = {str(meter): dict(said) for meter, said in typed.lines.items()}
        return {
            "kind": typed.kind,
            "building": typed.building,
            "day": typed.day,
            "lines": json.dumps(lines, ensure_ascii=False),
        }

    def find(self) -> tuple[TypedReadings, datetime] | None:
        """Return what was typed before and when it was kept, None where nothing was."""
        found = self.kept()
        if found is None:
            return None
        fields, at = found
        lines = json.loads(fields.get("lines", "{}"))
        typed = TypedReadings(
            fields.get("kind", ""),
            fields.get("building", ""),
            fields.get("day", ""),
            {int(meter): said for meter, said in lines.items()},
        )
        return typed, at
