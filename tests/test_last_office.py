"""Which office was open last: kept safely, and never guessed from a note that is broken."""

import pytest

from propdesk import paths
from propdesk.domain.errors import RuleError
from propdesk.last_office import find_place, remember_office, remembered_office

BROKEN = {
    "NULs": b"\0" * 4096,
    "cut short": b'{"folder": "/data/off',
    "binary": bytes(range(256)) * 8,
    "empty": b"",
    "a list": b"[]",
    "a number": b'{"folder": 5}',
    "nothing": b'{"folder": ""}',
    "a relative folder": b'{"folder": "office"}',
    "a NUL in the folder": rb'{"folder": "/data\u0000/x"}',
    "too deep": b"[" * 100_000,
}


@pytest.fixture
def note():
    file = paths.user_config() / "office.json"
    file.parent.mkdir(parents=True)
    return file


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_note_is_a_question_and_no_new_office(note, content, tmp_path):
    note.write_bytes(content)
    with pytest.raises(RuleError) as refusal:
        find_place(None)
    assert refusal.value.code == "office-note-broken"
    assert str(note) in str(refusal.value)
    # Asked twice it is still one: only an answer puts the broken note aside.
    with pytest.raises(RuleError):
        find_place(None)
    remember_office(tmp_path)
    assert remembered_office() == tmp_path
    assert note.with_name("office.json.bad-1").read_bytes() == content


def test_a_folder_in_place_of_the_note_is_put_aside(note, tmp_path):
    note.mkdir()
    with pytest.raises(RuleError):
        remembered_office()
    remember_office(tmp_path)
    assert remembered_office() == tmp_path
    assert note.with_name("office.json.bad-1").is_dir()


def test_a_second_broken_note_does_not_replace_the_first(note, tmp_path):
    for content in (b"one", b"two"):
        note.write_bytes(content)
        remember_office(tmp_path)
    kept = [note.with_name(f"office.json.bad-{n}").read_bytes() for n in (1, 2)]
    assert kept == [b"one", b"two"]


def test_a_note_that_cannot_be_kept_stops_nobody(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("in the way")
    monkeypatch.setattr(paths, "user_config", lambda: tmp_path / "file" / "config")
    remember_office(tmp_path)
    assert remembered_office() is None


def test_the_named_folder_comes_before_the_variable_and_the_note(tmp_path, monkeypatch):
    remember_office(tmp_path / "last")
    assert find_place(None).folder == tmp_path / "last"
    assert not find_place(None).is_new_allowed
    monkeypatch.setenv("PROPDESK_DATA", str(tmp_path / "variable"))
    assert find_place(None).folder == tmp_path / "variable"
    named = find_place(tmp_path / "named")
    assert (named.folder, named.is_new_allowed, named.is_kept) == (tmp_path / "named", True, False)


def test_the_first_start_takes_the_users_own_folder():
    place = find_place(None)
    assert (place.folder, place.is_new_allowed) == (paths.user_data(), True)
