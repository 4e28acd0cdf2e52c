"""Older data is brought up to date after a backup; newer data is refused with the way back.

The older data is real: the office and the backup that each released program left (tests/data).
"""

import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

import propdesk
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.checking import check_office
from propdesk.storage import backup_folders, backups
from propdesk.storage import database as db
from propdesk.storage.data_file import DATA_FILE, is_older
from propdesk.storage.migrations import runner
from propdesk.storage.opening import OpenOffice, close_office
from propdesk.storage.upgrades import UpgradeRecord


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file of a folder, but the empty locks."""
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and file.suffix != ".lock"
    }


def version_of(folder: Path) -> int:
    return int.from_bytes((folder / DATA_FILE).read_bytes()[60:64], "big")


@pytest.fixture
def whole(now, frozen) -> Callable[[Path], OpenOffice]:
    """Open an office as every program does, run all checks, count, and close it."""

    def open_whole(folder: Path) -> OpenOffice:
        office = offices.open_office(folder, now=now, create=False)
        result = check_office(office)
        counted = db.rows("SELECT (SELECT count(*) FROM ticket), (SELECT count(*) FROM unit)")
        close_office(office)
        assert result.ok, [line.text for line in result.lines if not line.ok]
        assert counted == [(frozen.tickets, frozen.houses)]
        assert version_of(folder) == runner.VERSION
        return office

    return open_whole


@pytest.fixture
def refuse(now) -> Callable[..., RuleError]:
    """Open an office that must be refused, with nothing left open."""

    def open_refused(folder: Path, **how: object) -> RuleError:
        with pytest.raises(RuleError) as refusal:
            offices.open_office(folder, now=now, create=False, **how)
        assert db.database.is_closed()
        return refusal.value

    return open_refused


# Data of an older program


def test_the_frozen_office_is_really_older(old_office, old_backup, frozen):
    assert version_of(old_office) == frozen.version < runner.VERSION
    assert is_older(old_office)
    manifest = backup_folders.verify_backup(old_backup)
    assert (manifest.schema, manifest.rows["ticket"]) == (frozen.version, frozen.tickets)


def test_older_data_is_backed_up_and_brought_up_to_date(old_office, whole, frozen):
    office = whole(old_office)
    assert not is_older(old_office)
    backup = office.backups / office.upgraded_after
    assert backup_folders.verify_backup(backup).schema == frozen.version
    assert whole(old_office).upgraded_after is None
    assert [each.path for each in backup_folders.list_backups(office.backups)] == [backup]


def test_the_backup_before_the_upgrade_holds_the_data_as_it_was(
    old_office, whole, tmp_path, frozen
):
    shutil.copytree(old_office, tmp_path / "kept")
    office = whole(old_office)
    before = backups.restore_backup(office.backups / office.upgraded_after, tmp_path / "before")
    dumps = []
    for folder in (tmp_path / "kept", before.folder):
        with dbapi2.connect(f"{(folder / DATA_FILE).as_uri()}?immutable=1", uri=True) as found:
            names = [name for (name,) in found.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]  # fmt: skip
            dumps.append(
                {name: found.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
            )
        found.close()
    assert dumps[0] == dumps[1]
    assert len(dumps[0]["ticket"]) == frozen.tickets
    assert whole(before.folder)


# What is reckoned anew when an office is opened, or says that it was.
RECKONED = {"next_clock", "next_due_at", "warns_at"}
# A house is shown in the state that holds today, which its history says.
RECKONED_OF_A_TABLE = {"unit": {"state", "version"}}
NOT_KEPT = {"upgrade", "setting"}


def rows_of(folder: Path, like: dict[str, tuple[str, ...]] | None = None) -> dict[str, list[tuple]]:
    """Every row of every table; with `like` only its tables, in its columns."""
    with dbapi2.connect(f"{(folder / DATA_FILE).as_uri()}?mode=ro", uri=True) as data:
        columns = like or columns_of(data)
        found = {
            table: sorted(data.execute(f'SELECT {", ".join(names)} FROM "{table}"'), key=repr)
            for table, names in columns.items()
        }
    data.close()
    return found


def columns_of(data) -> dict[str, tuple[str, ...]]:
    tables = data.execute(
        "SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' "
        "AND name NOT LIKE 'sqlite%'"
    ).fetchall()
    return {
        table: tuple(
            f'"{name}"' for _n, name, *_more in data.execute(f'PRAGMA table_info("{table}")')
            if name not in RECKONED | RECKONED_OF_A_TABLE.get(table, set())
        )
        for (table,) in tables
        if table not in NOT_KEPT
    }  # fmt: skip


def test_every_row_and_the_whole_journal_outlive_the_upgrade(old_office, now, frozen):
    with dbapi2.connect(f"{(old_office / DATA_FILE).as_uri()}?mode=ro", uri=True) as data:
        columns = columns_of(data)
    data.close()
    before = rows_of(old_office, columns)
    assert (len(before["ticket"]), len(before["ticket_event"])) >= (frozen.tickets, 200)
    close_office(offices.open_office(old_office, now=now))
    assert rows_of(old_office, columns) == before


def test_an_upgraded_office_has_the_very_schema_of_a_new_one(old_office, tmp_path, now):
    schemas = []
    for folder in (old_office, tmp_path / "new"):
        office = offices.open_office(folder, now=now)
        # Statistics come with use.
        schemas.append(
            db.rows(
                "SELECT type, name, tbl_name, sql FROM sqlite_schema "
                "WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name"
            )
        )
        close_office(office)
    assert schemas[0] == schemas[1]


def test_the_data_remembers_who_brought_it_up_to_date(old_office, now, frozen):
    office = offices.open_office(old_office, now=now)
    found = list(UpgradeRecord.select().dicts())
    close_office(office)
    assert len(found) == frozen.upgrades + 1
    assert found[-1:] == [
        {
            "id": len(found),
            "at": now,
            "from_version": frozen.version,
            "to_version": runner.VERSION,
            "program": propdesk.__version__,
            "backup": office.upgraded_after,
        }
    ]


def test_repairs_of_an_older_office_want_somebody_to_come(old_office, now):
    office = offices.open_office(old_office, now=now)
    found = db.rows("SELECT DISTINCT kind, visit_wanted FROM ticket ORDER BY kind")
    close_office(office)
    assert dict(found)["repair"] == 1
    assert {wanted for kind, wanted in found if kind != "repair"} == {0}


def test_a_new_office_remembers_who_made_it(office, now):
    found = UpgradeRecord.get()
    assert (found.from_version, found.to_version) == (0, runner.VERSION)
    assert (found.program, found.at, found.backup) == (propdesk.__version__, now, None)
    assert office.upgraded_after is None


def test_an_older_backup_is_restored_and_brought_up_to_date(old_backup, tmp_path, whole, frozen):
    restored = backups.restore_backup(old_backup, tmp_path / "back")
    assert version_of(restored.folder) == frozen.version
    office = whole(restored.folder)
    before = backup_folders.read_manifest(office.backups / office.upgraded_after)
    assert before.schema == frozen.version


def test_readers_leave_older_data_alone(old_office, refuse):
    before = bytes_of(old_office)
    assert refuse(old_office, write=False).code == "data-older"
    assert bytes_of(old_office) == before


def test_without_a_backup_nothing_is_changed(old_office, refuse, whole):
    (old_office / "backups").write_text("a file where the folder should be")
    before = bytes_of(old_office)
    error = refuse(old_office)
    assert error.code == "upgrade-no-backup"
    assert str(old_office / "backups") in str(error)
    assert bytes_of(old_office) == before
    (old_office / "backups").unlink()
    whole(old_office)


@pytest.mark.expects_log
def test_a_step_that_is_wrong_is_told_logged_and_changes_nothing(
    old_office, refuse, whole, future, caplog
):
    before = (old_office / DATA_FILE).read_bytes()
    with future(["DELETE FROM ticket_event"]):
        error = refuse(old_office)
    assert error.code == "upgrade-failed"
    assert "append-only" in caplog.text
    assert (old_office / DATA_FILE).read_bytes() == before
    assert whole(old_office).upgraded_after


# The upgrade is stopped in the middle: a mistake, a kill, a full disk, the button

# One process tries them all: to start Python takes longer than to upgrade. What a kill leaves is
# what lies on the disk at that moment, so one upgrade leaves a copy of the office before each of
# its statements; each twentieth is an office whose upgrade was killed there, or failed there with
# all that belongs to it (the backup before).
UPGRADE = """
import shutil
from propdesk.services import offices
from propdesk.storage import opening
from propdesk.storage.migrations import runner

