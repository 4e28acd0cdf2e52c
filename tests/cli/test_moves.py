"""Moves, keys and gate passes by command (R83, R84): words in, JSON and papers out."""

import pytest
from pypdf import PdfReader


@pytest.fixture
def houses(run, residents_file):
    """An office with three houses and their owners."""
    assert run("import", "residents", residents_file, "--community", "云澜花园").code == 0


def record(run, *words):
    return run("moves", "record", *words, "--json")


@pytest.fixture
def lease(run, houses):
    answer = record(
        run, "3栋2单元501", "--kind", "lease", "--on", "2026-01-01", "--until", "2026-12-31",
        "--told", "2026-01-02", "--coming", "王建,13900005678", "--meter", "water=120.5",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    return answer.json


def test_r83_a_lease_and_its_end_by_command_with_settlement_and_papers(run, lease, tmp_path):
    assert (lease["number"], lease["unit"], lease["name"]) == ("QY-2026-0001", "3-2-501", "王建")
    assert lease["told_on"] == "2026-01-02"
    card = run("keys", "give", "3-2-501", "--kind", "door-card", "--holder", "王建", "--count", 2,
               "--deposit", 50, "--on", "2026-01-01", "--json").json  # fmt: skip
    end = ("3-2-501", "--kind", "lease-end", "--on", "2026-06-30", "--item", "物业费=300/200")
    refused = record(run, *end)
    assert refused.code == 1
    assert "Choose why they leave" in refused.err
    refused = record(run, *end, "--reason", "moved-away")
    assert refused.json["error"]["code"] == "draft-incomplete"
    assert "Door card ×2 not returned (王建)" in refused.err
    assert "100.00 yuan not paid yet" in refused.err
    back = run("keys", "return", card["id"], "--count", 1, "--deposit-back", 25, "--json").json
    assert (back["outcome"], back["deposit_back"]) == ("returned", 2500)
    lost = run("keys", "lost", card["id"], "--json").json
    assert "cancelled in the gate system" in lost["hint"]
    done = record(run, *end, "--reason", "moved-away", "--settled", "2026-06-30").json
    assert done["sums"] == {
        "due": 30000, "paid": 20000, "difference": 10000, "deposit": 0, "balance": 10000,
    }  # fmt: skip
    assert (done["reason"], done["reference_percent"], done["open"]) == ("moved-away", 3, False)
    assert run("moves", "list", "--unit", "3-2-501", "--json").json[0]["number"] == done["number"]
    for paper, number in (("move-in", lease["number"]), ("move-out", done["number"])):
        file = tmp_path / f"{paper}.pdf"
        printed = run("print", paper, number, "-o", file, "--json").json
        assert printed["pages"] == len(PdfReader(file).pages) == 1
    refused = run("print", "move-out", lease["number"], "-o", tmp_path / "x.pdf")
    assert refused.code == 1


def test_r83_a_move_is_settled_later_and_voided_with_what_it_did(run, lease):
    end = record(
        run, "3-2-501", "--kind", "lease-end", "--on", "2026-06-30", "--reason", "other",
        "--reason-text", "回老家", "--open-reason", "月底来结",
    ).json  # fmt: skip
    assert end["open"]
    assert len(run("moves", "list", "--open", "--json").json) == 1
    settled = run("moves", "settle", end["number"].lower(), "--item", "水费=30/30", "--settled",
                  "2026-07-01", "--meter", "water=131", "--json").json  # fmt: skip
    assert (settled["settled_on"], settled["meters"]) == ("2026-07-01", {"water": "131"})
    assert settled["open_reason"] == "月底来结"
    void = run("moves", "void", end["number"], "--reason", "录错")
    assert "王建 (Tenant) until 2026-06-30" in void.out
    assert run("moves", "show", end["number"], "--json").json["void_reason"] == "录错"
    assert run("moves", "settle", end["number"], "--settled", "2026-07-01").code == 1


def test_r83_a_transfer_by_command_with_shares(run, lease):
    answer = record(
        run, "3-2-501", "--kind", "transfer", "--on", "2026-05-01", "--told", "2026-05-02",
        "--coming", "赵敏,1/3", "--coming", "孙强,1/3", "--settled", "2026-05-01",
    )  # fmt: skip
    assert "The shares of all owners make 2/3" in answer.err
    answer = record(
        run, "3-2-501", "--kind", "transfer", "--on", "2026-05-01", "--coming", "赵敏,1/3",
        "--coming", "孙强,2/3,13700000000", "--settled", "2026-05-01",
    )  # fmt: skip
    assert answer.json["name"] == "张伟丰 → 赵敏、孙强"
    assert len(answer.json["effects"]) == 3
    for bad in ("赵敏,50", "赵敏,3/2", "赵敏,owner,x"):
        assert record(run, "3-2-502", "--kind", "transfer", "--on", "2026-05-01", "--coming",
                      bad).json["error"]["code"] == "share-unreadable"  # fmt: skip


def test_r83_who_leaves_is_named_and_must_be_there(run, lease):
    answer = record(run, "3-2-501", "--kind", "lease-end", "--on", "2026-06-30", "--reason",
                    "taste", "--leaving", "不在", "--settled", "2026-06-30")  # fmt: skip
    assert answer.json["error"]["code"] == "resident-unknown"
    assert "王建" in answer.err


def test_r83_a_gate_pass_by_command(run, lease, tmp_path):
    words = ("gate-pass", "write", "3-2-501", "--carrier", "王建", "--items", "沙发 1 件")
    refused = run(*words)
    assert refused.code == 1
    assert "which owner agreed" in refused.err
    written = run(*words, "--confirmed-by", "张伟丰 电话", "--plate", "粤b12345", "--json").json
    assert written["number"].startswith("FX-")
    for paper, copies in (("a5", 1), ("a4", 2)):
        file = tmp_path / f"{paper}.pdf"
        assert run("print", "gate-pass", written["number"], "-o", file, "--paper", paper).code == 0
        text = PdfReader(file).pages[0].extract_text()
        assert text.replace(" ", "").count("粤B12345") == copies
    assert run("gate-pass", "void", written["number"]).code == 0
    assert run("gate-pass", "list", "--json").json[0]["voided_at"]


def test_r83_the_keys_of_all_houses(run, houses):
    run("keys", "give", "3-2-501", "--kind", "house-key", "--with-office", "--note", "出国")
    run("keys", "give", "12#", "--kind", "remote", "--holder", "欧阳娜", "--label", "R-7")
    assert [key["unit"] for key in run("keys", "list", "--json").json] == ["3-2-501", "12#"]
    assert len(run("keys", "list", "--with-office", "--json").json) == 1
    assert [key["label"] for key in run("keys", "list", "--find", "R-7", "--json").json] == ["R-7"]
    assert "R-7" in run("keys", "list", "--unit", "12#").out
    assert run("keys", "return", 99).code == 1


def test_r84_the_years_reasons_by_command(run, lease, tmp_path):
    record(run, "3-2-501", "--kind", "lease-end", "--on", "2026-06-30", "--reason",
           "indifference", "--settled", "2026-06-30")  # fmt: skip
    file = tmp_path / "reasons.pdf"
    answer = run("report", "move-reasons", "--year", 2026, "-o", file, "--json").json
    found = {row["reason"]: row for row in answer["reasons"]}
    assert (answer["total"], found["indifference"]["count"]) == (1, 1)
    assert found["indifference"]["reference"] == 0.68
    assert file.stat().st_size > 1000
    assert run("report", "move-reasons", "--year", 2026).code == 1
    assert run("report", "move-reasons", "--year", 99999, "--json").code == 1
