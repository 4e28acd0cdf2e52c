"""The setup for Windows and its trial speak of the same things, each in both languages."""

import re
import sys
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

CHINESE = re.compile("[一-鿿]")

Import = Callable[[str], ModuleType]


@pytest.fixture
def script(root: Path) -> str:
    """Give the script of the setup."""
    return (root / "packaging/windows/propdesk.nsi").read_text(encoding="utf-8-sig")


@pytest.fixture
def script_module(root: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Import]:
    """Give a function that imports a script beside the setup, and forget it afterwards."""
    known = set(sys.modules)
    monkeypatch.setattr(sys, "path", [str(root / "packaging/windows"), *sys.path])
    yield import_module
    for name in set(sys.modules) - known:
        del sys.modules[name]


def test_nsis_reads_the_script_as_utf_8(root):
    assert (root / "packaging/windows/propdesk.nsi").read_bytes().startswith(b"\xef\xbb\xbf")


def test_every_sentence_of_the_setup_is_said_in_both_languages(script):
    joined = re.sub(r"\\\n\s*", "", script)
    said = re.findall(r'^!insertmacro Say (\w+) *"([^"]*)" "([^"]*)"$', joined, re.MULTILINE)
    assert len(said) == len(re.findall(r"^!insertmacro Say ", joined, re.MULTILINE)) > 20
    for name, english, chinese in said:
        assert CHINESE.search(chinese), name
        assert not CHINESE.search(english), name
        assert sorted(re.findall(r"\$\{?\w+", english)) == sorted(
            re.findall(r"\$\{?\w+", chinese)
        ), name


def test_the_trial_knows_how_a_refused_setup_ends(script, script_module):
    trial = script_module("try_setup")
    names = ("UNFIT_WINDOWS", "SETUP_RUNS", "PROGRAM_RUNS", "NEWER_IS_INSTALLED", "DISK_IS_FULL",
             "FILES_NOT_CHANGED", "UNFIT_FOLDER")  # fmt: skip
    defined = dict(re.findall(r"^!define ([A-Z_]+) (\d+)$", script, re.MULTILINE))
    assert {name: getattr(trial, name) for name in names} == {
        name: int(defined[name]) for name in names
    }


def test_what_is_installed_is_moved_put_back_and_removed(script, script_module):
    for part in script_module("computer").PARTS:
        assert f'!insertmacro MovePart "{part}"' in script
        assert f'!insertmacro PutBack "{part}"' in script
        assert re.search(rf'(Delete|RMDir /r) "\$INSTDIR\\{re.escape(part)}"', script)


def test_the_data_is_never_removed(script):
    removing = [line for line in script.splitlines() if re.match(r"\s*(Delete|RMDir) ", line)]
    assert removing
    assert [line for line in removing if "LOCALAPPDATA" in line] == []


def test_in_a_folder_that_the_user_chose_only_what_is_ours_is_emptied(script, script_module):
    emptied = set(re.findall(r'RMDir /r "\$INSTDIR\\([^"]+)"', script))
    assert emptied == {"_internal", "${NEW}", "${OLD}", "${PART}"}
    trial = script_module("try_setup")
    assert dict(re.findall(r'^!define (NEW|OLD) "(.+)"$', script, re.MULTILINE)) == {
        "NEW": trial.NEW,
        "OLD": trial.OLD,
    }
    assert trial.NEW.startswith("propdesk-")
    assert trial.OLD.startswith("propdesk-")


def test_the_uninstaller_goes_first_and_comes_last(script):
    places = re.search(r"^!macro ChangePlaces\n(.+?)^!macroend", script, re.MULTILINE | re.DOTALL)
    moves = re.findall(r"!insertmacro (.+)", places[1])
    assert [moves[0], moves[-1]] == [
        'MovePart "uninstall.exe" "." "${OLD}"',
        'MovePart "uninstall.exe" "${NEW}" "."',
    ]
    back = re.search(r"^!macro PutBackParts\n(.+?)^!macroend", script, re.MULTILINE | re.DOTALL)
    assert re.findall('PutBack "(.+)"', back[1])[-1] == "uninstall.exe"
    assert r'${IfNot} ${FileExists} "$INSTDIR\uninstall.exe"' in back[1]
