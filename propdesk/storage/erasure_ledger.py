"""Who was erased, by number and time alone, beside the backups that may still hold him (PIPL 47).

A backup that is brought back knows nothing of what was erased after it was made: this says it. No
name is in it, and it is never shortened.
"""

import json
from collections.abc import Iterable, Mapping
from contextlib import closing
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from propdesk.domain.backups import Manifest
from propdesk.storage.disk import sync_file

AGAIN_KEY = "erase-again"
"""The setting of a restored office that names whom to erase again."""


def ledger_of(folder: Path, office_uid: str) -> Path:
    """Return where a folder of backups says who was erased in this office."""
    return folder / f"erased-{office_uid[:8]}.txt"


def add_erased(folder: Path, office_uid: str, erased: Mapping[int, datetime]) -> None:
    """Add persons to what a folder says; who stands in it already stays as he is."""
    known = read_erased(folder, office_uid)
    lines = [f"{at:%Y-%m-%dT%H:%M:%S} {one}\n" for one, at in erased.items() if one not in known]
    if lines:
        folder.mkdir(parents=True, exist_ok=True)
        file = ledger_of(folder, office_uid)
        with file.open("a", encoding="ascii", newline="\n") as ledger:
            ledger.writelines(lines)
        sync_file(file)


def read_erased(folder: Path, office_uid: str) -> dict[int, datetime]:
    """Return who was erased when; a line that a crash cut short says nothing."""
    file = ledger_of(folder, office_uid)
    erased = {}
    if file.is_file():
        for line in file.read_text("ascii", "replace").splitlines():
            at, _blank, person = line.partition(" ")
            try:
                erased[int(person)] = datetime.fromisoformat(at)
            except ValueError:
                continue
    return erased


def note_in(data_file: Path, backup: Path, manifest: Manifest) -> tuple[int, ...]:
    """Write into restored data whom to erase again, and return them.

    Only those are meant whom the data still holds by name: numbers that it will give later are not
    among them.
    """
    erased = read_erased(backup.parent, manifest.office_uid)
    since = [one for one, at in erased.items() if at > manifest.created_at]
    if not since:
        return ()
    with closing(dbapi2.connect(str(data_file), isolation_level=None)) as data:
        known = _known(data, since)
        if known:
            data.execute(
                "INSERT INTO setting (key, value) VALUES (?, ?) "
                "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
                (AGAIN_KEY, json.dumps(known)),
            )
    return tuple(known)


def _known(data: dbapi2.Connection, persons: Iterable[int]) -> list[int]:
    columns = {row[1] for row in data.execute("PRAGMA table_info(person)")}
    erased = " AND erased_at IS NULL" if "erased_at" in columns else ""
    found = data.execute(
        f"SELECT id FROM person WHERE id IN (SELECT value FROM json_each(?)){erased} "  # noqa: S608
        "ORDER BY id",
        (json.dumps(list(persons)),),
    )
    return [row[0] for row in found]
