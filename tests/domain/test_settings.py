"""What an office may set, and what is refused with one sentence."""

from dataclasses import replace

import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.settings import OfficeSettings, check_settings
from propdesk.domain.tickets import Kind


def test_the_defaults_are_good_and_cleaned():
    settings = OfficeSettings(copy_names=(" 存根联 ", "", "客户联"))
    checked = check_settings(settings)
    assert checked.copy_names == ("存根联", "客户联")
    assert checked.number_letters[Kind.COMPLAINT] == "TS"


@pytest.mark.parametrize(
    ("code", "more"),
    [
        ("setting-empty", {"office_name": " "}),
        ("setting-copies", {"copy_names": ()}),
        ("setting-copies", {"copy_names": ("一", "二", "三", "四", "五")}),
        ("number-pattern", {"number_pattern": "{letters}{sequence}"}),
        ("number-pattern", {"number_pattern": "{letters.x}{letters}{year}{month}{sequence}"}),
        ("number-pattern", {"number_pattern": "{letters}/{year}{month}/{sequence}"}),
        ("number-pattern", {"number_pattern": "no {letters}{year}{month}{sequence}"}),
        ("number-pattern", {"number_pattern": "{letters}-{year}{month}-{sequence}" + "-" * 40}),
        ("setting-letters", {"number_letters": dict.fromkeys(Kind, "TS")}),
        ("setting-letters", {"number_letters": dict.fromkeys(Kind, "投诉")}),
        ("setting-days", {"repeat_days": 0}),
        ("setting-long", {"phone": "1" * 500}),
    ],
)
def test_bad_settings_are_refused(code, more):
    with pytest.raises(RuleError) as refusal:
        check_settings(replace(OfficeSettings(), **more))
    assert refusal.value.code == code
