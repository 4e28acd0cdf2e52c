"""The clocks of tickets as stories: the requirement each story is about stands in its name.

A story is told in lines: time, event, and what the line carries. Statuses follow the one table of
moves, so no story tells what the desk could not have done.
"""

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from time import process_time

import pytest

from propdesk.domain.clock_alarms import escalations_due, overdue
from propdesk.domain.clock_journal import ClockFacts, Journal, Waiting, check_suspension
from propdesk.domain.clock_rules import Clock, ClockRule, Unit
from propdesk.domain.clock_table import DEFAULT_RULES, PRESETS, source_text, with_preset
from propdesk.domain.clocks import ClockState, clocks_of
from propdesk.domain.staff import Role
from propdesk.domain.tickets import (
    STILL,
    Channel,
    Event,
    EventKind,
    Kind,
    Status,
    Urgency,
    next_status,
)
from propdesk.domain.work_calendar import WorkCalendar
from propdesk.services.parts.limits import shipped_days

CALENDAR = WorkCalendar.of(shipped_days())


def at(typed: str) -> datetime:
    return datetime.fromisoformat(typed if typed[:2] == "20" else f"2026-{typed}")


def journal(*lines: str) -> tuple[Event, ...]:
    """Return the events of a story: `11-23 10:00 dispatched department=工程部`."""
    events, status, round_ = [], Status.RECEIVED, 1
    for sequence, line in zip(count(1), lines, strict=False):
        day, hour, word, *detail = line.split()
        kind = EventKind(word)
        if kind not in STILL and kind is not EventKind.REGISTERED:
            status = next_status(status, kind)
        round_ += kind is EventKind.REOPENED
        happened = at(f"{day} {hour}")
        carried = dict(one.split("=") for one in detail)
        for key in ("promised_at", "promised_before"):
            if carried.get(key):
                carried[key] = at(carried[key].replace("T", " ")).isoformat()
        events.append(
            Event(sequence, happened, happened, kind, status, round_, "王", "原因", carried)
        )
    return tuple(events)


def story(*lines: str, **more) -> ClockFacts:
    """Return what the clocks ask of a complaint by telephone, unless the story says otherwise."""
    values = {
        "number": "TS-202611-0001",
        "kind": Kind.COMPLAINT,
        "class_code": "service.environment",
        "urgency": Urgency.P2,
        "channel": Channel.PHONE,
    }
    return ClockFacts(**values | more, received_at=journal(lines[0])[0].at, events=journal(*lines))


def repair(*lines: str, **more) -> ClockFacts:
    return story(*lines, kind=Kind.REPAIR, class_code="facilities.operation", **more)


def read(facts: ClockFacts, now: str, rules=DEFAULT_RULES):
    return clocks_of(facts, rules, CALENDAR, at(now))


def one(facts: ClockFacts, clock: Clock, now: str, rules=DEFAULT_RULES):
    (found,) = (one for one in read(facts, now, rules).clocks if one.clock is clock)
    return found


MONDAY = "11-23 10:00 registered"
DISPATCH = "dispatched department=工程部"

