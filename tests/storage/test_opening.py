"""Opening an office: what is made, what is refused and why, who may write at a time."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from peewee import OperationalError
from sqlcipher3 import dbapi2

from propdesk.domain.errors import RuleError
from propdesk.storage import backups, opening
from propdesk.storage import database as db
from propdesk.storage.data_file import DATA_FILE, newest_backup
from propdesk.storage.migrations import runner
from propdesk.storage.office import OfficeRecord
from propdesk.storage.opening import OpenOffice, close_office, open_office


@pytest.fixture
def closed(folder, add_tickets, now):
    """The folder of a closed office with three tickets."""
    office = open_office(folder, now=now)
    add_tickets(3)
    close_office(office)
    return folder


def refuse(folder, now, **how) -> RuleError:
    """Open a folder that must be refused, with nothing left open."""
    with pytest.raises(RuleError) as refusal:
        open_office(folder, now=now, **how)
    assert db.database.is_closed()
    return refusal.value


@pytest.mark.parametrize("exists", [False, True])
def test_an_absent_or_empty_folder_becomes_a_new_office(folder, now, exists):
    if exists:
        folder.mkdir(parents=True)
    office = open_office(folder, now=now)
    assert office.created
    assert OfficeRecord.get().created_at == now
    assert db.rows("PRAGMA user_version") == [(runner.VERSION,)]
    close_office(office)
    again = open_office(folder, now=now)
    assert not again.created
    assert OfficeRecord.select().count() == 1
    close_office(again)
    assert sorted(file.name for file in folder.iterdir() if file.suffix != ".lock") == [DATA_FILE]


def test_the_engine_keeps_its_promises(folder, now, as_the_program, monkeypatch):
    as_the_program(monkeypatch)
    office = open_office(folder, now=now)
    for pragma, value in (
        ("journal_mode", "wal"),
        ("synchronous", 2),
        ("foreign_keys", 1),
        ("trusted_schema", 0),
        ("secure_delete", 1),
        ("cell_size_check", 1),
        ("recursive_triggers", 1),
        ("busy_timeout", 5000),
    ):
        assert db.rows(f"PRAGMA {pragma}") == [(value,)]
    close_office(office)


def test_a_remembered_folder_that_is_gone_is_not_made_anew(folder, now):
    assert refuse(folder, now, create=False).code == "office-missing"
    assert not folder.exists()


def test_a_file_in_the_folders_place_is_refused(tmp_path, now):
    file = tmp_path / "office"
    file.write_text("x")
    assert refuse(file, now).code == "place-not-folder"
    assert file.read_text() == "x"


def test_a_folder_in_the_data_files_place_is_refused(folder, now):
    (folder / DATA_FILE).mkdir(parents=True)
    assert refuse(folder, now).code == "data-not-database"


def test_backups_without_a_data_file_are_refused_and_the_newest_is_named(closed, now):
    office = open_office(closed, now=now)
    backup = backups.make_backup(office, now=now)
    close_office(office)
    (closed / DATA_FILE).unlink()
    error = refuse(closed, now)
    assert error.code == "data-missing"
    assert backup.path.name in str(error)
    assert not (closed / DATA_FILE).exists()


@pytest.mark.parametrize("left", ["office.db-wal", "attachments"])
def test_leftovers_without_a_data_file_are_refused(folder, now, left):
    (folder / left).mkdir(parents=True)
    assert refuse(folder, now).code == "data-missing"
    assert not (folder / DATA_FILE).exists()


@pytest.mark.parametrize("kept", [0, 1, 15, 16, 99, 100, 4095, 4096, "half", "all but one"])
def test_truncated_files_are_refused_and_left_as_they_are(closed, now, kept):
    file = closed / DATA_FILE
    whole = file.read_bytes()
    size = {"half": len(whole) // 2, "all but one": len(whole) - 1}.get(kept, kept)
    file.write_bytes(whole[:size])
    assert refuse(closed, now).code == "data-truncated"
    assert file.read_bytes() == whole[:size]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda whole: bytes(len(whole)),
        lambda whole: b"PK\x03\x04" + whole[4:],
        lambda _whole: "亲爱的业主".encode() * 1000,
    ],
    ids=["zeros", "zip", "text"],
)
def test_files_that_are_no_database_are_refused(closed, now, spoil):
    file = closed / DATA_FILE
    spoiled = spoil(file.read_bytes())
    file.write_bytes(spoiled)
    assert refuse(closed, now).code == "data-not-database"
    assert file.read_bytes() == spoiled


@pytest.mark.parametrize("version", [0, 1])
def test_another_programs_database_is_refused_and_not_migrated(folder, now, version):
    folder.mkdir(parents=True)
    with dbapi2.connect(str(folder / DATA_FILE)) as other:
        other.execute("CREATE TABLE photos (x)")
        other.execute(f"PRAGMA user_version = {version}")
    other.close()
    before = (folder / DATA_FILE).read_bytes()
    assert refuse(folder, now).code == "data-not-database"
    assert (folder / DATA_FILE).read_bytes() == before
    with dbapi2.connect(str(folder / DATA_FILE)) as other:
        assert other.execute("SELECT name FROM sqlite_schema").fetchall() == [("photos",)]
    other.close()


def test_a_newer_data_file_is_refused_and_not_touched(closed, now):
    file = closed / DATA_FILE
    with dbapi2.connect(str(file)) as newer:
        newer.execute("PRAGMA journal_mode = DELETE")
        newer.execute(f"PRAGMA user_version = {runner.VERSION + 1}")
    newer.close()
    before = file.read_bytes()
    assert refuse(closed, now).code == "data-newer"
    assert refuse(closed, now, write=False).code == "data-newer"
    assert file.read_bytes() == before


def test_what_a_killed_first_opening_left_is_swept(folder, now):
    folder.mkdir(parents=True)
    for name in ("office.db.part", "office.db.part-wal", "office.lock", "office.lock.json"):
        (folder / name).write_bytes(b"half")
    office = open_office(folder, now=now)
    assert office.created
    close_office(office)
    assert sorted(file.name for file in folder.iterdir() if file.suffix != ".lock") == [DATA_FILE]


def test_a_new_office_appears_with_its_first_rows_or_not_at_all(folder, now, add_tickets, counted):
    def fail() -> None:
        add_tickets(1)
        raise RuleError("disk-full", "full")

    assert refuse(folder, now, first_rows=fail).code == "disk-full"
    assert not any(folder.glob("office.db*"))
    office = open_office(folder, now=now, first_rows=lambda: add_tickets(2))
    assert office.created
    assert counted() == 2
    close_office(office)
    close_office(open_office(folder, now=now, first_rows=pytest.fail))


def test_every_flipped_page_opens_or_is_refused_and_lets_go(closed, now, chance):
    file = closed / DATA_FILE
    whole = file.read_bytes()
    seen = set()
    for page in range(len(whole) // 4096):
        for place in (chance.randrange(100), chance.randrange(4096)):
            broken = bytearray(whole)
            broken[page * 4096 + place] ^= 1 << chance.randrange(8)
            file.write_bytes(broken)
            try:
                close_office(open_office(closed, now=now))
                seen.add("opened")
            except RuleError as error:
                seen.add(error.code)
            assert db.database.is_closed()
            assert not (closed / "office.lock.json").exists()
            for sidecar in ("-wal", "-shm"):
                (closed / (DATA_FILE + sidecar)).unlink(missing_ok=True)
    assert {"opened", "data-damaged"} <= seen
    assert seen <= {"opened", "data-damaged", "data-not-database", "data-truncated", "data-newer"}


def test_the_check_can_wait_until_the_window_stands(closed, now):
    file = closed / DATA_FILE
    broken = bytearray(file.read_bytes())
    broken[30 * 4096 : 31 * 4096] = b"\xff" * 4096
    file.write_bytes(broken)
    office = open_office(closed, now=now, check=False)
    with pytest.raises(RuleError) as refusal:
        opening.check_quickly()
    assert refusal.value.code == "data-damaged"
    close_office(office)


HOLD = """
office = open_office(folder, now=NOW)
print("open", flush=True)
sys.stdin.readline()
write_tickets(int(sys.argv[2]))
print("written", flush=True)
sys.stdin.readline()
close_office(office)
"""


@pytest.fixture
def holder(start_python, closed) -> "subprocess.Popen[str]":
    """Another process that has the office open for writing."""
    process = start_python(HOLD, closed, 2)
    assert process.stdout.readline() == "open\n"
    return process


def tell(process: "subprocess.Popen[str]") -> str:
    """Let the other process take its next step and say what it says."""
    process.stdin.write("\n")
    process.stdin.flush()
    return process.stdout.readline()


def test_a_second_writer_is_refused_and_told_who_has_it(closed, holder, now, tmp_path):
    error = refuse(closed, now)
    assert error.code == "office-open-elsewhere"
    assert str(holder.pid) in str(error)
    alias = tmp_path / "alias"
    alias.symlink_to(closed)
    assert refuse(alias, now).code == "office-open-elsewhere"
    assert tell(holder) == "written\n"


@pytest.mark.parametrize("owner", ["", "{", "[]", '{"pid": 1}', "null"])
def test_an_unreadable_owner_note_still_gives_a_sentence(closed, holder, now, owner):
    (closed / "office.lock.json").write_text(owner)
    assert refuse(closed, now).code == "office-open-elsewhere"


def test_readers_read_beside_a_writer_and_cannot_write(closed, holder, now, counted):
    office = open_office(closed, now=now, write=False)
    assert office.lock is None
    assert counted() == 3
    assert tell(holder) == "written\n"
    assert counted() == 5
    with pytest.raises(OperationalError):
        db.database.execute_sql("DELETE FROM ticket_words")
    assert backups.make_backup(office, now=now).manifest.rows["ticket"] == 5
    close_office(office)
    assert json.loads((closed / "office.lock.json").read_text())["pid"] == holder.pid


def test_a_killed_owners_lock_is_taken_over(closed, holder, now, counted):
    tell(holder)
    holder.kill()
    holder.wait()
    assert json.loads((closed / "office.lock.json").read_text())["pid"] == holder.pid
    office = open_office(closed, now=now)
    assert counted() == 5
    assert json.loads((closed / "office.lock.json").read_text())["pid"] == os.getpid()
    close_office(office)


def test_closing_gives_the_office_back(closed, now):
    for _turn in range(2):
        office = open_office(closed, now=now)
        close_office(office)
        assert sorted(file.name for file in closed.iterdir() if file.suffix != ".lock") == [
            DATA_FILE
        ]


def test_readers_do_not_migrate(closed, now, monkeypatch):
    monkeypatch.setattr(runner, "VERSION", runner.VERSION + 1)
    assert refuse(closed, now, write=False).code == "data-older"


def test_a_failed_first_opening_takes_the_new_file_back(folder, now, monkeypatch):
    def fail(*_arguments: object) -> None:
        raise RuleError("disk-full", "full")

    monkeypatch.setattr(runner, "migrate", fail)
    assert refuse(folder, now).code == "disk-full"
    assert not (folder / DATA_FILE).exists()
    monkeypatch.undo()
    close_office(open_office(folder, now=now))


def test_paths_are_those_of_the_folder(tmp_path):
    office = OpenOffice(tmp_path, created=False, lock=None)
    assert office.data_file == tmp_path / "office.db"
    assert office.backups == tmp_path / "backups"
    assert newest_backup(tmp_path) is None


@pytest.fixture
def protected(closed) -> Iterator[Path]:
    """The closed office on a disk that was made read-only."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("SKIPPED: a read-only disk needs root on Linux")
    done = subprocess.run(
        ["mount", "--bind", str(closed), str(closed)], capture_output=True, text=True, check=False
    )
    if done.returncode:
        pytest.skip(f"SKIPPED: no disk can be mounted here: {done.stderr.strip()}")
    subprocess.run(["mount", "-o", "remount,bind,ro", str(closed)], check=True)
    yield closed
    subprocess.run(["umount", "-l", str(closed)], check=True)


