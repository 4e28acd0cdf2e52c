"""Icons: SVG files of one family, coloured and drawn sharp for the screen they appear on."""

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from PySide6.QtCore import QByteArray, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

# The files are drawn on a 24 x 24 grid: large icons want a thinner line.
_STROKE = 1.8
_THIN_STROKE = 1.3
_THIN_FROM = 24


class Icons:
    """The icon files of `folder`, drawn once for each name, colour, size and screen.

    Rendered pixmaps are kept; recolouring after a change of theme needs nothing, as the colour is
    a part of the key.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._source: Callable[[str], str] = lru_cache(maxsize=None)(self._read)
        self._drawn: Callable[[str, str, int, float, float], QPixmap] = lru_cache(maxsize=2048)(
            self._draw
        )

    def _read(self, name: str) -> str:
        return (self._folder / f"{name}.svg").read_text("utf-8")

    def _draw(self, name: str, colour: str, size: int, stroke: float, ratio: float) -> QPixmap:
        svg = self._source(name).replace("currentColor", colour)
        svg = svg.replace('stroke-width="2"', f'stroke-width="{stroke}"')
        renderer = QSvgRenderer(QByteArray(svg.encode()))
        pixmap = QPixmap(QSize(size, size) * ratio)
        pixmap.setDevicePixelRatio(ratio)
        pixmap.fill(Qt.GlobalColor.transparent)
        painter = QPainter(pixmap)
        renderer.render(painter, QRectF(0, 0, size, size))
        painter.end()
        return pixmap

    def pixmap(
        self, name: str, colour: QColor, size: int, ratio: float = 1.0, stroke: float | None = None
    ) -> QPixmap:
        """Return an icon of `size` logical pixels; `stroke` is in units of the 24-grid.

        Raises FileNotFoundError for a name without a file.
        """
        if stroke is None:
            stroke = _THIN_STROKE if size >= _THIN_FROM else _STROKE
        return self._drawn(name, colour.name(), size, stroke, ratio)

    def icon(self, name: str, colour: QColor, size: int) -> QIcon:
        """Return a QIcon (menus, windows) with pixmaps for the usual screens."""
        made = QIcon()
        for ratio in (1.0, 1.5, 2.0):
            made.addPixmap(self.pixmap(name, colour, size, ratio))
        return made

    def paint(
        self, painter: QPainter, x: float, y: float, name: str, colour: QColor, size: int
    ) -> None:
        """Draw an icon with its top left corner at `x`, `y`, sharp on the painter's device."""
        ratio = painter.device().devicePixelRatioF()
        painter.drawPixmap(round(x), round(y), self.pixmap(name, colour, size, ratio))

    def program_icon(self) -> QIcon:
        """Return the program's own icon for the title bar and the task bar."""
        return QIcon(str(self._folder / "propdesk.svg"))
