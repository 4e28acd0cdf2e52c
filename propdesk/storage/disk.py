"""Bring what was written to the disk itself, so that it outlives a power cut."""

import os
from pathlib import Path


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
