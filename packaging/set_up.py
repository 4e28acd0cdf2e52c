"""Prepare this copy of the source: virtual environment, pinned packages, shared libraries.

    python packaging/set_up.py            what the program and its checks need
    python packaging/set_up.py --tests    also the two small tools that read papers back in tests
    python packaging/set_up.py --freeze   also what PyInstaller wants of the system

Standard library only, so that it runs on a bare machine (Debian, Ubuntu, Windows, macOS). A second
run that finds nothing changed ends at once. System packages are installed only where that is
allowed without a question (root, or sudo without a password); otherwise the line to run is printed.
"""

import argparse
import ctypes
import hashlib
import os
import platform
import shutil
import subprocess
import sys
import sysconfig
import venv
from collections.abc import Iterable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
STAMP = VENV / "set-up.stamp"
OLDEST_PYTHON = (3, 11)

# The files of Qt that the program loads; what they are linked to must be on the machine.
QT_FILES = (
    "lib/libQt6PdfWidgets.so.6",
    "lib/libQt6PrintSupport.so.6",
    "lib/libQt6Svg.so.6",
    "lib/libQt6Widgets.so.6",
    "plugins/platforms/libqoffscreen.so",
    "plugins/platforms/libqxcb.so",
    "plugins/printsupport/libcupsprintersupport.so",
)

