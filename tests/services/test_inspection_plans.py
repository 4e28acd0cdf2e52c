"""The schedules of law.md 1.9 as dates worked by hand, and taken over as an office's own plans."""

from datetime import date, timedelta

import pytest

from propdesk.domain.assets import AssetDraft, AssetKind, AssetState, PointDraft
from propdesk.domain.cycles import counts_from_inspection, cycle_of, rule_of
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.inspection_plans import PlanDraft, latest_day, next_after_done, occasions
from propdesk.domain.rounds import Anchor, PlanScope
from propdesk.services import offices
from propdesk.services.assets import add_asset, add_point
from propdesk.services.inspection_plans import adopt_plan, end_plan
from propdesk.services.queries.assets import list_points
from propdesk.services.queries.check_templates import list_templates, shipped_templates
from propdesk.services.queries.inspection_plans import list_plans, shipped_plans
from propdesk.services.queries.rounds import list_due, list_rounds
from propdesk.services.queries.staff import find_department, first_desk
from propdesk.services.rounds import bring_rounds_up_to_date
from propdesk.storage.inspections import InspectionRoundRecord

# The plans begin on Thursday 1 October 2026; a supervision inspection was on 15 March 2024.
STARTS, INSPECTED = date(2026, 10, 1), date(2024, 3, 15)
STOCK = {plan.key: plan for plan in shipped_plans()}

LIFT_YEARS = (
    "2025-03-15 2028-03-15 2031-03-15 2033-03-15 2035-03-15 2037-03-15 2039-03-15 2040-03-15"
)
TEST_YEARS = (
    "2026-03-15 2027-03-15 2029-03-15 2030-03-15 2032-03-15 2034-03-15 2036-03-15 2038-03-15"
)

# key, times a day, days worked by hand (2026 where no year stands), source, verified
BY_CALENDAR = [
    ("lift-daily", 1, "10-01 10-02 10-03", "市场监管总局令第 74 号", False),
    ("lift-weekly", 1, "10-05 10-12 10-19", "市场监管总局令第 74 号", False),
    ("lift-monthly", 1, "10-05 11-02 12-07", "市场监管总局令第 74 号", False),
    ("lift-self", 1, "10-15 11-15 12-15", "特种设备安全监察条例 27", True),
    ("lift-inspection", 1, LIFT_YEARS, "TSG T7001—2023", False),
    ("lift-testing", 1, TEST_YEARS, "TSG T7008", False),
    ("fire-daily", 1, "10-01 10-02 10-03", "消防法 17", True),
    ("fire-public", 7, "10-01 10-02", "公安部令第 61 号 25", False),
    ("fire-monthly", 1, "10-05 11-02 12-07", "南阳 18、新乡 16", True),
    ("fire-upkeep", 1, "10-13 11-10 12-08", "GB 25201", False),
    ("fire-room", 2, "10-01 10-02", "GB 25506", False),
    ("pump-room", 2, "10-01 10-02", "行业通行", False),
    ("power-room", 2, "10-01 10-02", "行业通行", False),
    ("plant-clean", 1, "10-21 11-18 12-16", "行业通行", False),
    ("public-area", 1, "10-01 10-02", "行业通行", False),
    ("building-month", 1, "10-10 11-10 12-10", "每月不少于一次", False),
    ("guard-round", 12, "10-01 10-02", "默认每 2 小时", False),
    ("cleaning-day", 1, "10-01 10-02", "等级标准", False),
    ("green-month", 1, "10-14 11-11 12-09", "等级标准", False),
    ("decoration", 1, "10-01 10-03 10-05", "默认每 2 天", False),
    ("vacant", 1, "10-20 11-20 12-20", "行业通行", False),
    ("six-s", 1, "10-02 10-09 10-16", "客户服务手册", False),
    ("conduct", 1, "10-07 10-14 10-21", "客户服务手册", False),
    ("nine", 1, "10-31 2027-01-31 2027-04-30", "客户服务手册", False),
]  # fmt: skip

