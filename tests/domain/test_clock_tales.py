"""The clocks of any ticket, however strange its journal: drawn at random, backwards too (F31)."""

from datetime import datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.clock_journal import ClockFacts
from propdesk.domain.clock_rules import Clock
from propdesk.domain.clock_table import DEFAULT_RULES
from propdesk.domain.clocks import ClockState, clocks_of
from propdesk.domain.tickets import (
    STILL,
    TRANSITIONS,
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


@st.composite
def tales(draw) -> ClockFacts:
    """Draw any legal course of events with any times, backwards too, and any field."""
    moments = st.datetimes(datetime(2025, 12, 1), datetime(2027, 2, 1))
    moment = draw(moments).replace(microsecond=0)
    steps = st.one_of(
        st.integers(0, 400_000).map(lambda seconds: timedelta(seconds=seconds)),
        st.integers(-40, 40).map(lambda days: timedelta(days=days)),
    )
    details = st.fixed_dictionaries(
        {},
        optional={
            "waiting": st.sampled_from(["owner", "material", "third-party", "other"]),
            "department": st.sampled_from(["工程部", "保洁部", ""]),
            "way": st.just("phone"),
            "promised_before": st.sampled_from(["", "2026-11-25T18:00:00", "soon"]),
            "promised_at": st.sampled_from(["", "2026-11-25 18:00:00"]),
            "reported_to": st.sampled_from(["", "李"]),
            "urgency": st.sampled_from(Urgency).map(str),
            "visit_wanted": st.sampled_from(["True", "False"]),
            "appointment": st.sampled_from(["", "周二"]),
        },
    )
    status, round_, events = Status.RECEIVED, 1, []
    kind = EventKind.REGISTERED
    for sequence in range(1, draw(st.integers(1, 12)) + 1):
        detail = draw(details)
        events.append(Event(sequence, moment, moment, kind, status, round_, "王", "", detail))
        kind = draw(st.sampled_from(sorted(TRANSITIONS[status].keys() | STILL)))
        if kind not in STILL:
            status = next_status(status, kind)
            round_ += kind is EventKind.REOPENED
        moment += draw(steps)
    return ClockFacts(
        number="n",
        kind=draw(st.sampled_from(Kind)),
        class_code="incident.water",
        urgency=draw(st.sampled_from(Urgency)),
        channel=draw(st.sampled_from(Channel)),
        received_at=events[0].at,
        events=tuple(draw(st.permutations(events))),
        visit_wanted=draw(st.booleans()),
        appointment=draw(st.sampled_from(["", "周三"])),
        promised_at=draw(st.none() | moments),
    )


def is_out_of_order(entered) -> bool:
    """A step may be entered after later notes, as paper comes back late; all else goes forward."""
    for place, event in enumerate(entered):
        is_late_step = event.kind not in STILL and "promised_before" not in event.detail
        before = [one for one in entered[:place] if not is_late_step or one.kind not in STILL]
        if any(one.at > event.at for one in before):
            return True
    return False


@given(tales(), st.datetimes(datetime(2025, 12, 1), datetime(2028, 2, 1)))
def test_f31_every_tale_gives_sound_clocks(facts, now):
    ticket = clocks_of(facts, DEFAULT_RULES, CALENDAR, now)
    assert ticket == clocks_of(facts, DEFAULT_RULES, CALENDAR, now)
    entered = sorted(facts.events, key=lambda event: event.sequence)
    times = [event.at for event in entered]
    assert ticket.doubtful == (is_out_of_order(entered) or now.replace(microsecond=0) < max(times))
    assert all(pause.until is None or pause.since <= pause.until for pause in ticket.pauses)
    running = [clock.clock for clock in ticket.clocks if clock.runs]
    assert len(running) == len(set(running))
    for clock in ticket.clocks:
        assert min(clock.left, clock.over, clock.paused, ticket.waited) >= timedelta()
        assert clock.first_due_at <= clock.due_at or clock.clock is Clock.PROMISE
        assert clock.left == timedelta() or clock.over == timedelta()
        assert 0 <= clock.used_percent <= 100
        assert clock.runs == (clock.stopped_by is None)
        assert clock.is_overdue == (clock.runs and clock.over > timedelta())
        if clock.state is ClockState.PAUSED:
            assert ticket.pauses[-1].until is None
        if not ticket.is_open:
            assert not clock.runs


@given(tales(), st.integers(0, 10**7), st.integers(0, 10**7))
def test_what_is_late_never_comes_back_in_time(facts, one_later, two_later):
    last = max(event.at for event in facts.events)
    first, second = (last + timedelta(seconds=n) for n in sorted((one_later, two_later)))
    early = clocks_of(facts, DEFAULT_RULES, CALENDAR, first).clocks
    late = clocks_of(facts, DEFAULT_RULES, CALENDAR, second).clocks
    for before, after in zip(early, late, strict=True):
        assert after.due_at >= before.due_at
        assert after.over >= before.over
        if before.state is ClockState.BREACHED:
            assert after.state is ClockState.BREACHED
