"""Install, run, upgrade, refuse and remove: the setup under wine, on a screen of its own.

    python packaging/windows/try_setup.py SETUP

Each check prints one line; the first that fails ends the trial with exit code 1 and says why.
Pictures of what a clerk sees are left in build/windows/pictures.
"""

import json
import os
import shutil
import statistics
import subprocess
import sys
import time
import zipfile
from pathlib import Path

import sqlcipher3
from computer import (
    Computer,
    TrialError,
    contents,
    expect,
    give_fonts,
    make_chinese_locale,
    wait_until,
)
from pypdf import PdfReader
from wine import Wine, windows_path

ROOT = Path(__file__).resolve().parent.parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from smoke import SmokeError, await_line  # noqa: E402 - in the folder above

import propdesk  # noqa: E402 - the tree itself

BUILD = ROOT / "build" / "windows"
PICTURES = BUILD / "pictures"
PYTHON = BUILD / "python" / "python.exe"
# A setup of the version before: the same files under an older number, and one that went since.
OLDER_VERSION = "0.1.0"
OLDER = BUILD / f"propdesk-{OLDER_VERSION}-setup.exe"
STALE = "stale.txt"
NEW, OLD = "propdesk-new", "propdesk-old"  # where the setup unpacks, and keeps the old files
OLDER_OFFICE = ROOT / "tests" / "data" / "office-0.1.0.zip"
DEMO = ("--lang", "zh_CN", "demo", "--households", "150", "--months", "3")
LINKS = ["物业台.lnk", "物业台.lnk"]  # in the start menu and on the desktop

# How propdesk.nsi ends a refused setup.
UNFIT_WINDOWS, SETUP_RUNS, PROGRAM_RUNS, NEWER_IS_INSTALLED = 10, 11, 12, 13
DISK_IS_FULL, FILES_NOT_CHANGED, UNFIT_FOLDER = 14, 15, 16

START_RUNS = 5
SLOWEST_START = 1.5
MOST_MEMORY_MB = 200
ALLOWED = 2  # a busy machine is allowed as much again


def main() -> int:
    """Try the setup that the command line names."""
    [setup] = sys.argv[1:]
    return try_setup(Path(setup).resolve())


def try_setup(setup: Path) -> int:
    """Try a setup; return the exit code."""
    shutil.rmtree(PICTURES, ignore_errors=True)
    PICTURES.mkdir(parents=True)
    prefix = BUILD / "computer"
    shutil.rmtree(prefix, ignore_errors=True)
    with Wine(prefix, locales=make_chinese_locale(BUILD / "locales")) as wine:
        give_fonts(wine, ROOT / "resources" / "fonts")
        computer = Computer(wine, setup, propdesk.__version__, PICTURES)
        for check in CHECKS:
            started = time.monotonic()
            try:
                check(computer)
            except (TrialError, SmokeError, subprocess.TimeoutExpired) as error:
                computer.picture("failed")
                print(f"FAILED: {check.__doc__}\n{error}\nsee {PICTURES}", file=sys.stderr)
                return 1
            print(f"ok  {check.__doc__}  {time.monotonic() - started:.0f} s", flush=True)
    return 0


def refuse_old_windows(computer: Computer) -> None:
    """Refuse Windows 7 in a clear sentence, and change nothing."""
    computer.wine.pretend("win7")
    computer.install(code=UNFIT_WINDOWS)
    with computer.window(computer.setup) as process:
        computer.picture("refused-windows-7")
        computer.press("Return")
        expect(process.wait(20) == UNFIT_WINDOWS, "the refusal in a window ends otherwise")
    computer.wine.pretend("win10")
    expect(not computer.program.exists(), "something was installed")


def walk_through(computer: Computer) -> None:
    """Go through the pages of the setup in Chinese, by the keyboard alone."""
    with computer.window(computer.setup) as process:
        for name in ("welcome", "licences", "folder"):
            computer.picture(f"setup-{name}")
            computer.press("Return")
        wait_until(lambda: computer.shown() == computer.version, 120, "the setup does not end")
        time.sleep(2)
        computer.picture("setup-finish")
        computer.press("space")  # not to open the program
        computer.press("Return")
        expect(process.wait(20) == 0, "the setup ends with an error")
    expect(computer.links() == LINKS, f"links: {computer.links()}")
    computer.uninstall()
    computer.expect_clean()


