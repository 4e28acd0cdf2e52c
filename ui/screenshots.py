"""`python -m ui.screenshots --data DIR --out DIR [--tabs]`: pictures of every page and dialog.

It works without a screen, on a copy of the data, on the demo's own day. Each language and density
has a process of its own, as Qt takes both from its start. A picture that could not be made, or
whose size is not the one asked for, is named, and the exit code is 1.
"""

import argparse
import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, time
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import (
    QCoreApplication,
    QEventLoop,
    QMessageLogContext,
    QPoint,
    QSize,
    QTimer,
    QtMsgType,
    qInstallMessageHandler,
)
from PySide6.QtGui import QKeySequence, QPainter, QPixmap
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QMenu, QWidget

from propdesk import clock
from propdesk.domain.demo import DEMO_DAY, DEMO_TIME
from propdesk.domain.errors import RuleError
from propdesk.domain.persons import PersonDraft
from propdesk.domain.tickets import Kind, Ticket, TicketDraft
from propdesk.domain.unit_drafts import UnitFacts
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.demo import ZONE
from propdesk.services.queries.office import demo_moment
from propdesk.services.queries.staff import first_desk
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from propdesk.services.queries.units import get_unit, list_units
from propdesk.services.residents import add_resident
from propdesk.services.settings import get_settings, save_settings
from propdesk.services.staff import add_staff
from propdesk.services.tickets import dispatch_ticket, register_ticket
from propdesk.services.units import change_unit
from ui.app import choose_language
from ui.context import AppContext
from ui.dialogs.about import AboutDialog
from ui.dialogs.fee_letter_window import FeeLetterWindow
from ui.dialogs.fee_letters_dialog import FeeLettersDialog
from ui.dialogs.fee_template_dialog import FeeTemplateDialog
from ui.dialogs.messages import Messages
from ui.dialogs.picture_view import PictureView
from ui.forms.file_strip import FileStrip
from ui.garbage import Garbage
from ui.main_window import MainWindow
from ui.pages.page import Page
from ui.pages.reports import ReportsPage
from ui.printing import PaperWindow
from ui.shot_looks import LOOKS, Look, Shot
from ui.shots import SHOTS, TAB_SHOTS
from ui.tables.memory import NoMemory
from ui.theme import Theme
from ui.widgets.paper_view import PaperView
from ui.widgets.statusbar import StatusItem

_DEMO_MOMENT = datetime.combine(DEMO_DAY, time(), ZONE) + DEMO_TIME
_WAIT_MS = 20_000
_LOOK_MS = 10
_LEVELS = 8
_LONG_NAME, _LONG_TEXT = 40, 2000
# What the status bar says until it knows.
_WAITING = ("...", "…")
# Backups, locks and looked-at papers belong to the office that is copied, not to its picture.
_LEFT_OUT = shutil.ignore_patterns("backups", "previews", "papers", "*.lock", "*.lock.json")


class NoPictureError(Exception):
    """A picture could not be made; the text says which one and why."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which pictures of which data are wanted, and where to."""

    data: Path
    out: Path
    looks: tuple[Look, ...]
    only_tabs: bool
    only: tuple[str, ...] = ()

    def shots(self) -> tuple[Shot, ...]:
        """Return what is pictured."""
        shots = TAB_SHOTS if self.only_tabs else SHOTS
        return tuple(shot for shot in shots if not self.only or shot.name in self.only)

    def name(self, shot: Shot, look: Look) -> str:
        """Return a picture's name: `tickets` of the tabs alone, else `tickets-dark-150`."""
        return shot.name if self.only_tabs else f"{shot.name}-{look.suffix}"


