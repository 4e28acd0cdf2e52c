"""The overview of a house: its people, and its time line."""

from PySide6.QtCore import Signal

from propdesk.i18n import _lazy
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.pages.house_part import HousePart
from ui.pages.house_people import HousePeople
from ui.pages.house_timeline import HouseTimeLine
from ui.theme import Space

_MOST_PEOPLE = 5


class HouseOverview(HousePart):
    """The people of a house and its time line, on one page."""

    title = _lazy("Overview")
    event_wanted = Signal(object)

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.people = HousePeople(context)
        self.people.body.setContentsMargins(0, 0, 0, 0)
        self.people.left.connect(self.left)
        self.people.stored.connect(self.stored)
        self.events = HouseTimeLine(context)
        self.events.left.connect(self.left)
        self.events.opened.connect(self.event_wanted)
        self.body.setSpacing(Space.M)
        self.body.addWidget(self.people)
        self.body.addWidget(self.events, 1)
        context.theme.changed.connect(self._fit)

    def show_unit(self, unit: Unit | None) -> None:
        """Show people and time line of a house."""
        is_new = self.take(unit)
        self.people.has_plain_numbers = self.has_plain_numbers
        self.people.show_unit(unit)
        self.events.show_unit(unit, is_new=is_new)
        self._fit()

    def enter(self) -> bool:
        """Put the keyboard on the people, or on the time line of a house where nobody is."""
        if self.people.enter():
            return True
        if self.events.table.is_empty():
            return False
        self.events.table.setFocus()
        return True

    def _fit(self) -> None:
        """Make the people's table as high as its rows, and leave the rest to the time line."""
        table = self.people.table
        rows = min(max(table.records.rowCount(), 1), _MOST_PEOPLE)
        table.setFixedHeight(table.height_of(rows))
