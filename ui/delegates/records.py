"""Draws the cells of every table: ground, hairline, selection bar, then the content by kind."""

from PySide6.QtCore import QAbstractItemModel, QEvent, QModelIndex, QPersistentModelIndex, QRect
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from ui.tables.columns import Bars, Cell, CellKind
from ui.tables.model import RecordModel
from ui.theme import Ink, Size, Theme
from ui.widgets.painting import LEFT, RIGHT, badge, badge_width, dot, hairline, text

PAD = 8
_BAR = 3
_DOT = 8
_BAR_GAP = 4


class RecordDelegate(QStyledItemDelegate):
    """The one delegate. It looks its colours up while drawing: a new theme is only a repaint.

    `margin` is the padding of the first and the last column, so that texts stand on the page's
    own margin.
    """

    def __init__(
        self, theme: Theme, model: RecordModel, parent: QWidget, *, margin: int = 16
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = model
        self.margin = margin
        self.first_column = 0
        self.last_column = len(model.columns) - 1

    def content_rect(self, rect: QRect, column: int) -> QRect:
        """Return where the words of a cell stand."""
        left = self.margin if column == self.first_column else PAD
        right = self.margin if column == self.last_column else PAD
        return rect.adjusted(left, 0, -right, -1)

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Draw one cell."""
        theme = self._theme
        colours = theme.colours
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        selected = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        painter.fillRect(rect, colours.selection if selected else colours.surface)
        bottom = rect.bottom()
        hairline(painter, rect.left(), bottom, rect.right() + 1, bottom, colours.line)
        if selected and index.column() == self.first_column:
            focused = bool(state & QStyle.StateFlag.State_Active) and self._has_focus()
            bar = theme.ink(Ink.ACCENT) if focused else colours.line_field
            painter.fillRect(rect.left(), rect.top(), _BAR, rect.height(), bar)
        cell = self._model.cell(index.row(), index.column())
        self._paint_cell(painter, self.content_rect(rect, index.column()), cell)
        painter.restore()

    def _has_focus(self) -> bool:
        view = self.parent()
        return isinstance(view, QWidget) and view.hasFocus()

    def _paint_cell(self, painter: QPainter, rect: QRect, cell: Cell) -> None:
        theme = self._theme
        if cell.kind is CellKind.BADGE and cell.tone is not None:
            badge(painter, theme, rect, cell.words, cell.tone)
            return
        if cell.bars is not None:
            self._paint_bars(painter, rect, cell.bars)
            return
        if cell.kind is CellKind.STATUS and cell.tone is not None:
            x = rect.left() + _DOT / 2
            dot(painter, x, rect.center().y() + 0.5, _DOT, theme.tone(cell.tone).dot)
            rect = rect.adjusted(_DOT + 6, 0, 0, 0)
        painter.setFont(theme.font(bold=cell.is_strong))
        is_quiet = cell.is_quiet or cell.kind is CellKind.BADGE
        ink = theme.ink(Ink.TEXT_2 if is_quiet else Ink.TEXT)
        text(painter, rect, cell.words, ink, RIGHT if cell.is_right else LEFT)

    def _paint_bars(self, painter: QPainter, rect: QRect, bars: Bars) -> None:
        """Draw a bar for each count on a common ground; nothing stays a flat line."""
        theme = self._theme
        room = rect.adjusted(0, _BAR_GAP, 0, -_BAR_GAP)
        step = room.width() / max(len(bars.counts), 1)
        hairline(
            painter, room.left(), room.bottom(), room.right(), room.bottom(), theme.colours.line
        )
        for place, count in enumerate(bars.counts):
            height = round(room.height() * count / max(bars.most, 1))
            left = round(room.left() + place * step)
            width = max(round(step) - _BAR_GAP // 2, 1)
            painter.fillRect(left, room.bottom() - height, width, height, theme.ink(Ink.ACCENT))

    def words_width(self, cell: Cell) -> int:
        """Return the room that a cell's content takes on one line; bars fit into any."""
        if cell.bars is not None:
            return 0
        if cell.kind is CellKind.BADGE and cell.tone is not None:
            return badge_width(self._theme, cell.words)
        metrics = self._theme.metrics(Size.BODY, bold=cell.is_strong)
        width = metrics.horizontalAdvance(cell.words.replace("\n", " "))
        return width + (_DOT + 6 if cell.kind is CellKind.STATUS else 0)

    def _fits(self, cell: Cell, rect: QRect) -> bool:
        return "\n" not in cell.words and self.words_width(cell) <= rect.width()

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> bool:
        """Show the whole text of a cell as plain text, where the cell cannot."""
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        cell = self._model.cell(index.row(), index.column())
        rect: QRect = option.rect
        if self._fits(cell, self.content_rect(rect, index.column())):
            QToolTip.hideText()
        else:
            QToolTip.showText(event.globalPos(), plain_tooltip(cell.words), view)
        return True

    def model(self) -> QAbstractItemModel:
        """Return the model that is drawn."""
        return self._model


def plain_tooltip(words: str) -> str:
    """Return words that a tooltip shows as they are, wrapped, never as rich text."""
    escaped = words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"<p style='white-space:pre-wrap'>{escaped}</p>"
