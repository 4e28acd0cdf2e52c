"""The gates of a complaint (decision 26) and the six clears (R20) as tables of cases."""

from dataclasses import fields, replace
from datetime import date, datetime, timedelta

import pytest

from propdesk.domain.clears import Clear, clears_of
from propdesk.domain.gates import GateAct, GatesError, unmet_gates
from propdesk.domain.persons import is_special
from propdesk.domain.tickets import (
    Channel,
    Event,
    EventKind,
    Kind,
    ReporterKind,
    Severity,
    Status,
    Ticket,
    Urgency,
)

NOW = datetime(2026, 11, 21, 10, 0)
DAY = NOW.date()

E = EventKind
SATISFIED = (E.FOLLOWED_UP, "satisfied")
FAIR = (E.FOLLOWED_UP, "fair")
DISSATISFIED = (E.FOLLOWED_UP, "dissatisfied")
UNREACHED = (E.FOLLOWED_UP, "unreached")
WORKED = (E.REGISTERED, E.DISPATCHED, E.COMPLETED, E.REPLIED)

_WORDS = {field.name: "" for field in fields(Ticket) if field.type in {"str", str}}
_NONE = {field.name: None for field in fields(Ticket) if "None" in str(field.type)}
_NUMBERS = dict.fromkeys(
    ("id", "round", "dispatches", "first_receiver_id", "replier_id", "version"), 1
)
_FLAGS = dict.fromkeys(
    ("class_suggested", "common_part", "visit_wanted", "is_master"), False
)  # fmt: skip


def events_of(*steps, round_=1) -> tuple[Event, ...]:
    """A journal of these events, a minute each; a follow-up comes with its answer."""
    found = []
    for place, step in enumerate(steps):
        kind, answer = step if isinstance(step, tuple) else (step, "")
        at = NOW + timedelta(minutes=place)
        detail = {"answer": answer} if answer else {}
        found.append(
            Event(place, at, at, kind, Status.FOLLOWING_UP, round_, "前台", "", detail)
        )  # fmt: skip
    return tuple(found)


def complaint(*steps, **more) -> Ticket:
    """A complaint whose intake is complete, with this journal in its first round."""
    said = {
        "kind": Kind.COMPLAINT,
        "status": Status.FOLLOWING_UP,
        "channel": Channel.PHONE,
        "urgency": Urgency.P2,
        "severity": Severity.ORDINARY,
        "reporter_kind": ReporterKind.RESIDENT,
        "received_at": NOW,
        "text": "楼上深夜拖家具",
        "unit": "3-2-501",
        "wish": "请楼上十点后安静",
        "reporter_name": "张先生",
        "events": events_of(*steps),
    }
    return Ticket(**(_WORDS | _NONE | _NUMBERS | _FLAGS | said | more))


def codes(ticket, reason="", day=DAY):
    return [gate.code for gate in unmet_gates(ticket, day, reason)]


def dark(ticket):
    return [lamp.clear for lamp in clears_of(ticket) if not lamp.is_lit]


FULL = (*WORKED, SATISFIED)


@pytest.mark.parametrize(
    ("steps", "reason", "code"),
    [
        (WORKED, "", "follow-up-missing"),
        ((*WORKED, UNREACHED, UNREACHED), "三次未接通", "follow-up-missing"),
        ((*WORKED, UNREACHED, UNREACHED, UNREACHED), "", "follow-up-missing"),
        ((*WORKED, UNREACHED, UNREACHED, UNREACHED), " \t", "follow-up-missing"),
        ((*WORKED, UNREACHED, UNREACHED, UNREACHED), "三次未接通", ""),
        ((*WORKED, DISSATISFIED), "别管了", "caller-dissatisfied"),
        ((*WORKED, SATISFIED, DISSATISFIED), "", "caller-dissatisfied"),
        ((*WORKED, FAIR), "", ""),
        ((*WORKED, UNREACHED, SATISFIED), "", ""),
    ],
)
def test_r40_a_complaint_is_never_closed_against_its_caller(steps, reason, code):
    assert codes(complaint(*steps), reason) == ([code] if code else [])
    assert codes(complaint(*steps, kind=Kind.REPAIR), reason) == []


