"""Run the frozen program as an office would, where everything is against it, and read the result.

    python packaging/smoke.py [--program DIR]

Linux only. The program runs from a folder with Chinese characters, blanks and an emoji, without a
network, with an empty home, `LANG=C`, no screen and nothing of this source tree in its environment.
It makes the demo office, imports, registers, dispatches, prints, reports, backs up, restores,
checks, and opens its window; papers are read back. At last single files of it are damaged.

The Python that runs this reads the workbooks and papers; it must have the pinned packages.
"""

import argparse
import json
import os
import re
import shutil
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import openpyxl
from PIL import Image, ImageCms
from pypdf import PdfReader

ROOT = Path(__file__).resolve().parent.parent
UNFROZEN = [sys.executable, "-m", "ui"]
WINDOW_RUNS = 3
# The limits of issue 3; a busy machine is allowed as much again.
SLOWEST_START = 1.5
MOST_MEMORY_MB = 200
ALLOWED = 2


class SmokeError(Exception):
    """Something is not as it must be."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where the program runs: `wall` is put before each command and takes the network away."""

    folder: Path
    wall: tuple[str, ...]

    @property
    def program(self) -> Path:
        """Return the folder of the program."""
        return self.folder / "程序 文件" / "propdesk"

    @property
    def home(self) -> Path:
        """Return the home folder, empty at first."""
        return self.folder / "王 小明"

    @property
    def environment(self) -> dict[str, str]:
        """Return all that the program finds in its environment."""
        return {
            "HOME": str(self.home),
            "LANG": "C",
            "LC_ALL": "C",
            "PATH": "/usr/bin:/bin",
            "QT_QPA_PLATFORM": "offscreen",
        }

    def start(self, command: Sequence[str | Path]) -> "subprocess.Popen[str]":
        """Start a command behind the wall."""
        return subprocess.Popen(
            [*self.wall, *map(str, command)], cwd=self.home, env=self.environment,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
            text=True, encoding="utf-8",
        )  # fmt: skip

    def run(self, *words: str | Path, code: int = 0) -> str:
        """Run the frozen program on some words; return what it said.

        Raises SmokeError when its exit code is another one.
        """
        with self.start([self.program / "propdesk", *words]) as process:
            said, complained = process.communicate()
        if process.returncode != code or "Traceback" in complained:
            line = " ".join(map(str, words))
            raise SmokeError(f"{line}: exit code {process.returncode}\n{said}{complained}")
        return said or complained


def main() -> int:
    """Run all of it; the exit code is 0 when everything was as it must be."""
    parser = argparse.ArgumentParser(description="run the frozen program and look at the result")
    parser.add_argument("--program", type=Path, default=ROOT / "build/frozen/propdesk")
    given = parser.parse_args().program.resolve()
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="小区的电脑（一）🏠 ") as folder:
        place = Place(Path(folder), network_wall())
        place.home.mkdir()
        shutil.copytree(given, place.program, symlinks=True)
        before = picture(place.program)
        steps = (office_work, upkeep, refusals, window, damage)
        try:
            for step in steps:
                timed(step, place)
            expect(picture(place.program) == before, "the program wrote into its own folder")
        except SmokeError as error:
            print(f"FAILED: {error}", file=sys.stderr)
            return 1
    print(f"smoke: all as it must be, {time.monotonic() - started:.0f} s")
    return 0


def timed(step: Callable[[Place], None], place: Place) -> None:
    """Do one step and tell how long it took."""
    started = time.monotonic()
    step(place)
    print(f"ok  {step.__doc__} ({time.monotonic() - started:.1f} s)", flush=True)


def expect(is_so: object, otherwise: str) -> None:
    """Raise SmokeError when something is not so."""
    if not is_so:
        raise SmokeError(otherwise)


def network_wall() -> tuple[str, ...]:
    """Return the command that takes the network away, nothing where that is not allowed here."""
    root = () if os.geteuid() == 0 else ("-r",)
    wall = ("unshare", *root, "-n", "--")
    look = (sys.executable, "-c", "import socket; print(*(n for _, n in socket.if_nameindex()))")
    seen = subprocess.run([*wall, *look], check=False, capture_output=True, text=True)
    if seen.returncode == 0 and seen.stdout.split() == ["lo"]:
        print("network: none (unshare -n)")
        return wall
    names = " ".join(name for _, name in socket.if_nameindex())
    print(f"network: could not be taken away here ({seen.stderr.strip()}); there is {names}")
    return ()