def fail():
    raise ValueError("a mistake")

way, copies, each = sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
stop = {"kill": lambda: os.kill(os.getpid(), signal.SIGKILL), "mistake": fail}[way]
run, begin = db.database.execute_sql, runner.SqliteMigrator

def upgrade(office, before_each, opener=offices):
    count = 0

    def counted(*sql, **more):
        nonlocal count
        count += 1
        before_each(count)
        if sql[0].startswith("PRAGMA user_version ="):
            db.database.execute_sql = run
        return run(*sql, **more)

    def begin_counting(database):
        database.execute_sql = counted
        return begin(database)

    runner.SqliteMigrator = begin_counting
    try:
        close_office(opener.open_office(office, now=NOW, check=False))
        return "done"
    except RuleError as error:
        return error.code
    finally:
        db.database.execute_sql = run

def stopping(last):
    def stop_there(count):
        if count == last:
            stop()
    return stop_there

def in_a_child(office, last):
    child = os.fork()
    if not child:
        os._exit(upgrade(office, stopping(last)) != "done")
    status = os.waitpid(child, 0)[1]
    return "done" if status == 0 else f"signal {os.WTERMSIG(status)}"

def kill_each():
    office = shutil.copytree(folder, copies / "going on")

    def leave_a_copy(count):
        shutil.copytree(office, copies / str(count))
        said.append("left")

    done = upgrade(office, leave_a_copy)
    for n in range(1, len(said) + 1, each):
        shutil.rmtree(copies / str(n))
        said[n - 1] = in_a_child(shutil.copytree(folder, copies / str(n)), n)
    office.rename(copies / str(len(said) + 1))
    said.append(done)

