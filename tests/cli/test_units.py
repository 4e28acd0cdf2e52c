"""Houses by words alone: what they are, were and will be."""

from datetime import date, datetime, timedelta, timezone

import pytest

from propdesk.domain.persons import PersonDraft
from propdesk.domain.units import Address
from propdesk.services import offices, residents, units
from propdesk.services.queries.staff import first_desk

AT = ("--at", "2026-11-21T09:30")
NOW = datetime(2026, 11, 21, 9, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture
def office(data):
    """An office with three houses, one of them with its owner."""
    opened = offices.open_office(data, now=NOW)
    by = first_desk().id
    for number in ("501", "502", "601"):
        home = units.add_unit(Address("3", "2", number), community="云澜花园", by=by)
    residents.add_resident(home.id, PersonDraft("张伟丰"), by=by, now=NOW)
    offices.close_office(opened)


def ok(answer):
    assert answer.code == 0, answer.err
    return answer


def listed(run, *words):
    return [one["unit"] for one in ok(run("units", "list", *words, "--json")).json]


def test_a_house_is_added_shown_and_changed(run, office):
    made = ok(run(
        "units", "add", "8栋1单元1203", "--area", "120.5", "--state", "undelivered", "--usage",
        "residential", "--layout", "四室", "--contract", "前期合同", "--delivered", "2026-12-31",
        "--minors", "1", "--note", "跃层", "--json",
    )).json  # fmt: skip
    assert made == {
        "unit": "8-1-1203", "address": "8栋1单元1203", "community": "云澜花园", "building": "8",
        "entrance": "1", "number": "1203", "kind": "home", "floor": 12, "area_dm2": 12050,
        "state": "undelivered", "usage": "residential", "layout": "四室", "contract": "前期合同",
        "delivered_on": "2026-12-31", "minors": 1, "note": "跃层",
    }  # fmt: skip
    changed = ok(run(
        "units", "change", "8-1-1203", "--area", "121", "--floor", "13", "--usage", "", "--from",
        "2026-10-01", *AT, "--json",
    )).json  # fmt: skip
    assert changed == made | {"area_dm2": 12100, "floor": 13, "usage": None}
    shown = ok(run("units", "show", "8-1-1203", "--on", "2026-09-30", "--json")).json
    assert (shown["area_dm2"], shown["usage"], shown["on"]) == (12050, "residential", "2026-09-30")
    assert (shown["plates"], shown["coming"]) == ([], [])
    words = ok(run("units", "show", "8-1-1203")).out
    assert "Area\t121.00 m²" in words
    assert "Children\t1" in words


def test_shops_parking_spaces_and_named_buildings(run, office):
    for text, kind in (
        ("商铺12", "shop"), ("车位B1-035", "parking"), ("储藏室3", "storage"), ("12#", "home"),
        ("云澜阁-1-1201", "home"),
    ):  # fmt: skip
        made = ok(run("units", "add", text, "--json")).json
        assert (made["unit"], made["kind"]) == (text, kind)
        assert run("units", "show", text, "--json").json["unit"] == text
    assert run("units", "add", "商铺12").code == 1
    assert "no house number" in run("units", "add", "哪里").err


@pytest.mark.parametrize("area", ["0", "-1", "1e308", "NaN", "０"])
def test_f46_an_area_that_is_none_is_refused(run, office, area):
    answer = run("units", "add", "9-1-101", f"--area={area}", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "draft-incomplete")
    assert "no area" in answer.err
    assert run("units", "show", "9-1-101").code == 1


def test_the_states_of_several_houses_from_a_day_on(run, office):
    done = ok(run(
        "units", "state", "3-2-501", "3栋2单元502", "--state", "vacant", "--from", "2026-11-01",
        "--note", "收楼", *AT, "--json",
    )).json  # fmt: skip
    assert [line["unit"] for line in done["changes"]] == ["3-2-501", "3-2-502"]
    assert done["changes"][0]["from_on"] == "2026-11-01"
    assert done["unchanged"] == []
    again = ok(run("units", "state", "3-2-501", "3-2-601", "--state", "vacant", *AT))
    assert "3-2-501 has this state already" in again.out
    assert listed(run, "--state", "vacant") == ["3-2-501", "3-2-502", "3-2-601"]
    assert listed(run, "--state", "unknown", "--on", "2026-10-31") == [
        "3-2-501", "3-2-502", "3-2-601",
    ]  # fmt: skip
    # One house that is not there, and nothing is written.
    assert run("units", "state", "3-2-601", "3-2-999", "--state", "let").code == 1
    assert listed(run, "--state", "let") == []
    assert "possible: unsold" in run("units", "state", "3-2-601", "--state", "sold").err


def test_a_state_that_is_to_come_is_shown_and_waits(run, office):
    later = date.today() + timedelta(400)  # noqa: TID251 - the command line reads the clock
    ok(run("units", "state", "3-2-501", "--state", "let", "--from", later))
    shown = ok(run("units", "show", "3-2-501", "--json")).json
    assert shown["state"] is None
    assert [(one["value"], one["from_on"]) for one in shown["coming"]] == [("let", f"{later}")]
    assert f"Let\t{later}" in run("units", "show", "3-2-501").out
    assert listed(run, "--state", "let") == []
    assert listed(run, "--state", "let", "--on", f"{later}") == ["3-2-501"]


def test_the_history_is_told_put_right_and_taken_out(run, office):
    for day, state in (("2026-01-01", "vacant"), ("2026-05-01", "let")):
        ok(run("units", "state", "3-2-501", "--state", state, "--from", day, *AT))
    history = ok(run("units", "history", "3-2-501", "--json")).json
    assert [(line["value"], line["from_on"], line["until_on"]) for line in history] == [
        ("let", "2026-05-01", None),
        ("vacant", "2026-01-01", "2026-04-30"),
        (None, None, "2025-12-31"),
    ]
    words = ok(run("units", "history", "3-2-501", "--field", "state")).out
    assert "Vacant\t2026-01-01 – 2026-04-30" in words
    let = history[0]["id"]
    right = ok(run("units", "correct", let, "--from", "2026-06-01", *AT, "--json")).json
    assert (right["value"], right["from_on"]) == ("let", "2026-06-01")
    assert ok(run("units", "void", right["id"], *AT, "--json")).json["state"] == "vacant"
    answer = run("units", "void", right["id"], "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "unit-change-void")
    assert run("units", "void", "999").code == 1
    voided = ok(run("units", "history", "3-2-501", "--voided", "--json")).json
    assert len(voided) == len(ok(run("units", "history", "3-2-501", "--json")).json) + 2


def test_an_area_in_the_history_is_put_right(run, office):
    ok(run("units", "change", "3-2-501", "--area", "89.62"))
    ok(run("units", "change", "3-2-501", "--area", "90", "--from", "2026-05-01", *AT))
    line = run("units", "history", "3-2-501", "--field", "area", "--json").json[0]
    made = ok(run("units", "correct", line["id"], "--note", "实测", *AT, "--json")).json
    assert (made["value"], made["note"]) == (9000, "实测")


def test_a_number_is_put_right(run, office):
    assert ok(run("units", "rename", "3-2-501", "3-2-503", *AT, "--json")).json["unit"] == "3-2-503"
    assert run("units", "show", "3-2-501").code == 1
    taken = run("units", "rename", "3-2-503", "3-2-502", "--json")
    assert taken.json["error"]["code"] == "unit-exists"
    history = run("units", "history", "3-2-503", "--field", "number", "--json").json
    assert [line["value"] for line in history] == ["3-2-503", "3-2-501"]


def test_houses_are_listed_by_building_group_and_words(run, office):
    ok(run("units", "add", "10-1-101"))
    assert listed(run) == ["3-2-501", "3-2-502", "3-2-601", "10-1-101"]
    assert listed(run, "--building", "10") == ["10-1-101"]
    assert listed(run, "--words", "2-50") == ["3-2-501", "3-2-502"]
    assert "3-2-601" not in listed(run, "--group", "nobody")
    assert "3-2-601" in listed(run, "--group", "incomplete")  # an owner, but no phone
    assert "there are 3, 10" in run("units", "list", "--building", "7").err
    # Names of people are told by exports alone.
    assert "张" not in run("units", "list").out + run("units", "list", "--json").out


def test_with_several_communities_each_is_said(run, office):
    ok(run("units", "communities", "--add", "翠湖里"))
    assert "Say which community" in run("units", "add", "3-2-501").err
    ok(run("units", "add", "3-2-501", "--community", "翠湖里"))
    ok(run("units", "communities", "--rename", "翠湖里", "翠湖湾"))
    assert ok(run("units", "communities", "--json")).json == [
        {"community": "云澜花园", "buildings": 1},
        {"community": "翠湖湾", "buildings": 1},
    ]
    ambiguous = run("units", "state", "3-2-501", "--state", "let")
    assert "云澜花园, 翠湖湾" in ambiguous.err
    done = run("units", "state", "3-2-501", "--state", "let", "--community", "翠湖湾", *AT)
    assert "翠湖湾 3-2-501\tLet\t2026-11-21" in ok(done).out
    assert "翠湖湾 3-2-501\t" in run("units", "list", "--community", "翠湖湾").out
    assert run("units", "list", "--community", "没有").code == 1
