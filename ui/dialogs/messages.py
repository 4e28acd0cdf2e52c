"""The only place that stops the clerk with a message; pages are handed one `Messages` object.

Tests put a recorder in its place: a message that nobody expected fails the test.
"""

import platform
import sys
import traceback
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

import propdesk
from propdesk.i18n import _
from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.buttons import Button, Kind


@dataclass(frozen=True, slots=True)
class Verb:
    """One way out of a dialog. The first one is the harmless one and the default."""

    key: str
    word: str
    kind: Kind = Kind.PLAIN


class Messages:
    """Questions and notices as dialogs over the window that asks."""

    def __init__(self, theme: Theme) -> None:
        self._theme = theme

    def confirm(
        self,
        parent: QWidget | None,
        question: str,
        sentence: str,
        *,
        act: str,
        keep: str,
        is_danger: bool = True,
    ) -> bool:
        """Ask before what cannot be undone; `act` and `keep` are the verbs. True for `act`."""
        kind = Kind.DANGER if is_danger else Kind.PRIMARY
        verbs = (Verb("keep", keep), Verb("act", act, kind))
        return self.choose(parent, question, sentence, verbs) == "act"

    def choose(
        self, parent: QWidget | None, question: str, sentence: str, verbs: Sequence[Verb]
    ) -> str:
        """Ask which way to go; return the verb's key. Esc is the first, harmless one."""
        dialog = Dialog(self._theme, parent, question)
        dialog.add_sentence(sentence)
        for n, verb in enumerate(verbs):
            dialog.add_verb(verb.key, verb.word, kind=verb.kind, is_default=n == 0)
        return dialog.ask() or verbs[0].key

    def tell(self, parent: QWidget | None, title: str, sentence: str) -> None:
        """Say why something was not done, and what to do next."""
        dialog = Dialog(self._theme, parent, title)
        dialog.add_sentence(sentence)
        dialog.add_verb("close", _("Understood"), kind=Kind.PRIMARY, is_default=True)
        dialog.ask()

    def crash(self, parent: QWidget | None, report: str) -> None:
        """Say that the program made a mistake, with the details ready to be sent."""
        CrashWindow(self._theme, parent, report).ask()

    def pick_file(self, parent: QWidget | None, title: str, pattern: str) -> Path | None:
        """Ask for a file to read; `pattern` as Qt writes it: `Excel (*.xlsx *.xls)`."""
        name, _pattern = QFileDialog.getOpenFileName(parent, title, "", pattern)
        return Path(name) if name else None

    def pick_target(
        self, parent: QWidget | None, title: str, proposed: Path, pattern: str
    ) -> Path | None:
        """Ask where to write a file; the system asks before one is replaced."""
        name, _pattern = QFileDialog.getSaveFileName(parent, title, str(proposed), pattern)
        return Path(name) if name else None

    def pick_folder(self, parent: QWidget | None, title: str) -> Path | None:
        """Ask for a folder."""
        name = QFileDialog.getExistingDirectory(parent, title)
        return Path(name) if name else None


class CrashWindow(Dialog):
    """A mistake of the program: a sorry, the details, a button that copies them."""

    def __init__(self, theme: Theme, parent: QWidget | None, report: str) -> None:
        super().__init__(theme, parent, _("The program made a mistake"), width=620)
        self.add_sentence(
            _("Nothing that was saved is lost. You can go on; if it happens again, please restart.")
        )
        self.add_sentence(
            _("Copy the details and send them to whoever looks after the program."), is_quiet=True
        )
        self.details = QPlainTextEdit(report)
        self.details.setReadOnly(True)
        self.details.setAccessibleName(_("Details"))
        self.details.setMinimumHeight(theme.px(220))
        self.body.addWidget(self.details)
        self.copy = Button(theme, _("Copy details"), icon="copy")
        self.copy.clicked.connect(self._on_copy)
        self._foot.insertWidget(0, self.copy)
        self.add_verb("close", _("Go on"), kind=Kind.PRIMARY, is_default=True)

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self.details.toPlainText())
        self.copy.show_word(_("Copied"), icon="check")


def crash_report(
    kind: type[BaseException], error: BaseException, trace: TracebackType | None
) -> str:
    """Return what a developer needs of a mistake: versions, system, and where it happened."""
    lines = traceback.format_exception(kind, error, trace)
    return "\n".join(
        (
            f"propdesk {propdesk.__version__}, Python {sys.version.split()[0]}, Qt {qVersion()}",
            f"{platform.system()} {platform.release()} ({platform.machine()})",
            "",
            "".join(lines).rstrip(),
        )
    )
