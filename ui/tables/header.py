"""The header of a table: quiet words, a sort mark beside the sorted one."""

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHeaderView, QWidget

from ui.delegates.records import RecordDelegate
from ui.tables.model import RecordModel
from ui.theme import Ink, Size, Theme
from ui.widgets.painting import LEFT, RIGHT, hairline, text

_MARK = 12


class RecordHeader(QHeaderView):
    """Titles in small grey words; the sorted one is bold with a chevron."""

    def __init__(
        self, theme: Theme, model: RecordModel, delegate: RecordDelegate, parent: QWidget
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme
        self._model = model
        self._delegate = delegate
        self.setSectionsClickable(True)
        self.setHighlightSections(False)
        self.setMinimumSectionSize(1)

    def sizeHint(self) -> QSize:
        """Take a little less than a row."""
        return QSize(0, self._theme.line() + 10)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Draw one title."""
        theme = self._theme
        painter.save()
        painter.fillRect(rect, theme.colours.surface)
        bottom = rect.bottom()
        hairline(painter, rect.left(), bottom, rect.right() + 1, bottom, theme.colours.line)
        column = self._model.columns[section]
        sort = self._model.present_sort()
        is_sorted = bool(column.sort_key) and column.sort_key == sort.key
        painter.setFont(theme.font(Size.SMALL, bold=is_sorted))
        inner = self._delegate.content_rect(rect, section)
        title = str(column.title)
        mark = theme.px(_MARK)
        ink = theme.ink(Ink.TEXT if is_sorted else Ink.TEXT_2)
        width = painter.fontMetrics().horizontalAdvance(title)
        x = min(inner.left() + width + 4, inner.right() - mark)
        if column.is_right_aligned():
            x = inner.right() - mark + 1
            if is_sorted:
                inner.setRight(x - 3)
        elif is_sorted:
            inner.setRight(min(inner.right(), x + mark))
        text(painter, inner, title, ink, RIGHT if column.is_right_aligned() else LEFT)
        if is_sorted:
            name = "chevron-down" if sort.is_descending else "chevron-up"
            middle = inner.center().y() - mark / 2 + 1
            theme.icons.paint(painter, x, middle, name, theme.ink(Ink.TEXT_2), mark)
        painter.restore()
