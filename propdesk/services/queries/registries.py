"""Read the communication registry: contacts, and the talks that tickets' journals tell."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from propdesk.domain.contacts import REASONS_OF_KINDS, WAYS_OF_CHANNELS, Counterparty, Way
from propdesk.domain.months import Month
from propdesk.domain.registries import (
    STAGES_OF_EVENTS,
    TREND_MONTHS,
    Registry,
    RegistryLine,
    check_period,
    contact_line,
    trend,
)
from propdesk.domain.tickets import (
    SATISFACTION_LABELS,
    STATUS_LABELS,
    Channel,
    EventKind,
    Kind,
    ReporterKind,
    Satisfaction,
    Status,
)
from propdesk.services.queries.contacts import ContactFilter, count_contacts, list_contacts
from propdesk.storage.database import database, rows

_EVENTS = ", ".join(f"'{kind.value}'" for kind in STAGES_OF_EVENTS)
_CHANNELS = ", ".join(f"'{channel.value}'" for channel in WAYS_OF_CHANNELS)
# A ticket's line is a talk with somebody outside: not of a patrol, not among colleagues, and nobody
# was reached who did not answer.
_IS_TALK = (
    f"v.kind IN ({_EVENTS}) AND t.status <> 'void' "
    f"AND t.reporter_kind <> '{ReporterKind.INTERNAL.value}' "
    f"AND (v.kind <> 'registered' OR t.channel IN ({_CHANNELS})) "
    "AND coalesce(json_extract(v.detail, '$.answer'), '') <> 'unreached'"
)
_TALKS = (
    "SELECT v.at, v.kind, v.text, v.satisfaction, v.detail, s.name, t.number, t.kind, t.channel, "
    "t.status, t.is_open, t.closed_at, t.text, t.wish, t.promised_at, t.reporter_name, "
    "t.reporter_phone, t.reporter_kind, coalesce(u.short, t.place), coalesce(d.name, ''), "
    "t.matter, "
    "(SELECT r.role FROM residency r WHERE r.unit_id = t.unit_id AND r.person_id = t.reporter_id "
    " ORDER BY coalesce(r.to_on, '9999') DESC LIMIT 1) "
    "FROM ticket_event v JOIN ticket t ON t.id = v.ticket_id JOIN staff s ON s.id = v.staff_id "
    "LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN department d ON d.id = t.department_id "
    f"WHERE v.at >= ? AND v.at < ? AND {_IS_TALK} ORDER BY v.at, v.sequence"
)


def get_registry(from_on: date, to_on: date) -> Registry:
    """Return the registry of a period, days inclusive, in the order of time.

    Voided contacts are left out and counted. Raises RuleError for a period that is none.
    """
    check_period(from_on, to_on)
    wanted = ContactFilter(from_on=from_on, to_on=to_on)
    with database.atomic():
        lines = [*_contacts(wanted), *_talks(from_on, to_on)]
        everything = ContactFilter(from_on=from_on, to_on=to_on, with_voided=True)
        voided = count_contacts(everything) - count_contacts(wanted)
        last = Month.of(to_on)
        months = tuple(last.shifted(back) for back in range(1 - TREND_MONTHS, 1))
        reasons = tuple(trend(count_reasons(months[0], last), months))
    lines.sort(key=lambda line: line.at)
    return Registry(from_on, to_on, tuple(lines), voided, months, reasons)


def count_reasons(first: Month, last: Month) -> dict[tuple[str, Month], int]:
    """Return how often people got in touch, by reason and month (R52).

    A contact counts with its own reason, a ticket that came from outside with that of its kind;
    what the office says later about the same ticket is no further reason.
    """
    span = (first.start.isoformat(), last.end.isoformat())
    counts: dict[tuple[str, Month], int] = {}
    logged = rows(
        "SELECT reason, substr(at, 1, 7), count(*) FROM contact "
        "WHERE voided_at IS NULL AND at >= ? AND at < ? GROUP BY 1, 2",
        *span,
    )
    taken = rows(
        "SELECT t.kind, substr(t.received_at, 1, 7), count(*) FROM ticket t "
        f"WHERE t.received_at >= ? AND t.received_at < ? AND t.status <> 'void' "
        f"AND t.reporter_kind <> '{ReporterKind.INTERNAL.value}' AND t.channel IN ({_CHANNELS}) "
        "GROUP BY 1, 2",
        *span,
    )
    for reason, month, count in (
        *logged,
        *((REASONS_OF_KINDS[Kind(kind)], month, count) for kind, month, count in taken),
    ):
        key = (reason, Month.parse(month))
        counts[key] = counts.get(key, 0) + count
    return counts


def _contacts(wanted: ContactFilter) -> Iterator[RegistryLine]:
    after = None
    while True:
        page = list_contacts(wanted, after=after, limit=1000)
        yield from map(contact_line, page.rows)
        after = page.after
        if after is None:
            return


def _talks(from_on: date, to_on: date) -> Iterator[RegistryLine]:
    end = date.fromordinal(to_on.toordinal() + 1)
    for row in rows(_TALKS, from_on.isoformat(), end.isoformat()):
        yield _talk(row)


def _talk(row: tuple[Any, ...]) -> RegistryLine:
    at, kind, text, satisfaction, detail, by, number, ticket_kind, channel = row[:9]
    status, is_open, closed_at, told, wish, promised_at, name, phone = row[9:17]
    reporter_kind, where, department, matter, role = row[17:]
    event = EventKind(kind)
    line = RegistryLine(
        at=datetime.fromisoformat(at),
        where=where,
        name=name,
        phone=phone,
        counterparty=_counterparty(reporter_kind, role),
        way=WAYS_OF_CHANNELS.get(Channel(channel), Way.OTHER),
        stage=STAGES_OF_EVENTS[event],
        reason=REASONS_OF_KINDS[Kind(ticket_kind)],
        text=told,
        by=by,
        wish=wish,
        department=department,
        due_on=date.fromisoformat(promised_at[:10]) if promised_at else None,
        result=STATUS_LABELS[Status(status)],
        is_open=bool(is_open),
        cleared_on=date.fromisoformat(closed_at[:10]) if closed_at else None,
        ticket=number,
        kind=Kind(ticket_kind),
        event=event,
    )
    if event is EventKind.REGISTERED:
        return line
    return _later(line, text or matter, satisfaction, json.loads(detail))


def _later(
    first: RegistryLine, text: str, satisfaction: str | None, detail: Mapping[str, str]
) -> RegistryLine:
    """Return a talk that came later in a ticket's life: nothing is to be cleared about it."""
    return replace(
        first,
        way=_way(detail.get("way", "")),
        text=text,
        wish="",
        department="",
        due_on=None,
        result=SATISFACTION_LABELS[Satisfaction(satisfaction)] if satisfaction else "",
        is_open=False,
        cleared_on=None,
    )


def _way(stored: str) -> Way:
    """Return the way of a reply; the reporter is called where it was not said."""
    if stored == "visit":
        # The office goes to the reporter's door, the other way round than at the desk.
        return Way.HOME_VISIT
    return Way(stored) if stored in set(Way) else Way.PHONE


def _counterparty(reporter_kind: str, role: str | None) -> Counterparty:
    if reporter_kind != ReporterKind.RESIDENT.value:
        return Counterparty.OTHER
    return Counterparty.TENANT if role == "tenant" else Counterparty.OWNER
