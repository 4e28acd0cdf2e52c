"""Acts of urging, evidence packs and publications by command: words in, JSON and files out."""

from datetime import datetime, timedelta, timezone

import pytest
from PIL import Image

from propdesk import clock

NOW = datetime(2026, 11, 21, 10, tzinfo=timezone(timedelta(hours=8)))
SLIP = ("--stage", "2", "--way", "in-person", "--result", "signed", "--relation", "self",
        "--receiver", "张伟丰")  # fmt: skip


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    """Stand at one morning: hours of calls are counted."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def office(run, residents_file):
    """An office where 3-2-501 owes 100.00 since January."""
    assert run("import", "residents", residents_file, "--community", "云澜花园").code == 0
    assert run("fees", "items", "--propose").code == 0
    answer = run(
        "fees", "bill", "add", "3-2-501", "--item", "property", "--amount", "100",
        "--from", "2026-01-01", "--until", "2026-01-31", "--due", "2026-01-31", "--note", "旧欠",
    )  # fmt: skip
    assert answer.code == 0, answer.err


@pytest.fixture
def photo(tmp_path):
    file = tmp_path / "签收单.jpg"
    Image.new("RGB", (320, 240), "grey").save(file)
    return file


def test_p8_an_act_is_noted_with_its_photo_listed_and_voided(run, office, photo):
    answer = run("fees", "act", "3-2-501", *SLIP, "--at", "2026-11-20T15:00", "--proof", photo,
                 "--json")  # fmt: skip
    made = answer.json
    assert (made["open_fen"], made["proved"], made["proofs"]) == (10_000, True, 1)
    assert made["entered_at"].startswith("2026-11-21")
    assert [one["id"] for one in run("fees", "acts", "3-2-501", "--json").json] == [made["id"]]
    assert run("fees", "act-void", made["id"], "--reason", "录错", "--json").json["voided"]
    assert run("fees", "acts", "3-2-501", "--json").json == []
    assert len(run("fees", "acts", "3-2-501", "--void", "--json").json) == 1


def test_c1033_a_night_call_needs_its_reason(run, office):
    call = ("fees", "act", "3-2-501", "--way", "phone", "--result", "unreached", "--address",
            "13800001234", "--at", "2026-11-20T21:30")  # fmt: skip
    refused = run(*call)
    assert refused.code != 0
    assert "08:00" in refused.err
    assert run(*call, "--reason", "业主约的时间", "--json").json["reason"] == "业主约的时间"


def test_p9_a_pack_is_made_and_held_against_its_manifest(run, office, photo, tmp_path):
    assert run("fees", "act", "3-2-501", *SLIP, "--proof", photo).code == 0
    pack = tmp_path / "材料"
    answer = run("fees", "evidence", "--unit", "3-2-501", "-o", pack, "--purpose", "起诉",
                 "--receiver", "律师", "--json")  # fmt: skip
    assert answer.code == 0, answer.err
    assert answer.json["open_fen"] == 10_000
    assert (pack / "evidence.pdf").stat().st_size > 20_000
    assert run("fees", "evidence", "--verify", pack, "--json").json["sound"]
    (pack / "bills.csv").write_text("x")
    changed = run("fees", "evidence", "--verify", pack)
    assert changed.code == 1
    assert "bills.csv" in changed.out
    assert run("fees", "evidence", "--unit", "3-2-501").code != 0, "a folder is needed"
    # Without a receiver whoever makes it has it, and the register says so.
    maker = "前台"
    assert run("fees", "evidence", "--unit", "3-2-501", "-o", tmp_path / "二").code == 0
    kept = run("privacy", "exports", "--json").json
    assert [one["receiver"] for one in kept[:2]] == [maker, "律师"]


def test_c943_accounts_are_published_posted_and_printed(run, office, tmp_path):
    quarter = ("--from", "2026-01-01", "--to", "2026-03-31")
    made = run("fees", "publish", "accounts", *quarter, "--json").json
    assert made["number"] == "GS-2026-001"
    assert made["rows"][0][1:3] == ["100.00", "0.00"]
    posted = run("fees", "publish-posted", made["number"], "--place", "公告栏", "--json").json
    assert posted["posted_on"] == "2026-11-21"
    assert run("fees", "publish-down", made["number"], "--json").json["taken_down_on"]
    file = tmp_path / "公示.pdf"
    assert run("print", "publication", made["number"], "-o", file).code == 0
    assert file.stat().st_size > 5_000
    found = run("fees", "publications", "--json").json
    assert [one["number"] for one in found["publications"]] == ["GS-2026-001"]
    assert "public-income" in [one["kind"] for one in found["due"]]
    assert run("fees", "publish", "arrears", "--confirm").code != 0


def test_papers_of_urging_are_printed(run, office, tmp_path):
    register, visit = tmp_path / "登记.pdf", tmp_path / "上门.pdf"
    november = ("--from", "2026-11-01", "--to", "2026-11-30")
    assert run("print", "delivery-register", *november, "-o", register, "--json").json["pages"] == 1
    assert run("print", "visit-record", "3-2-501", "-o", visit, "--json").json["pages"] == 1
    assert run("print", "visit-record", "-o", visit).code == 0
