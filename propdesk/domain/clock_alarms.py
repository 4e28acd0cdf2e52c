"""What the clocks call out: what is overdue, and who above has to hear of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from propdesk.domain.clock_rules import Clock
from propdesk.domain.clock_table import ESCALATIONS, Escalation, source_code, source_text
from propdesk.domain.clocks import TicketClock, TicketClocks
from propdesk.domain.tickets import Event
from propdesk.domain.urging import Level, reported_levels


@dataclass(frozen=True, slots=True)
class OverdueRow:
    """One line of what is overdue: which ticket, which clock, since when, and who says so.

    `source` is a sentence, `source_code` its requirement or standard, empty for own words.
    """

    number: str
    clock: Clock
    due_at: datetime
    source: str
    source_code: str
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
            source_code=source_code(clock.rule.source),
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


@dataclass(frozen=True, slots=True)
class EscalationDue:
    """A matter that somebody above has to hear of now; `clock` is None where it is a danger."""

    number: str
    level: Level
    clock: Clock | None
    source: str


def escalation_of(ticket: TicketClocks, events: Sequence[Event]) -> EscalationDue | None:
    """Return the highest report that is due and was not made in this round, None without one.

    Who has told the manager need not tell the supervisor as well.
    """
    known = reported_levels(events, events[-1].round if events else 1)
    order = list(Level)
    found: list[EscalationDue] = []
    for step, clock in escalations_due(ticket):
        level = Level(step.to.value)
        if level not in known:
            code = clock.clock if clock else None
            found.append(EscalationDue(ticket.number, level, code, source_text(step.source)))
    return max(found, key=lambda due: order.index(due.level), default=None)
