"""Houses on a real file: added, changed with a day, renamed, and looked back at."""

from contextlib import suppress
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.unit_changes import DATED, ChangeDraft, UnitField, held_on
from propdesk.domain.unit_drafts import UnitFacts
from propdesk.domain.units import Address, UnitKind, UnitState, UnitUsage
from propdesk.services import offices, units
from propdesk.services.checking import check_office
from propdesk.services.queries.desk import search_desk
from propdesk.services.queries.unit_changes import (
    count_changes,
    get_change,
    list_changes,
    list_coming,
    states_on,
    value_on,
)
from propdesk.services.queries.units import (
    UnitGroup,
    count_listed,
    count_units,
    find_unit,
    get_unit,
    list_buildings,
    list_units,
)
from propdesk.services.queries.vehicles import list_plates
from propdesk.storage.database import database, rows

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
             "minors": unit.minors, "plates": list_plates(unit.id, today=TODAY)}  # fmt: skip
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
    assert list_plates(unit.id, today=TODAY) == ("粤B12345",)
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
    assert list_plates(world.home.id, today=TODAY) == ("苏A·12345",)


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


# -- changes with a day


def enter(world, value, from_on="", *, field=UnitField.STATE, unit=None, now=None, note=""):
    draft = ChangeDraft(field, value, str(from_on), note)
    unit_id = (unit or world.home).id
    return units.enter_change(unit_id, draft, by=world.desk.id, now=now or world.now)


def state(world):
    return get_unit(world.home.id).state


def sound(world):
    line = next(one for one in check_office(world.office).lines if one.name == "houses")
    return line.ok


def test_a_state_from_today_is_at_once_what_the_house_is(world):
    line = enter(world, "let", note="租给李先生")
    assert state(world) is UnitState.LET
    assert (line.value, line.from_on, line.note, line.staff) == (
        "let", TODAY, "租给李先生", world.desk.name,
    )  # fmt: skip
    # What was before is a line of its own.
    assert [(one.value, one.from_on) for one in list_changes(world.home.id)] == [
        ("let", TODAY),
        ("", None),
    ]
    assert value_on(world.home.id, UnitField.STATE, TODAY - timedelta(1)) == ""
    assert count_changes(world.home.id) == 1
    assert get_unit(world.home.id).version == world.home.version + 1
    assert sound(world)


def test_a_change_that_begins_later_waits(world):
    enter(world, "owner-occupied")
    enter(world, "let", "2027-01-01")
    assert state(world) is UnitState.OWNER_OCCUPIED
    assert [line.value for line in list_coming(TODAY)] == ["let"]
    assert [line.value for line in list_coming(TODAY, world.home.id)] == ["let"]
    assert list_coming(TODAY, world.villa.id) == ()
    assert value_on(world.home.id, UnitField.STATE, date(2027, 1, 1)) == "let"
    assert states_on(date(2027, 1, 1)) == {world.home.id: UnitState.LET, world.villa.id: None}
    assert sound(world)


def new_year(days=0):
    return datetime(2027, 1, 1, 0, 0, 30) + timedelta(days)


def test_a_change_begins_at_midnight_while_the_window_is_open(world):
    enter(world, "let", "2027-01-01")
    assert units.follow_day(now=datetime(2026, 12, 31, 23, 59)) == 0
    assert state(world) is None
    assert units.follow_day(now=new_year()) == 1
    assert state(world) is UnitState.LET
    assert units.follow_day(now=new_year()) == 0
    assert list_coming(new_year().date()) == ()
    assert sound(world)
    # The clock was wrong: what has not begun is waiting again.
    assert units.follow_day(now=world.now) == 1
    assert state(world) is None
    assert sound(world)


def test_a_change_begins_when_the_office_is_opened_for_writing(world, tmp_path):
    enter(world, "let", "2027-01-01")
    offices.close_office(world.office)
    for at, write, found in (
        (datetime(2026, 12, 31), True, None),
        (new_year(), False, None),  # who may only read writes nothing
        (new_year(3), True, UnitState.LET),
    ):
        office = offices.open_office(tmp_path / "office", now=at, write=write)
        assert state(world) is found
        assert sound(world)
        offices.close_office(office)
    offices.open_office(tmp_path / "office", now=world.now)


def test_a_day_on_which_nothing_changes_changes_no_file(world):
    enter(world, "let")
    before = everything()
    assert units.follow_day(now=new_year()) == 0
    assert everything() == before


