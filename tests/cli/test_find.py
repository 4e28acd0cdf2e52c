"""`find` answers as the desk search does (decision 31); `segments` on the command line (R81)."""

import pytest

from propdesk.sheets.writing import SheetOut, write_workbook


@pytest.fixture
def office(run, tmp_path):
    """An office with names that are hard to find."""
    file = tmp_path / "住户.xlsx"
    rows = [
        ("3栋2单元501", "张伟丰", "13800001234", "苏A12345"),
        ("3-2-502", "張偉豐", "13900005678", ""),
        ("5-1-101", "单雄信", "05126661234", "苏AD12345"),
        ("12#别墅", "Mary O'Neill", "", ""),
    ]
    write_workbook(file, [SheetOut("住户", ("房号", "业主姓名", "联系电话", "车牌"), rows)])
    assert run("import", "residents", file).code == 0
    return run


@pytest.mark.parametrize(
    ("typed", "units"),
    [
        ("3-2-501", {"3-2-501"}),
        ("3栋2单元501室", {"3-2-501"}),
        ("３－２－５０１", {"3-2-501"}),
        ("张伟", {"3-2-501", "3-2-502"}),
        ("張偉", {"3-2-501", "3-2-502"}),
        ("伟丰", {"3-2-501", "3-2-502"}),
        ("zwf", {"3-2-501", "3-2-502"}),
        ("zhangwei", {"3-2-501", "3-2-502"}),
        ("shanxiongxin", {"5-1-101"}),
        ("danxiongxin", {"5-1-101"}),
        ("chanxiongxin", {"5-1-101"}),
        ("1234", {"3-2-501", "5-1-101"}),
        ("D12345", {"5-1-101"}),
        ("苏a·12345", {"3-2-501"}),
        ("mary", {"12#"}),
        ("neill", {"12#"}),
        ("nobody", set()),
    ],
)
def test_r85_a_house_is_found_by_what_the_caller_says(office, typed, units):
    found = office("find", typed, "--json").json
    assert {one["unit"] for one in found if one["kind"] != "ticket"} == units
    assert all(set(one) == {"kind", "label", "unit", "number"} for one in found)


def test_find_names_a_ticket_by_its_number(office):
    words = ("--kind", "repair", "--unit", "3-2-501", "--text", "水管漏水", "--json")
    number = office("tickets", "register", *words).json["number"]
    (one,) = office("find", number, "--json").json
    assert (one["kind"], one["number"], one["unit"], one["label"]) == (
        "ticket", number, "", "水管漏水",
    )  # fmt: skip


def test_find_tells_phones_masked_and_nothing_found_in_words(office):
    assert "138****1234" in office("find", "zwf").out
    assert "13800001234" not in office("find", "zwf").out
    assert "Nothing found" in office("find", "王二麻子").out


def test_r81_segments_are_listed_said_otherwise_and_given_to_a_person(office):
    listed = office("segments", "list", "--json").json
    assert [one["code"] for one in listed] == ["picky", "generous", "thrifty", "comfort"]
    changed = office("segments", "set", "picky", "--guide", "Listen first.", "--json").json
    assert (changed["guide"], changed["changed"]) == ("Listen first.", True)
    assert office("segments", "put", "picky", "--person", 1, "--json").json["code"] == "picky"
    assert office("segments", "list", "--json").json[0]["people"] == 1
    assert office("segments", "put", "none", "--person", 1, "--json").json is None
    refused = office("segments", "put", "picky", "--person", 99, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "person-unknown")
    assert office("segments", "reset", "picky", "--json").json["changed"] is False