# Requirement and story; clock; now; due; state.
CASES = [
    ("R02 somebody is to come", story(MONDAY, visit_wanted=True),
     Clock.ON_SITE, "11-23 10:02", "11-23 10:03", "running"),
    ("R02 warned before the three minutes are over", story(MONDAY, visit_wanted=True),
     Clock.ON_SITE, "11-23 10:02:30", "11-23 10:03", "warned"),
    ("R02 warned from three quarters on", story(MONDAY, visit_wanted=True),
     Clock.ON_SITE, "11-23 10:02:15", "11-23 10:03", "warned"),
    ("R02 not a second earlier", story(MONDAY, visit_wanted=True),
     Clock.ON_SITE, "11-23 10:02:14", "11-23 10:03", "running"),
    ("R02 at the third minute it is still in time",
     story(MONDAY, f"11-23 10:01 {DISPATCH}", "11-23 10:03 arrived", visit_wanted=True),
     Clock.ON_SITE, "11-23 12:00", "11-23 10:03", "met"),
    ("R02 too late",
     story(MONDAY, f"11-23 10:01 {DISPATCH}", "11-23 10:04 arrived", visit_wanted=True),
     Clock.ON_SITE, "11-23 12:00", "11-23 10:03", "breached"),
    ("R02 the dispatch is no arrival",
     story(MONDAY, f"11-23 10:01 {DISPATCH}", visit_wanted=True),
     Clock.ON_SITE, "11-23 10:05", "11-23 10:03", "breached"),
    ("R02 who completes has been there",
     story(MONDAY, f"11-23 10:01 {DISPATCH}", "11-23 10:30 completed", visit_wanted=True),
     Clock.ON_SITE, "11-23 12:00", "11-23 10:03", "breached"),
    ("R02 answered by telephone, nobody had to come",
     story(MONDAY, "11-23 10:02 replied way=phone", visit_wanted=True),
     Clock.ON_SITE, "11-23 12:00", "11-23 10:03", "cancelled"),
    ("R02 at night too", story("11-23 23:59 registered", visit_wanted=True),
     Clock.ON_SITE, "11-24 00:01", "11-24 00:02", "running"),
    ("R02 the visit is wanted later",
     story(MONDAY, "11-24 09:00 amended visit_wanted=False", visit_wanted=True),
     Clock.ON_SITE, "11-24 09:01", "11-24 09:03", "running"),
    ("R03 one working day ends with the next office day", story(MONDAY),
     Clock.REPLY, "11-23 12:00", "11-24 17:30", "running"),
    ("R03 warned when three quarters are used", story(MONDAY),
     Clock.REPLY, "11-24 14:00", "11-24 17:30", "warned"),
    ("R03 at its last second in time", story(MONDAY, "11-24 17:30 replied way=phone"),
     Clock.REPLY, "11-30 10:00", "11-24 17:30", "met"),
    ("R03 a second later", story(MONDAY, "11-24 17:30:01 replied way=phone"),
     Clock.REPLY, "11-30 10:00", "11-24 17:30", "breached"),
    ("R03 over the weekend", story("11-27 16:00 registered"),
     Clock.REPLY, "11-28 12:00", "11-30 17:30", "running"),
    ("R03 over the Spring Festival, the make-up Saturday counts",
     story("02-13 16:00 registered"), Clock.REPLY, "02-13 17:00", "02-14 17:30", "running"),
    ("R03 over the nine days of the Spring Festival", story("02-14 16:00 registered"),
     Clock.REPLY, "02-20 10:00", "02-24 17:30", "running"),
    ("R03 over National Day", story("09-30 09:00 registered"),
     Clock.REPLY, "10-05 10:00", "10-08 17:30", "running"),
    ("R03 a dispatch is no answer", story(MONDAY, f"11-23 10:05 {DISPATCH}"),
     Clock.REPLY, "11-25 09:00", "11-24 17:30", "breached"),
    ("R03 nor is the end of the work",
     story(MONDAY, f"11-23 10:05 {DISPATCH}", "11-23 12:00 completed"),
     Clock.REPLY, "11-25 09:00", "11-24 17:30", "breached"),
    ("R03 a word with the caller is no answer", story(MONDAY, "11-23 11:00 noted way=phone"),
     Clock.REPLY, "11-25 09:00", "11-24 17:30", "breached"),
    ("R03 nor is a time alone",
     story(MONDAY, "11-23 11:00 noted promised_before=", promised_at=at("11-25 18:00")),
     Clock.REPLY, "11-25 09:00", "11-24 17:30", "breached"),
    ("R04 a letter has three working days", story(MONDAY, channel=Channel.LETTER),
     Clock.REPLY, "11-23 12:00", "11-26 17:30", "running"),
    ("R04 over National Day with its make-up Saturday",
     story("09-30 09:00 registered", channel=Channel.LETTER),
     Clock.REPLY, "10-01 10:00", "10-10 17:30", "running"),
    ("R05 starts with the dispatch, runs over the weekend",
     story("11-27 09:00 registered", f"11-27 16:20 {DISPATCH}"),
     Clock.DEPARTMENT, "11-28 10:00", "11-30 16:20", "running"),
    ("R05 to be there is no report",
     story(MONDAY, f"11-23 10:30 {DISPATCH}", "11-23 11:00 arrived"),
     Clock.DEPARTMENT, "11-27 09:00", "11-26 10:30", "breached"),
    ("R05 the report stops it",
     story(MONDAY, f"11-23 10:30 {DISPATCH}", "11-26 10:30 completed"),
     Clock.DEPARTMENT, "11-27 09:00", "11-26 10:30", "met"),
    ("R05 sent again to the same department, nothing is won",
     story(MONDAY, f"11-23 10:30 {DISPATCH}", f"11-25 10:00 {DISPATCH}"),
     Clock.DEPARTMENT, "11-25 11:00", "11-26 10:30", "running"),
    ("R06 complaints are settled within the local rule's ten days", story(MONDAY),
     Clock.SOLVE, "11-24 10:00", "12-03 10:00", "running"),
    ("R06 a hotline order has five working days", story(MONDAY, channel=Channel.HOTLINE),
     Clock.SOLVE, "11-24 10:00", "11-30 17:30", "running"),
    ("R06 who asks is answered, too", story(MONDAY, kind=Kind.ENQUIRY),
     Clock.REPLY, "11-23 11:00", "11-24 17:30", "running"),
    ("R08 promised at receipt", story(MONDAY, promised_at=at("11-25 18:00")),
     Clock.PROMISE, "11-24 10:00", "11-25 18:00", "running"),
    ("R08 warned an hour ahead", story(MONDAY, promised_at=at("11-25 18:00")),
     Clock.PROMISE, "11-25 17:00", "11-25 18:00", "warned"),
    ("R08 kept when the work is done",
     story(MONDAY, f"11-23 11:00 {DISPATCH}", "11-25 17:59 completed",
           promised_at=at("11-25 18:00")),
     Clock.PROMISE, "11-28 10:00", "11-25 18:00", "met"),
    ("R08 broken", story(MONDAY, promised_at=at("11-25 18:00")),
     Clock.PROMISE, "11-25 18:01", "11-25 18:00", "breached"),
    ("R10 called at night, counted from the opening", story("11-23 22:00 registered"),
     Clock.REPLY, "11-24 08:00", "11-24 17:30", "running"),
    ("R10 called on a Sunday", story("11-29 20:00 registered"),
     Clock.REPLY, "11-29 20:01", "11-30 17:30", "running"),
    ("R10 an urgent repair runs on the wall at night",
     repair("11-23 23:50 registered", urgency=Urgency.P1),
     Clock.ON_SITE, "11-24 00:10", "11-24 00:20", "running"),
    ("R10 and on holidays", repair("10-01 02:00 registered", urgency=Urgency.P1),
     Clock.SOLVE, "10-01 10:00", "10-02 02:00", "running"),
    ("R10 contact for an ordinary repair waits for the office",
     repair("11-23 22:00 registered"), Clock.CONTACT, "11-24 08:00", "11-24 10:30", "running"),
    ("P0 five minutes", repair(MONDAY, urgency=Urgency.P0),
     Clock.ON_SITE, "11-23 10:06", "11-23 10:05", "breached"),
    ("P1 thirty minutes", repair(MONDAY, urgency=Urgency.P1),
     Clock.ON_SITE, "11-23 10:10", "11-23 10:30", "running"),
    ("P1 twenty-four hours", repair(MONDAY, urgency=Urgency.P1),
     Clock.SOLVE, "11-23 11:00", "11-24 10:00", "running"),
    ("P2 contact in two hours", repair(MONDAY),
     Clock.CONTACT, "11-23 10:30", "11-23 12:00", "running"),
    ("P2 a dispatch and a print are no contact",
     repair(MONDAY, f"11-23 10:05 {DISPATCH}", "11-23 10:06 printed", "11-23 10:07 noted"),
     Clock.CONTACT, "11-23 13:00", "11-23 12:00", "breached"),
    ("P2 a call is", repair(MONDAY, "11-23 11:00 noted way=phone"),
     Clock.CONTACT, "11-23 13:00", "11-23 12:00", "met"),
    ("P2 who urges spoke with the worker", repair(MONDAY, "11-23 11:00 urged way=phone whom=王"),
     Clock.CONTACT, "11-23 13:00", "11-23 12:00", "breached"),
    ("P2 who comes has spoken with him",
     repair(MONDAY, f"11-23 10:05 {DISPATCH}", "11-23 11:00 arrived"),
     Clock.CONTACT, "11-23 13:00", "11-23 12:00", "met"),
    ("P2 a correction is no contact", repair(MONDAY, "11-23 11:00 amended matter=灯"),
     Clock.CONTACT, "11-23 13:00", "11-23 12:00", "breached"),
    ("P2 an appointment at receipt is", repair(MONDAY, appointment="周二上午"),
     Clock.CONTACT, "11-23 10:00", "11-23 12:00", "met"),
    ("P2 forty-eight hours", repair("11-27 17:00 registered"),
     Clock.SOLVE, "11-28 10:00", "11-29 17:00", "running"),
    ("P3 contact in one working day", repair(MONDAY, urgency=Urgency.P3),
     Clock.CONTACT, "11-23 12:00", "11-24 17:30", "running"),
    ("P3 seven days", repair(MONDAY, urgency=Urgency.P3),
     Clock.SOLVE, "11-24 10:00", "11-30 10:00", "running"),
    ("SLA raised to urgent, the time runs since then",
     repair(MONDAY, "11-24 09:00 amended urgency=p2", urgency=Urgency.P1),
     Clock.ON_SITE, "11-24 09:10", "11-24 09:30", "running"),
    ("SLA lowered and raised again, nothing is won",
     repair(MONDAY, "11-24 09:00 amended urgency=p2", "11-24 10:00 amended urgency=p3"),
     Clock.SOLVE, "11-24 11:00", "11-25 10:00", "running"),
    ("SLA solved at the desk", repair(MONDAY, "11-23 10:20 replied way=phone"),
     Clock.SOLVE, "12-20 10:00", "11-25 10:00", "met"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "clock", "now", "due", "state"),
    [case[1:] for case in CASES],
    ids=[case[0].replace(" ", "-") for case in CASES],
)
def test_a_clock_stands_as_its_story_says(facts, clock, now, due, state):
    found = one(facts, clock, now)
    assert (found.due_at, found.state) == (at(due), state)
    assert not found.doubtful
    assert not found.missing_years


