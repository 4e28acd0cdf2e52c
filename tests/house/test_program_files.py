"""The frozen program looks at its own files: what freezing lists is what the start finds wrong.

A small folder stands in for the frozen one; `make smoke` does the same with the real one.
"""

import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

from propdesk import clock, program_files
from propdesk.program_files import FILE_LIST, damaged_files
from propdesk.services import offices
from propdesk.services.checking import check_office

ICON = "_internal/resources/icons/图标 house.svg"
WORDS = "_internal/resources/words/classes.json"
QT = "_internal/PySide6/Qt6Core.dll"

# As the frozen program starts, with the folder in the place of its own.
START = """
import sys
sys.frozen, sys.executable = True, sys.argv[1]
from propdesk import program_files
program_files.stop_when_damaged()
print(*sorted({"PySide6", "gettext"} & set(sys.modules)), "started")
"""


@pytest.fixture
def folder(tmp_path: Path, script: Callable[[str], ModuleType]) -> Path:
    """Give a folder as freezing leaves it, below a name with Chinese characters and blanks."""
    made = tmp_path / "程序 文件" / "propdesk"
    for name, text in {
        "propdesk": "the program",
        ICON: "<svg/>",
        WORDS: "[1, 2]",
        QT: "Qt",
    }.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text, encoding="utf-8")
    assert script("freeze").write_file_list(made) == 4
    return made


def start(folder: Path) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-c", START, str(folder / "propdesk")],
        check=False, capture_output=True, env={**os.environ, "LC_ALL": "C"},
    )  # fmt: skip


def test_nothing_is_wrong_with_what_was_just_frozen(folder):
    assert damaged_files(folder) == ()
    assert damaged_files(folder, thoroughly=True) == ()


def test_the_list_names_every_file_with_its_digest(folder):
    listed = json.loads((folder / FILE_LIST).read_text(encoding="utf-8"))
    assert set(listed) == {"propdesk", ICON, WORDS, QT}
    assert listed[WORDS] == {"size": 6, "sha256": hashlib.sha256(b"[1, 2]").hexdigest()}


def test_files_that_came_later_are_no_damage(folder):
    (folder / "uninstall.exe").write_text("MZ", encoding="utf-8")
    assert damaged_files(folder, thoroughly=True) == ()


def test_a_qt_of_ones_own_is_no_damage_but_a_missing_one_is(folder):
    (folder / QT).write_text("a Qt that somebody built himself", encoding="utf-8")
    assert damaged_files(folder, thoroughly=True) == ()
    (folder / QT).unlink()
    assert damaged_files(folder) == (QT,)


def test_missing_and_cut_files_are_seen_at_once(folder):
    (folder / ICON).unlink()
    (folder / WORDS).write_text("[1, ", encoding="utf-8")
    assert damaged_files(folder) == (ICON, WORDS)


def test_a_folder_in_the_place_of_a_file_is_damage(folder):
    (folder / WORDS).unlink()
    (folder / WORDS).mkdir()
    assert damaged_files(folder, thoroughly=True) == (WORDS,)


def test_a_change_of_the_same_size_is_seen_by_the_thorough_look_alone(folder):
    (folder / WORDS).write_text("[1, 3]", encoding="utf-8")
    assert damaged_files(folder) == ()
    assert damaged_files(folder, thoroughly=True) == (WORDS,)


@pytest.mark.parametrize("text", ["", "{", "[]", "\0" * 40, '{"propdesk": 3}', '{"propdesk": {}}'])
def test_a_broken_list_is_damage_itself(folder, text):
    (folder / FILE_LIST).write_text(text, encoding="utf-8")
    assert damaged_files(folder) == (FILE_LIST,)


def test_a_missing_list_is_damage_itself(folder):
    (folder / FILE_LIST).unlink()
    assert damaged_files(folder) == (FILE_LIST,)


def test_the_start_goes_on_without_having_loaded_anything(folder):
    done = start(folder)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [b"started"], b"")


def test_the_start_ends_with_a_sentence_in_both_languages(folder):
    (folder / ICON).unlink()
    done = start(folder)
    said = done.stderr.decode()
    assert (done.returncode, done.stdout) == (1, b"")
    assert said.count("resources/icons/图标 house.svg") == 2
    assert "请重新安装 propdesk；数据不受影响。" in said
    assert "Please install it again; no data is lost." in said


def test_of_many_damaged_files_a_few_are_named():
    said = program_files.sentence(tuple(f"_internal/{number}.svg" for number in range(40)))
    assert "：0.svg, 1.svg, 2.svg … (40)。" in said


def test_the_check_reads_every_byte_of_the_frozen_program(folder, tmp_path, monkeypatch):
    office = offices.open_office(tmp_path / "office", now=clock.now())
    assert "program" not in {line.name for line in check_office(office).lines}
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "propdesk"))
    assert check_office(office).ok
    (folder / WORDS).write_text("[1, 3]", encoding="utf-8")
    result = check_office(office)
    offices.close_office(office)
    (line,) = (line for line in result.lines if not line.ok)
    assert line.name == "program"
    assert WORDS in line.text
