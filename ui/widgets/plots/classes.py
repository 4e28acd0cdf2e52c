"""How many of each class: this month solid, last month as an outline, the difference in figures."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Ink, Size, Theme
from ui.widgets.painting import LEFT, RIGHT, ground, text


@dataclass(frozen=True, slots=True)
class ClassCount:
    """A class, how many there are now, how many there were then."""

    word: str
    now: int
    then: int


class ClassBars(QWidget):
    """Level bars, one pair a class."""

    def __init__(self, theme: Theme, name: str) -> None:
        super().__init__()
        self._theme = theme
        self._classes: tuple[ClassCount, ...] = ()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_classes(self, classes: Sequence[ClassCount]) -> None:
        """Show these classes in their order."""
        self._classes = tuple(classes)
        self.setAccessibleDescription(
            ", ".join(f"{each.word} {each.now} ({each.then})" for each in classes)
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """Take one row a class."""
        return QSize(self._theme.px(280), max(len(self._classes), 1) * self._theme.px(27))

    def minimumSizeHint(self) -> QSize:
        """Stay readable."""
        rows = max(len(self._classes), 1)
        return QSize(self._theme.px(180), rows * (self._theme.line(Size.SMALL) + 3))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw words, bars and figures."""
        if not self._classes:
            return
        painter = QPainter(self)
        theme = self._theme
        metrics = theme.metrics(Size.SMALL)
        words = max(metrics.horizontalAdvance(each.word) for each in self._classes) + 14
        words = min(words, self.width() // 3)
        figures = theme.metrics(bold=True).horizontalAdvance("0000") + 4
        change = metrics.horizontalAdvance("+000") + 4
        room = self.width() - words - figures - change
        greatest = max(max(each.now, each.then) for each in self._classes) or 1
        height = min(self.height() / len(self._classes), theme.px(34))
        bar = max(round(height * 0.34), 5)
        for n, each in enumerate(self._classes):
            top = round(n * height)
            line = QRect(0, top, words - 8, round(height))
            painter.setFont(theme.font(Size.SMALL))
            text(painter, line, each.word, theme.ink(Ink.TEXT_2), LEFT)
            middle = top + height / 2
            solid = QRectF(words, round(middle - bar), round(room * each.now / greatest), bar)
            painter.fillRect(solid, theme.colours.plot)
            outline = QRectF(words, round(middle + 1), round(room * each.then / greatest), bar - 3)
            if each.then:
                edge = theme.colours.line_field
                ground(painter, outline, None, edge=edge, radius=0)
            line = QRect(words + room, top, figures, round(height))
            painter.setFont(theme.font(bold=True))
            text(painter, line, str(each.now), theme.ink(Ink.TEXT), RIGHT)
            line = QRect(self.width() - change, top, change, round(height))
            painter.setFont(theme.font(Size.SMALL))
            difference = each.now - each.then
            shown = f"{difference:+d}" if difference else "0"
            text(painter, line, shown, theme.ink(Ink.TEXT_3), RIGHT)
