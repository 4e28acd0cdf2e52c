"""What a ticket's paid work cost becomes a bill of its house when the ticket closes (R97).

The caller holds the transaction. One ticket has one bill: where the charge changes before anything
was paid, the bill is voided and written anew; afterwards the charge stands as it was paid.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from propdesk.domain.bills import BillKind
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import Income
from propdesk.domain.money import money_words
from propdesk.i18n import _
from propdesk.services.parts.billing import NewBill, debtor_on, insert_bills, void_bills
from propdesk.storage.database import rows
from propdesk.storage.tickets import TicketRecord


def bill_paid_work(ticket: TicketRecord, on_day: date, *, staff_id: int, now: datetime) -> None:
    """Bill what a ticket's work cost, once; an office without an item of paid work bills none.

    Who ordered the work owes it: the reporter, where he is in the register, else the owner. Work
    without a house has no account that it could stand on.
    """
    item_id = _item()
    if item_id is None or ticket.unit_id is None:
        return
    working = _working(ticket.id)
    standing = rows(
        "SELECT id, amount_fen, settled_fen FROM bill WHERE ticket_id = ? AND kind = ? "
        "AND voided_at IS NULL",
        ticket.id,
        BillKind.PAID_WORK.value,
    )
    if standing:
        bill_id, amount_fen, settled_fen = standing[0]
        if amount_fen == working["amount_fen"]:
            return
        _check_unpaid(ticket.number, settled_fen)
        reason = _("the charge of {number} changed").format(number=ticket.number)
        void_bills([bill_id], reason, staff_id=staff_id, now=now)
    if working["amount_fen"]:
        bill = NewBill(
            unit_id=ticket.unit_id,
            fee_item_id=item_id,
            kind=BillKind.PAID_WORK,
            from_on=on_day,
            until_on=on_day,
            due_on=on_day,
            amount_fen=working["amount_fen"],
            person_id=ticket.reporter_id or debtor_on(ticket.unit_id, on_day),
            ticket_id=ticket.id,
            working=working,
            note=ticket.number,
        )
        insert_bills([bill], staff_id=staff_id, now=now)


def follow_charge(ticket: TicketRecord, on_day: date, *, staff_id: int, now: datetime) -> None:
    """Let the bill of a ticket follow its charge, where there is one already."""
    found = rows(
        "SELECT 1 FROM bill WHERE ticket_id = ? AND kind = ? AND voided_at IS NULL",
        ticket.id,
        BillKind.PAID_WORK.value,
    )
    if found:
        bill_paid_work(ticket, on_day, staff_id=staff_id, now=now)


def void_paid_work(ticket: TicketRecord, reason: str, *, staff_id: int, now: datetime) -> None:
    """Void the bill of a ticket that is void; what was paid of it has to go back before."""
    for bill_id, settled_fen in rows(
        "SELECT id, settled_fen FROM bill WHERE ticket_id = ? AND voided_at IS NULL", ticket.id
    ):
        _check_unpaid(ticket.number, settled_fen)
        void_bills([bill_id], reason, staff_id=staff_id, now=now)


def _item() -> int | None:
    """Return the item that paid work is billed under, the first that is switched on."""
    found = rows(
        "SELECT id FROM fee_item WHERE income = ? AND is_active = 1 ORDER BY position, id LIMIT 1",
        Income.PAID_WORK.value,
    )
    return found[0][0] if found else None


def _working(ticket_id: int) -> Mapping[str, Any]:
    """Return the lines of the charge as the bill keeps them; the price list may change later."""
    lines = [
        {"name": f"{name} {spec}".strip(), "quantity_milli": quantity, "unit": unit,
         "price_fen": price, "amount_fen": amount}
        for name, spec, quantity, unit, price, amount in rows(
            "SELECT name, spec, quantity_milli, unit, price_fen, amount_fen FROM charge_line "
            "WHERE ticket_id = ? ORDER BY position",
            ticket_id,
        )
    ]  # fmt: skip
    return {"lines": lines, "amount_fen": sum(line["amount_fen"] for line in lines)}


def _check_unpaid(number: str, settled_fen: int) -> None:
    if settled_fen:
        raise RuleError(
            "charge-paid",
            _(
                "{amount} yuan of the bill of {number} are paid: the charge stays as it is. Void "
                "the receipt first, or write a bill for the difference."
            ).format(amount=money_words(settled_fen), number=number),
        )
