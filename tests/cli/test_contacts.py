"""Contacts, registers and notices on the command line; what it answers is JSON."""

import pypdf
import pytest


@pytest.fixture
def office(run, residents_file):
    assert run("import", "residents", residents_file).code == 0
    return run


def text_of(file):
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)


def test_r52_contacts_are_logged_listed_cleared_and_voided(office):
    logged = office(
        "contacts", "log", "--unit", "3-2-501", "--text", "来问车位月卡", "--opinion", "查余位",
        "--due", "2099-01-01", "--json",
    )  # fmt: skip
    one = logged.json
    assert (one["unit"], one["name"], one["reason"], one["open"]) == (
        "3-2-501", "张伟丰", "parking", True,
    )  # fmt: skip
    assert [each["id"] for each in office("contacts", "list", "--open", "--json").json] == [1]
    cleared = office("contacts", "clear", 1, "--result", "余 3 个", "--json").json
    assert (cleared["open"], cleared["result"]) == (False, "余 3 个")
    assert office("contacts", "list", "--open", "--json").json == []
    assert office("contacts", "void", 1, "--reason", "重复", "--json").json["void_reason"] == "重复"
    refused = office("contacts", "clear", 1, "--result", "x", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "contact-voided")


def test_r91_a_talk_with_an_authority_needs_no_house(office):
    words = ("--text", "街道通知检查", "--with", "authority", "--name", "刘科长", "--json")
    one = office("contacts", "log", *words).json
    assert (one["with"], one["unit"], one["name"]) == ("authority", None, "刘科长")
    wrong = office("contacts", "log", "--text", "x", "--way", "pigeon", "--json")
    assert (wrong.code, wrong.json["error"]["code"]) == (1, "word-unknown")
    late = office("contacts", "log", "--text", "x", "--due", "soon", "--json")
    assert late.json["error"]["code"] == "day-unreadable"


def test_r52_the_reasons_are_the_offices_own(office):
    assert office("contacts", "reasons", "--json").json[0]["code"] == "complaint"
    own = office("contacts", "reasons", "--set", "投诉", "快递代收", "--json").json
    assert [one["code"] for one in own] == ["complaint", "快递代收"]


def test_r82_the_registry_is_printed_exported_and_counted(office, tmp_path):
    office("contacts", "log", "--unit", "3-2-501", "--text", "来问车位月卡")
    office("tickets", "register", "--unit", "3-2-501", "--kind", "complaint", "--text", "灯不亮")
    target = tmp_path / "registry.pdf"
    answer = office("print", "registry", "-o", target, "--json").json
    assert [line["reason"] for line in answer["lines"]] in (
        ["parking", "complaint"], ["complaint", "parking"],
    )  # fmt: skip
    assert {one["reason"]: one["total"] for one in answer["reasons"]} == {
        "parking": 1, "complaint": 1,
    }  # fmt: skip
    assert "来问车位月卡" in text_of(target)
    assert office("print", "registry", "-o", tmp_path / "registry.csv").code == 0
    assert "来问车位月卡" in (tmp_path / "registry.csv").read_text("utf-8-sig")
    nowhere = office("print", "registry")
    assert nowhere.code == 1


def test_idea4_day_list_and_hand_over_are_printed(office, tmp_path):
    office("tickets", "register", "--unit", "3-2-501", "--kind", "repair", "--text", "水管漏")
    assert office("print", "day-list", "-o", tmp_path / "day.pdf", "--json").json["pages"] == 1
    assert "水管漏" in text_of(tmp_path / "day.pdf")
    past = office("print", "day-list", "--on", "2020-01-01", "-o", tmp_path / "x.pdf", "--json")
    assert past.json["error"]["code"] == "day-list-past"
    over = office("hand-over", "write", "--shift", "早班", "--items", "钥匙 2 把", "--json").json
    assert office("hand-over", "list", "--json").json == [over]
    assert office("print", "hand-over", "-o", tmp_path / "over.pdf").code == 0
    assert "钥匙2把" in text_of(tmp_path / "over.pdf")


def test_r89_a_notice_is_written_listed_and_printed(office, tmp_path):
    words = (
        "--kind", "water", "--scope", "3 栋", "--reason", "抢修",
        "--from", "2026-11-23T08:30", "--until", "2026-11-23T17:00",
    )  # fmt: skip
    unfilled = office("notices", "write", *words[:4], "--json")
    assert (unfilled.code, unfilled.json["error"]["code"]) == (1, "draft-incomplete")
    number = office("notices", "write", *words, "--json", lang="zh_CN").json["number"]
    assert office("notices", "list", "--json").json[0]["number"] == number
    assert office("print", "notice", number, "-o", tmp_path / "n.pdf").code == 0
    assert "停水通知" in text_of(tmp_path / "n.pdf")
    assert office("notices", "void", number, "--json").json["voided_at"]
    unknown = office("print", "notice", "TZ-2026-9999", "-o", tmp_path / "n.pdf", "--json")
    assert unknown.json["error"]["code"] == "notice-unknown"
