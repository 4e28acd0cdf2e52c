"""Make the Linux packages out of the frozen program: a .deb and a tarball, in dist.

    python packaging/linux/packages.py [--frozen DIR] [--out DIR]

The same frozen folder and the same SOURCE_DATE_EPOCH (else the day of the last commit) give the
same bytes. The .deb puts the program into /usr/lib/propdesk and depends on the system's shared
libraries; nothing of the system is bundled.
"""

import argparse
import gzip
import json
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import textwrap
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from release_day import release_day  # noqa: E402 - found by the line above

import propdesk  # noqa: E402

NAME = "propdesk"
PROGRAM = f"usr/lib/{NAME}"
ICON_SIZES = (16, 24, 32, 48, 64, 128, 256)

C_LIBRARY = "libc6"
# Library name, as the loader asks for it -> the package of Debian that brings it. Those that even a
# minimal Debian 12 has cost nothing there, and another release may lack them.
DEBIAN_PACKAGES = {
    "ld-linux-x86-64.so.2": C_LIBRARY,
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libX11.so.6": "libx11-6",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    "libc.so.6": C_LIBRARY,
    "libcrypto.so.3": "libssl3",
    "libcups.so.2": "libcups2",
    "libdbus-1.so.3": "libdbus-1-3",
    "libdl.so.2": C_LIBRARY,
    "libffi.so.8": "libffi8",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libgcc_s.so.1": "libgcc-s1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "liblzma.so.5": "liblzma5",
    "libm.so.6": C_LIBRARY,
    "libpthread.so.0": C_LIBRARY,
    "libresolv.so.2": C_LIBRARY,
    "librt.so.1": C_LIBRARY,
    "libstdc++.so.6": "libstdc++6",
    "libutil.so.1": C_LIBRARY,
    "libuuid.so.1": "libuuid1",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}

MAINTAINER = "propdesk maintainers <maintainers@propdesk.invalid>"
CHANGELOG = f"""\
{NAME} ({{version}}) stable; urgency=medium

  * What is new stands in NEWS.md.gz.

 -- {MAINTAINER}  {{day}}
"""
CONTROL = """\
Package: {name}
Version: {version}
Architecture: amd64
Maintainer: {maintainer}
Installed-Size: {kibibytes}
Depends: {depends}
Section: misc
Priority: optional
Description: desk for property-management offices, without a network
 A clerk registers complaints, repairs and enquiries at the keyboard while the
 caller is still on the phone, sends somebody, prints the work order, asks back
 and closes. A manager prints the month's complaint report. Chinese and English.
 .
 The office's data stay in the user's own folder; removing this package leaves
 them where they are.
"""


def needed_libraries(folder: Path) -> tuple[set[str], str]:
    """Return the shared libraries that a frozen program wants of the system.

    Returns:
        Their names, and the oldest version of the C library that has all that is asked of it.

    """
    files = [file for file in folder.rglob("*") if file.is_file() and is_elf(file)]
    headers = subprocess.run(
        ["objdump", "--private-headers", *files], check=True, capture_output=True, text=True
    ).stdout
    wanted = set(re.findall(r"^ +NEEDED +(\S+)$", headers, re.MULTILINE))
    versions = re.findall(r" GLIBC_(\d+)\.(\d+)", headers)
    newest = max((int(major), int(minor)) for major, minor in versions)
    return wanted - {file.name for file in folder.rglob("*")}, "{}.{}".format(*newest)


def is_elf(file: Path) -> bool:
    """Say whether a file is a program or library of Linux."""
    with file.open("rb") as opened:
        return opened.read(4) == b"\x7fELF"


def dependencies(folder: Path) -> str:
    """Return the packages of Debian that bring what a frozen program wants."""
    libraries, c_version = needed_libraries(folder)
    unknown = sorted(libraries - DEBIAN_PACKAGES.keys())
    if unknown:
        raise SystemExit(f"Say in {Path(__file__).name} which package brings {', '.join(unknown)}")
    packages = {DEBIAN_PACKAGES[name] for name in libraries} - {C_LIBRARY}
    return ", ".join([f"{C_LIBRARY} (>= {c_version})", *sorted(packages)])


