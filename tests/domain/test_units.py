"""Houses as people say them (decision 30)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.errors import RuleError
from propdesk.domain.imported_units import STATE_WORDS
from propdesk.domain.units import (
    UNIT_STATE_LABELS,
    UnitKind,
    UnitState,
    long_address,
    parse_address,
    require_address,
    state_label,
)


@pytest.mark.parametrize(
    ("said", "short", "floor", "long"),
    [
        ("3-2-501", "3-2-501", 5, "3栋2单元501"),
        ("3－2－501", "3-2-501", 5, "3栋2单元501"),
        ("３＃２－５０１", "3-2-501", 5, "3栋2单元501"),
        ("3#2-501", "3-2-501", 5, "3栋2单元501"),
        ("3栋2单元501室", "3-2-501", 5, "3栋2单元501"),
        ("3号楼2单元501", "3-2-501", 5, "3栋2单元501"),
        ("3 栋 2 单元 501 室", "3-2-501", 5, "3栋2单元501"),
        ("三栋二单元501", "3-2-501", 5, "3栋2单元501"),
        ("十二栋1单元1203", "12-1-1203", 12, "12栋1单元1203"),
        ("03-02-0501", "3-2-501", 5, "3栋2单元501"),
        ("3-501", "3-501", 5, "3栋501"),
        ("3幢501", "3-501", 5, "3栋501"),
        ("A-1201", "A-1201", 12, "A栋1201"),
        ("a-1201", "A-1201", 12, "A栋1201"),
        ("商铺12", "商铺12", None, "商铺12"),
        ("1栋商铺3", "1-商铺3", None, "1-商铺3"),
        ("车位B1-035", "车位B1-035", None, "车位B1-035"),
        ("12#别墅", "12#", None, "12#"),
        ("3号楼2单元5层01", "3-2-501", 5, "3栋2单元501"),
    ],
)
def test_forms_that_are_understood(said, short, floor, long):
    address = parse_address(said)
    assert address is not None
    assert (address.short, address.floor) == (short, floor)
    assert long_address(address.building, address.entrance, address.unit, address.kind) == long


@pytest.mark.parametrize("said", ["", "中心花园", "100", "3栋", "A2区黄兴路", "3-2-501-7-9", "--"])
def test_what_is_no_house_is_refused_with_an_example(said):
    assert parse_address(said) is None
    with pytest.raises(RuleError, match="3-2-501") as refusal:
        require_address(said)
    assert refusal.value.code == "address-unreadable"


@given(
    st.integers(1, 99),
    st.one_of(st.none(), st.integers(1, 9)),
    st.integers(1, 40),
    st.integers(1, 9),
)
def test_every_written_form_gives_the_same_house(building, entrance, floor, door):
    unit = f"{floor}0{door}"
    parts = [str(building), *([str(entrance)] if entrance else []), unit]
    short = "-".join(parts)
    words = f"{building}栋{f'{entrance}单元' if entrance else ''}{unit}室"
    wide = short.translate({ord(c): ord(c) + 0xFEE0 for c in "0123456789-"})
    found = {parse_address(text) for text in (short, words, wide, f" {short} ")}
    assert len(found) == 1
    address = found.pop()
    assert address is not None
    assert (address.short, address.kind) == (short, UnitKind.HOME)


@given(st.text(max_size=40))
def test_any_text_is_read_or_not_but_never_breaks(text):
    address = parse_address(text)
    assert address is None or address.short


@pytest.mark.parametrize(("kind", "said"), [
    (UnitKind.HOME, "自住"),
    (UnitKind.SHOP, "自用"),
    (UnitKind.PARKING, "自用"),
    (UnitKind.STORAGE, "自用"),
])  # fmt: skip
def test_nobody_lives_in_a_shop(kind, said):
    word = state_label(UnitState.OWNER_OCCUPIED, kind)
    assert word == said
    assert word in STATE_WORDS[UnitState.OWNER_OCCUPIED]  # what we write, an import reads
    assert state_label(None, kind) == ""
    others = set(UnitState) - {UnitState.OWNER_OCCUPIED}
    assert all(state_label(one, kind) == str(UNIT_STATE_LABELS[one]) for one in others)
