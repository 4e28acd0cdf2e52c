"""Urging (R09) and reporting up (R07, R30) on a real file."""

from datetime import timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.tickets import Kind, TicketDraft, Urgency
from propdesk.domain.urging import Level, count_urgings
from propdesk.services import tickets
from propdesk.services.queries.clocks import list_escalations
from propdesk.services.urging import report_up, urge_ticket
from propdesk.storage.database import rows


def take(world, kind=Kind.REPAIR, **more):
    draft = TicketDraft(kind, "水管爆裂", unit_id=world.home.id, **more)
    return tickets.register_ticket(draft, by=world.desk.id, now=world.now)


def act(world, minutes=0) -> dict:
    return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}


def escalations(world, minutes=0):
    found = list_escalations(now=world.now + timedelta(minutes=minutes))
    return [(ticket_id, due.level) for ticket_id, due in found]


def test_r09_urging_is_counted_and_says_who_urged_whom_and_how(world):
    ticket = take(world)
    tickets.dispatch_ticket(ticket.id, handler_id=world.worker.id, **act(world, 1))
    urge_ticket(ticket.id, **act(world, 2))
    urged = urge_ticket(ticket.id, whom="工程部主管", way="in-person", text="催第二次",
                        **act(world, 3))  # fmt: skip
    assert count_urgings(urged.events) == 2
    first, second = urged.events[-2:]
    assert (first.by, first.detail) == (world.desk.name, {"whom": "王建国", "way": "phone"})
    assert second.detail == {"whom": "工程部主管", "way": "in-person"}
    assert urged.status == "dispatched"


def test_r09_a_department_is_urged_where_nobody_is_named(world):
    ticket = take(world)
    tickets.dispatch_ticket(ticket.id, department_id=world.engineering, **act(world, 1))
    assert urge_ticket(ticket.id, **act(world, 2)).events[-1].detail["whom"] == "工程部"


@pytest.mark.parametrize(("more", "fields"), [
    ({}, ["whom"]), ({"whom": "王建国", "way": "shouting"}, ["way"]),
    ({"whom": "王" * 201, "text": "催" * 100_001}, ["whom", "text"]),
])  # fmt: skip
def test_r09_nobody_can_be_urged_without_work_or_in_no_way(world, more, fields):
    ticket = take(world)
    before = rows("SELECT count(*) FROM ticket_event")
    with pytest.raises(DraftError) as refusal:
        urge_ticket(ticket.id, **more, **act(world, 2))
    assert [problem.field for problem in refusal.value.problems] == fields
    assert rows("SELECT count(*) FROM ticket_event") == before


def test_r30_a_report_up_says_level_and_name(world):
    told = report_up(take(world).id, "company", to="总部李总", text="请求授权", **act(world, 1))
    assert told.events[-1].detail == {"level": "company", "to": "总部李总"}


@pytest.mark.parametrize(("level", "to", "text", "fields"), [
    ("board", "张三", "说明", ["level"]), ("manager", " ", "", ["to", "text"]),
])  # fmt: skip
def test_r30_a_report_up_wants_level_name_and_words(world, level, to, text, fields):
    with pytest.raises(DraftError) as refusal:
        report_up(take(world).id, level, to=to, text=text, **act(world, 1))
    assert [problem.field for problem in refusal.value.problems] == fields


def test_r09_r30_nobody_waits_for_what_has_ended(world):
    ticket = take(world)
    tickets.void_ticket(ticket.id, reason="重复", **act(world, 1))
    for command in (
        lambda: urge_ticket(ticket.id, whom="王建国", **act(world, 2)),
        lambda: report_up(ticket.id, "manager", to="李", text="知悉", **act(world, 2)),
    ):
        with pytest.raises(RuleError) as refusal:
            command()
        assert refusal.value.code == "ticket-not-open"


def test_r30_a_danger_is_the_managers_until_he_is_told(world):
    ticket = take(world, urgency=Urgency.P0)
    take(world)
    assert escalations(world) == [(ticket.id, Level.MANAGER)]
    report_up(ticket.id, "supervisor", to="主管", text="困人", **act(world, 1))
    assert escalations(world, 1) == [(ticket.id, Level.MANAGER)]
    report_up(ticket.id, "manager", to="经理", text="困人", **act(world, 2))
    assert escalations(world, 2) == []


def test_r30_half_the_time_calls_the_supervisor_all_of_it_the_manager(world):
    ticket = take(world, urgency=Urgency.P1)
    assert escalations(world, 14) == []
    assert escalations(world, 15) == [(ticket.id, Level.SUPERVISOR)]
    report_up(ticket.id, "supervisor", to="主管", text="未到场", **act(world, 16))
    assert escalations(world, 16) == []
    assert escalations(world, 31) == [(ticket.id, Level.MANAGER)]
    report_up(ticket.id, "company", to="总部", text="未到场", **act(world, 32))
    assert escalations(world, 60 * 30) == []


def test_r30_a_matter_taken_up_again_is_reported_anew(world):
    ticket = take(world, urgency=Urgency.P0)
    report_up(ticket.id, "manager", to="经理", text="困人", **act(world, 1))
    tickets.complete_ticket(ticket.id, text="已救出", **act(world, 5))
    tickets.reply_ticket(ticket.id, text="已告知", **act(world, 6))
    assert escalations(world, 6) == []
    tickets.reopen_ticket(ticket.id, reason="又困人", **act(world, 7))
    assert escalations(world, 7) == [(ticket.id, Level.MANAGER)]
