"""The talks noted with the people of a house (往来), the newest first."""

from collections.abc import Sequence
from typing import Any

from propdesk.domain.contacts import WAY_LABELS, Contact
from propdesk.domain.texts import elide
from propdesk.i18n import _, _lazy
from propdesk.services.queries.contacts import ContactFilter, count_contacts, list_contacts
from propdesk.services.queries.units import Unit
from ui.contact_words import state_words
from ui.context import AppContext
from ui.dialogs.contacts_dialog import ContactsDialog
from ui.pages.house_part import HousePart, inset
from ui.tables.columns import CellKind, Column, Mark, Sort
from ui.tables.memory import ScopedMemory
from ui.tables.view import RecordTable
from ui.theme import Ink, Space, Tone
from ui.widgets.labels import Label

_LONGEST = 240


class HouseContacts(HousePart):
    """Every talk of a house; Enter opens them where they are amended and cleared."""

    title = _lazy("Dealings")

    def __init__(self, context: AppContext) -> None:
        super().__init__(context)
        self.table = RecordTable(
            context.theme,
            _("Contacts of the house"),
            _columns(),
            lambda row: row.id,
            memory=ScopedMemory(context.memory, "residents/contacts"),
            margin=Space.XL,
            now=context.now,
        )
        self.table.make_dense()
        self.table.opened.connect(self._on_opened)
        self.table.left.connect(self.left)
        words = _("No talks noted so far. F9 notes one.")
        self._none = Label(context.theme, words, ink=Ink.TEXT_3, wrap=True)
        self.body.addWidget(self.table, 1)
        self.body.addLayout(inset(self._none))
        self.body.addStretch(0)

    def count(self) -> int | None:
        """Return how many talks were noted."""
        return None if self.unit is None else count_contacts(ContactFilter(unit_id=self.unit.id))

    def show_unit(self, unit: Unit | None) -> None:
        """Show the talks of a house."""
        is_new = self.take(unit)
        if unit is None:
            self.table.show_rows(())
        elif is_new:
            self.table.show_fetch(_fetch_of(unit.id))
        else:
            self.table.refresh()
        self.table.setVisible(not self.table.is_empty())
        self._none.setVisible(self.table.is_empty())

    def _on_opened(self, _row: object) -> None:
        if self.unit is not None:
            ContactsDialog(self.context, self, unit_id=self.unit.id, house=self.unit.short).ask()


def _fetch_of(unit_id: int) -> Any:
    def fetch(after: Any, limit: int, _sort: Sort) -> tuple[Sequence[Any], Any]:
        page = list_contacts(ContactFilter(unit_id=unit_id), after=after, limit=limit)
        return page.rows, page.after

    return fetch


def _columns() -> Sequence[Column]:
    return (
        Column("at", _lazy("Time"), lambda one: one.at, CellKind.TIME, width=78, least=70),
        Column("way", _lazy("Way"), lambda one: str(WAY_LABELS[one.way]), width=78),
        Column("text", _lazy("What was said"),
               lambda one: elide(" ".join(one.text.split()), _LONGEST), width=180, least=110,
               stretches=True),
        Column("by", _lazy("By"), lambda one: one.by, width=78, rank=1, is_quiet=True),
        Column("state", _lazy("State"), _state_mark, CellKind.STATUS, width=92, least=86),
    )  # fmt: skip


def _state_mark(one: Contact) -> Mark | None:
    words = state_words(one)
    return Mark(words, Tone.WARN if one.is_open else Tone.OK) if words else None
