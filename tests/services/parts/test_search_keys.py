"""What the desk finds people, phones, plates and houses by."""

import pytest

from propdesk.services.parts.search_keys import person_keys, phone_keys, plate_keys, unit_keys


@pytest.mark.parametrize(
    ("name", "keys"),
    [
        ("张三丰", {"张三丰", "三丰", "丰", "zsf", "zhangsanfeng"}),
        ("张 三", {"张三", "三", "zs", "zhangsan"}),
        ("Ｌi", {"li", "i"}),
        ("吕", {"吕", "l", "lv"}),
        ("😀", {"😀"}),
        ("", set()),
    ],
)
def test_names(name, keys):
    assert person_keys(name) == keys


def test_every_reading_of_a_polyphone():
    assert {"sxx", "dxx", "shanxiongxin", "danxiongxin"} <= person_keys("单雄信")
    assert {"zgf", "cgf"} <= person_keys("曾国藩")


def test_salutation():
    assert person_keys("张三", "王老师") == person_keys("张三") | person_keys("王老师")


def test_an_absurd_name_costs_little():
    assert len(person_keys("单" * 100_000)) < 100


def test_phones():
    digits = "13812345678"
    keys = phone_keys(digits)
    for start in range(len(digits) - 3):
        assert any(key.startswith(digits[start : start + 4]) for key in keys)
    assert all(len(key) >= 4 for key in keys)
    assert phone_keys("110") == {"110"}
    assert phone_keys("") == set()


def test_plates():
    assert plate_keys("苏A·12345") == {"苏a12345", "a12345", "12345", "2345", "345"}


def test_units():
    assert unit_keys("3-2-501", "501") == {"3-2-501", "32501", "501"}
    assert unit_keys("商铺12", "12") == {"商铺12", "12"}
    assert unit_keys("12#", "12") == {"12#", "12"}