def test_a_protected_office_is_read_and_backed_up_but_not_opened(protected, now, counted, tmp_path):
    error = refuse(protected, now)
    assert error.code == "data-read-only"
    assert str(protected) in str(error)
    office = open_office(protected, now=now, write=False)
    assert counted() == 3
    with pytest.raises(OperationalError):
        db.database.execute_sql("DELETE FROM draft")
    made = backups.make_backup(office, now=now, folder=tmp_path / "stick")
    assert made.manifest.rows["ticket"] == 3
    with pytest.raises(RuleError):
        backups.make_backup(office, now=now)
    close_office(office)
    restored = backups.restore_backup(made.path, tmp_path / "again")
    close_office(open_office(restored.folder, now=now))


def test_a_protected_file_is_refused(closed, now, monkeypatch):
    """A file that was copied from a CD; root may write it all the same, so its answer is given."""
    monkeypatch.setattr(os, "access", lambda path, _mode: Path(path).name != DATA_FILE)
    assert refuse(closed, now).code == "data-read-only"
    monkeypatch.undo()
    close_office(open_office(closed, now=now))


def test_an_engine_that_loses_writes_is_not_used(closed, now, monkeypatch):
    monkeypatch.setattr(db.OfficeDatabase, "server_version", (3, 40, 1))
    with pytest.raises(ValueError, match="too old"):
        open_office(closed, now=now)
    assert db.database.is_closed()