def test_a_command_after_midnight_lets_all_changes_of_the_day_begin(world):
    enter(world, "let", "2027-01-01")
    enter(world, "vacant", unit=world.villa, now=new_year())
    assert state(world) is UnitState.LET
    assert sound(world)


def test_a_change_of_the_past_stands_before_what_came_later(world):
    enter(world, "vacant", "2026-09-01")
    enter(world, "decorating", "2026-03-01")
    assert state(world) is UnitState.VACANT
    assert value_on(world.home.id, UnitField.STATE, date(2026, 5, 1)) == "decorating"
    assert value_on(world.home.id, UnitField.STATE, date(2026, 2, 28)) == ""
    # What it is already on that day is no change, whatever comes later.
    enter(world, "let", "2026-01-01")
    assert value_on(world.home.id, UnitField.STATE, date(2026, 2, 28)) == "let"


def test_of_two_changes_of_one_day_the_later_counts(world):
    enter(world, "let")
    enter(world, "vacant")
    assert state(world) is UnitState.VACANT
    assert [one.value for one in list_changes(world.home.id)] == ["vacant", "let", ""]
    assert sound(world)


def test_what_a_house_has_already_is_refused(world, refused):
    enter(world, "let")
    refusal = refused("unit-unchanged", lambda: enter(world, "let", "2027-01-01"))
    assert "3-2-501" in str(refusal)
    refused("unit-unchanged", lambda: enter(world, "", unit=world.villa))


def test_what_cannot_be_read_is_refused(world, refused):
    refusal = refused("draft-incomplete", lambda: enter(world, "sold", "2026-02-30"))
    assert [problem.field for problem in refusal.problems] == ["value", "from_on"]
    for size in ("0", "-5", "1e308", "NaN"):
        refused(
            "draft-incomplete",
            lambda size=size: enter(world, size, field=UnitField.AREA),
        )
    refused("unit-change-number", lambda: enter(world, "502", field=UnitField.NUMBER))
    refused("unit-unknown", lambda: enter(world, "let", unit=replace(world.home, id=999)))


@pytest.mark.parametrize(
    ("field", "first", "then"),
    [
        (UnitField.AREA, "89.62", "90"),
        (UnitField.USAGE, "residential", "commercial"),
        (UnitField.LAYOUT, "两室", "三室"),
        (UnitField.CONTRACT, "前期物业服务合同", "2026 年合同"),
    ],
)
def test_the_other_values_have_their_days_too(world, field, first, then):
    enter(world, first, field=field)
    enter(world, then, "2027-01-01", field=field)
    before = get_unit(world.home.id).dated()[field]
    assert before == value_on(world.home.id, field, TODAY) != ""
    units.follow_day(now=new_year())
    after = get_unit(world.home.id).dated()[field]
    assert after == value_on(world.home.id, field, date(2027, 1, 1)) != before
    assert sound(world)


def test_a_line_is_said_anew_and_the_wrong_one_is_kept(world, refused):
    wrong = enter(world, "let", "2026-03-01", note="房东来电")
    draft = ChangeDraft(UnitField.STATE, "vacant", "2026-04-01", "搞错了")
    right = units.correct_change(wrong.id, draft, by=world.desk.id, now=world.now)
    assert (right.value, right.from_on) == ("vacant", date(2026, 4, 1))
    assert value_on(world.home.id, UnitField.STATE, date(2026, 3, 15)) == ""
    assert state(world) is UnitState.VACANT
    kept = get_change(wrong.id)
    assert (kept.value, kept.note, kept.voided_staff) == ("let", "房东来电", world.desk.name)
    again = replace(draft, value="let")
    refused(
        "unit-change-void",
        lambda: units.correct_change(wrong.id, again, by=world.desk.id, now=world.now),
    )
    refused(
        "unit-unchanged",
        lambda: units.correct_change(right.id, draft, by=world.desk.id, now=world.now),
    )
    assert sound(world)


def test_what_was_before_is_put_right_but_never_taken_out(world, refused):
    enter(world, "let")
    first = list_changes(world.home.id)[-1]
    refused("unit-change-first", lambda: units.void_change(first.id, by=1, now=world.now))
    draft = ChangeDraft(UnitField.STATE, "vacant", "2026-05-05")
    units.correct_change(first.id, draft, by=world.desk.id, now=world.now)
    assert value_on(world.home.id, UnitField.STATE, date(2000, 1, 1)) == "vacant"
    assert state(world) is UnitState.LET
    assert sound(world)


