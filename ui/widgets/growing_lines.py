"""Lines of a form as a grid that grows: an empty line always waits at the end."""

from collections.abc import Sequence
from typing import Generic, Protocol, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from ui.theme import Ink, Size, Space, Theme
from ui.widgets.fields import LineField
from ui.widgets.labels import Label


class Line(Protocol):
    """The fields of one line."""

    @property
    def fields(self) -> tuple[QWidget, ...]:
        """All fields in reading order."""

    @property
    def typed(self) -> tuple[LineField, ...]:
        """The fields that are typed into; a line whose typed fields are empty is none."""


L = TypeVar("L", bound=Line)


def is_empty(line: Line) -> bool:
    """Tell whether nothing was typed into a line."""
    return not any(field.words() for field in line.typed)


class GrowingLines(QWidget, Generic[L]):
    """The grid. `changed` comes with each key; a subclass makes the lines."""

    changed = Signal()
    heads: Sequence[str] = ()
    shown_lines = 3
    most_lines = 40

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._theme = theme
        self.rows: list[L] = []
        inner = QWidget()
        self._grid = QGridLayout(inner)
        self._grid.setContentsMargins(0, 0, Space.S, 0)
        self._grid.setHorizontalSpacing(Space.S)
        self._grid.setVerticalSpacing(Space.XS)
        self._grid.setColumnStretch(0, 1)
        for place, head in enumerate(self.words_above()):
            self._grid.addWidget(Label(theme, head, ink=Ink.TEXT_3, size=Size.SMALL), 0, place)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inner)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(scroll)
        self.add_line()
        self.setFocusProxy(self.rows[0].fields[0])

    def words_above(self) -> Sequence[str]:
        """Return the heads of the columns."""
        raise NotImplementedError

    def make_line(self) -> L:
        """Return the fields of a new line."""
        raise NotImplementedError

    def add_line(self) -> L:
        """Add an empty line at the end."""
        line = self.make_line()
        place = len(self.rows) + 1
        for column, widget in enumerate(line.fields):
            self._grid.addWidget(widget, place, column)
            widget.show()  # at once: the next key may go there
        self._grid.setRowStretch(place, 0)
        self._grid.setRowStretch(place + 1, 1)
        if self.rows:
            # A widget that is made later would come last, behind the fields below the grid.
            last = self.rows[-1].fields[-1]
            for field in line.fields:
                QWidget.setTabOrder(last, field)
                last = field
        self.rows.append(line)
        for typed in line.typed:
            typed.textChanged.connect(lambda _words, line=line: self._on_typed(line))
        self._fit()
        return line

    def _fit(self) -> None:
        """Take the height of the lines there are, up to as many as are seen at once."""
        theme = self._theme
        row = theme.control_height() + Space.XS
        seen = min(len(self.rows), self.shown_lines)
        # Said of the whole widget, so that the form below it knows at once.
        self.setFixedHeight(theme.line(Size.SMALL) + Space.S + seen * row)

    def _on_typed(self, line: L) -> None:
        if line is self.rows[-1] and not is_empty(line) and len(self.rows) < self.most_lines:
            self.add_line()
        self.changed.emit()

    def filled(self) -> list[L]:
        """Return the lines that hold anything."""
        return [line for line in self.rows if not is_empty(line)]
