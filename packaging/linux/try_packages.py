"""Try the Linux packages on a fresh minimal Debian 12: install, run, upgrade, remove.

    python packaging/linux/try_packages.py [--dist DIR] [--frozen DIR] [--out DIR]

debootstrap makes the Debian; the packages run there as an ordinary user whose folder has a Chinese
name with a blank, without a network. Screenshots and everything that was said stay in the folder
`--out`. Needs root; with sudo that asks no password it takes it by itself.
"""

import argparse
import hashlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from packages import NAME, PROGRAM, ROOT, build_deb
from pypdf import PdfReader

import propdesk

RELEASE = "bookworm"
# What this script itself needs of the machine it runs on.
TOOLS = {"debootstrap": "debootstrap", "Xvfb": "xvfb", "unshare": "util-linux"}
OLDER = "0.1.0"
STALE = "_internal/stale.txt"
OFFICE = ROOT / "tests/data/office-0.1.0.zip"
TICKETS = 50
USER, NUMBER = "clerk", 1000
HOME = Path("home") / "物业 前台"
ARCHIVES = "var/cache/apt/archives"
SCREEN = "1366x768x24"
# A fresh office or an upgrade of a small one takes a second; the rest is for busy machines.
PATIENCE = 60
# Of what one command says, so much stays in the log.
MOST_SAID = 20_000


class TrialError(Exception):
    """Something did not go as it must; the text says what."""


def main() -> int:
    """Run every step; return 1 at the first that fails."""
    parser = argparse.ArgumentParser(description="try the Linux packages on a fresh Debian 12")
    parser.add_argument("--dist", type=Path, default=ROOT / "dist")
    parser.add_argument("--frozen", type=Path, default=ROOT / "build/frozen/propdesk")
    parser.add_argument("--out", type=Path, default=ROOT / "build/linux")
    wanted = parser.parse_args()
    as_root_and_apart()
    out = wanted.out.resolve()
    version = propdesk.__version__
    deb = wanted.dist.resolve() / f"{NAME}_{version}_amd64.deb"
    tarball = wanted.dist.resolve() / f"{NAME}-{version}-linux-x86_64.tar.xz"
    for file in (deb, tarball):
        if not file.is_file():
            raise SystemExit(f"{file} is missing. Make it first: make linux")
    install_tools()
    out.mkdir(parents=True, exist_ok=True)
    log = out / "try.log"
    try:
        with log.open("w", encoding="utf-8") as stream:
            debian = Debian(out / "debian", stream)
            debian.make(out / "debs")
            older = older_deb(wanted.frozen.resolve(), debian.root)
            trial = Trial(debian, out)
            trial.tarball(tarball)
            trial.install(older)
            trial.upgrade(deb, version)
            trial.work()
            trial.windows()
            trial.remove()
            debian.clear()
    except TrialError as failure:
        print(f"FAILED: {failure}\nEverything that was said: {log}", file=sys.stderr)
        return 1
    print(f"{trial.passed} passed, 0 failed\nScreenshots and log: {out}")
    return 0


def as_root_and_apart() -> None:
    """Go on as root and with mounts of our own, which end with us."""
    if os.environ.get("PROPDESK_TRIES_APART"):
        return
    words = [sys.executable, *sys.argv]
    apart = ["unshare", "--mount", "--propagation", "private", "env", "PROPDESK_TRIES_APART=1"]
    if os.geteuid() == 0:
        raise SystemExit(subprocess.run([*apart, *words], check=False).returncode)
    if subprocess.run(["sudo", "-n", "true"], check=False, capture_output=True).returncode == 0:
        raise SystemExit(subprocess.run(["sudo", "-n", *apart, *words], check=False).returncode)
    told = "The packages are made, but not tried: debootstrap needs root. Run"
    raise SystemExit(f"{told}\n\n    sudo {' '.join(words)}\n")


def install_tools() -> None:
    """Install what this script needs, where it is missing."""
    missing = sorted({package for tool, package in TOOLS.items() if not shutil.which(tool)})
    if missing:
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0"]
        subprocess.run([*apt, "update"], check=True)
        quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        install = [*apt, "install", "-y", "--no-install-recommends", *missing]
        subprocess.run(install, check=True, env=quiet, stdout=subprocess.DEVNULL)


def older_deb(frozen: Path, out: Path) -> Path:
    """Return a package of the same program under an older version, with a file that went since."""
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / NAME
        shutil.copytree(frozen, folder, symlinks=True)
        (folder / STALE).write_text("only in the older version\n")
        return build_deb(folder, OLDER, out, "none")


