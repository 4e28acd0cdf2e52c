"""Backups as window and command line use them: state, second place, restore."""

import shutil
import threading
from datetime import timedelta

import pytest
from PIL import Image

from propdesk.domain.backups import BackupHealth, FilesFound, backup_name
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import attachments, backups, offices, tickets
from propdesk.services.checking import check_office
from propdesk.services.queries.staff import first_desk
from propdesk.storage.office import SettingRecord
from propdesk.storage.tickets import TicketRecord


@pytest.fixture
def register(world):
    """Register a complaint at the counter."""

    def act(text: str = "电梯停运"):
        draft = TicketDraft(kind=Kind.COMPLAINT, text=text, unit_id=world.home.id)
        return tickets.register_ticket(draft, by=world.desk.id, now=world.now)

    return act


def test_a_backup_brings_the_office_back(office, register, now, tmp_path):
    ticket = register()
    made = backups.make_backup(office, now=now)
    register("事后登记")
    assert made.second is None
    assert made.second_problem == ""
    assert made.manifest.rows["ticket"] == 1
    restored = backups.restore(made.file, tmp_path / "again")
    offices.close_office(office)
    again = offices.open_office(restored.folder, now=now, create=False)
    assert TicketRecord.get().number == ticket.number
    assert check_office(again).ok
    offices.close_office(again)


def test_a_job_beside_the_window_makes_it_with_its_own_connection(office, register, now):
    register()
    made, seen = [], []

    def job() -> None:
        made.append(
            backups.make_backup(office, now=now, on_progress=lambda *step: seen.append(step))
        )

    thread = threading.Thread(target=job)
    thread.start()
    register("同时登记")
    thread.join()
    assert backups.verify_backup(made[0].file) == made[0].manifest
    assert seen == sorted(seen)
    assert seen[-1] == (100, 100)


def test_state_follows_the_changes(office, register, now):
    before = backups.backup_state(office, now)
    assert (before.health, before.last, before.changed) == (BackupHealth.GOOD, None, True)
    assert backups.backup_state(office, now + timedelta(days=3)).health is BackupHealth.OVERDUE
    made = backups.make_backup(office, now=now)
    state = backups.backup_state(office, now + timedelta(days=40))
    assert (state.health, state.file, state.changed) == (BackupHealth.GOOD, made.file, False)
    assert state.last == now.replace(tzinfo=None)
    register()
    assert backups.backup_state(office, now).health is BackupHealth.GOOD
    assert backups.backup_state(office, now + timedelta(days=1)).health is BackupHealth.LATE
    assert backups.backup_state(office, now + timedelta(days=3)).health is BackupHealth.OVERDUE
    SettingRecord.create(key="x", value=1)
    assert backups.backup_state(office, now).changed


def test_a_broken_newest_backup_does_not_count(office, register, now):
    made = backups.make_backup(office, now=now)
    later = backups.make_backup(office, now=now + timedelta(days=2))
    later.file.write_bytes(b"")
    assert backups.backup_state(office, now + timedelta(days=2)).file == made.file
    assert [backup.problem != "" for backup in backups.list_backups(office.backups)] == [
        True,
        False,
    ]


def test_the_second_place_has_its_own_copy_and_its_own_state(office, register, now, tmp_path):
    stick = tmp_path / "U盘"
    stick.mkdir()
    made = backups.make_backup(office, now=now, second=stick)
    assert made.second == stick / made.file.name
    assert backups.verify_backup(made.second) == made.manifest
    register()
    stick.rename(tmp_path / "拔出")
    later = now + timedelta(days=2)
    again = backups.make_backup(office, now=later, second=stick)
    assert again.file.exists()
    assert again.second is None
    assert "U盘" in again.second_problem
    assert not stick.exists()
    (tmp_path / "拔出").rename(stick)
    state = backups.backup_state(office, later, stick)
    assert (state.health, state.second_health) == (BackupHealth.GOOD, BackupHealth.LATE)
    assert state.second_last == now.replace(tzinfo=None)


def test_old_ones_go_beside_the_data_and_in_the_second_place(office, now, tmp_path):
    stick, named = tmp_path / "stick", tmp_path / "named"
    stick.mkdir()
    first = backups.make_backup(office, now=now)
    for folder in (office.backups, stick, named):
        folder.mkdir(exist_ok=True)
        for day in range(1, 100):
            old = backup_name(now - timedelta(days=day), first.manifest.office_uid)
            (folder / old.text).write_bytes(first.file.read_bytes())
    made = backups.make_backup(office, now=now + timedelta(days=1), second=stick)
    left = [len(backups.list_backups(folder)) for folder in (office.backups, stick)]
    assert made.removed == (101 - left[0]) + (100 - left[1])
    assert left[0] < 20
    assert backups.make_backup(office, now=now + timedelta(days=1), to=named).removed == 0
    assert len(backups.list_backups(named)) == 100