class Stage:
    """The window that is pictured, and the hands at its keyboard."""

    def __init__(self, context: AppContext, look: Look) -> None:
        self.context: AppContext = context
        self.look: Look = look
        self.window: MainWindow = MainWindow(context.theme, context.memory)
        self.window.sit_down(context)
        self.window.resize(*look.size)
        self.window.show()
        self.window.activateWindow()
        self.until(self.window.isActiveWindow, "the window")

    def page(self, key: str) -> Page:
        """Open a page and wait until it is drawn."""
        self.window.show_page(key)
        self.until(lambda: _is_ready(self.window), f"the page {key}")
        return self.window.page(key)

    def press(self, *keys: str) -> None:
        """Press keys where the focus is."""
        for key in keys:
            QTest.keySequence(self._target(), QKeySequence(key))

    def type_words(self, words: str) -> None:
        """Type words where the focus is."""
        QTest.keyClicks(self._target(), words)

    def _target(self) -> QWidget:
        menu = QApplication.activePopupWidget()
        return menu or QApplication.focusWidget() or QApplication.activeWindow() or self.window

    def until(self, condition: Callable[[], bool], what: str) -> None:
        """Let the program work until `condition` holds. Raises NoPictureError after 20 seconds."""
        loop = QEventLoop()
        look = QTimer()
        look.setInterval(_LOOK_MS)
        look.timeout.connect(lambda: loop.quit() if condition() else None)
        look.start()
        limit = QTimer()
        limit.setSingleShot(True)
        limit.timeout.connect(loop.quit)
        limit.start(_WAIT_MS)
        loop.exec()
        look.stop()
        if not limit.isActive():
            raise NoPictureError(_("waited in vain for {what}").format(what=what))

    def first_ticket(self, kind: Kind | None = None) -> Ticket:
        """Return the newest ticket, of one kind where it is named."""
        wanted = TicketFilter(group="open", kind=kind)
        page = list_tickets(wanted, now=self.context.now(), limit=1)
        return get_ticket(page.rows[0].id)

    def sent_ticket(self) -> Ticket:
        """Return the newest ticket that somebody is out for."""
        page = list_tickets(TicketFilter(group="in-work"), now=self.context.now(), limit=1)
        return get_ticket(page.rows[0].id)

    def first_house(self) -> str:
        """Return the house of the newest ticket that has one."""
        page = list_tickets(TicketFilter(group="open"), now=self.context.now())
        tickets = (get_ticket(row.id) for row in page.rows)
        return next(ticket.unit for ticket in tickets if ticket.unit)

    def take(self, shot: Shot) -> QPixmap:
        """Make one picture."""
        shot.act(self)
        if shot.opens is None:
            self.until(lambda: _is_ready(self.window), shot.name)
            picture = self._picture()
            self._draw_menus(picture)
            return picture
        return self._picture_of_dialog(shot.opens)

    def _draw_menus(self, picture: QPixmap) -> None:
        """Draw the open menus over the window's picture, and close them."""
        while (menu := QApplication.activePopupWidget()) is not None:
            shown = [one for one in self.window.findChildren(QMenu) if one.isVisible()]
            painter = QPainter(picture)
            for one in shown:
                painter.drawPixmap(one.pos() - self.window.pos(), one.grab())
            painter.end()
            menu.close()

    def _picture_of_dialog(self, opens: Callable[["Stage"], object]) -> QPixmap:
        """Open a dialog, which may wait for its answer; picture it and press Esc."""
        taken: list[QPixmap | NoPictureError] = []
        left = _WAIT_MS // _LOOK_MS

        def look() -> None:
            nonlocal left
            left -= 1
            dialog = QApplication.activeModalWidget()
            if not isinstance(dialog, QDialog):
                return
            # Active windows alone show where the keyboard is.
            if not taken and dialog.isActiveWindow() and _is_ready(dialog):
                try:
                    taken.append(self._picture(dialog))
                except NoPictureError as error:
                    taken.append(error)
            if taken or left < 0:
                dialog.reject()

        watch = QTimer()
        watch.setInterval(_LOOK_MS)
        watch.timeout.connect(look)
        watch.start()
        try:
            opens(self)
            self.until(
                lambda: bool(taken) and QApplication.activeModalWidget() is None, "the dialog"
            )
        finally:
            watch.stop()
        if isinstance(taken[0], NoPictureError):
            raise taken[0]
        return taken[0]

    def _picture(self, dialog: QWidget | None = None) -> QPixmap:
        # Each level of a layout tells the next one by an event.
        for _level in range(_LEVELS):
            QCoreApplication.sendPostedEvents()
        picture = self.window.grab()
        wanted = QSize(*self.look.size) * self.look.scale
        if picture.size() != wanted:
            # A window too small for its page grows without a word.
            width, height = picture.size().toTuple()
            raise NoPictureError(
                _("is {width} x {height} instead of {wide} x {high}").format(
                    width=width, height=height, wide=wanted.width(), high=wanted.height()
                )
            )
        if dialog is not None:
            at = dialog.mapToGlobal(QPoint()) - self.window.mapToGlobal(QPoint())
            room = self.window.rect().adjusted(-1, -1, 1, 1)
            if not room.contains(dialog.rect().translated(at)):
                raise NoPictureError(_("a dialog reaches beyond the window"))
            painter = QPainter(picture)
            painter.drawPixmap(at, dialog.grab())
            painter.end()
        return picture

    def close(self) -> None:
        """Take the window away without the questions and backups of a real end."""
        self.window.hide()
        self.window.deleteLater()


