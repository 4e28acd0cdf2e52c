"""A few facts side by side, each under its label: what is known about a house at a glance."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.theme import Ink, Size, Space, Theme
from ui.widgets.facts import NOTHING, Fact
from ui.widgets.painting import LEFT, text

_LEAST = 72


class FactLine(QWidget):
    """Facts in columns as wide as their words, in further rows where the pane is narrow."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self._facts: tuple[Fact, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def show_facts(self, facts: Sequence[Fact]) -> None:
        """Show these facts in their order."""
        self._facts = tuple(facts)
        said = "\n".join(f"{fact.label} {fact.value or NOTHING}" for fact in facts)
        self.setAccessibleName(said)
        self.setToolTip(said)
        self.updateGeometry()
        self.update()

    def _columns(self, width: int) -> list[int]:
        """Return the columns' widths: of all facts in one row, or of rows of equal length."""
        most = len(self._facts)
        while most > 1 and sum(self._wanted(most)) > width:
            most -= 1
        rows = -(-len(self._facts) // max(most, 1))
        columns = self._wanted(-(-len(self._facts) // max(rows, 1)))
        if sum(columns) > width:
            columns = self._wanted(most)
        spare = max(width - sum(columns), 0) // max(len(columns), 1)
        return [column + spare for column in columns]

    def _wanted(self, count: int) -> list[int]:
        """Return the widths of so many columns that keep their words whole."""
        return [max(map(self._width, self._facts[n::count])) for n in range(count)]

    def _width(self, fact: Fact) -> int:
        label = self._theme.metrics(Size.SMALL).horizontalAdvance(fact.label)
        value = self._theme.metrics(bold=True).horizontalAdvance(fact.value)
        return min(max(label, value, self._theme.px(_LEAST)), self._theme.px(190)) + Space.M

    def _row(self) -> int:
        return self._theme.line(Size.SMALL) + self._theme.line() + Space.XS

    def hasHeightForWidth(self) -> bool:
        """Say that a narrow pane needs more rows."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all rows."""
        return -(-len(self._facts) // max(len(self._columns(width)), 1)) * self._row()

    def sizeHint(self) -> QSize:
        """Take one row of all facts."""
        width = sum(map(self._width, self._facts))
        return QSize(width, self.heightForWidth(self.width() or width))

    def minimumSizeHint(self) -> QSize:
        """Accept a narrow pane."""
        return QSize(self._theme.px(200), self._row())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw label over value."""
        painter = QPainter(self)
        theme = self._theme
        columns = self._columns(self.width())
        lefts = [sum(columns[:n]) for n in range(len(columns))]
        small, line = theme.line(Size.SMALL), theme.line()
        for place, fact in enumerate(self._facts):
            x, y = lefts[place % len(columns)], place // len(columns) * self._row()
            width = columns[place % len(columns)]
            painter.setFont(theme.font(Size.SMALL))
            text(
                painter,
                QRect(x, y, width - Space.S, small),
                fact.label,
                theme.ink(Ink.TEXT_2),
                LEFT,
            )
            painter.setFont(theme.font(bold=True))
            ink = theme.ink(Ink.TEXT if fact.value else Ink.TEXT_3)
            cell = QRect(x, y + small, width - Space.S, line)
            text(painter, cell, fact.value or NOTHING, ink, LEFT)
