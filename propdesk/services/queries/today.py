"""What the Today page shows: what is due now by verb, and two plots of the month."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from propdesk.domain.clock_alarms import EscalationDue
from propdesk.domain.tickets import Ticket
from propdesk.services.queries.calendar import list_missing_years
from propdesk.services.queries.clocks import list_escalations
from propdesk.services.queries.tickets import (
    TicketFilter,
    TicketRow,
    count_tickets,
    get_tickets,
    list_soonest,
)
from propdesk.storage.database import rows

TODAY_COLUMNS = ("overdue", "to-dispatch", "in-work", "to-reply", "to-follow-up")
PLOTTED_DAYS = 30


@dataclass(frozen=True, slots=True)
class Today:
    """What is due now, in columns by verb, with whole counts and the first lines of each.

    Lines stand in the order of what is due, those without that last. `due_today` are the open
    tickets that have something due in the rest of this day, whatever their verb. `to_report` are
    those that somebody above has to hear of now (R30). `missing_years` are the years whose
    holidays should be imported now.
    """

    to_report: tuple[tuple[Ticket, EscalationDue], ...]
    columns: Mapping[str, tuple[TicketRow, ...]]
    counts: Mapping[str, int]
    due_today: tuple[TicketRow, ...]
    per_day: tuple[tuple[date, int], ...]
    classes_now: Mapping[str, int]
    classes_before: Mapping[str, int]
    missing_years: tuple[int, ...]


def get_today(*, now: datetime, staff_id: int | None = None, lines: int = 40) -> Today:
    """Return due lines by verb, tickets per day (30 days), complaints by class (two months).

    The replies of `staff_id`, who looks, stand before those of others (R22).
    """
    today = now.date()
    month = today.replace(day=1)
    before = (month - timedelta(days=1)).replace(day=1)
    return Today(
        to_report=_to_report(now, lines),
        columns={
            group: list_soonest(group, now=now, limit=lines, staff_id=staff_id)
            for group in TODAY_COLUMNS
        },
        counts={
            group: count_tickets(TicketFilter(group=group), now=now) for group in TODAY_COLUMNS
        },
        due_today=list_soonest("due-today", now=now, limit=lines),
        per_day=_per_day(today),
        classes_now=_classes(month, today + timedelta(days=1)),
        classes_before=_classes(before, month),
        missing_years=list_missing_years(now),
    )


def _to_report(now: datetime, lines: int) -> tuple[tuple[Ticket, EscalationDue], ...]:
    due = dict(list_escalations(now=now)[:lines])
    return tuple((ticket, due[ticket.id]) for ticket in get_tickets(list(due)))


def _per_day(today: date) -> tuple[tuple[date, int], ...]:
    first = today - timedelta(days=PLOTTED_DAYS - 1)
    received = dict(
        rows(
            "SELECT substr(received_at, 1, 10), count(*) FROM ticket WHERE received_at >= ? "
            "AND status <> 'void' GROUP BY 1",
            first.isoformat(),
        )
    )
    days = (first + timedelta(days=n) for n in range(PLOTTED_DAYS))
    return tuple((day, received.get(day.isoformat(), 0)) for day in days)


def _classes(start: date, end: date) -> dict[str, int]:
    """Return complaints received in [start, end) by top class (codes without sub-class)."""
    found = rows(
        "SELECT CASE instr(class_code, '.') WHEN 0 THEN class_code ELSE "
        "substr(class_code, 1, instr(class_code, '.') - 1) END, count(*) FROM ticket WHERE "
        "kind = 'complaint' AND reporter_kind <> 'internal' AND status NOT IN "
        "('void', 'merged', 'not-ours') AND received_at >= ? AND received_at < ? GROUP BY 1",
        start.isoformat(),
        end.isoformat(),
    )
    return {row[0]: row[1] for row in found}
