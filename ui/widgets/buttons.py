"""Buttons: icon, word and shortcut in one, because people learn the keys by looking."""

from collections.abc import Callable
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QSize, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QDesktopServices,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPaintEvent,
    QShortcut,
)
from PySide6.QtWidgets import QPushButton, QSizePolicy

from propdesk.i18n import _
from ui.keyboard import key_words
from ui.theme import Ink, Size, Theme
from ui.theme.tokens import RADIUS_CONTROL
from ui.widgets.painting import LEFT, focus_ring, ground, text


class Kind(StrEnum):
    """How loud a button is. A page has at most one primary button."""

    PRIMARY = "primary"
    TONAL = "tonal"
    PLAIN = "plain"
    QUIET = "quiet"
    DANGER = "danger"


_ICON = 16
_GAP = 7


class Button(QPushButton):
    """A button with an icon, a word and its shortcut.

    `shortcut` works while the button can be seen; `hint` only shows a key that something else
    handles (Enter, Esc). A button without a word needs `name` for screen readers and the tooltip.
    """

    def __init__(
        self,
        theme: Theme,
        word: str,
        *,
        kind: Kind = Kind.PLAIN,
        icon: str = "",
        shortcut: str = "",
        hint: str = "",
        name: str = "",
    ) -> None:
        super().__init__()
        self._theme = theme
        self._kind = kind
        self._icon = icon
        self._keys = ""
        self._has_room_for_keys = True
        self._shortcut: QShortcut | None = None
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoDefault(False)
        self.show_word(word, icon=icon, name=name)
        if shortcut:
            self.set_shortcut(shortcut)
        elif hint:
            self._keys = hint

    def show_word(self, word: str, *, icon: str | None = None, name: str = "") -> None:
        """Show another word (and icon): the next step of another ticket."""
        self.setText(word)
        self.setAccessibleName(name or word)
        if not word:
            self.setToolTip(name)
        if icon is not None:
            self._icon = icon
        self.updateGeometry()
        self.update()

    def set_shortcut(self, keys: str) -> None:
        """Give the button a key that works wherever the focus is in its window."""
        self._keys = key_words(keys)
        if self._shortcut is None:
            self._shortcut = QShortcut(self)
            self._shortcut.activated.connect(self.click)
        self._shortcut.setKey(QKeySequence(keys))
        self.setAccessibleDescription(self._keys)
        self.updateGeometry()

    def show_hint(self, keys: str) -> None:
        """Show another key that something else handles."""
        self._keys = keys
        self.updateGeometry()
        self.update()

    def show_keys(self, *, has_room: bool) -> None:
        """Leave the shortcut's name out where the row has no room for it; it works all the same."""
        if has_room is not self._has_room_for_keys:
            self._has_room_for_keys = has_room
            self.setToolTip("" if has_room else self._keys)
            self.updateGeometry()
            self.update()

    def keys(self) -> str:
        """Return the shortcut as it is shown."""
        return self._keys

    def sizeHint(self) -> QSize:
        """Take the width of icon, word and shortcut."""
        height = self._theme.control_height()
        if not self.text():
            return QSize(height, height)
        width = 2 * self._pad() + self._word_width()
        if self._icon:
            width += self._theme.px(_ICON) + _GAP
        if self._keys and self._has_room_for_keys:
            width += self._theme.metrics(Size.SMALL).horizontalAdvance(self._keys) + _GAP + 1
        return QSize(width, height)

    def minimumSizeHint(self) -> QSize:
        """Never be cut."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button that has the focus, in dialogs and on pages alike."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def _is_bold(self) -> bool:
        return self._kind in (Kind.PRIMARY, Kind.TONAL, Kind.DANGER)

    def _word_width(self) -> int:
        return self._theme.metrics(bold=self._is_bold()).horizontalAdvance(self.text())

    def _pad(self) -> int:
        return 12 if self._kind is Kind.PLAIN else 13

    def _colours(self) -> tuple[QColor | None, QColor | None, QColor, QColor]:
        """Return ground, edge, word and shortcut colours of the present state."""
        colours = self._theme.colours
        ink = self._theme.ink
        hot = self.isDown() or self.underMouse()
        if not self.isEnabled():
            edge = colours.line_button if self._kind is not Kind.QUIET else None
            return None, edge, ink(Ink.TEXT_3), ink(Ink.TEXT_3)
        if self._kind is Kind.PRIMARY:
            fill = colours.accent_hover if hot else colours.accent
            return fill, None, colours.on_accent, colours.on_accent
        if self._kind is Kind.DANGER:
            fill = colours.danger_fill.darker(110) if hot else colours.danger_fill
            return fill, None, colours.on_accent, colours.on_accent
        if self._kind is Kind.TONAL:
            fill = colours.selection if hot else colours.accent_soft
            return fill, None, ink(Ink.ACCENT), ink(Ink.ACCENT)
        hover = colours.hover if hot else None
        if self._kind is Kind.QUIET:
            return hover, None, ink(Ink.TEXT), ink(Ink.TEXT_3)
        return hover or colours.surface, colours.line_button, ink(Ink.TEXT), ink(Ink.TEXT_3)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon, word and shortcut."""
        painter = QPainter(self)
        fill, edge, word_ink, key_ink = self._colours()
        ground(painter, self.rect(), fill, edge=edge)
        size = self._theme.px(_ICON)
        middle = (self.height() - size) / 2
        content = self.sizeHint().width() - 2 * self._pad()
        x = (self.width() - content) // 2 if self.text() else (self.width() - size) // 2
        if self._icon:
            icon_ink = self._theme.ink(Ink.TEXT_2) if self._is_plain() else word_ink
            self._theme.icons.paint(painter, x, middle, self._icon, icon_ink, size)
            x += size + _GAP
        rect = self.rect()
        rect.setLeft(x)
        painter.setFont(self._theme.font(bold=self._is_bold()))
        text(painter, rect, self.text(), word_ink, LEFT)
        if self._keys and self._has_room_for_keys:
            rect.setLeft(x + self._word_width() + _GAP + 1)
            painter.setFont(self._theme.font(Size.SMALL))
            text(painter, rect, self._keys, key_ink, LEFT)
        if self.hasFocus():
            self._paint_focus(painter)

    def _is_plain(self) -> bool:
        return self.isEnabled() and self._kind in (Kind.PLAIN, Kind.QUIET)

    def _paint_focus(self, painter: QPainter) -> None:
        if self._kind in (Kind.PRIMARY, Kind.DANGER):
            # The ring would not show on the accent ground: a light gap lies between them.
            inner = self.rect().adjusted(2, 2, -2, -2)
            focus_ring(painter, self.rect(), self._theme, RADIUS_CONTROL + 1)
            ground(painter, inner, None, edge=self._theme.colours.surface, radius=RADIUS_CONTROL)
        else:
            focus_ring(painter, self.rect(), self._theme)


class CopyButton(Button):
    """Copies the words that it asks for when it is pressed, and says so."""

    def __init__(
        self, theme: Theme, word: str, words: Callable[[], str], *, shortcut: str = ""
    ) -> None:
        super().__init__(theme, word, icon="copy", shortcut=shortcut)
        self._words = words
        self.clicked.connect(self._on_clicked)

    def _on_clicked(self) -> None:
        QGuiApplication.clipboard().setText(self._words())
        self.show_word(_("Copied"), icon="check")


class FolderButton(Button):
    """Shows a folder in the system's own window."""

    def __init__(self, theme: Theme, word: str, folder: Path, *, shortcut: str) -> None:
        super().__init__(theme, word, icon="folder-open", shortcut=shortcut)
        place = QUrl.fromLocalFile(str(folder))
        self.clicked.connect(lambda: QDesktopServices.openUrl(place))
