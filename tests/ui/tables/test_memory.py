"""What this PC remembers outlives a power cut, and what is broken is put aside (F64)."""

import pytest
from PySide6.QtCore import QSettings

from propdesk import paths
from ui.tables.memory import NoMemory, open_memory

BROKEN = {
    "NULs": b"\0" * 4096,
    "NULs behind": b"[General]\ntheme=dark\n" + b"\0" * 512,
    "binary": bytes(range(256)) * 8,
    "another encoding": "[General]\nwho=张伟".encode("gbk"),
    "cut short": b"[General]\ntheme=dark\n[win",
}


@pytest.fixture
def file():
    return paths.user_config() / "workstation.ini"


def write(file, content):
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def test_what_is_remembered_is_there_at_the_next_start(file):
    memory, aside = open_memory(file)
    memory.remember("tickets/widths", "number=120 房号=80")
    del memory
    memory, again = open_memory(file)
    assert memory.recall("tickets/widths") == "number=120 房号=80"
    assert memory.recall("nothing") == ""
    assert (aside, again) == (None, None)


@pytest.mark.parametrize("content", BROKEN.values(), ids=BROKEN.keys())
def test_a_broken_file_is_put_aside_and_all_begins_anew(file, content):
    write(file, content)
    memory, aside = open_memory(file)
    assert aside == file.with_name("workstation.ini.bad-1")
    assert aside.read_bytes() == content
    assert memory.recall("theme") == ""
    memory.remember("theme", "light")
    del memory
    memory, again = open_memory(file)
    assert (memory.recall("theme"), again) == ("light", None)


def test_a_folder_in_its_place_is_put_aside(file):
    file.mkdir(parents=True)
    (file / "kept.txt").write_text("kept")
    memory, aside = open_memory(file)
    memory.remember("theme", "dark")
    assert (aside / "kept.txt").read_text() == "kept"
    assert open_memory(file)[0].recall("theme") == "dark"


def test_what_can_neither_be_read_nor_put_aside_is_not_remembered(file, monkeypatch):
    write(file, b"\0")
    for number in range(1, 100):
        file.with_name(f"workstation.ini.bad-{number}").touch()
    memory, aside = open_memory(file)
    assert isinstance(memory, NoMemory)
    assert aside == file
    assert file.read_bytes() == b"\0"


@pytest.mark.qt_log_ignore("QVariant::load", extend=True)
@pytest.mark.parametrize(
    "value",
    ["@Invalid()", "@ByteArray(abc)", "@Rect(1 2 3 4)", "a, b", r"@Variant(\0\0\0\x7f)", r"a\0b"],
)
def test_a_value_that_is_no_text_is_none(file, value):
    write(file, f"[General]\ntheme={value}\nlanguage=en\n".encode())
    memory, aside = open_memory(file)
    assert memory.recall("theme") == ""
    assert (memory.recall("language"), aside) == ("en", None)


def test_a_place_that_cannot_be_written_stops_nobody(tmp_path):
    (tmp_path / "file").write_text("in the way")
    memory, aside = open_memory(tmp_path / "file" / "workstation.ini")
    memory.remember("theme", "dark")
    assert (memory.recall("theme"), aside) == ("dark", None)
    del memory


def test_the_file_is_one_of_qt(file):
    memory, _aside = open_memory(file)
    memory.remember("window/page", "today")
    del memory
    assert QSettings(str(file), QSettings.Format.IniFormat).value("window/page") == "today"
