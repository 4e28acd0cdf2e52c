"""A few ways to go on, one below the other: what happens, and the key that takes each."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Ink, Size, Space, Theme
from ui.theme.tokens import RADIUS_CARD
from ui.widgets.painting import CENTRE, LEFT, focus_ring, ground, text

_ICON = 20
_DISC = 38
_PAD = 11
_TAKING = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)


@dataclass(frozen=True, slots=True)
class Way:
    """One way: its key for the program, and what people read. `hint` is a key besides its digit."""

    key: str
    icon: str
    title: str
    sentence: str
    hint: str = ""


class WayList(QWidget):
    """Up and Down walk, Enter takes the present way, a digit takes it at once (`taken`)."""

    taken = Signal(str)

    def __init__(self, theme: Theme, name: str, ways: Sequence[Way] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._ways: tuple[Way, ...] = ()
        self._present = 0
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_ways(ways)

    def show_ways(self, ways: Sequence[Way]) -> None:
        """Show other ways; the first one is the present one."""
        self._ways = tuple(ways)
        self._present = 0
        policy = Qt.FocusPolicy.StrongFocus if ways else Qt.FocusPolicy.NoFocus
        self.setFocusPolicy(policy)
        self._describe()
        self.updateGeometry()
        self.update()

    def ways(self) -> tuple[Way, ...]:
        """Return the ways that are shown."""
        return self._ways

    def _describe(self) -> None:
        self.setAccessibleName(self._name)
        if self._ways:
            way = self._ways[self._present]
            self.setAccessibleDescription(f"{self._present + 1} {way.title}. {way.sentence}")

    def _row(self) -> int:
        return self._theme.line() + self._theme.line(Size.SMALL) + 2 * _PAD + 2

    def _place(self, n: int) -> QRect:
        return QRect(0, n * (self._row() + Space.S), self.width(), self._row())

    def sizeHint(self) -> QSize:
        """Take the room of all ways."""
        height = len(self._ways) * (self._row() + Space.S) - Space.S
        return QSize(self._theme.px(420), max(height, 0))

    def minimumSizeHint(self) -> QSize:
        """Keep the height, give way in width."""
        return QSize(self._theme.px(240), self.sizeHint().height())

    def _at(self, event: QMouseEvent) -> int:
        point = event.position().toPoint()
        return next((n for n in range(len(self._ways)) if self._place(n).contains(point)), -1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Make the way under the pointer the present one."""
        self._walk_to(self._at(event))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Take the way that was clicked."""
        place = self._at(event)
        if place >= 0 and event.button() == Qt.MouseButton.LeftButton:
            self._take(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, or take a way; other keys are not ours."""
        digit = event.key() - Qt.Key.Key_1
        if event.key() == Qt.Key.Key_Down:
            self._walk_to(min(self._present + 1, len(self._ways) - 1))
        elif event.key() == Qt.Key.Key_Up:
            self._walk_to(max(self._present - 1, 0))
        elif event.key() in _TAKING and self._ways:
            self._take(self._present)
        elif 0 <= digit < len(self._ways) and not _with_command(event):
            self._take(digit)
        else:
            super().keyPressEvent(event)

    def _walk_to(self, place: int) -> None:
        if place >= 0 and place != self._present:
            self._present = place
            self._describe()
            self.update()

    def _take(self, place: int) -> None:
        self._walk_to(place)
        self.taken.emit(self._ways[place].key)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the ways; the present one stands out while the keyboard is here."""
        painter = QPainter(self)
        for n, way in enumerate(self._ways):
            self._paint_way(painter, self._place(n), n, way)

    def _paint_way(self, painter: QPainter, rect: QRect, n: int, way: Way) -> None:
        theme, colours = self._theme, self._theme.colours
        is_present = n == self._present and (self.hasFocus() or self.underMouse())
        fill = colours.hover if is_present else colours.surface
        ground(painter, rect, fill, edge=colours.line_button, radius=RADIUS_CARD)
        if n == self._present and self.hasFocus():
            focus_ring(painter, rect, theme, RADIUS_CARD)
        side = theme.px(_DISC)
        disc = QRectF(rect.left() + _PAD + 3, rect.center().y() - side / 2 + 0.5, side, side)
        ground(painter, disc, colours.accent_soft, radius=side / 2)
        icon = theme.px(_ICON)
        inset = (side - icon) / 2
        theme.icons.paint(
            painter, disc.x() + inset, disc.y() + inset, way.icon, theme.ink(Ink.ACCENT), icon
        )
        cap = self._paint_cap(painter, rect, way.hint or str(n + 1))
        left = round(disc.right()) + _PAD + 2
        words = QRect(left, rect.top() + _PAD, cap - left - _PAD, theme.line())
        painter.setFont(theme.font(bold=True))
        text(painter, words, way.title, theme.ink(Ink.TEXT), LEFT)
        words.translate(0, theme.line() + 2)
        words.setHeight(theme.line(Size.SMALL))
        painter.setFont(theme.font(Size.SMALL))
        text(painter, words, way.sentence, theme.ink(Ink.TEXT_2), LEFT)

    def _paint_cap(self, painter: QPainter, rect: QRect, words: str) -> int:
        """Draw the key that takes a way at the right; return where it begins."""
        theme = self._theme
        metrics = theme.metrics(Size.SMALL)
        height = metrics.height() + 4
        width = max(metrics.horizontalAdvance(words) + 12, height)
        cap = QRect(rect.right() - _PAD - 3 - width, 0, width, height)
        cap.moveTop(rect.center().y() - height // 2 + 1)
        ground(painter, cap, theme.colours.surface, edge=theme.colours.line_button)
        painter.setFont(theme.font(Size.SMALL))
        text(painter, cap, words, theme.ink(Ink.TEXT_3), CENTRE)
        return cap.left()


def _with_command(event: QKeyEvent) -> bool:
    keypad = Qt.KeyboardModifier.KeypadModifier
    return bool(event.modifiers() & ~keypad)
