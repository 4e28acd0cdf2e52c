"""Start the window: language and theme, its first picture, then the office (`ui.session`).

Before the first picture only what it shows is loaded; database, services and pages come behind it.
"""

import argparse
import logging
import sys
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import (
    QLibraryInfo,
    QMessageLogContext,
    QObject,
    QtMsgType,
    QTranslator,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from propdesk import i18n, paths
from propdesk.crashes import NO_START, harmless
from propdesk.domain.errors import Cancelled, RuleError
from propdesk.i18n import _
from propdesk.last_office import find_place
from propdesk.logs import LastEnd, Run
from ui.crash_hook import CrashHook
from ui.garbage import Garbage
from ui.main_window import MainWindow
from ui.second_start import FirstWindow, bring_first_to_front, come_to_front
from ui.session_end import close_on_signal
from ui.tables.memory import Memory, open_memory
from ui.theme import Mode, Theme
from ui.theme.tokens import TEXT_SIZES

_QT_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}

_log = logging.getLogger(__name__)


def run_window(argv: Sequence[str]) -> int:
    """Open the window on the office that was named, remembered, or is made now.

    When that office has a window already, that one comes to the front instead.
    """
    parser = argparse.ArgumentParser(prog="propdesk")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--lang", choices=i18n.LANGUAGES)
    args = parser.parse_args(list(argv))
    folder = _meant_folder(args.data)
    if folder is not None and bring_first_to_front(folder):
        return 0
    app = QApplication([sys.argv[0]])
    app.setApplicationName("propdesk")
    Garbage(app)
    close_on_signal(app)
    run = Run("window")
    try:
        return _Program(app, run, args.lang or "").run(args.data, folder)
    except Exception as error:
        text, file = run.report(error, {})
        from ui.dialogs.messages import tell_plainly

        tell_plainly(f"{NO_START}\n\n{file or text}")
        return 3
    finally:
        run.end()


def _meant_folder(named: Path | None) -> Path | None:
    """Return the folder of the office that is meant, None when a question must come first."""
    try:
        return find_place(named).folder
    except RuleError:
        return None


class _Program:
    """What outlives a change of office or language: theme, memory, log, and whoever listens."""

    def __init__(self, app: QApplication, run: Run, language: str) -> None:
        self._app = app
        self._run = run
        self._language = language
        self._memory, self._broken = open_memory(paths.user_config() / "workstation.ini")
        choose_language(app, language or self._memory.recall("language"))
        self._theme = Theme(app)
        self._theme.apply(app, _mode(self._memory), _text_size(self._memory))
        app.setWindowIcon(self._theme.icons.program_icon())
        self._hook = CrashHook(self._theme, run, app)
        self._hook.install()
        self._first = FirstWindow(app)

    def run(self, named: Path | None, listening_for: Path | None) -> int:
        """Show a window until nobody wants another one; return the exit code."""
        if listening_for is not None:
            self._first.listen(listening_for)
        is_kept = False
        while True:
            code, folder, window = self._one_office(named, is_kept=is_kept)
            wanted = window.next_office
            if window.begins_anew:
                named, is_kept = None, False
            elif wanted is None:
                return code
            # Another office from now on, or the same one in another language.
            elif wanted != folder:
                named, is_kept = wanted, True
            choose_language(self._app, self._memory.recall("language") or self._language)

    def _one_office(
        self, named: Path | None, *, is_kept: bool
    ) -> tuple[int, Path | None, MainWindow]:
        """Run the window on one office; return exit code, its folder, and the closed window."""
        with ExitStack() as at_the_end:
            window = MainWindow(self._theme, self._memory)
            wanted = self._first.wanted.connect(lambda: come_to_front(window))
            at_the_end.callback(lambda: QObject.disconnect(wanted))
            window.pictured.connect(
                lambda: self._begin(window, named, is_kept=is_kept, at_the_end=at_the_end)
            )
            window.show()
            code = self._app.exec()
            folder = window.context.office.folder if window.is_seated else None
            return code, folder, window

    def _begin(
        self, window: MainWindow, named: Path | None, *, is_kept: bool, at_the_end: ExitStack
    ) -> None:
        """Open log and office behind the first picture."""
        started = time.perf_counter()
        self._run.open_log()
        qInstallMessageHandler(_note_qt)
        from ui.session import begin_session

        try:
            office = begin_session(window, named, is_kept=is_kept, at_the_end=at_the_end)
        except Cancelled:
            self._app.exit(0)
            return
        if office is None:
            self._app.exit(1)
            return
        self._first.listen(office.folder)
        window.take_scans(self._app)
        _log.info(
            "office open: data of %.1f MB, %.2f s behind the first picture",
            office.data_file.stat().st_size / 1e6,
            time.perf_counter() - started,
        )
        self._show_notices(window)

    def _show_notices(self, window: MainWindow) -> None:
        """Say in the status bar what went wrong before, once."""
        if self._run.last_end is LastEnd.CRASHED:
            window.status.show_notice(
                _("Ended by the system last time"),
                _("Nothing that was saved is lost. The report is {file}.").format(
                    file=self._run.last_report
                ),
            )
            self._run.last_end = LastEnd.CLEAN
        if self._broken is not None:
            _log.info("the settings of this PC were unreadable")
            window.status.show_notice(
                _("This PC's settings begin anew"),
                _("They were unreadable; the old ones are kept in {file}.").format(
                    file=self._broken
                ),
            )
            self._broken = None


def _mode(memory: Memory) -> Mode:
    kept = memory.recall("theme")
    return Mode(kept) if kept in list(Mode) else Mode.SYSTEM


def _text_size(memory: Memory) -> float | None:
    try:
        size = float(memory.recall("text_size"))
    except ValueError:
        return None
    return size if size in TEXT_SIZES else None


def choose_language(app: QApplication, wanted: str) -> None:
    """Set the screen's language and load Qt's own words, or its buttons would read Cancel."""
    code = wanted if wanted in i18n.LANGUAGES else i18n.system_language()
    i18n.set_language(code)
    for before in app.findChildren(QTranslator):
        app.removeTranslator(before)
        before.deleteLater()
    translator = QTranslator(app)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    if code == "zh_CN" and translator.load("qtbase_zh_CN", folder):
        app.installTranslator(translator)


def _note_qt(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
    """Note what Qt says, without what may be a person's."""
    logging.getLogger("qt").log(_QT_LEVELS.get(kind, logging.WARNING), "%s", harmless(text))
