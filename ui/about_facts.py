"""What 关于 tells of the program and this PC, and the lines of it that may go to support."""

import json
import platform
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QSysInfo, qVersion
from PySide6.QtGui import QGuiApplication

from propdesk import paths, program_files
from propdesk.i18n import _, ngettext
from propdesk.services import offices
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.office import OfficeFacts, get_office_facts
from ui.background import Progress
from ui.printers import list_printers

_ENGINES = ("SQLite", "SQLCipher")


@dataclass(frozen=True, slots=True)
class Component:
    """A part of the program that others made; `files` hold its licence."""

    name: str
    version: str
    licence: str
    files: tuple[str, ...]

    @property
    def licence_text(self) -> str:
        """The whole licence."""
        folder = paths.resources() / "licences"
        return "\n\n".join((folder / name).read_text("utf-8") for name in self.files)


def read_components() -> tuple[Component, ...]:
    """Return the parts that others made and that this system's program holds, as listed."""
    system = "windows" if sys.platform == "win32" else "linux"
    listed = json.loads((paths.resources() / "licences" / "components.json").read_text("utf-8"))
    return tuple(
        Component(one["name"], one["version"], one["licence"], tuple(one["files"]))
        for one in listed["components"]
        if system in one.get("platforms", (system,))
    )


@dataclass(frozen=True, slots=True)
class OfficeLook:
    """The open office as it lies on the disk: what it holds and its size in bytes."""

    facts: OfficeFacts
    size: int


def look_at_office(office: OpenOffice) -> OfficeLook:
    """Count and measure the open office; a background job."""
    with offices.working_connection():
        facts = get_office_facts()
    names = (office.data_file.name, f"{office.data_file.name}-wal")
    files = (office.folder / name for name in names)
    return OfficeLook(facts, sum(file.stat().st_size for file in files if file.exists()))


@dataclass(frozen=True, slots=True)
class ProgramLook:
    """What takes a moment to find out: the printers, default first, and whether files are whole.

    `damaged` is None where the program runs from its source, which has no list of files.
    """

    printers: tuple[str, ...]
    damaged: tuple[str, ...] | None


def look_at_program(_progress: Progress) -> ProgramLook:
    """Ask for the printers and read every byte of the program's files; a background job."""
    damaged = (
        program_files.damaged_files(paths.program_folder(), thoroughly=True)
        if program_files.is_frozen()
        else None
    )
    return ProgramLook(list_printers().names, damaged)


def files_words(look: ProgramLook | None) -> str:
    """Say whether the program's files are whole."""
    if look is None:
        return _("being checked ...")
    if look.damaged is None:
        return _("not checked: the program runs from its source")
    if not look.damaged:
        return _("whole, each one as it was built")
    count = len(look.damaged)
    return ngettext("{count} file was changed", "{count} files were changed", count).format(
        count=count
    )


def engine_words() -> str:
    """Return what the office's data is kept with."""
    return ", ".join(
        f"{one.name} {one.version}" for one in read_components() if one.name in _ENGINES
    )


def system_words() -> str:
    """Return system and processor."""
    return (
        f"{QSysInfo.prettyProductName()}, {QSysInfo.kernelType()} "
        f"{QSysInfo.kernelVersion()}, {QSysInfo.currentCpuArchitecture()}"
    )


def screen_words() -> str:
    """Return size and scale of each screen."""
    return "; ".join(
        f"{round(size.width() * ratio)} x {round(size.height() * ratio)}, {ratio:.0%}"
        for screen in QGuiApplication.screens()
        for size, ratio in ((screen.size(), screen.devicePixelRatio()),)
    )


def python_words() -> str:
    """Return the versions of Python and Qt and the platform that draws."""
    return f"Python {platform.python_version()}, Qt {qVersion()} ({QGuiApplication.platformName()})"


def place_words(folder: Path) -> str:
    """Say what kind of place a folder is, without its name, which may be a person's."""
    if folder == paths.user_data():
        return _("the user's own data folder")
    if folder == paths.demo_data():
        return _("the demo's folder")
    anchor = folder.anchor if sys.platform == "win32" else ""
    return _("another folder {drive}").format(drive=anchor).rstrip()


def report_words(reports: Sequence[Path]) -> str:
    """Say how many reports of mistakes are kept, and name the newest."""
    if not reports:
        return _("none so far")
    return _("{count}, the newest {name}").format(count=len(reports), name=reports[0].name)
