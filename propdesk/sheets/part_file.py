"""Write a file whole or not at all: beside its place first, then moved there."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

from propdesk.held_files import move, remove
from propdesk.sheets.errors import not_written


def write_whole(path: Path, write: Callable[[IO[bytes]], None]) -> None:
    """Let `write` fill a part file, bring it to the disk and move it to `path`.

    Where anything fails the part file goes away and what stood at `path` is untouched; an
    `OSError` becomes a `SheetError` that says what to do (`disk-full`, `file-not-writable`,
    `folder-not-found`).
    """
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            write(file)
            file.flush()
            os.fsync(file.fileno())
        move(part, path)
        _sync_folder(path.parent)
    except OSError as error:
        raise not_written(path, error) from error
    finally:
        remove(part)


def _sync_folder(folder: Path) -> None:
    if os.name == "nt":  # Windows keeps the rename in its journal and opens no folders
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
