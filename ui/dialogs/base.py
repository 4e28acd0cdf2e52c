"""The shape of every dialog: a question, what happens in a sentence, verbs as buttons."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QHideEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from ui.theme import Ink, Size, Space, Theme
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.buttons import Button, Kind
from ui.widgets.labels import Label, Surface
from ui.widgets.painting import ground

_WIDTH = 460
# How much of the window below stays in sight around a large plate.
_EDGE = 32
_DIM, _DIM_DARK = QColor(20, 30, 36, 70), QColor(0, 0, 0, 120)


class _Dimmer(QWidget):
    """Darkens the window behind a dialog, so that nobody looks for it there."""

    def __init__(self, window: QWidget, *, is_dark: bool) -> None:
        super().__init__(window)
        self._colour = _DIM_DARK if is_dark else _DIM
        self.setGeometry(window.rect())
        self.show()
        self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        radius = RADIUS_CARD if isinstance(self.parent(), Plate) else 0
        ground(QPainter(self), self.rect(), self._colour, radius=radius)


class Plate(QDialog):
    """A modal plate over the dimmed window: round corners, a hairline, no frame of the system.

    Its contents go into `column`, between a strip of surface at the top and one of the foot's
    ground at the bottom. It is moved by any place that is not a control.
    """

    def __init__(self, theme: Theme, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.theme = theme
        self._dimmer: _Dimmer | None = None
        self.setModal(True)
        # The system's frame would say the title a second time.
        self.setWindowFlag(Qt.WindowType.FramelessWindowHint)
        self.setAttribute(Qt.WidgetAttribute.WA_TranslucentBackground)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(1, RADIUS_CARD, 1, RADIUS_CARD)
        self.column.setSpacing(0)

    def take_size(self, width: int, height: int) -> None:
        """Take a size at 100 %, as far as the window below has room for it."""
        room = (self.parentWidget() or self).window().size()
        self.resize(
            min(self.theme.px(width), room.width() - _EDGE),
            min(self.theme.px(height), room.height() - _EDGE),
        )

    def showEvent(self, event: QShowEvent) -> None:
        """Dim the window below and stand in its middle."""
        super().showEvent(event)
        parent = self.parentWidget()
        window = parent.window() if parent is not None else None
        if window is None or not window.isVisible() or event.spontaneous():
            return
        self._dimmer = self._dimmer or _Dimmer(window, is_dark=self.theme.colours.is_dark)
        middle = window.mapToGlobal(window.rect().center())
        self.move(middle - self.rect().center())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay within the window when sentences make the plate grow."""
        super().resizeEvent(event)
        parent = self.parentWidget()
        if self._dimmer is None or parent is None:
            return
        window = parent.window()
        foot = window.mapToGlobal(window.rect().bottomLeft()).y() - Space.S
        head = window.mapToGlobal(window.rect().topLeft()).y()
        below = self.y() + self.height() - foot
        if below > 0:
            self.move(self.x(), max(self.y() - below, head))

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the window below its light back."""
        super().hideEvent(event)
        if self._dimmer is not None and not event.spontaneous():
            self._dimmer.hide()
            self._dimmer.deleteLater()
            self._dimmer = None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Let the plate be drawn aside, to see what stands below it."""
        handle = self.windowHandle()
        if event.button() == Qt.MouseButton.LeftButton and handle is not None:
            handle.startSystemMove()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the corners, the strips above and below the contents, and the hairline."""
        colours = self.theme.colours
        painter = QPainter(self)
        shape = QPainterPath()
        shape.addRoundedRect(QRectF(self.rect()), RADIUS_CARD, RADIUS_CARD)
        painter.save()
        painter.setClipPath(shape)
        painter.fillRect(self.rect(), colours.surface)
        strip = self.rect()
        strip.setTop(strip.bottom() - RADIUS_CARD)
        painter.fillRect(strip, colours.alt)
        painter.restore()
        ground(painter, self.rect(), None, edge=colours.line_button, radius=RADIUS_CARD)


class Dialog(Plate):
    """A modal dialog. What it asks for goes into `body`; the buttons stand on its foot.

    Esc is the harmless way out. `ask()` shows it and returns whether a verb was chosen.
    """

    def __init__(
        self, theme: Theme, parent: QWidget | None, title: str, *, width: int = _WIDTH
    ) -> None:
        super().__init__(theme, parent)
        self.chosen = ""
        self.setWindowTitle(title)
        upper = Surface(theme)
        self.body = QVBoxLayout(upper)
        self.body.setContentsMargins(Space.XL, Space.L - RADIUS_CARD, Space.XL, Space.L)
        self.body.setSpacing(Space.M)
        self.heading = Label(theme, title, size=Size.TITLE, bold=True, wrap=True)
        self.body.addWidget(self.heading)
        self.column.addWidget(upper, 1)
        foot = Surface(theme, "alt", line_above=True)
        self._foot = QHBoxLayout(foot)
        self._foot.setContentsMargins(Space.XL, Space.M, Space.XL, Space.M - RADIUS_CARD)
        self._foot.setSpacing(Space.S)
        self._foot.addStretch(1)
        self.column.addWidget(foot)
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

    def fit(self) -> None:
        """Take the height of what is shown now: rows came or went, sentences grew."""
        if self.isVisible() and self.column.hasHeightForWidth():
            self.resize(self.width(), self.column.totalHeightForWidth(self.width()))

    def ask(self) -> str:
        """Show the dialog until it is answered; return the verb's key, empty for Esc."""
        self.adjustSize()
        # Qt measures wrapped sentences as for its narrowest plate: this one is not that high.
        if self.column.hasHeightForWidth():
            self.resize(self.width(), self.column.totalHeightForWidth(self.width()))
        self.exec()
        return self.chosen
