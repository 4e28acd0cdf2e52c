"""The field of the current cell of a sheet, and the keys that walk from cell to cell."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.widgets.fields import LineField

_PAGE = 8
STEPS = {
    Qt.Key.Key_Return: 1,
    Qt.Key.Key_Enter: 1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_PageDown: _PAGE,
    Qt.Key.Key_PageUp: -_PAGE,
}
NOT_APPLICABLE = "/"


def is_plain(event: QKeyEvent) -> bool:
    """Tell whether no key is held down with it; those of the number block are as good as any."""
    return not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier


class CellField(LineField):
    """The field of the current cell; the keys that walk are the grid's."""

    key_pressed = Signal(QKeyEvent)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand the keys that walk or mark to the grid; the rest is typed."""
        key = Qt.Key(event.key())
        at_start = self.cursorPosition() == 0 or self.hasSelectedText()
        at_end = self.cursorPosition() == len(self.text()) or self.hasSelectedText()
        walks_aside = (key == Qt.Key.Key_Left and at_start) or (key == Qt.Key.Key_Right and at_end)
        is_walk = is_plain(event) and (key in STEPS or walks_aside)
        is_mark = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        if is_walk or is_mark or key == Qt.Key.Key_Escape or event.text() == NOT_APPLICABLE:
            self.key_pressed.emit(event)
        else:
            super().keyPressEvent(event)