def fail_each():
    while said[-1:] != ["done"]:
        n = len(said) + 1
        opener = offices if n % each == 1 else opening
        office = shutil.copytree(folder, copies / str(n))
        said.append(upgrade(office, stopping(n), opener))

said = []
{"kill": kill_each, "mistake": fail_each}[way]()
print("\\n".join(said))
"""
EACH = 20


def unchanged(folder: Path, before: bytes) -> bool:
    """Whether the data is as it was once SQLite has looked at what a stopped writer left."""
    with dbapi2.connect(str(folder / DATA_FILE)) as data:
        data.execute("SELECT count(*) FROM sqlite_schema").fetchone()
    data.close()
    return (folder / DATA_FILE).read_bytes() == before


@pytest.mark.parametrize(
    ("frozen", "way"),
    [("0.1.0", "kill"), ("0.1.0", "mistake"), ("0.2.0", "kill")],
    indirect=["frozen"],
)
def test_stopped_before_any_statement_the_data_is_as_it_was(
    old_office, tmp_path, run_python, whole, way, frozen
):
    """Each statement of each step, the check, the row that remembers, the version."""
    before = (old_office / DATA_FILE).read_bytes()
    done = run_python(UPGRADE, old_office, way, tmp_path / "copies", EACH, timeout=300)
    *stopped, last = done.stdout.split("\n")[:-1]
    assert (done.returncode, last) == (0, "done"), done.stderr
    assert set(stopped[::EACH]) == {"signal 9" if way == "kill" else "upgrade-failed"}
    assert set(stopped) == ({"signal 9", "left"} if way == "kill" else {"upgrade-failed"})
    for n, _said in enumerate(stopped, 1):
        folder = tmp_path / "copies" / str(n)
        assert version_of(folder) == frozen.version
        assert unchanged(folder, before)
        if n % EACH == 1:
            made = backup_folders.list_backups(folder / "backups")
            assert [each.manifest.schema for each in made] == [frozen.version]
            whole(folder)
    whole(tmp_path / "copies" / str(len(stopped) + 1))
    assert len(stopped) > sum(len(step.STATEMENTS) for step in runner.STEPS[frozen.version :]) + 3


@pytest.mark.oldest_and_newest
def test_killed_at_any_moment_the_next_start_has_the_whole_office(
    old_office, tmp_path, start_python, whole, chance
):
    script = """
    from propdesk.services import offices
    print("ready", flush=True)
    sys.stdin.readline()
    offices.open_office(folder, now=NOW)
    """
    for turn in range(6):
        folder = tmp_path / f"office{turn}"
        shutil.copytree(old_office, folder)
        process = start_python(script, folder)
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n")
        process.stdin.flush()
        try:
            process.wait(chance.random() * 0.15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        whole(folder)


LIMITED = """
from propdesk.services import offices
from propdesk.storage import opening
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
opener = opening if sys.argv[3] == "without" else offices
try:
    opener.open_office(folder, now=NOW)
