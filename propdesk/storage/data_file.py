"""What a folder's data file is, told before it is opened: whole, ours, of which version.

Nothing here changes a byte of it: a newer program's file and another program's stay as they are.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from propdesk.domain.backups import SUFFIX
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.storage.attachment_files import ATTACHMENT_FOLDER
from propdesk.storage.disk import is_writable
from propdesk.storage.faults import damaged
from propdesk.storage.migrations import runner
from propdesk.storage.snapshots import untouched
from propdesk.storage.upgrades import newer_refused, way_back

DATA_FILE = "office.db"
BACKUP_FOLDER = "backups"

# What of an office may be there without its data file.
_LEFT_OVER = (BACKUP_FOLDER, DATA_FILE + "-wal", ATTACHMENT_FOLDER)
_MAGIC = b"SQLite format 3\x00"
_HEAD = 100


def holds_office(folder: Path) -> bool:
    """Tell whether anything of an office is in a folder, be it damaged or without its data."""
    return any((folder / name).exists() for name in (DATA_FILE, *_LEFT_OVER))


def is_older(folder: Path) -> bool:
    """Tell by its header alone whether a folder's data was left by an older program."""
    try:
        with (folder / DATA_FILE).open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError:
        return False
    return head.startswith(_MAGIC) and 0 < _version_in(head) < runner.VERSION


def _version_in(head: bytes) -> int:
    """Return SQLite's user version as it stands in a file's header."""
    return int.from_bytes(head[60:64], "big")


def check_header(file: Path) -> None:
    """Refuse a file that is no database, is cut short, or was written by a newer program."""
    if not file.is_file():
        raise _alien(file)
    size = file.stat().st_size
    with file.open("rb") as stream:
        head = stream.read(_HEAD)
    if size == 0 or (size < _HEAD and _MAGIC.startswith(head[:16])):
        raise _cut_short(file)
    if not head.startswith(_MAGIC):
        raise _alien(file)
    page = int.from_bytes(head[16:18], "big")
    page = 65536 if page == 1 else page
    pages = int.from_bytes(head[28:32], "big")
    has_log = file.with_name(file.name + "-wal").exists()
    # A full disk may have stopped the log's way into the file amid a page; the log still has it.
    if page == 0 or ((size % page or size < page * pages) and not has_log):
        raise _cut_short(file)
    _check_version(file, _version_in(head))


def check_inside(file: Path) -> None:
    """Refuse newer data and another program's, by what the log beside it says too."""
    with untouched(file) as connection:
        version = int(connection.execute("PRAGMA user_version").fetchone()[0])
        tables = {name for (name,) in connection.execute("SELECT name FROM sqlite_schema")}
    _check_version(file, version)
    if version < 1 or not {"office", "ticket_event"} <= tables:
        raise _alien(file)


def _check_version(file: Path, version: int) -> None:
    """Refuse data written by a newer program and name the way back; nothing is touched (F30)."""
    if version > runner.VERSION:
        raise newer_refused(way_back(file, version, file.parent / BACKUP_FOLDER))


def check_writable(folder: Path) -> None:
    """Refuse an office on a protected disk, in another user's folder, or copied from a CD (F12)."""
    if not is_writable(folder / DATA_FILE):
        raise RuleError(
            "data-read-only",
            _(
                "«{folder}» may only be read: the disk is write-protected or failing, or the "
                "folder is another user's. Nothing was changed. Take the protection off, or "
                "restore the newest backup into a new folder. The command line can read, print "
                "and back up."
            ).format(folder=folder),
        )


def advice(folder: Path) -> str:
    """Return the sentence that says from which backup an office can come back."""
    backup = newest_backup(folder)
    if backup is None:
        return _("There is no backup beside it; look for one on your second disk.")
    return _("The newest backup is {name}; restore it into a new folder.").format(name=backup.name)


def newest_backup(folder: Path) -> Path | None:
    """Return the newest backup beside the data by its name, which begins with its time."""
    found = sorted((folder / BACKUP_FOLDER).glob(f"*{SUFFIX}"))
    return found[-1] if found else None


def _alien(file: Path) -> RuleError:
    return RuleError(
        "data-not-database",
        _("{file} is not a propdesk data file. {advice}").format(
            file=file, advice=advice(file.parent)
        ),
    )


def _cut_short(file: Path) -> RuleError:
    return RuleError(
        "data-truncated",
        _("The data file {file} is empty or cut short. {advice}").format(
            file=file, advice=advice(file.parent)
        ),
    )


@contextmanager
def garbled_is_damage() -> Iterator[None]:
    """Tell damage by the engine's complaint about a broken schema, whose bytes are no text."""
    try:
        yield
    except UnicodeDecodeError as error:
        raise damaged() from error
