"""Contacts read: one, a page of many, what is to be cleared, and what a new one starts with."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.contacts import (
    Contact,
    ContactDraft,
    ContactType,
    Counterparty,
    Stage,
    Way,
    counterparty_of,
    stage_of,
    suggested_reason,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.tickets import Kind, ReporterKind, Ticket
from propdesk.i18n import _
from propdesk.services.parts.contact_words import reason_words
from propdesk.services.parts.settings import load_settings
from propdesk.services.queries.residents import Resident
from propdesk.services.queries.tickets import PageKey
from propdesk.services.queries.units import Unit
from propdesk.storage.database import database, rows, stored_time

_COLUMNS = (
    "c.id, c.at, c.entered_at, s.name, c.unit_id, coalesce(u.short, ''), c.person_id, c.name, "
    "c.phone, c.counterparty, c.way, c.stage, c.type, c.reason, c.text, c.wish, c.opinion, "
    "c.department_id, coalesce(d.name, ''), c.due_on, c.result, c.is_open, c.cleared_at, "
    "coalesce(k.name, ''), c.ticket_id, coalesce(t.number, ''), t.kind, c.voided_at, "
    "c.void_reason, c.version"
)
_FROM = (
    " FROM contact c JOIN staff s ON s.id = c.staff_id LEFT JOIN unit u ON u.id = c.unit_id "
    "LEFT JOIN department d ON d.id = c.department_id LEFT JOIN staff k ON k.id = "
    "c.cleared_staff_id LEFT JOIN ticket t ON t.id = c.ticket_id "
)


@dataclass(frozen=True, slots=True)
class ContactFilter:
    """Which contacts a list shows; every field narrows it. Days are local and inclusive.

    Voided ones are left out unless they are wanted. `due_by` takes those that are open and were to
    be cleared by that day.
    """

    open_only: bool = False
    due_by: date | None = None
    unit_id: int | None = None
    ticket_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    reason: str = ""
    with_voided: bool = False


@dataclass(frozen=True, slots=True)
class ContactPage:
    """One page of a list; `after` is None when there is no more."""

    rows: tuple[Contact, ...]
    after: PageKey | None


def get_contact(contact_id: int) -> Contact:
    """Return a contact, or refuse."""
    found = rows(f"SELECT {_COLUMNS}{_FROM}WHERE c.id = ?", contact_id)
    if not found:
        raise RuleError("contact-unknown", _("This contact does not exist."))
    return to_contact(found[0])


def list_contacts(
    wanted: ContactFilter, *, after: PageKey | None = None, limit: int = 200
) -> ContactPage:
    """Return one page of contacts, the newest first."""
    conditions, values = _conditions(wanted)
    if after is not None:
        conditions.append("(c.at, c.id) < (:after, :after_id)")
        values |= {"after": after.value, "after_id": after.id}
    where = " AND ".join(conditions) or "1"
    found = database.execute_sql(
        f"SELECT {_COLUMNS}{_FROM}WHERE {where} ORDER BY c.at DESC, c.id DESC LIMIT {limit + 1:d}",
        values,
    ).fetchall()
    shown = tuple(map(to_contact, found[:limit]))
    last = shown[-1] if len(found) > limit else None
    return ContactPage(shown, None if last is None else PageKey(stored_time(last.at), last.id))


def list_open_contacts(at: datetime) -> tuple[Contact, ...]:
    """Return the contacts that were to be cleared at a time, the first due first."""
    moment = stored_time(at)
    found = rows(
        f"SELECT {_COLUMNS}{_FROM}WHERE c.entered_at <= ? AND (c.is_open = 1 OR c.cleared_at > ?) "
        "ORDER BY coalesce(c.due_on, '9'), c.at, c.id",
        moment,
        moment,
    )
    return tuple(map(to_contact, found))


def count_contacts(wanted: ContactFilter) -> int:
    """Return how many contacts a list has."""
    conditions, values = _conditions(wanted)
    where = " AND ".join(conditions) or "1"
    row = database.execute_sql(f"SELECT count(*) FROM contact c WHERE {where}", values).fetchone()
    return int(row[0])


def _conditions(wanted: ContactFilter) -> tuple[list[str], dict[str, Any]]:
    conditions = [] if wanted.with_voided else ["c.voided_at IS NULL"]
    values: dict[str, Any] = {}
    if wanted.open_only or wanted.due_by is not None:
        conditions.append("c.is_open = 1")
    if wanted.due_by is not None:
        conditions.append("c.due_on <= :due_by")
        values["due_by"] = wanted.due_by.isoformat()
    equal: Mapping[str, Any] = {
        "unit_id": wanted.unit_id,
        "ticket_id": wanted.ticket_id,
        "reason": wanted.reason or None,
    }
    for name, value in equal.items():
        if value is not None:
            conditions.append(f"c.{name} = :{name}")
            values[name] = value
    if wanted.from_on is not None:
        conditions.append("c.at >= :from_on")
        values["from_on"] = wanted.from_on.isoformat()
    if wanted.to_on is not None:
        conditions.append("c.at < :to_on")
        values["to_on"] = date.fromordinal(wanted.to_on.toordinal() + 1).isoformat()
    return conditions, values


def to_contact(row: tuple[Any, ...]) -> Contact:
    """Return a row of `_COLUMNS` as a contact."""
    return Contact(
        id=row[0],
        at=datetime.fromisoformat(row[1]),
        entered_at=datetime.fromisoformat(row[2]),
        by=row[3],
        unit_id=row[4],
        where=row[5],
        person_id=row[6],
        name=row[7],
        phone=row[8],
        counterparty=Counterparty(row[9]),
        way=Way(row[10]),
        stage=Stage(row[11]),
        type=ContactType(row[12]),
        reason=row[13],
        text=row[14],
        wish=row[15],
        opinion=row[16],
        department_id=row[17],
        department=row[18],
        due_on=date.fromisoformat(row[19]) if row[19] else None,
        result=row[20],
        is_open=bool(row[21]),
        cleared_at=datetime.fromisoformat(row[22]) if row[22] else None,
        cleared_by=row[23],
        ticket_id=row[24],
        ticket=row[25],
        ticket_kind=Kind(row[26]) if row[26] else None,
        voided_at=datetime.fromisoformat(row[27]) if row[27] else None,
        void_reason=row[28],
        version=row[29],
    )


# What a new contact starts with, so that the clerk only types what was said


def contact_with(unit: Unit, caller: Resident | None) -> ContactDraft:
    """Return what is known of a talk with somebody of a house."""
    return ContactDraft(
        text="",
        unit_id=unit.id,
        person_id=caller.person_id if caller else None,
        name=caller.name if caller else "",
        phone=caller.phones[0] if caller and caller.phones else "",
        counterparty=counterparty_of(caller.role if caller else None),
    )


def contact_about(ticket: Ticket) -> ContactDraft:
    """Return what is known of a talk about a ticket with its reporter."""
    counterparty = Counterparty.OWNER
    if ticket.reporter_kind is not ReporterKind.RESIDENT:
        is_colleague = ticket.reporter_kind is ReporterKind.INTERNAL
        counterparty = Counterparty.COLLEAGUE if is_colleague else Counterparty.OTHER
    elif ticket.reporter_role == "tenant":
        counterparty = Counterparty.TENANT
    return ContactDraft(
        text="",
        unit_id=ticket.unit_id,
        person_id=ticket.reporter_id,
        name=ticket.reporter_name,
        phone=ticket.reporter_phone,
        counterparty=counterparty,
        stage=stage_of(ticket.status),
        ticket_id=ticket.id,
    )


def list_reasons() -> tuple[str, ...]:
    """Return the codes of the reasons that may be chosen, in the office's order (R52)."""
    return load_settings("contact_reasons").contact_reasons


def propose_reason(text: str, reasons: tuple[str, ...]) -> str:
    """Return the reason that a text speaks of, empty where it does not say."""
    return suggested_reason(text, reason_words(), reasons)
