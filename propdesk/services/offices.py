"""Open and close an office's data folder, remember which one, and ask about the clock."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from propdesk.domain.errors import RuleError
from propdesk.domain.first_start import Step
from propdesk.domain.settings import OfficeSettings, check_settings
from propdesk.domain.staff import FIRST_DEPARTMENTS, FIRST_STAFF, Role
from propdesk.i18n import _
from propdesk.last_office import remember_office, remembered_office
from propdesk.services.parts.due_times import refresh_if_changed
from propdesk.services.parts.round_making import begin_day
from propdesk.services.parts.settings import load_settings, put, store_settings
from propdesk.services.parts.unit_changes import begin_due
from propdesk.services.parts.writing import local
from propdesk.services.queries.inspection_plans import list_plans
from propdesk.services.queries.office import GUIDE_KEY, demo_moment
from propdesk.storage import backups, data_file, opening
from propdesk.storage.database import database, rows
from propdesk.storage.faults import explain_disk, explained
from propdesk.storage.opening import OpenOffice
from propdesk.storage.staff import DepartmentRecord, StaffRecord

__all__ = [
    "ClockDoubt",
    "OfficeFound",
    "OpenOffice",
    "check_quickly",
    "close_office",
    "doubt_clock",
    "explain_disk",
    "find_offices",
    "holds_office",
    "is_older",
    "look_at",
    "make_office",
    "office_exists",
    "open_office",
    "remember_office",
    "remembered_office",
    "unmade_if_failed",
    "upgrade_office",
    "working_connection",
]

MOST_AHEAD = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class ClockDoubt:
    """The PC's clock disagrees with the journal: `last` is the newest entry (decision 34)."""

    last: datetime
    now: datetime

    @property
    def backwards(self) -> bool:
        """Tell whether the clock stands before the last entry (else it is far ahead)."""
        return self.now < self.last


@dataclass(frozen=True, slots=True)
class OfficeFound:
    """An office that lies on this PC: where, how it is called, and how much it holds."""

    folder: Path
    name: str
    units: int
    tickets: int
    is_demo: bool


def open_office(
    folder: Path,
    *,
    now: datetime,
    write: bool = True,
    create: bool = True,
    check: bool = True,
    on_progress: Callable[[int, int], None] | None = None,
) -> OpenOffice:
    """Open the data folder (see storage.opening); a new office gets its first rows (R28).

    Older data is backed up beside it before it is brought up to date; without that backup nothing
    is changed. Afterwards the backup is copied to the second place of the settings. `on_progress`
    is told how far it is, in parts of a hundred.
    """

    def before_migration(older: OpenOffice) -> str:
        try:
            made = backups.make_backup(older, now=now, on_progress=on_progress or _quiet)
        except RuleError as refusal:
            raise RuleError(
                "upgrade-no-backup",
                _(
                    "This data comes from an older propdesk and is brought up to date only after "
                    "a backup, which could not be made. Nothing was changed. {problem}"
                ).format(problem=refusal),
            ) from refusal
        return made.path.name

    office = opening.open_office(
        folder,
        now=now,
        write=write,
        create=create,
        check=check,
        before_migration=before_migration,
        first_rows=_first_rows,
    )
    if write:
        try:
            refresh_if_changed()
            today = (demo_moment() or now).date()
            begin_due(today)
            begin_day(today, list_plans)
        except BaseException:
            close_office(office)
            raise
    return replace(office, second_problem=_copied_to_second_place(office))


def _copied_to_second_place(office: OpenOffice) -> str:
    """Copy the backup made before an upgrade like any other; return why that failed, or ''."""
    if office.upgraded_after is None:
        return ""
    second = load_settings().second_backup_folder.strip()
    try:
        if second:
            backups.copy_backup(office.backups / office.upgraded_after, Path(second))
    except RuleError as refusal:
        return str(refusal)
    return ""


def is_older(folder: Path) -> bool:
    """Tell whether an office's data was left by an older program; it is not opened."""
    return data_file.is_older(folder)


def upgrade_office(
    folder: Path, *, now: datetime, on_progress: Callable[[int, int], None] | None = None
) -> str:
    """Bring an office's older data up to date after a backup, and close it again.

    Returns why the backup has no copy in the second place, '' where nothing is wrong. For a job
    beside the window: what takes long is done when the window itself opens the office.
    """
    office = open_office(folder, now=now, create=False, check=False, on_progress=on_progress)
    close_office(office)
    return office.second_problem


def _quiet(_done: int, _total: int) -> None:
    """Show nobody the progress."""


def make_office(
    folder: Path, settings: OfficeSettings, *, now: datetime, is_guided: bool = False
) -> OpenOffice:
    """Make a new office with these settings and open it; where that fails, nothing is left.

    `is_guided`: the first start's guide goes on behind its first step. Raises RuleError for
    settings that are not complete, a place that cannot be, or one where an office is already.
    """
    checked = check_settings(settings)
    if holds_office(folder):
        raise office_exists(folder)

    def rows_of_its_own() -> None:
        _first_rows()
        store_settings(checked)
        if is_guided:
            put(GUIDE_KEY, Step.COMMUNITY.value)

    was_there = folder.exists()
    try:
        return opening.open_office(folder, now=now, first_rows=rows_of_its_own)
    except BaseException:
        if not was_there:
            with suppress(OSError):  # somebody else's file in it: it stays
                folder.rmdir()
        raise


def office_exists(folder: Path) -> RuleError:
    """Return the refusal to make an office where one is already."""
    return RuleError(
        "office-exists",
        _("There is an office in «{folder}» already. Open it, or choose another folder.").format(
            folder=folder
        ),
    )


def holds_office(folder: Path) -> bool:
    """Tell whether anything of an office is in a folder, be it damaged or without its data."""
    return data_file.holds_office(folder)


def look_at(folder: Path) -> OfficeFound:
    """Open an office of this or an older program to read alone, say what it holds, and close it.

    Raises RuleError where there is none, or none that can be opened.
    """
    office = opening.open_office(
        folder, now=datetime.min, write=False, create=False, check=False, is_older_read=True
    )
    try:
        (units, tickets) = rows("SELECT (SELECT count(*) FROM unit), count(*) FROM ticket")[0]
        name = load_settings().office_name
        return OfficeFound(folder, name, units, tickets, demo_moment() is not None)
    finally:
        close_office(office)


def find_offices(folders: Iterable[Path]) -> tuple[OfficeFound, ...]:
    """Return the offices in these folders that can be opened; the demo is nobody's office."""
    found = []
    for folder in folders:
        with suppress(RuleError):
            found.append(look_at(folder))
    return tuple(one for one in found if not one.is_demo)


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
