"""Files that another program holds for a moment are renamed and removed in the end."""

from pathlib import Path

import pytest

from propdesk import held_files
from propdesk.held_files import is_held, move, remove
from propdesk.storage.faults import explain_disk

WAITS = [0.05, 0.1, 0.2, 0.4, 0.75, 1.0]


def windows_error(number: int, file: Path) -> OSError:
    """What Windows says; elsewhere an OSError knows no such number by itself."""
    error = PermissionError(13, "held", str(file))
    error.winerror = number
    return error


@pytest.fixture
def waited(monkeypatch) -> list[float]:
    """How long was waited between the tries; no time passes."""
    waits: list[float] = []
    monkeypatch.setattr(held_files.time, "sleep", waits.append)
    return waits


@pytest.fixture
def hold(monkeypatch):
    """Let Windows refuse the next tries of `replace` or `unlink`."""

    def begin(name: str, number: int, times: int) -> None:
        real, left = getattr(Path, name), [times]

        def refuse(file: Path, *arguments: object, **more: object) -> object:
            if left[0]:
                left[0] -= 1
                raise windows_error(number, file)
            return real(file, *arguments, **more)

        monkeypatch.setattr(Path, name, refuse)

    return begin


@pytest.mark.parametrize("number", [5, 32, 33])
@pytest.mark.parametrize("times", [0, 1, 3, 6])
def test_a_file_held_for_a_moment_is_moved_in_the_end(tmp_path, hold, waited, number, times):
    (tmp_path / "a").write_text("new")
    (tmp_path / "b").write_text("old")
    hold("replace", number, times)
    move(tmp_path / "a", tmp_path / "b")
    assert (tmp_path / "b").read_text() == "new"
    assert not (tmp_path / "a").exists()
    assert waited == WAITS[:times]


@pytest.mark.parametrize("number", [5, 32, 33])
def test_a_file_held_for_a_moment_is_removed_in_the_end(tmp_path, hold, waited, number):
    (tmp_path / "a").write_text("x")
    hold("unlink", number, 2)
    remove(tmp_path / "a")
    assert not (tmp_path / "a").exists()
    remove(tmp_path / "a")


def test_patience_ends_and_both_files_stay(tmp_path, hold, waited):
    (tmp_path / "a").write_text("new")
    (tmp_path / "b").write_text("old")
    hold("replace", 32, 7)
    with pytest.raises(PermissionError) as refusal:
        move(tmp_path / "a", tmp_path / "b")
    assert waited == WAITS
    assert sum(waited) == pytest.approx(2.5)
    assert (tmp_path / "a").read_text() == "new"
    assert (tmp_path / "b").read_text() == "old"
    assert is_held(refusal.value)
    told = explain_disk(refusal.value)
    assert told.code == "file-held"
    assert str(tmp_path / "a") in str(told)


def test_a_permission_that_is_really_missing_is_told_as_that(tmp_path):
    error = windows_error(5, tmp_path / "a")
    assert not is_held(error)
    assert explain_disk(error).code == "place-forbidden"


def test_other_faults_are_told_at_once(tmp_path, waited):
    with pytest.raises(FileNotFoundError):
        move(tmp_path / "a", tmp_path / "b")
    assert waited == []
