"""The only place that stops the clerk with a message; pages are handed one `Messages` object.

Tests put a recorder in its place: a message that nobody expected fails the test.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget

from propdesk.i18n import _
from ui.dialogs.base import Dialog
from ui.theme import Theme
from ui.widgets.buttons import Kind


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

    def crash(self, parent: QWidget | None, report: str, file: Path | None = None) -> None:
        """Say that the program made a mistake, with the report (kept in `file`) to be sent."""
        from ui.dialogs.crash_window import CrashWindow

        CrashWindow(self._theme, parent, report, file).ask()

    def pick_file(self, parent: QWidget | None, title: str, pattern: str) -> Path | None:
        """Ask for a file to read; `pattern` as Qt writes it: `Excel (*.xlsx *.xls)`."""
        name, _pattern = QFileDialog.getOpenFileName(parent, title, "", pattern)
        return Path(name) if name else None

    def pick_files(self, parent: QWidget | None, title: str, pattern: str) -> tuple[Path, ...]:
        """Ask for one or several files to read; `pattern` as for `pick_file`."""
        names, _pattern = QFileDialog.getOpenFileNames(parent, title, "", pattern)
        return tuple(Path(name) for name in names)

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


def tell_plainly(words: str) -> None:
    """Say it in the system's own box, where nothing of the program's own looks can be had."""
    QMessageBox.critical(None, "propdesk", words)
