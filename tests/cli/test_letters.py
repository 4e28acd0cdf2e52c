"""`letters`, `phrases`, `tickets report-problem` and the papers of a ticket, as words."""

from pathlib import Path

import pypdf
import pytest

AT = "2026-11-02T09:12"


@pytest.fixture
def number(run):
    answer = run(
        "tickets", "register", "--place", "3栋大堂", "--kind", "complaint", "--text", "电梯常坏",
        "--channel", "letter", "--reporter", "张先生", "--at", AT, "--json",
    )  # fmt: skip
    return answer.json["number"]


def words(file: Path) -> str:
    return "".join("".join(p.extract_text() for p in pypdf.PdfReader(file).pages).split())


def write(run, number, *more):
    return run(
        "letters", "write", number, "--measures", "已更换触点。", "--deadline", "已办结。",
        "--at", "2026-11-03T10:00", "--json", *more,
    )  # fmt: skip


def test_r04_a_letter_is_written_printed_and_referred_to(run, number, tmp_path):
    letter = write(run, number).json
    assert letter["number"] == "函-2026-0001"
    assert letter["measures"] == "已更换触点。"
    assert "电梯常坏" in letter["care"]
    assert letter["printed_at"] is None
    file = tmp_path / "函.pdf"
    printed = run("print", "reply-letter", number, "-o", file, "--json")
    assert printed.code == 0, printed.err
    assert printed.json["letter"] == letter["number"]
    assert letter["number"] in words(file)
    assert run("letters", "show", letter["number"], "--json").json["printed_at"]
    replied = run(
        "tickets", "reply", number, "--text", "已寄出", "--way", "letter",
        "--at", "2026-11-03T11:00", "--json",
    )  # fmt: skip
    assert replied.code == 0, replied.err
    shown = run("tickets", "show", number, "--json").json
    assert "letter-written" in [event["kind"] for event in shown["events"]]


def test_r46_a_correction_makes_the_old_letter_void(run, number, tmp_path):
    write(run, number)
    second = write(run, number, "--replaces", "函-2026-0001").json
    listed = run("letters", "list", number, "--json").json
    assert [(one["number"], one["void"]) for one in listed] == [
        (second["number"], False),
        ("函-2026-0001", True),
    ]
    file = tmp_path / "old.pdf"
    run("print", "reply-letter", number, "--letter", "函-2026-0001", "-o", file)
    assert "已作废" in words(file)


def test_r30_a_draft_is_only_shown_and_gaps_are_refused(run, number):
    draft = run("letters", "write", number, "--draft", "--json").json
    assert "____" in draft["measures"]
    assert run("letters", "list", "--json").json == []
    refused = run("letters", "write", number, "--json")
    assert refused.code == 1
    assert refused.json["error"]["code"] == "draft-incomplete"


def test_r33_a_problem_report_is_noted_and_printed(run, number, tmp_path):
    file = tmp_path / "report.pdf"
    early = run("print", "problem-report", number, "-o", file, "--json")
    assert early.json["error"]["code"] == "report-missing"
    assert not file.exists()
    told = run(
        "tickets", "report-problem", number, "--department", "工程部", "--text", "请查明原因",
        "--at", "2026-11-02T10:00", "--json",
    )  # fmt: skip
    assert told.code == 0, told.err
    assert run("print", "problem-report", number, "-o", file).code == 0
    assert "请查明原因" in words(file)
    assert "工程部" in words(file)


def test_r44_the_complaint_sheet_is_printed_and_noted_on_the_ticket(run, number, tmp_path):
    file = tmp_path / "sheet.pdf"
    printed = run("print", "complaint-sheet", number, "-o", file, "--paper-lang", "en", "--json")
    assert printed.json["pages"] == 1
    assert "Complaintsheet" in words(file)
    shown = run("tickets", "show", number, "--json").json
    assert shown["events"][-1]["kind"] == "printed"


def test_one_follow_up_is_a_sheet_several_are_a_list(run, number, tmp_path):
    file = tmp_path / "ask.pdf"
    none = run("print", "follow-up-sheet", "--due", "-o", file, "--json")
    assert none.json["error"]["code"] == "follow-ups-none"
    run("print", "follow-up-sheet", number, "-o", file)
    one = pypdf.PdfReader(file).pages[0].mediabox
    assert round(float(one.height) * 25.4 / 72) == 148
    second = run(
        "tickets", "register", "--place", "大堂", "--kind", "repair", "--text", "灯", "--json"
    ).json["number"]
    both = run("print", "follow-up-sheet", number, second, number, "-o", file, "--json")
    assert both.json["numbers"] == [number, second]
    assert round(float(pypdf.PdfReader(file).pages[0].mediabox.height) * 25.4 / 72) == 210


@pytest.mark.parametrize(
    "words", [("complaint-sheet", "TS-1"), ("reply-letter", "TS-1"), ("problem-report", "TS-1")]
)
def test_an_unknown_ticket_writes_no_file(run, number, tmp_path, words):
    file = tmp_path / "none.pdf"
    refused = run("print", *words, "-o", file, "--json")
    assert refused.json["error"]["code"] == "ticket-unknown"
    assert not file.exists()


def test_r29_phrases_are_changed_hidden_and_reset(run):
    listed = run("phrases", "list", "--step", "thank", "--kind", "repair", "--json").json
    assert {one["kind"] for one in listed} == {"", "repair"}
    changed = run("phrases", "set", "thank.patience", "--text", "谢谢{称谓}", "--json")
    assert changed.json["changed"]
    assert changed.json["title"]
    refused = run("phrases", "set", "--text", "请{姓名}来", "--json")
    assert refused.code == 1
    assert "salutation" in refused.json["error"]["message"]
    run("phrases", "hide", "thank.patience")
    shown = run("phrases", "list", "--step", "thank", "--json").json
    assert "thank.patience" not in [one["code"] for one in shown]
    reset = run("phrases", "reset", "thank.patience", "--json").json
    assert not reset["changed"]
    own = run("phrases", "set", "--step", "thank", "--text", "Bye", "--json").json
    assert own["own"]
    assert run("phrases", "reset", own["code"], "--json").json is None
