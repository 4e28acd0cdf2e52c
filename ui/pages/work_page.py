"""The shape that every work page shares: tool bar, filter line, a list beside its detail."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QWidget

from ui.tables.memory import Memory
from ui.theme import Space, Theme
from ui.widgets.labels import Hairline, Surface

PRINT_KEYS = "Ctrl+Shift+P"  # the list on paper; Ctrl+P is the chosen record

_TOOL_BAR_EXTRA = 27
_FILTER_LINE_EXTRA = 23
_LEAST_HALF = 360
# Of a width in pixels; what has more is none, and Qt would not take it.
_MOST_DIGITS = 5


class ToolBar(Surface):
    """The page's bar: at the left the one act that makes something new, then the chips.

    At the right stand the acts on the chosen record and on the list, as quiet buttons.
    """

    def __init__(
        self, theme: Theme, new: QWidget, chips: QWidget, actions: Sequence[QWidget]
    ) -> None:
        super().__init__(theme, line_below=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.L, 0, Space.L, 0)
        row.setSpacing(Space.L)
        row.addWidget(new)
        row.addWidget(Hairline(theme, upright=True, length=theme.line()))
        row.addWidget(chips, 1)
        row.addStretch(0)
        right = QHBoxLayout()
        right.setSpacing(0)
        for action in actions:
            right.addWidget(action)
        row.addLayout(right)
        self._resize()
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.line() + _TOOL_BAR_EXTRA)


class FilterLine(Surface):
    """The line over a list: filters at the left, the search of this page at the right."""

    def __init__(self, theme: Theme, filters: Sequence[QWidget], search: QWidget) -> None:
        super().__init__(theme)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.M, 0, Space.M, 0)
        row.setSpacing(Space.M)
        for one in filters:
            row.addWidget(one)
        row.addStretch(1)
        row.addWidget(search)
        self._resize()
        theme.changed.connect(self._resize)

    def _resize(self) -> None:
        self.setFixedHeight(self._theme.line() + _FILTER_LINE_EXTRA)


class Halves(QSplitter):
    """A list and its detail side by side; where the line between them stands is remembered."""

    def __init__(
        self,
        theme: Theme,
        left: QWidget,
        right: QWidget,
        memory: Memory,
        *,
        shares: tuple[int, int] = (3, 2),
    ) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self._memory = memory
        self.setChildrenCollapsible(False)
        self.setHandleWidth(1)
        for n, half in enumerate((left, right)):
            half.setMinimumWidth(theme.px(_LEAST_HALF))
            self.addWidget(half)
            self.setStretchFactor(n, shares[n])
        kept = memory.recall("halves").split()
        places = [int(part) for part in kept if part.isdecimal() and len(part) <= _MOST_DIGITS]
        # Sizes are shares: Qt fits them into the width there is.
        self.setSizes(places if len(places) == 2 else [share * 1000 for share in shares])
        self.splitterMoved.connect(self._on_moved)

    def _on_moved(self, _place: int, _index: int) -> None:
        self._memory.remember("halves", " ".join(map(str, self.sizes())))
