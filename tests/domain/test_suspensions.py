"""What suspends limitation (Civil Code 194): dates typed by hand, each with its article."""

from datetime import date

import pytest

from propdesk.domain.dunning import Relation, Result, Way
from propdesk.domain.limitation import (
    ActProof,
    Event,
    EventKind,
    LimitationRules,
    limitation_of,
    weigh_act,
)
from propdesk.domain.suspensions import Obstacle, Suspension, SuspensionDraft, check_suspension

# To be paid by 2024-01-20: three years end on 2027-01-20 (188), and their last six months are from
# 2026-07-21 to 2027-01-20.
DUE, END, TODAY = date(2024, 1, 20), date(2027, 1, 20), date(2026, 11, 21)
RULES = LimitationRules()
SIGNED = weigh_act(ActProof(Way.IN_PERSON, Result.SIGNED, Relation.SELF), joint=False, rules=RULES)


def heir(first, gone):
    return Suspension(Obstacle.NO_HEIR, first, gone)


@pytest.mark.parametrize(
    ("first", "gone", "last_on"),
    [
        # Within the last six months: six months after it was gone (194(2)).
        (date(2026, 9, 1), date(2026, 10, 15), date(2027, 4, 15)),
        # It began before them and reaches into them: counts from there on.
        (date(2025, 3, 1), date(2026, 8, 1), date(2027, 2, 1)),
        # Gone before the last six months began, or on their eve: suspends nothing.
        (date(2025, 3, 1), date(2026, 6, 30), END),
        (date(2025, 3, 1), date(2026, 7, 20), END),
        # Gone on their first day: 2026-07-21 + six months is 2027-01-21.
        (date(2025, 3, 1), date(2026, 7, 21), date(2027, 1, 21)),
        # It begins on the last day, and after it.
        (date(2027, 1, 20), date(2027, 3, 31), date(2027, 9, 30)),  # September has 30 days (202)
        (date(2027, 1, 21), date(2027, 3, 31), END),
        # It goes on: not before six months from today.
        (date(2026, 9, 1), None, date(2027, 5, 21)),
    ],
)
def test_c194_an_obstacle_in_the_last_six_months_suspends(first, gone, last_on):
    found = limitation_of(DUE, (), RULES, [heir(first, gone)], TODAY)
    assert found.last_on == last_on
    assert (found.suspension is None) == (last_on == END)
    assert found.is_open_ended == (gone is None)


def test_c194_a_second_obstacle_in_the_longer_period_suspends_again():
    """Gone on 2026-10-15: until 2027-04-15. The next lies within its last six months."""
    both = [
        heir(date(2027, 2, 1), date(2027, 3, 10)),
        heir(date(2026, 9, 1), date(2026, 10, 15)),
    ]
    assert limitation_of(DUE, (), RULES, both, TODAY).last_on == date(2027, 9, 10)


def test_c195_a_demand_while_it_is_suspended_sets_off_three_new_years():
    """Signed on 2027-03-01, after 2027-01-20 but before 2027-04-15: in time (194, 195)."""
    suspended = [heir(date(2026, 9, 1), date(2026, 10, 15))]
    demand = Event(EventKind.ACT, 1, date(2027, 3, 1), date(2027, 3, 1), SIGNED)
    found = limitation_of(DUE, [demand], RULES, suspended, TODAY)
    assert (found.last_on, found.suspension) == (date(2030, 3, 1), None)
    assert limitation_of(DUE, [demand], RULES, (), TODAY).last_on == END


def test_c188_the_twenty_years_know_no_suspension():
    """Interpretation of the General Part 35: due 2006-01-20, ended 2026-01-20 in any case."""
    events = [
        Event(EventKind.ACT, year, date(year, 3, 1), date(year, 3, 1), SIGNED)
        for year in range(2008, 2026, 2)
    ]
    going_on = [heir(date(2025, 6, 1), None)]
    found = limitation_of(date(2006, 1, 20), events, RULES, going_on, TODAY)
    assert (found.last_on, found.is_capped, found.suspension) == (date(2026, 1, 20), True, None)


def test_f31_days_to_come_and_swapped_days_are_refused():
    def fields(first, gone, note="死亡证明"):
        draft = SuspensionDraft(Obstacle.NO_HEIR, first, gone, note)
        return [one.field for one in check_suspension(draft, TODAY)]

    assert fields(date(2026, 9, 1), None) == []
    assert fields(date(2026, 11, 22), None) == ["from_on"]
    assert fields(date(2026, 9, 1), date(2026, 12, 1)) == ["until_on"]
    assert fields(date(2026, 9, 1), date(2026, 8, 31)) == ["until_on"]
    assert fields(date(2026, 9, 1), None, " ") == ["note"]