@pytest.mark.parametrize(
    ("facts", "clocks"),
    [
        (story(MONDAY), {Clock.REPLY, Clock.SOLVE}),
        (story(MONDAY, visit_wanted=True), {Clock.ON_SITE, Clock.REPLY, Clock.SOLVE}),
        (repair(MONDAY), {Clock.CONTACT, Clock.SOLVE}),
        (repair(MONDAY, internal=True), {Clock.SOLVE}),
        (repair(MONDAY, urgency=Urgency.P0), {Clock.ON_SITE}),
        (story(MONDAY, kind=Kind.PRAISE), set()),
    ],
    ids=[
        "R02-R03-complaint", "R02-visit-wanted", "P2-repair", "R26-internal", "P0", "R51-praise",
    ],
)  # fmt: skip
def test_a_ticket_has_the_clocks_of_its_kind(facts, clocks):
    assert {clock.clock for clock in read(facts, "11-23 10:01").clocks} == clocks


def test_r05_another_department_starts_anew_and_drops_the_first():
    facts = story(MONDAY, f"11-23 10:30 {DISPATCH}", "11-25 09:00 dispatched department=保洁部")
    first, second = (
        clock for clock in read(facts, "11-25 10:00").clocks if clock.clock is Clock.DEPARTMENT
    )
    assert (first.department, first.state) == ("工程部", ClockState.CANCELLED)
    assert (second.department, second.due_at) == ("保洁部", at("11-28 09:00"))


