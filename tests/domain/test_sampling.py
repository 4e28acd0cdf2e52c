"""Who is asked when a ticket closes: decision 28 as a table of cases, and an honest draw."""

from datetime import date

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.sampling import (
    DEFAULT_PERCENTS,
    FOLLOW_UP_DAYS,
    SAMPLE_RULES,
    SampleFacts,
    check_days,
    check_percents,
    find_row,
    follow_up_due,
    is_drawn,
    sample_rule,
)
from propdesk.domain.tickets import Kind, Urgency

# Typed by hand from decision 28 and law.md 1.10:
# kind, urgency, leak, paid, taken up again: row, percent
CASES = """
complaint   p2  -  -  -  complaint  100
complaint   p0  -  -  -  complaint  100
repair      p0  -  -  -  p0         100
enquiry     p0  -  -  -  p0         100
repair      p1  -  -  -  p1         100
repair      p2  -  -  y  came-back  100
repair      p2  y  -  -  leak       100
enquiry     p3  y  -  -  leak       100
repair      p3  -  y  -  paid       100
repair      p2  -  -  -  repair     30
repair      p3  -  -  -  repair     30
enquiry     p2  -  -  -  other      10
suggestion  p2  -  -  -  other      10
praise      p2  -  -  -  other      10
bill-query  p2  -  -  -  other      10
"""


@pytest.mark.parametrize("case", CASES.strip().splitlines())
def test_d28_the_first_row_that_holds_says_how_many_are_asked(case):
    kind, urgency, leak, paid, again, row, percent = case.split()
    facts = SampleFacts(Kind(kind), Urgency(urgency), leak == "y", paid == "y", again == "y")
    rule = sample_rule(facts)
    assert (rule.code, rule.percent) == (row, int(percent))


def test_d28_every_row_has_a_source_and_is_reached_by_a_case():
    reached = {case.split()[5] for case in CASES.strip().splitlines()}
    assert {rule.code for rule in SAMPLE_RULES} == reached
    assert all(str(rule.source) and str(rule.label) for rule in SAMPLE_RULES)
    assert FOLLOW_UP_DAYS == 3


@pytest.mark.parametrize("percent", [0, 1, 10, 30, 99, 100])
def test_d28_of_a_hundred_chances_so_many_are_drawn(percent):
    assert sum(is_drawn(percent, chance) for chance in range(1, 101)) == percent


def test_the_follow_up_is_due_days_after_the_closing():
    assert follow_up_due(date(2026, 11, 29), 3) == date(2026, 12, 2)
    assert follow_up_due(date(2026, 11, 29), 0) == date(2026, 11, 29)


@pytest.mark.parametrize("percent", [-1, 101, 30.5, "30"])
def test_a_share_that_is_none_is_refused(percent):
    with pytest.raises(RuleError) as refusal:
        check_percents({**DEFAULT_PERCENTS, "repair": percent})
    assert refusal.value.code == "sampling-percent"


def test_d28_complaints_are_asked_all_whatever_is_typed():
    with pytest.raises(RuleError) as refusal:
        check_percents({**DEFAULT_PERCENTS, "complaint": 90})
    assert refusal.value.code == "sampling-complaints"
    check_percents({**DEFAULT_PERCENTS, "repair": 0})


@pytest.mark.parametrize("days", [-1, 91])
def test_days_nobody_would_wait_for_are_refused(days):
    with pytest.raises(RuleError, match="90"):
        check_days(days)


def test_an_unknown_row_is_refused_with_all_rows_named():
    with pytest.raises(RuleError, match="came-back") as refusal:
        find_row("repairs")
    assert refusal.value.code == "sampling-row"
