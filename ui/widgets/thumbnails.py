"""Small pictures in rows: one of them is chosen; Enter opens it, Del takes it away."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QHelpEvent,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from propdesk.i18n import _
from ui.delegates.records import plain_tooltip
from ui.theme import Ink, Size, Space, Theme, Tone
from ui.theme.tokens import RADIUS_CONTROL
from ui.widgets.painting import CENTRE, focus_ring, ground, text

_WIDTH, _HEIGHT = 104, 78
_ICON, _MARK = 26, 15


class TileState(StrEnum):
    """What is known of a file: not looked at yet, there, or missing."""

    COMING = "coming"
    THERE = "there"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class Tile:
    """A file as it is shown: its picture, or the icon of a PDF where it has none."""

    key: str
    title: str
    state: TileState = TileState.COMING
    image: QImage | None = None
    is_marked: bool = False


class Thumbnails(QWidget):
    """Tiles from left to right, in as many rows as it takes. The arrow keys walk.

    `opened` and `removed` come with the place of a tile.
    """

    opened = Signal(int)
    removed = Signal(int)

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._tiles: tuple[Tile, ...] = ()
        self._place = 0
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        theme.changed.connect(self.updateGeometry)
        self.show_tiles(())

    def show_tiles(self, tiles: Sequence[Tile]) -> None:
        """Show these tiles; the chosen one stays chosen while it is there."""
        chosen = self._tiles[self._place].key if self._tiles else ""
        count = len(self._tiles)
        self._tiles = tuple(tiles)
        keys = [tile.key for tile in tiles]
        self._place = keys.index(chosen) if chosen in keys else min(self._place, len(keys) - 1)
        self._place = max(self._place, 0)
        self.setVisible(bool(tiles))
        if count != len(tiles):
            self.updateGeometry()
        self._tell()

    def tiles(self) -> tuple[Tile, ...]:
        """Return what is shown."""
        return self._tiles

    def place(self) -> int:
        """Return which tile is chosen, from 0."""
        return self._place

    def choose(self, place: int) -> None:
        """Choose a tile."""
        if self._tiles:
            self._place = min(max(place, 0), len(self._tiles) - 1)
            self._tell()

    def _tell(self) -> None:
        words = self._name
        if self._tiles:
            tile = self._tiles[self._place]
            words = _("{name}: {place} of {count}, {title}").format(
                name=self._name, place=self._place + 1, count=len(self._tiles), title=tile.title
            )
            if tile.state is TileState.MISSING:
                words = f"{words}, {_('File missing')}"
        self.setAccessibleName(words)
        self.update()

    # -- room

    def picture_size(self) -> QSize:
        """Return the room of a picture in logical pixels."""
        return QSize(self._theme.px(_WIDTH), self._theme.px(_HEIGHT))

    def _tile_size(self) -> QSize:
        room = self.picture_size()
        return QSize(room.width(), room.height() + 3 + self._theme.line(Size.SMALL))

    def _columns(self, width: int) -> int:
        wide = self._tile_size().width() + Space.S
        return max((width + Space.S) // wide, 1)

    def _rect(self, place: int) -> QRect:
        tile = self._tile_size()
        row, column = divmod(place, self._columns(self.width()))
        corner = QPoint(column * (tile.width() + Space.S), row * (tile.height() + Space.S))
        return QRect(corner, tile)

    def hasHeightForWidth(self) -> bool:
        """Take as many rows as the width makes."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        rows = -(-len(self._tiles) // self._columns(width))
        return max(rows * (self._tile_size().height() + Space.S) - Space.S, 0)

    def sizeHint(self) -> QSize:
        """Ask for one row."""
        width = self.width() if self.testAttribute(Qt.WidgetAttribute.WA_Resized) else 320
        return QSize(self._tile_size().width(), self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Never be narrower than one tile."""
        return QSize(self._tile_size().width(), self._tile_size().height() if self._tiles else 0)

    # -- the keyboard and the mouse

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk, open and take away."""
        columns = self._columns(self.width())
        steps = {
            Qt.Key.Key_Left.value: self._place - 1,
            Qt.Key.Key_Right.value: self._place + 1,
            Qt.Key.Key_Up.value: self._place - columns,
            Qt.Key.Key_Down.value: self._place + columns,
            Qt.Key.Key_Home.value: 0,
            Qt.Key.Key_End.value: len(self._tiles) - 1,
        }
        key = event.key()
        if key in steps and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            if 0 <= steps[key] < len(self._tiles):
                self.choose(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self._tiles:
            self.opened.emit(self._place)
        elif key == Qt.Key.Key_Delete and self._tiles:
            self.removed.emit(self._place)
        else:
            super().keyPressEvent(event)

    def _at(self, point: QPoint) -> int | None:
        found = (n for n in range(len(self._tiles)) if self._rect(n).contains(point))
        return next(found, None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose with a press, open with it too: a picture is looked at."""
        place = self._at(event.position().toPoint())
        if place is not None and event.button() == Qt.MouseButton.LeftButton:
            self.choose(place)
            self.opened.emit(place)

    def event(self, event: QEvent) -> bool:
        """Say the whole title where the pointer rests."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = self._at(event.pos())
            words = "" if place is None else self._tiles[place].title
            QToolTip.showText(event.globalPos(), plain_tooltip(words), self)
            return True
        return super().event(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show which tile is chosen."""
        super().focusInEvent(event)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show no ring any more."""
        super().focusOutEvent(event)
        self.update()

    # -- drawing

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the tiles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for place, tile in enumerate(self._tiles):
            rect = self._rect(place)
            room = QRect(rect.topLeft(), self.picture_size())
            self._paint_picture(painter, room, tile)
            painter.setFont(self._theme.font(Size.SMALL))
            below = QRect(
                rect.left(), room.bottom() + 3, rect.width(), rect.bottom() - room.bottom()
            )
            is_missing = tile.state is TileState.MISSING
            ink = self._theme.tone(Tone.DANGER).text if is_missing else self._theme.ink(Ink.TEXT_2)
            text(painter, below, _("File missing") if is_missing else tile.title, ink, CENTRE)
            if place == self._place and self.hasFocus():
                focus_ring(painter, room, self._theme)

    def _paint_picture(self, painter: QPainter, room: QRect, tile: Tile) -> None:
        colours = self._theme.colours
        if tile.state is TileState.MISSING:
            edge = self._theme.tone(Tone.DANGER).dot
            ground(painter, room, colours.alt, edge=edge, style=Qt.PenStyle.DashLine)
            self._paint_icon(painter, room, "triangle-alert", edge)
            return
        ground(painter, room, colours.sunken, edge=colours.line, radius=RADIUS_CONTROL)
        if tile.image is not None and not tile.image.isNull():
            size = tile.image.size().scaled(
                room.size() - QSize(2, 2), Qt.AspectRatioMode.KeepAspectRatio
            )
            at = QRect(QPoint(), size)
            at.moveCenter(room.center())
            painter.drawImage(at, tile.image)
        elif tile.state is TileState.THERE:
            self._paint_icon(painter, room, "file-text", self._theme.ink(Ink.TEXT_2))
        if tile.is_marked:
            side = self._theme.px(_MARK)
            corner = QRect(room.right() - side - 7, room.top() + 3, side + 5, side + 5)
            ground(painter, corner, colours.surface, edge=colours.line)
            ink = self._theme.ink(Ink.ACCENT)
            self._theme.icons.paint(
                painter, corner.x() + 2.5, corner.y() + 2.5, "printer", ink, side
            )

    def _paint_icon(self, painter: QPainter, room: QRect, name: str, ink: QColor) -> None:
        side = self._theme.px(_ICON)
        x, y = room.center().x() - side / 2, room.center().y() - side / 2
        self._theme.icons.paint(painter, x, y, name, ink, side)
