"""Vendors, contracts and every day that must not be missed (law.md 1.9): worked by hand."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from propdesk.domain.assets import AssetDraft, AssetKind, AssetState, PointDraft
from propdesk.domain.check_items import CheckItem, InspectionKind, ItemKind
from propdesk.domain.check_templates import TemplateDraft
from propdesk.domain.errors import DraftError, RuleError
from propdesk.domain.inspection_plans import PlanDraft, Stop
from propdesk.domain.rounds import Anchor
from propdesk.domain.statutory_dates import DateKind
from propdesk.domain.vendors import ContractDraft, VendorDraft
from propdesk.services import assets, check_templates, inspection_plans, rounds, vendors
from propdesk.services.attachments import PastedFile
from propdesk.services.queries.asset_history import HappeningKind, list_happenings
from propdesk.services.queries.statutory_dates import (
    list_statutory_dates,
    list_warned_dates,
    next_dates,
)
from propdesk.services.queries.vendors import list_contract_files, list_contracts, list_vendors

TODAY = date(2026, 11, 21)
CONTRACT = ContractDraft(AssetKind.LIFT, "12 部电梯清包维保", date(2025, 12, 1), date(2026, 11, 30))


@pytest.fixture
def vendor(world):
    draft = VendorDraft("江宁电梯维保", licence_until=date(2027, 1, 20), emergency_phone="110")
    return vendors.add_vendor(draft, by=world.desk.id)


@pytest.fixture
def lift(world, vendor):
    draft = AssetDraft(
        "1# 客梯", AssetKind.LIFT, code="DT-1", installed_on=date(2020, 3, 1),
        inspected_on=date(2020, 3, 20), warranty_until=date(2022, 3, 1),
        licence_until=date(2026, 12, 20), vendor_id=vendor.id,
    )  # fmt: skip
    return assets.add_asset(draft, by=world.desk.id, now=world.now)


def plan(world, lift, name, rule, starts_on, **how):
    """A statutory plan that leads to the point of the lift."""
    by, now = world.desk.id, world.now
    point = assets.add_point(PointDraft(f"{name}机房", asset_id=lift.id), by=by)
    item = CheckItem("x", ItemKind.TICK, "检验")
    template = check_templates.add_template(
        TemplateDraft(name, InspectionKind.STATUTORY, (item,)), by=by, now=now
    )
    draft = PlanDraft(
        name, InspectionKind.STATUTORY, rule, starts_on, stops=(Stop(point.id, template.id),),
        source="TSG T7001-2023", **how,
    )  # fmt: skip
    return inspection_plans.add_plan(draft, by=by, now=now.replace(year=starts_on.year))


def test_a_vendor_with_contract_and_pages_is_kept(world, vendor, lift, act) -> None:
    by, now = world.desk.id, world.now
    with pytest.raises(DraftError):
        vendors.add_vendor(VendorDraft(" 江宁电梯维保 "), by=by)
    wrong = replace(CONTRACT, subject=" ", until_on=date(2025, 1, 1))
    with pytest.raises(DraftError) as refusal:
        vendors.add_contract(vendor.id, wrong, by=by, now=now)
    assert [one.field for one in refusal.value.problems] == ["subject", "until_on"]
    contract = vendors.add_contract(vendor.id, CONTRACT, by=by, now=now)
    page = PastedFile("合同.pdf", b"%PDF-1.4\n%%EOF\n")
    kept, _refused = vendors.add_contract_files(world.office, contract.id, [page], by=by, now=now)
    again = vendors.add_contract_files(world.office, contract.id, [page], by=by, now=now)
    assert (len(kept), again[0], len(list_contract_files(contract.id))) == (1, (), 1)
    vendors.remove_contract_file(kept[0].id, by=by, now=now)
    with pytest.raises(RuleError):
        vendors.remove_contract_file(kept[0].id, by=by, now=now)
    (known,) = list_vendors()
    assert (known.assets, known.contract_until) == (1, date(2026, 11, 30))
    with pytest.raises(RuleError) as refusal:
        vendors.end_vendor(vendor.id, version=vendor.version, by=by, now=now)
    assert refusal.value.code == "vendor-used"
    gone = vendors.void_contract(contract.id, version=contract.version, by=by, now=now)
    assert (gone.voided_at is not None, list_contracts()) == (True, [])


def test_law_1_9_all_days_stand_in_one_list_by_the_days_left(world, vendor, lift) -> None:
    by, now = world.desk.id, world.now
    vendors.add_contract(vendor.id, replace(CONTRACT, until_on=date(2026, 1, 1)), by=by, now=now)
    vendors.add_contract(vendor.id, CONTRACT, by=by, now=now)
    # Years 1, 4, 7 from March 2020; the one of 2024 was never done: overdue for ever.
    plan(world, lift, "定期检验", "FREQ=YEARLY;INTERVAL=3", date(2021, 3, 20))
    # What comes every few weeks stands in the list of rounds.
    plan(world, lift, "半月维保", "FREQ=DAILY;INTERVAL=15", date(2026, 11, 1))
    plan(world, lift, "每月自查", "FREQ=MONTHLY", date(2026, 11, 1))
    plan(world, lift, "年度自检", "FREQ=YEARLY", date(2026, 3, 1), anchor=Anchor.COMPLETED)
    rounds.bring_rounds_up_to_date(now)
    said = [(one.kind, one.day, one.days_left, one.warning) for one in list_statutory_dates(TODAY)]
    assert said == [
        (DateKind.PLAN, date(2024, 3, 20), -976, 30),
        (DateKind.PLAN, date(2026, 3, 1), -265, 30),
        (DateKind.CONTRACT, date(2026, 11, 30), 9, 30),
        (DateKind.LICENCE, date(2026, 12, 20), 29, 30),
        (DateKind.VENDOR_LICENCE, date(2027, 1, 20), 60, 60),
    ]
    assert next_dates(TODAY)[lift.id].subject == "定期检验 · DT-1 1# 客梯"
    assert len(list_statutory_dates(TODAY, days=10)) == 3
    # The warnings are the office's own: 90, 60, 30 days ahead.
    assert len(list_warned_dates(date(2026, 8, 20))) == 2
    past = list_happenings(lift.id, now)
    assert {(one.kind, one.state) for one in past} == {(HappeningKind.ROUND, "missed")}
    assert [one.at for one in past] == sorted((one.at for one in past), reverse=True)
    own = list_statutory_dates(TODAY, asset_id=lift.id)
    assert [one.kind for one in own] == [DateKind.PLAN, DateKind.PLAN, DateKind.LICENCE]


def test_tsg_t7001_a_lift_that_stood_for_a_year_is_inspected_before_reuse(world, lift) -> None:
    by, now = world.desk.id, world.now
    since = date(2025, 11, 21)
    stopped = replace(lift.draft, state=AssetState.STOPPED, state_on=since, licence_until=None)
    assets.change_asset(lift.id, stopped, version=lift.version, by=by, now=now)
    day_before = TODAY - timedelta(days=1)
    assert DateKind.REUSE not in {one.kind for one in list_statutory_dates(day_before)}
    (due,) = [one for one in list_statutory_dates(TODAY) if one.kind is DateKind.REUSE]
    assert (due.asset_ids, due.days_left, due.verified) == ((lift.id,), 0, False)
    pump = assets.add_asset(replace(stopped, kind=AssetKind.WATER, code=""), by=by, now=now)
    assert pump.id not in next_dates(TODAY)
