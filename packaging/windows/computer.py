"""A computer with Windows to try a setup on: wine, a screen, keys, and what is found afterwards."""

import contextlib
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from PIL import ImageGrab
from wine import Wine, windows_path

UNINSTALL_KEY = r"HKCU\Software\Microsoft\Windows\CurrentVersion\Uninstall\propdesk"
# What the setup puts into the folder of the program, and nothing else.
PARTS = ("_internal", "propdesk.exe", "propdesk-cli.exe", "uninstall.exe")
TITLE = "物业台|propdesk"


class TrialError(Exception):
    """Something is not as it must be."""


@dataclass(frozen=True, slots=True)
class Computer:
    """A Windows computer, the setup, and where things stand on it."""

    wine: Wine
    setup: Path
    version: str
    pictures: Path

    @property
    def program(self) -> Path:
        """Return the folder of the program."""
        return self.wine.local_data / "Programs" / "propdesk"

    @property
    def data(self) -> Path:
        """Return the folder of the office's data."""
        return self.wine.local_data / "propdesk"

    def links(self) -> list[str]:
        """Return the links of the start menu and of the desktop."""
        user = self.wine.local_data.parent.parent
        places = (user / "AppData/Roaming/Microsoft/Windows/Start Menu/Programs", user / "Desktop")
        return [file.name for place in places for file in sorted(place.glob("*.lnk"))]

    def install(self, setup: Path | None = None, *words: str, code: int = 0) -> None:
        """Run a setup silently; raise TrialError when its exit code is another one."""
        setup = setup or self.setup
        ended = self.wine.run_window(setup, "/S", *words)
        expect(ended == code, f"{setup.name} /S {' '.join(words)}: exit code {ended}, not {code}")

    def uninstall(self, program: Path | None = None, *, code: int = 0) -> None:
        """Run the uninstaller silently and in its own place, so that its exit code is ours."""
        program = program or self.program
        exe = program / "uninstall.exe"
        words = f"_?={windows_path(program)}".split(" ")
        ended = self.wine.run_window(exe, "/S", *words)
        expect(ended == code, f"uninstall.exe: exit code {ended}, not {code}")
        if not ended:
            # In its own place it cannot remove itself.
            exe.unlink(missing_ok=True)
            with contextlib.suppress(OSError):
                program.rmdir()

    def run(self, *words: str | Path, code: int = 0, program: Path | None = None) -> str:
        """Run the installed program on some words; return what it said."""
        exe = (program or self.program) / "propdesk-cli.exe"
        named = [windows_path(word) if isinstance(word, Path) else word for word in words]
        ended = self.wine.run(exe, *named)
        expect(ended.code == code, f"{' '.join(named)}: exit code {ended.code}\n{ended.output}")
        return ended.output

    def shown(self) -> str | None:
        """Return the version that Windows lists as installed."""
        return self.wine.registry(UNINSTALL_KEY, "DisplayVersion")

    def list_entry(self, name: str) -> str | None:
        """Return what Windows' list of programs says about this one."""
        return self.wine.registry(UNINSTALL_KEY, name)

    def expect_whole(self, program: Path | None = None, *, but: str = "") -> None:
        """Raise TrialError where a part of the program is missing, or something is left over."""
        found = {file.name for file in (program or self.program).iterdir()} - {but}
        expect(found == set(PARTS), f"in the program's folder: {sorted(found)}")

    def expect_clean(self) -> None:
        """Raise TrialError where anything of an installation is left."""
        expect(not self.program.exists(), "the program's folder stayed")
        expect(not self.links(), f"links stayed: {self.links()}")
        expect(self.shown() is None, "Windows still lists the program")

    @contextlib.contextmanager
    def window(self, exe: Path | str, *words: str) -> "Iterator[subprocess.Popen[bytes]]":
        """Start a program with windows and see them; end it, however the check goes on."""
        process = self.wine.start_window(exe, *words)
        try:
            time.sleep(4)
            yield process
        finally:
            process.kill()
            process.wait()

    def press(self, *keys: str) -> None:
        """Press keys, as a clerk would."""
        for key in keys:
            self._xdotool("key", "--clearmodifiers", key)
            time.sleep(1.5)

    def close(self, process: "subprocess.Popen[bytes]", *codes: int) -> None:
        """Close the window by the keyboard; the program must end by itself and well."""
        self._xdotool("key", "alt+F4")
        try:
            code = process.wait(40)
        except subprocess.TimeoutExpired as late:
            self.picture("not-closed")
            raise TrialError("the window does not close") from late
        expect(code in (codes or (0,)), f"the window ends with exit code {code}")

    def await_title(self, process: "subprocess.Popen[bytes]") -> None:
        """Wait until a window of the program is seen."""
        wait_until(
            lambda: process.poll() is not None
            or bool(self._xdotool("search", "--onlyvisible", "--name", TITLE)),
            60, "no window comes",
        )  # fmt: skip
        expect(process.poll() is None, f"the program ended with {process.returncode}")

    def picture(self, name: str) -> None:
        """Keep what is on the screen."""
        ImageGrab.grab(xdisplay=self.wine.display).save(self.pictures / f"{name}.png")

    def _xdotool(self, *words: str) -> str:
        environment = os.environ | {"DISPLAY": self.wine.display, "LC_ALL": "C.UTF-8"}
        done = subprocess.run(
            ["xdotool", *words], env=environment, check=False, capture_output=True, text=True
        )
        return done.stdout.strip()


def expect(is_so: object, otherwise: str) -> None:
    """Raise TrialError when something is not so."""
    if not is_so:
        raise TrialError(otherwise)


def wait_until(is_so: Callable[[], bool], seconds: float, otherwise: str) -> None:
    """Wait until something is so; raise TrialError when it takes too long."""
    end = time.monotonic() + seconds
    while not is_so():
        expect(time.monotonic() < end, f"{otherwise} ({seconds:.0f} s)")
        time.sleep(0.05)


def contents(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    files = (file for file in sorted(folder.rglob("*")) if file.is_file())
    return {str(file.relative_to(folder)): file.read_bytes() for file in files}


def make_chinese_locale(folder: Path) -> Path:
    """Compile zh_CN.UTF-8 into a folder of its own; wine takes Windows' language from it."""
    if not (folder / "zh_CN.UTF-8").exists():
        folder.mkdir(parents=True, exist_ok=True)
        target = str(folder / "zh_CN.UTF-8")
        subprocess.run(["localedef", "-i", "zh_CN", "-f", "UTF-8", target], check=True)
    return folder


def give_fonts(wine: Wine, fonts: Path) -> None:
    """Lay Chinese fonts where Windows has its own, so that the pictures can be read."""
    for font in fonts.glob("*.ttf"):
        shutil.copy(font, wine.drive / "windows" / "Fonts")
    replaced = r"HKCU\Software\Wine\Fonts\Replacements"
    for name in ("SimSun", "MS Shell Dlg", "MS Shell Dlg 2", "Microsoft Sans Serif", "Arial"):
        wine.write_registry(replaced, name, "Noto Sans SC")