_SETTLING = (
    PaperView,
    PaperWindow,
    FeeLetterWindow,
    FeeLettersDialog,
    FeeTemplateDialog,
    ReportsPage,
    AboutDialog,
    FileStrip,
    PictureView,
)


def _is_ready(widget: QWidget) -> bool:
    """Tell whether everything in sight is there: papers drawn, the status bar filled."""
    seen = [widget, *(one for one in widget.findChildren(QWidget) if one.isVisible())]
    return all(one.is_settled() for one in seen if isinstance(one, _SETTLING)) and not any(
        isinstance(one, StatusItem) and one.text().endswith(_WAITING) for one in seen
    )


@contextmanager
def _place(look: Look) -> Iterator[Path]:
    """Make a folder that is called the same each time, as a dialog may show where it is."""
    fixed = Path(tempfile.gettempdir()) / f"propdesk-{look.suffix}"
    try:
        fixed.mkdir()
    except FileExistsError:
        # Somebody else makes pictures right now.
        with tempfile.TemporaryDirectory(prefix="propdesk-") as folder:
            yield Path(folder)
        return
    try:
        yield fixed
    finally:
        shutil.rmtree(fixed)


@contextmanager
def _open_copy(data: Path, look: Look) -> Iterator[offices.OpenOffice]:
    """Open a copy of the office that a look wants; it goes away afterwards."""
    with _place(look) as folder:
        copy = folder / "office"
        if look.office != "empty":
            shutil.copytree(data, copy, ignore=_LEFT_OUT)
        office = offices.open_office(copy, now=_DEMO_MOMENT)
        try:
            yield office
        finally:
            offices.close_office(office)


def _stretch_office(now: datetime) -> None:
    """Put the longest names and texts where they are seen first: their own words, repeated."""
    by = first_desk().id

    def stretched(words: str, length: int) -> str:
        return (words * length)[:length]

    name = stretched(get_settings().office_name, _LONG_NAME)
    save_settings(replace(get_settings(), office_name=name), by=by)
    page = list_tickets(TicketFilter(), now=now, limit=1)
    house = list_units(today=now.date(), limit=1)
    if not page.rows or not house:
        return
    known, unit = get_ticket(page.rows[0].id), get_unit(house[0].id)
    text = stretched(known.text, _LONG_TEXT)
    reporter = stretched(known.reporter_name or name, _LONG_NAME)
    person = PersonDraft(reporter, note=text)
    add_resident(unit.id, person, by=by, now=now)
    facts = UnitFacts(floor=unit.floor, area_dm2=unit.area_dm2, note=text)
    change_unit(unit.id, facts, version=unit.version, by=by, now=now)
    worker = add_staff(reporter, by=by)
    for kind in Kind:
        draft = TicketDraft(
            kind=kind,
            text=text,
            unit_id=unit.id,
            matter=stretched(known.text, _LONG_NAME),
            wish=text,
            reporter_name=reporter,
        )
        ticket = register_ticket(draft, by=by, now=now)
    dispatch_ticket(ticket.id, by=by, now=now, handler_id=worker.id, note=text)


def _picture_look(app: QApplication, theme: Theme, look: Look, wanted: Wanted) -> list[str]:
    """Make all pictures of one look; return what could not be made."""
    failed = []
    theme.apply(app, look.mode)
    with _open_copy(wanted.data, look) as office:
        moment = _DEMO_MOMENT if look.office == "empty" else demo_moment() or clock.now()
        if look.office == "long":
            _stretch_office(moment)
        for shot in wanted.shots():
            if shot.needs_data and not list_tickets(TicketFilter(), now=moment, limit=1).rows:
                continue
            context = AppContext(
                office=office,
                staff=first_desk(),
                theme=theme,
                messages=Messages(theme),
                memory=NoMemory(),
                now=lambda: moment,
            )
            name = wanted.name(shot, look)
            try:
                _picture_shot(Stage(context, look), shot, wanted.out / f"{name}.png")
            except (NoPictureError, RuleError) as error:
                failed.append(f"{name}: {error}")
            finally:
                context.background.stop()
    return failed


