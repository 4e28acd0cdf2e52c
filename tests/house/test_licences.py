"""Everything that goes out with the program is named with its licence, as the About page shows."""

import importlib.metadata
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlcipher3.dbapi2

# What pip may install beside the program depends on the platform; markers are evaluated by name.
# An extra is nobody's; what only a Python before ours needs (requires-python) never comes along.
EXTRA = re.compile(r"""extra\s*==|python_version\s*<\s*['"]3\.(?:\d|1[01])['"]""")


def plain(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def required(name: str, seen: set[str]) -> Iterator[str]:
    """Yield every distribution that an installation of `name` brings, itself excepted."""
    for line in importlib.metadata.requires(name) or []:
        needed = plain(re.match(r"[\w.-]+", line)[0])
        if EXTRA.search(line) or needed in seen or not is_installed(needed):
            continue
        seen.add(needed)
        yield needed
        yield from required(needed, seen)


def is_installed(name: str) -> bool:
    try:
        importlib.metadata.distribution(name)
    except importlib.metadata.PackageNotFoundError:
        return False
    return True


@pytest.fixture(scope="module")
def folder(root: Path) -> Path:
    return root / "resources/licences"


@pytest.fixture(scope="module")
def components(folder: Path) -> list[dict]:
    return json.loads((folder / "components.json").read_text(encoding="utf-8"))["components"]


def test_every_dependency_is_listed_with_its_version(components: list[dict]) -> None:
    listed = {one["distribution"]: one["version"] for one in components if "distribution" in one}
    needed = set(required("propdesk", set()))
    assert {"peewee", "pyside6-essentials", "pillow", "et-xmlfile"} <= needed
    assert {name: importlib.metadata.version(name) for name in needed} == listed


def test_every_component_has_the_text_of_its_licence(components: list[dict], folder: Path) -> None:
    for one in components:
        assert one["licence"]
        assert one["files"]
        for name in one["files"]:
            assert len((folder / name).read_text(encoding="utf-8")) > 200, name


def test_every_licence_text_belongs_to_a_component(components: list[dict], folder: Path) -> None:
    named = {name for one in components for name in one["files"]}
    assert {file.name for file in folder.iterdir()} - {"components.json"} == named


def test_no_licence_that_would_bind_the_program(components: list[dict]) -> None:
    """Only the LGPL, and that only for shared libraries that anyone may replace.

    PyInstaller's loader is GPL with an exception: what it starts is not bound.
    """
    for one in components:
        free = one["licence"].replace("GPL-2.0-or-later WITH Bootloader-exception", "")
        assert not re.search(r"\bA?GPL|NonCommercial|SSPL", free), one["name"]
        if "LGPL" in one["licence"]:
            assert one["name"] == "Qt" or one["name"].startswith("Qt for Python")


def test_the_engine_inside_sqlcipher3_is_the_listed_one(components: list[dict]) -> None:
    versions = {one["name"]: one["version"] for one in components}
    connection = sqlcipher3.dbapi2.connect(":memory:")
    cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    connection.close()
    assert sqlcipher3.dbapi2.sqlite_version == versions["SQLite"]
    assert cipher.split()[0] == versions["SQLCipher"]


def test_the_users_right_to_replace_qt_is_written_down(folder: Path) -> None:
    assert "You may replace them" in (folder / "qt.txt").read_text(encoding="utf-8")
