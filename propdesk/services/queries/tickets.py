"""Tickets read for pages, papers and the command line: one, a page of many, counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from difflib import get_close_matches
from typing import Any

from propdesk.domain.clock_rules import Clock
from propdesk.domain.errors import RuleError
from propdesk.domain.numbers import normal_number, number_forms
from propdesk.domain.tickets import (
    Channel,
    Event,
    Kind,
    Payment,
    ReporterKind,
    Satisfaction,
    Severity,
    Status,
    Ticket,
    Urgency,
)
from propdesk.domain.units import UnitKind, long_address
from propdesk.i18n import _
from propdesk.services.parts.events import list_events
from propdesk.storage.database import database, rows, stored_time
from propdesk.storage.search import phrase


@dataclass(frozen=True, slots=True)
class TicketFilter:
    """Which tickets a list shows; every field narrows it, None and '' do not.

    `group` is one of the desk's daily questions (see GROUPS). Days are local and inclusive.
    """

    group: str = "all"
    kind: Kind | None = None
    status: Status | None = None
    class_code: str = ""
    building_id: int | None = None
    unit_id: int | None = None
    from_on: date | None = None
    to_on: date | None = None
    words: str = ""
    staff_id: int | None = None


@dataclass(frozen=True, slots=True)
class TicketRow:
    """A line of the ticket list; nothing is due next while the ticket waits (paused)."""

    id: int
    number: str
    kind: Kind
    class_code: str
    class_suggested: bool
    status: Status
    round: int
    where: str
    reporter: str
    matter: str
    handler: str
    department: str
    urgency: Urgency
    received_at: datetime
    promised_at: datetime | None
    closed_at: datetime | None
    next_clock: Clock | None
    next_due_at: datetime | None
    warns_at: datetime | None
    follow_up_due_on: date | None = None


# Who replies to the caller and follows up: who took the ticket in, unless it was handed on (R23).
_REPLIER = "coalesce(t.reply_staff_id, t.first_receiver_id)"

# The desk's daily questions: name -> SQL condition ({me}: staff id, {now}: local time).
GROUPS: Mapping[str, str] = {
    "all": "1",
    "open": "t.is_open = 1",
    "to-dispatch": "t.is_open = 1 AND t.status = 'received'",
    "in-work": "t.is_open = 1 AND t.status IN ('dispatched', 'in-progress', 'suspended')",
    "overdue": "t.is_open = 1 AND t.next_due_at < :now",
    "due-today": "t.is_open = 1 AND t.next_due_at >= :now AND t.next_due_at < date(:now, '+1 day')",
    "to-reply": "t.is_open = 1 AND t.status = 'completed'",
    # Complaints from the reply on, and closed tickets that were drawn (decision 28).
    "to-follow-up": "t.follow_up_due_on IS NOT NULL",
    "my-replies": f"t.is_open = 1 AND t.status = 'completed' AND {_REPLIER} = :me",
    "first-contact": "t.is_open = 1 AND t.first_receiver_id = :me",
    "mine": "t.is_open = 1 AND t.handler_id = :me",
    # The very words of the index ticket_to_class, which serves this group.
    "to-class": "(t.class_suggested = 1 OR (t.class_code = 'unclassed' AND t.kind = 'complaint')) "
    "AND t.status NOT IN ('void', 'merged', 'not-ours')",
    "needs-person": "t.needs_person <> ''",
    "violations": "t.is_open = 1 AND t.violation <> ''",
}

SORTS: Mapping[str, str] = {"received_at": "t.received_at", "number": "t.number"}

MOST_COUNTED = 1000


@dataclass(frozen=True, slots=True)
class PageKey:
    """Where the next page of a list begins: the sort value and id of the last row shown."""

    value: str
    id: int


@dataclass(frozen=True, slots=True)
class TicketPage:
    """One page of a list; `after` is None when there is no more."""

    rows: tuple[TicketRow, ...]
    after: PageKey | None


def _conditions(wanted: TicketFilter, now: datetime) -> tuple[list[str], dict[str, Any]]:
    conditions = [GROUPS[wanted.group]] if wanted.group != "all" else []
    values: dict[str, Any] = {"now": stored_time(now), "me": wanted.staff_id}
    equal = {
        "t.kind": wanted.kind,
        "t.status": wanted.status,
        "t.unit_id": wanted.unit_id,
        "b.id": wanted.building_id,
    }
    for number, (column, value) in enumerate(equal.items()):
        if value is not None:
            conditions.append(f"{column} = :equal{number}")
            values[f"equal{number}"] = str(value) if isinstance(value, str) else value
    if wanted.class_code:
        conditions.append("(t.class_code = :class OR t.class_code GLOB :class || '.*')")
        values["class"] = wanted.class_code
    if wanted.from_on:
        conditions.append("t.received_at >= :from_on")
        values["from_on"] = wanted.from_on.isoformat()
    if wanted.to_on:
        conditions.append("t.received_at < :to_on")
        values["to_on"] = (wanted.to_on + timedelta(days=1)).isoformat()
    if wanted.words.strip():
        words = phrase(wanted.words)
        conditions.append(
            "t.id IN (SELECT rowid FROM ticket_words WHERE ticket_words MATCH :words)"
            if words
            else "0"
        )
        values["words"] = words
    return conditions, values


_FROM = (
    " FROM ticket t LEFT JOIN unit u ON u.id = t.unit_id "
    "LEFT JOIN entrance e ON e.id = u.entrance_id LEFT JOIN building b ON b.id = e.building_id "
    "LEFT JOIN staff h ON h.id = t.handler_id LEFT JOIN department d ON d.id = t.department_id "
)
_ROW = (
    "SELECT t.id, t.number, t.kind, t.class_code, t.class_suggested, t.status, t.round, "
    "coalesce(u.short, t.place), t.reporter_name, t.matter, coalesce(h.name, ''), "
    "coalesce(d.name, ''), t.urgency, t.received_at, t.promised_at, t.closed_at, "
    "t.next_clock, t.next_due_at, t.warns_at, t.follow_up_due_on"
)


def list_tickets(
    wanted: TicketFilter,
    *,
    now: datetime,
    after: PageKey | None = None,
    limit: int = 200,
    sort: str = "received_at",
    descending: bool = True,
) -> TicketPage:
    """Return one page of tickets, newest first by default, paged by key in SQL."""
    conditions, values = _conditions(wanted, now)
    column, way, sign = SORTS[sort], "DESC" if descending else "ASC", "<" if descending else ">"
    if after is not None:
        conditions.append(f"({column}, t.id) {sign} (:after, :after_id)")
        values |= {"after": after.value, "after_id": after.id}
    where = " AND ".join(conditions) or "1"
    found = _rows(
        f"{_ROW}{_FROM}WHERE {where} ORDER BY {column} {way}, t.id {way} LIMIT {limit + 1:d}",
        values,
    )
    shown = tuple(_row(row) for row in found[:limit])
    key = None
    if len(found) > limit:
        last = shown[-1]
        value = last.number if sort == "number" else stored_time(last.received_at)
        key = PageKey(value, last.id)
    return TicketPage(shown, key)


def get_rows(ticket_ids: Sequence[int]) -> tuple[TicketRow, ...]:
    """Return tickets as lines of the list, in the order of the ids; unknown ids are left out."""
    found: dict[int, TicketRow] = {}
    for start in range(0, len(ticket_ids), _AT_ONCE):
        chunk = ticket_ids[start : start + _AT_ONCE]
        marks = _marks(chunk)
        stored = rows(f"{_ROW}{_FROM}WHERE t.id IN ({marks})", *chunk)
        found |= {row[0]: _row(row) for row in stored}
    return tuple(found[one] for one in ticket_ids if one in found)


def list_soonest(
    group: str, *, now: datetime, limit: int, staff_id: int | None = None
) -> tuple[TicketRow, ...]:
    """Return the tickets of a group to be seen to first: by what is due, then by receipt.

    Replies that `staff_id` owes to his callers stand before those of others (R22).
    """
    first = "t.follow_up_due_on" if group == "to-follow-up" else "coalesce(t.next_due_at, '9')"
    if group == "to-reply" and staff_id is not None:
        first = f"{_REPLIER} <> :me, {first}"
    found = _rows(
        f"{_ROW}{_FROM}WHERE {GROUPS[group]} ORDER BY {first}, t.received_at, t.id LIMIT {limit:d}",
        {"now": stored_time(now), "me": staff_id},
    )
    return tuple(map(_row, found))


def count_tickets(wanted: TicketFilter, *, now: datetime, most: int = MOST_COUNTED) -> int:
    """Return how many tickets a list has, at most `most` + 1 (shown as 1000+)."""
    conditions, values = _conditions(wanted, now)
    where = " AND ".join(conditions) or "1"
    found = _rows(f"SELECT count(*) FROM (SELECT 1{_FROM}WHERE {where} LIMIT {most + 1:d})", values)
    return int(found[0][0])


def count_waiting(*, now: datetime) -> int:
    """Return how many tickets wait for the desk: to dispatch, reply, follow up, or overdue."""
    waiting = ("to-dispatch", "to-reply", "overdue")
    either = " OR ".join(f"({GROUPS[group]})" for group in waiting)
    found = _rows(
        f"SELECT count(*) FROM (SELECT 1 FROM ticket t WHERE t.is_open = 1 AND ({either}) "
        "AND t.follow_up_due_on IS NULL UNION ALL "
        f"SELECT 1 FROM ticket t WHERE {GROUPS['to-follow-up']} "
        f"LIMIT {MOST_COUNTED + 1:d})",
        {"now": stored_time(now)},
    )
    return int(found[0][0])


def count_groups(*, now: datetime, staff_id: int | None) -> dict[str, int]:
    """Return the counts of the daily questions for the chips, each capped."""
    return {
        group: count_tickets(TicketFilter(group=group, staff_id=staff_id), now=now)
        for group in GROUPS
    }


def _rows(sql: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return all rows of a SELECT with named values; it may leave some of them unused."""
    return list(database.execute_sql(sql, values).fetchall())


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _flag(stored: int | None) -> bool | None:
    return None if stored is None else bool(stored)