def test_r05_a_pause_within_the_rest_is_counted_once():
    facts = story(
        MONDAY,
        f"11-23 11:00 {DISPATCH}",
        "11-24 11:00 completed",
        "11-24 12:00 replied way=phone",
        "11-25 10:00 reopened",
        "11-25 11:00 suspended waiting=material",
        f"11-26 11:00 {DISPATCH}",
    )
    found = one(facts, Clock.DEPARTMENT, "11-26 12:00")
    assert (found.due_at, found.pauses) == (at("11-28 11:00"), 0)


def test_r05_taken_up_again_late_the_department_starts_anew():
    facts = story(
        MONDAY,
        f"11-23 11:00 {DISPATCH}",
        "11-24 11:00 completed",
        "11-24 12:00 replied way=phone",
        "11-24 12:00 closed",
        "12-02 10:00 reopened",
        f"12-02 11:00 {DISPATCH}",
        f"12-02 12:00 {DISPATCH}",
    )
    old, new = (
        clock for clock in read(facts, "12-02 13:00").clocks if clock.clock is Clock.DEPARTMENT
    )
    assert (old.state, old.round) == (ClockState.MET, 1)
    assert (new.due_at, new.round) == (at("12-05 11:00"), 2)


@pytest.mark.parametrize(
    ("line", "more"),
    [
        ("11-23 11:00 suspended waiting=owner", {}),
        ("11-23 11:00 amended appointment=", {"appointment": "周二上午"}),
        ("11-23 11:00 amended promised_at=", {"promised_at": at("11-25 18:00")}),
        ("11-23 11:00 noted promised_before=", {"promised_at": at("11-25 18:00")}),
    ],
    ids=["P2-waits-for-owner", "P2-appointment", "P2-amended-promise", "P2-promise"],
)
def test_p2_other_words_with_the_caller_are_a_contact_too(line, more):
    found = one(repair(MONDAY, line, **more), Clock.CONTACT, "11-23 13:00")
    assert (found.state, found.stopped_at) == (ClockState.MET, at("11-23 11:00"))


def test_p2_waiting_for_material_is_no_contact():
    facts = repair(MONDAY, "11-23 11:00 suspended waiting=material")
    assert one(facts, Clock.CONTACT, "11-23 11:30").state is ClockState.PAUSED


def test_r05_working_days_where_the_office_says_so():
    (preset,) = (one for one in PRESETS if one.code == "department-working-days")
    facts = story("09-30 09:00 registered", f"09-30 10:00 {DISPATCH}")
    found = one(facts, Clock.DEPARTMENT, "10-03 10:00", with_preset(DEFAULT_RULES, preset))
    assert found.due_at == at("10-10 17:30")


def test_r05_a_worker_without_department_starts_no_department_clock():
    facts = story(MONDAY, "11-23 10:30 dispatched department=")
    assert Clock.DEPARTMENT not in {clock.clock for clock in read(facts, "11-24 10:00").clocks}


def promises(facts: ClockFacts, now: str):
    return [
        (clock.due_at, clock.state)
        for clock in read(facts, now).clocks
        if clock.clock is Clock.PROMISE
    ]


def test_r07_a_promise_changed_in_time_is_settled_and_kept_in_sight():
    facts = story(
        MONDAY,
        "11-24 10:00 dispatched department=工程部 promised_before=2026-11-25T18:00",
        promised_at=at("11-27 18:00"),
    )
    assert promises(facts, "11-26 10:00") == [
        (at("11-25 18:00"), "cancelled"),
        (at("11-27 18:00"), "running"),
    ]


