"""One of several: chips with counts, and segments. Arrow keys walk along the row."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtCore import QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QMenu, QSizePolicy, QWidget

from propdesk.i18n import _
from ui.theme import Ink, Size, Theme
from ui.widgets.buttons import Button, Kind
from ui.widgets.painting import LEFT, focus_ring, ground, text

_GAP = 6
_MOST_COUNTED = 1000
_WALKING = (Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down)


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a row: its key for the program, its word, the count that waits behind it.

    `is_bad` marks a group that should be empty (overdue): its count is red. `hotkey` is a
    character that chooses it while the row has the focus; it stands where a count would.
    """

    key: str
    word: str
    count: int | None = None
    is_bad: bool = False
    hotkey: str = ""


class _Cell(QAbstractButton):
    """One choice of a row, drawn as a chip."""

    def __init__(self, theme: Theme, choice: Choice, row: QWidget) -> None:
        super().__init__(row)
        self._theme = theme
        self.setCheckable(True)
        self.show_choice(choice)

    def show_choice(self, choice: Choice) -> None:
        self.choice = choice
        self.setText(choice.word)
        self.setAccessibleName(f"{choice.word} {self._count()}".strip())
        self.update()

    def _count(self) -> str:
        count = self.choice.count
        if count is None:
            return self.choice.hotkey
        return str(count) if count <= _MOST_COUNTED else f"{_MOST_COUNTED}+"

    def _count_width(self) -> int:
        count = self._count()
        return self._theme.metrics(Size.SMALL).horizontalAdvance(count) + _GAP if count else 0

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Qt's buttons walk by geometry; here the row decides.
        if event.key() in _WALKING:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        word = self._theme.metrics(bold=True).horizontalAdvance(self.text())
        return QSize(2 * 10 + word + self._count_width(), self._theme.chip_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._paint_ground(painter)
        chosen = self.isChecked()
        content = self._theme.metrics(bold=chosen).horizontalAdvance(self.text())
        rect = self.rect()
        rect.setLeft((self.width() - content - self._count_width()) // 2)
        painter.setFont(self._theme.font(bold=chosen))
        word_ink = self._word_ink() if self.isEnabled() else Ink.TEXT_3
        text(painter, rect, self.text(), self._theme.ink(word_ink), LEFT)
        if self._count():
            rect.setLeft(rect.left() + content + _GAP)
            painter.setFont(self._theme.font(Size.SMALL))
            quiet = word_ink if chosen else Ink.TEXT_3
            count_ink = Ink.DANGER if self.choice.is_bad and self.choice.count else quiet
            text(painter, rect, self._count(), self._theme.ink(count_ink), LEFT)
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme, self._radius())

    def _radius(self) -> float:
        return self.height() / 2

    def _word_ink(self) -> Ink:
        return Ink.ACCENT if self.isChecked() else Ink.TEXT_2

    def _paint_ground(self, painter: QPainter) -> None:
        colours = self._theme.colours
        if self.isChecked():
            ground(painter, self.rect(), colours.accent_soft, radius=self._radius())
        elif self.underMouse() and self.isEnabled():
            ground(painter, self.rect(), colours.hover, radius=self._radius())


class _Segment(_Cell):
    """One choice of a row, drawn as a segment: the chosen one lies on top."""

    def sizeHint(self) -> QSize:
        return super().sizeHint() + QSize(4, -3)

    def _radius(self) -> float:
        return 4

    def _word_ink(self) -> Ink:
        return Ink.TEXT if self.isChecked() else Ink.TEXT_2

    def _paint_ground(self, painter: QPainter) -> None:
        colours = self._theme.colours
        if self.isChecked():
            ground(painter, self.rect(), colours.surface, edge=colours.line, radius=4)


class ChoiceRow(QWidget):
    """Cells side by side, exactly one of them chosen.

    `chosen_changed` tells the key that the clerk chose (not what the program chose). Cells that
    find no room wait behind a `...` button.
    """

    chosen_changed = Signal(str)
    _cell_class: type[_Cell] = _Cell
    _margin = 0
    _gap = 4

    def __init__(self, theme: Theme, name: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._cells: list[_Cell] = []
        self._chosen = ""
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self._more = Button(theme, "", kind=Kind.QUIET, icon="ellipsis", name=_("More"))
        self._more.setParent(self)
        self._more.hide()
        self._more.clicked.connect(self._on_more)
        self.set_choices(choices)
        theme.changed.connect(self._arrange)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Show these choices; the chosen one stays chosen while it is among them."""
        if [cell.choice.key for cell in self._cells] == [choice.key for choice in choices]:
            for cell, choice in zip(self._cells, choices, strict=True):
                cell.show_choice(choice)
        else:
            for cell in self._cells:
                cell.hide()
                cell.deleteLater()
            self._cells = [self._cell_class(self._theme, choice, self) for choice in choices]
            for cell in self._cells:
                cell.clicked.connect(self._on_clicked)
                cell.show()
        keys = [choice.key for choice in choices]
        if keys:
            self.choose(self._chosen if self._chosen in keys else keys[0])
        self.updateGeometry()
        self._arrange()

    def show_counts(self, counts: Mapping[str, int | None]) -> None:
        """Show new counts under the same words."""
        self.set_choices(
            [
                replace(cell.choice, count=counts.get(cell.choice.key, cell.choice.count))
                for cell in self._cells
            ]
        )

    def chosen(self) -> str:
        """Return the key of the chosen cell."""
        return self._chosen

    def choose(self, key: str) -> None:
        """Choose a cell without telling anybody. Raises ValueError for a key that is not there."""
        if all(cell.choice.key != key for cell in self._cells):
            raise ValueError(key)
        self._chosen = key
        for cell in self._cells:
            is_chosen = cell.choice.key == key
            cell.setChecked(is_chosen)
            # Tab enters the row at the chosen cell; the arrow keys do the rest.
            policy = Qt.FocusPolicy.StrongFocus if is_chosen else Qt.FocusPolicy.ClickFocus
            cell.setFocusPolicy(policy)
            if is_chosen:
                self.setFocusProxy(cell)
        self._arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrow keys, Home and End; a hotkey jumps."""
        place = next((n for n, cell in enumerate(self._cells) if cell.isChecked()), 0)
        last = len(self._cells) - 1
        steps = {
            Qt.Key.Key_Right.value: min(place + 1, last),
            Qt.Key.Key_Left.value: max(place - 1, 0),
            Qt.Key.Key_Home.value: 0,
            Qt.Key.Key_End.value: last,
        }
        if event.key() in steps:
            self._take(self._cells[steps[event.key()]])
            return
        for cell in self._cells:
            if event.text() and event.text().lower() == cell.choice.hotkey.lower():
                self._take(cell)
                return
        super().keyPressEvent(event)

    def _take(self, cell: _Cell) -> None:
        before = self._chosen
        self.choose(cell.choice.key)
        cell.setFocus()
        if self._chosen != before:
            self.chosen_changed.emit(self._chosen)

    def _on_clicked(self) -> None:
        cell = self.sender()
        if isinstance(cell, _Cell):
            self._take(cell)

    def _on_more(self) -> None:
        menu = QMenu(self)
        for cell in self._cells:
            if cell.isHidden():
                action = menu.addAction(cell.accessibleName())
                action.setData(cell.choice.key)
        menu.triggered.connect(self._on_more_chosen)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._more.mapToGlobal(QPoint(0, self._more.height())))

    def _on_more_chosen(self, action: QAction) -> None:
        for cell in self._cells:
            if cell.choice.key == action.data():
                self._take(cell)

    def sizeHint(self) -> QSize:
        """Ask for room for all cells."""
        widths = [cell.sizeHint().width() for cell in self._cells]
        height = max((cell.sizeHint().height() for cell in self._cells), default=0)
        width = sum(widths) + self._gap * max(len(widths) - 1, 0)
        return QSize(width + 2 * self._margin, height + 2 * self._margin)

    def minimumSizeHint(self) -> QSize:
        """Be content with the chosen cell and the `...` button."""
        widest = max((cell.sizeHint().width() for cell in self._cells), default=0)
        more = self._more.sizeHint().width() if len(self._cells) > 1 else 0
        return QSize(
            min(widest + more + self._gap + 2 * self._margin, self.sizeHint().width()),
            self.sizeHint().height(),
        )

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the cells anew."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        room = self.width() - 2 * self._margin
        height = self.height() - 2 * self._margin
        widths = [cell.sizeHint().width() for cell in self._cells]
        shown = self._fitting(widths, room)
        x = self._margin
        for n, cell in enumerate(self._cells):
            cell.setVisible(n in shown)
            if n in shown:
                cell.setGeometry(QRect(x, self._margin, widths[n], height))
                x += widths[n] + self._gap
        self._more.setVisible(len(shown) < len(self._cells))
        self._more.setGeometry(QRect(x, self._margin, self._more.sizeHint().width(), height))

    def _fitting(self, widths: Sequence[int], room: int) -> set[int]:
        """Return which cells are shown: all, or the first ones and the chosen one."""
        if sum(widths) + self._gap * (len(widths) - 1) <= room:
            return set(range(len(widths)))
        chosen = next((n for n, cell in enumerate(self._cells) if cell.isChecked()), 0)
        left = room - self._more.sizeHint().width() - (widths[chosen] + self._gap if widths else 0)
        shown = {chosen}
        for n, width in enumerate(widths):
            if n == chosen:
                continue
            left -= width + self._gap
            if left < 0:
                break
            shown.add(n)
        return shown


class Chips(ChoiceRow):
    """The office's daily questions with live counts, or the kind and channel of a form."""


class Segments(ChoiceRow):
    """A few views of the same thing, on a sunken ground."""

    _cell_class = _Segment
    _margin = 3
    _gap = 0

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sunken ground."""
        painter = QPainter(self)
        ground(painter, self.rect(), self._theme.colours.sunken, radius=6)
