"""Write what a ticket costs, for the commands that do so (charging, papers that come back)."""

from collections.abc import Sequence

from propdesk.domain.errors import Problem
from propdesk.domain.fields import check_line
from propdesk.domain.money import MOST_FEN
from propdesk.domain.prices import (
    Agreement,
    ChargeLine,
    check_agreed,
    check_agreement,
    check_chargeable,
    check_lines,
)
from propdesk.domain.texts import clean_line
from propdesk.domain.tickets import EventKind, Payment, Status
from propdesk.i18n import _
from propdesk.services.parts.journal import Entry, record
from propdesk.services.parts.noting import refuse
from propdesk.services.parts.paid_work import follow_charge
from propdesk.storage.database import database
from propdesk.storage.prices import ChargeLineRecord
from propdesk.storage.tickets import TicketRecord


def write_agreement(ticket: TicketRecord, entry: Entry, agreed: Agreement) -> None:
    """Note that the customer agreed to pay up to an amount; the caller holds the transaction."""
    check_agreement(Status(ticket.status), agreed.way)
    name = clean_line(agreed.name)
    problems = [*check_line("agreed_by", name, _("Say who agreed to the price."))]
    if not 0 < agreed.amount_fen <= MOST_FEN:
        problems.append(Problem("agreed_fen", _("Write the amount that was agreed to.")))
    refuse(tuple(problems))
    ticket.payment = Payment.PAID.value
    ticket.agreed_fen = agreed.amount_fen
    ticket.price_agreed_by = name
    ticket.price_agreed_at = entry.happened
    detail = {"fen": str(agreed.amount_fen), "name": name, "way": agreed.way.value}
    record(ticket, EventKind.PRICE_AGREED, entry, detail=detail)


def write_charge(ticket: TicketRecord, entry: Entry, lines: Sequence[ChargeLine]) -> None:
    """Store what the work cost, in place of what stood there; the caller holds the transaction.

    No line is kept without the customer's agreement, and none beyond it (R97). Material that was
    used free of charge has a price of nothing.
    """
    check_chargeable(Status(ticket.status))
    refuse(check_lines(lines))
    total = sum(line.amount_fen for line in lines)
    check_agreed(total, ticket.agreed_fen)
    ticket.payment = (Payment.PAID if total else Payment.FREE).value
    database.execute_sql("DELETE FROM charge_line WHERE ticket_id = ?", (ticket.id,))
    for position, line in enumerate(lines, start=1):
        ChargeLineRecord.create(
            ticket=ticket.id,
            position=position,
            price_item=line.price_item_id,
            kind=line.kind.value,
            name=clean_line(line.name),
            spec=clean_line(line.spec),
            unit=clean_line(line.unit),
            quantity_milli=line.quantity_milli,
            price_fen=line.price_fen,
            amount_fen=line.amount_fen,
        )
    detail = {"fen": str(total), "lines": str(len(lines))}
    record(ticket, EventKind.CHARGED, entry, detail=detail)
    follow_charge(ticket, entry.happened.date(), staff_id=entry.by.id, now=entry.now)
