"""A part of the house file: people, tickets, keys ... each behind its own tab."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from propdesk.domain.house_events import HouseEvent
from propdesk.i18n import LazyText, _lazy
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.keyboard import first_stop
from ui.tables.view import RecordTable
from ui.theme import Space
from ui.widgets.buttons import Button
from ui.widgets.labels import Label


class HousePart(QWidget):
    """One part of the house file; `HOUSE_PARTS` lists them all.

    A part reads only while it is shown; for its tab it only counts. `stored` comes with the words
    for the toast after the part has changed the register; the page then reads everything anew.
    `left` asks for the list of houses (Esc).
    """

    title: LazyText = _lazy("Overview")
    stored = Signal(str)
    left = Signal()

    def __init__(self, context: AppContext) -> None:
        super().__init__()
        self.context = context
        self.unit: Unit | None = None
        self._shown_id: int | None = None
        self.has_plain_numbers = False
        self.body = QVBoxLayout(self)
        # Tables run from edge to edge; what stands between them keeps the margin (`inset`).
        self.body.setContentsMargins(0, Space.S, 0, 0)
        self.body.setSpacing(Space.S)

    def show_unit(self, unit: Unit | None) -> None:
        """Read what this part says of a house and show it; the same house keeps its place."""
        self.take(unit)

    def take(self, unit: Unit | None) -> bool:
        """Note which house is shown; tell whether it is another than the last time."""
        self.unit = unit
        shown, self._shown_id = self._shown_id, unit.id if unit else None
        return self._shown_id != shown

    def count(self) -> int | None:
        """Return how much stands behind the tab of `unit`, None where nobody counts.

        The file sets `unit` before it asks, also while the part is not shown.
        """
        return None

    def open_event(self, event: HouseEvent) -> None:
        """Show what a line of the time line is about; the part is shown already.

        A part with one `table`, whose rows go by their id, has nothing to add.
        """
        table = getattr(self, "table", None)
        if isinstance(table, RecordTable):
            table.select_key(event.target)

    def enter(self) -> bool:
        """Put the keyboard where the clerk wants to be; False where there is nothing."""
        stop = first_stop(self)
        if stop is not None:
            stop.setFocus()
        return stop is not None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back to the list with Esc."""
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
            return
        super().keyPressEvent(event)


class PartHead(QWidget):
    """The title of a part and its acts; the keys' names go where they would push an act out."""

    def __init__(self, title: Label, acts: Sequence[Button], beside: Label | None = None) -> None:
        super().__init__()
        self._title, self._acts = title, tuple(acts)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.XL, 0, Space.XL, 0)
        row.setSpacing(Space.S)
        row.addWidget(title)
        if beside is not None:
            row.addWidget(beside)
        row.addStretch(1)
        buttons = QHBoxLayout()
        buttons.setSpacing(0)
        for act in self._acts:
            buttons.addWidget(act)
        row.addLayout(buttons)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Look again how much room there is."""
        super().resizeEvent(event)
        self.fit()

    def fit(self) -> None:
        """Show the keys' names where there is room for all of them."""
        acts = [act for act in self._acts if not act.isHidden()]
        for act in acts:
            act.show_keys(has_room=True)
        wanted = sum(each.sizeHint().width() for each in (self._title, *acts))
        has_room = wanted + 2 * Space.XL + 3 * Space.S <= self.width()
        for act in acts:
            act.show_keys(has_room=has_room)


def inset(*widgets: QWidget) -> QHBoxLayout:
    """Return widgets in a row that keeps the margin of the house file."""
    row = QHBoxLayout()
    row.setContentsMargins(Space.XL, 0, Space.XL, 0)
    row.setSpacing(Space.S)
    for widget in widgets:
        row.addWidget(widget)
    return row
