"""Take a ticket in: number, row, first journal line; shared by the desk and by incidents."""

from dataclasses import replace
from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.texts import clean_line, clean_text, first_words
from propdesk.domain.ticket_drafts import check_ticket_draft
from propdesk.domain.tickets import EventKind, Status, TicketDraft, proposed_urgency, wants_visit
from propdesk.i18n import _
from propdesk.services.parts.journal import Entry, append_line, check_time
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.numbering import next_number
from propdesk.services.parts.repeats import refresh_repeats
from propdesk.services.parts.settings import load_settings
from propdesk.storage.persons import PersonRecord
from propdesk.storage.search import index_ticket
from propdesk.storage.tickets import TicketRecord
from propdesk.storage.units import UnitRecord


def clean_draft(draft: TicketDraft) -> TicketDraft:
    """Return a draft with its texts made safe to store, and a matter where none was typed."""
    text = clean_text(draft.text)
    return replace(
        draft,
        text=text,
        matter=clean_line(draft.matter) or first_words(text),
        wish=clean_text(draft.wish),
        place=clean_line(draft.place),
        spot=clean_line(draft.spot),
        reporter_name=clean_line(draft.reporter_name),
        reporter_phone=clean_line(draft.reporter_phone),
        appointment=clean_line(draft.appointment),
    )


def fields_of(draft: TicketDraft) -> dict[str, object]:
    """Return the columns of a ticket that its draft says."""
    visit = wants_visit(draft.kind) if draft.visit_wanted is None else draft.visit_wanted
    return {
        "kind": draft.kind.value,
        "class_code": draft.class_code,
        "class_suggested": draft.class_suggested,
        "unit": draft.unit_id,
        "place": draft.place,
        "spot": draft.spot,
        "common_part": draft.common_part,
        "matter": draft.matter,
        "text": draft.text,
        "wish": draft.wish,
        "channel": draft.channel.value,
        "urgency": (draft.urgency or proposed_urgency(draft)).value,
        "reporter": draft.reporter_id,
        "reporter_name": draft.reporter_name,
        "reporter_phone": draft.reporter_phone,
        "reporter_kind": draft.reporter_kind.value,
        "appointment": draft.appointment,
        "promised_at": draft.promised_at,
        "visit_wanted": visit,
        "picked_up_in_time": draft.picked_up_in_time,
        "wish_basis": draft.wish_basis,
    }


def checked(draft: TicketDraft, received_at: datetime) -> TicketDraft:
    """Return a draft as it is stored; its house must be there still (an import may be undone)."""
    draft = clean_draft(draft)
    refuse(check_ticket_draft(draft, received_at))
    if draft.unit_id is not None and UnitRecord.get_or_none(id=draft.unit_id) is None:
        raise RuleError("unit-unknown", _("This house is not in the register."))
    if draft.reporter_id is not None and PersonRecord.get_or_none(id=draft.reporter_id) is None:
        # The person is gone with an import; what the caller is called still stands.
        return replace(draft, reporter_id=None)
    return draft


def index(ticket: TicketRecord) -> None:
    """Let the words of a ticket be found."""
    index_ticket(
        ticket.id, ticket.matter, ticket.text, ticket.wish, ticket.place, ticket.reporter_name
    )


def take_in(draft: TicketDraft, entry: Entry) -> TicketRecord:
    """Store a new ticket; who enters it stays its first receiver (R21).

    The caller holds the transaction. Raises DraftError with a sentence for each field.
    """
    check_time(entry, None)
    draft = checked(draft, entry.happened)
    number, month, sequence = next_number(load_settings(), draft.kind, entry.happened)
    ticket = TicketRecord.create(
        number=number,
        series_kind=draft.kind.value,
        series_month=month,
        series_sequence=sequence,
        status=Status.RECEIVED.value,
        first_receiver=entry.by.id,
        handler=draft.handler_id or entry.by.id,
        department=draft.department_id,
        received_at=entry.happened,
        **fields_of(draft),
    )
    index(ticket)
    # The journal keeps codes, not words of the language that was spoken then.
    channel = {"channel": draft.channel.value}
    append_line(ticket, EventKind.REGISTERED, entry, detail=channel)
    refresh_repeats(ticket.unit_id)
    return ticket