def test_r07_a_promise_changed_too_late_is_broken():
    facts = story(
        MONDAY, "11-26 10:00 amended promised_at=2026-11-25T18:00", promised_at=at("11-27 18:00")
    )
    assert promises(facts, "11-26 10:01") == [
        (at("11-25 18:00"), "breached"),
        (at("11-27 18:00"), "running"),
    ]


def test_r07_a_promise_made_later_starts_then():
    facts = story(
        MONDAY,
        "11-24 10:00 dispatched department=工程部 promised_before=",
        promised_at=at("11-27 18:00"),
    )
    assert one(facts, Clock.PROMISE, "11-24 11:00").started_at == at("11-24 10:00")


EXPLAINED = "way=phone promised_before= reported_to=李经理"


def test_r07_told_and_reported_the_promised_time_becomes_the_due_time():
    facts = repair(MONDAY, f"11-24 10:00 noted {EXPLAINED}", promised_at=at("11-30 18:00"))
    found = one(facts, Clock.SOLVE, "11-28 10:00")
    assert (found.first_due_at, found.due_at) == (at("11-25 10:00"), at("11-30 18:00"))
    assert found.state is ClockState.RUNNING


@pytest.mark.parametrize(
    "line",
    [
        "11-24 10:00 noted way=phone promised_before=",  # nobody above heard of it
        f"11-25 10:01 noted {EXPLAINED}",  # too late
    ],
    ids=["R07-not-reported", "R07-too-late"],
)
def test_r07_else_the_limit_stays(line):
    facts = repair(MONDAY, line, promised_at=at("11-30 18:00"))
    assert one(facts, Clock.SOLVE, "11-28 10:00").due_at == at("11-25 10:00")
    assert one(facts, Clock.SOLVE, "11-28 10:00").is_overdue


def test_r07_who_was_told_why_it_takes_longer_has_an_answer_but_a_letter_wants_a_letter():
    line = f"11-24 10:00 noted {EXPLAINED}"
    promised = at("11-30 18:00")
    told = story(MONDAY, line, promised_at=promised)
    wrote = story(MONDAY, line, promised_at=promised, channel=Channel.LETTER)
    assert one(told, Clock.REPLY, "11-28 10:00").state is ClockState.MET
    assert one(wrote, Clock.REPLY, "11-28 10:00").state is ClockState.BREACHED


WAIT = "suspended waiting=material"


@pytest.mark.parametrize("waiting", list(Waiting))
def test_a_pause_moves_the_due_time_on_by_what_was_waited(waiting):
    facts = repair(
        MONDAY,
        f"11-23 11:00 {DISPATCH}",
        f"11-23 14:00 suspended waiting={waiting}",
        "11-24 20:00 resumed",
    )
    ticket = read(facts, "11-25 10:00")
    (found,) = (clock for clock in ticket.clocks if clock.clock is Clock.SOLVE)
    assert found.due_at == at("11-26 16:00")
    assert (found.pauses, found.paused) == (1, timedelta(hours=30))
    assert (len(ticket.pauses), ticket.waited) == (1, timedelta(hours=30))
    assert ticket.pauses[0].reason == "原因"


def test_pauses_are_counted_and_the_open_one_holds_the_clock():
    facts = repair(
        MONDAY,
        f"11-23 10:00 {DISPATCH}",
        f"11-23 12:00 {WAIT}",
        f"11-23 18:00 {DISPATCH}",
        "11-24 08:00 suspended waiting=owner",
    )
    for now in ("11-24 09:00", "12-24 09:00"):
        found = one(facts, Clock.SOLVE, now)
        assert found.state is ClockState.PAUSED
        assert found.left == timedelta(hours=48 - 22 + 6)
        assert found.pauses == 2
    assert one(facts, Clock.SOLVE, "11-25 08:00").paused == timedelta(hours=30)


def test_a_pause_of_office_time_is_counted_in_office_time():
    facts = story(MONDAY, f"11-23 10:30 {DISPATCH}", f"11-23 16:30 {WAIT}", "11-24 10:30 resumed")
    found = one(facts, Clock.REPLY, "11-24 11:00")
    assert (found.due_at, found.paused) == (at("11-25 11:30"), timedelta(hours=3))


@pytest.mark.parametrize("carried", ["", "waiting=spring"])
def test_any_other_reason_is_no_pause(carried):
    facts = repair(MONDAY, f"11-23 11:00 {DISPATCH}", f"11-23 14:00 suspended {carried}")
    ticket = read(facts, "11-26 10:00")
    assert ticket.pauses == ()
    assert [row.clock for row in overdue([ticket])] == [Clock.SOLVE, Clock.CONTACT][::-1]


def test_a_pause_does_not_help_what_has_run_out():
    facts = repair(MONDAY, f"11-23 11:00 {DISPATCH}", f"11-25 10:01 {WAIT}", "11-28 10:00 resumed")
    found = one(facts, Clock.SOLVE, "11-28 11:00")
    assert (found.due_at, found.state, found.pauses) == (at("11-25 10:00"), "breached", 0)


