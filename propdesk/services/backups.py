"""Back an office up, say how safe it is, and bring it back, for window and command line.

Each function reads through a connection of its own, so a job beside the window may call it.
"""

from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from propdesk.domain.backups import (
    BackupFile,
    BackupHealth,
    FilesFound,
    Manifest,
    Restored,
    health,
)
from propdesk.domain.errors import RuleError
from propdesk.i18n import ngettext
from propdesk.storage import backup_attachments, backup_folders, backups, snapshots, upgrades
from propdesk.storage.opening import OpenOffice


@dataclass(frozen=True, slots=True)
class BackupMade:
    """A finished and verified backup.

    `second` is its copy in the second place; where that failed, `second_problem` says why and the
    first one stands all the same. `removed` counts old backups that the rule let go. `files_left`
    photos and scans are copied the next time; `files_problem` says what kept them from it.
    """

    file: Path
    manifest: Manifest
    second: Path | None = None
    second_problem: str = ""
    removed: int = 0
    files_left: int = 0
    files_problem: str = ""


@dataclass(frozen=True, slots=True)
class BackupState:
    """How safe the office is: the newest backup and whether anything changed since.

    `second_health` and `second_last` speak of the second place; None where none is set.
    `files_left` photos and scans are not in one of the places yet.
    """

    health: BackupHealth
    last: datetime | None
    file: Path | None
    changed: bool
    second_health: BackupHealth | None = None
    second_last: datetime | None = None
    files_left: int = 0


# The share of the data itself of the progress bar; photos are few after the first time.
_DATA = 90
# Names in a sentence; `check` and the command line tell all.
_SHOWN = 3

# A full disk has many folders; a backup that was brought along lies near its top.
_MOST_INNER = 200


def _quiet(_done: int, _total: int) -> None:
    """Show nobody the progress."""


def _never() -> bool:
    """Nobody cancels."""
    return False


def make_backup(
    office: OpenOffice,
    *,
    now: datetime,
    to: Path | None = None,
    second: Path | None = None,
    on_progress: Callable[[int, int], None] = _quiet,
    cancelled: Callable[[], bool] = _never,
    longest_files: float | None = None,
) -> BackupMade:
    """Back the office up into `to` (None = beside the data) and copy it into `second`.

    Beside the data and in the second place old backups are thinned out afterwards, but for those
    made before an upgrade; in a folder that was named by hand nothing is removed. Photos and scans
    follow, in each place for at most `longest_files` seconds (None = until all are there): the
    backup stands whatever becomes of them. Raises RuleError, or Cancelled for the button.
    """
    made = backups.make_backup(
        office, now=now, folder=to, on_progress=_part(on_progress, 0, _DATA), cancelled=cancelled
    )
    assert made.manifest is not None  # noqa: S101 - it was read back before it got its name
    uid, moment = made.manifest.office_uid, made.name.created_at
    kept = upgrades.backups_to_go_back(office.data_file)
    removed = 0 if to is not None else len(backup_folders.prune(office.backups, uid, moment, kept))
    copy, problem = None, ""
    if second is not None:
        try:
            copy = backups.copy_backup(made.path, second)
            removed += len(backup_folders.prune(second, uid, moment, kept))
        except RuleError as error:
            problem = str(error)
    files = copy_files(
        office,
        (made.path.parent, *((second,) if copy is not None else ())),
        on_progress=_part(on_progress, _DATA, 100),
        cancelled=cancelled,
        longest=longest_files,
    )
    return BackupMade(made.path, made.manifest, copy, problem, removed, files.left, files.problem)


@dataclass(frozen=True, slots=True)
class FilesKept:
    """What became of the photos and scans in the places for backups."""

    copied: int = 0
    left: int = 0
    problem: str = ""


