"""Open an office's data folder safely: place, lock, header, version, check, migrations.

Read with reliability.md 2.5 and decisions 8, 42-44: an office that is not there is never invented
at a remembered place, a newer file is never touched, and two writers never meet.
"""

import json
import logging
import os
import socket
import uuid
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout
from peewee import DatabaseError

from propdesk.domain.errors import RuleError
from propdesk.held_files import move, remove
from propdesk.i18n import _
from propdesk.storage import database as db
from propdesk.storage.attachment_files import ATTACHMENT_FOLDER
from propdesk.storage.data_file import (
    BACKUP_FOLDER,
    DATA_FILE,
    advice,
    check_header,
    check_inside,
    check_writable,
    garbled_is_damage,
    holds_office,
)
from propdesk.storage.disk import is_writable, sync_folder
from propdesk.storage.faults import damaged, explained
from propdesk.storage.migrations import runner
from propdesk.storage.office import OfficeRecord
from propdesk.storage.places import check_place
from propdesk.storage.snapshots import untouched_uri
from propdesk.storage.swapped import watch

LOCK_FILE = "office.lock"
OWNER_FILE = "office.lock.json"

_PART = ".part"

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class OpenOffice:
    """An open data folder; `created` tells that it is new, `lock` is None for readers.

    `upgraded_after` is the name of the backup made before older data was brought up to date just
    now, None when there was nothing to do; `second_problem` says why it has no copy in the second
    place, where that failed.
    """

    folder: Path
    created: bool
    lock: FileLock | None
    upgraded_after: str | None = None
    second_problem: str = ""

    @property
    def data_file(self) -> Path:
        """The office's one database file."""
        return self.folder / DATA_FILE

    @property
    def backups(self) -> Path:
        """The folder beside the data that holds its backups."""
        return self.folder / BACKUP_FOLDER

    @property
    def attachments(self) -> Path:
        """The folder beside the data that holds photos and scans."""
        return self.folder / ATTACHMENT_FOLDER


def _lock(folder: Path) -> FileLock:
    """Take the office's lock, or refuse naming who has it."""
    lock = FileLock(folder / LOCK_FILE, timeout=0, is_singleton=False)
    try:
        lock.acquire()
    except Timeout:
        raise RuleError("office-open-elsewhere", _held_by(folder)) from None
    owner = {"pid": os.getpid(), "host": socket.gethostname()}
    try:
        (folder / OWNER_FILE).write_text(json.dumps(owner), "utf-8")
    except OSError:
        # The next try, by whomever, finds the office free.
        with suppress(OSError):
            (folder / OWNER_FILE).unlink(missing_ok=True)
        lock.release()
        if not (folder / DATA_FILE).exists():
            (folder / LOCK_FILE).unlink(missing_ok=True)
        raise
    return lock


def _held_by(folder: Path) -> str:
    try:
        owner = json.loads((folder / OWNER_FILE).read_text("utf-8"))
        return _(
            "propdesk is open on this office (process {pid} on {host}). Close it there first; "
            "reading, printing and backing up are possible meanwhile."
        ).format(pid=owner["pid"], host=owner["host"])
    except (OSError, ValueError, KeyError, TypeError):
        return _("propdesk is open on this office. Close it there first.")


def _prepare(folder: Path) -> bool:
    """Tell whether a new office is to be made here; refuse what cannot be opened."""
    if (folder / DATA_FILE).exists():
        check_header(folder / DATA_FILE)
        return False
    if folder.exists() and not folder.is_dir():
        raise RuleError(
            "place-not-folder", _("«{folder}» is a file, not a folder.").format(folder=folder)
        )
    if holds_office(folder):
        raise RuleError(
            "data-missing",
            _(
                "«{folder}» belongs to an office, but its data file is missing. No new one was "
                "made. {advice}"
            ).format(folder=folder, advice=advice(folder)),
        )
    return True


