"""Houses as lists write them: what we print is read as the same house, and never as another one."""

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.cells import CellError, read_phones
from propdesk.domain.imported_places import PLACE_FIELDS, PlaceReader
from propdesk.domain.imports import Columns, recognise_columns
from propdesk.domain.persons import phone_digits
from propdesk.domain.units import Address, UnitKind, long_address, parse_address

BUILDINGS = st.one_of(
    st.integers(1, 199).map(str), st.from_regex(r"[A-H][0-9]{0,2}", fullmatch=True)
)
ENTRANCES = st.one_of(st.just(""), st.integers(1, 12).map(str))
ROOMS = st.one_of(
    st.integers(101, 4010).map(str), st.from_regex(r"[1-9][0-9]{2}[A-D]", fullmatch=True)
)
HOMES = st.builds(Address, BUILDINGS, ENTRANCES, ROOMS)
OTHERS = st.builds(
    Address, BUILDINGS, ENTRANCES, st.from_regex(r"(B[1-3]-)?[0-9]{1,3}", fullmatch=True),
    st.sampled_from([UnitKind.SHOP, UnitKind.PARKING, UnitKind.STORAGE]),
)  # fmt: skip
FULL_WIDTH = str.maketrans({n: n + 0xFEE0 for n in range(0x21, 0x7F)})


def read(**cells):
    header = tuple(cells)
    mapping = recognise_columns(header, PLACE_FIELDS)
    columns, values = Columns(mapping, header), tuple(cells.values())
    return PlaceReader(columns, [values]).address(values)


def parts(address):
    return address.building, address.entrance, address.unit, address.kind


@given(st.one_of(HOMES, OTHERS))
def test_f37_what_we_print_of_a_house_is_read_as_that_house(address):
    """In the short form of lists, in that of papers, and in full width."""
    long = long_address(*parts(address))
    for text in (address.short, long, address.short.translate(FULL_WIDTH), f" {long} "):
        assert read(房号=text) == address, text


@given(HOMES)
def test_f37_cells_of_their_own_say_the_same_house(address):
    said = {"楼栋": f"{address.building}栋", "单元": address.entrance and f"{address.entrance}单元"}
    assert read(**said, 房间=f"{address.unit}室") == address
    assert read(**said, 房号=address.short) == address


@given(HOMES, BUILDINGS)
def test_f37_a_building_beside_another_building_is_refused_or_an_entrance(address, other):
    """`4` beside `3-2-501` is no house; `4` beside `3-501` can only be entrance 3 of it."""
    if other == address.building:
        return
    if address.entrance:
        with pytest.raises(CellError):
            read(楼栋=other, 房号=address.short)
    elif len(address.building) <= 4:
        found = read(楼栋=other, 房号=address.short)
        assert found == Address(other, address.building, address.unit)


@given(st.text(max_size=12))
def test_f37_any_text_is_a_house_that_prints_as_itself_or_none(text):
    address = parse_address(text)
    if address is not None:
        assert parse_address(address.short) == address, (text, address)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2030, 1, 1)))
def test_f37_a_date_is_no_house(day):
    with pytest.raises(CellError, match=day.date().isoformat()):
        read(房号=day)


@pytest.mark.parametrize(
    ("cells", "short"),
    [
        ({"楼栋": "3棟", "單元": "2單元", "房號": "501"}, "3-2-501"),
        ({"楼栋": "車位", "房号": "B1-035"}, "车位B1-035"),
        ({"楼栋": 1, "单元": 2, "房号": "储藏室3"}, "1-2-储藏室3"),
        ({"楼栋": 3, "单元": 2, "房号": "3-501"}, "3-2-501"),
    ],
)
def test_doubtful_forms(cells, short):
    assert read(**cells).short == short


@pytest.mark.parametrize(
    "cells",
    [{"楼栋": 4, "房号": "3-2-501"}, {"楼栋": 3, "单元": 1, "房号": "3-2-501"}, {"房号": 3.51},
     {"楼栋": 3, "房间": 502, "房屋": "3-2-501"}, {"房号": "3栋5层601"}],
)  # fmt: skip
def test_two_houses_in_one_row_are_refused(cells):
    with pytest.raises(CellError):
        read(**cells)


def test_f37_what_other_rows_say_decides_what_a_number_is():
    """`3-501` beside building 3 is entrance 3 where other rows name their entrances so."""
    header = ("楼栋", "房号")
    rows = [(3, "1-501"), (3, "3-501")]
    columns = Columns(recognise_columns(header, PLACE_FIELDS), header)
    places = PlaceReader(columns, rows)
    assert [places.address(row).short for row in rows] == ["3-1-501", "3-3-501"]
    assert PlaceReader(columns, rows[1:]).address(rows[1]).short == "3-501"


@given(st.lists(st.from_regex(r"1[3-9][0-9]{8}[1-9]", fullmatch=True), min_size=1, max_size=4,
                unique=True), st.sampled_from(["/", "、", ",", "；", "\n", " "]))  # fmt: skip
def test_f37_phones_come_back_whole_and_in_order(phones, between):
    found = read_phones(between.join(phones))
    assert [phone_digits(one) for one in found] == phones
    assert read_phones(phones[0].translate(FULL_WIDTH)) == (phones[0],)


@given(st.integers(13, 19), st.integers(0, 9999))
def test_f37_a_rounded_phone_is_never_a_phone(prefix, digits):
    """What Excel shows as 1.38E+10 has lost its digits, in figures and in words."""
    number = (prefix * 1000 + digits % 1000) * 10**6
    for cell in (number, str(number), f"{number:.2E}", float(number)):
        with pytest.raises(CellError):
            read_phones(cell)
