"""Build the setup for Windows on Linux, and try it out: `make windows`.

    python packaging/windows/build.py [--no-trial | --frozen DIR]

A Windows Python is put together (assemble_python.py), freezes the program under wine
(packaging/freeze.py), NSIS packs the setup (propdesk.nsi), and wine installs, runs, upgrades and
removes it (try_setup.py). All of it happens in build/windows; what is handed out goes to dist.
With --frozen only the setup is packed, out of a program that was frozen on Windows (build.ps1).
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

import assemble_python  # noqa: E402 - these stand in the folders above
import checksums  # noqa: E402
import components  # noqa: E402
import program_icon  # noqa: E402
import set_up  # noqa: E402
import try_setup  # noqa: E402
from PIL import Image  # noqa: E402
from wine import COMPILER, Wine, windows_path  # noqa: E402

import propdesk  # noqa: E402

VERSION = propdesk.__version__
BUILD = ROOT / "build" / "windows"
PYTHON = BUILD / "python"
FROZEN = BUILD / "propdesk"
DIST = ROOT / "dist"
SCRIPT = Path(__file__).with_name("propdesk.nsi")
LICENCES = ROOT / "resources" / "licences"

# What must be on the machine -> the package of Debian and Ubuntu that brings it.
TOOLS = {
    "wine": "wine",
    "wineserver": "wine64",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
    "makensis": "nsis",
    COMPILER: "gcc-mingw-w64-x86-64",
}
FILES = {
    "/usr/share/i18n/locales/zh_CN": "locales",
    "/usr/share/wine/fonts/tahoma.ttf": "fonts-wine",
}

# The limits of the program and of its setup.
MOST_INSTALLED_MB = 150
MOST_SETUP_MB = 45

SIDE_PICTURE = (328, 628)  # twice what the setup shows at 100 %
SIDE_COLOUR = "#eef3f8"

QT_SENTENCES = {
    "en": (
        "propdesk {version} is free software under the Apache License 2.0.\n\n"
        "It uses Qt {qt} through Qt for Python under the GNU Lesser General Public License, "
        "version 3. Qt's files stand unchanged beside the program, in _internal\\PySide6 and "
        "_internal\\shiboken6. You may replace them by other, also changed, files of a compatible "
        "version, and study how the program works with them.\n\n"
        "It consists of:"
    ),
    "zh": (
        "物业台 {version} 是自由软件，以 Apache License 2.0 发布。\n\n"
        "它通过 Qt for Python 使用 Qt {qt}，许可证为 GNU 宽通用公共许可证（LGPL）第 3 版。"
        "Qt 的文件未作改动，位于程序旁的 _internal\\PySide6 和 _internal\\shiboken6。"
        "您可以换成兼容版本的其他文件（包括自行修改的），并可为此研究程序如何使用它们。\n\n"
        "组成部分："
    ),
}


def main() -> int:
    """Build, try, and write the sums."""
    parser = argparse.ArgumentParser(description="build the setup for Windows, and try it out")
    parser.add_argument("--no-trial", action="store_true", help="build only")
    parser.add_argument(
        "--frozen", type=Path, metavar="DIR", help="pack this program, nothing else"
    )
    wanted = parser.parse_args()
    BUILD.mkdir(parents=True, exist_ok=True)
    DIST.mkdir(exist_ok=True)
    if wanted.frozen:
        hand_out(wanted.frozen.resolve())
        return 0
    install_tools()
    with step("Windows Python"):
        make_python()
    with step("program"), Wine(BUILD / "prefix") as wine:
        freeze(wine)
    setup = hand_out(FROZEN)
    if not wanted.no_trial:
        with step("trial"):
            try_it(setup)
    return 0


def hand_out(frozen: Path) -> Path:
    """Write the setup of a frozen program, the list of its components and the sums."""
    setup = DIST / f"propdesk-{VERSION}-setup.exe"
    with step("setup"):
        components.write_bill(frozen, DIST)
        prepare_setup()
        make_setup(setup, target="x86-unicode", pack="lzma", source=frozen)
        expect_at_most(setup.name, setup.stat().st_size / 1e6, MOST_SETUP_MB)
    checksums.write_sums(DIST)
    return setup


@contextmanager
def step(name: str) -> Iterator[None]:
    """Say what begins and how long it took."""
    print(f"== {name}", flush=True)
    started = time.monotonic()
    yield
    print(f"== {name}: {time.monotonic() - started:.0f} s", flush=True)


def install_tools() -> None:
    """Install what is missing on Debian and Ubuntu, or say what to install."""
    packages = missing_packages()
    if packages and shutil.which("apt-get"):
        set_up.apt_install(packages)
    if packages := missing_packages():
        line = f"sudo apt-get update && sudo apt-get install -y {' '.join(sorted(packages))}"
        raise SystemExit(f"Building for Windows needs some tools. Please run:\n\n    {line}\n")


def missing_packages() -> set[str]:
    """Return the packages whose tools are not on this machine."""
    tools = {package for tool, package in TOOLS.items() if not shutil.which(tool)}
    return tools | {package for file, package in FILES.items() if not Path(file).exists()}


def make_python() -> None:
    """Assemble the Windows Python, where it is not there from an earlier run."""
    parts = [ROOT / "pyproject.toml", ROOT / "constraints.txt", Path(assemble_python.__file__)]
    digest = hashlib.sha256(b"".join(part.read_bytes() for part in parts)).hexdigest()
    mark = f"{digest} {sys.version} {os.environ.get('PROPDESK_STDLIB')}\n"
    stamp = PYTHON / "assembled.txt"
    if not stamp.is_file() or not stamp.read_text(encoding="utf-8").startswith(mark):
        told = assemble_python.assemble_python(PYTHON)
        stamp.write_text(f"{mark}{told}\n", encoding="utf-8")
    print(stamp.read_text(encoding="utf-8").removeprefix(mark).strip())


def freeze(wine: Wine) -> None:
    """Freeze the program under wine and look at what came out."""
    freezer = windows_path(ROOT / "packaging" / "freeze.py")
    ended = wine.run(PYTHON / "python.exe", freezer, "--out", windows_path(BUILD), timeout=1800)
    print(ended.output.strip())
    if ended.code:
        raise SystemExit("Freezing under wine did not succeed.")
    strangers = [name for name in ("icuuc.dll", "mscms.dll") if list(FROZEN.rglob(name))]
    if strangers:
        raise SystemExit(f"The program carries a stand-in of wine's: {strangers[0]}")
    expect_at_most("the program", size_of(FROZEN) / 1e6, MOST_INSTALLED_MB)


def prepare_setup() -> None:
    """Draw the setup's pictures and write the licences that it shows."""
    program_icon.write_ico(BUILD / "propdesk.ico")
    side = Image.new("RGB", SIDE_PICTURE, SIDE_COLOUR)
    icon = program_icon.draw(192)
    side.paste(icon, ((side.width - icon.width) // 2, 96), icon)
    side.save(BUILD / "side.bmp")
    listed = json.loads((LICENCES / "components.json").read_text(encoding="utf-8"))["components"]
    carried = [one for one in listed if "windows" in one.get("platforms", ["windows"])]
    [qt] = {one["version"] for one in carried if one.get("distribution") == "shiboken6"}
    lines = [f"  {one['name']} {one.get('version') or ''}: {one['licence']}" for one in carried]
    names = dict.fromkeys(name for one in carried for name in one["files"])
    texts = [(LICENCES / name).read_text(encoding="utf-8").strip() for name in names]
    texts = [
        f"{'=' * 70}\n{name}\n{'=' * 70}\n\n{text}" for name, text in zip(names, texts, strict=True)
    ]
    for language, sentence in QT_SENTENCES.items():
        head = "\n".join([sentence.format(version=VERSION, qt=qt), "", *lines])
        whole = "\n\n".join([head, *texts]) + "\n"
        # NSIS knows UTF-8 by its mark, and Windows' text field wants its own ends of lines.
        (BUILD / f"licences-{language}.txt").write_text(whole, encoding="utf-8-sig", newline="\r\n")


def make_setup(
    setup: Path, *, target: str, pack: str, version: str = VERSION, source: Path = FROZEN
) -> None:
    """Pack a frozen program into a setup."""
    defined = {
        "VERSION": version,
        "SOURCE": source,
        "SETUP": setup,
        "WORK": BUILD,
        "SIZE_KB": size_of(source) // 1024,
        "TARGET": target,
        "PACK": pack,
    }
    options = [f"-D{name}={value}" for name, value in defined.items()]
    subprocess.run(["makensis", "-V2", "-WX", *options, str(SCRIPT)], check=True)


def try_it(setup: Path) -> None:
    """Install, run, upgrade and remove under wine.

    The setup is a 32-bit program, so that a 32-bit Windows hears why it is refused. A wine without
    32 bits (Debian's, by default) tries its twin, made of the same script and the same files.
    """
    target = "x86-unicode" if Path("/usr/lib/i386-linux-gnu/wine").is_dir() else "amd64-unicode"
    if target == "amd64-unicode":
        setup = BUILD / f"propdesk-{VERSION}-setup-64.exe"
        make_setup(setup, target=target, pack="zlib")
    older = BUILD / "older"
    shutil.rmtree(older, ignore_errors=True)
    shutil.copytree(FROZEN, older, copy_function=os.link)
    (older / "_internal" / try_setup.STALE).touch()
    make_setup(try_setup.OLDER, target=target, pack="zlib", version="0.1.0", source=older)
    if try_setup.try_setup(setup):
        raise SystemExit("The setup is not as it must be.")


def expect_at_most(name: str, megabytes: float, most: float) -> None:
    """Stop when something grew too large."""
    print(f"{name}: {megabytes:.1f} MB (at most {most})")
    if megabytes > most:
        raise SystemExit(f"{name} is too large.")


def size_of(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


if __name__ == "__main__":
    sys.exit(main())
