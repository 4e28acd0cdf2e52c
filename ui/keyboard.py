"""Where the keyboard goes when a pane is entered, and what the keys are called."""

import sys

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QWidget


def key_words(keys: str) -> str:
    """Return a shortcut as it stands on the keys: `Ctrl+Enter`, in every language."""
    sequence = QKeySequence(keys)
    if sys.platform == "darwin":
        return sequence.toString(QKeySequence.SequenceFormat.NativeText)
    # Qt would translate the names; no keyboard says so.
    return sequence.toString().replace("Return", "Enter")


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