def test_r40_only_the_answer_of_the_present_round_counts():
    second = events_of(*WORKED, round_=2)
    ticket = complaint(round=2, events=(*events_of(*FULL), *second))
    assert codes(ticket) == ["follow-up-missing"]


def test_r40_who_was_not_reached_three_times_leaves_a_reason_and_nobody_is_called_again():
    tries = complaint(*WORKED, UNREACHED, UNREACHED, UNREACHED)
    assert [gate.act for gate in unmet_gates(tries, DAY)] == [GateAct.REASON]
    assert [gate.act for gate in unmet_gates(complaint(*WORKED), DAY)] == [GateAct.FOLLOW_UP]


@pytest.mark.parametrize(
    ("steps", "more", "clears"),
    [
        (FULL, {}, []),
        ((E.REGISTERED,), {}, [Clear.TRACKED, Clear.ANSWERED]),
        ((E.REGISTERED, UNREACHED), {}, [Clear.TRACKED, Clear.ANSWERED]),
        ((E.REGISTERED, E.REPLIED), {}, [Clear.TRACKED]),
        ((E.REGISTERED, E.REPLIED, FAIR), {}, []),
        ((E.REGISTERED, E.URGED, E.REPLIED), {}, []),
        ((E.REGISTERED, E.NOTED, E.PRINTED, E.REPLIED), {}, [Clear.TRACKED]),
        (WORKED, {"text": ""}, [Clear.HEARD]),
        (WORKED, {"wish": ""}, [Clear.WRITTEN]),
        (WORKED, {"wish": "", "kind": Kind.REPAIR}, []),
        (WORKED, {"reporter_name": ""}, [Clear.ASKED]),
        (WORKED, {"reporter_name": "", "reporter_phone": "13800001234"}, []),
        (WORKED, {"reporter_name": "", "reporter_id": 7}, []),
        (WORKED, {"unit": ""}, [Clear.ASKED]),
        (WORKED, {"unit": "", "place": "3栋大堂"}, []),
        ((*WORKED, FAIR), {"wish": "", "reporter_name": ""}, [Clear.ASKED, Clear.WRITTEN]),
        (FULL, {"wish": "", "reporter_name": ""}, []),
        (WORKED, {"urgency": Urgency.P0}, [Clear.REPORTED]),
        (WORKED, {"urgency": Urgency.P1}, [Clear.REPORTED]),
        (WORKED, {"urgency": Urgency.P3}, []),
        (WORKED, {"severity": Severity.COMPLEX}, [Clear.REPORTED]),
        (WORKED, {"severity": Severity.GRAVE}, [Clear.REPORTED]),
        ((*WORKED, E.REPORTED_UP), {"urgency": Urgency.P0}, []),
    ],
)
def test_r20_each_of_the_six_clears_is_proven_by_intake_or_journal(steps, more, clears):
    assert dark(complaint(*steps, **more)) == clears


def test_r07_a_new_time_that_was_told_above_is_a_report():
    told = replace(events_of(E.PROMISED)[0], sequence=9, detail={"reported_to": "李经理"})
    ticket = complaint(urgency=Urgency.P1, events=(*events_of(*WORKED), told))
    assert dark(ticket) == []
    assert dark(replace(ticket, round=2)) == [Clear.TRACKED, Clear.ANSWERED, Clear.REPORTED]


def test_r20_a_new_round_is_tracked_answered_and_reported_anew():
    first = events_of(*WORKED, E.REPORTED_UP, DISSATISFIED, E.REOPENED)
    again = complaint(round=2, urgency=Urgency.P1, events=first)
    assert dark(again) == [Clear.TRACKED, Clear.ANSWERED, Clear.REPORTED]


def test_r20_a_dark_lamp_needs_a_reason_in_a_complaint_and_costs_nothing_elsewhere():
    ticket = complaint(*WORKED, FAIR, wish="", urgency=Urgency.P1)
    (gate,) = unmet_gates(ticket, DAY)
    assert (gate.code, gate.act) == ("clears-dark", GateAct.REASON)
    assert codes(ticket, "业主只要求登记") == []
    for kind in set(Kind) - {Kind.COMPLAINT}:
        assert codes(replace(ticket, kind=kind)) == []


