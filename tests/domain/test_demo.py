"""The demo office is worth showing: whole months, sane hours, nothing that contradicts itself."""

import json
from collections import Counter
from datetime import date, datetime, timedelta
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from propdesk import paths
from propdesk.domain.demo import DEMO_DAY, DemoStory, Happening, House, by_day
from propdesk.domain.tickets import Kind
from propdesk.domain.units import UnitState


@cache
def happenings(months: int = 13) -> tuple[Happening, ...]:
    folder = paths.resources() / "demo"
    pool = {kind: (folder / "texts" / f"{kind}.json").read_text("utf-8") for kind in Kind}
    story = DemoStory((folder / "story.json").read_text("utf-8"), pool, 1)
    return tuple(story.happenings(story.houses(120), DEMO_DAY, months))


def test_thirteen_months_hold_the_last_whole_month_and_the_same_one_a_year_before():
    received = {(one.at.year, one.at.month) for one in happenings()}
    assert min(received) == (2025, 10)
    assert len(received) == 14
    assert min(one.at.date() for one in happenings(2)) >= date(2026, 9, 1)


@pytest.mark.parametrize(
    ("at", "wanted"),
    [
        ("2026-11-20T07:59", "2026-11-20T08:59"),
        ("2026-11-20T08:00", "2026-11-20T08:00"),
        ("2026-11-20T19:59", "2026-11-20T19:59"),
        ("2026-11-20T23:34", "2026-11-21T08:34"),
    ],
)
def test_work_without_haste_waits_for_the_morning(at, wanted):
    assert by_day(datetime.fromisoformat(at)) == datetime.fromisoformat(wanted)


def test_promises_end_in_the_evening_unless_it_is_urgent():
    promised = [one for one in happenings() if one.promised_at is not None]
    assert len(promised) > 100
    for one in promised:
        assert one.promised_at > one.at
        if not one.is_urgent:
            assert (one.promised_at.hour, one.promised_at.minute) == (18, 0)
            assert one.promised_at - one.at >= timedelta(hours=4)


def test_only_what_others_decide_drags_on_and_every_wait_is_explained():
    days = [one for one in happenings() if one.at.date() < DEMO_DAY]
    dragging = [one for one in days if not one.ends]
    assert 1 < len(dragging) < 20
    for one in dragging[:-1]:  # the last is the hopeless house, days ago
        assert len(one.waiting) > 1, one.said.matter
        assert len(one.answers) == 1  # a second round would leave the first unexplained


def test_what_drags_on_is_in_the_pool_of_complaints():
    folder = paths.resources() / "demo"
    waiting = json.loads((folder / "story.json").read_text("utf-8"))["waiting"]
    pool = json.loads((folder / "texts" / "complaint.json").read_text("utf-8"))
    assert set(waiting) <= {entry["matter"] for entry in pool}


def test_people_with_an_appointment_live_in_a_house_and_expect_a_worker():
    appointed = [one for one in happenings() if one.appointment]
    assert len(appointed) > 10
    assert all(one.unit and one.said.kind is Kind.REPAIR for one in appointed)
    assert not any(one.said.is_common for one in appointed)


def test_the_club_house_is_not_inside_somebodys_home():
    there = [one for one in happenings() if one.said.location in {"会所", "东门", "中心花园"}]
    assert there
    assert not any(one.unit for one in there)


def test_the_hopeless_house_complains_twice_within_a_month():
    """So that the demo's October report has a repeat complaint to show (R43)."""
    again = [
        one.at
        for one in happenings()
        if one.unit == "3-2-501"
        and one.said.class_code == "facilities.design"
        and one.said.kind is Kind.COMPLAINT
    ]
    assert any(
        later.month == 10 and later - earlier <= timedelta(days=30)
        for earlier, later in pairwise(again)
    )


def test_a_repair_with_an_appointment_is_under_way_when_the_demo_is_shown():
    """The work order that `make demo` prints."""
    today = [one for one in happenings() if one.at.date() == DEMO_DAY and one.appointment]
    assert any(one.unit and one.note and one.appointment.startswith("11-21") for one in today)


@cache
def houses(households: int = 300) -> tuple[House, ...]:
    folder = paths.resources() / "demo"
    story = DemoStory((folder / "story.json").read_text("utf-8"), dict.fromkeys(Kind, "[]"), 1)
    return tuple(story.houses(households))


def test_the_houses_are_what_houses_of_an_estate_are():
    told = Counter(house.state for house in houses())
    assert 190 < told[UnitState.OWNER_OCCUPIED] < 225
    assert 35 < told[UnitState.LET] < 55
    assert len(plots()) <= told[UnitState.VACANT] < 55  # every plot has its house
    assert 5 < told[UnitState.UNSOLD] + told[UnitState.UNDELIVERED] < 20


def test_nobody_calls_from_a_house_where_nobody_lives():
    empty = {house.address.short for house in houses(120) if not house.dwellers}
    assert {one.unit for one in happenings()}.isdisjoint(empty)
    for house in houses():
        roles = [one[3] for one in house.people]
        if house.state is UnitState.LET:
            assert [one[3] for one in house.dwellers] == ["tenant"]
        elif house.state is UnitState.UNSOLD:
            assert roles == []
        else:
            assert roles[0] == "owner"
            assert "tenant" not in roles


@cache
def plots() -> tuple[dict[str, Any], ...]:
    file = paths.resources() / "demo" / "houses.json"
    return tuple(json.loads(file.read_text("utf-8"))["plots"])


def test_the_plots_of_the_houses_go_forward_in_time():
    for plot in plots():
        if plot["kind"] == "decoration":
            days = [plot["applied"], plot["permitted"], plot["from"], plot["until"]]
            assert days == sorted(days, reverse=True), plot
            looks = [one["days_before"] for one in plot["patrols"]]
            assert looks == sorted(looks, reverse=True), plot
            assert all(plot["from"] >= day >= plot.get("accepted", 0) for day in looks), plot
            for one in plot["patrols"]:
                assert one["days_before"] >= one.get("rectified", one["days_before"]), plot
        if "since" in plot:
            assert plot["since"] > plot["day"] > 0, plot
    kinds = Counter(plot["kind"] for plot in plots())
    assert set(kinds) >= {"decoration", "lease", "lease-end", "move-out", "transfer"}
    left = [plot for plot in plots() if "reason" in plot]
    assert {plot["settled"] for plot in left} == {True, False}  # one waits for its settlement
    assert all(plot["day"] < 366 for plot in left)