def picture(folder: Path) -> list[tuple[str, int, int]]:
    """Return every file with size and time of change: nothing may differ after the runs."""
    found = ((file, file.lstat()) for file in sorted(folder.rglob("*")) if not file.is_dir())
    return [(str(file), kept.st_size, kept.st_mtime_ns) for file, kept in found]


def read_paper(file: Path, *words: str) -> int:
    """Look for the words in a PDF whose fonts are all embedded; return its number of pages."""
    reader = PdfReader(file)
    text = "".join(page.extract_text() for page in reader.pages)
    missing = [word for word in words if word not in text]
    expect(not missing, f"{file.name} lacks {missing}")
    for page in reader.pages:
        for font in page["/Resources"]["/Font"].values():
            first = font.get_object().get("/DescendantFonts", [font])[0].get_object()
            embedded = "/FontFile2" in first.get("/FontDescriptor", {})
            expect(embedded, f"{file.name} has a font that is not embedded: {first['/BaseFont']}")
    return len(reader.pages)


def office_work(place: Place) -> None:
    """Import houses into a new office; register, dispatch and print a repair."""
    data, book = place.home / "数据", place.home / "住户.xlsx"
    workbook = openpyxl.Workbook()
    for row in (("房号", "业主姓名", "电话"), ("3-2-501", "张伟", "13800138000")):
        workbook.active.append(row)
    workbook.save(book)
    office = ("--data", data)
    place.run(*office, "import", "residents", book)
    place.run(*office, "staff", "add", "李师傅", "--role", "worker")
    told = place.run(
        *(*office, "tickets", "register", "--unit", "3-2-501", "--kind", "repair"),
        *("--reporter", "张伟", "--text", "厨房水管漏水，已关总阀", "--json"),
    )
    number = json.loads(told)["number"]
    place.run(*office, "tickets", "dispatch", number, "--handler", "李师傅")
    # A photo of each kind, one with the colours of a phone: every decoder must be there.
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    photos = [place.home / f"照片.{kind}" for kind in ("jpg", "png", "webp", "bmp")]
    for n, photo in enumerate(photos):
        Image.new("RGB", (320, 240 + n), "teal").save(photo, icc_profile=profile)
    told = place.run(*office, "attachments", "add", number, *photos, "--on-paper", "--json")
    expect(len(json.loads(told)["added"]) == len(photos), f"photos: {told}")
    paper = place.home / "派工单.pdf"
    place.run(*office, "print", "work-order", number, "--copies", "2", "-o", paper)
    pages = read_paper(paper, number, "厨房水管漏水，已关总阀", "李师傅", "张伟")
    expect(pages == 4, f"two copies of the work order and four photos have {pages} pages")


def upkeep(place: Place) -> None:
    """Make the demo office, its report, its backup; restore and check it."""
    demo, back = place.home / "演示", place.home / "恢复的 数据"
    place.run("demo", demo, "--households", "80", "--months", "3")
    report = place.home / "投诉月报.pdf"
    words = ("report", "complaints", "--month", "2026-10", "-o")
    again = place.home / "月报.pdf"
    command = [*UNFROZEN, "--data", demo, *words, again]
    # The paper tells the minute in which it is made: both are made within one.
    for _attempt in range(3):
        began = time.strftime("%H:%M")
        place.run("--data", demo, *words, report)
        with place.start(["env", f"PYTHONPATH={ROOT}", *command]) as unfrozen:
            _, complained = unfrozen.communicate()
        expect(unfrozen.returncode == 0, complained)
        if time.strftime("%H:%M") == began:
            break
    pages = read_paper(report, "投诉", "2026")
    expect(pages >= 3, f"the report has only {pages} pages")
    expect(report.read_bytes() == again.read_bytes(), "the unfrozen program prints another report")
    made = json.loads(place.run("--data", demo, "backup", place.home / "备份", "--json"))
    place.run("restore", made["file"], "--to", back)
    checks = json.loads(place.run("--data", back, "check", "--json"))["checks"]
    expect("program" in {line["name"] for line in checks}, "its own files are not checked")


def refusals(place: Place) -> None:
    """Refuse in Chinese, also under LANG=C."""
    said = place.run("--data", place.home / "没有", "check", code=1)
    expect(re.search("[一-鿿]", said), f"no Chinese sentence: {said}")
    place.run("--no-such-option", code=2)