def install_silently(computer: Computer) -> None:
    """Install silently: files, links, the entry in Windows' list."""
    computer.install()
    computer.expect_whole()
    expect(computer.shown() == computer.version, f"Windows lists version {computer.shown()}")
    for name in ("DisplayName", "Publisher", "DisplayIcon", "EstimatedSize", "UninstallString",
                 "QuietUninstallString", "InstallLocation"):  # fmt: skip
        expect(computer.list_entry(name), f"Windows' list lacks {name}")
    expect(computer.links() == LINKS, f"links: {computer.links()}")
    told = computer.run("--version")
    expect(computer.version in told, f"propdesk-cli.exe --version says {told}")


def first_start(computer: Computer) -> None:
    """Start for the first time: a window in Chinese."""
    with computer.window(computer.program / "propdesk.exe") as process:
        computer.await_title(process)
        time.sleep(4)
        computer.picture("first-start")
        computer.close(process, 0, 1)  # 1 where it asks first how to begin, and nothing was chosen


def demo_office(computer: Computer) -> None:
    """Make the demo office: its papers have the text and the pages of Linux's."""
    demo = computer.wine.drive / "物业 数据" / "演示"
    computer.run(*DEMO, demo)
    ours = BUILD / "demo-linux"
    shutil.rmtree(ours, ignore_errors=True)
    command = [sys.executable, "-m", "propdesk", *DEMO, str(ours)]
    subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    papers = sorted(file.name for file in (ours / "papers").glob("*.pdf"))
    expect(papers, "the demo office has no papers")
    for name in papers:
        here, there = ours / "papers" / name, demo / "papers" / name
        expect(there.is_file(), f"{name} is missing on Windows")
        expect(texts(here) == texts(there), f"{name} reads otherwise on Windows")
    here, there = contents(ours / "papers"), contents(demo / "papers")
    same = sum(here[name] == there[name] for name in papers)
    print(f"    {', '.join(papers)}; the same byte by byte: {same} of {len(papers)}")
    made = json.loads(computer.run("--data", demo, "backup", demo.parent / "备份", "--json"))
    computer.run("restore", made["file"], "--to", demo.parent / "恢复")
    computer.run("--data", demo.parent / "恢复", "check")
    with computer.window(
        computer.program / "propdesk.exe", "--data", windows_path(demo)
    ) as process:
        computer.await_title(process)
        time.sleep(5)
        computer.picture("demo-office")
        computer.close(process)


def refuse_while_open(computer: Computer) -> None:
    """Refuse to install or uninstall while the program runs."""
    demo = computer.wine.drive / "物业 数据" / "演示"
    with computer.window(
        computer.program / "propdesk.exe", "--data", windows_path(demo)
    ) as process:
        computer.await_title(process)
        computer.install(code=PROGRAM_RUNS)
        computer.uninstall(code=PROGRAM_RUNS)
        computer.expect_whole()
        computer.close(process)


def refuse_second_setup(computer: Computer) -> None:
    """Refuse a second setup while the first is open."""
    with computer.window(computer.setup) as process:
        computer.install(code=SETUP_RUNS)
        computer.picture("setup-upgrade")
        process.kill()
        process.wait()


def refuse_downgrade(computer: Computer) -> None:
    """Refuse a setup that is older than what is installed."""
    computer.install(OLDER, code=NEWER_IS_INSTALLED)
    with computer.window(OLDER) as process:
        computer.picture("refused-downgrade")
        computer.press("Return")
        expect(process.wait(20) == NEWER_IS_INSTALLED, "the refusal in a window ends otherwise")
    computer.expect_whole()


def damaged_program(computer: Computer) -> None:
    """Tell that a file of the program is missing, in both languages."""
    house = computer.program / "_internal" / "resources" / "icons" / "house.svg"
    aside = house.rename(house.with_suffix(".aside"))
    said = computer.run("check", code=1)
    expect("house.svg" in said and "重新安装" in said and "install" in said, said)
    # As from the start menu: without a place to write to.
    with computer.window("start", "/wait", "/unix", str(computer.program / "propdesk.exe")) as box:
        computer.picture("missing-file")
        expect(box.poll() is None, "no box tells it")
        computer.press("Return")
        expect(box.wait(20) == 1, "the window starts without its file")
    aside.rename(house)


