"""Texts. Every label shows plain text: `A<B` and `<img src=...>` are words like any other."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QKeyEvent, QPainter, QPaintEvent, QPalette, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QLabel, QSizePolicy, QWidget

from ui.theme import Ink, Size, Theme
from ui.widgets.painting import LEFT, focus_ring, hairline, text


class Label(QLabel):
    """A text in one of the theme's inks and sizes.

    `wrap` breaks it over lines, `elide` shortens it to the width it gets with the whole text as
    the tooltip, `selectable` lets the clerk mark and copy it.
    """

    def __init__(
        self,
        theme: Theme,
        words: str = "",
        *,
        ink: Ink = Ink.TEXT,
        size: Size = Size.BODY,
        bold: bool = False,
        wrap: bool = False,
        elide: bool = False,
        selectable: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._look = (ink, size, bold)
        self._elide = elide
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(wrap)
        if elide:
            self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        if selectable:
            self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setText(words)
        self._restyle()
        theme.changed.connect(self._restyle)

    def show_text(self, words: str, ink: Ink | None = None) -> None:
        """Show other words, in another ink if one is given."""
        self.setText(words)
        if ink is not None and ink is not self._look[0]:
            self._look = (ink, *self._look[1:])
            self._restyle()
        self._explain()

    def _restyle(self) -> None:
        ink, size, bold = self._look
        self.setFont(self._theme.font(size, bold=bold))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, self._theme.ink(ink))
        self.setPalette(palette)

    def _explain(self) -> None:
        if self._elide:
            fits = self.fontMetrics().horizontalAdvance(self.text()) <= self.width()
            self.setToolTip("" if fits else _as_plain(self.text()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as the tooltip where it does not fit."""
        super().resizeEvent(event)
        self._explain()

    def sizeHint(self) -> QSize:
        """Ask for room for the whole text."""
        if not self._elide:
            return super().sizeHint()
        metrics = self.fontMetrics()
        return QSize(metrics.horizontalAdvance(self.text()) + 2, metrics.height())

    def minimumSizeHint(self) -> QSize:
        """Accept any width where the text may be shortened."""
        if not self._elide:
            return super().minimumSizeHint()
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text, shortened where that was asked for."""
        if not self._elide:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        text(painter, self.rect(), self.text(), self._theme.ink(self._look[0]), LEFT)


def _as_plain(words: str) -> str:
    """Return words for a tooltip, which Qt would otherwise take for rich text."""
    return "<p style='white-space:pre-wrap'>" + _escaped(words) + "</p>" if "<" in words else words


def _escaped(words: str) -> str:
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class LinkButton(QAbstractButton):
    """A word in the accent colour that does something: 显示, 查看上次."""

    followed = Signal()

    def __init__(self, theme: Theme, words: str = "", *, size: Size = Size.BODY) -> None:
        super().__init__()
        self._theme = theme
        self._size = size
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_text(words)
        self.clicked.connect(self.followed)

    def show_text(self, words: str) -> None:
        """Show other words; without words the link is not there."""
        self.setText(words)
        self.setAccessibleName(words)
        if not words:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Take the room of the words and of the focus ring."""
        metrics = self._theme.metrics(self._size)
        return QSize(metrics.horizontalAdvance(self.text()) + 8, metrics.height() + 2)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter follow the link that has the focus, as it presses a button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
            return
        super().keyPressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Underline under the pointer."""
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        """Take the underline away."""
        super().leaveEvent(event)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the words, the underline of the pointer, the ring of the keyboard."""
        painter = QPainter(self)
        painter.setFont(self._theme.font(self._size))
        ink = self._theme.ink(Ink.ACCENT if self.isEnabled() else Ink.TEXT_3)
        inner = self.rect().adjusted(4, 0, -4, 0)
        text(painter, inner, self.text(), ink, LEFT)
        if self.underMouse() and self.isEnabled():
            hairline(
                painter, inner.left(), inner.bottom() - 1, inner.right(), inner.bottom() - 1, ink
            )
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme)


class Hairline(QFrame):
    """A line that divides sections: level, or upright between things on a bar."""

    def __init__(self, theme: Theme, *, upright: bool = False, length: int = 0) -> None:
        super().__init__()
        self._theme = theme
        self._upright = upright
        if upright:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
        if length and upright:
            self.setFixedHeight(length)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the line."""
        QPainter(self).fillRect(self.rect(), self._theme.colours.line)


class Surface(QWidget):
    """A pane that paints its ground from the theme, with hairlines on the edges asked for.

    `ground` is the name of a token: `surface`, `window`, `alt`, `sunken`.
    """

    def __init__(
        self,
        theme: Theme,
        ground: str = "surface",
        *,
        line_above: bool = False,
        line_below: bool = False,
        line_left: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._ground = ground
        self._lines = (line_above, line_below, line_left)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill the ground and draw the hairlines."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), getattr(self._theme.colours, self._ground))
        above, below, left = self._lines
        line = self._theme.colours.line
        right, bottom = self.width(), self.height() - 1
        if above:
            hairline(painter, 0, 0, right, 0, line)
        if below:
            hairline(painter, 0, bottom, right, bottom, line)
        if left:
            hairline(painter, 0, 0, 0, self.height(), line)