def copy_files(
    office: OpenOffice,
    places: Sequence[Path],
    *,
    on_progress: Callable[[int, int], None] = _quiet,
    cancelled: Callable[[], bool] = _never,
    longest: float | None = None,
) -> FilesKept:
    """Copy the photos and scans that are not in these places yet; a refusal is told, not raised.

    Raises Cancelled for the button.
    """
    copied = left = 0
    problems: list[str] = []
    for n, place in enumerate(places):
        share = _part(on_progress, 100 * n // len(places), 100 * (n + 1) // len(places))
        try:
            done = backups.copy_attachments(
                office, place, on_progress=share, cancelled=cancelled, longest=longest
            )
        except RuleError as refusal:
            problems.append(str(refusal))
            continue
        copied += done.copied
        left = max(left, done.left)
        if done.missing and not problems:
            problems.append(_missing_words(done.missing))
    on_progress(100, 100)
    return FilesKept(copied, left, " ".join(dict.fromkeys(problems)))


def _missing_words(names: Sequence[str]) -> str:
    words = ngettext(
        "{count} photo or file is missing or was changed: {names}.",
        "{count} photos or files are missing or were changed: {names}.",
        len(names),
    )
    shown = ", ".join(names[:_SHOWN]) + (" …" if len(names) > _SHOWN else "")
    return words.format(count=len(names), names=shown)


def missing_words(found: FilesFound) -> str:
    """Return the sentence that names what is not there of a backup's photos, '' where all is."""
    return _missing_words(found.missing) if found.missing else ""


def _part(
    on_progress: Callable[[int, int], None], first: int, last: int
) -> Callable[[int, int], None]:
    """Return a progress that fills the part of the bar from `first` to `last` per cent."""

    def tell(done: int, total: int) -> None:
        on_progress(first + (last - first) * done // max(total, 1), 100)

    return tell


def backup_state(office: OpenOffice, now: datetime, second: Path | None = None) -> BackupState:
    """Return how safe the office's changes are, here and in the second place."""
    now = now.replace(tzinfo=None)
    present = snapshots.look(office.data_file)
    created_at = datetime.fromisoformat(present.office_created_at)

    def of(folder: Path) -> tuple[BackupHealth, datetime | None, Path | None, bool]:
        newest = backup_folders.newest(folder, present.office_uid)
        manifest = newest.manifest if newest else None
        last = manifest.created_at if manifest else None
        changed = manifest is None or manifest.mark != present.mark
        return (
            health(last, changed, created_at, now),
            last,
            newest.path if newest else None,
            changed,
        )

    worth, last, file, changed = of(office.backups)
    places = (office.backups,) if second is None else (office.backups, second)
    left = _files_left(office, [place for place in places if place.is_dir()])
    if second is None:
        return BackupState(worth, last, file, changed, files_left=left)
    second_worth, second_last, _file, _changed = of(second)
    return BackupState(worth, last, file, changed, second_worth, second_last, left)


def _files_left(office: OpenOffice, places: Iterable[Path]) -> int:
    wanted = backup_attachments.wanted_by(office.data_file, is_live=True)
    counts = [backup_attachments.count_left(office.attachments, one, wanted) for one in places]
    return max(counts, default=0)


def list_backups(folder: Path) -> tuple[BackupFile, ...]:
    """Return the backups in a folder, newest first."""
    return backup_folders.list_backups(folder)


def verify_backup(file: Path, cancelled: Callable[[], bool] = _never) -> Manifest:
    """Return what a whole backup holds, or refuse it with the reason."""
    return backup_folders.verify_backup(file, cancelled)


def find_files(file: Path, cancelled: Callable[[], bool] = _never) -> FilesFound:
    """Return which photos and scans a whole backup names, and which of them are not there (F34)."""
    return backup_attachments.find_files(file, cancelled)


def find_backups(folders: Iterable[Path], most: int) -> tuple[BackupFile, ...]:
    """Return the newest readable backups in these folders and one level below, newest first.

    A folder that cannot be read holds none: a disk may go while it is looked at.
    """
    found: dict[str, BackupFile] = {}
    for folder in folders:
        with suppress(OSError):
            inner = [each for each in folder.iterdir() if each.is_dir()]
            for place in (folder, *inner[:_MOST_INNER]):
                with suppress(RuleError, OSError):
                    found |= {one.path.name: one for one in list_backups(place) if one.manifest}
    return tuple(sorted(found.values(), key=lambda one: one.name, reverse=True)[:most])


def check_second_place(folder: Path, office: OpenOffice) -> bool:
    """Refuse a second place that cannot keep backups; True where it is on the data's own disk."""
    return backups.check_second_folder(office, folder)


def again_words(persons: Sequence[int]) -> str:
    """Say whom a backup brought back who had been erased after it was made (PIPL 47)."""
    words = ngettext(
        "{count} person was erased after this backup was made and is in it again (number {list}). "
        "Erase again: «Whose time is over» lists who it is.",
        "{count} persons were erased after this backup was made and are in it again (numbers "
        "{list}). Erase them again: «Whose time is over» lists them.",
        len(persons),
    )
    return words.format(count=len(persons), list=", ".join(map(str, persons)))


def restore(
    file: Path,
    to: Path,
    *,
    on_progress: Callable[[int, int], None] = _quiet,
    cancelled: Callable[[], bool] = _never,
) -> Restored:
    """Bring an office back into the absent or empty folder `to`."""
    return backups.restore_backup(file, to, on_progress=on_progress, cancelled=cancelled)
