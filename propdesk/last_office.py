"""Which office was open last (decision 8), and which one is meant when none is named.

Both fronts ask this before they load anything of an office.
"""

import json
import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from propdesk import paths
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.user_files import put_aside, write_whole


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder to open. `is_new_allowed`: it may become a new office; `is_kept`: remember it.

    A remembered folder that is gone is never made anew (decision 42).
    """

    folder: Path
    is_new_allowed: bool
    is_kept: bool


def find_place(named: Path | None) -> Place:
    """Return the folder meant: the named one, PROPDESK_DATA, the last one, else the user's own.

    Raises RuleError when the note of the last one cannot be read: a new office in its stead would
    look as if everything were lost.
    """
    variable = os.environ.get("PROPDESK_DATA")
    if named is not None or variable:
        return Place(named or Path(str(variable)), is_new_allowed=True, is_kept=False)
    last = remembered_office()
    if last is not None:
        return Place(last, is_new_allowed=False, is_kept=True)
    return Place(paths.user_data(), is_new_allowed=True, is_kept=True)


def remember_office(folder: Path) -> None:
    """Keep which office was last open; a note that was unreadable stays under another name."""
    file = _note()
    # A start does not fail for what only spares a question.
    with suppress(OSError):
        try:
            remembered_office()
        except RuleError:
            put_aside(file)
        write_whole(file, json.dumps({"folder": str(folder)}))


def remembered_office() -> Path | None:
    """Return the office last open, None when there is none. Raises RuleError for a broken note."""
    file = _note()
    try:
        folder = Path(json.loads(file.read_text("utf-8"))["folder"])
    except (FileNotFoundError, NotADirectoryError):
        return None
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        raise _unreadable(file) from None
    if not folder.is_absolute() or "\0" in str(folder):
        raise _unreadable(file)
    return folder


def _note() -> Path:
    return paths.user_config() / "office.json"


def _unreadable(file: Path) -> RuleError:
    return RuleError(
        "office-note-broken",
        _(
            "Which office was open last can no longer be read from {file}. Please choose its "
            "folder once; the office itself is not touched by this."
        ).format(file=file),
    )
