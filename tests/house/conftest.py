"""The tree as git sees it."""

import importlib.util
import subprocess
from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """Return the top folder of the source."""
    return ROOT


@pytest.fixture(scope="session")
def tracked(root: Path) -> list[Path]:
    """Return every file that belongs to the source: known to git or about to be."""
    # The folder may belong to another user than the one who tests, as in a container.
    git = ["git", "-c", f"safe.directory={root}"]
    command = [*git, "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, check=True, capture_output=True).stdout
    files = [root / name for name in listed.decode().split("\0") if name]
    return [file for file in files if file.is_file()]


@pytest.fixture(scope="session")
def script(root: Path) -> Callable[[str], ModuleType]:
    """Return a loader for the scripts in packaging/, which is no package."""

    def load(name: str) -> ModuleType:
        spec = importlib.util.spec_from_file_location(name, root / f"packaging/{name}.py")
        assert spec
        assert spec.loader
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module

    return load
