"""Contacts in words: the last ones of a house, tickets and talks together."""

from collections.abc import Sequence
from datetime import datetime

from propdesk.domain.contacts import WAY_LABELS, Contact
from propdesk.domain.texts import elide
from propdesk.domain.tickets import KIND_LABELS, STATUS_LABELS
from propdesk.i18n import _
from propdesk.services.queries.tickets import TicketRow
from ui.tables.columns import moment_words
from ui.widgets.timeline import Event

MOST_LAST = 3
_LONGEST = 60


def last_contacts(
    tickets: Sequence[TicketRow], contacts: Sequence[Contact], now: datetime
) -> list[Event]:
    """Return the last contacts of a house, the newest first: its tickets and what was noted."""
    found = [(row.received_at, _ticket(row, now)) for row in tickets]
    found += [(one.at, _talk(one, now)) for one in contacts]
    found.sort(key=lambda pair: pair[0], reverse=True)
    return [event for _at, event in found[:MOST_LAST]]


def state_words(contact: Contact) -> str:
    """Return where the clearing of a contact stands, empty where nothing is to be cleared."""
    if contact.voided_at is not None:
        return _("voided")
    if contact.is_open:
        return _("Not yet")
    return _("Cleared off") if contact.cleared_at is not None else ""


def _ticket(row: TicketRow, now: datetime) -> Event:
    return Event(
        when=moment_words(row.received_at, now),
        word=str(KIND_LABELS[row.kind]),
        text=row.matter,
        took=str(STATUS_LABELS[row.status]),
    )


def _talk(contact: Contact, now: datetime) -> Event:
    return Event(
        when=moment_words(contact.at, now),
        word=str(WAY_LABELS[contact.way]),
        text=elide(" ".join(contact.text.split()), _LONGEST),
        took=state_words(contact) or contact.by,
    )
