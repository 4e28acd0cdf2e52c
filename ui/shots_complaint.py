"""A complaint for the pictures whose gates are all unmet: a grave letter of a special customer."""

from dataclasses import replace
from datetime import timedelta

from propdesk.domain.judgements import judgement_of
from propdesk.domain.tickets import (
    Channel,
    Kind,
    Satisfaction,
    Severity,
    Status,
    Ticket,
    TicketDraft,
)
from propdesk.i18n import _
from propdesk.services.follow_ups import follow_up_ticket
from propdesk.services.judging import judge_ticket
from propdesk.services.queries.residents import Resident, draft_of, list_residents
from propdesk.services.queries.staff import list_departments
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from propdesk.services.residents import change_resident
from propdesk.services.tickets import (
    complete_ticket,
    dispatch_ticket,
    register_ticket,
    reply_ticket,
)
from ui.context import AppContext


def gated_complaint(context: AppContext) -> Ticket:
    """Return such a complaint, whose caller was asked; it is made once for an office."""
    now = context.now()
    waiting = list_tickets(TicketFilter(status=Status.FOLLOWING_UP), now=now).rows
    for made in (get_ticket(row.id) for row in waiting):
        if made.special:
            return made
    model, unit, caller = _complaint_of_a_house(context)
    who = replace(
        draft_of(caller),
        special=_("An old person who lives alone"),
        special_until=now.date() + timedelta(weeks=30),
    )
    by = context.staff.id
    change_resident(unit, caller.residency_id, who, version=caller.version, by=by, now=now)
    draft = TicketDraft(
        Kind.COMPLAINT,
        model.text,
        unit_id=unit,
        matter=model.matter,
        class_code=model.class_code,
        channel=Channel.LETTER,
        reporter_id=caller.person_id,
        reporter_name=caller.salutation or caller.name,
        reporter_phone=caller.phones[0] if caller.phones else "",
    )
    ticket = register_ticket(draft, by=by, now=now - timedelta(hours=5))
    dispatch_ticket(ticket.id, department_id=list_departments()[0].id, by=by, now=now)
    complete_ticket(ticket.id, text=model.matter, by=by, now=now)
    reply_ticket(ticket.id, text=model.matter, way="letter", by=by, now=now)
    found = replace(judgement_of(ticket), severity=Severity.GRAVE)
    judge_ticket(ticket.id, found, by=by, now=now)
    return follow_up_ticket(ticket.id, Satisfaction.FAIR, by=by, now=now)


def _complaint_of_a_house(context: AppContext) -> tuple[Ticket, int, Resident]:
    """Return a complaint of a house and who lives there; the new one borrows its words."""
    page = list_tickets(TicketFilter(kind=Kind.COMPLAINT), now=context.now())
    for ticket in (get_ticket(row.id) for row in page.rows):
        if ticket.unit_id is None:
            continue
        people = list_residents(ticket.unit_id, context.now().date())
        for one in people:
            if one.present:
                return ticket, ticket.unit_id, one
    raise LookupError("no complaint of a house where somebody lives")
