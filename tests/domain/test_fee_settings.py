"""What stands on fee papers is checked before it stands there."""

from dataclasses import replace

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_settings import FeeSettings, ReceiptPaper, check_fee_settings, copy_names


def test_the_defaults_are_sound() -> None:
    assert check_fee_settings(FeeSettings()) == FeeSettings()


@pytest.mark.parametrize(
    ("name", "value", "code"),
    [
        ("credit_code", "91330106MA2K0X0Y3", "credit-code"),
        ("credit_code", "91330106MA2K0I0Y3T", "credit-code"),
        ("account", "3301-0400", "account-number"),
        ("account", "1234567", "account-number"),
        ("receipt_letters", "收据", "setting-letters"),
        ("receipt_letters", "ABCDE", "setting-letters"),
        ("receipt_copies", " , ", "setting-copies"),
        ("receipt_copies", "a,b,c,d,e", "setting-copies"),
        ("letter_pattern", "催{year}", "letter-pattern"),
        ("letter_pattern", "{number}", "letter-pattern"),
        ("letter_pattern", "{year}{number}{more}", "letter-pattern"),
        ("letter_pattern", "{year.real}{number", "letter-pattern"),
        ("pay_place", "x" * 201, "setting-long"),
    ],
)
def test_a_wrong_choice_is_refused_with_its_sentence(name: str, value: str, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        check_fee_settings(replace(FeeSettings(), **{name: value}))
    assert refused.value.code == code


def test_what_is_typed_is_cleaned() -> None:
    typed = replace(
        FeeSettings(),
        credit_code=" 91330106ma2k0x0y3t ",
        account="3301 0400 0012 3456 789",
        receipt_letters="sk",
        receipt_paper=ReceiptPaper.THIRD,
    )
    checked = check_fee_settings(typed)
    assert checked.credit_code == "91330106MA2K0X0Y3T"
    assert (checked.receipt_letters, checked.receipt_paper) == ("SK", ReceiptPaper.THIRD)


def test_copies_are_named_with_commas_of_any_width() -> None:
    assert copy_names("存根，客户、记账, 四") == ("存根", "客户", "记账", "四")
