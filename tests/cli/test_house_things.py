"""Vehicles, pets and decorations by words alone."""

from datetime import datetime, timedelta, timezone

import pytest

from propdesk.domain.persons import PersonDraft
from propdesk.domain.units import Address
from propdesk.services import offices, residents, units
from propdesk.services.queries.staff import first_desk

NOW = datetime(2026, 11, 20, 9, tzinfo=timezone(timedelta(hours=8)))
AT = ("--at", "2026-11-21T09:30")


@pytest.fixture
def office(data):
    """An office with two houses, one of them with its owner."""
    opened = offices.open_office(data, now=NOW)
    by = first_desk().id
    for number in ("501", "502"):
        home = units.add_unit(Address("3", "2", number), community="云澜花园", by=by)
        if number == "501":
            residents.add_resident(home.id, PersonDraft("张伟丰"), by=by, now=NOW)
    offices.close_office(opened)


def ok(answer):
    assert answer.code == 0, answer.err
    return answer


# -- vehicles


def test_r83_a_vehicle_comes_is_found_and_goes(run, office):
    made = ok(run(
        "vehicles", "add", "3-2-501", "苏a·d12345", "--person", "张伟丰",
        "--description", "比亚迪 白", *AT, "--json",
    )).json  # fmt: skip
    assert (made["plate"], made["kind"], made["unit"]) == ("苏A·D12345", "electric-car", "3-2-501")
    assert (made["person"], made["from_on"], made["remarks"]) == ("张伟丰", "2026-11-21", [])
    assert [one["unit"] for one in ok(run("vehicles", "find", "d12", "--json")).json] == ["3-2-501"]
    assert "比亚迪 白" in run("vehicles", "list", "3-2-501").out
    changed = ok(run(
        "vehicles", "change", "3-2-501", "苏AD12345", "--plate", "苏AD54321", "--note", "换牌",
        "--json",
    )).json  # fmt: skip
    assert (changed["plate"], changed["note"], changed["description"]) == (
        "苏AD54321", "换牌", "比亚迪 白",
    )  # fmt: skip
    ended = run("vehicles", "end", "3-2-501", "苏AD54321", "--on", "2026-11-22", *AT, "--json")
    assert ok(ended).json["to_on"] == "2026-11-22"
    assert len(run("vehicles", "list", "3-2-501", "--past", "--json").json) == 1
    assert len(run("vehicles", "find", "54321", "--past", "--json").json) == 1


def test_what_is_odd_about_a_plate_is_told_and_stored(run, office):
    run("vehicles", "add", "3-2-501", "苏A12345")
    answer = ok(run("vehicles", "add", "3-2-502", "苏A12345"))
    assert "belongs to 3-2-501 too" in answer.out
    odd = ok(run("vehicles", "add", "3-2-502", "A99999", "--json")).json
    assert odd["remarks"] == ["The province is missing before «A99999»."]
    bike = run("vehicles", "add", "3-2-502", "0099", "--kind", "electric-bike", "--json")
    assert ok(bike).json["remarks"] == []


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("add", "3-2-501", " "), "draft-incomplete"),
        (("add", "3-2-501", "苏A12345", "--person", "王五"), "person-unknown"),
        (("add", "3-2-501", "苏A12345", "--space", "3-2-502"), "space-kind"),
        (("add", "3-2-501", "苏A12345", "--kind", "tank"), "word-unknown"),
        (("add", "9-9-901", "苏A12345"), "unit-unknown"),
        (("end", "3-2-501", "苏A12345"), "vehicle-unknown"),
        (("find", "12"), "plate-short"),
    ],
)
def test_refusals_of_vehicles(run, office, words, code):
    answer = run("vehicles", *words, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, code)
    assert run("vehicles", "list", "3-2-501", "--json").json == []


# -- pets