def nul_settings(computer: Computer) -> None:
    """Open the window in spite of settings full of NULs, and keep them."""
    computer.data.mkdir(exist_ok=True)
    broken = computer.data / "workstation.ini"
    broken.write_bytes(bytes(4096))
    demo = computer.wine.drive / "物业 数据" / "演示"
    with computer.window(
        computer.program / "propdesk.exe", "--data", windows_path(demo)
    ) as process:
        computer.await_title(process)
        time.sleep(4)
        computer.picture("nul-settings")
        computer.close(process)
    kept = [file for file in computer.data.glob("workstation.ini*") if not any(file.read_bytes())]
    expect(kept, "the broken settings are gone")


def upgrade(computer: Computer) -> None:
    """Upgrade from 0.1.0: no stale file; the data is migrated after a backup, nothing lost."""
    computer.uninstall()
    shutil.rmtree(computer.data, ignore_errors=True)
    computer.install(OLDER)
    expect(computer.shown() == OLDER_VERSION, "the older version is not listed")
    expect((computer.program / "_internal" / STALE).exists(), "the older version is not the older")
    computer.data.mkdir()
    with zipfile.ZipFile(OLDER_OFFICE) as office:
        office.extractall(computer.data)
    before = counted(computer.data / "office.db")
    computer.install()
    expect(computer.shown() == computer.version, f"Windows lists version {computer.shown()}")
    computer.expect_whole()
    expect(not (computer.program / "_internal" / STALE).exists(), "a stale file stayed")
    expect(counted(computer.data / "office.db") == before, "the setup touched the data")
    with computer.window(computer.program / "propdesk.exe") as process:
        computer.await_title(process)
        await_line(computer.data / "Logs" / "window.log", "office open", process)
        time.sleep(3)
        computer.picture("upgraded-office")
        computer.close(process)
    after = counted(computer.data / "office.db")
    lost = {name: n for name, n in before.items() if name != "version" and after.get(name) != n}
    expect(not lost, f"rows before and after differ: {lost}")
    backups = sorted(computer.data.rglob("*.pdbak"))
    expect(backups, "no backup was made before the migration")
    with zipfile.ZipFile(backups[0]) as kept:
        expect(kept.testzip() is None, f"{backups[0].name} is damaged")
    print(f"    data version {before['version']} -> {after['version']}, {backups[0].name}")


def chinese_folder(computer: Computer) -> None:
    """Install into a folder with Chinese and blanks; run, upgrade in place, remove."""
    computer.uninstall()
    folder = computer.wine.drive / "物业 软件（一）" / "物 业 台"
    # NSIS takes all that follows /D= to the end of the line; wine quotes no word without a blank.
    words = [r"/D=C:\物业", r"软件（一）\物", r"业", r"台"]
    computer.install(OLDER, *words)
    expect((folder / "propdesk.exe").is_file(), "it was installed elsewhere")
    computer.install()  # without /D: it must find the place
    expect(not (folder / "_internal" / STALE).exists(), "the upgrade went elsewhere")
    expect(not computer.program.exists(), "the upgrade made a second program")
    computer.run("--data", computer.data, "check", program=folder)
    computer.uninstall(folder)
    expect(not folder.exists(), "the folder stayed")


def folder_of_others(computer: Computer) -> None:
    """Leave what somebody has in the folder; refuse that of an office or another program."""
    folder = computer.wine.drive / "own"
    kept = {f"{name}/notes.txt": b"mine" for name in ("new", "old")}
    for name, content in kept.items():
        (folder / name).parent.mkdir(parents=True)
        (folder / name).write_bytes(content)
    computer.install(None, f"/D={windows_path(folder)}")
    computer.uninstall(folder)
    for name, content in kept.items():
        expect((folder / name).read_bytes() == content, f"{name} was touched")
    data = computer.wine.drive / "data"
    data.mkdir()
    (data / "office.db").touch()
    computer.install(None, f"/D={windows_path(data)}", code=UNFIT_FOLDER)
    expect([file.name for file in data.iterdir()] == ["office.db"], "the data was touched")
    other = computer.wine.drive / "other"
    (other / "_internal").mkdir(parents=True)
    for name in ("other.exe", "_internal/base.dll"):
        (other / name).touch()
    before = contents(other)
    computer.install(None, f"/D={windows_path(other)}", code=UNFIT_FOLDER)
    expect(contents(other) == before, "another program was touched")


