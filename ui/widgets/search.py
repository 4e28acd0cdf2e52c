"""Search fields: a magnifier at the left, the key that leads here at the right."""

from PySide6.QtCore import QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QKeySequence, QPainter, QPaintEvent, QShortcut
from PySide6.QtWidgets import QLineEdit, QSizePolicy

from ui.keyboard import key_words
from ui.theme import Ink, Size, Theme
from ui.widgets.painting import CENTRE, ground, text

_ICON = 16
_DEBOUNCE_MS = 150


class SearchField(QLineEdit):
    """A field that searches while the clerk types.

    `searched` comes with the trimmed text 150 ms after the last key, and at once for Enter and for
    an emptied field. Esc empties the field; in an empty field it emits `left`.
    """

    searched = Signal(str)
    left = Signal()

    def __init__(
        self, theme: Theme, placeholder: str, shortcut: str = "", width: int = 190
    ) -> None:
        super().__init__()
        self._theme = theme
        self._width = width
        self._keys = key_words(shortcut)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._wait = QTimer(self)
        self._wait.setSingleShot(True)
        self._wait.setInterval(_DEBOUNCE_MS)
        self._wait.timeout.connect(self._search)
        self.textEdited.connect(self._on_edited)
        if shortcut:
            key = QShortcut(QKeySequence(shortcut), self)
            key.activated.connect(self.take_focus)
        self._restyle()
        theme.changed.connect(self._restyle)

    def _restyle(self) -> None:
        room = self._theme.px(_ICON) + 10
        key_room = self._key_width() + 6 if self._keys else 0
        self.setTextMargins(room, 0, key_room, 0)
        self.setFixedHeight(self._theme.control_height() + 1)

    def _key_width(self) -> int:
        return self._theme.metrics(Size.SMALL).horizontalAdvance(self._keys) + 10

    def sizeHint(self) -> QSize:
        """Take the width of the design, scaled with the text."""
        return QSize(self._theme.px(self._width), self._theme.control_height() + 1)

    def minimumSizeHint(self) -> QSize:
        """Shrink to half where the window is narrow."""
        return QSize(self._theme.px(self._width) // 2, self._theme.control_height() + 1)

    def take_focus(self) -> None:
        """Put the keyboard here with the old text marked, ready to be typed over."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.selectAll()

    def words(self) -> str:
        """Return what is searched for, trimmed."""
        return self.text().strip()

    def clear_silently(self) -> None:
        """Empty the field without a search."""
        self._wait.stop()
        self.clear()

    def _on_edited(self) -> None:
        if self.words():
            self._wait.start()
        else:
            self._search()

    def hideEvent(self, event: QHideEvent) -> None:
        """Search for nothing that nobody sees."""
        super().hideEvent(event)
        self._wait.stop()

    def _search(self) -> None:
        self._wait.stop()
        self.searched.emit(self.words())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Search at once with Enter; empty or leave the field with Esc."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._search()
        elif event.key() == Qt.Key.Key_Escape:
            if self.text():
                self.clear()
                self._search()
            else:
                self.left.emit()
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the field, the magnifier, and the key cap while nothing is typed."""
        super().paintEvent(event)
        painter = QPainter(self)
        size = self._theme.px(_ICON)
        middle = (self.height() - size) / 2
        ink = self._theme.ink(Ink.TEXT_2)
        self._theme.icons.paint(painter, 9, middle, "search", ink, size)
        if not self._keys or self.text() or self.hasFocus():
            return
        height = self._theme.line(Size.SMALL) + 2
        width = self._key_width()
        cap = QRect(self.width() - width - 6, (self.height() - height) // 2, width, height)
        ground(painter, cap, None, edge=self._theme.colours.line_button)
        painter.setFont(self._theme.font(Size.SMALL))
        text(painter, cap, self._keys, self._theme.ink(Ink.TEXT_3), CENTRE)