# key, done on, next day, latest lawful day, source, verified
FROM_DONE = [
    ("lift-half-month", "2026-10-06", "2026-10-21", "2026-10-21", "监察条例 31", True),
    ("lift-quarter", "2026-11-30", "2027-02-28", "2027-03-02", "TSG T5002—2017", False),
    ("lift-half-year", "2026-08-31", "2027-02-28", "2027-03-03", "TSG T5002—2017", False),
    ("lift-year", "2028-02-29", "2029-02-28", "2029-03-01", "TSG T5002—2017", False),
    ("lift-drill", "2026-10-01", "2027-04-01", "2027-04-03", "TSG T5002—2017", False),
    ("lift-year-self", "2026-10-01", "2027-10-01", "2027-10-02", "TSG T5002—2017", False),
    ("fire-test", "2026-10-20", "2027-10-20", "2027-10-20", "消防法 16（三）", True),
    ("fire-drill", "2026-10-01", "2027-04-01", "2027-04-03", "山东 42、上海 46", True),
    ("tank-clean", "2026-12-31", "2027-06-30", "2027-07-03", "安阳 17", True),
    ("water-test", "2026-10-15", "2027-01-15", "2027-01-15", "每季检测并公示", True),
    ("tank-pressure", "2026-10-01", "2027-04-01", "2027-04-03", "安阳 17", True),
    ("water-health", "2026-10-01", "2027-10-01", "2027-10-02", "生活饮用水", True),
    ("lightning", "2026-10-01", "2027-10-01", "2027-10-02", "防雷减灾管理办法 19", False),
    ("lightning-half", "2026-10-01", "2027-04-01", "2027-04-03", "爆炸危险场所每半年", False),
    ("power-test", "2026-10-01", "2027-10-01", "2027-10-02", "行业通行", False),
]  # fmt: skip


def draft_of(key: str) -> PlanDraft:
    shipped = STOCK[key]
    starts = INSPECTED if counts_from_inspection(shipped.rule) else STARTS
    rule = rule_of(cycle_of(shipped.rule), starts)
    return PlanDraft(
        shipped.name, shipped.kind, rule, starts, times=shipped.times, anchor=shipped.anchor,
        latest_days=shipped.latest_days,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("key", "times", "days", "source", "verified"),
    [pytest.param(*row, id=f"{row[0]}: {row[3]}") for row in BY_CALENDAR],
)
def test_law_1_9_rounds_of_the_calendar(key, times, days, source, verified) -> None:
    shipped = STOCK[key]
    assert shipped.anchor is Anchor.CALENDAR
    assert source in shipped.source
    assert shipped.verified is verified
    wanted = [f"2026-{day}" if len(day) == 5 else day for day in days.split()]
    draft = draft_of(key)
    found = list(occasions(draft, draft.starts_on, date.fromisoformat(wanted[-1])))
    assert [f"{one.day}" for one in found[::times]] == wanted
    assert len(found) == times * len(wanted)


@pytest.mark.parametrize(
    ("key", "done", "following", "latest", "source", "verified"),
    [pytest.param(*row, id=f"{row[0]}: {row[4]}") for row in FROM_DONE],
)
def test_law_1_9_rounds_from_the_last_completed(
    key, done, following, latest, source, verified
) -> None:
    shipped = STOCK[key]
    assert shipped.anchor is Anchor.COMPLETED
    assert source in shipped.source
    assert shipped.verified is verified
    draft, done_on = draft_of(key), date.fromisoformat(done)
    assert f"{next_after_done(draft, done_on)}" == following
    assert f"{latest_day(draft, done_on)}" == latest


def test_no_row_of_law_1_9_is_missing_and_each_has_its_templates() -> None:
    assert {row[0] for row in (*BY_CALENDAR, *FROM_DONE)} == set(STOCK)
    templates = {draft.shipped for draft in shipped_templates()}
    assert {key for plan in STOCK.values() for key in plan.templates} <= templates
    # R11, R67, R100, vacant houses, decoration, guards, cleaning, green (issue, 2).
    assert {"conduct", "nine", "six-s", "vacant", "decoration", "guard-round", "cleaning-day",
            "green-month"} <= set(STOCK)  # fmt: skip


@pytest.fixture
def desk(office) -> int:
    return first_desk().id


