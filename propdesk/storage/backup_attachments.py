"""Photos and scans beside the backups: each is copied once, and never removed there (decision 41).

They lie in `attachments` beside the `.pdbak` files, under the hash of their content as in the
office. What a backup needs stands in its own data; a file that was copied for one is there for all,
and pruning old backups leaves them alone.
"""

import shutil
import tempfile
import time
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from propdesk.domain.backups import FilesCopied, FilesFound
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _
from propdesk.storage import attachment_files, snapshots
from propdesk.storage.attachment_files import ATTACHMENT_FOLDER, PART, StoredName
from propdesk.storage.backup_files import Progress, unpack, verify_file
from propdesk.storage.data_file import BACKUP_FOLDER, DATA_FILE
from propdesk.storage.snapshots import Cancel, never

Wanted = Mapping[StoredName, str]


def _quiet(_done: int, _total: int) -> None:
    """Show nobody the progress."""


def wanted_by(data_file: Path, *, is_live: bool = False) -> dict[StoredName, str]:
    """Return the files that a data file names, with words for people."""
    found = snapshots.attachments_in(data_file, is_live=is_live)
    return {StoredName(*name): words for name, words in found.items()}


def count_left(office_files: Path, place: Path, wanted: Wanted) -> int:
    """Return how many of the office's files are not in a place for backups yet; nothing is read."""
    if not wanted:
        return 0
    here = set(attachment_files.listed(office_files))
    return len(here.intersection(wanted) - set(attachment_files.listed(_beside(place))))


def _beside(place: Path) -> Path:
    return place / ATTACHMENT_FOLDER


def copy_to(
    office_files: Path,
    place: Path,
    wanted: Wanted,
    *,
    on_progress: Progress = _quiet,
    cancelled: Cancel = never,
    longest: float | None = None,
) -> FilesCopied:
    """Copy the files that are not in a place for backups yet, for at most `longest` seconds.

    What is left is copied the next time. Raises OSError and Cancelled; each file that is there by
    then is whole.
    """
    target = _beside(place)
    have = set(attachment_files.listed(target))
    todo = sorted(set(wanted) - have)
    ends = None if longest is None else time.monotonic() + longest
    missing: list[str] = []
    for done, name in enumerate(todo):
        if cancelled():
            raise Cancelled
        if ends is not None and time.monotonic() >= ends:
            return FilesCopied(done - len(missing), len(todo) - done, tuple(missing))
        on_progress(done, len(todo))
        content = attachment_files.read(office_files, name)
        if content is None:
            missing.append(wanted[name])
        else:
            attachment_files.keep(target, content, name.suffix)
    if todo:
        attachment_files.sweep(target)
    return FilesCopied(len(todo) - len(missing), 0, tuple(missing))


def find_files(backup: Path, cancelled: Cancel = never) -> FilesFound:
    """Return whether the photos that a backup names are there, whole, to be restored with it.

    Raises RuleError for a damaged backup and Cancelled.
    """
    if not verify_file(backup, cancelled).rows.get("attachment", 0):
        return FilesFound()
    with tempfile.TemporaryDirectory(prefix="propdesk-") as folder:
        data = Path(folder) / DATA_FILE
        unpack(backup, data, _quiet, cancelled)
        wanted = wanted_by(data)
    return look_through(_sources(backup), wanted, cancelled=cancelled)


def look_through(
    folders: Iterable[Path],
    wanted: Wanted,
    *,
    on_progress: Progress = _quiet,
    cancelled: Cancel = never,
) -> FilesFound:
    """Read every file and say which are in none of the folders as they should be."""
    places, missing = tuple(folders), []
    for done, name in enumerate(sorted(wanted)):
        if cancelled():
            raise Cancelled
        on_progress(done, len(wanted))
        if not any(attachment_files.is_whole(place, name) for place in places):
            missing.append(wanted[name])
    return FilesFound(len(wanted), tuple(missing))


def _sources(backup: Path) -> tuple[Path, ...]:
    """Return where a backup's photos may lie: beside it, or in the office that it lies in."""
    folder = backup.absolute().parent
    beside = (_beside(folder),)
    return (*beside, _beside(folder.parent)) if folder.name == BACKUP_FOLDER else beside


def bring_back(backup: Path, to: Path, *, on_progress: Progress, cancelled: Cancel) -> FilesFound:
    """Copy a backup's photos into the folder of an office that is being restored.

    One that is missing or was changed is told and stops nothing. Raises RuleError where there is
    not room enough, OSError and Cancelled.
    """
    wanted = wanted_by(to / DATA_FILE)
    sources = _sources(backup)
    _check_room(sources, wanted, to)
    missing = []
    for done, name in enumerate(sorted(wanted)):
        if cancelled():
            raise Cancelled
        on_progress(done, len(wanted))
        contents = (attachment_files.read(source, name) for source in sources)
        content = next((one for one in contents if one is not None), None)
        if content is None:
            missing.append(wanted[name])
        else:
            attachment_files.keep(_beside(to), content, name.suffix)
    return FilesFound(len(wanted), tuple(missing))


def _check_room(sources: Iterable[Path], wanted: Wanted, to: Path) -> None:
    needed = 0
    for name in wanted:
        for source in sources:
            with suppress(OSError):
                needed += name.below(source).stat().st_size
                break
    if shutil.disk_usage(to).free < needed:
        raise RuleError(
            "disk-full",
            _(
                "The disk has not enough room: {size} MB are needed. Nothing was restored; the "
                "backup is unharmed."
            ).format(size=needed // 1_000_000 + 1),
        )


def discard_brought(to: Path) -> None:
    """Remove the photos of an unfinished restore, and nothing that is not ours."""
    folder = _beside(to)
    if not folder.is_dir():
        return
    for name in list(attachment_files.listed(folder)):
        attachment_files.discard(folder, name)
    attachment_files.sweep(folder)
    for inner in folder.iterdir():
        _rmdir_empty(inner)
    _rmdir_empty(folder)


def _rmdir_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()


def strays(folder: Path, named: Iterable[StoredName], drafts: str) -> int:
    """Return how many files lie there that nothing names: a crash left them, they harm nobody.

    `drafts` are the half-typed forms, whose photos wait for their ticket.
    """
    known = set(named)
    lost = (name for name in attachment_files.listed(folder) if name not in known)
    halves = sum(1 for _part in folder.glob(f"*/*{PART}")) if folder.is_dir() else 0
    return halves + sum(1 for name in lost if name.sha256 not in drafts)
