"""The backups of a folder: list, check one, find the newest, let the oldest go (decision 41)."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from propdesk.domain.backups import (
    LEAST_VERIFIED,
    SUFFIX,
    BackupFile,
    BackupName,
    Manifest,
    read_name,
    removable,
)
from propdesk.domain.errors import RuleError
from propdesk.held_files import remove
from propdesk.i18n import _
from propdesk.storage.backup_files import read_manifest, verify_file
from propdesk.storage.faults import explained
from propdesk.storage.snapshots import Cancel, never


def list_backups(folder: Path) -> tuple[BackupFile, ...]:
    """Return the backups in a folder, newest first; quick, so the files are not read whole."""
    with explained():
        named = [
            (name, file) for file in folder.glob(f"*{SUFFIX}") if (name := read_name(file.name))
        ]
        return tuple(listed(file, name) for name, file in sorted(named, reverse=True))


def verify_backup(file: Path, cancelled: Cancel = never) -> Manifest:
    """Return what a backup holds when every byte of it is as it was made.

    Refuses a damaged, changed, foreign or newer file; for a damaged one the sentence names the
    next older backup beside it that is whole.
    """
    with explained(), older_offered(file):
        return verify_file(file, cancelled)


def prune(
    folder: Path, office_uid: str, now: datetime, kept: Collection[str] = ()
) -> tuple[Path, ...]:
    """Remove this office's backups that the rule lets go; return them.

    At least three whole ones stay, whatever their age: they are read before anything goes. So do
    the ones named in `kept`.
    """
    own = dict(_own(folder, office_uid))
    gone = [name for name in removable(own, now) if name.text not in kept]
    if not gone:
        return ()
    whole = 0
    for name in sorted(own, reverse=True):
        if whole == LEAST_VERIFIED:
            break
        if _is_whole(own[name]):
            whole += 1
            if name in gone:
                gone.remove(name)
    if whole < LEAST_VERIFIED:
        return ()
    with explained():
        for name in gone:
            remove(own[name])
    return tuple(own[name] for name in gone)


def newest(folder: Path, office_uid: str) -> BackupFile | None:
    """Return this office's newest backup in a folder whose manifest can be read."""
    for name, file in sorted(_own(folder, office_uid), reverse=True):
        backup = listed(file, name)
        if backup.manifest is not None and backup.manifest.office_uid == office_uid:
            return backup
    return None


def _own(folder: Path, office_uid: str) -> list[tuple[BackupName, Path]]:
    return [
        (name, file)
        for file in folder.glob(f"*{SUFFIX}")
        if (name := read_name(file.name)) and name.office == office_uid[:8]
    ]


def listed(file: Path, name: BackupName) -> BackupFile:
    """Return a backup as lists show it: its manifest, or why that cannot be read."""
    size = file.stat().st_size
    try:
        return BackupFile(file, name, size, read_manifest(file))
    except RuleError as error:
        return BackupFile(file, name, size, None, str(error))


def _is_whole(file: Path) -> bool:
    try:
        verify_file(file)
    except RuleError:
        return False
    return True


@contextmanager
def older_offered(file: Path) -> Iterator[None]:
    """Name the next older whole backup when `file` turns out to be damaged."""
    try:
        yield
    except RuleError as error:
        older = _older_whole(file) if error.code == "backup-damaged" else None
        if older is None:
            raise
        raise RuleError(
            error.code,
            _("{problem} The next older one, {name}, is whole.").format(
                problem=error, name=older.name
            ),
        ) from error


def _older_whole(file: Path) -> Path | None:
    """Return the next older backup of the same office beside `file` that is whole."""
    name = read_name(file.name)
    if name is None:
        return None
    for other, path in sorted(_own(file.parent, name.office), reverse=True):
        if other < name and _is_whole(path):
            return path
    return None