def refuse_data_folder(computer: Computer) -> None:
    """Refuse the folder of the data, one in it and one above it."""
    before = contents(computer.data)
    for place in (computer.data, computer.data / "x", computer.wine.local_data):
        word = str(place).replace(str(computer.wine.drive), "C:").replace("/", "\\")
        computer.install(None, f"/D={word}", code=UNFIT_FOLDER)
    expect(contents(computer.data) == before, "the data was touched")


def broken_off(computer: Computer) -> None:
    """Kill the setup in the middle: the old version runs, the next setup finishes the work."""
    computer.install(OLDER)
    process = computer.wine.start_window(computer.setup, "/S")
    wait_until((computer.program / NEW / "_internal").exists, 60, "nothing is unpacked")
    process.kill()
    process.wait()
    expect_older(computer, computer.program, but=NEW)
    computer.install()
    computer.expect_whole()
    expect(computer.shown() == computer.version, "the second setup did not finish")


def file_in_use(computer: Computer) -> None:
    """After a power cut amid the moves, hold a file: all is put back, the old version runs."""
    computer.uninstall()
    computer.install(OLDER)
    kept = computer.program / OLD
    kept.mkdir()
    for part in ("uninstall.exe", "_internal", "propdesk.exe"):
        (computer.program / part).rename(kept / part)
    (computer.program / "_internal").mkdir()
    held = windows_path(computer.program / "propdesk-cli.exe")
    holder = computer.wine.start_window(
        PYTHON, "-c", f"import time; kept = open(r'{held}', 'rb'); time.sleep(120)"
    )
    time.sleep(4)
    computer.install(code=FILES_NOT_CHANGED)
    holder.kill()
    holder.wait()
    expect_older(computer, computer.program)
    computer.uninstall()


def full_disk(computer: Computer) -> None:
    """Fill the disk, before and half-way: the old version stays and runs."""
    small = BUILD / "small-disk"
    small.mkdir(exist_ok=True)
    if os.geteuid():
        print("    skipped: a small disk can only be made by root")
        return
    mount("-t", "tmpfs", "-o", "size=2g", "tmpfs", str(small))
    try:
        folder = small / "propdesk"
        computer.install(OLDER, f"/D={windows_path(folder)}")
        installed = sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())
        resize(small, installed + (30 << 20))
        computer.install(code=DISK_IS_FULL)
        expect_older(computer, folder)
        resize(small, 4 * installed)
        process = computer.wine.start_window(computer.setup, "/S")
        wait_until((folder / NEW / "_internal").exists, 60, "nothing is unpacked")
        resize(small, installed + (20 << 20))
        expect(process.wait(120) == FILES_NOT_CHANGED, "the setup did not notice the full disk")
        expect_older(computer, folder)
        computer.uninstall(folder)
    finally:
        subprocess.run(["umount", "--lazy", str(small)], check=True)


def uninstall(computer: Computer) -> None:
    """Uninstall page by page: the program is gone, the data stays and is named."""
    computer.install()
    before = contents(computer.data)
    expect(before, "there is no data to keep")
    with computer.window(computer.program / "uninstall.exe"):
        computer.picture("uninstall-confirm")
        computer.press("Return")
        wait_until(lambda: not computer.program.exists(), 60, "the program stayed")
        time.sleep(3)
        computer.picture("uninstall-finish")
        computer.press("Return")
    time.sleep(2)
    computer.expect_clean()
    expect(contents(computer.data) == before, "the data was touched")