def _row(row: tuple[Any, ...]) -> TicketRow:
    return TicketRow(
        id=row[0],
        number=row[1],
        kind=Kind(row[2]),
        class_code=row[3],
        class_suggested=bool(row[4]),
        status=Status(row[5]),
        round=row[6],
        where=row[7],
        reporter=row[8],
        matter=row[9],
        handler=row[10],
        department=row[11],
        urgency=Urgency(row[12]),
        received_at=datetime.fromisoformat(row[13]),
        promised_at=_time(row[14]),
        closed_at=_time(row[15]),
        next_clock=Clock(row[16]) if row[16] else None,
        next_due_at=_time(row[17]),
        warns_at=_time(row[18]),
        follow_up_due_on=_day(row[19]),
    )


def find_ticket(number: str) -> Ticket:
    """Return the ticket with this number as typed, or refuse naming the nearest numbers."""
    for form in number_forms(number):
        found = rows("SELECT id FROM ticket WHERE number = ?", form)
        if found:
            return get_ticket(found[0][0])
    wanted = normal_number(number)
    near = [
        row[0]
        for row in rows(
            "SELECT number FROM ticket WHERE number >= ? ORDER BY number LIMIT 200", wanted[:6]
        )
    ]
    near = get_close_matches(wanted, near, n=3, cutoff=0.3)
    raise RuleError(
        "ticket-unknown",
        _("There is no ticket {number}. {nearest}")
        .format(
            number=number[:40],
            nearest=_("Nearest: {names}.").format(names=", ".join(near)) if near else "",
        )
        .strip(),
    )


