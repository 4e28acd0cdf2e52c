"""The reports that there are: their groups, and one line for each."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from propdesk.i18n import LazyText
from ui.theme import Ink, Size, Space, Theme
from ui.widgets.painting import LEFT, RIGHT, focus_ring, ground, text

if TYPE_CHECKING:
    from ui.context import AppContext
    from ui.pages.report_panel import ReportPanel

_LINE_EXTRA = 9
_PAD = 10


@dataclass(frozen=True, slots=True)
class ReportEntry:
    """A report: its key for the program, the group it stands in, its name, how it is built."""

    key: str
    group: LazyText
    word: LazyText
    build: "Callable[[AppContext], ReportPanel]"


class ReportList(QWidget):
    """The list at the left; Up and Down walk, `chosen_changed` tells the report's key.

    `entered` comes with Enter: the clerk goes on to what the report is asked.
    """

    chosen_changed = Signal(str)
    entered = Signal()

    def __init__(self, theme: Theme, name: str, entries: Sequence[ReportEntry]) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._entries = tuple(entries)
        self._place = 0
        self._note = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Expanding)
        self._describe()
        theme.changed.connect(self.update)

    def chosen(self) -> str:
        """Return the key of the chosen report."""
        return self._entries[self._place].key

    def choose(self, key: str) -> None:
        """Choose a report from elsewhere."""
        self._choose([entry.key for entry in self._entries].index(key))

    def show_note(self, note: str) -> None:
        """Show a word at the right of the chosen report: its month."""
        self._note = note
        self._describe()
        self.update()

    def _describe(self) -> None:
        word = self._entries[self._place].word
        self.setAccessibleName(f"{self._name}: {word} {self._note}".strip())

    def _lines(self) -> list[tuple[QRect, ReportEntry | None, str]]:
        """Return each line: its place, its report (None for a group's head), its word."""
        lines: list[tuple[QRect, ReportEntry | None, str]] = []
        y, height, group = int(Space.S), self._theme.line() + _LINE_EXTRA, ""
        for entry in self._entries:
            if str(entry.group) != group:
                group = str(entry.group)
                lines.append((QRect(0, y, self.width(), height), None, group))
                y += height
            lines.append((QRect(0, y, self.width(), height), entry, str(entry.word)))
            y += height + 2
        return lines

    def sizeHint(self) -> QSize:
        """Take the room of all lines."""
        return QSize(self._theme.px(205), self._lines()[-1][0].bottom() + Space.L)

    def minimumSizeHint(self) -> QSize:
        """Keep all lines."""
        return QSize(self._theme.px(120), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with Up and Down, go on with Enter."""
        steps = {Qt.Key.Key_Up.value: -1, Qt.Key.Key_Down.value: 1}
        if event.key() in steps:
            self._choose(self._place + steps[event.key()])
            return
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered.emit()
            return
        super().keyPressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the line under the pointer."""
        for rect, entry, _word in self._lines():
            if entry is not None and rect.contains(event.position().toPoint()):
                self._choose(self._entries.index(entry))

    def _choose(self, place: int) -> None:
        if place != self._place and 0 <= place < len(self._entries):
            self._place = place
            self._describe()
            self.update()
            self.chosen_changed.emit(self.chosen())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw groups and reports; the chosen one on its ground, in accent and bold."""
        painter = QPainter(self)
        theme = self._theme
        painter.fillRect(self.rect(), theme.colours.surface)
        painter.fillRect(self.width() - 1, 0, 1, self.height(), theme.colours.line)
        for rect, entry, word in self._lines():
            inner = rect.adjusted(2 * _PAD, 0, -2 * _PAD, 0)
            if entry is None:
                painter.setFont(theme.font(Size.SMALL, bold=True))
                text(painter, inner, word, theme.ink(Ink.TEXT_2), LEFT)
                continue
            is_chosen = entry is self._entries[self._place]
            box = rect.adjusted(_PAD, 0, -_PAD, 0)
            if is_chosen:
                ground(painter, box, theme.colours.selection)
                if self.hasFocus():
                    focus_ring(painter, box, theme)
                painter.setFont(theme.font(Size.SMALL))
                text(painter, inner, self._note, theme.ink(Ink.ACCENT), RIGHT)
                note = painter.fontMetrics().horizontalAdvance(self._note)
                inner.setRight(inner.right() - note - Space.S)
            painter.setFont(theme.font(bold=is_chosen))
            text(painter, inner, word, theme.ink(Ink.ACCENT if is_chosen else Ink.TEXT), LEFT)
