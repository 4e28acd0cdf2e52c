"""Say which thing of the ledger a ticket is about, so that its faults are counted (R70)."""

from datetime import datetime

from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.tickets import EventKind, Ticket
from propdesk.i18n import _
from propdesk.services.parts.actors import actor
from propdesk.services.parts.journal import Entry, load_ticket, record
from propdesk.services.parts.writing import writing
from propdesk.services.queries.assets import find_asset_of_ticket, get_asset
from propdesk.services.queries.tickets import get_ticket
from propdesk.storage.assets import TicketAssetRecord


def name_asset_of_ticket(ticket_id: int, asset_id: int | None, *, by: int, now: datetime) -> Ticket:
    """Name the thing of a ticket, another one, or none; the journal keeps what stood before.

    A ticket of any status may be named one: who counts faults looks back.
    """
    with writing():
        entry = Entry(actor(by, Right.TAKE_TICKETS), now)
        ticket = load_ticket(ticket_id)
        before = find_asset_of_ticket(ticket_id)
        if asset_id is not None and get_asset(asset_id).voided_at is not None:
            raise RuleError("asset-unknown", _("This thing is not in the ledger."))
        if (before and before.id) == asset_id:
            return get_ticket(ticket_id)
        TicketAssetRecord.delete().where(TicketAssetRecord.ticket == ticket_id).execute()
        if asset_id is not None:
            TicketAssetRecord.create(ticket=ticket_id, asset=asset_id)
        detail = {"asset": f"{before.draft.code} {before.draft.name}" if before else ""}
        record(ticket, EventKind.AMENDED, entry, detail=detail)
        return get_ticket(ticket_id)