@pytest.mark.parametrize(
    ("channel", "steps", "met"),
    [
        (Channel.LETTER, FULL, False),
        (Channel.LETTER, (*WORKED, E.LETTER_WRITTEN, SATISFIED), True),
        (Channel.PHONE, FULL, True),
        (Channel.ONLINE, FULL, True),
    ],
)
def test_r04_a_letter_is_answered_by_a_letter(channel, steps, met):
    expected = [] if met else ["reply-letter-missing"]
    assert codes(complaint(*steps, channel=channel), "理由") == expected


def test_r04_the_letter_of_an_earlier_round_does_not_answer_this_one():
    first = events_of(*WORKED, E.LETTER_WRITTEN, DISSATISFIED)
    ticket = complaint(
        round=2, channel=Channel.LETTER, events=(*first, *events_of(*FULL, round_=2))
    )
    assert codes(ticket) == ["reply-letter-missing"]


@pytest.mark.parametrize("severity", Severity)
@pytest.mark.parametrize("reported", [False, True])
def test_r33_a_complex_or_grave_matter_needs_the_written_report(severity, reported):
    steps = (*WORKED, E.PROBLEM_REPORTED, SATISFIED) if reported else FULL
    ticket = complaint(*steps, severity=severity)
    is_missing = severity is not Severity.ORDINARY and not reported
    assert codes(ticket, "已口头上报") == (["problem-report-missing"] if is_missing else [])


def test_r33_what_was_reported_in_writing_once_is_not_reported_again_each_round():
    first = events_of(*WORKED, E.PROBLEM_REPORTED, DISSATISFIED)
    events = (*first, *events_of(*FULL, round_=2))
    ticket = complaint(round=2, severity=Severity.GRAVE, events=events)
    assert codes(ticket, "已口头上报") == []


SPECIAL = {"special": "独居老人"}


@pytest.mark.parametrize(
    ("steps", "more", "met"),
    [
        (FULL, {}, True),
        (FULL, SPECIAL, False),
        ((*WORKED, E.MANAGER_CONTACT, SATISFIED), SPECIAL, True),
        ((*WORKED, SATISFIED, E.MANAGER_CONTACT), SPECIAL, True),
        # Before the work, or before the work was done once more: it does not count.
        ((E.REGISTERED, E.MANAGER_CONTACT, E.COMPLETED, E.REPLIED, SATISFIED), SPECIAL, False),
        ((*WORKED[:3], E.MANAGER_CONTACT, *WORKED[1:], SATISFIED), SPECIAL, False),
        # Answered without any work.
        ((E.REGISTERED, E.REPLIED, E.MANAGER_CONTACT, SATISFIED), SPECIAL, True),
        (FULL, SPECIAL | {"special_until": DAY - timedelta(days=1)}, True),
        (FULL, SPECIAL | {"special_until": DAY}, False),
        (FULL, SPECIAL | {"special_until": date(2027, 1, 1)}, False),
    ],
)
def test_r42_the_manager_speaks_with_a_special_customer_after_the_work(steps, more, met):
    expected = [] if met else ["manager-contact-missing"]
    assert codes(complaint(*steps, **more), "理由") == expected


def test_r42_a_special_customer_is_one_up_to_the_last_day():
    assert is_special("独居老人", DAY, DAY)
    assert not is_special("独居老人", DAY, DAY + timedelta(days=1))
    assert is_special("独居老人", None, date(2099, 1, 1))
    assert not is_special("", None, DAY)


def test_all_gates_are_told_at_once_each_with_sentence_and_act():
    ticket = complaint(
        *WORKED,
        **SPECIAL,
        wish="",
        channel=Channel.LETTER,
        severity=Severity.GRAVE,
    )
    gates = unmet_gates(ticket, DAY)
    assert [gate.act for gate in gates] == [
        GateAct.PROBLEM_REPORT,
        GateAct.LETTER,
        GateAct.MANAGER_CONTACT,
        GateAct.FOLLOW_UP,
        GateAct.REASON,
    ]
    refusal = GatesError(gates)
    assert refusal.code == "problem-report-missing"
    assert str(refusal).splitlines() == [gate.sentence for gate in gates]
    assert len({gate.code for gate in gates}) == len(gates)
