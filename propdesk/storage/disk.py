"""Files on the disk itself: make them last a power cut, and wait for who holds them a moment."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

# Windows: access denied, sharing violation, lock violation. A virus scanner or the search index
# looks into a file that was just written, and meanwhile it can be neither renamed nor removed.
_HELD = frozenset({5, 32, 33})
# Two and a half seconds in all (F13).
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)

Result = TypeVar("Result")


def patiently(act: Callable[[], Result]) -> Result:
    """Rename or remove a file; when another program holds it, try again for a short while."""
    for wait in _WAITS:
        try:
            return act()
        except OSError as error:
            if getattr(error, "winerror", None) not in _HELD:
                raise
            time.sleep(wait)
    return act()


def is_held(error: OSError) -> bool:
    """Tell whether another program still holds the file, after all patience."""
    return getattr(error, "winerror", None) in _HELD - {5}


def is_writable(file: Path) -> bool:
    """Tell whether a data file and the folder it lies in may be written."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def sync_file(file: Path) -> None:
    """Bring a file's bytes to the disk."""
    with file.open("r+b") as stream:
        os.fsync(stream.fileno())


def sync_folder(folder: Path) -> None:
    """Make new and renamed files of `folder` last (Windows does so by itself)."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
