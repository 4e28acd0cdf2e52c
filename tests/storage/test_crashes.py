"""Killed writers and full disks: what was acknowledged stands, and nothing is half there.

Each case reopens the data in another process than the one that failed, and runs every check of
`propdesk check` (decision 50).
"""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from propdesk.domain.errors import RuleError
from propdesk.services.checking import check_office
from propdesk.storage import backup_folders, backups
from propdesk.storage.data_file import DATA_FILE
from propdesk.storage.opening import close_office, open_office

WRITE = """
from propdesk.storage.faults import explained
office = open_office(folder, now=NOW)
print("open", flush=True)
try:
    with explained():
        while True:
            write_tickets(1, "水管爆裂" * 100)
            print(TicketRecord.select().count(), flush=True)
except RuleError as error:
    print(error.code, TicketRecord.select().count(), flush=True)
close_office(office)
"""

LIMITED = """
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
"""

# What a clerk reads when the disk is full; a limit on a file's size shows as a disk error.
FULL = {"disk-full", "disk-error"}


@pytest.fixture
def reopened(folder, now, counted):
    """Open the office in this process, run all checks, and return how many tickets it holds."""

    def reopen(at: Path = folder) -> int:
        office = open_office(at, now=now, create=False)
        result = check_office(office)
        count = counted()
        close_office(office)
        assert result.ok, [line.text for line in result.lines if not line.ok]
        return count

    return reopen


def test_a_killed_writer_loses_nothing_that_was_acknowledged(
    folder, start_python, reopened, chance
):
    before = 0
    for _round in range(5):
        process = start_python(WRITE, folder)
        assert process.stdout.readline() == "open\n"
        acknowledged = before
        for _line in range(chance.randrange(1, 40)):
            acknowledged = int(process.stdout.readline())
        process.kill()
        # Lines that were under way when the kill came are acknowledged as well.
        for line in process.stdout.read().split("\n")[:-1]:
            acknowledged = int(line)
        process.wait()
        found = reopened()
        assert acknowledged <= found <= acknowledged + 1
        before = found
    assert before > 5


def test_an_office_whose_making_was_killed_opens_again(tmp_path, start_python, now, chance):
    """Kill the first opening at many moments; the next one always has a whole office."""
    script = """
    print("ready", flush=True)
    sys.stdin.readline()
    open_office(folder, now=NOW)
    """
    for turn in range(6):
        folder = tmp_path / f"office{turn}"
        process = start_python(script, folder)
        assert process.stdout.readline() == "ready\n"
        process.stdin.write("\n")
        process.stdin.flush()
        try:
            process.wait(chance.random() * 0.06)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        office = open_office(folder, now=now)
        assert check_office(office).ok
        close_office(office)


@pytest.mark.parametrize("room", [0, 1_000, 4_000, 12_288, 40_000, 400_000])
def test_a_full_disk_stops_the_writer_and_keeps_the_rest(
    folder, add_tickets, now, run_python, reopened, room
):
    office = open_office(folder, now=now)
    add_tickets(5)
    close_office(office)
    limit = (folder / DATA_FILE).stat().st_size + room
    script = WRITE.replace('print("open"', f'{LIMITED.strip()}\nprint("open"')
    done = run_python(script, folder, limit)
    assert done.stderr == ""
    code, count = done.stdout.split("\n")[-2].split()
    assert code in FULL
    assert reopened() == int(count)


def test_a_disk_full_from_the_start_refuses_with_a_sentence(
    folder, add_tickets, now, run_python, reopened
):
    office = open_office(folder, now=now)
    add_tickets(5)
    close_office(office)
    script = f"""{LIMITED}
try:
    open_office(folder, now=NOW)
except RuleError as error:
    print(error.code)
"""
    done = run_python(script, folder, 0)
    assert done.stderr == ""
    assert done.stdout.strip() in FULL
    assert reopened() == 5
    fresh = folder.parent / "fresh"
    done = run_python(script, fresh, 3000)
    assert done.stderr == ""
    assert done.stdout.strip() in FULL
    assert not (fresh / DATA_FILE).exists()


@pytest.fixture
def small_disk(tmp_path) -> Iterator[Path]:
    """A disk of 4 MiB: an empty office and its log take more than two."""
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("SKIPPED: mounting a small disk needs root on Linux")
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)]
    done = subprocess.run(mount, capture_output=True, text=True, check=False)
    if done.returncode:
        pytest.skip(f"SKIPPED: no small disk can be mounted here: {done.stderr.strip()}")
    yield disk
    subprocess.run(["umount", "-l", str(disk)], check=True)


def test_a_small_disk_that_fills_up(small_disk, run_python, reopened, now, tmp_path):
    folder = small_disk / "office"
    done = run_python(WRITE, folder)
    assert done.stderr == ""
    code, count = done.stdout.split("\n")[-2].split()
    assert code == "disk-full"
    assert int(count) > 0
    assert reopened(folder) == int(count)
    # The backup does not fit beside the data; on another disk it does.
    office = open_office(folder, now=now)
    with pytest.raises(RuleError) as refusal:
        backups.make_backup(office, now=now)
    assert refusal.value.code in {"disk-full", "backup-not-written"}
    assert backup_folders.list_backups(office.backups) == ()
    made = backups.make_backup(office, now=now, folder=tmp_path / "stick")
    close_office(office)
    with pytest.raises(RuleError) as refusal:
        backups.restore_backup(made.path, small_disk / "again")
    assert refusal.value.code == "disk-full"
    assert [file.name for file in small_disk.iterdir()] == ["office"]
    restored = backups.restore_backup(made.path, tmp_path / "again")
    assert reopened(restored.folder) == int(count)