def _picture_shot(stage: Stage, shot: Shot, file: Path) -> None:
    """Make one picture; a mistake of the program on the way is a picture that was not made."""
    mistakes: list[BaseException] = []

    def note(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        mistakes.append(error)
        sys.__excepthook__(kind, error, trace)

    before, sys.excepthook = sys.excepthook, note
    try:
        picture = stage.take(shot)
    except (NoPictureError, RuleError):
        raise
    except Exception as error:  # whatever it is, the others are made
        sys.excepthook(type(error), error, error.__traceback__)
    finally:
        sys.excepthook = before
        stage.close()
    if mistakes:
        raise NoPictureError(_("the program made a mistake: {error}").format(error=mistakes[0]))
    if not picture.save(str(file)):
        raise NoPictureError(_("the file could not be written"))


def _hear(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Pass on what Qt says, but for what a platform without a screen always says."""
    if not text.startswith("This plugin does not support"):
        sys.stderr.write(f"{kind.name}: {text}\n")


def _start_qt(look: Look) -> QApplication:
    """Start Qt on a screen that the window fills, so that menus open where they do at a desk."""
    if os.name == "nt":
        return QApplication([sys.argv[0]])  # a path with a colon is none to this platform
    with tempfile.TemporaryDirectory(prefix="propdesk-") as folder:
        file = Path(folder) / "screen.json"
        width, height = (round(side * look.scale) for side in look.size)
        screen = {
            "name": "screen", "x": 0, "y": 0, "width": width, "height": height,
            "logicalDpi": 96, "logicalBaseDpi": 96, "dpr": 1,
        }  # fmt: skip
        file.write_text(json.dumps({"screens": [screen]}), encoding="utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"
        return QApplication([sys.argv[0]])


def _picture_here(wanted: Wanted) -> int:
    """Make the pictures of this process's language and density."""
    os.environ["QT_SCALE_FACTOR"] = str(wanted.looks[0].scale)
    qInstallMessageHandler(_hear)
    app = _start_qt(wanted.looks[0])
    Garbage(app)
    choose_language(app, wanted.looks[0].language)
    theme = Theme(app)
    failed = []
    for look in wanted.looks:
        failed += _picture_look(app, theme, look, wanted)
    for line in failed:
        sys.stderr.write(f"{line}\n")
    return 1 if failed else 0


def _picture_apart(wanted: Wanted) -> int:
    """Give each language and density a process of its own, all at once."""
    alike: dict[tuple[str, float], list[str]] = {}
    for look in wanted.looks:
        alike.setdefault((look.language, look.scale), []).append(look.suffix)
    command = [sys.executable, "-m", "ui.screenshots", "--data", str(wanted.data), "--out",
               str(wanted.out)]  # fmt: skip
    if wanted.only:
        command += ["--only", *wanted.only]
    running = [
        subprocess.Popen([*command, "--looks", *suffixes])  # noqa: S603 - our own words
        for suffixes in alike.values()
    ]
    return max([process.wait() for process in running])


def main(argv: Sequence[str] | None = None) -> int:
    """Make the pictures; return 1 when one of them could not be made."""
    parser = argparse.ArgumentParser(prog="python -m ui.screenshots")
    parser.add_argument("--data", type=Path, required=True, metavar="DIR")
    parser.add_argument("--out", type=Path, required=True, metavar="DIR")
    parser.add_argument("--tabs", action="store_true", help="only one picture of each tab")
    parser.add_argument("--looks", nargs="+", choices=[look.suffix for look in LOOKS])
    parser.add_argument("--only", nargs="+", metavar="NAME", help="only these pictures")
    args = parser.parse_args(argv)
    if not args.data.is_dir():
        sys.stderr.write(_("There is no office in {folder}.").format(folder=args.data) + "\n")
        return 1
    args.out.mkdir(parents=True, exist_ok=True)
    suffixes = args.looks or [LOOKS[0].suffix if args.tabs else look.suffix for look in LOOKS]
    looks = tuple(look for look in LOOKS if look.suffix in suffixes)
    wanted = Wanted(args.data, args.out, looks, args.tabs, tuple(args.only or ()))
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    is_one = len({(look.language, look.scale) for look in looks}) == 1
    try:
        return _picture_here(wanted) if is_one else _picture_apart(wanted)
    except RuleError as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1


if __name__ == "__main__":
    sys.exit(main())
