"""The tickets of a house, the newest first."""

from collections.abc import Sequence
from typing import Any

from propdesk.domain.tickets import KIND_LABELS, STATUS_LABELS
from propdesk.i18n import _, _lazy
from propdesk.services.queries.tickets import TicketFilter, count_tickets, list_tickets
from propdesk.services.queries.units import Unit
from ui.context import AppContext
from ui.pages.house_part import HousePart, inset
from ui.pages.ticket_words import STATUS_TONES
from ui.tables.columns import CellKind, Column, Mark, Sort
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space
from ui.widgets.labels import Label


class HouseTickets(HousePart):
    """Every ticket of a house; Enter opens it."""

    title = _lazy("Tickets")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.table = RecordTable(
            context.theme,
            _("Tickets of the house"),
            _columns(),
            lambda row: row.id,
            memory=ScopedMemory(context.memory, "residents/tickets"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.opened.connect(lambda row: context.navigation.ticket_wanted.emit(row.id))
        self.table.left.connect(self.left)
        words = _("No tickets so far. F7 takes a repair, F8 a complaint.")
        self._none = Label(context.theme, words, ink=Ink.TEXT_3, wrap=True)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def count(self) -> int | None:
        """Return how many tickets the house has, open and closed."""
        if self.unit is None:
            return None
        return count_tickets(TicketFilter(unit_id=self.unit.id), now=self.context.now())

    def show_unit(self, unit: Unit | None) -> None:
        """Show the tickets of a house."""
        is_new = self.take(unit)
        if unit is None:
            self.table.show_rows(())
        elif is_new:
            self.table.show_fetch(self._fetch_of(unit.id))
        else:
            self.table.refresh()
        self.table.setVisible(not self.table.is_empty())
        self._none.setVisible(self.table.is_empty())

    def _fetch_of(self, unit_id: int) -> Any:
        now = self.context.now

        def fetch(after: Any, limit: int, _sort: Sort) -> tuple[Sequence[Any], Any]:
            page = list_tickets(TicketFilter(unit_id=unit_id), now=now(), after=after, limit=limit)
            return page.rows, page.after

        return fetch


def _columns() -> Sequence[Column]:
    return (
        Column("received", _lazy("Time"), lambda row: row.received_at, CellKind.TIME, width=78,
               least=70),
        Column("kind", _lazy("Kind"), lambda row: str(KIND_LABELS[row.kind]), width=78),
        Column("matter", _lazy("Matter"), lambda row: row.matter, width=140, least=90,
               stretches=True),
        Column("number", _lazy("Number"), lambda row: row.number, width=124, least=116, rank=1,
               is_quiet=True),
        Column("status", _lazy("Status"), _status_mark, CellKind.STATUS, width=112, least=108),
    )  # fmt: skip


def _status_mark(row: Any) -> Mark:
    return Mark(str(STATUS_LABELS[row.status]), STATUS_TONES[row.status])
