"""The ledger of equipment and the points of routes."""

from dataclasses import replace
from datetime import date

import pytest

from propdesk.domain.assets import AssetDraft, AssetKind, AssetState, PointDraft
from propdesk.domain.errors import DraftError, RuleError
from propdesk.services import assets
from propdesk.services.queries.assets import find_asset, list_assets, list_points
from propdesk.storage.database import rows

LIFT = AssetDraft("1# 客梯", AssetKind.LIFT, maker="迅达", installed_on=date(2020, 3, 1))


def building(world) -> int:
    return rows("SELECT id FROM building WHERE name = '3'")[0][0]


def test_a_thing_and_its_point_are_kept_with_numbers_of_their_own(world) -> None:
    by, now = world.desk.id, world.now
    lift = assets.add_asset(
        replace(LIFT, building_id=building(world), place="1 单元"), by=by, now=now
    )
    point = assets.add_point(
        PointDraft("电梯机房", building_id=building(world), floor="屋面", asset_id=lift.id), by=by
    )
    assert (lift.draft.code, lift.where) == ("SB001", "3栋 1 单元")
    assert (point.draft.code, point.where, point.asset) == ("P-01", "3栋 屋面", "1# 客梯")
    assert find_asset("sb001").points == ("P-01",)
    stopped = assets.change_asset(
        lift.id,
        replace(lift.draft, state=AssetState.STOPPED, state_on=date(2026, 11, 1)),
        version=lift.version,
        by=by,
        now=now,
    )
    assert stopped.draft.state is AssetState.STOPPED
    with pytest.raises(RuleError) as refusal:
        assets.void_asset(lift.id, version=stopped.version, by=by, now=now)
    assert refusal.value.code == "asset-used"
    assets.end_point(point.id, version=point.version, by=by, now=now)
    assert list_points() == []


def test_what_was_entered_by_mistake_goes_and_frees_its_number(world) -> None:
    by, now = world.desk.id, world.now
    first = assets.add_asset(replace(LIFT, code="DT-1"), by=by, now=now)
    with pytest.raises(DraftError) as refusal:
        assets.add_asset(replace(LIFT, code="dt-1"), by=by, now=now)
    assert [problem.field for problem in refusal.value.problems] == ["code"]
    assets.void_asset(first.id, version=first.version, by=by, now=now)
    assert list_assets() == []
    assert assets.add_asset(replace(LIFT, code="DT-1"), by=by, now=now).draft.code == "DT-1"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": " "}, "name"),
        ({"code": "X" * 41}, "code"),
        ({"installed_on": date(2027, 1, 1)}, "installed_on"),
        ({"inspected_on": date(2019, 1, 1)}, "inspected_on"),
    ],
)
def test_a_thing_that_cannot_be_is_refused_under_its_field(world, change, field) -> None:
    with pytest.raises(DraftError) as refusal:
        assets.add_asset(replace(LIFT, **change), by=world.desk.id, now=world.now)
    assert [problem.field for problem in refusal.value.problems] == [field]
