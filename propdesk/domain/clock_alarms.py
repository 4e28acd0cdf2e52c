"""What the clocks call out: what is overdue, and who above has to hear of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from propdesk.domain.clock_rules import Clock
from propdesk.domain.clock_table import ESCALATIONS, Escalation
from propdesk.domain.clocks import TicketClock, TicketClocks


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """One line of what is overdue: which ticket, which clock, since when, and who says so."""

    number: str
    clock: Clock
    due_at: datetime
    source: str
    over: timedelta
    doubtful: bool
    missing_years: tuple[int, ...]


def overdue(tickets: Iterable[TicketClocks]) -> list[OverdueRow]:
    """Return what runs beyond its time, the longest overdue first."""
    rows = [
        OverdueRow(
            number=ticket.number,
            clock=clock.clock,
            due_at=clock.due_at,
            source=clock.source,
            over=clock.over,
            doubtful=clock.doubtful,
            missing_years=clock.missing_years,
        )
        for ticket in tickets
        for clock in ticket.clocks
        if clock.is_overdue
    ]
    return sorted(rows, key=lambda row: (row.due_at, row.number, row.clock))


def escalations_due(ticket: TicketClocks) -> tuple[tuple[Escalation, TicketClock | None], ...]:
    """Return who above has to hear of an open ticket now, and because of which clock (R30).

    A danger is the manager's from the first minute, whatever its clocks say (None); the other
    steps hang on the clocks that run.
    """
    due: list[tuple[Escalation, TicketClock | None]] = []
    for step in ESCALATIONS:
        if step.urgency is not ticket.urgency or not ticket.is_open:
            continue
        if not step.percent:
            due.append((step, None))
        due += [
            (step, clock)
            for clock in ticket.clocks
            if step.percent and clock.runs and clock.used_percent >= step.percent
        ]
    return tuple(due)
