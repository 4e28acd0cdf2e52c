"""Single bills: written by hand, voided with a reason, and those of a ticket's paid work."""

from datetime import datetime

from propdesk.domain.bills import BillDraft, BillKind, check_bill
from propdesk.domain.errors import RuleError
from propdesk.domain.staff import Right
from propdesk.domain.texts import clean_line
from propdesk.i18n import _
from propdesk.services.parts.billing import (
    NewBill,
    check_voidable,
    debtor_on,
    insert_bills,
    void_bills,
)
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.journal import load_ticket
from propdesk.services.parts.known_persons import known_person
from propdesk.services.parts.noting import noted, refuse
from propdesk.services.parts.paid_work import bill_paid_work
from propdesk.services.parts.writing import local, writing
from propdesk.services.queries.bills import Bill, get_bill, list_ticket_bills
from propdesk.services.queries.fee_items import find_item
from propdesk.services.queries.units import get_unit


def add_bill(unit_id: int, item_code: str, draft: BillDraft, *, by: int, now: datetime) -> Bill:
    """Write a bill by hand, for what no run bills: a card, a key, a damage that was agreed on.

    Raises DraftError with a sentence for each field that is not right yet.
    """
    with writing():
        who = fee_actor(by, Right.CHARGE)
        get_unit(unit_id)
        item = find_item(item_code)
        note = clean_line(draft.note)
        draft = BillDraft(
            draft.amount_fen, note, draft.from_on, draft.until_on, draft.due_on, draft.person_id
        )
        refuse(check_bill(draft))
        today = local(now).date()
        from_on = draft.from_on or draft.until_on or today
        person_id = draft.person_id
        if person_id is not None:
            known_person(person_id)
        bill = NewBill(
            unit_id=unit_id,
            fee_item_id=item.id,
            kind=BillKind.OTHER,
            from_on=from_on,
            until_on=draft.until_on or from_on,
            due_on=draft.due_on or today,
            amount_fen=draft.amount_fen,
            person_id=person_id or debtor_on(unit_id, from_on),
            note=note,
        )
        return get_bill(insert_bills([bill], staff_id=who.id, now=now)[0])


def void_bill(bill_id: int, reason: str, *, by: int, now: datetime) -> Bill:
    """Void a single bill of which nothing is settled; it stays in the books with the reason."""
    with writing():
        who = fee_actor(by, Right.CHARGE)
        reason = noted(reason, _("Write why this bill is void."))
        check_voidable(bill_id)
        void_bills([bill_id], reason, staff_id=who.id, now=now)
        return get_bill(bill_id)


def bill_ticket(ticket_id: int, *, by: int, now: datetime) -> Bill:
    """Bill a ticket's paid work before it closes, so that it can be paid on the spot.

    Closing the ticket does the same by itself; a second time adds nothing.
    """
    with writing():
        who = fee_actor(by, Right.CHARGE)
        ticket = load_ticket(ticket_id)
        bill_paid_work(ticket, local(now).date(), staff_id=who.id, now=now)
        bills = [bill for bill in list_ticket_bills(ticket_id) if bill.voided_at is None]
        if not bills:
            raise RuleError(
                "nothing-to-bill",
                _(
                    "There is nothing to bill on {number}: it needs a house and a charge, and an "
                    "item for paid work that is switched on."
                ).format(number=ticket.number),
            )
        return bills[-1]
