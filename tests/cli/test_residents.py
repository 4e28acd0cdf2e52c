"""`residents` on the command line: roles, shares, links, merges, a death (F47)."""

import json

import pytest

from propdesk.sheets.writing import SheetOut, write_workbook


@pytest.fixture
def office(run, tmp_path):
    """Two houses with one owner each, who share a name."""
    file = tmp_path / "住户.xlsx"
    rows = [("3-2-501", "张伟丰", "13800001234"), ("3-2-502", "张伟丰", "13900005678")]
    write_workbook(file, [SheetOut("住户", ("房号", "业主姓名", "联系电话"), rows)])
    assert run("import", "residents", file).code == 0
    return run


def people(office, unit, *more):
    return office("residents", "list", unit, *more, "--json").json


def test_a_family_with_shares_is_entered(office):
    answer = office(
        "residents", "add", "3-2-501", "李秀兰", "--phone", "137 0000 1111", "--relation",
        "配偶", "--share", "33.3%", "--from", "2020-05-01", "--json",
    )  # fmt: skip
    wife = answer.json
    assert (wife["role"], wife["relation"], wife["share"]) == ("owner", "配偶", "33.3%")
    assert (wife["phones"], wife["from_on"]) == (["137****1111"], "2020-05-01")
    shares = office("residents", "shares", "3-2-501", "张伟丰=2/3", "李秀兰=1/3")
    assert (shares.code, "2/3" in shares.out) == (0, True)
    above = office("residents", "shares", "3-2-501", "李秀兰=34%", "--json")
    assert above.code == 1
    assert "100.6667%" in above.err or "whole" in above.err
    half = office("residents", "shares", "3-2-501", "张伟丰=1/2", "--json").json
    assert half["hint"] == "The shares make 5/6; 1/6 is missing."
    taken = office("residents", "shares", "3-2-501", "张伟丰=", "李秀兰=", "--json").json
    assert [one["share"] for one in taken["owners"]] == [None, None]
    assert office("residents", "shares", "3-2-501", "李秀兰").code == 1


def test_a_person_is_changed_and_leaves(office):
    changed = office(
        "residents", "change", "3-2-501", "张伟丰", "--salutation", "张老师", "--special", "独居",
        "--special-until", "2027-01-01", "--json",
    ).json  # fmt: skip
    assert (changed["salutation"], changed["special"]) == ("张老师", "独居")
    assert changed["phones"] == ["138****1234"]
    gone = office("residents", "end", "3-2-501", "张伟丰", "--on", "2020-01-01", "--json")
    assert gone.json["present"] is False
    assert people(office, "3-2-501") == []
    assert [one["to_on"] for one in people(office, "3-2-501", "--past")] == ["2020-01-01"]
    back = office("residents", "change", "3-2-501", "张伟丰", "--to", "", "--json").json
    assert (back["to_on"], back["present"]) == (None, True)


def test_f47_who_is_known_is_offered_and_never_linked_by_itself(office):
    words = ("residents", "add", "3-2-502", "张伟丰", "--phone", "0086-13800001234")
    offered = office(*words, "--role", "tenant")
    assert offered.code == 1
    assert "residents link 3-2-502" in offered.err
    assert len(people(office, "3-2-502")) == 1
    known = people(office, "3-2-501")[0]["person_id"]
    linked = office("residents", "link", "3-2-502", known, "--role", "tenant", "--json").json
    assert (linked["person_id"], linked["role"]) == (known, "tenant")
    another = office(*words, "--another", "--role", "family", "--json").json
    assert another["person_id"] != known


def test_f47_two_persons_are_made_one_only_when_somebody_says_so(office):
    first, second = (people(office, unit)[0]["person_id"] for unit in ("3-2-501", "3-2-502"))
    shown = office("residents", "show", first, "--json").json
    assert [one["id"] for one in shown["twins"]] == [second]
    assert office("residents", "show", "张伟丰").code == 1
    dry = office("residents", "merge", first, second, "--dry-run")
    assert "cannot be undone" in dry.out
    dry = office("residents", "merge", first, second, "--dry-run", "--json").json
    assert (dry["done"], dry["moves"]) == (False, {"residency": 1, "phone": 1})
    assert people(office, "3-2-502")[0]["person_id"] == second
    done = office("residents", "merge", first, second, "--json").json
    assert (done["done"], done["moves"]) == (True, dry["moves"])
    one = office("residents", "show", "张伟丰", "--json").json
    assert [stay["unit"] for stay in one["houses"]] == ["3-2-501", "3-2-502"]
    assert one["phones"] == ["138****1234", "139****5678"]
    assert office("residents", "show", second, "--json").json["merged_into"] == first
    assert office("residents", "merge", first, second).code == 1


def test_a_child_needs_a_guardian_and_a_company_has_staff(office):
    child = ("residents", "add", "3-2-501", "张小宝", "--role", "family", "--relation", "子女")
    assert "guardian" in office(*child, "--child").err
    added = office(*child, "--guardian", "张伟丰", "--guardian-on", "2020-01-01", "--json").json
    assert added["guardian"] == "张伟丰"
    company = office(
        "residents", "add", "3-2-502", "云澜贸易", "--kind", "company", "--role", "tenant", "--json"
    ).json
    assert (company["kind"], company["role"]) == ("company", "tenant")


def test_f47_a_death_names_the_houses_and_the_heirs_are_a_move(office):
    dead = people(office, "3-2-501")[0]["person_id"]
    answer = office("residents", "died", dead, "--on", "2026-01-05")
    assert "moves record 3-2-501 --kind inheritance" in answer.out
    shown = office("residents", "died", dead, "--on", "2026-01-05", "--json").json
    assert (shown["died_on"], shown["waits"]) == ("2026-01-05", ["3-2-501"])
    assert people(office, "3-2-501")[0]["present"]
    moved = office(
        "moves", "record", "3-2-501", "--kind", "inheritance", "--on", "2026-03-01",
        "--coming", "李秀兰,owner,1/2", "--coming", "张小丰,owner,1/2",
        "--leaving", "张伟丰", "--json",
    )  # fmt: skip
    assert moved.code == 0, moved.err
    heirs = people(office, "3-2-501")
    assert [(one["name"], one["role"], one["share"]) for one in heirs] == [
        ("李秀兰", "owner", "1/2"), ("张小丰", "owner", "1/2"),
    ]  # fmt: skip
    back = office("residents", "died", dead, "--on", "", "--json").json
    assert back["died_on"] is None


def test_a_stranger_to_the_house_is_refused(office):
    for words in (
        ("end", "3-2-501", "王芳"),
        ("change", "3-2-501", "9999", "--note", "x"),
        ("shares", "3-2-501", "王芳=1/2"),
        ("show", "9999"),
        ("add", "3-2-501", "王芳", "--share", "50"),
        ("add", "3-2-501", "王芳", "--phone", "1.38E+10"),
    ):
        answer = office("residents", *words, "--json")
        assert (answer.code, bool(answer.err)) == (1, True), words
        assert json.loads(answer.out)["error"]["message"]
