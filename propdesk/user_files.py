"""Small files with this user's choices: written whole or not at all, kept aside when broken."""

import os
from pathlib import Path

from propdesk.held_files import move

_MOST_BAD = 99


def write_whole(file: Path, text: str) -> None:
    """Write a text so that a power cut leaves the old or the new one, never NULs.

    Raises OSError.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    with part.open("w", encoding="utf-8") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    move(part, file)


def put_aside(file: Path) -> Path | None:
    """Keep a broken file, or what stands in its place, as `NAME.bad-1`; None when it must stay."""
    for number in range(1, _MOST_BAD + 1):
        aside = file.with_name(f"{file.name}.bad-{number}")
        if not os.path.lexists(aside):
            try:
                move(file, aside)
            except OSError:
                return None
            return aside
    return None
