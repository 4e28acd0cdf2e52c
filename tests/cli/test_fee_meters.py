"""Meters and readings by words alone: put in, read, voided, exchanged, taken out (R98)."""

import pytest
from PIL import Image


@pytest.fixture
def meters(run):
    """A house with a water meter, and the power meter of its building."""
    run("units", "add", "3-2-501", "--community", "云澜花园")
    added = run("fees", "meter", "add", "3-2-501", "water", "--number", "W-1", "--first", "10",
                "--on", "2026-01-01", "--json")  # fmt: skip
    assert added.code == 0
    common = run("fees", "meter", "add", "3", "electricity", "--number", "E-3", "--multiplier",
                 "40", "--digits", "6", "--on", "2026-01-01", "--json").json  # fmt: skip
    assert (common["where"], common["multiplier_milli"], common["digits"]) == ("3栋", 40_000, 6)
    return added.json


def test_r98_a_meter_is_read_voided_exchanged_and_taken_out(run, meters, tmp_path):
    Image.new("RGB", (60, 40), "green").save(tmp_path / "W-1.jpg")
    read = ("fees", "read", "3-2-501", "water")
    first = run(*read, "25", "--on", "2026-02-01", "--photo", tmp_path / "W-1.jpg", "--json").json
    assert first["entered"][0]["value_milli"] == 25_000
    assert first["entered"][0]["used_milli"] == 15_000
    assert run(*read, "25", "--on", "2026-02-01", "--json").json["known"] == 1
    wrong = run(*read, "26", "--on", "2026-02-01")
    assert (wrong.code, "25" in wrong.err) == (1, True)
    assert "below" in run(*read, "24", "--on", "2026-03-01").err
    assert "note" in run(*read, "24", "--on", "2026-03-01", "--as", "reversed").err.lower()
    run(*read, "35", "--on", "2026-03-01")
    estimated = run(*read, "estimate", "--on", "2026-04-01", "--json").json["entered"][0]
    # From 10 to 35 in 59 days: 0.4237 a day; 31 days are 13.1, whole figures.
    assert estimated["value_milli"] == 48_000
    listed = run("fees", "readings", "3-2-501", "--json").json
    assert [(one["kind"], one["photos"]) for one in listed] == [
        ("estimated", 0), ("read", 0), ("read", 1),
    ]  # fmt: skip
    assert run("fees", "void-reading", listed[0]["id"], "--reason", "").code == 1
    voided = run("fees", "void-reading", listed[0]["id"], "--reason", "read after all", "--json")
    assert voided.json["void_reason"] == "read after all"
    assert run("fees", "void-reading", listed[0]["id"], "--reason", "again").code == 1
    edited = run("fees", "meter", "edit", "3-2-501", "water", "--place", "kitchen", "--json").json
    assert (edited["place"], edited["number"]) == ("kitchen", "W-1")
    change = ("fees", "meter", "change", "3-2-501", "water", "--on", "2026-05-01")
    assert "below" in run(*change, "--last", "30").err
    new = run(*change, "--last", "50", "--number", "W-2", "--first", "0", "--json").json
    assert (new["number"], new["replaces"], new["place"]) == ("W-2", meters["id"], "kitchen")
    gone = run("fees", "meter", "remove", "3-2-501", "water", "--last", "4", "--json").json
    assert gone["last_milli"] == 4_000
    assert [one["number"] for one in run("fees", "meters", "--json").json] == ["E-3"]


def test_a_meter_that_is_not_there_is_refused_with_what_to_do(run, meters):
    for words in (
        ("read", "3-2-501", "gas", "5"),
        ("meter", "remove", "3-2-501", "gas", "--last", "5"),
        ("meter", "add", "9-9-909", "gas"),
        ("meter", "add", "3-2-501", "steam"),
        ("read", "3-2-501", "water", "12a"),
        ("void-reading", "99", "--reason", "x"),
    ):
        answer = run("fees", *words)
        assert (answer.code, answer.out) == (1, ""), words
        assert answer.err.strip(), words
