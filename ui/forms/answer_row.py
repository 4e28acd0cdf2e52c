"""Answers side by side, one key each: pressing a digit is the answer itself, nothing is preset."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ui.theme import Space, Theme
from ui.widgets.buttons import Button
from ui.widgets.choices import Choice


class AnswerRow(QWidget):
    """Buttons that each give one answer (`answered` with its key).

    Digits answer, the arrow keys walk, Enter and the blank press the button with the focus.
    """

    answered = Signal(str)

    def __init__(self, theme: Theme, name: str, choices: Sequence[Choice]) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.S)
        self._buttons: dict[str, Button] = {}
        self._digits: dict[str, str] = {}
        for number, choice in enumerate(choices, start=1):
            button = Button(theme, choice.word, hint=str(number))
            button.clicked.connect(lambda _on=False, key=choice.key: self.answered.emit(key))
            row.addWidget(button)
            self._buttons[choice.key] = button
            self._digits[str(number)] = choice.key
        if choices:
            self.setFocusProxy(self._buttons[choices[0].key])

    def word(self, key: str) -> str:
        """Return the word of an answer."""
        return self._buttons[key].text()

    def answer(self, digit: str) -> bool:
        """Give the answer of a digit; tell whether there is one."""
        if digit not in self._digits:
            return False
        self.answered.emit(self._digits[digit])
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Answer with a digit or Enter, walk with the arrow keys."""
        buttons = list(self._buttons.values())
        place = next((n for n, button in enumerate(buttons) if button.hasFocus()), 0)
        steps = {Qt.Key.Key_Right.value: 1, Qt.Key.Key_Left.value: -1}
        if self.answer(event.text()):
            return
        if event.key() in steps:
            following = min(max(place + steps[event.key()], 0), len(buttons) - 1)
            buttons[following].setFocus()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            buttons[place].click()
        else:
            super().keyPressEvent(event)
