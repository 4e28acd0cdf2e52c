"""The shape of every dialog: a question, what happens in a sentence, verbs as buttons."""

from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Ink, Size, Space, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label, Surface

_WIDTH = 460


class _Dimmer(QWidget):
    """Darkens the window behind a dialog, so that nobody looks for it there."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), QColor(20, 30, 36, 70))


class Dialog(QDialog):
    """A modal dialog. What it asks for goes into `body`; the buttons stand on its foot.

    Esc is the harmless way out. `ask()` shows it and returns whether a verb was chosen.
    """

    def __init__(
        self, theme: Theme, parent: QWidget | None, title: str, *, width: int = _WIDTH
    ) -> None:
        super().__init__(parent)
        self.theme = theme
        self.chosen = ""
        self.setWindowTitle(title)
        self.setModal(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        upper = Surface(theme)
        self.body = QVBoxLayout(upper)
        self.body.setContentsMargins(Space.XL, Space.L, Space.XL, Space.L)
        self.body.setSpacing(Space.M)
        self.heading = Label(theme, title, size=Size.TITLE, bold=True, wrap=True)
        self.body.addWidget(self.heading)
        column.addWidget(upper, 1)
        foot = Surface(theme, "alt", line_above=True)
        self._foot = QHBoxLayout(foot)
        self._foot.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M)
        self._foot.setSpacing(Space.S)
        self._foot.addStretch(1)
        column.addWidget(foot)
        self.setFixedWidth(theme.px(width))

    def add_sentence(self, words: str, *, is_quiet: bool = False) -> Label:
        """Add a sentence below the title; sentences can be marked and copied."""
        ink = Ink.TEXT_2 if is_quiet else Ink.TEXT
        label = Label(self.theme, words, ink=ink, wrap=True, selectable=True)
        self.body.addWidget(label)
        return label

    def add_verb(
        self, key: str, word: str, *, kind: Kind = Kind.PLAIN, is_default: bool = False
    ) -> Button:
        """Add a button at the right end of the foot; pressing it closes the dialog with `key`."""
        button = Button(self.theme, word, kind=kind)
        button.setDefault(is_default)
        button.clicked.connect(lambda: self.choose(key))
        self._foot.addWidget(button)
        if is_default:
            button.setFocus()
        return button

    def choose(self, key: str) -> None:
        """Close the dialog with the verb `key`."""
        self.chosen = key
        self.accept()

    def ask(self) -> str:
        """Show the dialog until it is answered; return the verb's key, empty for Esc."""
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        dimmer = _Dimmer(window) if window is not None and window.isVisible() else None
        self.adjustSize()
        if window is not None:
            middle = window.mapToGlobal(window.rect().center())
            self.move(middle - QPoint(self.width() // 2, self.height() // 2))
        self.exec()
        if dimmer is not None:
            dimmer.hide()
            dimmer.deleteLater()
        return self.chosen
