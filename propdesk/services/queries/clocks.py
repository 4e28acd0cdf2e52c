"""Where the clocks of tickets stand, what is overdue, and what has to be reported up."""

from datetime import datetime

from propdesk.domain.clock_alarms import EscalationDue, OverdueRow, escalation_of, overdue
from propdesk.domain.clock_journal import Journal
from propdesk.domain.clock_table import ESCALATIONS
from propdesk.domain.clocks import TicketClocks, clocks_of
from propdesk.domain.errors import RuleError
from propdesk.i18n import _
from propdesk.services.parts.events import clock_facts
from propdesk.services.parts.limits import load_calendar, load_rules
from propdesk.storage.database import rows, stored_time


def get_clocks(ticket_id: int, *, now: datetime) -> TicketClocks:
    """Return all clocks of a ticket as they stand at `now`."""
    for _id, facts in clock_facts((ticket_id,)):
        return clocks_of(facts, load_rules(), load_calendar(), now)
    raise RuleError("ticket-unknown", _("This ticket does not exist."))


def list_overdue(*, now: datetime, at: datetime | None = None) -> list[OverdueRow]:
    """Return every clock that runs beyond its time, the longest overdue first.

    `at` is another time than now: a past one is answered from the journal as it stood then, a
    coming one as if nothing happened until then.
    """
    moment = at or now
    rules, calendar = load_rules(), load_calendar()
    if stored_time(moment) >= stored_time(now):
        late = rows(
            "SELECT id FROM ticket WHERE is_open = 1 AND next_due_at < ?", stored_time(moment)
        )
        found = [facts for _id, facts in clock_facts([row[0] for row in late])]
    else:
        then = moment.replace(tzinfo=None)
        known = rows(
            "SELECT t.id FROM ticket t WHERE t.received_at <= ? AND (t.is_open = 1 OR EXISTS "
            "(SELECT 1 FROM ticket_event v WHERE v.ticket_id = t.id AND v.at > ?))",
            stored_time(moment),
            stored_time(moment),
        )
        past = (
            Journal.read(facts).as_of(then) for _id, facts in clock_facts([row[0] for row in known])
        )
        found = [facts for facts in past if facts is not None]
    return overdue(clocks_of(facts, rules, calendar, moment) for facts in found)


def list_escalations(*, now: datetime) -> list[tuple[int, EscalationDue]]:
    """Return the open tickets, by id, that have to be reported up now, the oldest first (R30)."""
    urgent = sorted({step.urgency.value for step in ESCALATIONS})
    marks = ", ".join("?" * len(urgent))
    found = rows(
        f"SELECT id FROM ticket WHERE is_open = 1 AND urgency IN ({marks}) ORDER BY received_at",
        *urgent,
    )
    rules, calendar = load_rules(), load_calendar()
    due = (
        (ticket_id, escalation_of(clocks_of(facts, rules, calendar, now), facts.events))
        for ticket_id, facts in clock_facts([row[0] for row in found])
    )
    return [(ticket_id, one) for ticket_id, one in due if one is not None]
