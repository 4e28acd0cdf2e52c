"""The overview of a house: its people, and what happened last."""

from PySide6.QtWidgets import QWidget

from propdesk.i18n import _, _lazy
from propdesk.services.queries.contacts import ContactFilter, list_contacts
from propdesk.services.queries.tickets import TicketFilter, list_tickets
from propdesk.services.queries.units import Unit
from ui.contact_words import MOST_LAST, last_contacts
from ui.context import AppContext
from ui.pages.house_part import HousePart, inset
from ui.pages.house_people import HousePeople
from ui.widgets.labels import Label
from ui.widgets.timeline import TimeLine

_MOST_PEOPLE = 5


class HouseOverview(HousePart):
    """The people of a house and its time line, on one page."""

    title = _lazy("Overview")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.people = HousePeople(context)
        self.people.left.connect(self.left)
        self.body.addWidget(self.people)
        self.last = TimeLine(context.theme)
        self.body.addLayout(inset(Label(context.theme, _("Last contacts"), bold=True)))
        self.body.addLayout(inset(self.last))
        self.body.addWidget(QWidget(), 1)
        context.theme.changed.connect(self._fit)

    def show_unit(self, unit: Unit | None) -> None:
        """Show people and time line of a house."""
        super().show_unit(unit)
        self.people.has_plain_numbers = self.has_plain_numbers
        self.people.show_unit(unit)
        self._fit()
        if unit is None:
            return
        now = self.context.now()
        talks = list_contacts(ContactFilter(unit_id=unit.id), limit=MOST_LAST).rows
        tickets = list_tickets(TicketFilter(unit_id=unit.id), now=now, limit=MOST_LAST).rows
        self.last.show_events(last_contacts(tickets, talks, now))

    def enter(self) -> bool:
        """Put the keyboard on the people."""
        return self.people.enter()

    def _fit(self) -> None:
        """Make the people's table as high as its rows, and leave the rest to the time line."""
        table = self.people.table
        rows = min(max(table.records.rowCount(), 1), _MOST_PEOPLE)
        table.setFixedHeight(table.height_of(rows))