def window(place: Place) -> None:
    """Open the window on the demo office, let it rest, end the session."""
    frozen, unfrozen = [place.program / "propdesk"], ["env", f"PYTHONPATH={ROOT}", *UNFROZEN]
    runs: dict[str, list[tuple[float, float, float]]] = {"frozen": [], "unfrozen": []}
    for _ in range(WINDOW_RUNS):
        runs["frozen"].append(one_window(place, frozen))
        runs["unfrozen"].append(one_window(place, unfrozen))
    drawn, ready, memory = ({} for _ in range(3))
    for kind, seen in runs.items():
        drawn[kind], ready[kind], memory[kind] = map(statistics.median, zip(*seen, strict=True))
        print(
            f"    {kind}: first picture {drawn[kind]:.2f} s, office open {ready[kind]:.2f} s, "
            f"memory at rest {memory[kind]:.0f} MB"
        )
    ratio = drawn["frozen"] / drawn["unfrozen"]
    print(f"    frozen / unfrozen to the first picture: {ratio:.2f} (at most {SLOWEST_START})")
    expect(ratio < SLOWEST_START * ALLOWED, "the frozen program starts far too slowly")
    expect(memory["frozen"] < MOST_MEMORY_MB, "the window takes too much memory")


def one_window(place: Place, command: list[str | Path]) -> tuple[float, float, float]:
    """Open the window once; return seconds to first picture and to the office, and its memory."""
    log = place.home / ".local/state/propdesk/log/window.log"
    log.unlink(missing_ok=True)
    started = time.time()
    with place.start([*command, "--data", place.home / "演示"]) as process:
        try:
            moments = [
                await_line(log, words, process) for words in ("window begins", "office open")
            ]
            time.sleep(1.5)
            memory = resident_megabytes(process.pid)
            mapped = Path(f"/proc/{process.pid}/maps").read_text(encoding="utf-8")
            expect("qtbase_zh_CN.qm" in mapped, "Qt's own words are not Chinese")
            process.send_signal(signal.SIGTERM)
            _, complained = process.communicate(timeout=20)
        except subprocess.TimeoutExpired as late:
            raise SmokeError(f"the window did not close:\n{log.read_text('utf-8')}") from late
        finally:
            process.kill()
    expect(process.returncode == 0, f"exit code {process.returncode}: {complained}")
    await_line(log, "window ends", process)
    expect(" ERROR " not in log.read_text("utf-8"), log.read_text("utf-8"))
    drawn, ready = (moment - started for moment in moments)
    return drawn, ready, memory


def await_line(log: Path, words: str, process: "subprocess.Popen[str]") -> float:
    """Wait until the log has a line with these words; return its time."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        lines = log.read_text(encoding="utf-8").splitlines() if log.is_file() else []
        for line in lines:
            if words in line:
                return datetime.strptime(line[:23], "%Y-%m-%d %H:%M:%S,%f").timestamp()
        if process.poll() is not None and words != "window ends":
            raise SmokeError(f"the window ended with {process.returncode} before «{words}»")
        time.sleep(0.02)
    raise SmokeError(f"«{words}» did not come within 30 s")


def resident_megabytes(pid: int) -> float:
    """Return the memory of a process; behind the wall it has kept its number."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
    return int(re.search(r"VmRSS:\s+(\d+) kB", status)[1]) / 1024


def damage(place: Place) -> None:
    """Name a missing or changed file of the program and leave the data alone."""
    data = place.home / "演示"
    internal = place.program / "_internal"
    kept = picture(data)
    for arguments in ((), ("check",)):
        with put_away(internal / "resources/icons/house.svg"):
            said = place.run("--data", data, *arguments, code=1)
        expect("resources/icons/house.svg" in said and "重新安装" in said, said)
        expect("install" in said, said)
    expect(picture(data) == kept, "the data was touched")
    with put_away(internal / "resources/words/complaint-classes.json") as words:
        text = words.read_bytes()
        changed = internal / "resources/words/complaint-classes.json"
        changed.write_bytes(text[:-2] + b" " + text[-1:])
        said = place.run("--data", data, "check", code=1)
        expect("complaint-classes.json" in said, said)


@contextmanager
def put_away(file: Path) -> Iterator[Path]:
    """Take a file out of its folder for a while; yield where it is meanwhile."""
    aside = file.with_name(f"{file.name}.aside")
    file.rename(aside)
    try:
        yield aside
    finally:
        aside.replace(file)


if __name__ == "__main__":
    sys.exit(main())
