"""The shape that every page has."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from ui.context import AppContext
from ui.reading_order import step

if TYPE_CHECKING:
    from ui.forms.move_form import MoveForm


class Page(QWidget):
    """One tab's content: built once when it is first opened, refilled when something changed.

    A page that is not in sight only remembers that it is stale. `count_changed` tells the tab how
    many things wait behind it.
    """

    count_changed = Signal(int)

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self._stale = True

    def refill(self) -> None:
        """Read everything anew; the place and selection of the clerk stay."""
        raise NotImplementedError

    def enter(self) -> None:
        """Put the keyboard where the clerk goes on; called when the tab is chosen."""
        raise NotImplementedError

    def settle(self) -> bool:
        """Keep what is half typed before the window closes; False keeps it open."""
        return True

    def begun_form(self) -> "MoveForm | None":
        """Return the small form that the clerk has begun to fill; nothing takes it away unasked."""
        return None

    def mark_stale(self) -> None:
        """Refill now when in sight, else when next shown."""
        self._stale = True
        if self.isVisible():
            self.catch_up()

    def catch_up(self) -> None:
        """Refill if something changed since the last time."""
        if self._stale:
            self._stale = False
            self.refill()

    def focusNextPrevChild(self, is_forward: bool) -> bool:
        """Let Tab follow the reading order, also through parts that were made anew."""
        return step(self.window(), is_forward=is_forward)
