"""What this workstation remembers of its views: column widths, sort, splitter places."""

from typing import Protocol

from PySide6.QtCore import QSettings


class Memory(Protocol):
    """A place for small texts under a key; what is lost there only costs convenience."""

    def recall(self, key: str) -> str:
        """Return what was remembered, empty if nothing was."""

    def remember(self, key: str, value: str) -> None:
        """Keep a text for the next start."""


class ScopedMemory:
    """The part of a memory that belongs to one view: each of its keys begins with `scope`."""

    def __init__(self, memory: Memory, scope: str) -> None:
        self._memory = memory
        self._scope = scope

    def recall(self, key: str) -> str:
        """Return what was remembered, empty if nothing was."""
        return self._memory.recall(f"{self._scope}/{key}")

    def remember(self, key: str, value: str) -> None:
        """Keep a text for the next start."""
        self._memory.remember(f"{self._scope}/{key}", value)


class NoMemory:
    """Remembers while the program runs, and no longer."""

    def __init__(self) -> None:
        self._kept: dict[str, str] = {}

    def recall(self, key: str) -> str:
        """Return what was remembered, empty if nothing was."""
        return self._kept.get(key, "")

    def remember(self, key: str, value: str) -> None:
        """Keep a text until the program ends."""
        self._kept[key] = value


class SettingsMemory:
    """Remembers in a QSettings file of this user."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def recall(self, key: str) -> str:
        """Return what was remembered, empty if nothing was."""
        return str(self._settings.value(key, ""))

    def remember(self, key: str, value: str) -> None:
        """Keep a text for the next start."""
        self._settings.setValue(key, value)