def figures(computer: Computer) -> None:
    """Measure start and memory, frozen against unfrozen in one run."""
    computer.install()
    demo = computer.wine.drive / "物业 数据" / "演示"
    tree = windows_path(ROOT)
    begin = f"import sys; sys.path.insert(0, r'{tree}'); import ui.__main__ as start; "
    commands = {
        "frozen": (computer.program / "propdesk.exe",),
        "unfrozen": (PYTHON, "-c", f"{begin} start.main()"),
    }
    # Python compiles what it loads for the first time; that is not to be counted.
    computer.wine.run(PYTHON, "-c", f"{begin} import ui.app", timeout=600)
    for command in commands.values():
        one_start(computer, command, demo)
    runs: dict[str, list[tuple[float, float, float]]] = {kind: [] for kind in commands}
    for _ in range(START_RUNS):
        for kind, command in commands.items():
            runs[kind].append(one_start(computer, command, demo))
    medians = {
        kind: tuple(map(statistics.median, zip(*seen, strict=True))) for kind, seen in runs.items()
    }
    for kind, (drawn, ready, memory) in medians.items():
        print(
            f"    {kind}: first picture {drawn:.2f} s, office open {ready:.2f} s, "
            f"memory at rest {memory:.0f} MB"
        )
    ratio = medians["frozen"][0] / medians["unfrozen"][0]
    print(f"    frozen / unfrozen to the first picture: {ratio:.2f} (at most {SLOWEST_START})")
    expect(ratio < SLOWEST_START * ALLOWED, "the frozen program starts far too slowly")
    expect(medians["frozen"][2] < MOST_MEMORY_MB, "the window takes too much memory")
    computer.uninstall()


CHECKS = (
    refuse_old_windows,
    walk_through,
    install_silently,
    first_start,
    demo_office,
    refuse_while_open,
    refuse_second_setup,
    refuse_downgrade,
    damaged_program,
    nul_settings,
    upgrade,
    chinese_folder,
    folder_of_others,
    refuse_data_folder,
    broken_off,
    file_in_use,
    full_disk,
    uninstall,
    figures,
)


def one_start(
    computer: Computer, command: tuple[str | Path, ...], data: Path
) -> tuple[float, float, float]:
    """Open the window once; return seconds to first picture and to the office, and its memory."""
    log = computer.data / "Logs" / "window.log"
    log.unlink(missing_ok=True)
    started = time.time()
    process = computer.wine.start_window(*map(str, command), "--data", windows_path(data))
    try:
        drawn, ready = (
            await_line(log, words, process) for words in ("window begins", "office open")
        )
        time.sleep(3)
        memory = own_megabytes(process.pid)
        computer.close(process)
    finally:
        process.kill()
        process.wait()
    return drawn - started, ready - started, memory


def own_megabytes(pid: int) -> float:
    """Return the memory of a process, without what wine and Linux load from their own files.

    It is still more than on Windows: wine reads whole libraries that Windows maps page by page.
    """
    kilobytes, counted = 0, False
    for line in Path(f"/proc/{pid}/smaps").read_text(encoding="utf-8").splitlines():
        words = line.split(maxsplit=5)
        if not words[0].endswith(":"):
            counted = not (len(words) > 5 and words[5].startswith(("/usr/", "/lib")))
        elif words[0] == "Rss:" and counted:
            kilobytes += int(words[1])
    return kilobytes / 1024


def expect_older(computer: Computer, folder: Path, *, but: str = "") -> None:
    """Raise TrialError where the older version is not whole, listed and running."""
    computer.expect_whole(folder, but=but)
    expect((folder / "_internal" / STALE).exists(), "the old files were not put back")
    expect(computer.shown() == OLDER_VERSION, "Windows lists the new version")
    computer.run("--version", program=folder)


def texts(paper: Path) -> list[str]:
    """Return the text of each page."""
    return [page.extract_text() for page in PdfReader(paper).pages]


def counted(office: Path) -> dict[str, int]:
    """Return the data version of an office and the rows of each table; it must be closed."""
    connection = sqlcipher3.connect(f"file:{office}?mode=ro", uri=True)
    names = connection.execute(
        "select name from sqlite_schema where type = 'table' and sql not like '%virtual%'"
    )
    counts = {
        name: connection.execute(f'select count(*) from "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in names.fetchall()
    }
    [counts["version"]] = connection.execute("pragma user_version").fetchone()
    connection.close()
    return counts


def mount(*words: str) -> None:
    """Mount a small disk, or change its size."""
    subprocess.run(["mount", *words], check=True)


def resize(disk: Path, size: int) -> None:
    """Give a small disk another size."""
    mount("-o", f"remount,size={size}", str(disk))


if __name__ == "__main__":
    sys.exit(main())
