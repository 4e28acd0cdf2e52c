"""The upgrades that a data file remembers, and the way back from data that is newer than we are."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from peewee import IntegerField, TextField
from sqlcipher3 import dbapi2

from propdesk import __version__
from propdesk.domain.backups import BackupFile, read_name
from propdesk.domain.errors import RuleError
from propdesk.domain.upgrades import (
    NewerDataError,
    Upgrade,
    WayBack,
    backup_before_leaving,
    program_for,
)
from propdesk.i18n import _, ngettext
from propdesk.storage.backup_folders import list_backups, listed
from propdesk.storage.database import LocalDateTimeField, OfficeTable
from propdesk.storage.migrations import runner
from propdesk.storage.snapshots import untouched


class UpgradeRecord(OfficeTable):
    """One run of migrations, or the making of the office; written by the runner."""

    at = LocalDateTimeField()
    from_version = IntegerField()
    to_version = IntegerField()
    program = TextField()
    backup = TextField(null=True)

    class Meta:
        table_name = "upgrade"


def way_back(data: Path, theirs: int, *places: Path) -> WayBack:
    """Return what can be said about data of the newer version `theirs`; nothing is touched.

    The backup made before the upgrade is looked for in `places`; where it is gone, the newest one
    that this program can read takes its place.
    """
    upgrades = _upgrades(data)
    name = backup_before_leaving(runner.VERSION, upgrades)
    backup = None if name is None else _named(name, places)
    is_exact = backup is not None
    if backup is None:
        backup = _newest_readable(_office(data), places)
    lost = None if backup is None else _lost_since(backup, data)
    return WayBack(theirs, program_for(theirs, upgrades), backup, is_exact, lost)


def backups_to_go_back(data: Path) -> frozenset[str]:
    """Return the names of the backups made before upgrades: the ways back to older programs."""
    with untouched(data) as connection:
        found = connection.execute("SELECT backup FROM upgrade WHERE backup IS NOT NULL")
        return frozenset(name for (name,) in found)


def _asked(data: Path, sql: str) -> list[tuple[Any, ...]]:
    """Return what a newer data file answers; nothing when it does not understand the question."""
    try:
        with untouched(data) as connection:
            return list(connection.execute(sql).fetchall())
    except (dbapi2.DatabaseError, RuleError):
        return []


def _upgrades(data: Path) -> list[Upgrade]:
    try:
        return [
            Upgrade(datetime.fromisoformat(at), int(start), int(end), str(program), backup)
            for at, start, end, program, backup in _asked(
                data,
                "SELECT at, from_version, to_version, program, backup FROM upgrade ORDER BY id",
            )
        ]
    except (TypeError, ValueError):
        return []


def _office(data: Path) -> str | None:
    found = _asked(data, "SELECT uid FROM office")
    return found[0][0] if found else None


def _lost_since(backup: BackupFile, data: Path) -> int | None:
    """Return how many journal lines the newer data has that the backup lacks."""
    found = _asked(data, "SELECT max(sequence) FROM ticket_event")
    if not found or backup.manifest is None:
        return None
    return max((found[0][0] or 0) - backup.manifest.journal_head, 0)


def _named(name: str, places: Sequence[Path]) -> BackupFile | None:
    """Return the backup of this name, when it is still there and can be read."""
    read = read_name(name)
    for place in places:
        if read is not None and (place / name).is_file():
            backup = listed(place / name, read)
            if backup.manifest is not None:
                return backup
    return None


def _newest_readable(uid: str | None, places: Sequence[Path]) -> BackupFile | None:
    found = [
        backup
        for place in places
        for backup in list_backups(place)
        if backup.manifest is not None and uid in {None, backup.manifest.office_uid}
    ]
    return max(found, key=lambda backup: backup.name, default=None)


def newer_refused(back: WayBack) -> NewerDataError:
    """Return the refusal of newer data: which program opens it, which backup this one can open."""
    return NewerDataError("data-newer", _newer_sentence(back), back)


def _newer_sentence(back: WayBack) -> str:
    if back.program:
        text = _(
            "This data was brought up to date by propdesk {program} (data version {theirs}); this "
            "propdesk {version} reads it up to {ours}. Nothing was changed. Please install "
            "propdesk {program} or newer."
        )
    else:
        text = _(
            "This data was written by a newer propdesk (data version {theirs}); this propdesk "
            "{version} reads it up to {ours}. Nothing was changed. Please install the newer one."
        )
    said = text.format(
        program=back.program[:20], theirs=back.theirs, version=__version__, ours=runner.VERSION
    )
    return _joined(said, _backup_sentence(back))


def _joined(first: str, second: str) -> str:
    """Return two sentences as one text; Chinese puts no blank between them."""
    return _("{first} {second}").format(first=first, second=second)


def _backup_sentence(back: WayBack) -> str:
    if back.backup is None:
        return _("There is no backup beside it that this propdesk could go back to.")
    text = (
        _(
            "To go back, restore the backup {name} of {time}, made just before that upgrade, into "
            "a new folder."
        )
        if back.is_exact
        else _(
            "To go back, restore the newest backup that this propdesk can read into a new folder: "
            "{name} of {time}."
        )
    )
    said = text.format(
        name=back.backup.path.name, time=f"{back.backup.name.created_at:%Y-%m-%d %H:%M}"
    )
    return _joined(said, _loss_sentence(back.lost))


def _loss_sentence(lost: int | None) -> str:
    if lost is None:
        return _("What was entered since is not in it.")
    if lost == 0:
        return _("Nothing was entered since.")
    return ngettext(
        "{count} entry made since is not in it.", "{count} entries made since are not in it.", lost
    ).format(count=lost)