_TICKET_COLUMNS = (
    "id",
    "number",
    "kind",
    "class_code",
    "class_suggested",
    "status",
    "round",
    "dispatches",
    "unit_id",
    "place",
    "spot",
    "common_part",
    "matter",
    "text",
    "wish",
    "channel",
    "urgency",
    "reporter_id",
    "reporter_name",
    "reporter_phone",
    "reporter_kind",
    "first_receiver_id",
    "handler_id",
    "department_id",
    "appointment",
    "promised_at",
    "visit_wanted",
    "received_at",
    "closed_at",
    "external_number",
    "needs_person",
    "satisfaction",
    "severity",
    "validity",
    "wish_basis",
    "picked_up_in_time",
    "cause_kind",
    "cause",
    "prevention",
    "violation",
    "follow_up_percent",
    "follow_up_drawn",
    "follow_up_due_on",
    "repeat_of_id",
    "master_id",
    "is_master",
    "tell_callers",
    "merged_into_id",
    "payment",
    "price_agreed_at",
    "price_agreed_by",
    "agreed_fen",
    "archive_number",
    "version",
    "next_due_at",
    "warns_at",
)
_TICKET = (
    "SELECT "
    + ", ".join(f"t.{name}" for name in _TICKET_COLUMNS)
    + ", u.short, b.name, e.name, u.number, u.kind, c.name, f.name, coalesce(h.name, ''), "
    "coalesce(d.name, ''), coalesce(o.number, ''), "
    "(SELECT number FROM ticket WHERE id = t.repeat_of_id), "
    "(SELECT number FROM ticket WHERE id = t.master_id), "
    "(SELECT number FROM ticket WHERE id = t.merged_into_id), "
    "coalesce(p.special, ''), p.special_until, w.id, w.name, "
    "(SELECT r.role FROM residency r WHERE r.unit_id = t.unit_id AND r.person_id = t.reporter_id "
    " ORDER BY coalesce(r.to_on, '9999') DESC LIMIT 1)"
    + _FROM
    + "LEFT JOIN community c ON c.id = b.community_id JOIN staff f ON f.id = t.first_receiver_id "
    f"JOIN staff w ON w.id = {_REPLIER} "
    "LEFT JOIN ticket o ON o.id = t.duplicate_of_id LEFT JOIN person p ON p.id = t.reporter_id "
    "WHERE t.id IN "
)
_AT_ONCE = 500


