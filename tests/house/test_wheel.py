"""The wheel alone, in an empty environment outside the tree, is a working program."""

import json
import os
import subprocess
import sys
import sysconfig
import venv
from pathlib import Path

import pytest
from pypdf import PdfReader


def run(*command: str | Path, cwd: Path) -> str:
    """Run a command that must succeed; return what it printed."""
    environment = {name: text for name, text in os.environ.items() if name != "PYTHONPATH"}
    environment["PYTHONUTF8"] = "1"
    done = subprocess.run(
        [str(word) for word in command],
        cwd=cwd,
        env=environment,
        check=False,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def program(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of commands of an environment that holds the wheel.

    The libraries come from this environment through one line in a .pth file, so that nothing is
    fetched; a .pth file is not followed further, so this tree itself is not seen.
    """
    place = tmp_path_factory.mktemp("installed")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "-o", place, root, cwd=place)
    (wheel,) = place.glob("propdesk-*.whl")
    home = place / "environment"
    venv.create(home, with_pip=False, symlinks=os.name != "nt")
    commands = home / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", str(commands / "python")]
    run(*pip, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=place)
    (modules,) = (path.parent for path in home.rglob("propdesk/paths.py"))
    libraries = sysconfig.get_path("purelib")
    (modules.parent / "libraries.pth").write_text(libraries + "\n", encoding="utf-8")
    return commands


def test_the_wheel_brings_its_resources(program: Path, tmp_path: Path) -> None:
    code = "from propdesk import paths; print(paths.resources()); print(paths.__file__)"
    resources, module = map(Path, run(program / "python", "-c", code, cwd=tmp_path).splitlines())
    assert module.is_relative_to(program.parent)
    assert resources.is_relative_to(program.parent)
    for name in ("fonts/NotoSansSC-Regular.ttf", "locale/zh_CN/LC_MESSAGES/propdesk.mo"):
        assert (resources / name).is_file()
    assert (resources / "licences/components.json").is_file()


def test_the_installed_program_prints_a_work_order(program: Path, tmp_path: Path) -> None:
    propdesk, data, paper = program / "propdesk", tmp_path / "office", tmp_path / "order.pdf"
    told = run(
        *(propdesk, "--data", data, "tickets", "register", "--place", "2号楼大堂"),
        *("--kind", "repair", "--text", "大堂的灯不亮了", "--json"),
        cwd=tmp_path,
    )
    number = json.loads(told)["number"]
    run(propdesk, "--data", data, "print", "work-order", number, "-o", paper, cwd=tmp_path)
    assert paper.read_bytes().startswith(b"%PDF-")
    text = "".join(page.extract_text() for page in PdfReader(paper).pages)
    assert number in text
    assert "大堂的灯不亮了" in text


def test_the_installed_program_explains_itself(program: Path, tmp_path: Path) -> None:
    assert "work-order" in run(program / "propdesk", "print", "--help", cwd=tmp_path)
