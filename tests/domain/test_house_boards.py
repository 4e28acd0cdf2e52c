"""The house board: which house stands where, whatever the numbers are like."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.board_shades import (
    BY_STATE,
    BY_TICKETS,
    COLOURINGS,
    Mark,
    count_marks,
    find_colouring,
    marks_of,
)
from propdesk.domain.errors import RuleError
from propdesk.domain.house_boards import BoardHouse, build_board, find_sections, has_floors
from propdesk.domain.units import Address, UnitKind, UnitState

BUILDINGS: dict[tuple[str, str], int] = {}


def house(short, floor=None, community="云澜花园", kind=UnitKind.HOME, **facts):
    """Return a house by its number; `3-2-501` and `12#` are understood, shops by their kind."""
    if short.endswith("#"):
        building, entrance, number = short[:-1], "", short[:-1]
    else:
        building, *middle, number = short.split("-", 2)
        entrance = middle[0] if middle else ""
    if floor is None and facts.pop("reads_floor", True):
        floor = Address(building, entrance, number, kind).floor
    building_id = BUILDINGS.setdefault((community, building), len(BUILDINGS) + 1)
    return BoardHouse(
        abs(hash((short, community))) % 10**9, short, community, building_id, building, entrance,
        number, floor, kind, **facts,
    )  # fmt: skip


def grid(entrance):
    """Return the lines of an entrance as numbers, `.` for a gap, the top floor first."""
    return [
        " ".join(one.number if one else "." for one in entrance.floors[level])
        for level in sorted(entrance.floors, reverse=True)
    ]


def section_of(*houses):
    (section,) = build_board(houses)
    return section


def test_houses_with_the_same_ending_stand_below_each_other_the_top_floor_first():
    numbers = ("101", "102", "201", "203", "1001", "1002", "1003")
    (entrance,) = section_of(*(house(f"3-1-{n}") for n in numbers)).entrances
    assert grid(entrance) == ["1001 1002 1003", "201 . 203", "101 102 ."]


def test_floors_are_those_of_all_entrances():
    section = section_of(house("3-1-301"), house("3-2-201"), house("3-2-501"))
    assert section.levels() == (5, 3, 2)
    assert [one.name for one in section.entrances] == ["1", "2"]


def test_entrances_and_buildings_are_counted_as_people_do():
    sections = build_board(
        [house(f"{b}-{e}-101") for b, e in (("10", "1"), ("2", "10"), ("2", "2"), ("A", "1"))]
    )
    assert [one.name for one in sections] == ["2", "10", "A"]
    assert [one.name for one in sections[0].entrances] == ["2", "10"]


def test_basements_stand_below_the_ground_floor():
    section = section_of(
        house("3-1-101"), house("3-1-B101", -1), house("3-1-B102", -1), house("3-1--201", -2)
    )
    assert section.levels() == (1, -1, -2)
    assert grid(section.entrances[0]) == ["101 .", "B101 B102", "-201 ."]


def test_houses_without_a_floor_stand_apart():
    (entrance,) = section_of(house("3-1-101"), house("3-1-B"), house("3-1-A")).entrances
    assert grid(entrance) == ["101"]
    assert [one.number for one in entrance.loose] == ["A", "B"]


def test_a_building_without_entrances_has_one_without_a_name():
    (entrance,) = section_of(house("5-201"), house("5-101")).entrances
    assert entrance.name == ""
    assert grid(entrance) == ["201", "101"]


def test_villas_of_a_community_are_one_strip_between_buildings_and_shops():
    sections = build_board(
        [
            house("12#"),
            house("9#"),
            house("3-1-101"),
            house("车位-B1-035", kind=UnitKind.PARKING),
            house("3-商铺12", kind=UnitKind.SHOP),
        ]
    )
    assert [one.name for one in sections] == ["3", "", "车位"]
    assert [one.number for one in sections[1].strips[0].houses] == ["9", "12"]
    assert sections[0].strips[0].kind is UnitKind.SHOP
    assert not sections[2].entrances


def test_numbers_that_do_not_begin_with_their_floor_fill_the_line_from_the_left():
    (entrance,) = section_of(*(house(f"3-1-{n}", (n + 1) // 2) for n in range(1, 7))).entrances
    assert grid(entrance) == ["5 6", "3 4", "1 2"]


def test_endings_that_never_repeat_leave_no_gaps():
    numbers = ("101", "102", "203", "204", "305", "306")
    (entrance,) = section_of(*(house(f"3-1-{n}") for n in numbers)).entrances
    assert grid(entrance) == ["305 306", "203 204", "101 102"]


def test_an_odd_number_follows_after_the_columns():
    (entrance,) = section_of(
        house("3-1-201"), house("3-1-202"), house("3-1-201A"), house("3-1-S2", 2), house("3-1-101")
    ).entrances
    assert grid(entrance) == ["201 201A 202 S2", "101 . . ."]


def test_communities_stand_apart():
    sections = build_board([house("3-1-101"), house("3-1-101", community="翠湖里")])
    assert [(one.community, one.name) for one in sections] == [("云澜花园", "3"), ("翠湖里", "3")]


def test_forty_houses_on_a_floor_are_forty_columns():
    (entrance,) = section_of(*(house(f"7-1-{f}{n:02d}") for f in (1, 2) for n in range(1, 41)))\
        .entrances  # fmt: skip
    assert entrance.columns == 40


def test_only_a_board_of_strips_has_no_floors():
    assert has_floors(build_board([house("3-1-101")]))
    assert not has_floors(build_board([house("12#"), house("3-1-A")]))
    assert not has_floors(build_board([]))


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["1", "2", "12", "商铺"]),
            st.sampled_from(["", "1", "2"]),
            st.text("0123456789AB-", min_size=1, max_size=5),
            st.none() | st.integers(-3, 40),
            st.sampled_from(UnitKind),
        ),
        max_size=60,
    )
)
def test_every_house_stands_on_the_board_exactly_once(places):
    houses = [
        BoardHouse(n, f"h{n}", "云澜花园", hash(b) % 1000, b, e, number, floor, kind)
        for n, (b, e, number, floor, kind) in enumerate(places)
    ]
    random.Random(1).shuffle(houses)
    sections = build_board(houses)
    shown = [one.id for section in sections for one in section.houses()]
    assert sorted(shown) == list(range(len(places)))
    for section in sections:
        for entrance in section.entrances:
            assert all(len(line) == entrance.columns for line in entrance.floors.values())
            assert all(
                one is None or one.floor == level
                for level, line in entrance.floors.items()
                for one in line
            )


def test_a_building_is_found_as_people_say_it():
    sections = build_board([house("3-1-101"), house("听雨楼-201"), house("12#")])
    for said in ("3", "3栋", " 03 ", "3#", "3号楼"):
        assert [one.name for one in find_sections(sections, said)] == ["3"]
    assert find_sections(sections, "12#")[0].strips
    assert find_sections(sections, "听雨楼")[0].name == "听雨楼"
    with pytest.raises(RuleError, match="听雨楼") as caught:
        find_sections(sections, "33")
    assert caught.value.code == "building-unknown"
    with pytest.raises(RuleError):
        find_sections(sections, "3", "翠湖里")


# -- colours


def test_each_state_has_a_look_and_a_character_of_its_own():
    looks = [BY_STATE.shade_of(house("3-1-101", state=state)) for state in (*UnitState, None)]
    assert len({one.look for one in looks}) == len(looks)
    marks = [str(one.mark) for one in looks]
    assert len(set(marks)) == len(marks)
    assert [key for key, mark in zip((*UnitState, None), marks, strict=True) if not mark] == [
        UnitState.OWNER_OCCUPIED
    ]


def test_the_gravest_open_matter_colours_a_house():
    table = {
        (0, 0, 0): ("none", ""),
        (2, 0, 0): ("open", "2"),
        (2, 1, 0): ("complaint", str(BY_TICKETS.shades[1].mark)),
        (2, 1, 1): ("overdue", str(BY_TICKETS.shades[0].mark)),
        (1, 0, 1): ("overdue", str(BY_TICKETS.shades[0].mark)),
    }
    for (tickets, complaints, overdue), (key, mark) in table.items():
        one = house("3-1-101", tickets=tickets, complaints=complaints, overdue=overdue)
        assert (BY_TICKETS.shade_of(one).key, BY_TICKETS.mark(one)) == (key, mark)


@pytest.mark.parametrize("colouring", COLOURINGS, ids=lambda one: one.key)
def test_counts_name_every_shade_and_add_up(colouring):
    houses = [house(f"3-1-10{n}", state=state, tickets=n) for n, state in enumerate(UnitState)]
    counts = colouring.count(houses)
    assert list(counts) == [shade.key for shade in colouring.shades]
    assert sum(counts.values()) == len(houses)
    assert find_colouring(colouring.key) is colouring


def test_an_unknown_colouring_names_those_there_are():
    with pytest.raises(RuleError, match="state, tickets"):
        find_colouring("rainbow")


def test_marks_name_the_most_urgent_first():
    one = house("3-1-101", tickets=2, complaints=1, is_special=True, is_decorating=True)
    assert marks_of(one) == (Mark.COMPLAINT, Mark.TICKET, Mark.DECORATION, Mark.SPECIAL)
    only = house("3-1-102", tickets=1, complaints=1)
    assert marks_of(only) == (Mark.COMPLAINT,)
    by_state = house("3-1-103", is_decorating=True, state=UnitState.DECORATING)
    assert marks_of(by_state) == ()
    assert count_marks([one, only, by_state])[Mark.COMPLAINT] == 2
