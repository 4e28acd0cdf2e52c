"""Backups: made while the office is written, whole or refused, thinned out, brought back."""

import errno
import os
import re
import shutil
import threading
import zipfile
from datetime import datetime, timedelta
from pathlib import Path, PurePosixPath, PureWindowsPath

import pytest
from sqlcipher3 import dbapi2

from propdesk.domain.backups import SUFFIX, backup_name, read_name
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.storage import backup_files, backup_folders, backups, snapshots
from propdesk.storage import database as db
from propdesk.storage.data_file import DATA_FILE
from propdesk.storage.migrations import runner
from propdesk.storage.opening import close_office, open_office
from propdesk.storage.tickets import TicketRecord


def names(folder: Path) -> list[str]:
    """Everything in a folder but the lock."""
    return sorted(file.name for file in folder.iterdir() if file.name != ".lock")


def reseal(file: Path) -> None:
    """Seal a changed backup again, as a careful forger would."""
    body = file.read_bytes()[:-64]
    file.write_bytes(body + b"0" * 64)
    seal = backup_files.sha256_of(file, without_tail=64)
    file.write_bytes(body + seal.encode())


@pytest.fixture
def backup(office, add_tickets, now):
    """A backup of an office with 30 tickets."""
    add_tickets(30)
    return backups.make_backup(office, now=now)


def test_a_backup_is_named_by_its_time_and_says_what_it_holds(office, backup, now):
    assert re.fullmatch(r"20261121-103200-[0-9a-f]{8}\.pdbak", backup.path.name)
    assert names(office.backups) == [backup.path.name]
    manifest = backup_folders.verify_backup(backup.path)
    assert manifest == backup.manifest
    assert manifest.rows["ticket"] == manifest.rows["ticket_event"] == 30
    assert manifest.journal_head == 30
    assert manifest.schema == runner.VERSION
    assert manifest.created_at == now
    assert (manifest.office_uid,) == db.rows("SELECT uid FROM office")[0]


def test_restored_office_holds_every_row(office, backup, tmp_path, now, counted):
    progress = []
    restored = backups.restore_backup(
        backup.path, tmp_path / "neu" / "restored", on_progress=lambda *step: progress.append(step)
    )
    assert progress[-1] == (100, 100)
    before = db.rows("SELECT * FROM ticket_event ORDER BY sequence")
    close_office(office)
    again = open_office(restored.folder, now=now, create=False)
    try:
        assert counted() == 30
        assert db.rows("SELECT * FROM ticket_event ORDER BY sequence") == before
        assert db.rows(
            "SELECT count(*) FROM ticket_words WHERE ticket_words MATCH '\"电 梯\"'"
        ) == [(30,)]
        assert names(tmp_path / "neu") == ["restored"]
    finally:
        close_office(again)


def test_two_backups_in_one_second_get_two_names(office, backup, now):
    second = backups.make_backup(office, now=now)
    assert second.name.created_at == now + timedelta(seconds=1)
    assert [file.path for file in backup_folders.list_backups(office.backups)] == [
        second.path,
        backup.path,
    ]


def test_backup_while_another_thread_writes_sees_one_moment(office, add_tickets, now):
    add_tickets(200)
    stop, failures = threading.Event(), []

    def write() -> None:
        try:
            with db.database.connection_context():
                while not stop.is_set():
                    add_tickets(1)
        except Exception as error:
            failures.append(error)

    writer = threading.Thread(target=write)
    writer.start()
    made = [backups.make_backup(office, now=now) for _turn in range(3)]
    stop.set()
    writer.join()
    assert not failures
    heads = [backup_folders.verify_backup(file.path) for file in made]
    for manifest in heads:
        assert manifest.rows["ticket"] == manifest.rows["ticket_event"] == manifest.journal_head
    assert 200 <= heads[0].journal_head < heads[2].journal_head <= TicketRecord.select().count()


