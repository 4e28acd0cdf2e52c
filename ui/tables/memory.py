"""What this workstation remembers of its views: column widths, sort, splitter places."""

from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QSettings

from propdesk.user_files import put_aside


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
        """Return what was remembered, empty if nothing was or it is no text."""
        value = self._settings.value(key, "")
        return value if isinstance(value, str) and "\0" not in value else ""

    def remember(self, key: str, value: str) -> None:
        """Keep a text for the next start."""
        self._settings.setValue(key, value)


def open_memory(file: Path) -> tuple[Memory, Path | None]:
    """Return the memory in a settings file; a broken one is put aside, and its new name returned.

    Where the file can be neither read nor put aside, nothing is remembered beyond this run.
    """
    aside = None
    if not _is_whole(file):
        aside = put_aside(file)
        if aside is None:
            return NoMemory(), file
    return SettingsMemory(QSettings(str(file), QSettings.Format.IniFormat)), aside


def _is_whole(file: Path) -> bool:
    """Tell whether a settings file is text of its kind: a power cut may leave NULs (F64)."""
    try:
        content = file.read_bytes()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return b"\0" not in content and _is_understood(file)


def _is_understood(file: Path) -> bool:
    settings = QSettings(str(file), QSettings.Format.IniFormat)
    settings.allKeys()
    return settings.status() is QSettings.Status.NoError