except RuleError as error:
    print(error.code)
"""


@pytest.mark.oldest_and_newest
@pytest.mark.skipif(sys.platform == "win32", reason="SKIPPED: limits of POSIX")
@pytest.mark.parametrize(
    ("backup", "room", "code"),
    [
        ("with", 40_000, {"upgrade-no-backup"}),
        ("with", 200_000, {"upgrade-no-backup"}),
        # Only the steps themselves meet the full disk.
        ("without", 0, {"disk-full", "disk-error"}),
        ("without", 1_000, {"disk-full", "disk-error"}),
        ("without", 6_000, {"disk-full", "disk-error"}),
    ],
)
def test_a_full_disk_leaves_the_data_as_it_was(old_office, run_python, whole, backup, room, code):
    before = (old_office / DATA_FILE).read_bytes()
    done = run_python(LIMITED, old_office, room, backup)
    assert done.stderr == ""
    assert done.stdout.strip() in code
    assert (old_office / DATA_FILE).read_bytes() == before
    assert not list(old_office.rglob("*.part"))
    whole(old_office)


def test_the_button_stops_before_anything_is_changed(old_office, now, whole):
    before = (old_office / DATA_FILE).read_bytes()

    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        offices.upgrade_office(old_office, now=now, on_progress=cancel)
    assert db.database.is_closed()
    assert (old_office / DATA_FILE).read_bytes() == before
    whole(old_office)


# Data of a newer program


@pytest.fixture
def newer(old_office, future, now, add_entries) -> Path:
    """An office that program 9.9.0 brought up to date; five entries were made since."""
    with future():
        close_office(offices.open_office(old_office, now=now))
        add_entries(old_office, 5)
    return old_office


@pytest.fixture
def add_entries(now) -> Callable[[Path, int], None]:
    def add(folder: Path, count: int) -> None:
        office = offices.open_office(folder, now=now)
        for _turn in range(count):
            db.database.execute_sql(
                "INSERT INTO ticket_event SELECT NULL, ticket_id, at, utc_offset, entered_at, "
                "kind, status, round, ticket_kind, reporter_kind, department_id, staff_id, "
                "satisfaction, text, detail FROM ticket_event ORDER BY sequence DESC LIMIT 1"
            )
        close_office(office)

    return add


@pytest.fixture
def before_upgrade(newer) -> Path:
    """The backup that program 9.9.0 made before it changed anything."""
    return next((newer / "backups").glob("*.pdbak"))


@pytest.mark.oldest_and_newest
@pytest.mark.parametrize("write", [True, False])
def test_newer_data_is_not_touched_and_the_exact_backup_is_named(
    newer, before_upgrade, refuse, now, write
):
    before = bytes_of(newer)
    error = refuse(newer, write=write)
    assert error.code == "data-newer"
    for said in ("9.9.0", propdesk.__version__, before_upgrade.name, f"{now:%Y-%m-%d %H:%M}"):
        assert said in str(error)
    assert error.back.is_exact
    assert error.back.lost == 5
    assert bytes_of(newer) == before


@pytest.mark.oldest_and_newest
def test_a_newer_program_that_was_killed_left_a_log_that_stays(
    newer, future, refuse, start_python, add_entries, before_upgrade, tmp_path
):
    with dbapi2.connect(str(newer / DATA_FILE), isolation_level=None) as at_work:
        at_work.execute("INSERT INTO draft VALUES ('ticket', '{}', '2026-11-21T10:00:00')")
        killed = shutil.copytree(newer, tmp_path / "killed")
    at_work.close()
    (killed / f"{DATA_FILE}-shm").unlink()
    before = bytes_of(killed)
    assert f"{DATA_FILE}-wal" in before
    assert refuse(killed).back.lost == 5
    after = bytes_of(killed)
    after.pop(f"{DATA_FILE}-shm", None)  # SQLite's scratch index
    assert after == before


@pytest.mark.oldest_and_newest
def test_the_way_back_is_the_office_of_then_and_leaves_the_newer_one(
    newer, refuse, whole, tmp_path
):
    before = bytes_of(newer)
    backup = refuse(newer).back.backup
    restored = backups.restore_backup(backup.path, tmp_path / "back")
    whole(restored.folder)
    assert bytes_of(newer) == before


@pytest.mark.oldest_and_newest
def test_without_the_exact_backup_the_newest_readable_one_is_named(
    newer, before_upgrade, refuse, future, now, old_backup, tmp_path
):
    other = offices.open_office(tmp_path / "other", now=now)
    backups.make_backup(other, now=now, folder=newer / "backups")
    close_office(other)
    with future():
        office = offices.open_office(newer, now=now)
        uid = backups.make_backup(office, now=now).manifest.office_uid
        close_office(office)
    before_upgrade.unlink()
    error = refuse(newer)
    assert error.back.backup is None
    assert _("There is no backup beside it that this propdesk could go back to.") in str(error)
    for day in ("20251130", "20251231"):
        older = newer / "backups" / f"{day}-180000-{uid[:8]}.pdbak"
        shutil.copyfile(old_backup, older)
    error = refuse(newer)
    assert error.back.backup.path == older
    assert not error.back.is_exact
    assert error.back.lost == 5
    assert older.name in str(error)


@pytest.mark.oldest_and_newest
def test_a_damaged_exact_backup_is_not_named(newer, before_upgrade, refuse):
    before_upgrade.write_bytes(b"PK" + bytes(100))
    assert refuse(newer).back.backup is None


@pytest.mark.oldest_and_newest
@pytest.mark.parametrize("change", [
    "DROP TABLE upgrade",
    "ALTER TABLE upgrade RENAME COLUMN program TO propdesk",
    "UPDATE upgrade SET backup = '../../../office.db'",
    "UPDATE upgrade SET backup = 'C:\\\\office.pdbak', program = '<b>9</b>' || char(10)",
    "DROP TABLE office",
    "PRAGMA journal_mode = DELETE",
])  # fmt: skip
def test_whatever_newer_data_has_become_it_is_refused_with_a_sentence(newer, refuse, change):
    with dbapi2.connect(str(newer / DATA_FILE), isolation_level=None) as changed:
        changed.execute("PRAGMA foreign_keys = 0")
        changed.execute(change)
    changed.close()
    before = bytes_of(newer)
    error = refuse(newer)
    assert error.code == "data-newer"
    assert error.back.backup is not None
    assert bytes_of(newer) == before


@pytest.mark.oldest_and_newest
def test_data_that_only_its_header_calls_newer_is_refused(old_office, refuse):
    """A file whose inside cannot be read at all: encrypted, or torn."""
    file = old_office / DATA_FILE
    torn = bytearray(file.read_bytes())
    torn[60:64] = (99).to_bytes(4, "big")
    torn[100:] = b"\xff" * (len(torn) - 100)
    file.write_bytes(torn)
    error = refuse(old_office)
    assert error.code == "data-newer"
    assert "99" in str(error)
    assert (error.back.program, error.back.lost) == ("", None)
    assert file.read_bytes() == torn


def test_an_office_made_by_a_newer_program_has_no_way_back(tmp_path, future, now, refuse):
    with future():
        close_office(offices.open_office(tmp_path / "new", now=now))
    error = refuse(tmp_path / "new")
    assert "9.9.0" in str(error)
    assert error.back.backup is None


@pytest.mark.oldest_and_newest
def test_a_newer_backup_names_the_program_that_opens_it(newer, future, now, tmp_path):
    with future():
        office = offices.open_office(newer, now=now)
        made = backups.make_backup(office, now=now, folder=tmp_path)
        close_office(office)
    before = made.path.read_bytes()
    for act in (
        lambda: backups.restore_backup(made.path, tmp_path / "back"),
        lambda: backup_folders.verify_backup(made.path),
    ):
        with pytest.raises(RuleError, match=r"9\.9\.0") as refusal:
            act()
        assert refusal.value.code == "backup-newer"
    assert not (tmp_path / "back").exists()
    assert made.path.read_bytes() == before
    assert "9.9.0" in backup_folders.list_backups(tmp_path)[0].problem
    with future():
        backups.restore_backup(made.path, tmp_path / "back")
