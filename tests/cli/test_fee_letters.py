"""`propdesk fees remind|letters|letter|lint`, `print fee-letter` (issue 6, point 7)."""

import json
from contextlib import closing

import pypdf
import pytest
from sqlcipher3 import dbapi2

CASE = (
    (
        "INSERT INTO fee_item (id, code, name, formula, income, charges, unit_kinds, meter_kind, "
        "line_months, billed_months, due_month, due_day, partial, rounding, position, is_active, "
        "note, "
        "version) VALUES (1, 'WYF', '物业服务费', 'area', 'service', 'all', '[]', '', 3, 3, 0, 25, "
        "'by-day', 'fen-half-up', 1, 1, '', 1)"
    ),
    (
        "INSERT INTO bill (unit_id, fee_item_id, kind, from_on, until_on, due_on, amount_fen, "
        "settled_fen, person_id, external, working, note, entered_at, staff_id, void_reason) "
        "SELECT r.unit_id, 1, 'charge', '2026-01-01', '2026-03-31', '2026-01-25', 75281, 0, "
        "r.person_id, '', '{}', '', '2026-01-01T08:00:00', 1, '' FROM residency r"
    ),
)


@pytest.fixture
def owing(run, data, residents_file):
    """Three houses, each with one overdue bill."""
    assert run("import", "residents", residents_file).code == 0
    with closing(dbapi2.connect(str(data / "office.db"))) as file, file:
        for sql in CASE:
            file.execute(sql)


def test_reminders_are_made_printed_and_sent(run, owing, tmp_path):
    ripe = run("fees", "remind", "--stage", "1", "--dry-run", "--json").json
    assert [one["unit"] for one in ripe] == ["3-2-501", "3-2-502", "12#"]
    for wrong in (tmp_path / "none" / "letters.pdf", tmp_path / "letters.doc"):
        assert run("fees", "remind", "--stage", "1", "-o", wrong).code == 1
    assert run("fees", "letters", "--json").json == []
    out, walk = tmp_path / "letters.pdf", tmp_path / "list.pdf"
    made = run("fees", "remind", "--stage", "1", "-o", out, "--list", walk, "--json").json
    assert (made["letters"], made["printed"], made["total_fen"]) == (3, 3, 3 * 75281)
    assert len(pypdf.PdfReader(out).pages) == made["pages"] == 3
    assert walk.exists()
    assert run("fees", "remind", "--stage", "1", "--dry-run", "--json").json == []
    sent = run("fees", "letter", "send", "--batch", made["batch"], "--json").json
    assert sent == {"letters": 3}
    (letter,) = run("fees", "letters", "3-2-501", "--json").json
    assert (letter["state"], letter["stage"], letter["total_fen"]) == ("sent", 1, 75281)
    copy = tmp_path / "copy.pdf"
    assert run("print", "fee-letter", letter["number"], "-o", copy).code == 0
    assert letter["number"] in pypdf.PdfReader(copy).pages[0].extract_text()
    assert run("fees", "letter", "show", letter["number"], "--json").json["prints"] == 2


def test_one_building_and_a_house_once_more(run, owing):
    one = run("fees", "remind", "--stage", "1", "--building", "12", "--json").json
    assert one["letters"] == 1
    again = run("fees", "remind", "--stage", "1", "--unit", "12#", "--again", "--json").json
    assert again["letters"] == 1
    times = {one["times"] for one in run("fees", "letters", "--stage", "1", "--json").json}
    assert times == {1, 2}
    refused = run("fees", "remind", "--stage", "1", "--again", "--json")
    assert refused.json["error"]["code"] == "letters-again"
    assert run("fees", "remind", "--stage", "9", "--json").json["error"]["code"] == "stage-unknown"


def test_stage_4_says_what_of_the_ten_it_lacks(run, owing):
    made = run("fees", "remind", "--stage", "4", "--unit", "12#", "--again", "--json").json
    assert made["letters"] == 0
    assert {each["thing"] for each in made["refused"][0]["missing"]} >= {1, 6, 8}


def test_a_letter_is_taken_back_with_a_reason(run, owing):
    run("fees", "remind", "--stage", "1", "--unit", "12#")
    (letter,) = run("fees", "letters", "--json").json
    back = run("fees", "letter", "withdraw", letter["number"], "--reason", "写错", "--json").json
    assert (back["state"], back["note"]) == ("voided", "写错")


def test_f65_lint_names_line_words_and_article(run, owing, tmp_path):
    file = tmp_path / "letter.txt"
    file.write_text("您好。\n逾期停 水。\n", "utf-8")
    answer = run("fees", "lint", file)
    assert answer.code == 1
    assert "2: «停 水»" in answer.out
    assert "944" in answer.out
    file.write_text("水、电、气、暖的供应和您的通行不受任何影响。", "utf-8")
    assert run("fees", "lint", file).code == 0
    file.write_bytes(b"\xff\xfe\x00")
    assert json.loads(run("fees", "lint", file, "--json").out)["error"]["code"] == "text-unreadable"


def test_the_words_of_a_stage_are_shown_set_and_reset(run, data, tmp_path):
    shown = run("fees", "template", "show", "2", "--language", "en")
    assert "[Demand]" in shown.out
    words = tmp_path / "words.txt"
    words.write_text("请于{pay_by}前支付{total}元。\n\n[如有异议]\n请到前台提出。\n", "utf-8")
    stored = run("fees", "template", "set", "2", words, "--json").json
    assert stored["own"]
    assert [one["heading"] for one in stored["paragraphs"]] == ["", "如有异议"]
    own = [one["language"] for one in run("fees", "template", "list", "--json").json if one["own"]]
    assert own == ["zh_CN"]
    words.write_text("逾期停x水。", "utf-8")
    assert run("fees", "template", "set", "2", words).code == 1
    assert not run("fees", "template", "reset", "2", "--json").json["own"]
