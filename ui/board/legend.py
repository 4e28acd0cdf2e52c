"""The legend of the house board: each colour and mark with how many houses have it."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent

from propdesk.domain.board_shades import MARK_LABELS, Colouring, Mark, Shade, count_marks
from propdesk.domain.house_boards import BoardHouse
from propdesk.i18n import _
from ui.board.cells import MARK_ICONS, MARK_INKS, draw_swatch
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.labels import Surface
from ui.widgets.painting import LEFT, text

_SWATCH, _ICON = (16, 17), 14


@dataclass(frozen=True, slots=True)
class _Entry:
    sign: Shade | Mark | None
    words: str


class Legend(Surface):
    """A line under the board, two where there is not room enough."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, line_above=True)
        self._entries: list[_Entry] = []
        self._spots: list[QRect] = []
        theme.changed.connect(self._arrange)
        self._arrange()

    def show_houses(self, colouring: Colouring, houses: Sequence[BoardHouse], total: int) -> None:
        """Count the houses of each colour and mark; what none has is left out.

        `total` are the houses on the board: where some are dim it is said how many are not.
        """
        counts = colouring.count(houses)
        entries = [
            _Entry(shade, f"{shade.label} {counts[shade.key]}")
            for shade in colouring.shades
            if counts[shade.key]
        ]
        entries += [
            _Entry(mark, f"{MARK_LABELS[mark]} {count}")
            for mark, count in count_marks(houses).items()
            if count
        ]
        if len(houses) < total:
            words = _("{count} of {total} houses").format(count=len(houses), total=total)
            entries.insert(0, _Entry(None, words))
        self._entries = entries
        self.setAccessibleName(_("Legend: {counts}").format(counts=self.words()))
        self._arrange()

    def words(self) -> str:
        """Return what the legend says."""
        return "; ".join(entry.words for entry in self._entries)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the line anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        theme = self._theme
        line = theme.line(Size.SMALL) + 6
        metrics = theme.metrics(Size.SMALL)
        self._spots = []
        x, y = int(Space.L), 5
        for entry in self._entries:
            sign = self._sign_width(entry.sign)
            wide = sign + metrics.horizontalAdvance(entry.words)
            if x > Space.L and x + wide > self.width() - Space.L:
                x, y = int(Space.L), y + line
            self._spots.append(QRect(x, y, wide, line))
            x += wide + Space.M
        self.setFixedHeight(y + line + 5)
        self.update()

    def _sign_width(self, sign: Shade | Mark | None) -> int:
        """Return the room of a swatch with its character or of an icon, and the gap behind it."""
        if sign is None:
            return 0
        mark = str(sign.mark) if isinstance(sign, Shade) else ""
        word = self._theme.metrics(Size.SMALL).horizontalAdvance(mark)
        return max(self._theme.px(_SWATCH[0]), word + 6) + 5

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw swatches, icons and counts."""
        super().paintEvent(event)
        painter = QPainter(self)
        theme = self._theme
        painter.setFont(theme.font(Size.SMALL))
        for entry, spot in zip(self._entries, self._spots, strict=True):
            left = spot.left()
            if isinstance(entry.sign, Shade):
                wide, tall = self._sign_width(entry.sign) - 5, theme.px(_SWATCH[1])
                top = spot.center().y() - tall // 2 + 1
                draw_swatch(painter, theme, QRect(left, top, wide, tall), entry.sign)
            elif entry.sign is not None:
                size = theme.px(_ICON)
                ink = theme.ink(MARK_INKS[entry.sign])
                top = spot.center().y() - size // 2 + 1
                theme.icons.paint(painter, left, top, MARK_ICONS[entry.sign], ink, size)
            left += self._sign_width(entry.sign)
            # A pixel more: asked for a text that fits exactly, Qt would shorten it.
            words = QRect(left, spot.top(), spot.right() - left + 2, spot.height())
            text(painter, words, entry.words, theme.ink(Ink.TEXT_2), LEFT)
