"""The tree keeps its shape: no folder hides a package, one version, no address of one machine."""

import json
import re
import subprocess
import sys
import tomllib
from hashlib import sha256
from pathlib import Path

import propdesk

# Written in pieces, so that this file does not name them either.
FOREIGN = (
    re.compile(r"pypi\." + r"org|python" + r"hosted\.org|npm" + r"js\.org|crates\." + r"io"),
    re.compile(r"(?<![\w./-])/(?:" + "|".join(("work", "home", "root", "opt", "Users")) + r")/\w"),
    re.compile(r"[A-Z]:\\" + r"Users\\"),
)
TEXT = {".py", ".md", ".toml", ".txt", ".json", ".po", ".svg", ".csv", ".yml", ".cfg", ".sh", ""}


def test_no_package_where_it_would_hide_another(tracked: list[Path], root: Path) -> None:
    forbidden = [
        file.relative_to(root).as_posix()
        for file in tracked
        if file.name == "__init__.py"
        and file.relative_to(root).parts[0] in {"packaging", "tests", "resources", "docs"}
    ]
    assert forbidden == []


def test_no_python_among_the_resources(tracked: list[Path], root: Path) -> None:
    assert [
        file for file in tracked if (root / "resources") in file.parents and file.suffix == ".py"
    ] == []


def test_no_address_of_a_registry_or_of_one_machine(tracked: list[Path], root: Path) -> None:
    found = []
    for file in tracked:
        if file.suffix not in TEXT or file.parent.name == "licences":
            continue
        for number, line in enumerate(
            file.read_text(encoding="utf-8", errors="replace").splitlines(), 1
        ):
            found += [
                f"{file.relative_to(root)}:{number}: {line.strip()[:100]}"
                for pattern in FOREIGN
                if pattern.search(line)
            ]
    assert found == []


def test_the_version_stands_in_one_place(tracked: list[Path], root: Path) -> None:
    pattern = re.compile(rf"(?<![\d.]){re.escape(propdesk.__version__)}(?![\d.])")
    holders = [
        file.relative_to(root).as_posix()
        for file in tracked
        if file.suffix in {".py", ".toml"} and pattern.search(file.read_text(encoding="utf-8"))
    ]
    assert holders == ["propdesk/__init__.py"]


def test_the_changelog_begins_with_this_version(root: Path) -> None:
    text = (root / "CHANGELOG.md").read_text(encoding="utf-8")
    first = re.search(r"^## (\S+)", text, re.MULTILINE)
    assert first
    assert first[1] == propdesk.__version__


def test_every_dependency_is_pinned(root: Path) -> None:
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"].values()
    wanted = [*project["dependencies"], *(line for extra in extras for line in extra)]
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    pins = dict(line.split("==") for line in lines if line)
    names = [re.match(r"[\w-]+", line)[0].lower().replace("_", "-") for line in wanted]
    assert [name for name in names if name not in pins] == []


def test_what_is_installed_is_what_is_pinned(root: Path) -> None:
    pip = [sys.executable, "-m", "pip", "list", "--format", "json", "--disable-pip-version-check"]
    listed = json.loads(subprocess.run(pip, check=True, capture_output=True).stdout)
    installed = {one["name"].lower().replace("_", "-"): one["version"] for one in listed}
    text = (root / "constraints.txt").read_text(encoding="utf-8")
    lines = [line.partition("#")[0].strip() for line in text.splitlines()]
    pins = dict(line.split("==") for line in lines if line)
    assert {name: installed[name] for name in pins.keys() & installed.keys()} == {
        name: pins[name] for name in pins.keys() & installed.keys()
    }


def test_the_fonts_are_the_ones_that_were_checked(root: Path) -> None:
    folder = root / "resources/fonts"
    lines = (folder / "SHA256SUMS").read_text(encoding="utf-8").splitlines()
    sums = {name.lstrip("*"): digest for digest, name in (line.split() for line in lines)}
    real = {file.name: sha256(file.read_bytes()).hexdigest() for file in folder.glob("*.ttf")}
    assert real == sums


def test_continuous_integration_runs_what_the_readme_tells(root: Path) -> None:
    script = (root / ".ci/run").read_text(encoding="utf-8")
    commands = [line for line in script.splitlines() if line and not line.startswith("#")]
    assert commands == ['cd "$(dirname "$0")/.." && make test && exec make smoke']
    for readme in ("README.md", "README.zh-CN.md"):
        text = (root / readme).read_text(encoding="utf-8")
        for command in ("make test", "make smoke"):
            assert re.search(rf"^    {command}$", text, re.MULTILINE)


def test_every_make_target_explains_itself(root: Path) -> None:
    makefile = (root / "Makefile").read_text(encoding="utf-8")
    targets = re.findall(r"^([a-z-]+):(?!=)", makefile, re.MULTILINE)
    explained = re.findall(r"^([a-z-]+):[^#\n]*## \S", makefile, re.MULTILINE)
    assert targets == explained
    assert {"setup", "run", "demo", "test", "check", "bench", "screenshots"} <= set(targets)