class Debian:
    """A minimal Debian 12 in a folder."""

    def __init__(self, root: Path, log: TextIO) -> None:
        self.root = root
        self.log = log

    def make(self, kept: Path) -> None:
        """Make it anew; packages that were fetched once are kept in `kept`."""
        print(f"A fresh Debian 12 in {self.root} (one to three minutes)", flush=True)
        shutil.rmtree(self.root, ignore_errors=True)
        for folder in (kept / "base", kept / "more/partial", self.root):
            folder.mkdir(parents=True, exist_ok=True)
        sources = debian_sources()
        mirror = next((words[1:2] for words in sources if words[2] == RELEASE), [])
        options = ["--variant=minbase", f"--cache-dir={kept / 'base'}"]
        self.host(["debootstrap", *options, RELEASE, str(self.root), *mirror])
        if sources:
            lines = "".join(f"{' '.join(words)}\n" for words in sources)
            (self.root / "etc/apt/sources.list").write_text(lines)
        for name in ("etc/resolv.conf", "etc/ssl/certs/ca-certificates.crt"):
            if Path("/", name).is_file():
                (self.root / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(Path("/", name), self.root / name)
        self.host(["mount", "-t", "proc", "proc", str(self.root / "proc")])
        self.host(["mount", "--bind", str(kept / "more"), str(self.root / ARCHIVES)])
        self.run(["apt-get", "-qq", "update"])
        self.run(["useradd", "--uid", str(NUMBER), "--home-dir", f"/{HOME}", "-m", USER])

    def clear(self) -> None:
        """Remove it; what is mounted in it stays."""
        for mounted in ("proc", ARCHIVES):
            self.host(["umount", str(self.root / mounted)])
        shutil.rmtree(self.root)

    def host(self, command: Sequence[str]) -> None:
        """Run a command beside the Debian that must succeed."""
        done = subprocess.run(command, check=False, stdout=self.log, stderr=self.log)
        if done.returncode:
            raise TrialError(f"{command[0]} ended with {done.returncode}")

    def run(self, command: Sequence[str], *, refused: bool = False) -> str:
        """Run a command as root in the Debian; return what it said."""
        environment = {"PATH": "/usr/sbin:/usr/bin:/sbin:/bin", "DEBIAN_FRONTEND": "noninteractive"}
        return self._spoken(["chroot", str(self.root), *command], environment, refused=refused)

    def as_clerk(self, command: Sequence[str], *, refused: bool = False) -> str:
        """Run a command as the user, without a network; return what it said."""
        return self._spoken(self._clerks(command), clerk_environment(), refused=refused)

    @contextmanager
    def window(self, command: Sequence[str], **settings: str) -> Iterator[subprocess.Popen]:
        """Keep a program of the user running; end it on leaving, as a logout does."""
        environment = clerk_environment() | settings
        process = subprocess.Popen(
            self._clerks(command), env=environment, stdout=self.log, stderr=self.log
        )
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(PATIENCE)

    def _clerks(self, command: Sequence[str]) -> list[str]:
        who = f"--userspec={NUMBER}:{NUMBER}"
        return ["unshare", "--net", "/usr/sbin/chroot", who, str(self.root), *command]

    def _spoken(self, command: Sequence[str], environment: dict[str, str], *, refused: bool) -> str:
        done = subprocess.run(
            command, check=False, env=environment, stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8",
        )  # fmt: skip
        print(f"$ {' '.join(command)}\n{done.stdout[:MOST_SAID]}", file=self.log, flush=True)
        if bool(done.returncode) != refused:
            last = "\n".join(done.stdout.splitlines()[-5:])
            raise TrialError(f"{' '.join(command[-4:])} ended with {done.returncode}\n{last}")
        return done.stdout


def clerk_environment() -> dict[str, str]:
    """Return what the user's programs know: as little as can be."""
    return {"HOME": f"/{HOME}", "LANG": "C", "PATH": "/usr/bin:/bin", "USER": USER}


def debian_sources() -> list[list[str]]:
    """Return this machine's own sources of Debian 12; none where it is another system."""
    form = "$(ORIGIN) $(REPO_URI) $(RELEASE) $(COMPONENT)"
    command = ["apt-get", "indextargets", "--format", form, "Created-By: Packages"]
    listed = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    lines = [line.split() for line in listed.splitlines()]
    return [["deb", *words[1:]] for words in lines if words[0] == "Debian" and RELEASE in words[2]]


class Trial:
    """The steps, each on what the one before left."""

    def __init__(self, debian: Debian, out: Path) -> None:
        self.debian = debian
        self.out = out
        self.passed = 0
        self.home = debian.root / HOME
        self.data = self.home / ".local/share/propdesk"

    def says(self, what: str) -> None:
        """Note a step that went as it must."""
        self.passed += 1
        print(f"ok: {what}", flush=True)

    def tarball(self, file: Path) -> None:
        """Run the command line out of the tarball where nothing at all is installed."""
        place = self.home / "程序 文件夹"
        place.mkdir()
        shutil.unpack_archive(file, place, filter="data")
        (folder,) = place.iterdir()
        program = f"/{(folder / NAME).relative_to(self.debian.root)}"
        self._clerks_own(place)
        told = self.debian.as_clerk([program, "--version"])
        expect(propdesk.__version__ in told, f"the tarball says {told}")
        order = self._order(program, "演示 一")
        self.says(f"tarball on a bare minimal Debian: demo and work order ({order} pages)")
        shutil.rmtree(place)

    def install(self, older: Path) -> None:
        """Install an older package, with everything that a minimal Debian lacks, and an office."""
        before = self._installed()
        told = self._apt("install", f"/{older.name}")
        added = sorted(self._installed() - before - {NAME})
        (self.out / "brought-along.txt").write_text("\n".join(added) + "\n")
        program = self.debian.root / PROGRAM
        missing = [
            line.split()[0]
            for file in sorted(program.rglob("*.so*"))
            if not file.is_symlink()
            for line in self.debian.run(
                ["ldd", f"/{file.relative_to(self.debian.root)}"]
            ).splitlines()
            if "not found" in line
        ]
        expect(not missing, f"libraries that nobody brings: {missing}")
        expect("warning" not in told.lower().replace("debconf", ""), f"apt said {told}")
        self.says(f"install: {len(added)} packages come along, every library is found")
        with zipfile.ZipFile(OFFICE) as archive:
            self.data.mkdir(parents=True)
            archive.extractall(self.data)
        self._clerks_own(self.home / ".local")

    def upgrade(self, deb: Path, version: str) -> None:
        """Upgrade: refused while the program runs, then done; the data follow, after a backup."""
        shutil.copy(deb, self.debian.root)
        told = self.debian.as_clerk([NAME, "tickets", "list", "--json"], refused=True)
        expect('"data-older"' in told, f"the office of {OLDER} said {told}")
        with self.debian.window([NAME], QT_QPA_PLATFORM="offscreen") as process:
            self._until(lambda: any((self.data / "backups").glob("*.pdbak")), "a backup")
            told = self._apt("install", f"/{deb.name}", refused=True)
            expect("is running" in told, f"an upgrade under the running program said {told}")
            expect(process.poll() is None, "the refused upgrade ended the program")
            expect(self._version() == OLDER, "the refused upgrade changed the package")
            self.says("upgrade is refused while the program runs; it goes on")
        self._apt("install", f"/{deb.name}")
        expect(self._version() == version, f"installed is {self._version()}")
        stale = self.debian.root / PROGRAM / STALE
        expect(not stale.exists(), "a file of the older version is still there")
        rows = json.loads(self.debian.as_clerk([NAME, "tickets", "list", "--json"]))
        expect(len(rows) == TICKETS, f"{len(rows)} of {TICKETS} tickets after the upgrade")
        backups = [file.name for file in (self.data / "backups").glob("*.pdbak")]
        self.says(f"upgrade from {OLDER}: {TICKETS} tickets kept, backup {backups[0]}")

    def work(self) -> None:
        """Make a demo office, a work order, a report and a backup as the user."""
        pages = self._order(NAME, "演示 二")
        office = f"/{HOME}/演示 二"
        report, backup = f"/{HOME}/月报.pdf", f"/{HOME}/备份 盘"
        (self.debian.root / backup.lstrip("/")).mkdir()
        self._clerks_own(self.debian.root / backup.lstrip("/"))
        base = [NAME, "--data", office]
        self.debian.as_clerk([*base, "report", "complaints", "--month", "2026-10", "-o", report])
        self.debian.as_clerk([*base, "backup", backup])
        self.debian.as_clerk([*base, "check"])
        expect(self._pages(report) > 0, "the report has no page")
        self.says(f"demo, work order ({pages} pages), report ({self._pages(report)} pages), backup")

    def windows(self) -> None:
        """Open the window without a screen and on one; take its picture."""
        office = f"/{HOME}/演示 二"
        with self.debian.window([NAME, "--data", office], QT_QPA_PLATFORM="offscreen") as process:
            time.sleep(5)
            expect(process.poll() is None, f"the window ended with {process.returncode}")
        self.says("window without a screen")
        with screen(self.debian.root) as display:
            for language in ("zh_CN", "en"):
                picture = self.out / f"window-{language}.png"
                command = [NAME, "--lang", language, "--data", office]
                with self.debian.window(command, DISPLAY=display) as process:
                    time.sleep(8)
                    expect(process.poll() is None, f"the window ended with {process.returncode}")
                    colours = take_picture(display, picture)
                    expect(colours > 50, f"{picture.name} shows {colours} colours")
                self.says(f"window on a screen: {picture}")

    def remove(self) -> None:
        """Remove the package for good; what the office wrote stays."""
        before = digest(self.data)
        self._apt("purge", NAME)
        left = [
            path for path in ("usr/bin/propdesk", PROGRAM) if (self.debian.root / path).exists()
        ]
        expect(not left, f"after the removal there is still {left}")
        expect(digest(self.data) == before, "the removal touched the office's data")
        self.says("removed; the office's data stay as they were")

    def _order(self, program: str, name: str) -> int:
        """Make a demo office in the user's folder and print one work order; return its pages."""
        office, paper = f"/{HOME}/{name}", f"/{HOME}/{name}.pdf"
        small = ["--households", "40", "--months", "2"]
        self.debian.as_clerk([program, "demo", office, *small])
        base = [program, "--data", office]
        rows = json.loads(self.debian.as_clerk([*base, "tickets", "list", "--json"]))
        number = next(row["number"] for row in rows if row["status"] == "in-progress")
        self.debian.as_clerk([*base, "print", "work-order", number, "-o", paper])
        return self._pages(paper)

    def _pages(self, paper: str) -> int:
        return len(PdfReader(self.debian.root / paper.lstrip("/")).pages)

    def _apt(self, verb: str, what: str, *, refused: bool = False) -> str:
        command = ["apt-get", "-q", "-y", "--no-install-recommends", "-o", "Dpkg::Use-Pty=0"]
        return self.debian.run([*command, verb, what], refused=refused)

    def _installed(self) -> set[str]:
        return set(self.debian.run(["dpkg-query", "-W", "-f", "${Package}\n"]).split())

    def _version(self) -> str:
        return self.debian.run(["dpkg-query", "-W", "-f", "${Version}", NAME])

    def _clerks_own(self, folder: Path) -> None:
        for one in (folder, *folder.rglob("*")):
            os.chown(one, NUMBER, NUMBER, follow_symlinks=False)

    def _until(self, done: Callable[[], bool], what: str) -> None:
        end = time.monotonic() + PATIENCE
        while not done():
            if time.monotonic() > end:
                raise TrialError(f"{PATIENCE} s went by without {what}")
            time.sleep(0.2)


@contextmanager
def screen(root: Path) -> Iterator[str]:
    """Give the Debian a screen: an X server beside it, whose socket it sees."""
    sockets = root / "tmp/.X11-unix"
    sockets.mkdir(parents=True, exist_ok=True)
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", SCREEN, "-nolisten", "tcp"],
        pass_fds=[writer], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    os.close(writer)
    with os.fdopen(reader) as told:
        display = f":{told.readline().strip()}"
    subprocess.run(["mount", "--bind", "/tmp/.X11-unix", str(sockets)], check=True)  # noqa: S108
    try:
        yield display
    finally:
        subprocess.run(["umount", str(sockets)], check=True)
        server.terminate()
        server.wait()


def take_picture(display: str, target: Path) -> int:
    """Write what a screen shows as PNG; return how many colours it has."""
    code = (
        "import sys\n"
        "from PySide6.QtGui import QGuiApplication\n"
        "app = QGuiApplication([])\n"
        "picture = app.primaryScreen().grabWindow(0).toImage()\n"
        "picture.save(sys.argv[1])\n"
        "step = range(0, picture.width(), 3), range(0, picture.height(), 3)\n"
        "print(len({picture.pixel(x, y) for x in step[0] for y in step[1]}))\n"
    )
    environment = os.environ | {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    told = subprocess.run(
        [sys.executable, "-c", code, str(target)],
        check=True, env=environment, capture_output=True, text=True,
    ).stdout  # fmt: skip
    return int(told)


def digest(folder: Path) -> str:
    """Return a sum over every file of a folder with its name."""
    summed = hashlib.sha256()
    for file in sorted(folder.rglob("*")):
        summed.update(str(file.relative_to(folder)).encode())
        if file.is_file():
            summed.update(file.read_bytes())
    return summed.hexdigest()


def expect(holds: bool, otherwise: str) -> None:
    """Stop the trial where something does not hold."""
    if not holds:
        raise TrialError(otherwise)


if __name__ == "__main__":
    sys.exit(main())
