"""What the board knows of each house, read in one query."""

from datetime import date, timedelta

import pytest

from propdesk.domain.persons import PersonDraft, ResidentRole
from propdesk.domain.tickets import Kind, TicketDraft
from propdesk.domain.units import UnitState
from propdesk.services import residents, tickets
from propdesk.services.queries.house_boards import list_board_houses
from propdesk.storage.database import database

TODAY = date(2026, 11, 21)


@pytest.fixture
def read(world):
    """Return the board's facts of the home (3-2-501)."""

    def find(unit=None, now=None):
        wanted = unit or world.home
        (one,) = [h for h in list_board_houses(now or world.now) if h.id == wanted.id]
        return one

    return find


def test_place_and_state(world, read):
    database.execute_sql("UPDATE unit SET state = 'vacant' WHERE id = ?", (world.home.id,))
    home = read()
    assert (home.short, home.community, home.building, home.entrance, home.number, home.floor) == (
        "3-2-501", "云澜花园", "3", "2", "501", 5,
    )  # fmt: skip
    assert home.state is UnitState.VACANT
    assert read(world.villa).state is None
    assert read(world.villa).is_villa


def test_people_are_counted_once_and_emergency_contacts_not(world, read, now):
    def add(name, role, from_on=None):
        draft = PersonDraft(name, role, from_on=from_on)
        return residents.add_resident(world.home.id, draft, by=world.desk.id, now=now)

    add("李秀兰", ResidentRole.FAMILY)
    add("何志强", ResidentRole.EMERGENCY)
    add("周明", ResidentRole.TENANT, TODAY + timedelta(days=9))
    left = add("孙梅", ResidentRole.TENANT)
    database.execute_sql(
        "UPDATE residency SET to_on = ? WHERE id = ?", (TODAY.isoformat(), left.residency_id)
    )
    assert read().people == 2
    assert read(world.villa).people == 0


def test_open_tickets_complaints_and_overdue(world, read, act, now):
    def report(kind):
        draft = TicketDraft(kind, "卫生间漏水", unit_id=world.home.id)
        return tickets.register_ticket(draft, **act())

    report(Kind.REPAIR)
    complaint = report(Kind.COMPLAINT)
    done = report(Kind.REPAIR)
    tickets.void_ticket(done.id, reason="记错了", **act())
    assert (read().tickets, read().complaints, read().overdue) == (2, 1, 0)
    late = now + timedelta(days=60)
    assert read(now=late).overdue == 2
    assert (read(world.villa).tickets, read(world.villa).overdue) == (0, 0)
    assert complaint.kind is Kind.COMPLAINT


def test_r42_a_special_customer_is_marked_until_his_last_day(world, read, now):
    draft = PersonDraft("吴桂英", ResidentRole.FAMILY, special="独居老人", special_until=TODAY)
    residents.add_resident(world.home.id, draft, by=world.desk.id, now=now)
    assert read().is_special
    assert not read(now=now + timedelta(days=1)).is_special
    database.execute_sql("UPDATE person SET sealed_at = '2026-01-01T00:00:00' WHERE special <> ''")
    assert not read().is_special


@pytest.mark.parametrize(
    ("days", "is_under_way"),
    [
        ({"permitted_on": "2026-11-01"}, True),
        ({"permitted_on": "2026-11-01", "from_on": "2026-11-21"}, True),
        ({"permitted_on": "2026-11-01", "from_on": "2026-11-22"}, False),
        ({"permitted_on": "2026-11-01", "accepted_on": "2026-11-20"}, False),
        ({"permitted_on": "2026-11-01", "cancelled_on": "2026-11-20"}, False),
        ({}, False),
    ],
)
def test_decoration_is_under_way_from_the_permit_to_the_acceptance(world, read, days, is_under_way):
    columns = [(*row[1:4:2], row[4]) for row in database.execute_sql(
        "SELECT * FROM pragma_table_info('decoration')"
    )]  # fmt: skip
    values = {"number": "ZX-1", "unit_id": world.home.id, "applied_on": "2026-10-01"}
    values |= {"staff_id": world.desk.id, "version": 1, **days}
    for name, is_required, default in columns:
        if is_required and default is None and name not in (*values, "id"):
            is_number = name.endswith("_fen") or name.startswith("touches")
            values[name] = 0 if is_number else ""
    marks = ", ".join("?" * len(values))
    database.execute_sql(
        f"INSERT INTO decoration ({', '.join(values)}) VALUES ({marks})", tuple(values.values())
    )
    assert read().is_decorating is is_under_way
