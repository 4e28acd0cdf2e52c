"""Open and close an office's data folder, remember which one, and ask about the clock."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from propdesk import paths
from propdesk.domain.staff import FIRST_DEPARTMENTS, FIRST_STAFF, Role
from propdesk.services.parts.writing import local
from propdesk.services.queries.office import demo_moment
from propdesk.storage import opening
from propdesk.storage.database import database, rows
from propdesk.storage.faults import explain_disk, explained
from propdesk.storage.opening import OpenOffice
from propdesk.storage.staff import DepartmentRecord, StaffRecord

__all__ = [
    "ClockDoubt",
    "OpenOffice",
    "check_quickly",
    "close_office",
    "doubt_clock",
    "explain_disk",
    "open_office",
    "remember_office",
    "remembered_office",
    "unmade_if_failed",
    "working_connection",
]

MOST_AHEAD = timedelta(days=30)

_REMEMBERED = "office.json"


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The PC's clock disagrees with the journal: `last` is the newest entry (decision 34)."""

    last: datetime
    now: datetime

    @property
    def backwards(self) -> bool:
        """Tell whether the clock stands before the last entry (else it is far ahead)."""
        return self.now < self.last


def open_office(
    folder: Path,
    *,
    now: datetime,
    write: bool = True,
    create: bool = True,
    check: bool = True,
    before_migration: Callable[[OpenOffice], object] | None = None,
) -> OpenOffice:
    """Open the data folder (see storage.opening); a new office gets its first rows (R28)."""
    return opening.open_office(
        folder,
        now=now,
        write=write,
        create=create,
        check=check,
        before_migration=before_migration,
        first_rows=_first_rows,
    )


def _first_rows() -> None:
    for position, (code, name) in enumerate(FIRST_DEPARTMENTS):
        DepartmentRecord.create(code=code, name=name, position=position)
    service = DepartmentRecord.get(DepartmentRecord.code == "service")
    StaffRecord.create(
        code="01", name=FIRST_STAFF, department=service, role=Role.FRONT_DESK.value, active=True
    )


@contextmanager
def unmade_if_failed(office: OpenOffice) -> Iterator[None]:
    """Take a new office back when the work on it fails, so that the next try finds no half one."""
    try:
        yield
    except BaseException:
        close_office(office)
        if office.created:
            opening.remove_new(office)
        raise


def close_office(office: OpenOffice) -> None:
    """Close the office and give its lock back."""
    opening.close_office(office)


@contextmanager
def working_connection() -> Iterator[None]:
    """Give a job's thread its own connection to the open office."""
    with explained(), database.connection_context():
        yield


def check_quickly() -> None:
    """Run SQLite's quick check on the open office (the window does so behind its picture)."""
    opening.check_quickly()


def doubt_clock(now: datetime) -> ClockDoubt | None:
    """Return a doubt when the clock stands before the last entry or 30 days after it."""
    if demo_moment() is not None:
        return None
    last_text = rows("SELECT max(entered_at) FROM (SELECT entered_at FROM ticket_event "
                     "ORDER BY sequence DESC LIMIT 100)")[0][0]  # fmt: skip
    if last_text is None:
        return None
    last, here = datetime.fromisoformat(last_text), local(now)
    if here < last or here > last + MOST_AHEAD:
        return ClockDoubt(last, here)
    return None


def remember_office(folder: Path) -> None:
    """Keep which office was last open, for the next start (decision 8)."""
    file = paths.user_config() / _REMEMBERED
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_suffix(".part")
    part.write_text(json.dumps({"folder": str(folder)}), "utf-8")
    part.replace(file)


def remembered_office() -> Path | None:
    """Return the office last open, or None when there is none or the note is unreadable."""
    file = paths.user_config() / _REMEMBERED
    try:
        return Path(json.loads(file.read_text("utf-8"))["folder"])
    except (OSError, ValueError, KeyError, TypeError):
        return None
