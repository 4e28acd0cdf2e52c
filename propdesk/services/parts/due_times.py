"""Keep beside each open ticket what is due next, so that lists and counts need no reckoning.

The journal, the limits and the calendar say it; it is reckoned anew in the very transaction that
changes one of them. Reckoning 845 open complaints takes a fifth of a second, which is nothing when
the holidays of a year are imported and far too much for each look at a list (measured).
"""

from collections.abc import Sequence
from datetime import datetime

from propdesk.domain.clock_rules import ClockRule
from propdesk.domain.clocks import clocks_of
from propdesk.domain.work_calendar import WorkCalendar
from propdesk.services.parts import settings
from propdesk.services.parts.events import clock_facts
from propdesk.services.parts.limits import basis_mark, load_calendar, load_rules
from propdesk.services.parts.writing import writing
from propdesk.storage.database import database, rows, stored_time

_BASIS = "clocks.basis"

DueTimes = tuple[str | None, str | None, str | None]
"""Which clock is due next, when, and when the first warning comes; as they are stored."""


def list_due_times(
    ticket_ids: Sequence[int],
    rules: Sequence[ClockRule] | None = None,
    calendar: WorkCalendar | None = None,
) -> list[tuple[int, DueTimes]]:
    """Return what is due next of tickets, nothing of those that have ended.

    It does not hang on the present time: what is due stands still until the next journal line, and
    a clock that is stopped while waiting is not due at all. `rules` and `calendar` are others than
    the office's, to see what they would change.
    """
    rules = load_rules() if rules is None else rules
    calendar = load_calendar() if calendar is None else calendar
    found: list[tuple[int, DueTimes]] = []
    for ticket_id, facts in clock_facts(ticket_ids):
        clocks = clocks_of(facts, rules, calendar, datetime.min)
        due, warns_at = clocks.next_due, clocks.warns_at
        if due is None or not clocks.is_open:
            found.append((ticket_id, (None, None, None)))
        else:
            warning = None if warns_at is None else stored_time(warns_at)
            found.append((ticket_id, (due.clock.value, stored_time(due.due_at), warning)))
    return found


def refresh(ticket_ids: Sequence[int]) -> None:
    """Store what is due next of tickets; the caller holds the transaction."""
    for ticket_id, due in list_due_times(ticket_ids):
        database.execute_sql(
            "UPDATE ticket SET next_clock = ?, next_due_at = ?, warns_at = ? WHERE id = ?",
            (*due, ticket_id),
        )


def count_moved(rules: Sequence[ClockRule] | None, calendar: WorkCalendar | None) -> int:
    """Return how many open tickets would be due at another time under other limits or hours."""
    present = {
        row[0]: tuple(row[1:])
        for row in rows(
            "SELECT id, next_clock, next_due_at, warns_at FROM ticket WHERE is_open = 1"
        )
    }
    then = list_due_times(list(present), rules, calendar)
    return sum(due != present[ticket_id] for ticket_id, due in then)


def refresh_all() -> None:
    """Store what is due next of all open tickets, by the limits and calendar that hold now."""
    refresh([row[0] for row in rows("SELECT id FROM ticket WHERE is_open = 1")])
    settings.put(_BASIS, basis_mark())


def refresh_if_changed() -> None:
    """Reckon all due times anew where a new program brings other limits or holidays."""
    if settings.get(_BASIS) != basis_mark():
        with writing():
            refresh_all()
