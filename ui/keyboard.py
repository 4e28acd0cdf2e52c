"""Where the keyboard goes when a pane is entered, and what the keys are called."""

import sys
from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu, QWidget


def key_words(keys: str) -> str:
    """Return a shortcut as it stands on the keys: `Ctrl+Enter`, in every language."""
    sequence = QKeySequence(keys)
    if sys.platform == "darwin":
        return sequence.toString(QKeySequence.SequenceFormat.NativeText)
    # Qt would translate the names; no keyboard says so.
    return sequence.toString().replace("Return", "Enter")


def lettered(word: str, letter: str) -> str:
    """Return a menu's word with the letter that chooses it: `修改(A)` where the word has it not."""
    word = word.replace("&", "&&")
    at = word.upper().find(letter)
    return f"{word}(&{letter})" if at < 0 else f"{word[:at]}&{word[at:]}"


def add_entry(
    menu: QMenu, word: str, letter: str, act: Callable[[], object], *, keys: str = ""
) -> QAction:
    """Add an entry that its letter chooses; `keys` are said beside it, where they work always."""
    action = menu.addAction(lettered(word, letter) + (f"\t{key_words(keys)}" if keys else ""))
    # What was checked is of no interest to the act.
    action.triggered.connect(lambda _on=False: act())
    return action


def first_stop(pane: QWidget) -> QWidget | None:
    """Return the topmost, leftmost thing in `pane` that Tab can reach, None when there is none."""
    tab = Qt.FocusPolicy.TabFocus
    stops = [
        widget
        for widget in pane.findChildren(QWidget)
        if widget.isVisible() and widget.isEnabled() and widget.focusPolicy() & tab == tab
    ]

    def place(widget: QWidget) -> tuple[int, int]:
        at = widget.mapTo(pane, QPoint())
        return at.y(), at.x()

    return min(stops, key=place, default=None)
