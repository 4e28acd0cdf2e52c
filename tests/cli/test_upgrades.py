"""Older data on the command line: backed up, brought up to date, and said so; newer data."""

import pytest


@pytest.fixture
def old(run, old_office):
    """Run a command on the office that program 0.1.0 left."""

    def go(*words, **how):
        return run(*words, folder=old_office, **how)

    return go


def register(run, *words):
    return run("tickets", "register", "--place", "大堂", "--kind", "complaint", "--text", "太脏",
               "--class", "service.environment", *words)  # fmt: skip


@pytest.mark.oldest_and_newest
def test_a_reading_command_says_what_to_do_and_touches_nothing(old, old_office):
    before = (old_office / "office.db").read_bytes()
    for words in (("tickets", "list"), ("check",), ("backup", old_office.parent / "stick")):
        answer = old(*words, "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "data-older")
        assert "Open it in the window once" in answer.err
    assert (old_office / "office.db").read_bytes() == before
    assert not (old_office / "backups").exists()


def test_a_writing_command_backs_up_first_and_says_so_beside_its_answer(old, old_office):
    answer = register(old, "--json")
    assert answer.code == 0
    assert answer.json["number"].startswith("TS-")
    backup = next((old_office / "backups").glob("*.pdbak"))
    assert f"brought up to date; the backup before that is {backup}" in answer.err
    assert register(old).err == ""
    assert old("check", "--json").json["ok"] is True
    assert len(list((old_office / "backups").glob("*.pdbak"))) == 1


@pytest.mark.oldest_and_newest
def test_the_backup_before_the_upgrade_is_copied_to_the_second_place(old, old_office, second_place):
    second_place.mkdir()
    assert str(second_place) not in register(old).err
    (first,) = (old_office / "backups").glob("*.pdbak")
    assert (second_place / first.name).read_bytes() == first.read_bytes()


@pytest.mark.oldest_and_newest
def test_a_second_place_that_is_gone_is_said_and_stops_no_upgrade(old, old_office, second_place):
    answer = register(old, "--json")
    assert (answer.code, bool(answer.json["number"])) == (0, True)
    assert f"«{second_place}» is not there" in answer.err
    assert len(list((old_office / "backups").glob("*.pdbak"))) == 1
    assert not second_place.exists()


@pytest.mark.oldest_and_newest
def test_without_room_for_the_backup_the_command_is_refused(old, old_office):
    (old_office / "backups").write_text("in the way")
    before = (old_office / "office.db").read_bytes()
    answer = register(old, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "upgrade-no-backup")
    assert (old_office / "office.db").read_bytes() == before


@pytest.mark.oldest_and_newest
def test_newer_data_names_the_backup_and_that_one_is_restored(
    old, run, old_office, future, tmp_path
):
    with future():
        assert register(old).code == 0
    before = (old_office / "office.db").read_bytes()
    backup = next((old_office / "backups").glob("*.pdbak"))
    for words in (("tickets", "list"), ("staff", "list")):
        answer = old(*words, "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, "data-newer")
        assert "install propdesk 9.9.0 or newer" in answer.err
        assert backup.name in answer.err
        assert "1 entry made since is not in it" in answer.err
    refused = register(old)
    assert (refused.code, refused.err) == (1, answer.err)
    assert run("restore", backup, "--to", tmp_path / "back").code == 0
    assert (
        run("tickets", "list", "--json", folder=tmp_path / "back").json["error"]["code"]
        == "data-older"
    )
    assert (old_office / "office.db").read_bytes() == before


@pytest.mark.oldest_and_newest
def test_a_newer_backup_is_refused_by_name(old, run, future, tmp_path):
    with future():
        register(old)
        made = old("backup", tmp_path, "--json").json["file"]
    answer = run("restore", made, "--to", tmp_path / "back", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "backup-newer")
    assert "9.9.0" in answer.err
    assert not (tmp_path / "back").exists()
