"""Start the window: language, office, theme, crash window, first picture, then the checks."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QSettings, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from propdesk import clock, i18n, paths
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Staff
from propdesk.i18n import _
from propdesk.services import offices
from propdesk.services.offices import OpenOffice
from propdesk.services.queries.staff import first_desk, list_staff
from ui.background import Progress
from ui.context import AppContext
from ui.dialogs.messages import Messages, Verb, crash_report
from ui.main_window import MainWindow
from ui.tables.memory import Memory, SettingsMemory
from ui.theme import Theme
from ui.widgets.buttons import Kind


def run_window(argv: Sequence[str]) -> int:
    """Open the window on the office that was named, remembered, or is made now."""
    parser = argparse.ArgumentParser(prog="propdesk")
    parser.add_argument("--data", type=Path)
    parser.add_argument("--lang", choices=i18n.LANGUAGES)
    args = parser.parse_args(list(argv))
    app = QApplication([sys.argv[0]])
    app.setApplicationName("propdesk")
    memory = workstation_memory()
    choose_language(app, args.lang or memory.recall("language"))
    theme = Theme(app)
    theme.apply(app, memory.recall("theme") or "system", _text_size(memory))
    messages = Messages(theme)
    _catch_crashes(messages)
    from ui.start import open_at_start

    named, is_kept = args.data, False
    while True:
        office = open_at_start(named, messages, theme, is_kept=is_kept)
        if office is None:
            return 1
        code, wanted = _sit_down(app, office, theme, messages, memory)
        if wanted is None:
            return code
        # Another office from now on, or the same one in another language.
        if wanted != office.folder:
            named, is_kept = wanted, True
        choose_language(app, memory.recall("language") or args.lang or "")


def _sit_down(
    app: QApplication, office: OpenOffice, theme: Theme, messages: Messages, memory: Memory
) -> tuple[int, Path | None]:
    """Run the window on an open office; return the exit code and the office to open instead."""
    try:
        context = AppContext(
            office=office,
            staff=_who(memory),
            theme=theme,
            messages=messages,
            memory=memory,
            now=clock.now,
        )
        window = MainWindow(context)
        window.show()
        QTimer.singleShot(0, lambda: after_first_picture(window))
        return app.exec(), window.next_office
    finally:
        offices.close_office(office)


def workstation_memory() -> Memory:
    """Return what this workstation remembers: window, columns, theme, language."""
    file = paths.user_config() / "workstation.ini"
    return SettingsMemory(QSettings(str(file), QSettings.Format.IniFormat))


def _text_size(memory: Memory) -> float | None:
    try:
        return float(memory.recall("text_size"))
    except ValueError:
        return None


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


def _who(memory: Memory) -> Staff:
    """Return who sat here last, else the first front-desk member (decision 24)."""
    last = memory.recall("staff")
    for member in list_staff():
        if member.code == last:
            return member
    return first_desk()


def _catch_crashes(messages: Messages) -> None:
    """Show a mistake of the program with a copy button; refusals show their sentence."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if isinstance(error, RuleError):
            messages.tell(None, _("This was not done"), str(error))
            return
        if isinstance(error, KeyboardInterrupt):
            QApplication.quit()
            return
        report = crash_report(kind, error, trace)
        print(report, file=sys.stderr)  # noqa: T201 - beside the window, for whoever started it
        messages.crash(None, report)

    sys.excepthook = show


def after_first_picture(window: MainWindow) -> None:
    """Do what must not hold up the first picture: the clock question and who sits here."""
    context = window.context
    doubt = offices.doubt_clock(context.now())
    if doubt is not None:
        sentence = (
            _("The PC says {now}, but the last entry is of {last}: the clock may be wrong.")
            if doubt.backwards
            else _("The PC says {now}; the last entry is of {last}, more than 30 days ago.")
        ).format(now=f"{doubt.now:%Y-%m-%d %H:%M}", last=f"{doubt.last:%Y-%m-%d %H:%M}")
        verbs = (Verb("stop", _("Close and set the clock")), Verb("go", _("The time is right")))
        if context.messages.choose(window, _("Is the clock right?"), sentence, verbs) == "stop":
            window.close()
            return
    check_behind_the_picture(window)
    if len(list_staff()) > 1:
        window.status.ask_who()


def check_behind_the_picture(window: MainWindow) -> None:
    """Run SQLite's quick check beside the window (decision 43); tell the clerk of damage."""
    context = window.context

    def job(_progress: Progress) -> None:
        with offices.working_connection():
            offices.check_quickly()

    def on_error(error: BaseException) -> None:
        if not isinstance(error, RuleError):
            raise error
        verbs = (
            Verb("close", _("Close the program")),
            Verb("backups", _("Show the backups"), Kind.PRIMARY),
        )
        title = _("The data file is damaged")
        if context.messages.choose(window, title, str(error), verbs) == "backups":
            window.status.open_backups()
        else:
            window.close()

    context.background.run(job, lambda _nothing: None, on_error)