def get_ticket(ticket_id: int) -> Ticket:
    """Return a ticket with its whole journal."""
    found = get_tickets((ticket_id,))
    if not found:
        raise RuleError("ticket-unknown", _("This ticket does not exist."))
    return found[0]


def get_tickets(ticket_ids: Sequence[int]) -> tuple[Ticket, ...]:
    """Return tickets with their journals, in the order of the ids; unknown ids are left out."""
    found: dict[int, Ticket] = {}
    for start in range(0, len(ticket_ids), _AT_ONCE):
        chunk = ticket_ids[start : start + _AT_ONCE]
        events = list_events(chunk)
        marks = _marks(chunk)
        for row in rows(f"{_TICKET}({marks})", *chunk):
            found[row[0]] = _ticket(row, tuple(events.get(row[0], ())))
    return tuple(found[one] for one in ticket_ids if one in found)


def _marks(values: Sequence[int]) -> str:
    return ", ".join("?" * len(values))


def _ticket(row: tuple[Any, ...], events: tuple[Event, ...]) -> Ticket:
    stored = dict(zip(_TICKET_COLUMNS, row, strict=False))
    short, building, entrance, number, unit_kind, community = row[len(_TICKET_COLUMNS) :][:6]
    first, handler, department, original, *others, role = row[len(_TICKET_COLUMNS) + 6 :]
    repeat_of, master, merged_into, special, special_until, replier_id, replier = others
    stored.update(
        kind=Kind(stored["kind"]),
        class_suggested=bool(stored["class_suggested"]),
        status=Status(stored["status"]),
        common_part=bool(stored["common_part"]),
        channel=Channel(stored["channel"]),
        urgency=Urgency(stored["urgency"]),
        reporter_kind=ReporterKind(stored["reporter_kind"]),
        promised_at=_time(stored["promised_at"]),
        visit_wanted=bool(stored["visit_wanted"]),
        received_at=datetime.fromisoformat(stored["received_at"]),
        closed_at=_time(stored["closed_at"]),
        next_due_at=_time(stored["next_due_at"]),
        warns_at=_time(stored["warns_at"]),
        external_number=stored["external_number"] or "",
        satisfaction=Satisfaction(stored["satisfaction"]) if stored["satisfaction"] else None,
        severity=Severity(stored["severity"]),
        picked_up_in_time=_flag(stored["picked_up_in_time"]),
        follow_up_drawn=_flag(stored["follow_up_drawn"]),
        follow_up_due_on=_day(stored["follow_up_due_on"]),
        is_master=bool(stored["is_master"]),
        payment=Payment(stored["payment"]) if stored["payment"] else None,
        price_agreed_at=_time(stored["price_agreed_at"]),
        archive_number=stored["archive_number"] or "",
    )
    return Ticket(
        **stored,
        unit=short or "",
        unit_long=long_address(building, entrance, number, UnitKind(unit_kind)) if short else "",
        community=community or "",
        first_receiver=first,
        replier=replier,
        replier_id=replier_id,
        handler=handler,
        department=department,
        duplicate_of=original,
        repeat_of=repeat_of or "",
        master=master or "",
        merged_into=merged_into or "",
        special=special,
        special_until=_day(special_until),
        reporter_role=role or "",
        events=events,
    )
