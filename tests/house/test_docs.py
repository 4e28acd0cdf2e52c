"""What the pages say about the program is so."""

import re
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

PAGES = (
    "README.md",
    "README.zh-CN.md",
    "CONTRIBUTING.md",
    "docs/architecture.md",
    "docs/privacy.md",
    "packaging/RELEASE.md",
)


def test_the_list_of_refusals_is_that_of_the_source(
    root: Path, script: Callable[[str], ModuleType]
) -> None:
    """Run `make errors` where this fails."""
    written = (root / "docs/errors.md").read_text(encoding="utf-8")
    assert written == script("error_table").table()


def test_codes_of_refusals_are_hyphenated_words(root: Path) -> None:
    found = [
        code
        for folder in ("propdesk", "ui")
        for path in (root / folder).rglob("*.py")
        for code in re.findall(r'Error\(\s*"([^" ]+)",', path.read_text(encoding="utf-8"))
    ]
    assert found
    assert [code for code in found if not re.fullmatch(r"[a-z]+(-[a-z]+)+", code)] == []


@pytest.mark.parametrize("page", PAGES)
def test_the_files_that_a_page_names_exist(root: Path, page: str) -> None:
    text = (root / page).read_text(encoding="utf-8")
    linked = re.findall(r"\]\(([^)#:]+)\)", text)
    named = re.findall(r"`((?:propdesk|ui|tests|packaging|resources|docs)/[\w./-]+)`", text)
    for name in linked:
        assert (root / page).parent.joinpath(name).exists(), name
    for name in named:
        assert (root / name).exists(), name


@pytest.mark.parametrize("page", PAGES)
def test_the_make_targets_that_a_page_names_exist(root: Path, page: str) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):(?!=)", makefile, re.MULTILINE))
    text = (root / page).read_text(encoding="utf-8")
    blocks = re.findall(r"`make ([a-z-]+)`|^(?: {4})?make ([a-z-]+)", text, re.MULTILINE)
    named = {name for pair in blocks for name in pair if name}
    assert named <= targets
