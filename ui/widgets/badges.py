"""Badges, banners and toasts: short words that want to be seen."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QPainter, QPaintEvent, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from propdesk.i18n import _
from ui.keyboard import key_words
from ui.theme import Space, Theme, Tone
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.labels import LinkButton
from ui.widgets.painting import LEFT, badge, badge_width, ground, text, wrapped

_ICON = 16
_TOAST_MS = 10_000


class Badge(QWidget):
    """A word on a soft ground. Colour never speaks alone: the word says the same."""

    def __init__(self, theme: Theme, words: str = "", tone: Tone = Tone.NEUTRAL) -> None:
        super().__init__()
        self._theme = theme
        self._words = ""
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.show_badge(words, tone)

    def show_badge(self, words: str, tone: Tone) -> None:
        """Show another word in another tone; without a word there is no badge."""
        self._words, self._tone = words, tone
        self.setAccessibleName(words)
        if not words:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        self.updateGeometry()
        self.update()

    def words(self) -> str:
        """Return the word that is shown."""
        return self._words

    def sizeHint(self) -> QSize:
        """Take the room of the word."""
        return QSize(badge_width(self._theme, self._words), self._theme.badge_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the badge."""
        badge(QPainter(self), self._theme, self.rect(), self._words, self._tone)


class Banner(QWidget):
    """One sentence over the width of a pane, with one link at most.

    What does not fit is elided; a banner that `wraps` takes further lines for it.
    """

    followed = Signal()

    def __init__(
        self,
        theme: Theme,
        tone: Tone = Tone.INFO,
        icon: str = "lightbulb",
        sentence: str = "",
        link: str = "",
        *,
        wraps: bool = False,
    ) -> None:
        super().__init__()
        self._theme = theme
        self._wraps = wraps
        self._tone, self._icon, self._sentence = tone, icon, sentence
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(wraps)
        self.setSizePolicy(policy)
        # Placed by hand: with a layout of its own Qt would not ask what height a width needs.
        self._link = LinkButton(theme)
        self._link.setParent(self)
        self._link.followed.connect(self.followed)
        self.show_banner(tone, icon, sentence, link)
        theme.changed.connect(self._place_link)

    def show_banner(self, tone: Tone, icon: str, sentence: str, link: str = "") -> None:
        """Show another sentence; without one the banner is not there."""
        self._tone, self._icon, self._sentence = tone, icon, sentence
        self.setAccessibleName(sentence)
        self.setToolTip("")
        self._link.show_text(link)
        if not sentence:
            self.hide()
        elif self.parentWidget() is not None:
            self.show()
        self._place_link()
        self.updateGeometry()
        self.update()

    def sentence(self) -> str:
        """Return the sentence that is shown."""
        return self._sentence

    def sizeHint(self) -> QSize:
        """Take one line, or those that the width makes of the sentence."""
        is_laid = self._wraps and self.testAttribute(Qt.WidgetAttribute.WA_Resized)
        height = self.heightForWidth(self.width()) if is_laid else 0
        return QSize(self._theme.px(200), max(height, self._theme.control_height()))

    def minimumSizeHint(self) -> QSize:
        """Elide or wrap rather than widen the pane."""
        return QSize(self._theme.px(80), self._theme.control_height())

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines of the sentence."""
        further = len(self._lines(width)) - 1
        return self._theme.control_height() + further * self._theme.line()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the link at the end; another width makes other lines."""
        super().resizeEvent(event)
        self._place_link()
        if self._wraps and event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def _place_link(self) -> None:
        size = self._link.sizeHint()
        top = (self._theme.control_height() - size.height()) // 2
        self._link.setGeometry(self.width() - 7 - size.width(), top, size.width(), size.height())

    def _words(self, width: int) -> QRect:
        """Return the room of the sentence."""
        left = 10 + self._theme.px(_ICON) + 6
        link = self._link.width() + 12 if self._link.text() else 8
        return QRect(left, 0, width - left - link, self.height())

    def _lines(self, width: int) -> list[str]:
        if not self._wraps:
            return [self._sentence]
        return wrapped(self._sentence, self._theme.font(), self._words(width).width())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw ground, icon and sentence."""
        painter = QPainter(self)
        colours = self._theme.tone(self._tone)
        ground(painter, self.rect(), colours.ground)
        size = self._theme.px(_ICON)
        middle = (self.height() - size) / 2
        self._theme.icons.paint(painter, 10, middle, self._icon, colours.text, size)
        painter.setFont(self._theme.font())
        room, lines = self._words(self.width()), self._lines(self.width())
        line, above = self._theme.line(), room.height() - len(lines) * self._theme.line()
        for place, words in enumerate(lines):
            top = above // 2 + place * line
            text(painter, QRect(room.left(), top, room.width(), line), words, colours.text, LEFT)


class _ToastLink(LinkButton):
    """撤销 on the inverted ground of a toast, in bold with its key."""

    def __init__(self, theme: Theme, words: str) -> None:
        super().__init__(theme, words)

    def sizeHint(self) -> QSize:
        metrics = self._theme.metrics(bold=True)
        return QSize(metrics.horizontalAdvance(self.text()) + 6, metrics.height() + 2)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        link = self._theme.colours.toast_link
        painter.setFont(self._theme.font(bold=True))
        text(painter, self.rect().adjusted(3, 0, 0, 0), self.text(), link, LEFT)


class _ToastClose(LinkButton):
    """The cross of a toast."""

    def sizeHint(self) -> QSize:
        side = self._theme.px(_ICON) + 8
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        size = self._theme.px(_ICON)
        at = (self.width() - size) / 2
        self._theme.icons.paint(painter, at, at, "x", self._theme.colours.surface, size)


class Toast(QWidget):
    """What was just done, over the foot of `host`, with 撤销 where it can be undone.

    It never moves and never takes the focus; it goes after ten seconds or with its cross.
    """

    def __init__(self, theme: Theme, host: QWidget, *, above: int = 40) -> None:
        super().__init__(host)
        self._theme = theme
        self._host = host
        self._above = above
        self._words = ""
        self._icon = "check"
        self._undo: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L + 24, Space.S + 2, Space.M, Space.S + 2)
        row.setSpacing(Space.M)
        row.addStretch(1)
        key = QKeySequence(QKeySequence.StandardKey.Undo)
        keys = key_words(key.toString())
        self._link = _ToastLink(theme, "  ".join((_("Undo"), keys)))
        self._link.followed.connect(self._on_undo)
        row.addWidget(self._link)
        self._close = _ToastClose(theme, " ")
        # A toast that comes and goes is no station of Tab: what it offers has its own key.
        for link in (self._link, self._close):
            link.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._close.setAccessibleName(_("Close"))
        self._close.followed.connect(self.hide)
        row.addWidget(self._close)
        self._shortcut = QShortcut(key, self)
        self._shortcut.activated.connect(self._on_undo)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_TOAST_MS)
        self._timer.timeout.connect(self.hide)
        host.installEventFilter(self)
        self.hide()

    def show_message(
        self, words: str, undo: Callable[[], None] | None = None, *, icon: str = "check"
    ) -> None:
        """Say what was done; `undo` is called once if the clerk takes it back.

        Another `icon` than the tick says that something was not done.
        """
        self._words = words
        self._icon = icon
        self._undo = undo
        self.setAccessibleName(words)
        self._link.setVisible(undo is not None)
        self._shortcut.setEnabled(undo is not None)
        self._place()
        self.show()
        self.raise_()
        self._timer.start()

    def words(self) -> str:
        """Return what the toast says, empty when it is not there."""
        return self._words if self.isVisible() else ""

    def _on_undo(self) -> None:
        undo, self._undo = self._undo, None
        self.hide()
        if undo is not None:
            undo()

    def _place(self) -> None:
        wanted = self._theme.metrics().horizontalAdvance(self._words) + self._theme.px(60)
        buttons = self._close.sizeHint().width() + 2 * Space.M
        if self._undo is not None:
            buttons += self._link.sizeHint().width() + 2 * Space.M
        width = min(max(wanted + buttons, self._theme.px(400)), self._host.width() - 2 * Space.L)
        height = self._theme.control_height() + 14
        top = self._host.height() - height - self._above - Space.L + 10
        self.setGeometry((self._host.width() - width) // 2, top, width, height)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay over the foot of the host when it changes its size."""
        if watched is self._host and event.type() == QEvent.Type.Resize and self.isVisible():
            self._place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the inverted ground, the tick and the words."""
        painter = QPainter(self)
        colours = self._theme.colours
        ground(painter, self.rect(), colours.text, radius=RADIUS_CARD)
        size = self._theme.px(_ICON)
        x = Space.L
        middle = (self.height() - size) / 2
        self._theme.icons.paint(painter, x, middle, self._icon, colours.surface, size)
        painter.setFont(self._theme.font())
        end = self._link.x() if self._undo is not None else self._close.x()
        words = QRect(x + size + Space.S, 0, end - x - size - 2 * Space.S, self.height())
        text(painter, words, self._words, colours.surface)
