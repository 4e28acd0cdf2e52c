"""Never more is shown than the rule of law.md 1.7 allows, however a value was typed (R85)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from propdesk.domain.masking import (
    mask_bank_card,
    mask_email,
    mask_identity_number,
    mask_name,
    mask_names,
    mask_phone,
    mask_plate,
)

_WIDE = {ord(sign): ord(sign) + 0xFEE0 for sign in map(chr, range(0x21, 0x7F))}
_BETWEEN = st.sampled_from(["", " ", "-", "\u3000", "\u200b", "·"])


@st.composite
def _typed(draw, signs: str, lengths: tuple[int, int]) -> tuple[str, str]:
    """Return a value, and the same as somebody types it."""
    value = draw(st.text(signs, min_size=lengths[0], max_size=lengths[1]))
    typed = "".join(sign + draw(_BETWEEN) for sign in value)
    return value, typed.translate(_WIDE) if draw(st.booleans()) else typed


def _shown(masked: str) -> str:
    return "".join(sign for sign in masked if sign not in "*·@")


@pytest.mark.parametrize(
    ("mask", "value", "masked"),
    [
        (mask_name, "张三", "张*"),
        (mask_name, "张伟丰", "张*丰"),
        (mask_name, "欧阳娜娜", "欧**娜"),
        (mask_name, "\u200b张\u202e三 ", "张*"),
        (mask_name, "阿依古丽·买买提", "阿***提"),
        (mask_name, "Christopher Wolfeschlegelsteinhausen", "C***n"),
        (mask_name, "王", "王"),
        (mask_name, "", ""),
        (mask_names, "张伟丰、李四", "张*丰、李*"),
        (mask_names, "", ""),
        (mask_phone, "13800001234", "138****1234"),
        (mask_phone, "138 0000 1234", "138****1234"),
        (mask_phone, "１３８００００１２３４", "138****1234"),
        (mask_phone, "+86 13800001234", "138****1234"),
        (mask_phone, "0086-138-0000-1234", "138****1234"),
        (mask_phone, "＋86 138****1234", "**********234"),
        (mask_phone, "0571-88006110", "*********110"),
        (mask_phone, "66110", "***110"),
        (mask_phone, "110", "***"),
        (mask_phone, "无", ""),
        (mask_identity_number, "110101199003071234", "110***********1234"),
        (mask_identity_number, "１１０１０１１９９００３０７１２３ｘ", "110***********123X"),
        (mask_identity_number, "110101900307123", "110********7123"),
        (mask_identity_number, "E12345678", "*******78"),
        (mask_identity_number, "123", "***"),
        (mask_bank_card, "6222 0212 3456 7890 123", "***************0123"),
        (mask_bank_card, "12345678", "********"),
        (mask_plate, "京A12345", "京A·**345"),
        (mask_plate, "京A·D1 2345", "京A·***345"),
        (mask_plate, "浙ａ12345", "浙A·**345"),
        (mask_plate, "A1234", "***34"),
        (mask_plate, "12", "**"),
        (mask_email, "zhang@example.com", "z***@"),
        (mask_email, "ｚhang＠zhang.cn", "z***@"),
        (mask_email, "a@b.cn", "****@"),
        (mask_email, "@", "****@"),
        (mask_email, "", ""),
    ],
)  # fmt: skip
def test_r85_values_are_masked_by_the_rule(mask, value, masked):
    assert mask(value) == masked


@given(_typed("0123456789", (1, 20)))
def test_r85_no_phone_shows_more_than_seven_digits_of_a_mobile_or_three_of_another(typed):
    digits, text = typed
    is_mobile = len(digits) == 11 and digits[0] == "1"
    shown = _shown(mask_phone(text))
    assert shown == (digits[:3] + digits[-4:] if is_mobile else digits[-3:] if digits[4:] else "")


@given(_typed("0123456789X", (1, 20)))
def test_r85_no_identity_number_shows_birthplace_or_birth_date(typed):
    number, text = typed
    masked = mask_identity_number(text)
    assert len(masked) == len(number)
    most = 7 if len(number) in (15, 18) else 2
    assert len(_shown(masked)) <= most
    if len(number) == 18:
        assert masked[3:14] == "*" * 11


@given(_typed("0123456789", (1, 24)))
def test_r85_a_bank_card_shows_its_last_four_at_most(typed):
    number, text = typed
    assert _shown(mask_bank_card(text)) in ("", number[-4:])
    assert len(_shown(mask_bank_card(text))) * 2 <= len(number)


@given(st.sampled_from("京沪浙粤"), _typed("ABCDEFGHJK0123456789", (1, 8)))
def test_r85_a_plate_shows_place_and_last_three(place, typed):
    plate, text = typed
    signs = place + plate
    expected = signs[:2] + signs[-3:] if len(signs) >= 7 else signs[-2:] if len(signs) > 4 else ""
    assert _shown(mask_plate(place + text)) == expected


@given(st.text(max_size=30))
def test_r85_a_name_shows_two_characters_and_an_address_one(text):
    assert len(mask_name(text).replace("*", "")) <= 2
    assert len(mask_name(text)) <= 5
    assert len(mask_email(text)) <= 5


@given(
    st.sampled_from(
        [mask_name, mask_phone, mask_identity_number, mask_bank_card, mask_plate, mask_email]
    ),
    st.text(st.characters(codec="utf-8"), max_size=24)
    | st.from_regex(r"[1-9*]{4,20}", fullmatch=True),
)
def test_r85_what_is_masked_twice_shows_nothing_more_and_stays_as_it_is(mask, text):
    once = mask(text)
    assert mask(once) == once
    assert mask(unicodedata.normalize("NFKC", once)) == once or mask is mask_name
