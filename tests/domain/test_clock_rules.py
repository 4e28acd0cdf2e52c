"""Which rule holds for a ticket, how it reads, and which tables are refused."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.clock_rules import Clock, ClockRule, Unit, check_rules, limit_text, rules_for
from propdesk.domain.clock_table import (
    DEFAULT_RULES,
    ESCALATIONS,
    PRESETS,
    SOURCES,
    source_code,
    source_text,
    with_preset,
)
from propdesk.domain.tickets import Channel, Kind, Urgency
from propdesk.i18n import set_language

ANY = ClockRule(Clock.REPLY, 1, Unit.WORKING_DAYS, "any")
KIND = replace(ANY, source="kind", kind=Kind.COMPLAINT)
CLASS = replace(ANY, source="class", class_prefix="incident")
SUBCLASS = replace(ANY, source="subclass", class_prefix="incident.lift")
URGENCY = replace(ANY, source="urgency", urgency=Urgency.P1)
CHANNEL = replace(ANY, source="channel", channel=Channel.LETTER)


def chosen(*rules, **more):
    ticket = {
        "kind": Kind.COMPLAINT,
        "class_code": "incident.lift",
        "urgency": Urgency.P1,
        "channel": Channel.LETTER,
        "visit_wanted": False,
    }
    found = rules_for(rules, **ticket | more)
    return found[Clock.REPLY].source if Clock.REPLY in found else None


@pytest.mark.parametrize(
    ("rules", "stands"),
    [
        ((ANY,), "any"),
        ((ANY, CHANNEL), "channel"),
        ((CHANNEL, URGENCY), "urgency"),
        ((URGENCY, CHANNEL, CLASS), "class"),
        ((CLASS, SUBCLASS), "subclass"),
        ((SUBCLASS, URGENCY, CHANNEL, KIND), "kind"),
        ((KIND, replace(KIND, source="both", channel=Channel.LETTER)), "both"),
    ],
)
def test_the_row_that_names_its_tickets_most_closely_stands(rules, stands):
    assert chosen(*rules) == chosen(*reversed(rules)) == stands


@pytest.mark.parametrize(
    ("more", "stands"),
    [
        ({"kind": Kind.REPAIR}, "any"),
        ({}, "kind"),
    ],
)
def test_a_row_for_other_tickets_does_not_hold(more, stands):
    assert chosen(ANY, KIND, **more) == stands


def test_a_class_holds_for_its_sub_classes_but_not_for_a_namesake():
    assert chosen(CLASS, class_code="incident") == "class"
    assert chosen(CLASS, class_code="incident.water") == "class"
    assert chosen(SUBCLASS, class_code="incident") is None
    assert chosen(replace(CLASS, class_prefix="incident.l")) is None


def test_a_row_for_visits_holds_only_when_somebody_is_to_come():
    visit = replace(KIND, source="visit", visit_only=True)
    assert chosen(ANY, visit) == "any"
    assert chosen(ANY, visit, visit_wanted=True) == "visit"


def test_a_limit_of_nothing_takes_the_clock_away():
    assert chosen(ANY, replace(CHANNEL, target=0)) is None


def test_a_promise_needs_no_number():
    promise = ClockRule(Clock.PROMISE, 0, Unit.PROMISED, "R08")
    found = rules_for(
        [promise],
        kind=Kind.PRAISE,
        class_code="unclassed",
        urgency=Urgency.P3,
        channel=Channel.OTHER,
        visit_wanted=False,
    )
    assert found == {Clock.PROMISE: promise}


def test_the_default_table_and_each_preset_are_sound():
    assert check_rules(DEFAULT_RULES) == ()
    for preset in PRESETS:
        table = with_preset(DEFAULT_RULES, preset)
        assert check_rules(table) == ()
        assert set(preset.rules) <= set(table)
    assert len({preset.code for preset in PRESETS}) == len(PRESETS)


def test_every_source_of_the_tables_is_explained():
    set_language("en")
    rules = [*DEFAULT_RULES, *(rule for preset in PRESETS for rule in preset.rules)]
    for source in {rule.source for rule in rules} | {step.source for step in ESCALATIONS}:
        assert source_text(source) == str(SOURCES[source])
        assert source_code(source) == source
    assert (source_text("合同第 8 条"), source_code("合同第 8 条")) == ("合同第 8 条", "")


@pytest.mark.parametrize(
    ("rules", "field"),
    [
        ([KIND, CHANNEL, replace(KIND, target=9)], "2.clock"),
        ([KIND, replace(KIND, visit_only=True)], "1.clock"),
        ([replace(ANY, target=-1)], "0.target"),
        ([replace(ANY, target=367)], "0.target"),
        ([replace(ANY, class_prefix="lift")], "0.class_prefix"),
        ([replace(ANY, source=" ")], "0.source"),
        ([replace(ANY, unit=Unit.PROMISED, target=0)], "0.unit"),
        ([ClockRule(Clock.PROMISE, 3, Unit.MINUTES, "R08")], "0.unit"),
        ([ClockRule(Clock.PROMISE, 3, Unit.PROMISED, "R08")], "0.target"),
        ([replace(ANY, warn_percent=0)], "0.warn_percent"),
        ([replace(ANY, warn_percent=100)], "0.warn_percent"),
        ([replace(ANY, warn_percent=None, warn_minutes=0)], "0.warn_percent"),
        ([replace(ANY, warn_minutes=60)], "0.warn_minutes"),
    ],
)
def test_a_table_that_leaves_something_open_is_refused(rules, field):
    problems = check_rules(rules)
    assert [problem.field for problem in problems] == [field]
    assert problems[0].text


ROWS = st.builds(
    ClockRule,
    clock=st.just(Clock.REPLY),
    target=st.just(1),
    unit=st.just(Unit.WORKING_DAYS),
    source=st.just("own"),
    kind=st.none() | st.just(Kind.COMPLAINT),
    class_prefix=st.sampled_from(["", "incident", "incident.lift"]),
    urgency=st.none() | st.just(Urgency.P1),
    channel=st.none() | st.just(Channel.LETTER),
)


@given(st.lists(ROWS, min_size=1), st.randoms(use_true_random=False))
def test_a_sound_table_leaves_no_choice_to_its_order(rules, chance):
    if check_rules(rules):
        return
    shuffled = list(rules)
    chance.shuffle(shuffled)
    ticket = (Kind.COMPLAINT, "incident.lift", Urgency.P1, Channel.LETTER)
    kind, class_code, urgency, channel = ticket
    first, second = (
        rules_for(
            table,
            kind=kind,
            class_code=class_code,
            urgency=urgency,
            channel=channel,
            visit_wanted=True,
        )
        for table in (rules, shuffled)
    )
    assert first == second


@pytest.mark.parametrize(
    ("target", "unit", "text"),
    [
        (3, Unit.MINUTES, "3 minutes"),
        (60, Unit.MINUTES, "1 hour"),
        (2880, Unit.MINUTES, "48 hours"),
        (120, Unit.WORKING_MINUTES, "2 hours of office time"),
        (90, Unit.WORKING_MINUTES, "90 minutes of office time"),
        (1, Unit.WORKING_DAYS, "1 working day"),
        (3, Unit.CALENDAR_DAYS, "3 days"),
        (0, Unit.MINUTES, "no limit"),
        (0, Unit.PROMISED, "as promised"),
    ],
)
def test_a_limit_reads_in_words(target, unit, text):
    set_language("en")
    assert limit_text(replace(ANY, target=target, unit=unit)) == text
