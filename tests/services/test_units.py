"""Houses on a real file: added, changed with a day, renamed, and looked back at."""

from dataclasses import replace
from datetime import date

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.unit_drafts import UnitFacts
from propdesk.domain.units import Address, UnitState, UnitUsage
from propdesk.services import units
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.unit_changes import (
    list_changes,
)
from propdesk.services.queries.units import (
    find_unit,
    get_unit,
    list_buildings,
    list_vehicles,
)
from propdesk.storage.database import rows

TODAY = date(2026, 11, 21)
TABLES = ("community", "building", "entrance", "unit", "unit_change", "vehicle", "desk_key",
          "setting")  # fmt: skip


def everything():
    return {table: sorted(map(repr, rows(f"SELECT * FROM {table}"))) for table in TABLES}


@pytest.fixture
def refused():
    """Expect a refusal with a code, and that it wrote nothing."""

    def refuse(code, act):
        before = everything()
        with pytest.raises(RuleError) as caught:
            act()
        assert caught.value.code == code
        assert str(caught.value)
        assert everything() == before
        return caught.value

    return refuse


def facts_of(unit, **fields):
    plain = {"floor": unit.floor, "note": unit.note, "area_dm2": unit.area_dm2,
             "state": unit.state, "usage": unit.usage, "layout": unit.layout,
             "contract": unit.contract, "delivered_on": unit.delivered_on,
             "minors": unit.minors, "plates": list_vehicles(unit.id)}  # fmt: skip
    return UnitFacts(**{**plain, **fields})


def change(world, unit, *, from_on=None, **fields):
    return units.change_unit(
        unit.id,
        facts_of(unit, **fields),
        version=unit.version,
        by=world.desk.id,
        now=world.now,
        from_on=from_on,
    )


def houses(typed):
    return [hit.where for hit in search_desk(typed, today=TODAY)]


# -- houses


def test_a_house_makes_the_places_that_it_needs(world):
    unit = units.add_unit(
        Address("8", "1", "1203"),
        community=" 翠湖里 ",
        by=world.desk.id,
        facts=UnitFacts(
            area_dm2=12_050,
            note="跃层",
            plates=("粤b12345", " 粤B12345 ", ""),
            state=UnitState.UNDELIVERED,
            usage=UnitUsage.RESIDENTIAL,
            layout="四室",
            contract="前期物业服务合同",
            delivered_on=date(2020, 5, 1),
            minors=1,
        ),
    )
    assert (unit.community, unit.building, unit.entrance) == ("翠湖里", "8", "1")
    assert (unit.short, unit.long, unit.floor) == ("8-1-1203", "8栋1单元1203", 12)
    assert (unit.area_dm2, unit.note, unit.version) == (12_050, "跃层", 1)
    assert (unit.state, unit.usage) == (UnitState.UNDELIVERED, UnitUsage.RESIDENTIAL)
    assert (unit.layout, unit.contract) == ("四室", "前期物业服务合同")
    assert (unit.delivered_on, unit.minors) == (date(2020, 5, 1), 1)
    assert list_changes(unit.id) == ()
    assert list_vehicles(unit.id) == ("粤B12345",)
    assert [row[1:] for row in list_buildings()] == [
        ("云澜花园", "3"),
        ("云澜花园", "12"),
        ("翠湖里", "8"),
    ]


def test_a_second_house_shares_building_and_entrance(world):
    before = len(rows("SELECT 1 FROM entrance"))
    units.add_unit(Address("3", "2", "502"), community="云澜花园", by=world.desk.id)
    assert len(rows("SELECT 1 FROM entrance")) == before


def test_a_typed_floor_stands_above_the_proposed_one(world):
    unit = units.add_unit(
        Address("3", "2", "1501"), community="云澜花园", by=world.desk.id, facts=UnitFacts(14)
    )
    assert unit.floor == 14


def test_the_same_house_is_refused_but_not_in_another_community(world, refused):
    def again(community):
        return units.add_unit(Address("3", "2", "501"), community=community, by=world.desk.id)

    refused("unit-exists", lambda: again("云澜花园"))
    assert again("翠湖里").id != world.home.id


def test_a_house_needs_a_community(world, refused):
    refusal = refused(
        "draft-incomplete",
        lambda: units.add_unit(Address("9", "", "101"), community=" ", by=world.desk.id),
    )
    assert [problem.field for problem in refusal.problems] == ["community"]


def test_a_house_in_two_communities_is_ambiguous(world, refused):
    units.add_unit(Address("3", "2", "501"), community="翠湖里", by=world.desk.id)
    refusal = refused("unit-ambiguous", lambda: find_unit("3-2-501"))
    assert "云澜花园" in str(refusal)
    assert "翠湖里" in str(refusal)
    assert find_unit("3栋2单元501室", "翠湖里").community == "翠湖里"
    assert find_unit("12#别墅").id == world.villa.id


def test_an_unknown_community_is_refused_with_those_there_are(world, refused):
    refusal = refused("community-unknown", lambda: find_unit("3-2-501", "翠湖里"))
    assert "云澜花园" in str(refusal)


def test_a_house_with_a_name_of_its_own_is_found(world):
    tower = Address("云澜阁", "1", "1201")
    added = units.add_unit(tower, community="云澜花园", by=world.desk.id)
    assert find_unit("云澜阁-1-1201").id == added.id


def test_changing_a_house(world):
    changed = change(world, world.home, floor=6, area_dm2=None, note="a\tb", plates=("苏A·12345",))
    assert (changed.floor, changed.area_dm2, changed.note) == (6, None, "a b")
    assert changed.version == world.home.version + 1
    assert (changed.short, changed.long) == (world.home.short, world.home.long)
    assert list_vehicles(world.home.id) == ("苏A·12345",)


def test_plates_come_and_go_with_their_keys(world):
    first = change(world, world.home, plates=("粤B11111", "粤B22222"))
    assert houses("22222") == ["3-2-501"]
    assert houses("b111") == ["3-2-501"]
    change(world, first, plates=("粤B22222", "粤B33333"))
    assert houses("11111") == []
    assert houses("33333") == houses("22222") == ["3-2-501"]


def test_a_house_that_somebody_changed_meanwhile_is_refused(world, refused):
    change(world, world.home, note="先")
    refused("changed-meanwhile", lambda: change(world, world.home, note="后"))
    assert get_unit(world.home.id).note == "先"


def test_an_unknown_house_is_refused(world, refused):
    stranger = replace(world.home, id=9999)
    refused("unit-unknown", lambda: change(world, stranger))