def open_office(
    folder: Path,
    *,
    now: datetime,
    write: bool = True,
    create: bool = True,
    check: bool = True,
    is_older_read: bool = False,
    before_migration: Callable[[OpenOffice], str] | None = None,
    first_rows: Callable[[], object] | None = None,
) -> OpenOffice:
    """Open the office in `folder`; an absent or empty folder becomes a new one.

    `write` takes the office's lock; readers work beside an open window. `create=False` refuses to
    make a new office (a remembered folder that is gone is never created anew). `check` runs
    SQLite's quick check now; the window runs it behind its first picture instead. `first_rows`
    writes what a new office starts with: its data file appears with these rows or not at all.
    `is_older_read`: a reader may look at older data, of which it must know what it asks.
    `before_migration` makes a backup of older data and returns its name, before the data is brought
    up to date. Raises RuleError with a sentence for whatever stands in the way.
    """
    folder = Path(folder).expanduser()
    check_place(folder)
    with explained():
        new = _prepare(folder)
        if new and not create:
            raise RuleError(
                "office-missing",
                _("There is no office in «{folder}».").format(folder=folder),
            )
        if new:
            folder.mkdir(parents=True, exist_ok=True)
        elif write:
            check_writable(folder)
        lock = _lock(folder) if write or new else None
        # Another process may have made it while this one waited for the lock.
        new = new and not (folder / DATA_FILE).exists()
    office = OpenOffice(folder, new, lock)
    try:
        with explained(), garbled_is_damage():
            if new:
                _make(office, now, first_rows)
            check_inside(office.data_file)
            backup = _connect(
                office, now, write=lock is not None, older=is_older_read, hook=before_migration
            )
            if check and not new:
                check_quickly()
    except BaseException:
        close_office(office)
        if new:
            remove_new(office)
        raise
    return replace(office, upgraded_after=backup)


def _make(office: OpenOffice, now: datetime, first_rows: Callable[[], object] | None) -> None:
    """Make a new office's data file under a passing name, so that a crash leaves no half one."""
    part = office.folder / (DATA_FILE + _PART)
    _remove(part)
    try:
        db.bind(part)
        db.database.connect()
        runner.migrate(0, now)
        with db.database.atomic("IMMEDIATE"):
            OfficeRecord.create(uid=uuid.uuid4().hex, created_at=now)
            if first_rows is not None:
                first_rows()
        db.database.close()
        move(part, office.data_file)
        sync_folder(office.folder)
    finally:
        db.database.close()
        _remove(part)


def _connect(
    office: OpenOffice,
    now: datetime,
    *,
    write: bool,
    older: bool,
    hook: Callable[[OpenOffice], str] | None,
) -> str | None:
    """Open the connection and bring older data up to date; return the backup's name if so."""
    if db.database.server_version < db.LEAST_SQLITE:
        message = f"SQLite {db.database.server_version} is too old to write safely"
        raise ValueError(message)
    if write or is_writable(office.data_file):
        db.bind(office.data_file, read_only=not write)
    else:
        db.bind(untouched_uri(office.data_file), read_only=True)
    db.database.connect()
    if write:
        watch(office.data_file)
    version = int(db.rows("PRAGMA user_version")[0][0])
    if version == runner.VERSION or (older and not write):
        return None
    if not write:
        raise RuleError(
            "data-older",
            _(
                "This data comes from an older propdesk. Open it in the window once, or use a "
                "command that changes something: a backup is made, then it is brought up to date."
            ),
        )
    return _bring_up_to_date(office, version, now, hook)


def _bring_up_to_date(
    office: OpenOffice,
    version: int,
    now: datetime,
    hook: Callable[[OpenOffice], str] | None,
) -> str | None:
    """Run the missing steps after a backup; return its name.

    A step that fails is our mistake, but the clerk must know that the data is as it was.
    """
    try:
        with explained(), garbled_is_damage():
            return runner.migrate(version, now, None if hook is None else lambda: hook(office))
    except (DatabaseError, ValueError) as error:
        _log.exception("data version %d could not be brought up to %d", version, runner.VERSION)
        raise RuleError(
            "upgrade-failed",
            _(
                "This data comes from an older propdesk, and bringing it up to date failed: a "
                "mistake of the program. Nothing was changed. Go on with the older propdesk, and "
                "send the log to whoever looks after the program."
            ),
        ) from error


def check_quickly() -> None:
    """Refuse to go on with a file whose structure SQLite finds broken."""
    with explained(), garbled_is_damage():
        found = db.rows("PRAGMA quick_check(1)")
    if found != [("ok",)]:
        raise damaged()


def close_office(office: OpenOffice) -> None:
    """Close the connection, fold the log into the file and give the lock back."""
    try:
        if not db.database.is_closed():
            if office.lock is not None:
                # Statistics only: what a full disk or a damaged file refuses here is no loss.
                with suppress(DatabaseError):
                    db.database.execute_sql("PRAGMA optimize")
            db.database.close()
    finally:
        if office.lock is not None:
            # The note only says who has the lock; without the lock nobody reads it.
            with suppress(OSError):
                remove(office.folder / OWNER_FILE)
            office.lock.release()


def remove_new(office: OpenOffice) -> None:
    """Take back a new office that could not be finished (full disk), so that a next try works."""
    _remove(office.data_file)
    remove(office.folder / LOCK_FILE)


def _remove(file: Path) -> None:
    for suffix in ("", "-wal", "-shm"):
        remove(file.with_name(file.name + suffix))
