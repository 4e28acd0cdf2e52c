"""A complex or grave matter is reported to its department in writing (R33)."""

import pytest

from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.tickets import EventKind, Kind, Status, TicketDraft
from propdesk.services import tickets
from propdesk.services.problem_reports import report_problem
from propdesk.services.queries.tickets import get_ticket


@pytest.fixture
def ticket(world):
    draft = TicketDraft(Kind.COMPLAINT, "外墙掉砖。", place="3栋东侧")
    return tickets.register_ticket(draft, by=world.desk.id, now=world.now)


def test_r33_the_journal_says_which_department_was_told_what(world, ticket):
    told = report_problem(
        ticket.id,
        department_id=world.engineering,
        text="外墙砖脱落，\n请今天围挡并查明范围。",
        by=world.desk.id,
        now=world.now,
    )
    last = told.events[-1]
    assert last.kind is EventKind.PROBLEM_REPORTED
    assert last.detail == {"department": "工程部"}
    assert last.text == "外墙砖脱落，\n请今天围挡并查明范围。"
    assert told.status is Status.RECEIVED


@pytest.mark.parametrize(
    ("department", "text", "fields"),
    [
        (None, "围挡", ["department_id"]),
        (9999, "围挡", ["department_id"]),
        (1, " \u200b ", ["text"]),
        (None, "", ["department_id", "text"]),
    ],
)
def test_r33_department_and_words_are_needed_and_a_refusal_writes_nothing(
    world, ticket, department, text, fields
):
    with pytest.raises(DraftError) as refusal:
        report_problem(
            ticket.id, department_id=department, text=text, by=world.desk.id, now=world.now
        )
    assert [one.field for one in refusal.value.problems] == fields
    assert get_ticket(ticket.id).events == ticket.events


def test_r44_an_ended_ticket_is_not_reported_any_more(world, ticket):
    tickets.void_ticket(ticket.id, reason="重复", by=world.desk.id, now=world.now)
    with pytest.raises(RuleError) as refusal:
        report_problem(
            ticket.id, department_id=world.engineering, text="x", by=world.desk.id, now=world.now
        )
    assert refusal.value.code == "ticket-not-open"
