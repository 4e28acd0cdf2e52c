"""Words that a field proposes while somebody types; any other may be typed."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QCompleter

from ui.widgets.fields import LineField


class Proposals(QCompleter):
    """Proposes the words that hold what was typed; the arrow keys choose, Enter takes."""

    def __init__(self, words: Sequence[str], field: LineField) -> None:
        super().__init__(list(words), field)
        self.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.setFilterMode(Qt.MatchFlag.MatchContains)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Give Enter and Tab to the field while no proposal is marked: Qt would only hide them."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            popup = self.popup()
            moves_on = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab)
            if popup is not None and moves_on and not popup.currentIndex().isValid():
                popup.hide()
                self.widget().event(event)
                return True
        return super().eventFilter(watched, event)