def test_a_change_taken_out_never_was(world, refused):
    enter(world, "vacant", "2026-01-01")
    line = enter(world, "let")
    assert units.void_change(line.id, by=world.desk.id, now=world.now).state is UnitState.VACANT
    assert value_on(world.home.id, UnitField.STATE, date(2030, 1, 1)) == "vacant"
    refused("unit-change-void", lambda: units.void_change(line.id, by=1, now=world.now))
    for unknown in (0, -1, 999, 2**70):
        refused(
            "unit-change-unknown",
            lambda unknown=unknown: units.void_change(unknown, by=1, now=world.now),
        )
    assert sound(world)


def test_the_states_of_several_houses_are_set_at_once_or_not_at_all(world, refused):
    enter(world, "vacant", unit=world.villa)
    both = [world.home.id, world.villa.id, world.home.id]
    done = units.set_states(
        both, UnitState.VACANT, by=world.desk.id, now=world.now, from_on=date(2026, 12, 1)
    )
    assert [line.unit_id for line in done.changes] == [world.home.id]
    assert [unit.short for unit in done.unchanged] == ["12#"]
    assert states_on(date(2026, 12, 1)) == dict.fromkeys(both, UnitState.VACANT)
    refused(
        "unit-unknown",
        lambda: units.set_states(
            [world.home.id, 999], UnitState.LET, by=world.desk.id, now=world.now
        ),
    )


# -- changing in the form


def test_what_was_not_known_has_held_all_along_but_a_state_begins(world):
    changed = change(world, world.home, area_dm2=8962, layout="三室", state=UnitState.LET)
    assert (changed.area_dm2, changed.layout, changed.state) == (8962, "三室", UnitState.LET)
    assert [line.field for line in list_changes(world.home.id)] == [UnitField.STATE] * 2
    assert value_on(world.home.id, UnitField.AREA, date(2000, 1, 1)) == "8962"
    assert changed.version == world.home.version + 1
    assert sound(world)


def test_what_was_known_changes_on_its_day(world):
    first = change(world, world.home, area_dm2=8962, contract="甲")
    then = change(world, first, area_dm2=9000, contract="乙", from_on=date(2026, 7, 1))
    assert (then.area_dm2, then.contract) == (9000, "乙")
    assert value_on(world.home.id, UnitField.AREA, date(2026, 6, 30)) == "8962"
    assert value_on(world.home.id, UnitField.CONTRACT, date(2026, 6, 30)) == "甲"
    later = change(world, then, area_dm2=None, minors=2, from_on=date(2027, 1, 1))
    assert (later.area_dm2, later.minors) == (9000, 2)
    assert [line.value for line in list_coming(TODAY)] == [""]
    units.follow_day(now=new_year())
    assert get_unit(world.home.id).area_dm2 is None
    assert sound(world)


def test_a_form_that_was_open_over_a_change_is_refused(world, refused):
    enter(world, "let")
    refused("changed-meanwhile", lambda: change(world, world.home, note="x"))


# -- renaming


def rename(world, text, unit=None):
    address = Address(*text.split("-"))
    return units.rename_unit((unit or world.home).id, address, by=world.desk.id, now=world.now)


def test_a_number_is_put_right_and_found_anew(world):
    renamed = rename(world, "3-2-602")
    assert (renamed.id, renamed.short, renamed.number) == (world.home.id, "3-2-602", "602")
    assert (renamed.long, renamed.floor) == ("3栋2单元602", 6)
    assert find_unit("3-2-602").id == world.home.id
    assert (houses("3-2-602"), houses("3-2-501")) == (["3-2-602"], [])
    history = list_changes(world.home.id, UnitField.NUMBER)
    assert [(line.value, line.from_on) for line in history] == [
        ("3-2-602", TODAY),
        ("3-2-501", None),
    ]
    assert sound(world)
    rename(world, "3-2-501")
    assert sound(world)


def test_a_typed_floor_outlives_a_new_number(world):
    change(world, world.home, floor=4)
    assert rename(world, "3-2-602").floor == 4


def test_a_house_moves_into_its_right_building_and_leaves_nothing_behind(world):
    assert rename(world, "5-1-501").building == "5"
    assert [name for _id, _community, name in list_buildings()] == ["5", "12"]
    assert len(rows("SELECT 1 FROM entrance")) == 2


