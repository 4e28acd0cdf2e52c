"""Check, backup, restore, reports and the demo on the command line."""

import json
from pathlib import Path

import pytest
from pypdf import PdfReader


@pytest.fixture
def office(run):
    for place in ("大堂", "车库"):
        run("tickets", "register", "--place", place, "--kind", "complaint", "--text", "太脏",
            "--class", "service.environment", "--at", "2026-10-05T10:00")  # fmt: skip
    return run


def test_check_names_what_it_looked_at(office):
    answer = office("check", "--json")
    assert answer.code == 0
    assert answer.json["ok"] is True
    assert len(answer.json["checks"]) > 4


def test_a_damaged_file_is_refused_and_left_as_it_is(office, data):
    file = data / "office.db"
    content = file.read_bytes()
    file.write_bytes(content[: len(content) // 2 - 100])
    before = file.read_bytes()
    answer = office("tickets", "list", "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "data-truncated")
    assert file.read_bytes() == before


def test_newer_data_and_no_database_are_refused(office, data):
    file = data / "office.db"
    content = file.read_bytes()
    file.write_bytes(content[:60] + (99).to_bytes(4, "big") + content[64:])
    assert office("tickets", "list", "--json").json["error"]["code"] == "data-newer"
    file.write_bytes(b"this is no database at all" * 100)
    assert office("tickets", "list", "--json").json["error"]["code"] == "data-not-database"


def test_backup_and_restore_bring_the_same_tickets_back(office, data, tmp_path):
    made = office("backup", tmp_path / "U盘", "--json")
    assert made.code == 0
    file = made.json["file"]
    back = office("restore", file, "--to", tmp_path / "恢复", "--json")
    assert back.code == 0
    before = office("tickets", "list", "--json").json
    after = office("tickets", "list", "--json", folder=tmp_path / "恢复").json
    assert before == after
    again = office("restore", file, "--to", data, "--json")
    assert again.code == 1
    assert office("tickets", "list", "--json").json == before


def test_the_report_speaks_pdf_xlsx_and_json_with_one_voice(office, tmp_path):
    figures = office("report", "complaints", "--month", "2026-10", "--json").json
    assert (figures["month"], figures["received"], figures["open"]) == ("2026-10", 2, 2)
    for name in ("r.pdf", "r.xlsx", "r.json"):
        target = tmp_path / name
        assert office("report", "complaints", "--month", "2026-10", "-o", target).code == 0
        assert target.stat().st_size > 500
    assert json.loads((tmp_path / "r.json").read_text("utf-8")) == figures
    classes = {row["class"]: row for row in figures["by_class"]}
    assert classes["service"]["received"] == 2
    empty = office("report", "complaints", "--month", "2015-01", "-o", tmp_path / "e.pdf")
    assert empty.code == 0
    assert PdfReader(tmp_path / "e.pdf").pages
    wrong = office("report", "complaints", "--month", "2026-10", "-o", tmp_path / "r.doc")
    assert wrong.code == 1


def test_the_demo_is_the_same_every_time(run, tmp_path):
    words = ("--households", "40", "--months", "2", "--json")
    first = run("demo", tmp_path / "a", *words).json
    second = run("demo", tmp_path / "b", *words).json
    assert (first["tickets"], first["sample"]) == (second["tickets"], second["sample"])
    assert [p.rsplit("/", 1)[-1] for p in first["papers"]] == [
        "work-order.pdf", "complaint-sheet.pdf", "reply-letter.pdf", "day-list.pdf",
        "hand-over.pdf", "registry.pdf", "notice.pdf", "prices.pdf",
        "inspection-sheet.pdf", "house-board.pdf", "house-file.pdf", "registration.pdf",
        "notice-of-data.pdf", "decoration-permit.pdf", "move-out.pdf", "questionnaire.pdf",
        "meeting.pdf", "complaints-2026-10.pdf", "receipt.pdf",
    ]  # fmt: skip
    listed = [run("tickets", "list", "--json", folder=tmp_path / name).json for name in "ab"]
    assert listed[0] == listed[1]
    for one, other in zip(first["papers"], second["papers"], strict=True):
        # The codes of these say which office.
        if one.endswith(("work-order.pdf", "receipt.pdf", "inspection-sheet.pdf")):
            texts = ["".join(p.extract_text() for p in PdfReader(f).pages) for f in (one, other)]
            assert texts[0] == texts[1]
        else:
            assert Path(one).read_bytes() == Path(other).read_bytes(), one
    assert run("demo", tmp_path / "a").code == 1
    assert run("check", folder=tmp_path / "a").code == 0


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "yesterday"])
def test_a_day_out_of_the_world_is_no_demos_day(run, tmp_path, day):
    answer = run("demo", tmp_path / "a", "--today", day, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, "day-unreadable")
    assert not (tmp_path / "a").exists()


def test_a_demo_that_fails_leaves_room_for_the_next_try(run, tmp_path, monkeypatch):
    from propdesk.domain.errors import Cancelled
    from propdesk.services import demo, tickets

    def cancel(*_args, **_more):
        raise Cancelled

    words = ("demo", tmp_path / "a", "--households", "2", "--months", "1", "--json")
    with monkeypatch.context() as patched:
        patched.setattr(demo.tickets, "register_ticket", cancel)
        assert run(*words).code == 1
    assert tickets.register_ticket is not cancel
    assert list((tmp_path / "a").iterdir()) == []
    assert run(*words).code == 0


def test_reading_works_beside_a_writer_and_writing_does_not(office, data):
    import subprocess
    import sys
    import textwrap

    holder = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from propdesk import clock
        from propdesk.services import offices
        office = offices.open_office(Path({str(data)!r}), now=clock.now())
        print("open", flush=True)
        sys.stdin.read()
    """)
    window = subprocess.Popen(
        [sys.executable, "-c", holder], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    try:
        assert window.stdout.readline().strip() == "open"
        assert len(office("tickets", "list", "--json").json) == 2
        refused = office("staff", "add", "新人", "--json")
        assert refused.json["error"]["code"] == "office-open-elsewhere"
        assert str(window.pid) in refused.err
    finally:
        window.communicate()
    assert office("staff", "add", "新人").code == 0


def test_a_remembered_office_that_is_gone_is_not_made_anew(tmp_path, monkeypatch, capsys):
    from propdesk import paths
    from propdesk.cli.main import main
    from propdesk.services.offices import remember_office

    monkeypatch.setattr(paths, "user_config", lambda: tmp_path / "config")
    monkeypatch.delenv("PROPDESK_DATA", raising=False)
    gone = tmp_path / "U盘" / "office"
    remember_office(gone)
    assert main(["staff", "list", "--json"]) == 1
    assert json.loads(capsys.readouterr().out)["error"]["code"] == "office-missing"
    assert not gone.exists()
    monkeypatch.setenv("PROPDESK_DATA", str(tmp_path / "named"))
    assert main(["staff", "list"]) == 0


@pytest.mark.parametrize("place", ["file/below", "长" * 300])
def test_a_folder_that_cannot_be_is_refused(run, tmp_path, place):
    (tmp_path / "file").write_text("a file")
    answer = run("staff", "list", "--json", folder=tmp_path / place)
    assert (answer.code, answer.json["error"]["code"]) == (1, "place-forbidden")


@pytest.mark.parametrize(
    ("name", "code"),
    [("w.txt", "file-ending"), (".", "file-ending"), ("no/w.pdf", "folder-not-found")],
)
def test_a_work_order_goes_into_a_pdf_or_nowhere(office, tmp_path, name, code):
    answer = office("print", "work-order", "TS-202610-0001", "-o", tmp_path / name, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, code)


def test_who_reads_along_may_stop(office, data):
    """`tickets list | head -c 1` ends without a word."""
    import subprocess
    import sys

    words = [sys.executable, "-m", "propdesk", "--data", str(data), "tickets", "list", "--json"]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(60) == 1
