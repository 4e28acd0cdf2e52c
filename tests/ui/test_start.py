"""Which office is opened at the start, and the ways out when it cannot be."""

import os
from datetime import timedelta

import pytest

from propdesk import clock, paths
from propdesk.services import backups, offices
from propdesk.services.queries.staff import list_staff
from propdesk.services.settings import get_settings
from ui.first_start.window import FirstStart
from ui.start import free_folder, open_at_start


@pytest.fixture
def start(messages, theme):
    """Open an office as the window's start does; it is closed when the test ends."""
    opened = []

    def open_it(named=None, **kept):
        begun = open_at_start(named, messages, theme, **kept)
        if begun is None:
            return None
        opened.append(begun.office)
        return begun.office

    yield open_it
    for office in opened:
        offices.close_office(office)


@pytest.fixture
def kept_office(tmp_path):
    """An office of before that was closed with one backup; it is the remembered one."""
    folder = tmp_path / "kept"
    now = clock.now() - timedelta(days=1)
    office = offices.open_office(folder, now=now)
    backups.make_backup(office, now=now)
    offices.close_office(office)
    offices.remember_office(folder)
    return folder


def test_an_office_in_the_users_own_folder_is_opened_without_a_question(start):
    offices.close_office(offices.open_office(paths.user_data(), now=clock.now()))
    office = start()
    assert office.folder == paths.user_data()
    assert offices.remembered_office() == office.folder


def test_the_office_of_last_time_is_opened(start, kept_office):
    office = start()
    assert office.folder == kept_office
    assert not office.created


def test_a_named_folder_is_opened_and_not_remembered(start, kept_office, tmp_path):
    office = start(tmp_path / "demo")
    assert office.created
    assert offices.remembered_office() == kept_office


def test_the_environment_names_a_folder(start, kept_office, tmp_path, monkeypatch):
    monkeypatch.setenv("PROPDESK_DATA", str(tmp_path / "named"))
    assert start().folder == tmp_path / "named"


def test_an_office_chosen_from_now_on_is_remembered(start, kept_office, tmp_path):
    office = offices.open_office(tmp_path / "other", now=clock.now())
    offices.close_office(office)
    start(tmp_path / "other", is_kept=True)
    assert offices.remembered_office() == tmp_path / "other"


def test_a_remembered_office_that_is_gone_is_not_made_anew(start, tmp_path, messages):
    gone = tmp_path / "gone"
    offices.remember_office(gone)
    messages.expect("again", "quit")
    assert start() is None
    assert not gone.exists()
    assert str(gone) in messages.asked[0][1]


def test_a_remembered_office_that_comes_back_is_opened(start, kept_office, messages, monkeypatch):
    away = kept_office.with_name("away")
    kept_office.rename(away)
    real = messages.choose

    def plug_in(*asked):
        away.rename(kept_office)
        return real(*asked)

    monkeypatch.setattr(messages, "choose", plug_in)
    messages.expect("again")
    assert start().folder == kept_office


def test_a_second_window_is_told_who_has_the_office(start, kept_office, messages):
    held = offices.open_office(kept_office, now=clock.now())
    messages.expect("quit")
    assert start() is None
    offices.close_office(held)
    assert str(os.getpid()) in messages.asked[0][1]


def test_a_damaged_file_is_restored_into_a_new_folder(start, kept_office, messages):
    data = kept_office / "office.db"
    data.write_bytes(b"not a database at all" * 50)
    messages.expect("restore")
    office = start()
    assert office.folder != kept_office
    assert office.folder.parent == kept_office.parent
    assert data.read_bytes().startswith(b"not a database")
    assert [member.name for member in list_staff()] == ["前台"]
    assert offices.remembered_office() == office.folder


def test_a_damaged_backup_is_told_and_the_ways_stay_open(start, kept_office, messages):
    (kept_office / "office.db").write_bytes(b"x" * 5000)
    backup = next((kept_office / "backups").glob("*.pdbak"))
    backup.write_bytes(backup.read_bytes()[:-200])
    messages.expect("restore", None, "quit")
    assert start() is None
    assert [path.name for path in kept_office.parent.iterdir() if path.is_dir()].count("home") <= 1
    assert not list(kept_office.parent.glob("kept-*"))


def test_a_restore_that_is_not_chosen_leads_back(start, tmp_path, messages):
    offices.remember_office(tmp_path / "gone")
    messages.expect("restore", None, "other", None, "new", None, "quit")
    assert start() is None


def test_another_folder_may_be_chosen(start, kept_office, tmp_path, messages):
    offices.remember_office(tmp_path / "gone")
    messages.expect("other", kept_office)
    assert start().folder == kept_office


def test_a_folder_without_an_office_is_not_made_one_by_choosing_it(start, tmp_path, messages):
    offices.remember_office(tmp_path / "gone")
    (tmp_path / "photos").mkdir()
    messages.expect("other", tmp_path / "photos", "quit")
    assert start() is None
    assert list((tmp_path / "photos").iterdir()) == []


def test_a_new_office_never_lies_among_other_files(
    start, tmp_path, messages, in_dialog, press, type_words
):
    offices.remember_office(tmp_path / "gone")
    photos = tmp_path / "photos"
    photos.mkdir()
    (photos / "a.jpg").write_bytes(b"")
    messages.expect("new", photos)

    def guide(_window):
        type_words("云澜花园")
        press(*["Enter"] * 6, "Esc")

    in_dialog(FirstStart, guide)
    office = start()
    assert office.created
    assert office.folder == photos / "propdesk"
    assert get_settings().office_name == "云澜花园"


def test_free_folders_are_numbered(tmp_path):
    assert free_folder(tmp_path / "a") == tmp_path / "a"
    (tmp_path / "a").mkdir()
    (tmp_path / "a-2").mkdir()
    assert free_folder(tmp_path / "a") == tmp_path / "a-3"