def build_deb(frozen: Path, version: str, out: Path, compression: str = "xz") -> Path:
    """Pack a frozen program for Debian and its kin; return the file.

    `compression` is one that dpkg-deb knows; "none" is quick, for a package that is only tried.
    """
    target = out / f"{NAME}_{version}_amd64.deb"
    with tempfile.TemporaryDirectory() as scratch:
        stage = Path(scratch)
        stage.chmod(0o755)
        shutil.copytree(frozen, stage / PROGRAM, symlinks=True)
        (stage / "usr/bin").mkdir(parents=True)
        (stage / "usr/bin" / NAME).symlink_to(f"../lib/{NAME}/{NAME}")
        place(HERE / "propdesk.desktop", stage / "usr/share/applications/propdesk.desktop")
        place_icons(stage / "usr/share/icons/hicolor")
        documents = stage / "usr/share/doc" / NAME
        write(documents / "copyright", copyright_text())
        squeeze(documents / "NEWS.md.gz", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
        day = format_datetime(datetime.fromtimestamp(release_day(), UTC))
        squeeze(documents / "changelog.gz", CHANGELOG.format(version=version, day=day))
        manual = (HERE / "propdesk.1").read_text(encoding="utf-8").replace("@VERSION@", version)
        squeeze(stage / "usr/share/man/man1/propdesk.1.gz", manual)
        facts = {
            "name": NAME,
            "version": version,
            "maintainer": MAINTAINER,
            "kibibytes": sum(1 + one.lstat().st_size // 1024 for one in stage.rglob("*")),
            "depends": dependencies(frozen),
        }
        write(stage / "DEBIAN/control", CONTROL.format(**facts))
        place(HERE / "preinst", stage / "DEBIAN/preinst")
        settle(stage)
        # More threads would cut the stream into other pieces on another machine.
        pack = ["dpkg-deb", "--root-owner-group", "--threads-max=1", f"-Z{compression}", "--build"]
        subprocess.run(
            [*pack, str(stage), str(target)],
            check=True,
            stdout=subprocess.DEVNULL,
            env=os.environ | {"SOURCE_DATE_EPOCH": str(release_day())},
        )
    return target


def build_tarball(frozen: Path, version: str, out: Path) -> Path:
    """Pack a frozen program for every other Linux; return the file."""
    top = f"{NAME}-{version}"
    target = out / f"{top}-linux-x86_64.tar.xz"
    with tempfile.TemporaryDirectory() as scratch:
        stage = Path(scratch) / top
        shutil.copytree(frozen, stage, symlinks=True)
        libraries, c_version = needed_libraries(frozen)
        named = sorted(name for name in libraries if DEBIAN_PACKAGES.get(name) != C_LIBRARY)
        text = (HERE / "README.txt").read_text(encoding="utf-8").replace("@VERSION@", version)
        text = text.replace("@C@", c_version)
        write(
            stage / "README.txt",
            text.replace(
                "@LIBRARIES@",
                textwrap.fill(
                    " ".join(named), 92, subsequent_indent="    ", break_on_hyphens=False
                ),
            ),
        )
        place(ROOT / "resources/icons/propdesk.svg", stage / "propdesk.svg")
        settle(stage)
        with tarfile.open(target, "w:xz", preset=6) as archive:
            archive.add(stage, top, filter=nobodys)
    return target


def nobodys(entry: tarfile.TarInfo) -> tarfile.TarInfo:
    """Return an entry of a tarball without who made it and when."""
    entry.uid = entry.gid = 0
    entry.uname = entry.gname = "root"
    entry.mtime = release_day()
    return entry


def place_icons(folder: Path) -> None:
    """Put the program's icon where desktops look for it."""
    place(ROOT / "resources/icons/propdesk.svg", folder / "scalable/apps/propdesk.svg")
    with tempfile.TemporaryDirectory() as scratch:
        drawing = [sys.executable, str(ROOT / "packaging/program_icon.py"), scratch]
        subprocess.run(drawing, check=True, env=os.environ | {"QT_QPA_PLATFORM": "offscreen"})
        for size in ICON_SIZES:
            drawn = Path(scratch) / f"propdesk-{size}.png"
            place(drawn, folder / f"{size}x{size}/apps/propdesk.png")


def copyright_text() -> str:
    """Return what Debian wants to know: whose the program and its parts are."""
    text = (ROOT / "resources/licences/components.json").read_text(encoding="utf-8")
    parts = [
        one for one in json.loads(text)["components"] if "linux" in one.get("platforms", "linux")
    ]
    lines = [f"  {one['name']} {one['version']}: {one['licence']}" for one in parts]
    return "\n".join(
        [
            "Copyright 2026 propdesk contributors",
            "",
            "propdesk is under the Apache License 2.0; on Debian systems its text is in",
            "/usr/share/common-licenses/Apache-2.0.",
            "",
            "The package carries these components, unchanged. The texts of their licences are in",
            f"/{PROGRAM}/_internal/resources/licences.",
            "",
            *lines,
            "",
            "Qt and Qt for Python are under the LGPL 3: you may replace their files in",
            f"/{PROGRAM}/_internal/PySide6 by your own; qt.txt among the texts tells more.",
            "",
        ]
    )


def place(source: Path, target: Path) -> None:
    """Copy a file to a place that may not exist yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(source, target)


def write(target: Path, text: str) -> None:
    """Write a text to a place that may not exist yet."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(text, encoding="utf-8")


def squeeze(target: Path, text: str) -> None:
    """Write a text as gzip, without the time."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(text.encode(), mtime=0))


def settle(stage: Path) -> None:
    """Give every file and folder its rights, whatever the umask of who builds."""
    for one in stage.rglob("*"):
        if not one.is_symlink():
            runs = one.is_dir() or one.name == "preinst" or (is_elf(one) and ".so" not in one.name)
            one.chmod(0o755 if runs else 0o644)


def main() -> int:
    """Build both packages."""
    parser = argparse.ArgumentParser(description="make the Linux packages")
    parser.add_argument("--frozen", type=Path, default=ROOT / "build/frozen/propdesk")
    parser.add_argument("--out", type=Path, default=ROOT / "dist")
    wanted = parser.parse_args()
    if not (wanted.frozen / NAME).is_file():
        raise SystemExit(f"{wanted.frozen} holds no frozen program. Make one first: make freeze")
    wanted.out.mkdir(parents=True, exist_ok=True)
    what = (wanted.frozen.resolve(), propdesk.__version__, wanted.out.resolve())
    print("Packing the .deb and the tarball (one to three minutes)", flush=True)
    with ThreadPoolExecutor() as both:
        for made in both.map(lambda build: build(*what), (build_deb, build_tarball)):
            print(f"{made}: {made.stat().st_size / 1e6:.1f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