def test_a_number_that_is_taken_is_refused(world, refused):
    other = units.add_unit(Address("3", "2", "502"), community="云澜花园", by=world.desk.id)
    refused("unit-exists", lambda: rename(world, "3-2-502"))
    refused("unit-unchanged", lambda: rename(world, "3-2-501"))
    units.add_unit(Address("3", "2", "777"), community="翠湖里", by=world.desk.id)
    refusal = refused("unit-exists", lambda: rename(world, "3-2-501", other))
    assert "云澜花园 3-2-501" in str(refusal)
    # Another community's number is free here.
    assert rename(world, "3-2-777").community == "云澜花园"


def test_a_number_in_the_history_is_neither_taken_out_nor_said_anew(world, refused):
    rename(world, "3-2-602")
    line = list_changes(world.home.id, UnitField.NUMBER)[0]
    draft = ChangeDraft(UnitField.NUMBER, "3-2-603")
    refused("unit-change-number", lambda: units.void_change(line.id, by=1, now=world.now))
    refused(
        "unit-change-number",
        lambda: units.correct_change(line.id, draft, by=1, now=world.now),
    )


# -- the list


def listed(**wanted):
    found = [row.short for row in list_units(**wanted, today=TODAY)]
    assert count_listed(**wanted, today=TODAY) == len(found)
    return found


def test_houses_of_a_state(world):
    enter(world, "vacant", unit=world.villa)
    enter(world, "vacant", "2027-01-01")
    assert listed(state=UnitState.VACANT) == ["12#"]
    assert listed(state=UnitState.LET) == []
    assert count_units(TODAY).states[UnitState.VACANT] == 1
    row = next(one for one in list_units(today=TODAY) if one.short == "12#")
    assert (row.state, row.usage) == (UnitState.VACANT, None)


def test_a_file_is_incomplete_without_owner_or_phone(world):
    space = Address("车位", "", "B1-035", UnitKind.PARKING)
    units.add_unit(space, community="云澜花园", by=world.desk.id)
    assert listed(group=UnitGroup.INCOMPLETE) == ["12#"]
    enter(world, "unsold", unit=world.villa)
    assert listed(group=UnitGroup.INCOMPLETE) == []
    assert count_units(TODAY).groups[UnitGroup.INCOMPLETE] == 0


def test_a_file_is_incomplete_when_nobody_has_a_phone(world):
    assert "3-2-501" not in listed(group=UnitGroup.INCOMPLETE)
    database.execute_sql("DELETE FROM phone")
    assert "3-2-501" in listed(group=UnitGroup.INCOMPLETE)


# -- random acts


_DAY = st.integers(-20, 20).map(lambda n: TODAY + timedelta(n))
_ACT = st.one_of(
    st.tuples(st.just("enter"), st.sampled_from(["let", "vacant", "decorating", ""]), _DAY),
    st.tuples(st.just("area"), st.sampled_from(["", "80", "90.5"]), _DAY),
    st.tuples(st.just("void"), st.integers(0, 30), _DAY),
    st.tuples(st.just("correct"), st.integers(0, 30), _DAY),
    st.tuples(st.just("day"), st.integers(-3, 9), _DAY),
)


# Each random history has a house of its own in the one office.
@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(_ACT, max_size=14))
def test_any_history_says_of_any_day_what_a_recount_says(world, acts):
    """Whatever is entered, voided, said anew, and on whatever day: history and row agree."""
    by, now = {"by": world.desk.id}, world.now
    units.follow_day(now=now)
    home = units.add_unit(
        Address("99", "1", str(len(rows("SELECT 1 FROM unit")))), community="云澜花园", **by
    )
    for act, what, day in acts:
        lines = [line.id for line in list_changes(home.id)]
        with suppress(RuleError):
            if act in ("enter", "area"):
                field = UnitField.STATE if act == "enter" else UnitField.AREA
                draft = ChangeDraft(field, what, day.isoformat())
                units.enter_change(home.id, draft, **by, now=now)
            elif act == "day":
                now += timedelta(what)
                units.follow_day(now=now)
            elif act == "void" and lines:
                units.void_change(lines[what % len(lines)], **by, now=now)
            elif lines:
                old = get_change(lines[what % len(lines)])
                value = "let" if old.field is UnitField.STATE else "77"
                draft = ChangeDraft(old.field, value, day.isoformat())
                units.correct_change(old.id, draft, **by, now=now)
        present = get_unit(home.id).dated()
        for field in DATED:
            history = list_changes(home.id, field)
            for step in range(-21, 40, 3):
                there = TODAY + timedelta(step)
                held = held_on(history, there)
                expected = present[field] if held is None else held.value
                assert value_on(home.id, field, there) == expected
            assert value_on(home.id, field, now.date()) == present[field]
    assert sound(world)
