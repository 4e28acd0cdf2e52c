"""No list, count or card of the desk reads the whole table of tickets (decision 46)."""

import pytest

from propdesk.services.queries import desk, tickets, units
from propdesk.services.queries.tickets import GROUPS, TicketFilter
from propdesk.services.queries.today import TODAY_COLUMNS, get_today
from propdesk.storage.database import database


@pytest.fixture
def plans(monkeypatch):
    """The plan of every SELECT that is run: (sql, its lines)."""
    seen = []
    run = type(database).execute_sql

    def spy(self, sql, params=None, *more):
        if sql.startswith("SELECT"):
            found = run(self, f"EXPLAIN QUERY PLAN {sql}", params).fetchall()
            seen.append((sql, [line[3] for line in found]))
        return run(self, sql, params, *more)

    monkeypatch.setattr(type(database), "execute_sql", spy)
    return seen


def whole_tables(plans):
    """Lines that walk all tickets or all journal lines without an index to narrow them."""
    walks = ("SCAN t", "SCAN ticket", "SCAN ticket_event", "SCAN v")
    return [(sql, line) for sql, lines in plans for line in lines if line in walks]


@pytest.mark.parametrize("group", [group for group in GROUPS if group != "all"])
def test_the_daily_questions_are_answered_by_an_index(world, plans, group):
    wanted = TicketFilter(group=group, staff_id=world.desk.id)
    tickets.list_tickets(wanted, now=world.now)
    tickets.count_tickets(wanted, now=world.now)
    assert plans
    assert whole_tables(plans) == []
    received = "USING INDEX ticket_received"
    assert not [line for _sql, lines in plans for line in lines if line.endswith(received)]


def test_the_pages_and_cards_are_answered_by_indexes(world, plans):
    get_today(now=world.now)
    desk.get_caller_card(world.home.id, None, now=world.now)
    units.count_units(world.now.date())
    units.list_units(today=world.now.date(), group=units.UnitGroup.OPEN_TICKETS)
    assert len(plans) > len(TODAY_COLUMNS)
    assert whole_tables(plans) == []
    counted = [lines for sql, lines in plans if "DISTINCT unit_id" in sql]
    of_the_open = ("ticket_open", "ticket_due", "ticket_warning")
    assert any(index in line for line in counted[0] for index in of_the_open), counted[0]
