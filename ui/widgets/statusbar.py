"""The status bar: who sits where at the left, what the office must know at the right."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy

from ui.theme import Ink, Size, Space, Theme
from ui.widgets.labels import Surface
from ui.widgets.painting import LEFT, focus_ring, ground, text

_ICON = 14


class StatusItem(QAbstractButton):
    """One thing of the status bar: icon and words; a click leads to it."""

    def __init__(
        self, theme: Theme, words: str = "", *, icon: str = "", ink: Ink = Ink.TEXT_2
    ) -> None:
        super().__init__()
        self._theme = theme
        self._icon = icon
        self._ink = ink
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Expanding)
        self.show_text(words, ink)

    def show_text(self, words: str, ink: Ink = Ink.TEXT_2) -> None:
        """Show other words in a quiet ink, or in that of a tone."""
        self._ink = ink
        self.setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()
        self.update()

    def _left(self) -> int:
        return Space.XS + (self._theme.px(_ICON) + 6 if self._icon else 0)

    def sizeHint(self) -> QSize:
        """Take one small line."""
        metrics = self._theme.metrics(Size.SMALL)
        width = self._left() + metrics.horizontalAdvance(self.text()) + Space.XS
        return QSize(width, metrics.height() + 10)

    def minimumSizeHint(self) -> QSize:
        """Elide in a narrow window."""
        return QSize(self._left() + self._theme.px(40), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter lead there too, as it presses a button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw icon and words."""
        painter = QPainter(self)
        if self.underMouse():
            ground(painter, self.rect().adjusted(0, 3, 0, -3), self._theme.colours.hover)
        ink = self._theme.ink(self._ink)
        size = self._theme.px(_ICON)
        if self._icon:
            middle = (self.height() - size) / 2
            self._theme.icons.paint(painter, Space.XS, middle, self._icon, ink, size)
        painter.setFont(self._theme.font(Size.SMALL))
        text(painter, self.rect().adjusted(self._left(), 0, -2, 0), self.text(), ink, LEFT)
        if self.hasFocus():
            focus_ring(painter, self.rect().adjusted(0, 2, 0, -2), self._theme)


class StatusRow(Surface):
    """The bar itself; its items stand in reading order."""

    def __init__(self, theme: Theme, left: list[StatusItem], right: list[StatusItem]) -> None:
        super().__init__(theme, "window", line_above=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 1, Space.S - 2, 0)
        row.setSpacing(Space.S + 2)
        for item in left:
            row.addWidget(item)
        row.addStretch(1)
        for item in right:  # what must be known stays whole; a long office name gives way
            item.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
            row.addWidget(item)