@pytest.mark.parametrize("moment", [0.1, 0.5, 0.9])
def test_cancelled_backup_leaves_nothing_and_the_next_one_works(office, add_tickets, now, moment):
    add_tickets(100)
    asked = 0

    def count() -> bool:
        nonlocal asked
        asked += 1
        return False

    backups.make_backup(office, now=now, cancelled=count)
    wanted = max(1, int(asked * moment))
    asked = 0

    def press() -> bool:
        nonlocal asked
        asked += 1
        return asked >= wanted

    before = names(office.backups)
    with pytest.raises(Cancelled):
        backups.make_backup(office, now=now, cancelled=press)
    assert names(office.backups) == before
    assert backups.make_backup(office, now=now).manifest is not None


def test_two_backups_at_once_are_refused(office, add_tickets, now):
    add_tickets(1)
    inner = []

    def meanwhile(_done: int, _total: int) -> None:
        if not inner:
            inner.append(True)
            with pytest.raises(RuleError) as refusal:
                backups.make_backup(office, now=now)
            inner.append(refusal.value.code)

    backups.make_backup(office, now=now, on_progress=meanwhile)
    assert inner == [True, "backup-under-way"]


def test_every_flipped_bit_is_found(backup, chance):
    whole = backup.path.read_bytes()
    for _turn in range(300):
        broken = bytearray(whole)
        broken[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        backup.path.write_bytes(broken)
        with pytest.raises(RuleError) as refusal:
            backup_folders.verify_backup(backup.path)
        assert refusal.value.code in {"backup-damaged", "backup-not-ours"}


@pytest.mark.parametrize("kept", [0, 1, 30, 64, 100, 4095, -1, -64, -65])
def test_truncated_backups_are_refused(backup, kept, tmp_path):
    backup.path.write_bytes(backup.path.read_bytes()[:kept])
    with pytest.raises(RuleError) as refusal:
        backup_folders.verify_backup(backup.path)
    assert refusal.value.code in {"backup-damaged", "backup-not-ours"}
    with pytest.raises(RuleError):
        backups.restore_backup(backup.path, tmp_path / "to")
    assert not (tmp_path / "to").exists()


def test_refusal_of_a_damaged_backup_names_the_next_older_whole_one(office, backup, now):
    damaged = backups.make_backup(office, now=now + timedelta(days=1)).path
    newest = backups.make_backup(office, now=now + timedelta(days=2)).path
    damaged.write_bytes(damaged.read_bytes()[:-1])
    newest.write_bytes(b"\0" * 5000)
    with pytest.raises(RuleError) as refusal:
        backup_folders.verify_backup(damaged)
    assert backup.path.name in str(refusal.value)
    shutil.copy(damaged, newest)
    with pytest.raises(RuleError) as refusal:
        backup_folders.verify_backup(newest)
    assert backup.path.name in str(refusal.value)
    assert damaged.name not in str(refusal.value)


def test_a_fuzzed_and_resealed_backup_gives_a_refusal_or_the_same_data(backup, chance):
    whole = backup.path.read_bytes()
    for turn in range(250):
        broken = bytearray(whole)
        if turn % 2:
            place = len(whole) - 65 - chance.randrange(200)
        else:
            place = chance.randrange(len(whole) - 64)
        broken[place] = chance.randrange(256)
        backup.path.write_bytes(broken)
        reseal(backup.path)
        try:
            manifest = backup_folders.verify_backup(backup.path)
        except RuleError:
            continue
        assert manifest == backup.manifest


def rebuilt(backup, change, tmp_path) -> Path:
    """Return a backup with the data inside changed by SQL, its hashes and its seal made right."""
    data = tmp_path / "inside.db"
    with zipfile.ZipFile(backup.path) as archive:
        data.write_bytes(archive.read("office.db"))
    connection = dbapi2.connect(str(data), isolation_level=None)
    connection.execute("PRAGMA journal_mode = DELETE")
    for statement in change:
        connection.execute(statement)
    connection.close()
    manifest = backup_files.read_manifest(backup.path)
    values = {name: getattr(manifest, name) for name in manifest.__dataclass_fields__}
    values |= {"size": data.stat().st_size, "sha256": backup_files.sha256_of(data)}
    target = tmp_path / "20261121-110000-0badc0de.pdbak"
    backup_files.pack(data, type(manifest)(**values), target, lambda *_: None, lambda: False)
    return target


@pytest.mark.parametrize(
    "change",
    [
        ["CREATE TRIGGER t AFTER INSERT ON ticket BEGIN DELETE FROM person; END"],
        ["CREATE VIEW v AS SELECT load_extension('x')"],
        ["CREATE VIRTUAL TABLE w USING fts5 (x)"],
        ["DROP TRIGGER ticket_event_no_delete", "DELETE FROM ticket_event WHERE sequence > 20"],
        ["DROP TABLE draft"],
        ["ALTER TABLE draft ADD COLUMN evil TEXT"],
        ["PRAGMA user_version = 0"],
        ["PRAGMA user_version = -1"],
        ["PRAGMA user_version = 999"],
        ["DELETE FROM setting", "INSERT INTO setting VALUES ('x', '1')"],
        ["DELETE FROM office"],
        ["UPDATE office SET uid = 'another'"],
        ["PRAGMA foreign_keys = 0", "UPDATE ticket SET first_receiver_id = 99"],
    ],
)
def test_a_forged_data_file_inside_is_refused_before_it_appears(backup, change, tmp_path):
    forged = rebuilt(backup, change, tmp_path)
    with pytest.raises(RuleError) as refusal:
        backups.restore_backup(forged, tmp_path / "to")
    assert refusal.value.code in {"data-foreign", "data-damaged", "backup-damaged"}
    assert not (tmp_path / "to").exists()
    assert not list(tmp_path.glob(".to*"))


def test_an_index_that_somebody_added_does_no_harm(backup, tmp_path):
    forged = rebuilt(backup, ["CREATE INDEX mine ON ticket (matter)"], tmp_path)
    assert backups.restore_backup(forged, tmp_path / "to").folder == tmp_path / "to"


def member(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


@pytest.mark.parametrize(
    "members",
    [
        ["../../evil", "office.db"],
        ["/etc/evil", "manifest.json", "office.db"],
        ["manifest.json", "C:\\evil", "office.db"],
        ["manifest.json", "office.db", "office.db"],
        ["manifest.json", "office.db", "OFFICE.DB"],
        ["manifest.json", "office.db", "CON"],
        ["manifest.json"],
        ["office.db", "manifest.json"],
        ["manifest.json", "office.db"],
        [],
    ],
)
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_hostile_archives_are_refused_before_a_byte_is_written(members, tmp_path):
    file = tmp_path / "20261121-110000-0badc0de.pdbak"
    link = members == ["manifest.json", "office.db"]
    with zipfile.ZipFile(file, "w") as archive:
        archive.comment = b"0" * 64
        for name in members:
            archive.writestr(member(name, 0o120777 if link else 0), "/etc/passwd")
    reseal(file)
    with pytest.raises(RuleError) as refusal:
        backups.restore_backup(file, tmp_path / "to")
    assert refusal.value.code == "backup-not-ours"
    assert names(tmp_path) == [file.name]


def test_a_bomb_is_refused_by_what_it_claims_and_by_what_it_holds(backup, tmp_path):
    manifest = (zipfile.ZipFile(backup.path)).read("manifest.json")
    bomb = tmp_path / backup.path.name
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"0" * 64
        archive.writestr(member("manifest.json"), manifest)
        archive.writestr(member("office.db"), b"\0" * 50_000_000)
    reseal(bomb)
    with pytest.raises(RuleError) as refusal:
        backups.restore_backup(bomb, tmp_path / "to")
    assert refusal.value.code == "backup-damaged"
    assert names(tmp_path) == sorted([bomb.name, "物业 数据（一）"])


def test_other_files_are_told_apart(tmp_path, office):
    text = tmp_path / "letter.pdbak"
    text.write_text("Dear Sir")
    for file, code in (
        (text, "backup-not-ours"),
        (tmp_path / "none.pdbak", "backup-missing"),
        (tmp_path, "backup-missing"),
        (office.data_file, "backup-not-ours"),
    ):
        with pytest.raises(RuleError) as refusal:
            backup_folders.verify_backup(file)
        assert refusal.value.code == code


def test_a_backup_of_a_newer_program_is_refused(office, add_tickets, now, monkeypatch, tmp_path):
    made = backups.make_backup(office, now=now)
    monkeypatch.setattr(runner, "VERSION", runner.VERSION - 1)
    with pytest.raises(RuleError) as refusal:
        backups.restore_backup(made.path, tmp_path / "to")
    assert refusal.value.code == "backup-newer"
    assert not (tmp_path / "to").exists()


def test_restore_takes_an_empty_folder_and_no_other(backup, tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    assert backups.restore_backup(backup.path, empty).folder == empty
    assert names(empty) == [DATA_FILE]
    for full in (empty, backup.path):
        with pytest.raises(RuleError) as refusal:
            backups.restore_backup(backup.path, full)
        assert refusal.value.code == "restore-not-empty"
    assert names(empty) == [DATA_FILE]


def test_restore_refuses_places_where_data_may_not_live(backup, tmp_path):
    synced = tmp_path / "Dropbox"
    synced.mkdir()
    with pytest.raises(RuleError) as refusal:
        backups.restore_backup(backup.path, synced / "office")
    assert refusal.value.code == "place-sync"


def test_cancelled_restore_leaves_nothing(backup, tmp_path):
    with pytest.raises(Cancelled):
        backups.restore_backup(backup.path, tmp_path / "to", cancelled=lambda: True)
    assert not [file for file in tmp_path.iterdir() if "to" in file.name]


def test_what_a_killed_restore_left_is_swept_and_a_strangers_folder_is_not(backup, tmp_path):
    left = tmp_path / ".to.part"
    left.mkdir()
    (left / DATA_FILE).write_bytes(b"half")
    backups.restore_backup(backup.path, tmp_path / "to")
    assert not left.exists()
    other = tmp_path / ".mine.part"
    other.mkdir()
    (other / "photo.jpg").write_bytes(b"mine")
    with pytest.raises(RuleError):
        backups.restore_backup(backup.path, tmp_path / "mine")
    assert names(other) == ["photo.jpg"]


def test_no_room_for_the_restore_is_said_before_a_byte_is_written(backup, tmp_path, monkeypatch):
    usage = shutil.disk_usage(tmp_path)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: usage._replace(free=1000))
    with pytest.raises(RuleError) as refusal:
        backups.restore_backup(backup.path, tmp_path / "to")
    assert refusal.value.code == "disk-full"
    assert not (tmp_path / "to").exists()


def test_backup_to_a_folder_that_cannot_be_written_is_refused(office, backup, now, tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("a file stands here")
    with pytest.raises(RuleError) as refusal:
        backups.make_backup(office, now=now, folder=blocked / "sub")
    assert refusal.value.code == "backup-not-written"
    assert names(office.backups) == [backup.path.name]


def test_the_second_place_gets_a_copy_that_is_read_back(backup, tmp_path):
    stick = tmp_path / "stick"
    with pytest.raises(RuleError) as refusal:
        backups.copy_backup(backup.path, stick)
    assert refusal.value.code == "backup-folder-missing"
    assert not stick.exists()
    stick.mkdir()
    copy = backups.copy_backup(backup.path, stick)
    assert backup_folders.verify_backup(copy) == backup.manifest
    assert names(stick) == [backup.path.name]


def test_a_damaged_first_backup_is_not_copied(backup, tmp_path):
    stick = tmp_path / "stick"
    stick.mkdir()
    backup.path.write_bytes(backup.path.read_bytes()[:-1] + b"!")
    with pytest.raises(RuleError) as refusal:
        backups.copy_backup(backup.path, stick)
    assert refusal.value.code == "backup-damaged"
    assert names(stick) == []


def test_a_live_file_with_a_strangers_trigger_is_told_at_the_backup(office, add_tickets, now):
    add_tickets(1)
    db.database.execute_sql("CREATE TRIGGER evil AFTER INSERT ON draft BEGIN SELECT 1; END")
    with pytest.raises(RuleError) as refusal:
        backups.make_backup(office, now=now)
    assert refusal.value.code == "data-foreign"
    assert "evil" in str(refusal.value)
    assert names(office.backups) == []


def test_the_mark_changes_with_work_and_not_with_drafts(office, add_tickets, now):
    marks = [snapshots.look(office.data_file).mark]
    db.database.execute_sql("INSERT INTO draft VALUES ('ticket', '{}', '2026-11-21T10:00:00')")
    assert snapshots.look(office.data_file).mark == marks[0]
    for statement in (
        "INSERT INTO setting VALUES ('office.name', '\"一号\"')",
        "UPDATE setting SET value = '\"二号\"'",
        "INSERT INTO community (name) VALUES ('花园')",
        "INSERT INTO person (name, salutation, note, version) VALUES ('张三', '', '', 1)",
        "UPDATE person SET name = '张四', version = 2",
    ):
        db.database.execute_sql(statement)
        marks.append(snapshots.look(office.data_file).mark)
    add_tickets(1)
    marks.append(snapshots.look(office.data_file).mark)
    assert len(set(marks)) == len(marks)
    close_office(office)
    reopened = open_office(office.folder, now=now)
    assert snapshots.look(office.data_file).mark == marks[-1]
    close_office(reopened)


def spread(folder: Path, source: Path, days: range, now: datetime) -> list[Path]:
    """Lay copies of a backup under the names of the days before `now`."""
    name = read_name(source.name)
    copies = []
    for day in days:
        copy = folder / backup_name(now - timedelta(days=day), name.office).text
        if copy != source:
            shutil.copy(source, copy)
        copies.append(copy)
    return copies


def test_pruning_keeps_the_ladder_and_strangers_files(office, backup, now):
    spread(office.backups, backup.path, range(1, 500), now)
    others = ["20200101-000000-ffffffff.pdbak", "notes.txt", "20200101-000000-zzzzzzzz.pdbak"]
    for other in others:
        (office.backups / other).write_text("not ours")
    backup_folders.prune(office.backups, backup.manifest.office_uid, now)
    left = [name for name in names(office.backups) if name not in others]
    assert set(others) <= set(names(office.backups))
    assert len(left) == 14 + 11
    assert left[-14:] == [
        backup_name(now - timedelta(days=day), backup.name.office).text for day in range(13, -1, -1)
    ]


def test_pruning_keeps_three_whole_backups_even_when_the_rule_lets_them_go(office, backup, now):
    copies = spread(office.backups, backup.path, range(500), now)
    for copy in copies[:480]:
        copy.write_bytes(b"bad")
    backup_folders.prune(office.backups, backup.manifest.office_uid, now)
    assert all(copy.exists() for copy in copies[480:483])
    assert not any(copy.exists() for copy in copies[483:])
    copies[480].write_bytes(b"bad")
    spread(office.backups, copies[481], range(600, 601), now)
    copies[481].write_bytes(b"bad")
    before = names(office.backups)
    assert backup_folders.prune(office.backups, backup.manifest.office_uid, now) == ()
    assert names(office.backups) == before


def test_a_clock_that_went_back_prunes_nothing(office, backup, now):
    spread(office.backups, backup.path, range(500), now)
    before = names(office.backups)
    assert (
        backup_folders.prune(office.backups, backup.manifest.office_uid, now - timedelta(days=1))
        == ()
    )
    assert names(office.backups) == before


def test_killed_backups_leave_only_whole_names_and_are_swept(
    office, add_tickets, now, start_python, chance
):
    add_tickets(400)
    script = """
    office = open_office(folder, now=NOW, write=False)
    print("ready", flush=True)
    while True:
        backups.make_backup(office, now=NOW)
    """
    parts = 0
    for _turn in range(6):
        process = start_python(script, office.folder)
        assert process.stdout.readline() == "ready\n"
        with pytest.raises(TimeoutError):
            wait(process, 0.05 + chance.random() * 0.25)
        process.kill()
        process.wait()
        parts += any(name.endswith(".part") for name in names(office.backups))
        for file in backup_folders.list_backups(office.backups):
            assert backup_folders.verify_backup(file.path).rows["ticket"] == 400
    assert parts, "no kill hit a backup at work"
    backups.make_backup(office, now=now)
    assert all(name.endswith(SUFFIX) for name in names(office.backups))


def wait(process, seconds: float) -> None:
    """Let a process run for so long; it must not end by itself."""
    try:
        process.wait(seconds)
    except Exception as error:
        raise TimeoutError from error


def test_a_full_disk_leaves_no_part_and_the_older_backup(office, backup, now, run_python):
    script = """
    office = open_office(folder, now=NOW, write=False)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
    try:
        backups.make_backup(office, now=NOW)
    except RuleError as error:
        print(error.code)
    """
    size = office.data_file.stat().st_size
    for limit in (1000, size // 2, backup.size // 2):
        done = run_python(script, office.folder, limit)
        assert done.stderr == ""
        assert done.stdout.strip() in {"disk-full", "backup-not-written"}
        assert names(office.backups) == [backup.path.name]
    assert backup_folders.verify_backup(backup.path) == backup.manifest


def test_a_restore_that_is_killed_leaves_all_or_nothing(backup, tmp_path, start_python, chance):
    script = """
    print("ready", flush=True)
    sys.stdin.readline()
    backups.restore_backup(Path(sys.argv[2]), folder)
    """
    for turn in range(5):
        to = tmp_path / f"to{turn}"
        process = start_python(script, to, backup.path)
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n")
        process.stdin.flush()
        try:
            wait(process, chance.random() * 0.08)
        except TimeoutError:
            process.kill()
            process.wait()
        if to.exists():
            assert snapshots.inspect(to / DATA_FILE).rows["ticket"] == 30
        else:
            backups.restore_backup(backup.path, to)
        assert not (tmp_path / f".{to.name}.part").exists()


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.ENODEV])
def test_every_fault_at_the_last_step_is_a_sentence(office, add_tickets, now, monkeypatch, number):
    add_tickets(1)

    def fail(_handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(RuleError) as refusal:
        backups.make_backup(office, now=now)
    assert refusal.value.code in {"disk-full", "backup-not-written"}
    assert names(office.backups) == []


def test_pruning_leaves_what_it_is_told_to_keep(office, backup, now):
    copies = spread(office.backups, backup.path, range(1, 500), now)
    kept = [copies[400].name, copies[477].name]
    backup_folders.prune(office.backups, backup.manifest.office_uid, now, kept)
    assert len(names(office.backups)) == 14 + 11 + len(kept)
    assert set(kept) < set(names(office.backups))


@pytest.mark.parametrize(
    ("file", "address"),
    [
        (PurePosixPath("/srv/物业/a b.db"), "file:///srv/%E7%89%A9%E4%B8%9A/a%20b.db"),
        (PureWindowsPath("D:/a#1.db"), "file:///D:/a%231.db"),
        (PureWindowsPath("//nas/share/a.db"), "file:////nas/share/a.db"),
    ],
)
def test_sqlite_is_given_no_host(file, address):
    assert snapshots.address(file) == address
