"""Plates as people write them: read, compared, doubted; never refused for their form."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk import i18n
from propdesk.domain.vehicles import (
    VehicleDraft,
    VehicleKind,
    check_vehicle,
    plate_doubt,
    plate_key,
    proposed_kind,
    read_plate,
)


@pytest.fixture(autouse=True)
def in_english():
    """What is told is compared in the language of the source."""
    i18n.set_language("en")


# as written, as stored
WRITTEN = [
    ("苏A·12345", "苏A·12345"),
    ("苏a12345", "苏A12345"),
    (" 苏A 12 345 ", "苏A12345"),
    ("苏Ａ•１２３４５", "苏A·12345"),
    ("苏A.12345", "苏A·12345"),
    ("蘇A12345", "苏A12345"),
    ("粵B·D12345", "粤B·D12345"),
    ("粤B1234學", "粤B1234学"),
    ("·", ""),
]
# every form that the mainland's standard knows
RIGHT = [
    "苏A·12345", "苏A1B2C3", "京AD12345", "苏AF1234 5", "苏A12345D", "苏A1234警", "沪A0023领",
    "苏A1234挂", "苏A1234学", "粤Z1234港", "粤Z1234澳", "苏A1234试", "川XD013应急", "使014578",
    "224578使", "苏Ａ１２３４５",
]  # fmt: skip
DOUBTFUL = {
    "A12345": "province",
    "苏A12O45": "letter I or O",
    "苏A1234I": "letter I or O",
    "苏A1234": "6 characters",
    "苏A123456789": "11 characters",
    "HK 888": "does not look",
    "临时001": "does not look",
}


@pytest.mark.parametrize(("written", "stored"), WRITTEN)
def test_f44_a_plate_is_stored_in_one_form(written, stored):
    assert read_plate(written) == stored
    assert read_plate(stored) == stored


@pytest.mark.parametrize("plate", RIGHT)
def test_a_right_plate_is_not_doubted(plate):
    assert plate_doubt(plate) == ""


@pytest.mark.parametrize(("plate", "words"), DOUBTFUL.items())
def test_a_doubtful_plate_is_told_and_may_be_stored(plate, words):
    assert words in plate_doubt(plate)
    assert check_vehicle(VehicleDraft(plate)) == ()


def test_an_electric_bicycle_has_a_number_of_its_own():
    assert plate_doubt("宁0012345", VehicleKind.ELECTRIC_BIKE) == ""
    assert plate_doubt("宁0012345") != ""


@pytest.mark.parametrize(
    ("plate", "kind"),
    [
        ("苏A12345", VehicleKind.CAR),
        ("苏AD12345", VehicleKind.ELECTRIC_CAR),
        ("苏A·F1234 5", VehicleKind.ELECTRIC_CAR),
        ("苏A12345D", VehicleKind.ELECTRIC_CAR),
        ("苏A1234警", VehicleKind.CAR),
    ],
)
def test_eight_characters_propose_a_new_energy_car(plate, kind):
    assert proposed_kind(plate) is kind


def test_a_vehicle_needs_a_plate_and_days_in_order():
    draft = VehicleDraft("\u200b", from_on=date(2026, 3, 2), to_on=date(2026, 3, 1))
    assert [one.field for one in check_vehicle(draft)] == ["to_on"]
    assert [one.field for one in check_vehicle(VehicleDraft(" "))] == ["plate"]
    assert [one.field for one in check_vehicle(VehicleDraft("苏A" + "1" * 19))] == ["plate"]
    assert [one.field for one in check_vehicle(VehicleDraft("1" * 300))] == ["plate"]


@given(st.text(max_size=30))
def test_f44_any_text_is_read_and_read_again_the_same(text):
    once = read_plate(text)
    assert read_plate(once) == once
    assert plate_key(once) == plate_key(text)
    assert isinstance(plate_doubt(text), str)


@given(st.from_regex(r"[京苏粤]\u200b?[A-Z] ?[·•.]? ?[0-9A-HJ-NP-Z]{5}", fullmatch=True))
def test_f36_dots_and_blanks_do_not_make_another_plate(text):
    plain = "".join(filter(str.isalnum, text))
    assert plate_key(text) == plain.casefold()
    assert plate_doubt(text) == ""
