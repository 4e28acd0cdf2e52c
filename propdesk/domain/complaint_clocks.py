"""A month's limits in the complaint report: what was in time, what is overdue (R06, R08, R65)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from propdesk.domain.clock_journal import Journal
from propdesk.domain.clock_rules import Clock
from propdesk.domain.clocks import ClockState, TicketClock, TicketClocks, clocks_of
from propdesk.domain.complaint_facts import ComplaintRecords
from propdesk.domain.months import Month
from propdesk.domain.rates import Rate

TIMED = (Clock.ON_SITE, Clock.REPLY, Clock.DEPARTMENT, Clock.SOLVE, Clock.PROMISE)
_SECOND = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class InTime:
    """How many limits were kept, of how many that were decided, and how many of these waited."""

    rate: Rate
    paused: int


def clocks_at(
    records: ComplaintRecords, ticket_ids: Iterable[int], month: Month, as_of: datetime
) -> dict[int, TicketClocks]:
    """Return the clocks of tickets as they stood at the end of a month, or stand while it runs.

    Only the journal up to then is read: what happened later changes no past month.
    """
    last = min(as_of, month.end - _SECOND)
    found = {}
    for ticket_id in ticket_ids:
        facts = records.clock_facts.get(ticket_id)
        then = Journal.read(facts).as_of(last) if facts is not None else None
        if then is not None:
            found[ticket_id] = clocks_of(then, records.limits, records.calendar, as_of)
    return found


def count_in_time(tickets: Iterable[TicketClocks], month: Month) -> Mapping[Clock, InTime]:
    """Count the limits that were decided in a month, by clock.

    A limit is decided when it is met, or when it runs out; one that was dropped, or still runs in
    its time, is not. So each is counted once, in one month.
    """
    decided: dict[Clock, list[TicketClock]] = {clock: [] for clock in TIMED}
    for ticket in tickets:
        for clock in ticket.clocks:
            if clock.clock in decided and _is_decided(clock, month):
                decided[clock.clock].append(clock)
    return {
        code: InTime(
            Rate(sum(one.state is ClockState.MET for one in clocks), len(clocks)),
            sum(one.pauses > 0 for one in clocks),
        )
        for code, clocks in decided.items()
    }


def _is_decided(clock: TicketClock, month: Month) -> bool:
    if clock.state is ClockState.MET:
        at = clock.stopped_at
    else:
        at = clock.due_at if clock.state is ClockState.BREACHED else None
    return at is not None and month.start <= at < month.end


def is_overdue(clocks: TicketClocks | None) -> bool:
    """Tell whether a limit or promise has run out and still runs; without limits nothing has."""
    return clocks is not None and any(clock.is_overdue for clock in clocks.clocks)