# Library name, as the loader asks for it -> the package of Debian and Ubuntu that brings it.
DEBIAN_PACKAGES = {
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libEGL.so.1": "libegl1",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libGL.so.1": "libgl1",
    "libGLX.so.0": "libglx0",
    "libOpenGL.so.0": "libopengl0",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgcc_s.so.1": "libgcc-s1",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libstdc++.so.6": "libstdc++6",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libxcb.so.1": "libxcb1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xinerama.so.0": "libxcb-xinerama0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

# Programs that some tests use to read a drawn paper back, and their packages.
TEST_TOOLS = {"pdftoppm": "poppler-utils", "zbarimg": "zbar-tools"}


def main() -> int:
    """Run the set-up; return the exit code."""
    parser = argparse.ArgumentParser(description="prepare this copy of propdesk's source")
    parser.add_argument("--tests", action="store_true", help="also the tools that tests use")
    parser.add_argument("--freeze", action="store_true", help="also what PyInstaller wants")
    wanted = parser.parse_args()
    if sys.version_info < OLDEST_PYTHON:
        return _refuse(f"propdesk needs Python 3.11 or newer; this is {platform.python_version()}.")
    stamp = _stamp()
    if not STAMP.is_file() or STAMP.read_text(encoding="utf-8") != stamp:
        _say("Setting up .venv (the first time fetches about 300 MB and takes some minutes)")
        _make_environment()
        _install_packages()
        if sys.platform == "linux":
            _install_shared_libraries()
        _try_window()
        STAMP.write_text(stamp, encoding="utf-8")
    if wanted.tests and sys.platform == "linux":
        _offer_test_tools()
    if wanted.freeze and sys.platform == "linux":
        _install_freeze_tools()
    return 0


def _stamp() -> str:
    """Return a mark of everything that the environment depends on."""
    digest = hashlib.sha256()
    for name in ("pyproject.toml", "constraints.txt", "packaging/set_up.py"):
        digest.update((ROOT / name).read_bytes())
    return f"{digest.hexdigest()} {platform.python_version()} {ROOT}\n"


def _make_environment() -> None:
    """Create `.venv`, or create it anew where it belongs to another Python."""
    config = VENV / "pyvenv.cfg"
    ours = config.is_file() and PYTHON.is_file()
    if ours:
        lines = (line.partition("=") for line in config.read_text(encoding="utf-8").splitlines())
        settings = {key.strip(): value.strip() for key, _, value in lines}
        ours = settings.get("version", "") == platform.python_version()
    if ours:
        return
    try:
        venv.create(VENV, clear=True, with_pip=True, symlinks=os.name != "nt")
    except (subprocess.CalledProcessError, ImportError) as error:
        line = "apt-get install -y python3-venv"
        raise SystemExit(
            _refuse(f"The virtual environment could not be made ({error}). On Debian: {line}")
        ) from error


def _install_packages() -> None:
    """Install the pinned packages and this tree itself, editable."""
    pip = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", "install", "--quiet"]
    pinned = ["--constraint", str(ROOT / "constraints.txt")]
    # The build backend comes first, so that it too is the pinned one.
    _run([*pip, *pinned, "hatchling"])
    _run([*pip, *pinned, "--no-build-isolation", "--editable", f"{ROOT}[dev,freeze,release]"])


def _install_shared_libraries() -> None:
    """Look for the libraries that Qt is linked to; install or name the missing ones."""
    missing = _missing_libraries()
    if not missing:
        return
    packages = {DEBIAN_PACKAGES[name] for name in missing if name in DEBIAN_PACKAGES}
    if not packages or not shutil.which("apt-get"):
        raise SystemExit(_refuse(f"Qt needs these shared libraries: {', '.join(sorted(missing))}"))
    if not apt_install(packages):
        line = f"sudo apt-get update && sudo apt-get install -y {' '.join(sorted(packages))}"
        raise SystemExit(_refuse(f"Qt needs some shared libraries. Please run:\n\n    {line}\n"))
    left = sorted(_missing_libraries())
    if left:
        raise SystemExit(_refuse(f"Qt still misses these libraries: {', '.join(left)}"))


def _missing_libraries() -> set[str]:
    """Return the names of the shared libraries that the loader does not find for Qt's files."""
    code = "import importlib.util as u; print(u.find_spec('PySide6').submodule_search_locations[0])"
    folder = Path(_output([str(PYTHON), "-c", code]).strip()) / "Qt"
    files = [str(folder / name) for name in QT_FILES if (folder / name).exists()]
    listed = _output(["ldd", *files])
    return {line.split()[0] for line in listed.splitlines() if line.endswith("=> not found")}


def _try_window() -> None:
    """Open an invisible window, so that a broken Qt is found here and not in the middle of work."""
    code = "from PySide6.QtWidgets import QApplication; QApplication([])"
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    _run([str(PYTHON), "-c", code], environment)


def _offer_test_tools() -> None:
    """Install the tools that some tests use; without them these tests skip and say so."""
    packages = {package for tool, package in TEST_TOOLS.items() if not shutil.which(tool)}
    if not packages:
        return
    if not shutil.which("apt-get") or not apt_install(packages):
        names = " ".join(sorted(packages))
        _say(f"Some tests will be skipped. To run them too: sudo apt-get install -y {names}")


def _install_freeze_tools() -> None:
    """Install or name what PyInstaller wants: binutils, and Python as a shared library."""
    packages = set() if shutil.which("objcopy") else {"binutils"}
    try:
        ctypes.CDLL(sysconfig.get_config_var("INSTSONAME"))
    except OSError:
        packages.add(f"libpython{sys.version_info.major}.{sys.version_info.minor}")
    if packages and (not shutil.which("apt-get") or not apt_install(packages)):
        line = f"sudo apt-get update && sudo apt-get install -y {' '.join(sorted(packages))}"
        raise SystemExit(_refuse(f"Freezing needs some packages. Please run:\n\n    {line}\n"))


def apt_install(packages: Iterable[str]) -> bool:
    """Install packages of Debian or Ubuntu where that is allowed; say whether it was done."""
    prefix = _root_prefix()
    if prefix is None:
        return False
    names = sorted(packages)
    _say(f"Installing with apt-get: {' '.join(names)}")
    apt = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-qq"]
    update = subprocess.run([*apt, "update"], check=False)
    install = [*apt, "install", "-y", "--no-install-recommends", *names]
    done = subprocess.run(install, check=False, stdout=subprocess.DEVNULL)
    if update.returncode or done.returncode:
        _say("apt-get did not succeed; what it said stands above.")
    return done.returncode == 0


def _root_prefix() -> list[str] | None:
    """Return what to write before a command to run it as root, or None where that is not given."""
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if not sudo:
        return None
    silent = subprocess.run([sudo, "-n", "true"], check=False, capture_output=True)
    return [sudo, "-n"] if silent.returncode == 0 else None


def _run(command: list[str], environment: dict[str, str] | None = None) -> None:
    done = subprocess.run(command, check=False, env=environment, cwd=ROOT)
    if done.returncode:
        raise SystemExit(_refuse(f"This did not succeed: {' '.join(command)}"))


def _output(command: list[str]) -> str:
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    return done.stdout


def _say(text: str) -> None:
    print(text, flush=True)


def _refuse(text: str) -> int:
    print(text, file=sys.stderr, flush=True)
    return 1


if __name__ == "__main__":
    sys.exit(main())
