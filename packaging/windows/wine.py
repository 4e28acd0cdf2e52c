"""Windows programs on Linux: a wine prefix and a screen of their own, both gone on leaving.

What Debian 12's wine 8 wants, each learnt the hard way:

- The server must be started apart from us. Its service programs otherwise inherit our pipes and
  whoever reads one of them waits for ever.
- A console program writes into a pipe, never straight into a file (Python then cannot start);
  a program with a window gets none at all, because wine's desktop would keep it open.
- Its desktop menus and its links to Desktop and Documents go to the home folder, so it gets an own.
- Qt needs icuuc.dll, which Windows has had since 10 (1703) and wine has not. The prefix gets one
  that does nothing; it is never shipped.
"""

import os
import shutil
import subprocess
import threading
from dataclasses import dataclass
from pathlib import Path, PureWindowsPath

STUBS = Path(__file__).resolve().parent / "stubs"
COMPILER = "x86_64-w64-mingw32-gcc"
# No prompts for Mono and Gecko, no menus; a crash ends the program and does not wait in a debugger.
OVERRIDES = "mscoree=d;mshtml=d;winedbg.exe=d;winemenubuilder.exe=d"
SCREEN = "1366x768x24"


@dataclass(frozen=True, slots=True)
class Ended:
    """How a program ended and what it wrote."""

    code: int
    output: str


class Wine:
    """A prefix in `folder`, with an X server of its own.

    It speaks Chinese where `locales` names a folder that holds zh_CN.UTF-8, else English.
    """

    def __init__(self, folder: Path, *, locales: Path | None = None) -> None:
        self.prefix = folder.resolve()
        self._screen: subprocess.Popen[bytes] | None = None
        self._environment = {
            name: value
            for name, value in os.environ.items()
            if not name.startswith(("LC_", "PYTHON", "QT_", "XDG_"))
        } | {
            "HOME": str(self.prefix / "home"),
            "WINEPREFIX": str(self.prefix),
            "WINEARCH": "win64",
            "WINEDEBUG": "-all",
            "WINEDLLOVERRIDES": OVERRIDES,
            "LANG": "zh_CN.UTF-8" if locales else "C.UTF-8",
        }
        if locales:
            self._environment["LOCPATH"] = str(locales)

    def __enter__(self) -> "Wine":
        (self.prefix / "home").mkdir(parents=True, exist_ok=True)
        self._screen, self.display = _open_screen()
        self._environment["DISPLAY"] = self.display
        try:
            self._detached("wineserver", "-p300")
            self._detached("wine", "wineboot", "-i")
            self.pretend("win10")
            # No window manager is on this screen; wine would now and then wait for one.
            self.write_registry(r"HKCU\Software\Wine\X11 Driver", "Managed", "N")
            if not (self.system / "icuuc.dll").exists():
                compile_library(STUBS / "icuuc.c", self.system / "icuuc.dll")
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_error: object) -> None:
        self._detached("wineserver", "-k")
        if self._screen:
            self._screen.terminate()
            self._screen.wait()

    def pretend(self, version: str) -> None:
        """Let programs see another Windows: `win10` (build 18362), `win7`."""
        self._detached("wine", "winecfg", "-v", version)

    @property
    def system(self) -> Path:
        """Return the folder that stands for System32."""
        return self.drive / "windows" / "system32"

    @property
    def drive(self) -> Path:
        """Return the folder that stands for drive C."""
        return self.prefix / "drive_c"

    @property
    def local_data(self) -> Path:
        """Return the folder that stands for %LOCALAPPDATA%."""
        users = self.drive / "users"
        [user] = [folder for folder in users.iterdir() if folder.name != "Public"]
        return user / "AppData" / "Local"

    def run(self, program: Path | str, *words: str, timeout: float = 300) -> Ended:
        """Run a console program to its end; return its exit code and what it wrote."""
        process = self._start(program, *words, output=subprocess.PIPE)
        parts: list[bytes] = []
        reader = threading.Thread(target=lambda: parts.extend(process.stdout or ()), daemon=True)
        reader.start()
        code = _wait(process, timeout)
        # The end of the pipe may come late: a service of wine that started meanwhile holds it too.
        reader.join(5)
        text = b"".join(parts).decode("utf-8", errors="replace")
        return Ended(code, text.replace("\r\n", "\n"))

    def run_window(self, program: Path | str, *words: str, timeout: float = 300) -> int:
        """Run a program with windows, or a silent setup, to its end; return its exit code."""
        return _wait(self.start_window(program, *words), timeout)

    def start_window(self, program: Path | str, *words: str) -> "subprocess.Popen[bytes]":
        """Start a program with windows and come back at once."""
        return self._start(program, *words, output=subprocess.DEVNULL)

    def registry(self, key: str, name: str) -> str | None:
        """Return a value of the registry as text, or None where there is none."""
        ended = self.run("reg", "query", key, "/v", name)
        for line in ended.output.splitlines():
            found, _, rest = line.strip().partition("    ")
            if found == name:
                return rest.partition("    ")[2]
        return None

    def write_registry(self, key: str, name: str, value: str, kind: str = "REG_SZ") -> None:
        """Write a value into the registry."""
        if self.run("reg", "add", key, "/v", name, "/t", kind, "/d", value, "/f").code:
            raise SystemExit(f"the registry of the prefix could not be written: {key} {name}")

    def _start(self, program: Path | str, *words: str, output: int) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            ["wine", str(program), *words],
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )

    def _detached(self, *command: str) -> None:
        subprocess.run(
            command,
            env=self._environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            check=False,
            timeout=300,
        )


def windows_path(path: Path) -> str:
    """Return how a Windows program of the prefix names a file of this machine."""
    return str(PureWindowsPath("Z:/", *path.resolve().parts[1:]))


def compile_library(source: Path, target: Path) -> None:
    """Compile a DLL that needs no C runtime."""
    options = ["-O2", "-s", "-shared", "-nostdlib", "-Wl,-e,DllMainCRTStartup"]
    subprocess.run([COMPILER, *options, "-o", str(target), str(source)], check=True)


def _open_screen() -> "tuple[subprocess.Popen[bytes], str]":
    """Start an X server on a display that it chooses itself."""
    reader, writer = os.pipe()
    xvfb = shutil.which("Xvfb")
    if not xvfb:
        raise SystemExit("Xvfb is missing: apt-get install xvfb")
    options = ["-screen", "0", SCREEN, "-nolisten", "tcp", "-displayfd", str(writer)]
    process = subprocess.Popen(
        [xvfb, *options],
        pass_fds=[writer],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as told:
        number = told.readline().strip()
    if not number:
        raise SystemExit("Xvfb could not open a screen")
    return process, f":{number}"


def _wait(process: "subprocess.Popen[bytes]", timeout: float) -> int:
    try:
        return process.wait(timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise
