"""Photos beside the backups: copied once, bounded, brought back, told when missing (F34)."""

import hashlib
import shutil

import pytest

from propdesk.domain.backups import FilesCopied, FilesFound
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.storage import attachment_files, backup_attachments, backup_folders, backups
from propdesk.storage.attachment_files import StoredName
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.staff import StaffRecord
from propdesk.storage.tickets import TicketRecord

NUMBER = "TS-202611-0001"


def files_in(folder) -> dict[str, bytes]:
    return {
        file.relative_to(folder).as_posix(): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file()
    }


@pytest.fixture
def attach(office, add_tickets, now):
    """Give the first ticket photos of these contents."""
    add_tickets(1)

    def go(*contents: bytes) -> list[StoredName]:
        names = []
        for number, content in enumerate(contents):
            name = attachment_files.keep(office.attachments, content, ".jpg")
            AttachmentRecord.create(
                sha256=name.sha256, suffix=name.suffix, name=f"{number}.jpg", bytes=len(content),
                added_at=now, staff=StaffRecord.get(), ticket=TicketRecord.get(),
            )  # fmt: skip
            names.append(name)
        return names

    return go


@pytest.fixture
def photos(attach):
    return attach(b"first", b"second", b"third")


@pytest.fixture
def made(office, photos, now):
    """A backup with its photos beside it."""
    backup = backups.make_backup(office, now=now)
    assert backups.copy_attachments(office, office.backups) == FilesCopied(3)
    return backup


def test_f34_a_file_is_kept_whole_or_not_at_all(office, tmp_path):
    name = attachment_files.keep(tmp_path, b"photo", ".jpg")
    assert name.sha256 == hashlib.sha256(b"photo").hexdigest()
    file = name.below(tmp_path)
    before = file.stat().st_mtime_ns
    assert attachment_files.keep(tmp_path, b"photo", ".jpg") == name
    assert file.stat().st_mtime_ns == before
    file.write_bytes(b"PHOTO")
    assert attachment_files.read(tmp_path, name) is None
    attachment_files.keep(tmp_path, b"photo", ".jpg")
    assert attachment_files.read(tmp_path, name) == b"photo"
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_f34_photos_are_copied_once_beside_the_backups(office, photos, attach, made):
    beside = office.backups / "attachments"
    assert files_in(beside) == files_in(office.attachments)
    times = {file: file.stat().st_mtime_ns for file in beside.rglob("*.jpg")}
    attach(b"fourth")
    assert backups.copy_attachments(office, office.backups) == FilesCopied(1)
    assert backups.copy_attachments(office, office.backups) == FilesCopied()
    assert len(files_in(beside)) == 4
    assert {file: file.stat().st_mtime_ns for file in times} == times


def test_a_removed_photo_is_copied_too(office, photos, now):
    office.backups.mkdir(exist_ok=True)
    AttachmentRecord.update(removed_at=now, removed_staff=StaffRecord.get()).execute()
    assert backups.copy_attachments(office, office.backups).copied == 3


def test_what_takes_too_long_waits_for_the_next_time(office, photos):
    office.backups.mkdir(exist_ok=True)
    assert backups.copy_attachments(office, office.backups, longest=0) == FilesCopied(0, 3)
    wanted = backup_attachments.wanted_by(office.data_file, is_live=True)
    count = backup_attachments.count_left
    assert count(office.attachments, office.backups, wanted) == 3
    assert backups.copy_attachments(office, office.backups, longest=60) == FilesCopied(3)
    assert count(office.attachments, office.backups, wanted) == 0


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_cancelled_copying_leaves_whole_files_and_goes_on_next_time(office, photos, moment):
    office.backups.mkdir(exist_ok=True)

    def progress(done, total):
        if done == moment:
            raise Cancelled

    with pytest.raises(Cancelled):
        backups.copy_attachments(office, office.backups, on_progress=progress)
    assert len(files_in(office.backups / "attachments")) == moment
    assert backups.copy_attachments(office, office.backups) == FilesCopied(3 - moment)


def test_f34_missing_and_changed_photos_are_told_and_stop_nothing(office, photos):
    office.backups.mkdir(exist_ok=True)
    photos[0].below(office.attachments).unlink()
    photos[1].below(office.attachments).write_bytes(b"other")
    done = backups.copy_attachments(office, office.backups)
    assert (done.copied, done.left) == (1, 0)
    assert sorted(done.missing) == [f"{NUMBER} 0.jpg", f"{NUMBER} 1.jpg"]
    assert list(files_in(office.backups / "attachments").values()) == [b"third"]