def test_a_pause_in_the_last_second_still_holds():
    facts = repair(MONDAY, f"11-23 11:00 {DISPATCH}", f"11-25 10:00 {WAIT}")
    assert one(facts, Clock.SOLVE, "11-28 11:00").state is ClockState.PAUSED


def test_a_note_or_print_does_not_end_a_pause_but_another_cause_does():
    noted = repair(
        MONDAY,
        f"11-23 11:00 {WAIT}",
        "11-23 12:00 noted",
        "11-23 13:00 printed",
        "11-23 15:00 noted",
    )
    (pause,) = read(noted, "11-23 16:00").pauses
    assert (pause.since, pause.until) == (at("11-23 11:00"), None)
    *before, last = noted.events
    changed = replace(last, kind=EventKind.SUSPENDED, detail={"waiting": "owner"})
    ticket = read(replace(noted, events=(*before, changed)), "11-23 16:00")
    assert [(pause.waiting, pause.until) for pause in ticket.pauses] == [
        (Waiting.MATERIAL, at("11-23 15:00")),
        (Waiting.OWNER, None),
    ]
    assert ticket.waited == timedelta(hours=5)


def test_a_pause_belongs_to_the_count_in_which_it_fell():
    waited = (CLOSED[0], "11-23 10:30 suspended waiting=material", *CLOSED[1:])
    facts = repair(*waited, "12-20 10:00 reopened")
    old, new = (clock for clock in read(facts, "12-20 12:00").clocks if clock.clock is Clock.SOLVE)
    assert (old.pauses, old.paused) == (1, timedelta(minutes=30))
    assert (new.pauses, new.due_at) == (0, at("12-22 10:00"))


def test_r10_waiting_stops_no_emergency():
    facts = repair(MONDAY, f"11-23 10:05 {DISPATCH}", f"11-23 10:20 {WAIT}", urgency=Urgency.P1)
    ticket = read(facts, "11-24 10:01")
    assert {clock.state for clock in ticket.clocks} == {ClockState.BREACHED}
    assert ticket.waited == timedelta(hours=23, minutes=41)


def test_r08_waiting_moves_no_promise():
    facts = repair(
        MONDAY, f"11-23 11:00 {DISPATCH}", f"11-23 14:00 {WAIT}", promised_at=at("11-25 18:00")
    )
    assert one(facts, Clock.PROMISE, "11-25 18:01").state is ClockState.BREACHED


def test_a_suspension_needs_one_of_three_causes_and_a_reason():
    assert check_suspension("owner", "业主出差") == ()
    assert {one.field for one in check_suspension("spring", " ")} == {"waiting", "text"}


CLOSED = (
    MONDAY,
    f"11-23 11:00 {DISPATCH}",
    "11-24 10:00 completed",
    "11-24 11:00 replied way=phone",
    "11-24 11:00 closed",
)


def test_reopened_within_seven_days_the_old_clock_goes_on_with_what_was_left():
    facts = repair(*CLOSED, "12-01 11:00 reopened")
    found = one(facts, Clock.SOLVE, "12-01 12:00")
    assert (found.round, found.started_at) == (1, at("11-23 10:00"))
    assert found.due_at == at("12-02 11:00")  # 24 of 48 hours were left at completion
    assert found.left == timedelta(hours=23)
    assert found.state is ClockState.RUNNING
    assert one(facts, Clock.SOLVE, "12-02 11:01").state is ClockState.BREACHED


def test_reopened_later_a_new_clock_starts_and_the_old_result_stays():
    facts = repair(*CLOSED, "12-01 11:00:01 reopened")
    old, new = (clock for clock in read(facts, "12-01 12:00").clocks if clock.clock is Clock.SOLVE)
    assert (old.state, old.round) == (ClockState.MET, 1)
    assert (new.state, new.round) == (ClockState.RUNNING, 2)
    assert new.due_at == at("12-03 11:00:01")


def test_r40_a_dissatisfied_round_continues_the_clocks_however_late():
    facts = story(
        MONDAY,
        f"11-23 11:00 {DISPATCH}",
        "11-24 10:00 completed",
        "11-24 10:30 replied way=phone",
        "12-20 10:00 followed-up",
        "12-20 10:00 reopened",
        f"12-20 11:00 {DISPATCH}",
    )
    assert not read(facts, "12-20 12:00").doubtful
    solve = one(facts, Clock.SOLVE, "12-20 12:00")
    assert solve.due_at == at("12-29 10:00")  # a day was used; nine are left
    department = one(facts, Clock.DEPARTMENT, "12-20 12:00")
    assert department.left == timedelta(hours=72 - 23 - 1)
    reply = one(facts, Clock.REPLY, "12-20 12:00")  # a Sunday
    assert reply.left == timedelta(hours=7)
    assert reply.due_at == at("12-21 15:30")


