"""The tickets and journal lines from which the complaint report is counted; reads only."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from propdesk.domain.complaint_facts import (
    BuildingFact,
    ComplaintFact,
    ComplaintRecords,
    Contacts,
    JournalLine,
)
from propdesk.domain.months import Month
from propdesk.domain.tickets import Channel, EventKind, Satisfaction, Status
from propdesk.services.parts.events import clock_facts
from propdesk.services.parts.held_values import STATE_ON_DAY
from propdesk.services.parts.limits import load_calendar, load_rules
from propdesk.services.queries.follow_ups import asked_in
from propdesk.storage.database import rows, stored_time

# A journal line after which the ticket counts among the complaints (decision 16).
_COUNTED = "(v.ticket_kind = 'complaint' AND v.reporter_kind <> 'internal')"

# Complaints of the past that still matter: open now, or touched since the earliest month compared.
_WANTED = (
    "t.received_at < ? AND (t.is_open = 1 OR t.id IN "
    "(SELECT ticket_id FROM ticket_event WHERE at >= ?)) "
    f"AND EXISTS (SELECT 1 FROM ticket_event v WHERE v.ticket_id = t.id AND {_COUNTED})"
)
_PROGRESS_CHARACTERS = 120


def read_complaint_records(month: Month, *, repeat_days: int) -> ComplaintRecords:
    """Return what the report of `month` is counted from, back to the same month last year.

    `repeat_days` is how long before that an earlier complaint may still make a repeat.
    """
    since = month.last_year.start - timedelta(repeat_days)
    wanted = (stored_time(month.end), stored_time(since))
    first = rows(f"SELECT min(at) FROM ticket_event v WHERE {_COUNTED}")[0][0]
    compared = (month, month.previous, month.last_year)
    several = rows("SELECT count(*) FROM community")[0][0] > 1
    tickets = _tickets(wanted, several_communities=several)
    return ComplaintRecords(
        tickets=tickets,
        journal=_journal(wanted),
        buildings=_buildings(month, several_communities=several),
        households={each: _households(each) for each in compared},
        contacts={each: _contacts(each) for each in compared},
        asked={each: asked_in(each) for each in compared},
        first_at=datetime.fromisoformat(first) if first else None,
        clock_facts=dict(clock_facts([ticket.id for ticket in tickets])),
        limits=load_rules(),
        calendar=load_calendar(),
    )


def _tickets(wanted: Sequence[str], *, several_communities: bool) -> tuple[ComplaintFact, ...]:
    found = rows(
        "SELECT t.id, t.number, t.class_code, t.class_suggested, t.matter, u.short, t.place, "
        "c.name, b.name, t.channel, d.name, h.name, f.name, t.reporter_name, t.unit_id, "
        "t.received_at, t.promised_at, t.picked_up_in_time, t.needs_person <> '', "
        "t.duplicate_of_id IS NOT NULL "
        "FROM ticket t JOIN staff f ON f.id = t.first_receiver_id "
        "LEFT JOIN unit u ON u.id = t.unit_id LEFT JOIN entrance e ON e.id = u.entrance_id "
        "LEFT JOIN building b ON b.id = e.building_id "
        "LEFT JOIN community c ON c.id = b.community_id "
        "LEFT JOIN staff h ON h.id = t.handler_id LEFT JOIN department d ON d.id = t.department_id "
        f"WHERE {_WANTED} ORDER BY t.id",
        *wanted,
    )
    return tuple(
        ComplaintFact(
            id=row[0],
            number=row[1],
            class_code=row[2],
            class_suggested=bool(row[3]),
            matter=row[4],
            where=_within(row[7], row[5], several=several_communities) if row[5] else row[6],
            building=_within(row[7], row[8], several=several_communities) if row[8] else "",
            channel=Channel(row[9]),
            department=row[10] or "",
            handler=row[11] or "",
            first_receiver=row[12],
            reporter=row[13],
            unit_id=row[14],
            received_at=datetime.fromisoformat(row[15]),
            promised_at=datetime.fromisoformat(row[16]) if row[16] else None,
            picked_up_in_time=None if row[17] is None else bool(row[17]),
            needs_person=bool(row[18]),
            likely_duplicate=bool(row[19]),
        )
        for row in found
    )


def _within(community: str, name: str, *, several: bool) -> str:
    """Return a building or house as the office calls it; the community where there are several."""
    return f"{community} {name}" if several else name


def _journal(wanted: Sequence[str]) -> tuple[JournalLine, ...]:
    found = rows(
        "SELECT v.ticket_id, v.sequence, v.at, v.entered_at, v.kind, v.status, "
        f"{_COUNTED}, v.round, s.name, v.satisfaction, coalesce(d.name, ''), "
        f"substr(v.text, 1, {_PROGRESS_CHARACTERS:d}) "
        "FROM ticket_event v JOIN staff s ON s.id = v.staff_id "
        "LEFT JOIN department d ON d.id = v.department_id "
        f"WHERE v.ticket_id IN (SELECT t.id FROM ticket t WHERE {_WANTED}) ORDER BY v.sequence",
        *wanted,
    )
    return tuple(
        JournalLine(
            ticket_id=row[0],
            sequence=row[1],
            at=datetime.fromisoformat(row[2]),
            entered_at=datetime.fromisoformat(row[3]),
            kind=EventKind(row[4]),
            status=Status(row[5]),
            counted=bool(row[6]),
            round=row[7],
            by=row[8],
            satisfaction=Satisfaction(row[9]) if row[9] else None,
            department=row[10],
            text=row[11],
        )
        for row in found
    )


# A household is a home or shop in which somebody lived or worked at the end of the month (已入住).
# Its state says so; an owner alone does not: a house that was handed over may stand empty. Where no
# state was ever said, somebody in the register does.
_OCCUPIED = (
    "u.kind IN ('home', 'shop') AND CASE "
    + STATE_ON_DAY
    + " WHEN 'owner-occupied' THEN 1 WHEN 'let' THEN 1 WHEN '' THEN EXISTS (SELECT 1 "
    "FROM residency r WHERE r.unit_id = u.id AND r.role <> 'emergency' "
    "AND (r.from_on IS NULL OR r.from_on <= :day) AND (r.to_on IS NULL OR r.to_on > :day)) "
    "ELSE 0 END"
)


def _buildings(month: Month, *, several_communities: bool) -> tuple[BuildingFact, ...]:
    found = rows(
        f"SELECT c.name, b.name, sum({_occupied_on(month)}) FROM building b "
        "JOIN community c ON c.id = b.community_id JOIN entrance e ON e.building_id = b.id "
        "JOIN unit u ON u.entrance_id = e.id WHERE u.kind IN ('home', 'shop') "
        "GROUP BY b.id ORDER BY c.name, CAST(b.name AS INTEGER), b.name"
    )
    return tuple(
        BuildingFact(_within(community, name, several=several_communities), households)
        for community, name, households in found
    )


def _households(month: Month) -> int:
    found = rows(f"SELECT count(*) FROM unit u WHERE {_occupied_on(month)}")
    return int(found[0][0])


def _occupied_on(month: Month) -> str:
    """Return the condition with the month's last day, which is a date of our own making."""
    return _OCCUPIED.replace(":day", f"'{month.last_day.isoformat()}'")


def _contacts(month: Month) -> Contacts:
    found = rows(
        "SELECT total(kind = 'praise' AND reporter_kind <> 'internal'), "
        "total(kind = 'bill-query' AND reporter_kind <> 'internal'), "
        "total(reporter_kind = 'internal') FROM ticket "
        "WHERE received_at >= ? AND received_at < ? AND status NOT IN ('void', 'merged')",
        stored_time(month.start),
        stored_time(month.end),
    )[0]
    return Contacts(praise=int(found[0]), bill_queries=int(found[1]), internal=int(found[2]))
