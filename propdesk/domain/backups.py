"""Backups: their names, when one is due, how old is too old, which may go (decision 41).

Values in, values out; making, checking and restoring the files is storage's work. All times are
local wall-clock times without offset.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from pathlib import Path

from propdesk.i18n import LazyText, _lazy

SUFFIX = ".pdbak"
KEPT_DAYS = 14
KEPT_MONTHS = 12
LEAST_VERIFIED = 3

_QUIET = timedelta(minutes=5)
_LATE_DAYS = 1
_OVERDUE_DAYS = 3
_NAME = re.compile(r"(\d{8}-\d{6})-([0-9a-f]{8})" + re.escape(SUFFIX))
_STAMP = "%Y%m%d-%H%M%S"


class BackupHealth(StrEnum):
    """How safe the office's changes are: backed up, late (yellow), overdue (red)."""

    GOOD = "good"
    LATE = "late"
    OVERDUE = "overdue"


HEALTH_LABELS: Mapping[BackupHealth, LazyText] = {
    BackupHealth.GOOD: _lazy("Backed up"),
    BackupHealth.LATE: _lazy("Backup is late"),
    BackupHealth.OVERDUE: _lazy("Backup is overdue"),
}


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup says about itself.

    `schema` is the data version, `rows` the rows of each table, `journal_head` the last journal
    sequence (a journal cut short later is found by it), `mark` a digest of the office's state that
    tells whether anything has changed since, `size` and `sha256` those of the data file inside.
    """

    program: str
    schema: int
    office_uid: str
    created_at: datetime
    rows: Mapping[str, int]
    journal_head: int
    mark: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True, order=True)
class BackupName:
    """A backup's file name, read: when it was made and the first 8 letters of the office's uid."""

    created_at: datetime
    office: str

    @property
    def text(self) -> str:
        """The file name; names sort by time."""
        return f"{self.created_at.strftime(_STAMP)}-{self.office}{SUFFIX}"


@dataclass(frozen=True, slots=True)
class BackupFile:
    """A backup in a folder; `manifest` is None and `problem` says why when it cannot be read.

    `size` is that of the file, in bytes.
    """

    path: Path
    name: BackupName
    size: int
    manifest: Manifest | None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class FilesFound:
    """The photos and scans that an office's data names: how many, and which are not there whole.

    Those are named as people know them: the ticket's number and the name of the file (F34).
    """

    total: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FilesCopied:
    """What a copying of photos and scans has done, and how many wait for the next time.

    `missing` are those that the office itself does not have whole any more.
    """

    copied: int = 0
    left: int = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Restored:
    """An office that was brought back into `folder`, what its backup said, and its photos.

    `erase_again` are the persons who were erased after the backup was made: it holds them still.
    """

    folder: Path
    manifest: Manifest
    files: FilesFound = FilesFound()
    erase_again: tuple[int, ...] = ()


def backup_name(created_at: datetime, office_uid: str) -> BackupName:
    """Return the name of a backup of this office made then."""
    return BackupName(created_at.replace(tzinfo=None, microsecond=0), office_uid[:8])


def read_name(file_name: str) -> BackupName | None:
    """Return what a file name says, or None when it is not one that we gave."""
    match = _NAME.fullmatch(file_name)
    if match is None:
        return None
    try:
        return BackupName(datetime.strptime(match[1], _STAMP), match[2])
    except ValueError:
        return None


def is_due_at_exit(last: datetime | None, changed: bool, now: datetime) -> bool:
    """Tell whether closing makes a backup: something changed and none was made today.

    A backup from the future counts as none: the clock was wrong then, or is now.
    """
    return changed and (last is None or last.date() != now.date())


def is_due(
    last: datetime | None, changed: bool, last_change_at: datetime | None, now: datetime
) -> bool:
    """Tell whether the first quiet five minutes after a change have come today."""
    quiet = last_change_at is None or not timedelta(0) <= now - last_change_at < _QUIET
    return quiet and is_due_at_exit(last, changed, now)


def health(
    last: datetime | None, changed: bool, office_created_at: datetime, now: datetime
) -> BackupHealth:
    """Return how safe the changes are: late after one day, overdue after three.

    Nothing changed since the last backup is good however old it is (a holiday). An office without
    any is counted from its first day.
    """
    if last is not None and not changed:
        return BackupHealth.GOOD
    since = office_created_at if last is None else last
    if since > now:
        return BackupHealth.LATE
    days = (now - since).days
    if days >= _OVERDUE_DAYS:
        return BackupHealth.OVERDUE
    return BackupHealth.LATE if days >= _LATE_DAYS else BackupHealth.GOOD


def removable(names: Iterable[BackupName], now: datetime) -> tuple[BackupName, ...]:
    """Return the backups that the rule lets go, newest first.

    All of the last 14 days and the last of each of 12 months stay. Days and months are those that
    have backups, so that a clock which jumps ahead removes nothing at once; when the newest lies in
    the future the clock is suspect and all stay.
    """
    newest_first = sorted(names, reverse=True)
    if not newest_first or newest_first[0].created_at > now:
        return ()
    days: list[str] = []
    months: list[str] = []
    gone: list[BackupName] = []
    for name in newest_first:
        day, month = name.created_at.strftime("%Y%m%d"), name.created_at.strftime("%Y%m")
        if day not in days:
            days.append(day)
        last_of_month = month not in months
        if last_of_month:
            months.append(month)
        recent = len(days) <= KEPT_DAYS
        monthly = last_of_month and len(months) <= KEPT_MONTHS
        if not recent and not monthly:
            gone.append(name)
    return tuple(gone)
