"""A complaint through its gates on a real file: told at once, met by commands (decision 26)."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from propdesk.domain.clears import Clear
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.gates import GatesError
from propdesk.domain.judgements import judgement_of
from propdesk.domain.letters import LetterDraft
from propdesk.domain.persons import PersonDraft
from propdesk.domain.staff import Role
from propdesk.domain.tickets import (
    Channel,
    EventKind,
    Kind,
    Satisfaction,
    Severity,
    Status,
    TicketDraft,
)
from propdesk.services import follow_ups, letters, residents, staff, tickets
from propdesk.services.judging import judge_ticket
from propdesk.services.problem_reports import report_problem
from propdesk.services.queries.residents import list_residents
from propdesk.services.queries.tickets import TicketFilter, get_ticket, list_tickets
from propdesk.services.responsibility import note_manager_contact
from propdesk.services.urging import report_up
from propdesk.storage.database import rows

LETTER = LetterDraft("张先生", "来信收悉。", "深表歉意。", "已清运并增加巡查。")


@pytest.fixture
def manager(world):
    return staff.add_staff("陈经理", by=world.desk.id, role=Role.MANAGER)


def mark_special(world, special="独居老人", until=None):
    (owner,) = list_residents(world.home.id, world.now.date())
    draft = PersonDraft(
        owner.name, owner.role, owner.salutation, owner.phones, special=special, special_until=until
    )
    return residents.change_resident(
        world.home.id,
        owner.residency_id,
        draft,
        version=owner.version,
        by=world.desk.id,
        now=world.now,
    )


@pytest.fixture
def replied(world, act):
    """A complaint that was worked on and replied to; `more` is what the intake noted besides."""

    def make(**more):
        (owner,) = list_residents(world.home.id, world.now.date())
        values = {
            "kind": Kind.COMPLAINT,
            "text": "楼道垃圾三天没人收",
            "unit_id": world.home.id,
            "reporter_id": owner.person_id,
            "reporter_name": owner.name,
            "wish": "当天清走",
        }
        ticket = tickets.register_ticket(TicketDraft(**(values | more)), **act())
        tickets.dispatch_ticket(ticket.id, department_id=world.engineering, **act())
        tickets.complete_ticket(ticket.id, text="已清运", **act())
        return tickets.reply_ticket(ticket.id, text="已告知", **act())

    return make


def unmet(ticket, act, reason=""):
    """The codes with which closing is refused; empty where it was done."""
    try:
        tickets.close_ticket(ticket.id, reason=reason, **act())
    except GatesError as refusal:
        return [gate.code for gate in refusal.gates]
    return []


def test_r40_a_complaint_whose_gates_are_met_closes_with_the_answer(replied, act):
    ticket = replied()
    closed = follow_ups.follow_up_ticket(ticket.id, Satisfaction.SATISFIED, **act())
    assert (closed.status, closed.follow_up_due_on) == (Status.CLOSED, None)


def test_the_answer_stands_where_a_gate_keeps_the_complaint_open(world, replied, act, manager):
    """The caller is asked once: what he said is never lost, and the ticket stays in the queue."""
    mark_special(world)
    ticket = replied()
    after = follow_ups.follow_up_ticket(ticket.id, Satisfaction.FAIR, text="还行", **act())
    assert (after.status, after.satisfaction) == (Status.FOLLOWING_UP, Satisfaction.FAIR)
    assert after.events[-1].text == "还行"
    waiting = list_tickets(TicketFilter(group="to-follow-up"), now=world.now).rows
    assert [row.id for row in waiting] == [ticket.id]
    assert unmet(ticket, act) == ["manager-contact-missing"]
    note_manager_contact(ticket.id, text="已电话致歉", **act(manager))
    assert unmet(ticket, act) == []
    assert get_ticket(ticket.id).status is Status.CLOSED
    assert list_tickets(TicketFilter(group="to-follow-up"), now=world.now).rows == ()


def test_all_gates_are_told_at_once_and_each_is_opened_by_its_act(world, replied, act, manager):
    mark_special(world)
    ticket = replied(channel=Channel.LETTER)
    judge_ticket(ticket.id, replace(judgement_of(ticket), severity=Severity.GRAVE), **act())
    missing = [
        "problem-report-missing",
        "reply-letter-missing",
        "manager-contact-missing",
        "follow-up-missing",
        "clears-dark",
    ]
    before = rows("SELECT count(*) FROM ticket_event")
    assert unmet(ticket, act) == missing
    assert rows("SELECT count(*) FROM ticket_event") == before
    report_problem(ticket.id, department_id=world.engineering, text="请查设备", **act())
    assert unmet(ticket, act) == missing[1:]
    letters.write_letter(ticket.id, LETTER, **act())
    assert unmet(ticket, act) == missing[2:]
    note_manager_contact(ticket.id, text="已登门", **act(manager))
    assert unmet(ticket, act) == missing[3:]
    follow_ups.follow_up_ticket(ticket.id, Satisfaction.SATISFIED, **act())
    assert unmet(ticket, act) == missing[4:]
    report_up(ticket.id, "manager", to="陈经理", text="严重投诉", **act())
    assert unmet(ticket, act) == []


def test_r20_a_dark_lamp_needs_a_reason_which_stays_in_the_journal(replied, act):
    ticket = replied(wish="", reporter_id=None, reporter_name="")
    follow_ups.follow_up_ticket(ticket.id, Satisfaction.FAIR, **act())
    assert unmet(ticket, act) == ["clears-dark"]
    assert unmet(ticket, act, reason="匿名来电，未说明诉求") == []
    last = get_ticket(ticket.id).events[-1]
    assert (last.kind, last.text) == (EventKind.CLOSED, "匿名来电，未说明诉求")
    assert last.detail["dark"].split() == [Clear.ASKED, Clear.WRITTEN]


def test_r20_the_reason_may_come_with_the_answer(replied, act):
    ticket = replied(wish="")
    closed = follow_ups.follow_up_ticket(
        ticket.id, Satisfaction.FAIR, reason="来电人未提要求", **act()
    )
    assert closed.status is Status.CLOSED
    assert closed.events[-1].text == "来电人未提要求"


def test_r20_other_kinds_show_the_lamps_and_cost_nothing(world, act):
    draft = TicketDraft(Kind.REPAIR, "水管爆裂", place="3栋大堂", class_code="incident.flooding")
    ticket = tickets.register_ticket(draft, **act())
    tickets.complete_ticket(ticket.id, text="已修", **act())
    assert tickets.reply_ticket(ticket.id, text="已告知", **act()).status is Status.CLOSED


@pytest.mark.parametrize(
    ("days", "codes"), [(None, ["manager-contact-missing"]), (0, ["manager-contact-missing"])]
)
def test_r42_a_special_customer_waits_for_the_manager(world, replied, act, days, codes):
    until = None if days is None else world.now.date() + timedelta(days=days)
    mark_special(world, until=until)
    ticket = replied()
    follow_ups.follow_up_ticket(ticket.id, Satisfaction.SATISFIED, **act())
    assert unmet(ticket, act, reason="经理没空") == codes


def test_r42_the_mark_runs_out(world, replied, act):
    mark_special(world, until=world.now.date() - timedelta(days=1))
    ticket = replied()
    assert ticket.special == "独居老人"
    closed = follow_ups.follow_up_ticket(ticket.id, Satisfaction.SATISFIED, **act())
    assert closed.status is Status.CLOSED


def test_r42_the_mark_has_a_reason_and_can_be_taken_away(world, replied):
    with pytest.raises(DraftError) as refusal:
        mark_special(world, special=" \t", until=date(2027, 1, 1))
    assert [problem.field for problem in refusal.value.problems] == ["special"]
    mark_special(world, until=date(2027, 1, 1))
    (owner,) = list_residents(world.home.id, world.now.date())
    assert (owner.special, owner.special_until) == ("独居老人", date(2027, 1, 1))
    mark_special(world, special="")
    assert replied().special == ""


@pytest.mark.parametrize("role", set(Role) - {Role.MANAGER})
def test_r42_only_a_manager_notes_the_managers_contact(world, replied, act, role):
    ticket = replied()
    other = staff.add_staff(role.value, by=world.desk.id, role=role)
    with pytest.raises(RuleError) as refusal:
        note_manager_contact(ticket.id, text="代经理记", **act(other))
    assert refusal.value.code == "not-allowed"


def test_r42_the_manager_speaks_after_the_work(world, act, manager):
    ticket = tickets.register_ticket(TicketDraft(Kind.COMPLAINT, "噪音", place="大堂"), **act())
    with pytest.raises(RuleError) as refusal:
        note_manager_contact(ticket.id, text="先打电话", **act(manager))
    assert refusal.value.code == "work-not-done"
    tickets.complete_ticket(ticket.id, text="已劝阻", **act())
    with pytest.raises(DraftError):
        note_manager_contact(ticket.id, text="\u200b", **act(manager))
    after = note_manager_contact(ticket.id, text="已致歉", **act(manager))
    assert (after.events[-1].by, after.status) == ("陈经理", Status.COMPLETED)


def test_closing_before_its_time_says_what_is_possible_not_the_gates(world, act):
    ticket = tickets.register_ticket(TicketDraft(Kind.COMPLAINT, "噪音", place="大堂"), **act())
    with pytest.raises(RuleError) as refusal:
        tickets.close_ticket(ticket.id, **act())
    assert refusal.value.code == "move-not-allowed"
