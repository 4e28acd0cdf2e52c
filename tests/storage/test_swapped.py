"""A data file that goes or changes under the program takes no more writing (F10)."""

import shutil

import pytest

from propdesk.domain.errors import RuleError
from propdesk.services.parts.writing import writing
from propdesk.storage import database as db
from propdesk.storage.data_file import DATA_FILE
from propdesk.storage.opening import close_office, open_office


def write() -> None:
    with writing():
        db.database.execute_sql("INSERT INTO draft VALUES ('f', '{}', '2026-11-21T10:00:00')")


def move_away(data) -> None:
    data.rename(data.with_name("elsewhere.db"))


def replace(data) -> None:
    copy = data.with_name("copy.db")
    shutil.copyfile(data, copy)
    copy.replace(data)


def remove_the_log(data) -> None:
    data.with_name(data.name + "-wal").unlink()


@pytest.mark.parametrize("harm", [move_away, replace, remove_the_log, lambda data: data.unlink()])
def test_nothing_is_written_into_a_file_that_was_swapped(office, harm):
    harm(office.data_file)
    with pytest.raises(RuleError) as refusal:
        write()
    assert refusal.value.code == "data-swapped"
    assert str(office.data_file) in str(refusal.value)
    assert db.rows("SELECT count(*) FROM draft") == [(0,)]


def test_a_file_that_comes_back_takes_writing_again(office):
    away = office.data_file.with_name("elsewhere.db")
    office.data_file.rename(away)
    with pytest.raises(RuleError):
        write()
    away.rename(office.data_file)
    write()
    assert db.rows("SELECT count(*) FROM draft") == [(1,)]


def test_what_was_stored_before_the_log_went_is_kept_by_closing(folder, now, counted, add_tickets):
    office = open_office(folder, now=now)
    add_tickets(3)
    remove_the_log(office.data_file)
    with pytest.raises(RuleError):
        write()
    close_office(office)
    assert (folder / DATA_FILE).exists()
    again = open_office(folder, now=now)
    assert counted() == 3
    close_office(again)


def test_each_office_is_watched_for_itself(folder, tmp_path, now):
    for place in (folder, tmp_path / "second", folder):
        office = open_office(place, now=now)
        with writing():
            db.database.execute_sql("DELETE FROM draft")
        close_office(office)
