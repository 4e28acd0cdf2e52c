"""Where the keyboard goes when a pane is entered."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QWidget


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
