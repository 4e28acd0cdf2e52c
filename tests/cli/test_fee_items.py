"""Items, prices, exceptions and rules of fees by words alone (R96)."""

import pytest
from PIL import Image


@pytest.fixture
def house(run, data):
    """A house, the usual items, and a price on a contract."""
    run("units", "add", "3-2-501", "--community", "云澜花园", "--area", "89.56")
    run("fees", "items", "--propose")
    run("fees", "basis", "add", "合同", "--kind", "contract", "--from", "2024-01-01")
    added = run(
        "fees", "tariff", "add", "wy", "1.80", "--from", "2024-01-01", "--basis", 1, "--json"
    )
    assert added.code == 0
    assert added.json["doubts"] == []


def test_items_are_proposed_changed_and_listed(run, house):
    items = {one["code"]: one for one in run("fees", "items", "--json").json}
    assert items["wy"]["formula"] == "area"
    assert items["lift"]["active"] is False
    told = run("fees", "items", "set", "lift", "--on").out
    assert "double charging" in told
    added = run("fees", "items", "add", "rent", "摊位费", "--formula", "fixed", "--json").json
    assert (added["code"], added["charges"]) == ("rent", "all")


def test_r96_prices_follow_each_other(run, house):
    refused = run("fees", "tariff", "add", "wy", "2.10", "--from", "2027-01-01")
    assert refused.code == 1
    assert "1.80" in refused.err
    stored = run(
        "fees", "tariff", "add", "wy", "2.10", "--from", "2027-01-01", "--close", "--cap", "2.00",
        "--late", "0.05%", "--late-clause", "第十条", "--json",
    ).json  # fmt: skip
    assert (stored["price_e4"], stored["late_annual"], stored["closed"]) == (21_000, "18.25 %", 1)
    listed = run("fees", "tariff", "--json").json
    assert [(one["price_e4"], one["until"]) for one in listed] == [
        (21_000, None),
        (18_000, "2026-12-31"),
    ]
    assert run("fees", "tariff", "void", 2, "--reason", "录错", "--json").json["voided"]
    assert run("fees", "tariff", "end", 1, "--json").json["until"] is None


def test_law_1_2_rules_of_the_place_and_of_the_office(run, house):
    placed = run("fees", "rules", "place", "滨州", "--json").json
    assert {one["code"] for one in placed["rules"]} >= {"vacancy", "vacancy-percent-most"}
    line = run(
        "fees", "unit", "add", "3-2-501", "wy", "vacant", "--from", "2026-11-01", "--percent", 70,
        "--evidence", "申请", "--json",
    ).json  # fmt: skip
    assert len(line["doubts"]) == 1
    assert run("fees", "unit", "list", "3-2-501", "--json").json[0]["percent"] == 70
    assert run("fees", "unit", "end", line["id"], "--until", "2026-12-31").code == 0
    assert run("fees", "rules", "set", "late-lpr", "3.45", "--json").json["words"] == "3.45 %"
    rules = {one["code"]: one for one in run("fees", "rules", "--json").json}
    assert rules["reasonable-days"]["value"] == "15"
    assert rules["late-lpr"]["own"] is True
    assert "to be verified" in run("fees", "rules").out


def test_f46_what_is_no_price_or_rule_is_refused_with_a_sentence(run, house):
    for words in (
        ("fees", "tariff", "add", "wy", "1.23456", "--from", "2027-01-01"),
        ("fees", "tariff", "add", "nope", "1.2", "--from", "2027-01-01"),
        ("fees", "tariff", "add", "wy", "1.2", "--from", "2027-02-30"),
        ("fees", "rules", "set", "reasonable-days", "soon"),
        ("fees", "rules", "set", "nope", "1"),
        ("fees", "rules", "place", "火星"),
    ):
        answer = run(*words)
        assert answer.code == 1
        assert answer.err.strip()


def test_a_workbook_of_prices_is_written_and_read(run, house, tmp_path):
    target = tmp_path / "收费标准.xlsx"
    assert run("import", "template", "tariffs", "-o", target).code == 0
    example = run("import", "tariffs", target, "--sheet", "Example", "--dry-run", "--json").json
    # The first example overlaps the price that stands, the second follows it, water is new.
    assert (example["added"], example["rejected"]) == (2, 1)
    assert "overlaps" in example["rejected_rows"][0]["reason"]


def test_l944_the_pages_of_a_contract_come_with_it(run, house, tmp_path):
    page = tmp_path / "contract.png"
    Image.new("RGB", (60, 80), "white").save(page)
    assert run("fees", "basis", "set", 1, "--page", page, "--json").json["pages"] == 1
    assert "gone.pdf" in run("fees", "basis", "set", 1, "--page", tmp_path / "gone.pdf").out
    assert [one["pages"] for one in run("fees", "basis", "--json").json] == [1]


def test_law_1_6_what_stands_on_papers_is_read_and_changed(run, house):
    shown = run("fees", "settings", "--json").json
    assert (shown["receipt_at_once"], shown["receipt_paper"]) == (False, "a5")
    assert run("fees", "settings", "set", "receipt_at_once", "on", "--json").json["receipt_at_once"]
    stored = run("fees", "settings", "set", "receipt_paper", "241-3", "--json").json
    assert (stored["receipt_paper"], stored["receipt_at_once"]) == ("241-3", True)
    refused = run("fees", "settings", "set", "receipt_paper", "a3")
    assert (refused.code, "241-2" in refused.err) == (1, True)
    assert run("fees", "settings", "set", "credit_code", "123").code == 1
    assert run("fees", "settings", "set", "pay_place", "前台", "--json").json["pay_place"] == "前台"
