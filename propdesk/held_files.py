"""Wait for whoever holds a file for a moment: renaming and removing on Windows (F13).

A virus scanner or the search index looks into a file that was just written, and meanwhile Windows
lets nobody rename or remove it. Elsewhere the first try settles it.
"""

import time
from collections.abc import Callable
from pathlib import Path

# ERROR_ACCESS_DENIED, ERROR_SHARING_VIOLATION, ERROR_LOCK_VIOLATION
_DENIED = 5
_SHARED = frozenset({32, 33})
# Seconds between the tries, two and a half in all: longer would look like a program that hangs.
_WAITS = (0.05, 0.1, 0.2, 0.4, 0.75, 1.0)


def move(source: Path, target: Path) -> None:
    """Rename a file or folder; a file at `target` is replaced. Raises OSError."""
    _patiently(lambda: source.replace(target))


def remove(file: Path) -> None:
    """Remove a file; one that is not there is no error. Raises OSError."""
    _patiently(lambda: file.unlink(missing_ok=True))


def _patiently(act: Callable[[], object]) -> None:
    for wait in _WAITS:
        try:
            act()
        except OSError as error:
            number = getattr(error, "winerror", None)
            if number != _DENIED and number not in _SHARED:
                raise
        else:
            return
        time.sleep(wait)
    act()


def is_held(error: OSError) -> bool:
    """Tell whether another program has the file open (a refused permission may be that, or not)."""
    return getattr(error, "winerror", None) in _SHARED
