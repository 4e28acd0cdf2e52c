"""The files of attachments: each lies once, under its content's hash, as `ab/abcdef….jpg` (F34).

A file is written beside its place, brought to the disk and moved there: whatever has a hash for a
name is whole. It is never changed and never removed while a row or a half-typed form names it.
"""

import hashlib
import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from propdesk.held_files import move, remove
from propdesk.storage.disk import sync_file, sync_folder

ATTACHMENT_FOLDER = "attachments"
PART = ".part"
_NAME = re.compile(r"([0-9a-f]{64})(\.jpg|\.png|\.pdf)")
_INNER = re.compile(r"[0-9a-f]{2}")


@dataclass(frozen=True, slots=True, order=True)
class StoredName:
    """The hash of a stored file and its ending."""

    sha256: str
    suffix: str

    def below(self, folder: Path) -> Path:
        """Return where the file lies in a folder of attachments."""
        return folder / self.sha256[:2] / f"{self.sha256}{self.suffix}"


def keep(folder: Path, content: bytes, suffix: str) -> StoredName:
    """Keep a content in the folder; what is there already, whole, stays as it is.

    Raises OSError; a part file never stays behind.
    """
    name = StoredName(hashlib.sha256(content).hexdigest(), suffix)
    target = name.below(folder)
    if is_whole(folder, name):
        return name
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + PART)
    try:
        part.write_bytes(content)
        sync_file(part)
        move(part, target)
    finally:
        remove(part)
    sync_folder(target.parent)
    sync_folder(folder)
    return name


def keep_file(folder: Path, source: Path, suffix: str) -> StoredName:
    """Keep a copy of a file in the folder, piece by piece: it may be larger than the memory.

    Raises OSError; a part file never stays behind.
    """
    with source.open("rb") as stream:
        name = StoredName(hashlib.file_digest(stream, "sha256").hexdigest(), suffix)
    target = name.below(folder)
    if is_whole(folder, name):
        return name
    target.parent.mkdir(parents=True, exist_ok=True)
    part = target.with_name(target.name + PART)
    try:
        shutil.copyfile(source, part)
        sync_file(part)
        move(part, target)
    finally:
        remove(part)
    sync_folder(target.parent)
    sync_folder(folder)
    return name


def read(folder: Path, name: StoredName) -> bytes | None:
    """Return a file's content, None where it is missing or no longer what its name says."""
    try:
        content = name.below(folder).read_bytes()
    except OSError:
        return None
    return content if hashlib.sha256(content).hexdigest() == name.sha256 else None


def is_whole(folder: Path, name: StoredName) -> bool:
    """Tell whether a file is there with the content that its name says."""
    try:
        with name.below(folder).open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest() == name.sha256
    except OSError:
        return False


def discard(folder: Path, name: StoredName) -> None:
    """Remove a file that nothing names any more."""
    remove(name.below(folder))


def listed(folder: Path) -> Iterator[StoredName]:
    """Return the files that lie in a folder of attachments; quick, nothing is read."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as inner_folders:
        inner = [one for one in inner_folders if _INNER.fullmatch(one.name) and one.is_dir()]
    for place in inner:
        with os.scandir(place) as files:
            for file in files:
                match = _NAME.fullmatch(file.name)
                if match and match[1].startswith(place.name):
                    yield StoredName(match[1], match[2])


def sweep(folder: Path) -> None:
    """Remove what a killed program left half written, in a folder that only it writes."""
    for part in folder.glob(f"[0-9a-f][0-9a-f]/*{PART}"):
        remove(part)
