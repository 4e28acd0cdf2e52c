"""Start the window: language and theme, its first picture, then the office (`ui.session`).

Before the first picture only what it shows is loaded; database, services and pages come behind it.
"""

import argparse
import sys
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLibraryInfo, QSettings, QTranslator
from PySide6.QtWidgets import QApplication

from propdesk import i18n, paths
from ui.main_window import MainWindow
from ui.tables.memory import Memory, SettingsMemory
from ui.theme import Theme


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
    app.setWindowIcon(theme.icons.program_icon())
    _catch_crashes(theme)
    named, is_kept = args.data, False
    while True:
        code, folder, wanted = _one_office(app, theme, memory, named, is_kept=is_kept)
        if wanted is None:
            return code
        # Another office from now on, or the same one in another language.
        if wanted != folder:
            named, is_kept = wanted, True
        choose_language(app, memory.recall("language") or args.lang or "")


def _one_office(
    app: QApplication, theme: Theme, memory: Memory, named: Path | None, *, is_kept: bool
) -> tuple[int, Path | None, Path | None]:
    """Run the window on one office; return exit code, its folder, and which to open instead."""
    with ExitStack() as at_the_end:
        window = MainWindow(theme, memory)

        def begin() -> None:
            from ui.session import begin_session

            office = begin_session(window, named, is_kept=is_kept, at_the_end=at_the_end)
            if office is None:
                app.exit(1)

        window.pictured.connect(begin)
        window.show()
        code = app.exec()
        folder = window.context.office.folder if window.is_seated else None
        return code, folder, window.next_office


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


def _catch_crashes(theme: Theme) -> None:
    """Show a mistake of the program with a copy button; refusals show their sentence."""

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        from propdesk.domain.errors import RuleError
        from propdesk.i18n import _
        from ui.dialogs.messages import Messages, crash_report

        messages = Messages(theme)
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
