"""Make the office's backups, copy them to a second place and restore them (decisions 41-42).

A backup is written under a passing name, opened, counted and read back before it gets its own
name: whatever ends in `.pdbak` is whole. Old backups are never touched by a failure.
"""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

from filelock import FileLock, Timeout

from propdesk import __version__
from propdesk.domain.backups import (
    SUFFIX,
    BackupFile,
    BackupName,
    FilesCopied,
    Manifest,
    Restored,
    backup_name,
)
from propdesk.domain.errors import RuleError
from propdesk.held_files import move, remove
from propdesk.i18n import _
from propdesk.storage import backup_attachments, erasure_ledger, snapshots
from propdesk.storage.backup_files import (
    DATA_MEMBER,
    Progress,
    pack,
    read_manifest,
    sha256_of,
    unpack,
    verify_file,
)
from propdesk.storage.backup_folders import listed, older_offered
from propdesk.storage.data_file import DATA_FILE
from propdesk.storage.disk import is_writable, sync_file, sync_folder
from propdesk.storage.faults import explain_disk, explained
from propdesk.storage.opening import OpenOffice
from propdesk.storage.places import check_place
from propdesk.storage.snapshots import Cancel, never

_PART = ".part"
_LOCK = ".lock"

# What the folder may say when it, and not our data, is in the way.
_FOLDER_CODES = frozenset(
    {"disk-error", "data-unreadable", "data-read-only", "data-busy", "place-forbidden"}
)

# Shares of the progress bar: copying, checking, packing, reading back.
_COPIED, _CHECKED, _PACKED, _WHOLE = 40, 60, 90, 100


def _quiet(_done: int, _total: int) -> None:
    """Show nobody the progress."""


def make_backup(
    office: OpenOffice,
    *,
    now: datetime,
    folder: Path | None = None,
    on_progress: Progress = _quiet,
    cancelled: Cancel = never,
) -> BackupFile:
    """Back the open office up into `folder` (None = `backups` beside the data).

    Uses a connection of its own, so any thread may call it while the office is written.
    `on_progress` is told parts of a hundred. Raises RuleError for a full disk, a folder that is
    gone or another backup under way, Cancelled for the button; neither leaves anything behind.
    """
    target = (office.backups if folder is None else folder).expanduser()
    with _written_to(target), _alone(office):
        target.mkdir(parents=True, exist_ok=True)
        name = _free_name(target, now, snapshots.look(office.data_file).office_uid)
        _sweep(target, name.office)
        part = target / (name.text + _PART)
        snapshot = target / (name.text + ".db" + _PART)
        try:
            manifest = _snapshot(office, snapshot, now, on_progress, cancelled)
            pack(snapshot, manifest, part, _share(on_progress, _CHECKED, _PACKED), cancelled)
            remove(snapshot)
            verify_file(part, cancelled)
            move(part, target / name.text)
        finally:
            remove(part)
            remove(snapshot)
        sync_folder(target)
        on_progress(_WHOLE, _WHOLE)
        return listed(target / name.text, name)


def _snapshot(
    office: OpenOffice, file: Path, now: datetime, on_progress: Progress, cancelled: Cancel
) -> Manifest:
    """Copy the data, look into the copy, and say in a manifest what it must hold."""
    held = snapshots.take_snapshot(
        office.data_file, file, _share(on_progress, 0, _COPIED), cancelled
    )
    found = snapshots.inspect(file, cancelled)
    if found != held:
        raise RuleError(
            "backup-differs",
            _("The copy does not hold what the data file holds. Check the disk and try again."),
        )
    on_progress(_CHECKED, _WHOLE)
    return Manifest(
        program=__version__,
        schema=held.schema,
        office_uid=held.office_uid,
        created_at=now.replace(tzinfo=None, microsecond=0),
        rows=held.rows,
        journal_head=held.journal_head,
        mark=held.mark,
        size=file.stat().st_size,
        sha256=sha256_of(file, cancelled=cancelled),
    )


def copy_backup(backup: Path, folder: Path) -> Path:
    """Copy a finished backup into a second folder, read the copy back, and return it."""
    folder = folder.expanduser()
    with _written_to(folder):
        # The folder itself must stand there: a stick that is out is not made up on this disk.
        if not folder.is_dir():
            raise _folder_missing(folder)
        target = folder / backup.name
        part = folder / (backup.name + _PART)
        try:
            shutil.copyfile(backup, part)
            sync_file(part)
            verify_file(part)
            move(part, target)
        finally:
            remove(part)
        uid = read_manifest(target).office_uid
        erasure_ledger.add_erased(folder, uid, erasure_ledger.read_erased(backup.parent, uid))
        sync_folder(folder)
    return target


def copy_attachments(
    office: OpenOffice,
    place: Path,
    *,
    on_progress: Progress = _quiet,
    cancelled: Cancel = never,
    longest: float | None = None,
) -> FilesCopied:
    """Copy the office's photos and scans beside the backups of a place, those not there yet.

    After `longest` seconds the rest waits for the next time. Raises RuleError where the place is
    full or gone, Cancelled for the button.
    """
    place = place.expanduser()
    with _written_to(place):
        wanted = backup_attachments.wanted_by(office.data_file, is_live=True)
        if not wanted:
            return FilesCopied()
        if not place.is_dir():
            raise _folder_missing(place)
        return backup_attachments.copy_to(
            office.attachments,
            place,
            wanted,
            on_progress=on_progress,
            cancelled=cancelled,
            longest=longest,
        )


