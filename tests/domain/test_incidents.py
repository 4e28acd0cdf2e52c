"""Clusters and incidents: when tickets look like one, and what may belong to one."""

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.incidents import (
    LONGEST_TELL,
    Sighting,
    check_master,
    check_part,
    check_tell,
    find_clusters,
)
from propdesk.domain.tickets import ENDED, OPEN, Status

NOON = datetime(2026, 11, 21, 12, 0)
DAY = timedelta(hours=24)


def seen(*hours_ago, building=1, class_code="incident.power", first=1):
    return [
        Sighting(first + place, building, class_code, NOON - timedelta(hours=hours))
        for place, hours in enumerate(hours_ago)
    ]


@pytest.mark.parametrize(
    ("sightings", "found"),
    [
        ([], []),
        (seen(3, 1), []),
        (seen(3, 2, 1), [(1, 2, 3)]),
        (seen(24, 2, 0), [(1, 2, 3)]),
        (seen(24.01, 2, 0), []),
        # The span ends with the newest: what was before it is left out.
        (seen(43, 20, 19, 18), [(2, 3, 4)]),
        (seen(3, 2) + seen(1, building=2, first=3), []),
        (seen(3, 2) + seen(1, class_code="incident.water", first=3), []),
        # The larger one stands first.
        (seen(9, 8, 7) + seen(4, 3, 2, 1, building=2, first=4), [(4, 5, 6, 7), (1, 2, 3)]),
    ],
)
def test_f9_three_of_a_class_in_a_building_within_a_day_are_a_cluster(sightings, found):
    clusters = find_clusters(reversed(sightings), least=3, span=DAY)
    assert [one.ticket_ids for one in clusters] == found


@pytest.mark.parametrize(("least", "hours", "count"), [(2, 24, 1), (4, 24, 0), (3, 1, 0)])
def test_f9_number_and_hours_are_the_office_s_own(least, hours, count):
    found = find_clusters(seen(3, 2, 1), least=least, span=timedelta(hours=hours))
    assert len(found) == count


@given(
    st.lists(st.tuples(st.integers(1, 3), st.sampled_from("ab"), st.integers(0, 100)), max_size=30)
)
def test_f9_each_cluster_holds_one_class_of_one_building_within_the_span(given_sightings):
    sightings = {
        place: Sighting(place, building, code, NOON - timedelta(hours=hours))
        for place, (building, code, hours) in enumerate(given_sightings)
    }
    clusters = find_clusters(sightings.values(), least=3, span=DAY)
    for cluster in clusters:
        group = [sightings[one] for one in cluster.ticket_ids]
        assert len(group) >= 3
        assert {(one.building_id, one.class_code) for one in group} == {
            (cluster.building_id, cluster.class_code)
        }
        assert group[-1].received_at - group[0].received_at <= DAY
    named = [one for cluster in clusters for one in cluster.ticket_ids]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("status", Status)
def test_f9_only_an_open_incident_takes_tickets(status):
    if status in OPEN:
        check_master("TS-1", status, is_master=True)
    else:
        with pytest.raises(RuleError) as refusal:
            check_master("TS-1", status, is_master=True)
        assert refusal.value.code == "incident-ended"


def test_f9_an_ordinary_ticket_takes_none():
    with pytest.raises(RuleError) as refusal:
        check_master("TS-1", Status.RECEIVED, is_master=False)
    assert refusal.value.code == "incident-unknown"


@pytest.mark.parametrize(
    ("status", "is_master", "master", "code"),
    [
        *((status, False, "", "") for status in OPEN),
        *((status, False, "", "part-ended") for status in ENDED),
        (Status.RECEIVED, True, "", "part-is-incident"),
        (Status.RECEIVED, False, "TS-2", "part-elsewhere"),
    ],
)
def test_f9_what_may_become_a_part(status, is_master, master, code):
    try:
        check_part("TS-1", status, is_master=is_master, master=master)
        found = ""
    except RuleError as refusal:
        found = refusal.code
    assert found == code


def test_f9_callers_are_told_what_fits_into_a_call():
    assert check_tell("停" * LONGEST_TELL) == ()
    (problem,) = check_tell("停" * (LONGEST_TELL + 1))
    assert (problem.field, str(LONGEST_TELL) in problem.text) == ("tell_callers", True)
