"""The short lists of Today: a verb, how many, and one line to press for each thing to do."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.widgets.labels import Label, LinkButton
from ui.widgets.painting import LEFT, RIGHT, badge, badge_width, focus_ring, ground, text
from ui.widgets.panes import Icon

_PAD = 4
_LEAST = 3  # lines of a list that stay in sight beside a longer one


@dataclass(frozen=True, slots=True)
class WorkItem:
    """One thing to do: what it is, who is concerned, and how long there is (with a tone: badge)."""

    key: str
    title: str
    detail: str = ""
    due: str = ""
    tone: Tone | None = None


class _Lines(QWidget):
    """The lines of a list; Up and Down walk, Enter opens."""

    opened = Signal(str)
    cut = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._items: tuple[WorkItem, ...] = ()
        self._current = 0
        self._hot = -1
        self.setMouseTracking(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setSizePolicy(policy)

    def show_items(self, items: Sequence[WorkItem]) -> None:
        self._items = tuple(items)
        self._current = min(self._current, max(len(items) - 1, 0))
        has = Qt.FocusPolicy.StrongFocus if items else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(has)
        self._describe()
        self.updateGeometry()
        self.update()
        self.cut.emit(self._hidden())

    def _describe(self) -> None:
        self.setAccessibleName(f"{self._name} {len(self._items)}")
        if self._items:
            item = self._items[self._current]
            self.setAccessibleDescription(f"{item.title} {item.detail} {item.due}".strip())

    def _line(self) -> int:
        return self._theme.line() + self._theme.line(Size.SMALL) + 8

    def _hidden(self) -> int:
        return max(len(self._items) - self.height() // self._line(), 0)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(160), len(self._items) * self._line())

    def minimumSizeHint(self) -> QSize:
        return QSize(self._theme.px(100), min(len(self._items), _LEAST) * self._line())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.cut.emit(self._hidden())

    def _at(self, y: float) -> int:
        place = int(y // self._line())
        return place if 0 <= place < len(self._items) else -1

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        hot = self._at(event.position().y())
        if hot != self._hot:
            self._hot = hot
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if hot >= 0 else Qt.CursorShape.ArrowCursor
            )
            self.update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        place = self._at(event.position().y())
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._current = place
            self.opened.emit(self._items[place].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key = event.key()
        last = len(self._items) - 1 - self._hidden()
        if key == Qt.Key.Key_Down and self._current < last:
            self._current += 1
        elif key == Qt.Key.Key_Up and self._current > 0:
            self._current -= 1
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._items:
            self.opened.emit(self._items[self._current].key)
        else:
            super().keyPressEvent(event)
            return
        self._describe()
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = len(self._items) - self._hidden()
        for place, item in enumerate(self._items[:shown]):
            rect = QRect(0, place * self._line(), self.width(), self._line() - 2)
            if place == self._hot and self.underMouse():
                ground(painter, rect, self._theme.colours.hover)
            self._paint_item(painter, rect.adjusted(_PAD, 2, -_PAD, -2), item)
            if place == self._current and self.hasFocus():
                focus_ring(painter, rect, self._theme)

    def _paint_item(self, painter: QPainter, rect: QRect, item: WorkItem) -> None:
        theme = self._theme
        first = QRect(rect.left(), rect.top(), rect.width(), theme.line())
        if item.tone is not None:
            width = badge_width(theme, item.due)
            badge(
                painter, theme, first.adjusted(rect.width() - width, 0, 0, 0), item.due, item.tone
            )
        else:
            painter.setFont(theme.font(Size.SMALL))
            width = painter.fontMetrics().horizontalAdvance(item.due)
            text(painter, first, item.due, theme.ink(Ink.TEXT_3), RIGHT)
        if item.due:
            first.setRight(first.right() - width - 8)
        painter.setFont(theme.font())
        text(painter, first, item.title, theme.ink(Ink.TEXT), LEFT)
        second = QRect(rect.left(), rect.top() + theme.line(), rect.width(), theme.line(Size.SMALL))
        painter.setFont(theme.font(Size.SMALL))
        text(painter, second, item.detail, theme.ink(Ink.TEXT_3), LEFT)


class WorkList(QWidget):
    """A verb of the day with its count and its lines; what finds no room is a link that leads on.

    `opened` tells the key of the line that was chosen, `all_wanted` that the whole list is wanted.
    """

    opened = Signal(str)
    all_wanted = Signal()

    def __init__(self, theme: Theme, icon: str, title: str, *, is_alarm: bool = False) -> None:
        super().__init__()
        self._total = 0
        ink = Ink.DANGER if is_alarm else Ink.TEXT
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.XS)
        head = QHBoxLayout()
        head.setContentsMargins(_PAD - 3, 0, _PAD, 2)
        head.addWidget(Icon(theme, icon, ink=Ink.DANGER if is_alarm else Ink.TEXT_2))
        head.addWidget(Label(theme, title, ink=ink, bold=True), 1)
        self._count = Label(theme, ink=ink if is_alarm else Ink.TEXT_3, bold=is_alarm)
        head.addWidget(self._count)
        column.addLayout(head)
        self._lines = _Lines(theme, title)
        self._lines.opened.connect(self.opened)
        self._lines.cut.connect(self._on_cut)
        column.addWidget(self._lines, 1)
        self._rest = LinkButton(theme, size=Size.SMALL)
        self._rest.followed.connect(self.all_wanted)
        column.addWidget(self._rest)
        self._empty = Label(theme, _("Nothing to do"), ink=Ink.TEXT_3, size=Size.SMALL)
        self._empty.setContentsMargins(_PAD, 0, 0, 0)
        column.addWidget(self._empty)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)

    def stop(self) -> QWidget | None:
        """Return where the keyboard enters the list, None where nothing is to do.

        The list knows without asking where things stand, as it may not be laid out yet.
        """
        return self._lines if self._total else None

    def show_items(self, items: Sequence[WorkItem], total: int | None = None) -> None:
        """Show these lines; `total` where there are more than were fetched."""
        self._total = len(items) if total is None else total
        self._shown = len(items)
        self._count.show_text(str(self._total))
        self._lines.setVisible(bool(items))
        self._empty.setVisible(not items)
        self._lines.show_items(items)

    def _on_cut(self, hidden: int) -> None:
        rest = hidden + self._total - self._shown if self._total else 0
        words = _("{count} more").format(count=rest) if rest > 0 else ""
        if self._rest.text() != words:
            self._rest.show_text(words)