def test_what_was_late_before_stays_late_in_the_next_round():
    late = [*CLOSED[:2], "11-26 10:00 completed", *(line.replace("11-24", "11-26")
            for line in CLOSED[3:])]  # fmt: skip
    facts = repair(
        *late, "11-27 10:00 reopened", f"11-27 10:10 {DISPATCH}", "11-27 11:00 completed"
    )
    found = one(facts, Clock.SOLVE, "11-28 10:00")
    assert (found.state, found.due_at) == (ClockState.BREACHED, at("11-25 10:00"))


def test_the_way_to_the_site_is_new_in_each_round():
    facts = repair(
        MONDAY,
        f"11-23 10:05 {DISPATCH}",
        "11-23 10:20 arrived",
        "11-23 11:00 completed",
        "11-23 11:30 replied way=visit",
        "11-23 11:30 closed",
        "11-24 09:00 reopened",
        urgency=Urgency.P1,
    )
    first, second = (
        clock for clock in read(facts, "11-24 09:10").clocks if clock.clock is Clock.ON_SITE
    )
    assert first.state is ClockState.MET
    assert (second.round, second.due_at) == (2, at("11-24 09:30"))


def test_r08_a_promise_binds_again_while_its_time_has_not_come():
    closed = {"promised_at": at("11-27 18:00")}
    soon = repair(*CLOSED, "11-26 10:00 reopened", **closed)
    late = repair(*CLOSED, "11-28 10:00 reopened", **closed)
    assert one(soon, Clock.PROMISE, "11-28 10:00").state is ClockState.BREACHED
    assert one(late, Clock.PROMISE, "11-28 10:00").state is ClockState.MET


@pytest.mark.parametrize("end", ["voided", "merged", "not-ours"])
def test_nobody_waits_for_what_is_off_the_table(end):
    facts = story(MONDAY, f"11-23 10:30 {DISPATCH}", f"11-23 11:00 {end}", visit_wanted=True)
    ticket = read(facts, "12-23 11:00")
    assert {clock.state for clock in ticket.clocks} == {ClockState.CANCELLED}
    assert overdue([ticket]) == []
    assert ticket.next_due is None


def test_overdue_names_ticket_clock_time_and_source():
    late = replace(story(MONDAY), number="TS-202611-0002")
    fine = repair("11-25 10:00 registered")
    rows = overdue([read(fine, "11-25 10:30"), read(late, "11-25 10:30")])
    assert [(row.number, row.clock, row.due_at) for row in rows] == [
        ("TS-202611-0002", Clock.REPLY, at("11-24 17:30"))
    ]
    assert (rows[0].source_code, rows[0].source) == ("R03", source_text("R03"))
    assert rows[0].over == timedelta(hours=17)


def test_overdue_begins_with_what_is_late_longest():
    tickets = [read(repair(f"11-2{n} 10:00 registered"), "11-30 10:00") for n in (4, 3, 5)]
    dues = [row.due_at for row in overdue(tickets)]
    assert dues == sorted(dues)
    assert len(dues) == 6


def test_what_is_due_first_is_named():
    ticket = read(story(MONDAY, promised_at=at("11-24 12:00")), "11-23 11:00")
    assert ticket.next_due.clock is Clock.PROMISE


@pytest.mark.parametrize(
    ("urgency", "now", "to"),
    [
        (Urgency.P1, "11-23 10:14", set()),
        (Urgency.P1, "11-23 10:15", {Role.SUPERVISOR}),
        (Urgency.P1, "11-23 10:30", {Role.SUPERVISOR, Role.MANAGER}),
        (Urgency.P1, "11-23 11:00", {Role.SUPERVISOR, Role.MANAGER}),
        (Urgency.P0, "11-23 10:00", {Role.MANAGER}),
        (Urgency.P2, "12-23 10:00", set()),
    ],
    ids=["R30-P1-29m", "R30-P1-50", "R30-P1-100", "R30-P1-late", "R30-P0-at-once", "R30-P2"],
)
def test_r30_who_above_hears_of_it(urgency, now, to):
    ticket = read(repair(MONDAY, urgency=urgency), now)
    assert {step.to for step, _clock in escalations_due(ticket)} == to


def test_r30_a_clock_that_has_stopped_calls_nobody():
    facts = repair(MONDAY, f"11-23 10:05 {DISPATCH}", "11-23 10:20 arrived", urgency=Urgency.P1)
    assert escalations_due(read(facts, "11-23 10:25")) == ()


def test_r30_nobody_above_hears_of_what_is_done():
    for urgency in (Urgency.P0, Urgency.P1):
        assert escalations_due(read(repair(*CLOSED, urgency=urgency), "12-23 10:00")) == ()


def test_a_limit_beyond_the_known_years_is_provisional():
    found = one(story("12-31 10:00 registered"), Clock.REPLY, "12-31 11:00")
    assert found.due_at == at("2027-01-01 17:30")
    assert found.missing_years == (2027,)
    assert one(story("12-31 10:00 registered"), Clock.SOLVE, "12-31 11:00").missing_years == ()


