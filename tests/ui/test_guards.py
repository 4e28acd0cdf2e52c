"""Guards over the whole window: keyboard tests, plain labels, icons that exist, no re-entrance."""

import re
from pathlib import Path

import pytest

from propdesk import paths
from ui.theme.palette import make_style_sheet
from ui.theme.tokens import LIGHT

ROOT = Path(__file__).parents[2]
TESTS = sorted((ROOT / "tests" / "ui").rglob("*.py"))
SOURCES = sorted((ROOT / "ui").rglob("*.py"))

# A test that reaches into a widget proves nothing about the keyboard. Each exception has a reason.
EXCEPTIONS: dict[str, str] = {}
FORBIDDEN = re.compile(r"\b(setText|setPlainText|setFocus|setCurrentIndex|click)\(")


def _relative(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", TESTS, ids=_relative)
def test_tests_use_the_keyboard(path):
    if _relative(path) in EXCEPTIONS:
        pytest.skip(EXCEPTIONS[_relative(path)])
    found = [line for line in path.read_text("utf-8").splitlines() if FORBIDDEN.search(line)]
    assert found == []


def test_exceptions_are_still_needed():
    for name in EXCEPTIONS:
        assert FORBIDDEN.search((ROOT / name).read_text("utf-8")), name


@pytest.mark.parametrize("path", SOURCES, ids=_relative)
def test_window_code_keeps_its_rules(path):
    source = path.read_text("utf-8")
    assert "processEvents" not in source, "re-entrance: use the background"
    assert "QApplication.instance" not in source, "the application is handed in"
    assert ".itemAt(" not in source, "a layout's items crash PySide: see ui/reading_order.py"
    if path.name not in ("messages.py", "base.py"):
        assert "QMessageBox" not in source
    if path.name != "labels.py":
        assert not re.search(r"\bQLabel\(", source), "labels come from ui/widgets/labels.py"


def test_icons_that_are_named_exist():
    folder = paths.resources() / "icons"
    have = {path.stem for path in folder.glob("*.svg")}
    pattern = re.compile(r"""(?:icon=|Icon\(\s*\w+(?:\.\w+)*,\s*|\.paint\([^"]*?)"([a-z0-9-]+)\"""")
    named = {name for path in SOURCES for name in pattern.findall(path.read_text("utf-8")) if name}
    assert len(named) > 5
    assert named - have == set()


def test_icon_files_follow_the_ink():
    for path in (paths.resources() / "icons").glob("*.svg"):
        if path.stem != "propdesk":
            assert 'stroke="currentColor"' in path.read_text("utf-8"), path.name
            assert 'stroke-width="2"' in path.read_text("utf-8"), path.name


def test_style_sheet_stays_short():
    lines = [line for line in make_style_sheet(LIGHT).splitlines() if line.strip()]
    assert len(lines) <= 40
