"""Receipts and closes of tills by command (forms.md 5.3)."""

from datetime import datetime, timedelta, timezone

import pypdf
import pytest

from propdesk import clock

NOW = datetime(2026, 11, 21, 10, tzinfo=timezone(timedelta(hours=8)))


@pytest.fixture(autouse=True)
def morning(monkeypatch):
    """Stand at one morning: receipts bear the year of the clock."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def number(run, residents_file):
    """A receipt over 120.00 in cash."""
    assert run("import", "residents", residents_file, "--community", "云澜花园").code == 0
    assert run("fees", "items", "--propose").code == 0
    answer = run(
        "fees", "bill", "add", "3-2-501", "--item", "property", "--amount", "120",
        "--from", "2026-01-01", "--until", "2026-01-31", "--due", "2026-01-31", "--note", "旧欠",
    )  # fmt: skip
    assert answer.code == 0, answer.err
    paid = run("fees", "pay", "--unit", "3-2-501", "--amount", "120", "--means", "cash", "--json")
    return paid.json["number"]


def words(file):
    return "".join("".join(page.extract_text().split()) for page in pypdf.PdfReader(file).pages)


def test_p4_a_receipt_by_command_is_counted_and_then_marked(run, number, tmp_path):
    file = tmp_path / "receipt.pdf"
    first = run("print", "receipt", number, "-o", file, "--json")
    assert (first.code, first.json["pages"], first.json["reprint"]) == (0, 3, 0)
    assert "人民币壹佰贰拾元整" in words(file)
    assert "补打" not in words(file)
    again = run("print", "receipt", number.lower(), "-o", file, "--paper", "80mm", "--json")
    assert again.json["reprint"] == 1
    assert "补打第1次" in words(file)
    english = run("print", "receipt", number, "-o", file, "--paper-lang", "en")
    assert english.code == 0
    assert "Reprint2" in words(file)


def test_p4_a_receipt_without_a_file_name_bears_its_number(run, number, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert run("print", "receipt", number).code == 0
    assert "人民币壹佰贰拾元整" in words(tmp_path / f"{number}.pdf")


def test_p4_an_unknown_receipt_or_paper_is_refused(run, number, tmp_path):
    file = tmp_path / "receipt.pdf"
    assert run("print", "receipt", "SJ-2026-009999", "-o", file).code != 0
    assert run("print", "receipt", number, "-o", file, "--paper", "a9").code != 0
    assert not file.exists()


def test_p4_a_close_by_command(run, number, tmp_path):
    closed = run("fees", "close-day", "--cashier", "前台", "--counted", "120", "--json")
    assert closed.code == 0, closed.err
    file = tmp_path / "close.pdf"
    done = run("print", "close", closed.json["number"], "-o", file, "--json")
    assert done.json["pages"] == 1
    assert number in words(file)
    assert run("print", "close", "RJ-2026-0099", "-o", file).code != 0
