"""Rounds that plans ask for: days worked by hand with their source (law.md 1.9)."""

from dataclasses import replace
from datetime import date, datetime, timedelta, timezone

import pytest

from propdesk.domain.check_items import InspectionKind
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.months import Month
from propdesk.domain.rounds import Anchor, Standing
from propdesk.services import inspection_plans, rounds
from propdesk.services.parts.round_making import make_rounds_of_day
from propdesk.services.queries.inspection_plans import list_plans
from propdesk.services.queries.inspection_report import read_inspection_figures
from propdesk.services.queries.inspections_today import count_waiting
from propdesk.services.queries.rounds import (
    count_days,
    get_round,
    list_due,
    list_rounds,
    open_days,
)
from propdesk.services.queries.staff import first_desk
from propdesk.storage.assets import InspectionPointRecord
from propdesk.storage.database import database
from propdesk.storage.inspections import CheckTemplateRecord, InspectionRoundRecord

# A Saturday.
NOW = datetime(2026, 11, 21, 9, 30, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def desk(office) -> int:
    return first_desk().id


@pytest.fixture
def route(office) -> tuple[Stop, ...]:
    point = InspectionPointRecord.create(code="P-01", name="泵房")
    template = CheckTemplateRecord.create(code="T-01", name="泵房", kind="equipment")
    return (Stop(point.id, template.id),)


@pytest.fixture
def daily(route) -> PlanDraft:
    return PlanDraft(
        name="泵房日检",
        kind=InspectionKind.EQUIPMENT,
        rule="FREQ=DAILY",
        starts_on=date(2026, 11, 1),
        stops=route,
        times=("08:30", "14:30"),
        tolerance_minutes=60,
    )


def days_of(found) -> list[str]:
    return [f"{one.day:%m-%d} {one.clock}".strip() for one in found]


def done(round_id: int, at: datetime) -> None:
    record = InspectionRoundRecord.get_by_id(round_id)
    at = at.replace(tzinfo=None)
    record.state, record.done_at, record.entered_at = "done", at, at
    record.save()


def test_a_plan_asks_for_nothing_before_the_day_it_was_written(daily, desk) -> None:
    plan = inspection_plans.add_plan(daily, by=desk, now=NOW)
    assert plan.draft.code == "JH001"
    assert days_of(list_rounds(date(2026, 11, 1), date(2026, 11, 22), NOW)) == [
        "11-21 08:30", "11-21 14:30", "11-22 08:30", "11-22 14:30",
    ]  # fmt: skip
    assert InspectionRoundRecord.select().count() == 2


def test_a_missed_round_stays_missed_and_one_may_make_up_for_it(daily, desk) -> None:
    inspection_plans.add_plan(daily, by=desk, now=NOW)
    later = NOW + timedelta(hours=3)
    missed, planned = list_due(later)
    # 08:30 and an hour of tolerance are over; 14:30 is still to come.
    assert (missed.standing, planned.standing) == (Standing.MISSED, Standing.PLANNED)
    with pytest.raises(RuleError) as refusal:
        rounds.postpone_round(missed.id, date(2026, 11, 23), "停电", version=1, by=desk, now=later)
    assert refusal.value.code == "round-missed"
    made_up = rounds.make_up_round(missed.id, date(2026, 11, 21), by=desk, now=later)
    assert [one.id for one in list_due(later)] == [planned.id, made_up.id]
    assert not get_round(missed.id, later).is_made_up
    done(made_up.id, later)
    assert get_round(missed.id, later).is_made_up
    counts = count_days(date(2026, 11, 21), date(2026, 11, 21), later)[date(2026, 11, 21)]
    assert counts == {Standing.MISSED: 1, Standing.PLANNED: 1, Standing.DONE: 1}
    walked = read_inspection_figures(Month(2026, 11), later.replace(tzinfo=None)).walked
    assert (walked.planned, walked.done.numerator, walked.missed, walked.made_up) == (2, 0, 1, 1)
    with pytest.raises(RuleError):
        rounds.make_up_round(missed.id, date(2026, 11, 21), by=desk, now=later)


def test_after_three_weeks_of_holiday_all_missed_rounds_stand_there(daily, desk) -> None:
    inspection_plans.add_plan(replace(daily, times=(), walker_id=desk), by=desk, now=NOW)
    back = NOW.replace(month=12, day=12, hour=8)
    # The command line may ask before the window has stored a day of it.
    before = list_due(back)
    walked = read_inspection_figures(Month(2026, 12), back.replace(tzinfo=None)).walked
    assert (walked.planned, walked.missed, walked.not_due) == (12, 11, 1)
    rounds.bring_rounds_up_to_date(back)
    due = list_due(back)
    assert [(one.day, one.standing, one.walker) for one in before] == [
        (one.day, one.standing, one.walker) for one in due
    ]
    # 21 November to 11 December are 21 days; the 12th has just begun.
    assert [one.standing for one in due] == [Standing.MISSED] * 21 + [Standing.PLANNED]
    rounds.bring_rounds_up_to_date(back)
    assert InspectionRoundRecord.select().count() == 22


def test_a_clock_set_back_makes_nothing_and_takes_nothing_away(daily, desk) -> None:
    inspection_plans.add_plan(daily, by=desk, now=NOW)
    before = list(InspectionRoundRecord.select().dicts())
    rounds.bring_rounds_up_to_date(NOW - timedelta(400))
    assert list(InspectionRoundRecord.select().dicts()) == before


def test_a_plan_that_changes_leaves_its_past_alone(daily, desk) -> None:
    plan = inspection_plans.add_plan(daily, by=desk, now=NOW)
    monday = NOW.replace(day=23, hour=18)
    changed = inspection_plans.change_plan(
        plan.id,
        replace(plan.draft, rule="FREQ=WEEKLY;BYDAY=MO", times=()),
        version=plan.version,
        by=desk,
        now=monday,
    )
    assert changed.version == plan.version + 1
    found = list_rounds(date(2026, 11, 20), date(2026, 12, 10), monday)
    assert days_of(found) == [
        "11-21 08:30", "11-21 14:30", "11-22 08:30", "11-22 14:30", "11-23 08:30", "11-23 14:30",
        "11-30", "12-07",
    ]  # fmt: skip
    with pytest.raises(RuleError) as refusal:
        inspection_plans.end_plan(plan.id, version=plan.version, by=desk, now=monday)
    assert refusal.value.code == "changed-meanwhile"
    inspection_plans.end_plan(plan.id, version=changed.version, by=desk, now=monday)
    assert days_of(list_rounds(date(2026, 11, 24), date(2026, 12, 31), monday)) == []
    assert list_plans() == []


def test_r99_lift_maintenance_counts_from_the_last_done_one(daily, desk) -> None:
    """Regulation on special equipment 31: at least every 15 days."""
    draft = replace(
        daily,
        name="电梯半月维保",
        rule="FREQ=DAILY;INTERVAL=15",
        starts_on=date(2026, 11, 21),
        times=(),
        anchor=Anchor.COMPLETED,
        latest_days=15,
        tolerance_minutes=0,
    )
    inspection_plans.add_plan(draft, by=desk, now=NOW)
    (first,) = list_due(NOW)
    assert first.day == date(2026, 11, 21)
    # Done five days early: the next is due 15 days later, 5 December, not 6 December.
    done(first.id, NOW.replace(day=20, hour=16))
    rounds.bring_rounds_up_to_date(NOW)
    (second,) = list_due(NOW, days=30)
    assert (second.day, second.latest_on) == (date(2026, 12, 5), date(2026, 12, 5))
    with pytest.raises(RuleError) as refusal:
        rounds.postpone_round(
            second.id, date(2026, 12, 6), "厂家没空", version=second.version, by=desk, now=NOW
        )
    assert refusal.value.code == "round-latest"


def test_r99_what_counts_from_the_last_done_one_goes_on_after_a_missed_one(daily, desk) -> None:
    """A missed round stays open for ever; the next counts from the one that made up for it."""
    draft = replace(
        daily,
        rule="FREQ=DAILY;INTERVAL=15",
        times=(),
        starts_on=date(2026, 11, 21),
        anchor=Anchor.COMPLETED,
        latest_days=15,
    )
    plan = inspection_plans.add_plan(draft, by=desk, now=NOW)
    (missed,) = list_due(NOW)
    later = NOW + timedelta(days=3)
    made_up = rounds.make_up_round(missed.id, date(2026, 11, 26), by=desk, now=later)
    assert [one.id for one in list_due(later, days=60)] == [made_up.id]
    # Called off it makes up for nothing: the missed one is asked for again.
    rounds.cancel_round(made_up.id, "厂家没空", version=made_up.version, by=desk, now=later)
    assert [one.id for one in list_due(later, days=60)] == [missed.id]
    assert count_waiting(later).missed == 1
    made_up = rounds.make_up_round(missed.id, date(2026, 11, 25), by=desk, now=later)
    assert (made_up.makes_up, made_up.note) == (missed.id, "厂家没空")
    assert count_waiting(later).missed == 0
    done(made_up.id, NOW.replace(day=25))
    rounds.bring_rounds_up_to_date(NOW.replace(day=25))
    (following,) = list_due(NOW.replace(day=25), days=60)
    assert (following.day, following.latest_on) == (date(2026, 12, 10), date(2026, 12, 10))
    assert open_days() == {plan.id: date(2026, 12, 10)}
    # One that is called off gives no more time than another turn.
    rounds.cancel_round(
        following.id, "停梯改造", version=following.version, by=desk, now=NOW.replace(day=25)
    )
    (after,) = list_due(NOW, days=60)
    assert (after.day, after.latest_on) == (date(2026, 12, 25), date(2026, 12, 25))


def test_a_round_moves_to_a_later_day_within_the_law(daily, desk) -> None:
    draft = replace(
        daily,
        rule="FREQ=MONTHLY;INTERVAL=6",
        times=(),
        starts_on=date(2026, 11, 21),
        anchor=Anchor.COMPLETED,
        latest_days=200,
    )
    inspection_plans.add_plan(draft, by=desk, now=NOW)
    (first,) = list_due(NOW)
    done(first.id, NOW)
    rounds.bring_rounds_up_to_date(NOW)
    (second,) = list_due(NOW, days=200)
    # Six months after 21 November is 21 May; 200 days after it is 9 June 2027.
    assert (second.day, second.latest_on) == (date(2027, 5, 21), date(2027, 6, 9))
    moved = rounds.postpone_round(
        second.id, date(2027, 6, 9), "水箱清洗公司排期", version=second.version, by=desk, now=NOW
    )
    assert (moved.day, moved.note) == (date(2027, 6, 9), "水箱清洗公司排期")
    called_off = rounds.cancel_round(
        moved.id, "小区停水改造", version=moved.version, by=desk, now=NOW
    )
    assert called_off.standing is Standing.CANCELLED
    (third,) = list_due(NOW, days=400)
    assert third.day == date(2027, 12, 9)


def test_a_round_that_was_moved_is_not_asked_for_again_on_its_day(daily, desk) -> None:
    weekly = replace(daily, rule="FREQ=WEEKLY;BYDAY=MO", times=())
    plan = inspection_plans.add_plan(weekly, by=desk, now=NOW)
    # Its sheet is printed on Saturday, then Monday's round moves to Tuesday.
    monday = date(2026, 11, 23)
    with database.atomic():
        make_rounds_of_day(plan, monday)
    (early,) = list_rounds(monday, monday, NOW)
    rounds.postpone_round(
        early.id, date(2026, 11, 24), "停电", version=early.version, by=desk, now=NOW
    )
    rounds.bring_rounds_up_to_date(NOW + timedelta(3))
    assert days_of(list_rounds(monday, date(2026, 11, 29), NOW)) == ["11-24"]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"stops": ()}, "stops"),
        ({"stops": (Stop(99, 99),)}, "stops"),
        ({"times": ("8:30",)}, "times"),
        ({"times": ("14:30", "08:30")}, "times"),
        ({"times": ("08:00", "10:00", "12:00", "14:00"), "one_sheet": True}, "one_sheet"),
        ({"ends_on": date(2026, 10, 1)}, "ends_on"),
        ({"latest_days": 15}, "latest_days"),
        ({"asset_id": 99}, "asset"),
    ],
)
def test_a_plan_that_is_wrong_is_refused_under_its_field(daily, desk, change, field) -> None:
    with pytest.raises(DraftError) as refusal:
        inspection_plans.add_plan(replace(daily, **change), by=desk, now=NOW)
    assert field in {problem.field for problem in refusal.value.problems}
    assert list_plans() == []


def test_a_rule_that_never_fires_is_no_plan(daily, desk) -> None:
    with pytest.raises(RuleError) as refusal:
        inspection_plans.add_plan(
            replace(daily, rule="FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), by=desk, now=NOW
        )
    assert refusal.value.code == "recurrence-never"
