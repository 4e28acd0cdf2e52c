"""What a work order that comes back makes of its ticket: a table of cases (R40, R41, R48)."""

from dataclasses import replace
from datetime import datetime

import pytest

from propdesk.domain.paper_returns import (
    NOT_DONE_LABELS,
    OUTCOME_LABELS,
    Outcome,
    PaperReturn,
    PaperTicket,
    check_return,
    closes,
    moves_of,
    reopens,
    return_detail,
    settled,
)
from propdesk.domain.paper_trail import Course
from propdesk.domain.tickets import Kind, Satisfaction, Status


def at(clock: str) -> datetime:
    return datetime.fromisoformat(f"2026-11-21 {clock}")


SENT = PaperTicket(Kind.REPAIR, Status.DISPATCHED, Course.WORK, at("09:00"), at("12:00"))
DONE = PaperReturn(
    Outcome.SATISFIED, at("09:30"), at("10:10"), cause="垫片老化", work="更换垫片", signed=True
)
LATER = replace(DONE, outcome=Outcome.NOT_DONE, work="缺配件", signed=False)
COMPLAINT = replace(SENT, kind=Kind.COMPLAINT)


def story(draft: PaperReturn, ticket: PaperTicket) -> str:
    """The moves of a paper in words: `arrived 09:30, completed 10:10`."""
    moves = [
        f"{move.event} {move.at:%H:%M}" if move.at else str(move.event)
        for move in moves_of(draft, ticket)
    ]
    ends = ["closes"] * closes(draft, ticket) + ["reopens"] * reopens(draft, ticket)
    return ", ".join([*moves, *ends])


UNTIMED = replace(DONE, arrived_at=None, finished_at=None)
CASES = [
    ("R41 signed and satisfied", DONE, SENT,
     "arrived 09:30, completed 10:10, replied 10:10, closes"),
    ("R41 signed and fair", replace(DONE, outcome=Outcome.FAIR), SENT,
     "arrived 09:30, completed 10:10, replied 10:10, closes"),
    ("R41 not signed: the office replies", replace(DONE, signed=False), SENT,
     "arrived 09:30, completed 10:10"),
    ("R41 signed but not rated: the office replies", replace(DONE, outcome=Outcome.UNRATED), SENT,
     "arrived 09:30, completed 10:10"),
    ("R40 dissatisfied on paper goes back to work", replace(DONE, outcome=Outcome.DISSATISFIED),
     SENT, "arrived 09:30, completed 10:10, reopens"),
    ("R40 so does a complaint", replace(DONE, outcome=Outcome.DISSATISFIED), COMPLAINT,
     "arrived 09:30, completed 10:10, reopens"),
    ("decision 28: a complaint is asked after, whatever its paper says", DONE, COMPLAINT,
     "arrived 09:30, completed 10:10"),
    ("R48 who arrived before is not arrived again", DONE,
     replace(SENT, status=Status.IN_PROGRESS, arrived=True),
     "completed 10:10, replied 10:10, closes"),
    ("R48 what went on without anybody there", DONE, replace(SENT, status=Status.IN_PROGRESS),
     "arrived 09:30, completed 10:10, replied 10:10, closes"),
    ("R48 what waited goes on first", DONE, replace(SENT, status=Status.SUSPENDED),
     "resumed 09:30, arrived 09:30, completed 10:10, replied 10:10, closes"),
    ("R48 who had been there and waited comes again", DONE,
     replace(SENT, status=Status.SUSPENDED, arrived=True),
     "resumed 09:30, completed 10:10, replied 10:10, closes"),
    ("printed but never sent out", DONE, replace(SENT, status=Status.RECEIVED),
     "arrived 09:30, completed 10:10, replied 10:10, closes"),
    ("without times it is done when it is entered", UNTIMED, SENT, "completed, replied, closes"),
    ("not done, comes again: only the arrival", LATER, SENT, "arrived 09:30"),
    ("not done, waits for material", replace(LATER, waiting="material"), SENT,
     "arrived 09:30, suspended 10:10"),
    ("completed by telephone, confirmed by the paper", DONE,
     replace(SENT, status=Status.COMPLETED, course=Course.CONFIRM), "replied 10:10, closes"),
    ("an older paper is only filed", DONE, replace(SENT, course=Course.FILE), ""),
    ("a closed ticket's paper is only filed", replace(DONE, outcome=Outcome.DISSATISFIED),
     replace(SENT, status=Status.CLOSED, course=Course.FILE), ""),
]  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "ticket", "wanted"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_r41_the_moves_of_a_paper(draft, ticket, wanted):
    assert check_return(replace(draft, opinion="地上有水"), ticket) == ()
    assert story(draft, ticket) == wanted


PROBLEMS = [
    ("not yet come", replace(DONE, finished_at=at("12:01")), SENT, "finished_at"),
    ("before the dispatch", replace(DONE, arrived_at=at("08:59")), SENT, "arrived_at"),
    ("finished before the dispatch", replace(UNTIMED, finished_at=at("08:00")), SENT,
     "finished_at"),
    ("finished before the arrival", replace(DONE, finished_at=at("09:20")), SENT, "finished_at"),
    ("nothing was said of the work", replace(DONE, work=" "), SENT, "work"),
    ("why is it not done", replace(LATER, work=""), SENT, "work"),
    ("what does it wait for", replace(LATER, waiting="weather"), SENT, "waiting"),
    ("R40 dissatisfied with what", replace(DONE, outcome=Outcome.DISSATISFIED), SENT, "opinion"),
    ("completed is not undone by a paper", replace(LATER, finished_at=None, arrived_at=None),
     replace(SENT, status=Status.COMPLETED, course=Course.CONFIRM), "outcome"),
    ("a cause longer than a line", replace(DONE, cause="老" * 500), SENT, "cause"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("draft", "ticket", "field"), [case[1:] for case in PROBLEMS], ids=[one[0] for one in PROBLEMS]
)
def test_r41_what_cannot_be_entered_is_said_beside_its_field(draft, ticket, field):
    problems = check_return(draft, ticket)
    assert [problem.field for problem in problems] == [field]
    assert problems[0].text


def test_times_of_a_paper_that_is_only_filed_are_not_asked_for():
    tomorrow = replace(DONE, arrived_at=datetime(2027, 1, 1), work="")
    assert check_return(tomorrow, replace(SENT, course=Course.FILE)) == ()


def test_sent_and_arrived_in_one_minute_is_not_the_wrong_way_round():
    sent = replace(SENT, moved_at=datetime(2026, 11, 21, 9, 30, 40))
    draft = settled(DONE, sent)
    assert (draft.arrived_at, draft.finished_at) == (sent.moved_at, at("10:10"))
    assert check_return(draft, sent) == ()
    early = settled(replace(DONE, arrived_at=at("09:29")), sent)
    assert [problem.field for problem in check_return(early, sent)] == ["arrived_at"]


def test_the_journal_keeps_what_the_customer_ticked():
    assert DONE.answer is Satisfaction.SATISFIED
    assert LATER.answer is None
    assert return_detail(DONE) == {
        "signed": "yes",
        "outcome": "satisfied",
        "satisfaction": "satisfied",
        "arrived": "2026-11-21T09:30:00",
        "finished": "2026-11-21T10:10:00",
    }
    assert return_detail(replace(LATER, next_visit="明天上午"))["next_visit"] == "明天上午"


def test_every_outcome_has_its_word():
    assert set(OUTCOME_LABELS) == set(Outcome)
    assert set(NOT_DONE_LABELS) == {"again", "owner", "material", "third-party"}
