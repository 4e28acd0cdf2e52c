"""One field for a whole list: what is typed is taken with Enter, the arrows walk the rows."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent

from ui.theme import Theme
from ui.widgets.fields import LineField


class WalkField(LineField):
    """Up, Down, Page Up and Page Down walk (`walked`, by rows), Enter takes (`taken`)."""

    taken = Signal()
    walked = Signal(int)

    def __init__(
        self,
        theme: Theme,
        name: str,
        *,
        page: int,
        width: int = 0,
        longest: int = 200,
        placeholder: str = "",
    ) -> None:
        super().__init__(
            theme, name, width=width, longest=longest, placeholder=placeholder, is_last=True
        )
        self._steps = {
            Qt.Key.Key_Up: -1,
            Qt.Key.Key_Down: 1,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_PageDown: page,
        }
        self.finished.connect(self.taken)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk with the arrows; everything else is the field's."""
        step = self._steps.get(Qt.Key(event.key()))
        if step is None:
            super().keyPressEvent(event)
        else:
            self.walked.emit(step)