def test_a_cancelled_backup_stores_nothing(office, now):
    with pytest.raises(Cancelled):
        backups.make_backup(office, now=now, cancelled=lambda: True)
    assert backups.list_backups(office.backups) == ()


def test_a_folder_that_cannot_be_used_is_refused(office, now, tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RuleError) as refusal:
        backups.make_backup(office, now=now, to=tmp_path / "file")
    assert refusal.value.code == "backup-not-written"


def test_the_backup_before_an_upgrade_stays_for_ever_in_both_places(old_office, now, tmp_path):
    stick = tmp_path / "U盘"
    stick.mkdir()
    office = offices.open_office(old_office, now=now, create=False)
    try:
        exact = office.upgraded_after
        shutil.copy(office.backups / exact, stick)
        removed = 0
        for month in range(1, 20):
            later = now + timedelta(days=31 * month)
            removed += backups.make_backup(office, now=later, second=stick).removed
    finally:
        offices.close_office(office)
    assert removed > 0
    for place in (office.backups, stick):
        assert (place / exact).exists()
        assert len(backups.list_backups(place)) < 19


@pytest.fixture
def photo(office, register, now, tmp_path):
    """A ticket with one photo; returns the photo's place in the office."""
    Image.new("RGB", (64, 48), "red").save(tmp_path / "a.jpg")
    attachments.add_attachments(
        office, register().id, [tmp_path / "a.jpg"], by=first_desk().id, now=now
    )
    (file,) = office.attachments.glob("*/*.jpg")
    return file


def test_photos_follow_the_backup_into_both_places_and_come_back(office, photo, now, tmp_path):
    (tmp_path / "stick").mkdir()
    made = backups.make_backup(office, now=now, second=tmp_path / "stick")
    assert (made.files_left, made.files_problem) == (0, "")
    for place in (office.backups, tmp_path / "stick"):
        (copy,) = (place / "attachments").glob("*/*.jpg")
        assert copy.read_bytes() == photo.read_bytes()
        assert backups.find_files(place / made.file.name) == FilesFound(1)
    restored = backups.restore(tmp_path / "stick" / made.file.name, tmp_path / "again")
    assert restored.files == FilesFound(1)
    offices.close_office(office)
    again = offices.open_office(restored.folder, now=now, create=False)
    assert check_office(again).ok
    offices.close_office(again)


def test_photos_never_hold_the_window_and_go_on_the_next_time(office, photo, now):
    made = backups.make_backup(office, now=now, longest_files=0)
    assert made.file.exists()
    assert made.files_left == 1
    assert backups.backup_state(office, now).files_left == 1
    assert backups.copy_files(office, (office.backups,)) == backups.FilesKept(copied=1)
    assert backups.backup_state(office, now).files_left == 0


def test_a_place_that_cannot_take_photos_is_told_and_the_backup_stands(office, photo, now):
    (office.backups / "attachments").parent.mkdir(exist_ok=True)
    (office.backups / "attachments").write_text("in the way")
    made = backups.make_backup(office, now=now)
    assert backups.verify_backup(made.file)
    assert str(office.backups) in made.files_problem


def test_f34_a_photo_that_is_gone_is_named(office, photo, now, tmp_path):
    photo.unlink()
    made = backups.make_backup(office, now=now)
    assert "a.jpg" in made.files_problem
    assert backups.backup_state(office, now).files_left == 0
    found = backups.find_files(made.file)
    assert "a.jpg" in backups.missing_words(found)
    lines = {line.name: line for line in check_office(office).lines}
    assert not lines["attachments"].ok
    assert "a.jpg" in lines["attachments"].text


def test_f34_a_changed_photo_and_one_of_nobody_are_told_apart(office, photo, now):
    (photo.parent / f"{photo.parent.name}{'0' * 62}.jpg").write_bytes(b"left by a crash")
    lines = {line.name: line for line in check_office(office).lines}
    assert lines["attachments"].ok
    assert lines["strays"].ok
    assert "1" in lines["strays"].text
    photo.write_bytes(b"changed")
    assert not next(one for one in check_office(office).lines if one.name == "attachments").ok
