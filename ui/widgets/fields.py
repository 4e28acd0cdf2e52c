"""Fields of forms: a line, a text, a pick list, a check box. All know how to look wrong."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QWidget,
)

from ui.theme import Ink, Theme, Tone
from ui.widgets.choices import Choice
from ui.widgets.painting import LEFT, focus_ring, ground, text

_CHEVRON = 14
_CHECK = 17


def mark_bad(widget: QWidget, *, is_bad: bool) -> None:
    """Give a field the edge of a problem, or take it away."""
    if bool(widget.property("bad")) != is_bad:
        widget.setProperty("bad", is_bad)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
        widget.update()


class LineField(QLineEdit):
    """One line of text. Enter moves on to the next field (`finished`), Esc is the form's.

    In the last field of a form (`is_last`) Enter only tells `finished`.
    """

    finished = Signal()

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        placeholder: str = "",
        width: int = 0,
        longest: int = 200,
        is_last: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._width = width
        self._is_last = is_last
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(longest)
        horizontal = QSizePolicy.Policy.Fixed if width else QSizePolicy.Policy.Expanding
        self.setSizePolicy(horizontal, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Take the height of a control and the width that the content wants."""
        width = self._width or 160
        return QSize(self._theme.px(width), self._theme.control_height())

    def minimumSizeHint(self) -> QSize:
        """Never shrink below a few characters."""
        return QSize(self._theme.px(min(self._width or 60, 60)), self._theme.control_height())

    def words(self) -> str:
        """Return the text, trimmed."""
        return self.text().strip()

    def show_words(self, words: str) -> None:
        """Show a text from its start."""
        self.setText(words)
        self.setCursorPosition(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next field with Enter; Ctrl+Enter is left to the form."""
        plain = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if (
            event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
            and plain == Qt.KeyboardModifier.NoModifier
        ):
            self.finished.emit()
            if not self._is_last:
                self.focusNextChild()
            return
        super().keyPressEvent(event)


class TextField(QPlainTextEdit):
    """Some lines of text. Enter is a new line, Tab moves on."""

    def __init__(
        self, theme: Theme, name: str, *, placeholder: str = "", lines: int = 3, longest: int = 0
    ) -> None:
        super().__init__()
        self._theme = theme
        self._lines = lines
        self._longest = longest
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        if longest:
            self.textChanged.connect(self._on_changed)

    def sizeHint(self) -> QSize:
        """Take the height of the lines wanted."""
        return QSize(self._theme.px(200), self._lines * self._theme.line() + 18)

    def minimumSizeHint(self) -> QSize:
        """Keep the height, give way in width."""
        return QSize(self._theme.px(80), self.sizeHint().height())

    def words(self) -> str:
        """Return the text, trimmed."""
        return self.toPlainText().strip()

    def show_words(self, words: str) -> None:
        """Show a text."""
        self.setPlainText(words)

    def _on_changed(self) -> None:
        # What is pasted beyond the limit is cut at once, so that nobody loses it unseen later.
        if len(self.toPlainText()) > self._longest:
            cursor = self.textCursor()
            cursor.setPosition(self._longest)
            cursor.movePosition(cursor.MoveOperation.End, cursor.MoveMode.KeepAnchor)
            cursor.removeSelectedText()


class PickField(QComboBox):
    """One of a list. Typing jumps to a word; the arrow keys walk."""

    picked = Signal(str)

    def __init__(self, theme: Theme, name: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMaxVisibleItems(14)
        self.set_choices(choices)
        self.activated.connect(self._on_activated)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these choices; the value stays while it is among them, else it is the first."""
        before = self.value()
        self.clear()
        for choice in choices:
            self.addItem(choice.word, choice.key)
        if any(choice.key == before for choice in choices):
            self.choose(before)

    def value(self) -> str:
        """Return the key of the chosen item, empty in an empty list."""
        data = self.currentData()
        return "" if data is None else str(data)

    def choose(self, key: str) -> None:
        """Choose an item without telling anybody. Raises ValueError for an unknown key."""
        place = self.findData(key)
        if place < 0:
            raise ValueError(key)
        self.setCurrentIndex(place)

    def _on_activated(self, _place: int) -> None:
        self.picked.emit(self.value())

    def sizeHint(self) -> QSize:
        """Take the height of a control."""
        return QSize(self._theme.px(160), self._theme.control_height())

    def minimumSizeHint(self) -> QSize:
        """Give way in width."""
        return QSize(self._theme.px(80), self._theme.control_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the field, the chosen word and a chevron (a styled combo box loses its arrow)."""
        painter = QPainter(self)
        theme = self._theme
        colours = theme.colours
        enabled = self.isEnabled()
        edge = colours.line_field if enabled else colours.line_button
        if self.property("bad"):
            edge = theme.tone(Tone.DANGER).dot
        ground(painter, self.rect(), colours.surface if enabled else colours.alt, edge=edge)
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme)
        size = theme.px(_CHEVRON)
        painter.setFont(theme.font())
        rect = self.rect().adjusted(10, 0, -size - 14, 0)
        text(painter, rect, self.currentText(), theme.ink(Ink.TEXT if enabled else Ink.TEXT_3))
        x, y = self.width() - size - 8, (self.height() - size) / 2
        theme.icons.paint(painter, x, y, "chevron-down", theme.ink(Ink.TEXT_2), size)


class CheckField(QAbstractButton):
    """A box to tick, with its word."""

    def __init__(self, theme: Theme, word: str) -> None:
        super().__init__()
        self._theme = theme
        self.setText(word)
        self.setAccessibleName(word)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Take the room of box and word."""
        width = self._theme.px(_CHECK) + 6 + self._theme.metrics().horizontalAdvance(self.text())
        return QSize(width + 8, self._theme.chip_height())

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show the focus."""
        super().focusInEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw box, tick and word."""
        painter = QPainter(self)
        theme = self._theme
        size = theme.px(_CHECK)
        box = QRect(3, (self.height() - size) // 2, size, size)
        enabled = self.isEnabled()
        if self.isChecked():
            fill = theme.colours.accent if enabled else theme.colours.line_field
            ground(painter, box, fill, radius=3)
            tick = size - 4
            white = theme.colours.on_accent
            theme.icons.paint(painter, box.x() + 2, box.y() + 2, "check", white, tick)
        else:
            ground(painter, box, None, edge=theme.colours.line_field, radius=3)
        painter.setFont(theme.font())
        rect = self.rect()
        rect.setLeft(box.right() + 6)
        text(painter, rect, self.text(), theme.ink(Ink.TEXT if enabled else Ink.TEXT_3), LEFT)
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme)
