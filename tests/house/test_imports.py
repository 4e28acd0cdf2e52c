"""What starts quickly stays quick, and what measures stays apart."""

import ast
import json
import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {
    "PySide6", "reportlab", "openpyxl", "pypinyin", "segno", "xlrd", "PIL", "pypdf", "dateutil",
}  # fmt: skip


@pytest.mark.parametrize("module", ["propdesk.cli", "propdesk.__main__", "ui.__main__"])
def test_a_command_line_loads_no_heavy_library(module: str) -> None:
    code = f"import {module}, json, sys; print(json.dumps([name for name in sys.modules]))"
    listed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
    loaded = {name.partition(".")[0] for name in json.loads(listed)}
    assert module.partition(".")[0] in loaded
    assert loaded & HEAVY == set()


def test_the_parser_of_all_commands_loads_no_heavy_library() -> None:
    code = (
        "from propdesk.cli.main import build_parser; import json, sys; build_parser();"
        "print(json.dumps([name for name in sys.modules]))"
    )
    listed = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True).stdout
    loaded = {name.partition(".")[0] for name in json.loads(listed)}
    assert "peewee" in loaded
    assert loaded & HEAVY == set()


def test_the_floors_of_the_benches_know_neither_package(root: Path) -> None:
    """A floor that used our code would sink together with it."""
    tree = ast.parse((root / "tests/bench/floors.py").read_text(encoding="utf-8"))
    names = {
        name.partition(".")[0]
        for node in ast.walk(tree)
        for name in (
            [alias.name for alias in node.names]
            if isinstance(node, ast.Import)
            else [node.module or ""]
            if isinstance(node, ast.ImportFrom)
            else []
        )
    }
    assert names
    assert names.isdisjoint({"propdesk", "ui", "tests"})
