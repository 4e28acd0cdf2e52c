"""A ticket as the command line gives it: one JSON object, and one line about where it stands."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

from propdesk.cli.desk import Desk
from propdesk.domain.clears import CLEAR_LABELS, answer_of_round, clears_of
from propdesk.domain.gates import Gate, unmet_gates
from propdesk.domain.tickets import STATUS_LABELS, Ticket, is_open
from propdesk.i18n import _


def ticket_json(ticket: Ticket, day: date) -> dict[str, Any]:
    """Return a ticket as its JSON object; `gates` are those that are unmet on a day."""
    return {
        "number": ticket.number,
        "kind": ticket.kind.value,
        "class": ticket.class_code,
        "class_suggested": ticket.class_suggested,
        "status": ticket.status.value,
        "round": ticket.round,
        "unit": ticket.unit or None,
        "place": ticket.place or None,
        "where": ticket.where,
        "matter": ticket.matter,
        "text": ticket.text,
        "wish": ticket.wish or None,
        "wish_basis": ticket.wish_basis or None,
        "channel": ticket.channel.value,
        "urgency": ticket.urgency.value,
        "reporter": ticket.reporter_name or None,
        "phone": ticket.reporter_phone or None,
        "first_receiver": ticket.first_receiver,
        "replier": ticket.replier,
        "handler": ticket.handler or None,
        "department": ticket.department or None,
        "promised_at": iso(ticket.promised_at),
        "visit_wanted": ticket.visit_wanted,
        "picked_up_in_time": ticket.picked_up_in_time,
        "received_at": iso(ticket.received_at),
        "closed_at": iso(ticket.closed_at),
        "external_number": ticket.external_number or None,
        "needs_person": ticket.needs_person or None,
        "duplicate_of": ticket.duplicate_of or None,
        "repeat_of": ticket.repeat_of or None,
        "master": ticket.master or None,
        "is_master": ticket.is_master,
        "tell_callers": ticket.tell_callers or None,
        "merged_into": ticket.merged_into or None,
        "archive_number": ticket.archive_number or None,
        "follow_up": {
            "percent": ticket.follow_up_percent,
            "drawn": ticket.follow_up_drawn,
            "due_on": ticket.follow_up_due_on.isoformat() if ticket.follow_up_due_on else None,
        },
        "violation": ticket.violation or None,
        "severity": ticket.severity.value,
        "validity": ticket.validity or None,
        "cause_kind": ticket.cause_kind or None,
        "cause": ticket.cause or None,
        "prevention": ticket.prevention or None,
        "clears": {lamp.clear.value: lamp.is_lit for lamp in clears_of(ticket)},
        "gates": gates_json(unmet_gates(ticket, day)) if is_open(ticket.status) else [],
        "satisfaction": ticket.satisfaction.value if ticket.satisfaction else None,
        "events": [
            {
                "at": iso(event.at),
                "entered_at": iso(event.entered_at),
                "by": event.by,
                "kind": event.kind.value,
                "text": event.text,
                "detail": dict(event.detail),
            }
            for event in ticket.events
        ],
    }


def gates_json(gates: Sequence[Gate]) -> list[dict[str, str]]:
    """Return what keeps a ticket from being closed as JSON has it."""
    return [{"code": gate.code, "sentence": gate.sentence, "act": gate.act.value} for gate in gates]


def clears_line(ticket: Ticket) -> str:
    """Return the six clears in a line: lit or dark."""
    lamps = (
        f"{'●' if lamp.is_lit else '○'}{CLEAR_LABELS[lamp.clear]}" for lamp in clears_of(ticket)
    )
    return f"{_('Six clears')}\t{' '.join(lamps)}"


def iso(moment: datetime | None) -> str | None:
    """Return a time as JSON has it."""
    return moment.isoformat() if moment is not None else None


def tell(desk: Desk, ticket: Ticket) -> int:
    """Say where a ticket stands after a command, and what keeps an answered one from closing."""
    desk.say(
        _("{number} is now «{status}».").format(
            number=ticket.number, status=STATUS_LABELS[ticket.status]
        )
    )
    if is_open(ticket.status) and answer_of_round(ticket) is not None:
        for gate in unmet_gates(ticket, desk.today):
            desk.say(gate.sentence)
    desk.json(ticket_json(ticket, desk.today))
    return 0
