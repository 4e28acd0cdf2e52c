"""A filter of a list: its name, its present value, a menu behind it; no box around it."""

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from ui.theme import Ink, Theme
from ui.widgets.choices import Choice
from ui.widgets.painting import LEFT, focus_ring, ground, text
from ui.widgets.type_ahead import TypeAheadMenu

_CHEVRON = 14
_PAD = 4
_GAP = 6


class Filter(QAbstractButton):
    """One filter. Its first choice is the neutral one (`全部`); any other one is shown as on."""

    changed = Signal(str)

    def __init__(self, theme: Theme, name: str, choices: Sequence[Choice] = ()) -> None:
        super().__init__()
        self._theme = theme
        self._name = name
        self._choices: list[Choice] = []
        self._value = ""
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)
        self.set_choices(choices)

    def set_choices(self, choices: Sequence[Choice]) -> None:
        """Offer these choices; the value stays while it is among them, else it is the first."""
        self._choices = list(choices)
        keys = [choice.key for choice in choices]
        if keys:
            self.choose(self._value if self._value in keys else keys[0])

    def value(self) -> str:
        """Return the key of the present value."""
        return self._value

    def is_on(self) -> bool:
        """Return whether anything else than the neutral choice is chosen."""
        return bool(self._choices) and self._value != self._choices[0].key

    def choose(self, key: str) -> None:
        """Choose a value without telling anybody. Raises ValueError for an unknown key."""
        if all(choice.key != key for choice in self._choices):
            raise ValueError(key)
        self._value = key
        self.setAccessibleName(f"{self._name} {self._word()}")
        self.updateGeometry()
        self.update()

    def clear(self) -> None:
        """Go back to the neutral choice without telling anybody."""
        if self._choices:
            self.choose(self._choices[0].key)

    def _word(self) -> str:
        return next((c.word for c in self._choices if c.key == self._value), "")

    def _open(self) -> None:
        menu = TypeAheadMenu(self)
        group = QActionGroup(menu)
        for choice in self._choices:
            counted = "" if choice.count is None else f"\t{choice.count}"
            action = menu.addAction(choice.word.replace("&", "&&") + counted)
            action.setCheckable(True)
            action.setChecked(choice.key == self._value)
            action.setData(choice.key)
            group.addAction(action)
            if choice.key == self._value:
                menu.setActiveAction(action)
        menu.triggered.connect(self._on_triggered)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))

    def _on_triggered(self, action: QAction) -> None:
        key = str(action.data())
        if key != self._value:
            self.choose(key)
            self.changed.emit(key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the menu with Down and Enter as well."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open()
            return
        super().keyPressEvent(event)

    def sizeHint(self) -> QSize:
        """Take the room of name, value and chevron."""
        name = self._theme.metrics().horizontalAdvance(self._name)
        value = self._theme.metrics(bold=True).horizontalAdvance(self._word())
        chevron = self._theme.px(_CHEVRON)
        return QSize(2 * _PAD + name + value + chevron + 2 * _GAP, self._theme.chip_height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw name, value and chevron."""
        painter = QPainter(self)
        if self.underMouse():
            ground(painter, self.rect(), self._theme.colours.hover)
        rect = self.rect().adjusted(_PAD, 0, 0, 0)
        painter.setFont(self._theme.font())
        text(painter, rect, self._name, self._theme.ink(Ink.TEXT_3), LEFT)
        rect.setLeft(rect.left() + painter.fontMetrics().horizontalAdvance(self._name) + _GAP)
        painter.setFont(self._theme.font(bold=self.is_on()))
        ink = Ink.ACCENT if self.is_on() else Ink.TEXT
        text(painter, rect, self._word(), self._theme.ink(ink), LEFT)
        size = self._theme.px(_CHEVRON)
        x = rect.left() + painter.fontMetrics().horizontalAdvance(self._word()) + _GAP - 1
        self._theme.icons.paint(
            painter,
            x,
            (self.height() - size) / 2,
            "chevron-down",
            self._theme.ink(Ink.TEXT_3),
            size,
        )
        if self.hasFocus():
            focus_ring(painter, self.rect(), self._theme)