def test_f31_a_clock_that_was_set_back_makes_doubtful_not_negative():
    facts = repair(MONDAY, f"11-23 11:00 {DISPATCH}")
    first, second = facts.events
    jumped = replace(second, at=at("2019-01-01 00:00"))
    ticket = read(replace(facts, events=(jumped, first)), "11-24 10:00")
    assert ticket.doubtful
    assert all(clock.doubtful for clock in ticket.clocks)
    assert {clock.started_at for clock in ticket.clocks} == {at("11-23 10:00")}


def test_r48_what_comes_back_on_paper_counts_when_it_was_done_not_when_it_was_entered():
    facts = repair(
        MONDAY,
        f"11-23 10:05 {DISPATCH}",
        "11-23 11:40 urged",
        "11-23 12:00 printed",
        "11-23 10:20 arrived",
        "11-23 11:10 completed",
        "11-23 13:00 paper-returned",
        urgency=Urgency.P1,
        visit_wanted=True,
    )
    ticket = read(facts, "11-23 13:00")
    assert not ticket.doubtful
    by_clock = {clock.clock: clock for clock in ticket.clocks}
    assert by_clock[Clock.ON_SITE].stopped_at == at("11-23 10:20")
    assert by_clock[Clock.SOLVE].stopped_at == at("11-23 11:10")
    journal = Journal.read(facts)
    assert [line.at for line in journal.lines] == sorted(line.at for line in journal.lines)
    urged = next(line for line in journal.lines if line.kind is EventKind.URGED)
    assert urged.status is Status.COMPLETED


def test_f31_a_step_before_an_earlier_step_is_doubtful_still():
    facts = repair(MONDAY, f"11-23 11:00 {DISPATCH}", "11-23 12:00 noted", "11-23 10:30 arrived")
    assert read(facts, "11-23 13:00").doubtful


def test_f31_a_present_before_the_journal_is_doubtful():
    ticket = read(story("2036-11-24 10:00 registered"), "11-23 10:00")
    assert ticket.doubtful
    assert {clock.state for clock in ticket.clocks} == {ClockState.RUNNING}
    assert all(clock.left == clock.allowed for clock in ticket.clocks)


def test_a_ticket_as_it_was_at_an_earlier_time():
    facts = repair(
        MONDAY,
        "11-24 08:00 amended urgency=p2 kind=enquiry class_code=unclassed channel=visit",
        f"11-24 09:00 {DISPATCH} promised_before=2026-11-24T18:00",
        "11-24 10:00 completed",
        promised_at=at("11-25 18:00"),
        urgency=Urgency.P1,
    )
    read_journal = Journal.read(facts)
    assert read_journal.as_of(at("11-23 09:59")) is None
    assert len(read_journal.as_of(at("11-23 10:00")).events) == 1
    then = read_journal.as_of(at("11-24 07:00"))
    assert (then.urgency, then.promised_at) == (Urgency.P2, at("11-24 18:00"))
    assert (then.kind, then.class_code, then.channel) == ("enquiry", "unclassed", "visit")
    assert not read(then, "11-24 07:00").doubtful
    running = {clock.clock for clock in read(then, "11-24 07:00").clocks if clock.runs}
    assert running == {Clock.REPLY, Clock.PROMISE}
    assert read_journal.as_of(at("12-24 00:00")) == facts


def test_without_a_journal_the_receipt_is_all_that_is_known():
    facts = replace(story(MONDAY), events=())
    assert one(facts, Clock.REPLY, "11-23 12:00").due_at == at("11-24 17:30")


def test_a_rule_of_the_office_stands_instead_of_the_default():
    own = ClockRule(
        Clock.REPLY, 90, Unit.WORKING_MINUTES, "公司规定", Kind.COMPLAINT,
        class_prefix="service", warn_percent=None, warn_minutes=30,
    )  # fmt: skip
    rules = (*DEFAULT_RULES, own)
    found = one(story("11-23 16:30 registered"), Clock.REPLY, "11-23 17:00", rules)
    assert (found.due_at, found.source) == (at("11-24 09:00"), "公司规定")
    assert found.state is ClockState.RUNNING
    warned = one(story("11-23 16:30 registered"), Clock.REPLY, "11-24 08:30", rules)
    assert warned.state is ClockState.WARNED
    assert warned.used_percent == 66


def test_two_hundred_rows_of_a_list_are_quick():
    facts = [
        (story if n % 2 else repair)(
            MONDAY,
            f"11-23 10:05 {DISPATCH}",
            "11-23 11:00 arrived",
            f"11-23 12:00 {WAIT}",
            "11-23 15:00 resumed",
            "11-23 16:00 printed",
            "11-24 10:00 completed",
            "11-24 11:00 replied way=phone",
            visit_wanted=n % 3 == 0,
            promised_at=at("11-25 12:00"),
        )
        for n in range(200)
    ]
    now = at("11-25 10:00")

    def seconds() -> float:
        begun = process_time()
        for one_ticket in facts:
            clocks_of(one_ticket, DEFAULT_RULES, CALENDAR, now)
        return process_time() - begun

    assert min(seconds() for _ in range(5)) < 0.1
