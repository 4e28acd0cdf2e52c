"""Backups as window and command line use them: state, second place, restore."""

import shutil
import threading
from datetime import timedelta

import pytest

from propdesk.domain.backups import BackupHealth, backup_name
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.services import backups, offices, tickets
from propdesk.services.checking import check_office
from propdesk.storage.office import SettingRecord


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
    assert tickets.TicketRecord.get().number == ticket.number
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
