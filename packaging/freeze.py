"""Freeze the program: one folder that runs where no Python is, for the system this runs on.

    python packaging/freeze.py [--out DIR]

The Python that runs this goes into the folder, so it must have the pinned packages (`make freeze`
sees to it). The result is DIR/propdesk (default build/frozen/propdesk) with a list of its files,
`_internal/files.json`, by which the program sees at its start whether one is missing or changed.
"""

import argparse
import hashlib
import json
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FILE_LIST = "_internal/files.json"
# A day of its own, so that the same source gives the same archive: 2026-01-01.
EPOCH = "1767225600"


def main() -> int:
    """Freeze, list the files, tell the size."""
    parser = argparse.ArgumentParser(description="freeze the program into one folder")
    parser.add_argument("--out", type=Path, default=ROOT / "build/frozen", metavar="DIR")
    out = parser.parse_args().out.resolve()
    folder = out / "propdesk"
    started = time.monotonic()
    log = run_pyinstaller(out)
    count = write_file_list(folder)
    megabytes = sum(file.lstat().st_size for file in folder.rglob("*")) / 1e6
    print(f"{folder}: {count} files, {megabytes:.1f} MB, {time.monotonic() - started:.0f} s")
    print(f"what PyInstaller said: {log}")
    return 0


def run_pyinstaller(out: Path) -> Path:
    """Run PyInstaller into `out`; return its log. Ends the script when it fails."""
    work = out / "work"
    shutil.rmtree(out / "propdesk", ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    log = work / "pyinstaller.log"
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--log-level", "INFO"]
    command += [
        "--distpath",
        str(out),
        "--workpath",
        str(work),
        str(ROOT / "packaging/propdesk.spec"),
    ]
    settings = {"PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": EPOCH, "QT_QPA_PLATFORM": "offscreen"}
    print("Freezing (one to three minutes)", flush=True)
    with log.open("wb") as stream:
        done = subprocess.run(
            command, check=False, cwd=ROOT, env=os.environ | settings, stdin=subprocess.DEVNULL,
            stdout=stream, stderr=subprocess.STDOUT,
        )  # fmt: skip
    if done.returncode:
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-20:]
        raise SystemExit("\n".join([*last, "", f"PyInstaller did not succeed; all of it: {log}"]))
    return log


def own_files(folder: Path) -> list[Path]:
    """Return every file below `folder` in order, the list itself left out."""
    found = (file for file in folder.rglob("*") if file.is_file())
    return sorted(file for file in found if file != folder / FILE_LIST)


def write_file_list(folder: Path) -> int:
    """Write the list of the files of a frozen program into it; return how many there are."""
    listed = {
        file.relative_to(folder).as_posix(): {
            "size": file.stat().st_size,
            "sha256": hashlib.sha256(file.read_bytes()).hexdigest(),
        }
        for file in own_files(folder)
    }
    text = json.dumps(listed, indent=0, ensure_ascii=False)
    (folder / FILE_LIST).write_text(text + "\n", encoding="utf-8", newline="\n")
    return len(listed)


if __name__ == "__main__":
    sys.exit(main())