def test_pruning_old_backups_leaves_the_photos(office, made, now):
    uid = made.manifest.office_uid
    days = [now.replace(month=month, day=day) for month in range(1, 11) for day in (1, 2)]
    for day in [*days, *(day.replace(year=2025) for day in days)]:
        backups.make_backup(office, now=day)
    assert backup_folders.prune(office.backups, uid, now)
    assert len(files_in(office.backups / "attachments")) == 3


def test_f33_a_second_place_that_is_out_is_not_made_up(office, photos, tmp_path):
    with pytest.raises(RuleError) as refusal:
        backups.copy_attachments(office, tmp_path / "stick")
    assert refusal.value.code == "backup-folder-missing"
    assert not (tmp_path / "stick").exists()


def test_f34_a_backup_tells_whether_its_photos_are_there(office, photos, made, tmp_path):
    assert backup_attachments.find_files(made.path) == FilesFound(3)
    away = shutil.copy(made.path, tmp_path / made.path.name)
    found = backup_attachments.find_files(away)
    assert (found.total, len(found.missing)) == (3, 3)
    shutil.copytree(office.backups / "attachments", tmp_path / "attachments")
    assert backup_attachments.find_files(away) == FilesFound(3)
    photos[2].below(tmp_path / "attachments").write_bytes(b"changed")
    assert backup_attachments.find_files(away) == FilesFound(3, (f"{NUMBER} 2.jpg",))


def test_a_photo_that_was_not_copied_yet_is_found_in_the_office_beside(office, photos, now):
    backup = backups.make_backup(office, now=now)
    assert not (office.backups / "attachments").exists()
    assert backup_attachments.find_files(backup.path) == FilesFound(3)


def test_restoring_brings_the_photos_along(office, photos, made, tmp_path):
    restored = backups.restore_backup(made.path, tmp_path / "restored")
    assert restored.files == FilesFound(3)
    assert files_in(restored.folder / "attachments") == files_in(office.attachments)


def test_f34_a_missing_photo_is_told_and_the_office_comes_back(office, photos, made, tmp_path):
    for folder in (office.backups / "attachments", office.attachments):
        photos[0].below(folder).write_bytes(b"rotten")
    restored = backups.restore_backup(made.path, tmp_path / "restored")
    assert restored.files == FilesFound(3, (f"{NUMBER} 0.jpg",))
    assert len(files_in(restored.folder / "attachments")) == 2


@pytest.mark.parametrize("moment", [0.3, 0.45, 0.7])
def test_a_cancelled_restore_leaves_nothing_of_the_photos(office, photos, made, tmp_path, moment):
    def progress(done, total):
        if done >= moment * total:
            raise Cancelled

    with pytest.raises(Cancelled):
        backups.restore_backup(made.path, tmp_path / "restored", on_progress=progress)
    assert [path.name for path in tmp_path.iterdir() if "restored" in path.name] == []
    assert backups.restore_backup(made.path, tmp_path / "restored").files == FilesFound(3)


def test_a_backup_of_an_older_program_finds_the_photos_that_it_has(old_backup, frozen, tmp_path):
    found = backup_attachments.find_files(old_backup)
    assert (found.total, found.missing) == (frozen.photos, ())
    restored = backups.restore_backup(old_backup, tmp_path / "old").files
    assert (restored.total, restored.missing) == (frozen.photos, ())


DISK_FULL = """
    office = open_office(folder, now=NOW)
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        backups.copy_attachments(office, Path(sys.argv[2]))
    except RuleError as refusal:
        print(refusal.code)
"""


def test_a_disk_full_midway_leaves_only_whole_photos(
    office, attach, folder, now, tmp_path, run_python
):
    from propdesk.storage.opening import close_office

    attach(b"small", b"x" * 200_000)
    close_office(office)
    place = tmp_path / "stick"
    place.mkdir()
    done = run_python(DISK_FULL, folder, place)
    assert (done.stdout.split(), done.stderr) == (["disk-full"], "")
    left = files_in(place)
    assert set(left.values()) <= {b"small"}
    assert not any(name.endswith(".part") for name in left)


def test_strays_of_a_crash_are_counted_and_drafts_are_none(office, photos):
    wanted = backup_attachments.wanted_by(office.data_file, is_live=True)
    count = backup_attachments.strays
    assert count(office.attachments, wanted, "") == 0
    stray = attachment_files.keep(office.attachments, b"stray", ".jpg")
    assert count(office.attachments, wanted, "") == 1
    assert count(office.attachments, wanted, f"[{stray.sha256}]") == 0
    (office.attachments / "00").mkdir(exist_ok=True)
    (office.attachments / "00" / "a.jpg.part").write_bytes(b"half")
    assert count(office.attachments, wanted, "") == 2