@pytest.fixture
def lifts(desk, now) -> None:
    for name, inspected, state in (
        ("1 号梯", INSPECTED, AssetState.IN_USE),
        ("2 号梯", None, AssetState.IN_USE),
        ("3 号梯", date(2008, 6, 1), AssetState.IN_USE),
        ("4 号梯", INSPECTED, AssetState.STOPPED),
    ):
        draft = AssetDraft(name, AssetKind.LIFT, inspected_on=inspected, state=state)
        asset = add_asset(draft, by=desk, now=now)
        add_point(PointDraft(name, asset_id=asset.id), by=desk)


def test_r99_a_shipped_schedule_leads_to_the_things_of_its_kind(lifts, desk, now) -> None:
    adopted = adopt_plan("lift-half-month", starts_on=now.date(), by=desk, now=now)
    (plan,) = adopted.plans
    assert [(stop.point_id, stop.template_id) for stop in plan.draft.stops] == [
        (point.id, template.id)
        for point in list_points()[:3]
        for template in list_templates()
    ]  # fmt: skip
    assert len(list_templates()) == 2
    assert (plan.draft.latest_days, plan.draft.verified) == (15, True)
    assert [one.day for one in list_due(now)] == [now.date()]


def test_tsg_t7001_each_lift_has_its_own_plan_and_an_unknown_one_is_named(lifts, desk, now) -> None:
    adopted = adopt_plan("lift-inspection", starts_on=now.date(), by=desk, now=now)
    first, _old = adopted.plans
    assert (first.draft.name, first.draft.starts_on) == ("电梯定期检验 1 号梯", INSPECTED)
    assert "2 号梯" in adopted.left_out[0]
    days = [one.day for one in list_rounds(now.date(), date(2029, 12, 31), now)]
    # Lift 1: year 4; lift 3 has been inspected each year since 2023, its fifteenth.
    assert days == [date(2027, 6, 1), date(2028, 3, 15), date(2028, 6, 1), date(2029, 6, 1)]
    # Once more: nothing is written twice, and an old lift needs no tests in between.
    with pytest.raises(DraftError) as refusal:
        adopt_plan("lift-inspection", starts_on=now.date(), by=desk, now=now)
    assert refusal.value.problems[0].field == "stops"
    tests = adopt_plan("lift-testing", starts_on=now.date(), by=desk, now=now)
    assert [plan.draft.asset_id for plan in tests.plans] == [first.draft.asset_id]
    assert len(tests.left_out) == 2


def test_guards_and_decorations_are_taken_over_whole(lifts, desk, now) -> None:
    points = tuple(point.id for point in reversed(list_points()))
    (guards,) = adopt_plan(
        "guard-round", starts_on=now.date(), point_ids=points, by=desk, now=now
    ).plans
    assert [stop.point_id for stop in guards.draft.stops] == list(points)
    assert guards.draft.department_id == find_department("security").id
    assert len(guards.draft.times) == 12
    (works,) = adopt_plan("decoration", starts_on=now.date(), by=desk, now=now).plans
    assert works.draft.scope is PlanScope.DECORATING
    assert works.draft.template_id is not None
    for key in ("nothing", "fire-daily", "tank-clean"):
        with pytest.raises(RuleError):
            adopt_plan(key, starts_on=now.date(), by=desk, now=now)
    assert len(list_plans()) == 2


def test_a_day_that_began_without_a_start_is_made_up_and_a_clock_set_back_changes_nothing(
    lifts, desk, now
) -> None:
    (plan,) = adopt_plan("lift-daily", starts_on=now.date(), by=desk, now=now).plans
    later = now + timedelta(3)
    assert len(list_due(later)) == 4
    bring_rounds_up_to_date(later)
    due = list_due(later)
    assert [one.id > 0 for one in due] == [True] * 4
    bring_rounds_up_to_date(now - timedelta(30))
    assert list_due(later) == due
    ended = end_plan(plan.id, version=plan.version, by=desk, now=later)
    assert ended.ended_at is not None
    assert list_due(later) == due


def test_an_office_that_opens_on_a_later_day_has_the_rounds_of_the_days_between(
    tmp_path, now
) -> None:
    folder = tmp_path / "later"
    office = offices.open_office(folder, now=now)
    by = first_desk().id
    adopt_plan("decoration", starts_on=now.date(), by=by, now=now)
    offices.close_office(office)
    for days, rounds in ((6, 4), (-30, 4)):
        office = offices.open_office(folder, now=now + timedelta(days))
        assert InspectionRoundRecord.select().count() == rounds
        offices.close_office(office)
