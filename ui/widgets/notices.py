"""Quiet words on what waits elsewhere: each a link on a soft ground, side by side in a row."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Space, Theme, Tone
from ui.widgets.labels import LinkButton
from ui.widgets.painting import LEFT, focus_ring, ground, hairline, text

_ICON, _PAD, _GAP = 16, 10, 6


class Notice(LinkButton):
    """An icon and a few words that lead to what they tell of; not there without words."""

    def __init__(self, theme: Theme, tone: Tone, icon: str) -> None:
        super().__init__(theme)
        self._tone, self._icon = tone, icon

    def show_notice(self, tone: Tone, icon: str, sentence: str) -> None:
        """Show another sentence; without one the notice is not there."""
        self._tone, self._icon = tone, icon
        self.show_text(sentence)

    def sentence(self) -> str:
        """Return the sentence that is shown."""
        return self.text()

    def sizeHint(self) -> QSize:
        """Take the room of icon and words."""
        words = self._theme.metrics().horizontalAdvance(self.text())
        width = 2 * _PAD + self._theme.px(_ICON) + _GAP + words
        return QSize(width, self._theme.control_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon and words, the underline of the pointer, the ring of the keyboard."""
        painter, theme = QPainter(self), self._theme
        colours = theme.tone(self._tone)
        ground(painter, self.rect(), colours.ground)
        size = theme.px(_ICON)
        middle = (self.height() - size) / 2
        theme.icons.paint(painter, _PAD, middle, self._icon, colours.text, size)
        painter.setFont(theme.font())
        left = _PAD + size + _GAP
        words = QRect(left, 0, self.width() - left - _PAD, self.height())
        text(painter, words, self.text(), colours.text, LEFT)
        if self.underMouse():
            line = (self.height() + theme.line()) // 2
            hairline(painter, left, line, words.right(), line, colours.text)
        if self.hasFocus():
            focus_ring(painter, self.rect(), theme)


class NoticeRow(QWidget):
    """Notices side by side, in further lines where the page is narrow; not there without any."""

    def __init__(self, theme: Theme, notices: Sequence[Notice]) -> None:
        super().__init__()
        self._theme = theme
        self._notices = tuple(notices)
        for notice in self._notices:
            notice.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.place()
        theme.changed.connect(self.place)

    def place(self) -> None:
        """Put the notices that say something one after the other."""
        shown = [notice for notice in self._notices if notice.sentence()]
        line, room = self._theme.control_height(), self.width()
        x = y = 0
        for notice in self._notices:
            notice.setVisible(notice in shown)
        for notice in shown:
            width = min(notice.sizeHint().width(), room)
            if x and x + width > room:
                x, y = 0, y + line + Space.S
            notice.setGeometry(x, y, width, line)
            notice.setToolTip(notice.sentence() if width < notice.sizeHint().width() else "")
            x += width + Space.S
        self.setFixedHeight(y + line)
        self.setVisible(bool(shown))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share the new width."""
        super().resizeEvent(event)
        self.place()

    def event(self, event: QEvent) -> bool:
        """Place the notices anew after one of them changed its words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return super().event(event)