def test_a_pet_and_its_vaccination(run, office):
    made = ok(run(
        "pets", "add", "3-2-501", "--kind", "dog", "--name", "豆豆", "--licence", "苏犬0123",
        "--vaccinated-until", "2020-01-01", *AT, "--json",
    )).json  # fmt: skip
    assert (made["licence"], made["from_on"]) == ("苏犬0123", "2026-11-21")
    assert [one["id"] for one in run("pets", "due", "--json").json] == [made["id"]]
    changed = run("pets", "change", made["id"], "--vaccinated-until", "2090-01-01", "--json")
    assert ok(changed).json["name"] == "豆豆"
    assert run("pets", "due", "--json").json == []
    assert "豆豆" in run("pets", "list", "3-2-501").out
    ok(run("pets", "end", made["id"], "--on", "2026-11-21"))
    assert run("pets", "list", "3-2-501", "--json").json == []
    assert len(run("pets", "list", "3-2-501", "--past", "--json").json) == 1


# -- decorations


APPLY = (
    "decorations", "apply", "3-2-501", "--applicant", "张伟丰", "--scope", "厨卫改造",
    "--from", "2026-11-20", "--until", "2026-12-31", "--company", "宏图装饰", "--told", "all",
    "--deposit", "2000", "--deposit-note", "收据 12", "--workers", "6",
)  # fmt: skip


def test_r101_a_decoration_from_the_application_to_the_deposit(run, office):
    made = ok(run(*APPLY, *AT, "--json")).json
    assert (made["number"], made["stage"], made["deposit_fen"]) == (
        "ZX-2026-0001", "applied", 200_000,
    )  # fmt: skip
    number = made["number"]
    assert ok(run("decorations", "permit", "zx2026-1", *AT, "--json")).json["stage"] == "under-way"
    found = ok(run(
        "decorations", "patrol", number, "--finding", "structure", "正在拆承重墙",
        "--finding", "noise", "午休施工", "--rectify-by", "2026-11-25", "--at",
        "2026-11-21T10:00", "--patrolled-by", "王建国", "--json",
    )).json  # fmt: skip
    assert [one["kind"] for one in found] == ["structure", "noise"]
    ticket = ok(run("decorations", "ticket", found[0]["id"], "--json")).json["ticket"]
    assert run("violations", "list", "--json").json[0]["number"] == ticket
    refused = run("decorations", "accept", number, "--json")
    assert refused.json["error"]["code"] == "decoration-findings"
    for one in found:
        ok(run("decorations", "rectified", one["id"], "--on", "2026-11-22"))
    shown = ok(run("decorations", "show", number, "--json")).json
    assert (shown["open_findings"], len(shown["patrols"])) == (0, 2)
    ok(run("decorations", "accept", number, "--text", "合格"))
    part = run("decorations", "deposit", number, "--returned", "1800", "--json")
    assert part.json["error"]["code"] == "draft-incomplete"
    words = ("--returned", "1800", "--reason", "修电梯", "--json")
    assert ok(run("decorations", "deposit", number, *words)).json["deposit_returned_fen"] == 180_000
    assert run("decorations", "list", "--json").json == []
    assert len(run("decorations", "list", "--unit", "3-2-501", "--json").json) == 1


def test_l945_structure_is_warned_of_and_not_permitted_without_its_scheme(run, office):
    assert "load-bearing" in ok(run(*APPLY, "--structure", *AT)).out
    refused = run("decorations", "permit", "ZX-2026-0001", *AT)
    assert refused.code == 1
    assert "design institute" in refused.err
    ok(run("decorations", "change", "ZX-2026-0001", "--scheme", "市设计院 2026-118"))
    assert ok(run("decorations", "permit", "ZX-2026-0001", *AT)).code == 0


def test_what_an_owner_is_told_has_codes(run, office):
    told = run("decorations", "told", "--json").json
    assert "structure" in told
    assert "gas\t" in run("decorations", "told").out
    ok(run(*APPLY[:-8], "--told", "gas", *AT))
    refused = run("decorations", "permit", "ZX-2026-0001", *AT)
    assert f"{len(told) - 1} points" in refused.err
    ok(run("decorations", "cancel", "ZX-2026-0001", "--reason", "改期"))
    assert run("decorations", "list", "--json").json == []


def test_a_day_to_rectify_belongs_to_a_finding(run, office):
    ok(run(*APPLY, *AT))
    words = ("decorations", "patrol", "ZX-2026-0001", "--rectify-by", "2026-11-25", "--json")
    assert run(*words).json["error"]["code"] == "finding-none"