def check_second_folder(office: OpenOffice, folder: Path) -> bool:
    """Refuse a folder that cannot keep copies of the backups; True: it is on the data's own disk.

    A folder that is not there is made, but only in one that is: a stick that is out is not made
    up on this disk. Network and sync folders are allowed, as finished files harm nobody there.
    """
    folder = folder.expanduser()
    data = office.folder.resolve()
    if not folder.is_absolute() or not (folder.is_dir() or folder.parent.is_dir()):
        raise _folder_missing(folder)
    if data == folder.resolve() or data in folder.resolve().parents:
        raise RuleError(
            "backup-folder-own",
            _(
                "«{folder}» lies in the office's own data: what destroys one destroys the other. "
                "Choose a folder on another disk."
            ).format(folder=folder),
        )
    with _written_to(folder):
        was_there = folder.exists()
        folder.mkdir(exist_ok=True)
        try:
            with tempfile.TemporaryFile(dir=folder) as probe:
                probe.write(_PART.encode())
        except OSError:
            if not was_there:
                folder.rmdir()
            raise
        return folder.stat().st_dev == data.stat().st_dev


def _folder_missing(folder: Path) -> RuleError:
    return RuleError(
        "backup-folder-missing",
        _("«{folder}» is not there. Plug the disk in, or choose another folder.").format(
            folder=folder
        ),
    )


def restore_backup(
    file: Path, to: Path, *, on_progress: Progress = _quiet, cancelled: Cancel = never
) -> Restored:
    """Bring an office back into the folder `to`, which must be absent or empty.

    Everything is unpacked and checked in a folder beside it and appears under its name in one
    step: an interruption leaves all or nothing. Older data is migrated when it is opened.
    """
    to = to.expanduser().absolute()
    check_place(to)
    with _written_to(to), older_offered(file):
        _check_empty(to)
        to.parent.mkdir(parents=True, exist_ok=True)
        part = to.with_name(f".{to.name}{_PART}")
        _discard(part)
        part.mkdir()
        try:
            data = part / DATA_FILE
            manifest = unpack(file, data, _share(on_progress, 0, _COPIED), cancelled)
            _check_contents(data, manifest, file, cancelled)
            files = backup_attachments.bring_back(
                file, part, on_progress=_share(on_progress, _COPIED, _PACKED), cancelled=cancelled
            )
            again = erasure_ledger.note_in(data, file, manifest)
            sync_folder(part)
            if to.exists():
                to.rmdir()
            move(part, to)
        finally:
            _discard(part)
        sync_folder(to.parent)
        on_progress(_WHOLE, _WHOLE)
    return Restored(to, manifest, files, again)


def _free_name(folder: Path, now: datetime, uid: str) -> BackupName:
    """Return a name that no backup in the folder has: a second later for the next."""
    name = backup_name(now, uid)
    while (folder / name.text).exists():
        name = backup_name(name.created_at + timedelta(seconds=1), uid)
    return name


def _sweep(folder: Path, office: str) -> None:
    """Remove what a killed backup of this office left; nobody else is at work now."""
    for file in folder.glob(f"*-{office}{SUFFIX}*{_PART}"):
        remove(file)


@contextmanager
def _alone(office: OpenOffice) -> Iterator[None]:
    """Let one backup of an office run at a time, window and command line together.

    Beside data that may only be read nobody else makes one either.
    """
    if not is_writable(office.data_file):
        yield
        return
    office.backups.mkdir(exist_ok=True)
    lock = FileLock(office.backups / _LOCK, timeout=0, is_singleton=False)
    try:
        lock.acquire()
    except Timeout:
        raise RuleError(
            "backup-under-way",
            _("A backup is being made right now. Wait until it is finished."),
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _written_to(folder: Path) -> Iterator[None]:
    """Turn what goes wrong with a backup's folder into a sentence that names it."""
    sentence = _(
        "«{folder}» cannot be written: the disk is gone, full or protected. Your data is safe and "
        "older backups are untouched. Choose another folder or disk."
    ).format(folder=folder)
    try:
        with explained():
            yield
    except RuleError as error:
        if error.code in _FOLDER_CODES:
            raise RuleError("backup-not-written", sentence) from error
        raise
    except OSError as error:
        raise (explain_disk(error) or RuleError("backup-not-written", sentence)) from error


def _check_empty(folder: Path) -> None:
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise RuleError(
            "restore-not-empty",
            _(
                "«{folder}» is not empty. A backup is restored into a new folder only, so that "
                "nothing is overwritten."
            ).format(folder=folder),
        )


def _check_contents(data: Path, manifest: Manifest, file: Path, cancelled: Cancel) -> None:
    found = snapshots.inspect(data, cancelled)
    said = (manifest.schema, manifest.office_uid, dict(manifest.rows), manifest.journal_head)
    if said != (found.schema, found.office_uid, found.rows, found.journal_head):
        raise RuleError(
            "backup-damaged",
            _("The backup {name} is damaged or was changed after it was made.").format(
                name=file.name
            ),
        )


def _discard(part: Path) -> None:
    """Remove an unfinished restore; a folder that holds anything else is not ours to remove."""
    if part.exists():
        for name in (DATA_MEMBER, DATA_FILE + "-wal", DATA_FILE + "-shm"):
            remove(part / name)
        backup_attachments.discard_brought(part)
        part.rmdir()


def _share(on_progress: Progress, first: int, last: int) -> Progress:
    """Return a progress that fills the part of the bar from `first` to `last` per cent."""

    def tell(done: int, total: int) -> None:
        on_progress(first + (last - first) * done // max(total, 1), _WHOLE)

    return tell
