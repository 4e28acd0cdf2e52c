"""Breaches of the rules on a real file: mark, three steps, the time to report (Civil Code 942)."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.gates import unmet_gates
from propdesk.domain.tickets import EventKind, Kind, Satisfaction, Status, TicketDraft
from propdesk.domain.violations import STEPS, Outcome, StepDraft
from propdesk.services import follow_ups, settings, tickets, violations
from propdesk.services.queries.tickets import TicketFilter, count_tickets
from propdesk.services.queries.violations import get_violation, list_violations
from propdesk.storage.database import rows

DISSUADED, STOPPED, REPORTED = STEPS
WORDS = StepDraft("已劝阻,住户不听", means="当面", evidence="照片 2 张")
REPORT = StepDraft("已报告", authority="城管", receipt="CG-0231")


def act(world, minutes: int = 0) -> dict:
    return {"by": world.desk.id, "now": world.now + timedelta(minutes=minutes)}


@pytest.fixture
def ticket(world):
    draft = TicketDraft(Kind.COMPLAINT, "二楼拆承重墙", unit_id=world.home.id)
    made = tickets.register_ticket(draft, **act(world))
    return violations.mark_violation(made.id, "decoration", **act(world))


def lines() -> list[tuple]:
    return rows("SELECT count(*) FROM ticket_event")


def test_l942_the_three_steps_stand_in_the_journal_with_who_when_how_and_proof(world, ticket):
    by_worker = {"by": world.worker.id, "now": world.now + timedelta(minutes=10)}
    violations.take_step(ticket.id, DISSUADED, WORDS, **by_worker)
    violations.take_step(ticket.id, STOPPED, StepDraft("发整改通知书"), **act(world, 20))
    done = violations.take_step(ticket.id, REPORTED, REPORT, **act(world, 30))
    first, second, third = done.events[-3:]
    assert [one.kind for one in (first, second, third)] == [*STEPS]
    assert (first.by, first.at) == ("王建国", datetime(2026, 11, 21, 9, 40))
    assert first.detail == {"outcome": "goes-on", "means": "当面", "evidence": "照片 2 张"}
    assert third.detail == {"outcome": "goes-on", "authority": "城管", "receipt": "CG-0231"}
    assert done.status is Status.RECEIVED


def test_l942_the_time_to_report_runs_from_the_failed_dissuasion_until_the_report(world, ticket):
    def listed(minutes):
        return list_violations(now=world.now + timedelta(minutes=minutes))

    assert [(row.following, row.due_at) for row in listed(1)] == [(DISSUADED, None)]
    violations.take_step(ticket.id, DISSUADED, WORDS, **act(world, 10))
    (row,) = listed(20)
    assert (row.number, row.following, row.overdue) == (ticket.number, STOPPED, False)
    assert row.due_at == datetime(2026, 11, 22, 9, 40)
    day = 24 * 60
    assert not listed(10 + day)[0].overdue
    assert listed(11 + day)[0].overdue
    violations.take_step(ticket.id, STOPPED, StepDraft("停工"), **act(world, day + 20))
    violations.take_step(ticket.id, REPORTED, REPORT, **act(world, day + 30))
    assert [(one.following, one.due_at) for one in listed(day + 40)] == [(None, None)]


def test_l942_who_complies_need_not_be_reported(world, ticket):
    complied = replace(WORDS, outcome=Outcome.COMPLIED)
    done = violations.take_step(ticket.id, DISSUADED, complied, **act(world, 10))
    assert get_violation(done.events).complied
    assert list_violations(now=world.now + timedelta(hours=48))[0].due_at is None


def test_l942_the_hours_are_the_offices(world, ticket):
    shown = replace(settings.get_settings(), violation_hours=2)
    settings.save_settings(shown, by=world.desk.id)
    violations.take_step(ticket.id, DISSUADED, WORDS, **act(world, 10))
    assert list_violations(now=world.now)[0].due_at == datetime(2026, 11, 21, 11, 40)


@pytest.mark.parametrize("step", [STOPPED, REPORTED])
def test_l942_a_step_before_its_turn_is_refused_and_nothing_written(world, ticket, step):
    before = lines()
    with pytest.raises(RuleError) as refusal:
        violations.take_step(ticket.id, step, REPORT, **act(world, 10))
    assert refusal.value.code == "violation-order"
    assert lines() == before


def test_l942_a_report_needs_its_authority_and_a_step_its_words(world, ticket):
    with pytest.raises(DraftError):
        violations.take_step(ticket.id, DISSUADED, StepDraft("\u200b "), **act(world, 1))
    violations.take_step(ticket.id, DISSUADED, WORDS, **act(world, 1))
    violations.take_step(ticket.id, STOPPED, WORDS, **act(world, 2))
    before = lines()
    with pytest.raises(DraftError) as refusal:
        violations.take_step(ticket.id, REPORTED, StepDraft("已报"), **act(world, 3))
    assert [problem.field for problem in refusal.value.problems] == ["authority"]
    assert lines() == before


def test_steps_need_the_mark_first_and_an_open_ticket(world):
    draft = TicketDraft(Kind.COMPLAINT, "深夜施工", unit_id=world.home.id)
    made = tickets.register_ticket(draft, **act(world))
    with pytest.raises(RuleError) as refusal:
        violations.take_step(made.id, DISSUADED, WORDS, **act(world, 1))
    assert refusal.value.code == "violation-unmarked"
    violations.mark_violation(made.id, "environment", **act(world, 1))
    tickets.void_ticket(made.id, reason="重复", **act(world, 2))
    with pytest.raises(RuleError) as refusal:
        violations.take_step(made.id, DISSUADED, WORDS, **act(world, 3))
    assert refusal.value.code == "ticket-ended"


def test_the_mark_is_corrected_but_stays_once_a_step_is_taken(world, ticket):
    other = violations.mark_violation(ticket.id, "building", **act(world, 1))
    assert other.events[-1].detail == {"violation": "decoration"}
    assert count_tickets(TicketFilter(group="violations"), now=world.now) == 1
    assert violations.mark_violation(ticket.id, "", **act(world, 2)).violation == ""
    assert list_violations(now=world.now) == []
    violations.mark_violation(ticket.id, "building", **act(world, 3))
    violations.take_step(ticket.id, DISSUADED, WORDS, **act(world, 4))
    with pytest.raises(RuleError) as refusal:
        violations.mark_violation(ticket.id, "", **act(world, 5))
    assert refusal.value.code == "violation-begun"
    with pytest.raises(DraftError):
        violations.mark_violation(ticket.id, "noise", **act(world, 5))
    kinds = [event.kind for event in violations.mark_violation(
        ticket.id, "fire", **act(world, 6)).events]  # fmt: skip
    assert kinds.count(EventKind.AMENDED) == 5


def test_l942_a_breach_that_goes_on_unreported_keeps_its_complaint_open(world, ticket):
    tickets.complete_ticket(ticket.id, text="已上门", **act(world, 1))
    tickets.reply_ticket(ticket.id, text="已告知", **act(world, 2))
    violations.take_step(ticket.id, DISSUADED, WORDS, **act(world, 3))
    held = follow_ups.follow_up_ticket(ticket.id, Satisfaction.SATISFIED, **act(world, 4))
    assert held.status is Status.FOLLOWING_UP
    assert "violation-unsettled" in {gate.code for gate in unmet_gates(held, world.now.date())}
    complied = StepDraft("已停工", outcome=Outcome.COMPLIED)
    settled = violations.take_step(ticket.id, STOPPED, complied, **act(world, 5))
    assert "violation-unsettled" not in {
        gate.code for gate in unmet_gates(settled, world.now.date())
    }
