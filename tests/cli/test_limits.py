"""`limits list|set|preset|reset` and `hours show|set`: the office's own limits without a window."""

import pytest

from propdesk.domain.clock_table import DEFAULT_RULES, PRESETS


def find(run, **wanted):
    rows = run("limits", "list", "--json").json
    (row,) = [row for row in rows if all(row[key] == value for key, value in wanted.items())]
    return row


REPLY = ("--clock", "reply", "--kind", "complaint", "--unit", "working-days")


def test_the_table_is_the_programs_with_its_sources(run):
    rows = run("limits", "list", "--json").json
    assert len(rows) == len(DEFAULT_RULES)
    assert not any(row["own"] for row in rows)
    letter = find(run, clock="reply", kind="complaint", channel="letter")
    assert (letter["target"], letter["unit"], letter["source_code"]) == (3, "working-days", "R04")
    assert "three working days" in letter["source"]
    line = next(line for line in run("limits", "list").out.splitlines() if "Letter" in line)
    assert "3 working days" in line


def test_a_limit_of_the_offices_own_moves_what_is_open_and_can_be_taken_back(run):
    register = ("tickets", "register", "--place", "大堂", "--kind", "complaint", "--text", "漏水",
                "--at", "2026-11-02T09:12", "--json")  # fmt: skip
    number = run(*register).json["number"]
    words = (*REPLY, "--target", "2", "--source", "物业合同 12 条")
    assert run("limits", "set", *words, "--preview", "--json").json == {
        "moved": 1, "stored": False}  # fmt: skip
    assert find(run, clock="reply", kind="complaint", channel=None)["target"] == 1
    assert run("limits", "set", *words, "--json").json == {"moved": 1, "stored": True}
    own = find(run, clock="reply", kind="complaint", channel=None)
    assert (own["target"], own["own"], own["source"]) == (2, True, "物业合同 12 条")
    assert (own["source_code"], own["warn_percent"]) == (None, 75)
    late = run("tickets", "overdue", "--at", "2026-11-04T17:31", "--json").json
    assert [(row["number"], row["due_at"], row["source"], row["source_code"]) for row in late] == [
        (number, "2026-11-04T17:30:00", "物业合同 12 条", None)
    ]
    assert run("limits", "reset", "--json").json["moved"] == 1
    assert not any(row["own"] for row in run("limits", "list", "--json").json)


@pytest.mark.parametrize("preset", [one.code for one in PRESETS])
def test_every_preset_can_be_taken(run, preset):
    assert run("limits", "preset", preset, "--json").code == 0
    assert any(row["own"] for row in run("limits", "list", "--json").json)


@pytest.mark.parametrize(("words", "code"), [
    (("set", *REPLY, "--target", "999", "--source", "x"), "draft-incomplete"),
    (("set", *REPLY, "--target", "-1", "--source", "x"), "draft-incomplete"),
    (("set", *REPLY, "--target", "1", "--source", " "), "draft-incomplete"),
    (("set", *REPLY, "--target", "1", "--source", "x", "--class", "no.such"), "draft-incomplete"),
    (("set", "--clock", "sundial", "--unit", "minutes", "--target", "1", "--source", "x"),
     "word-unknown"),
    (("preset", "none-such"), "preset-unknown"),
])  # fmt: skip
def test_what_is_no_limit_is_refused_and_nothing_changes(run, words, code):
    run("hours", "show")
    before = run("limits", "list", "--json").json
    refused = run("limits", *words, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, code)
    assert run("limits", "list", "--json").json == before


def test_r10_the_office_hours_are_shown_and_changed(run):
    shown = run("hours", "show", "--json").json
    assert (shown["mon"], shown["sat"]) == ("08:30-17:30", "")
    run("hours", "set", "mon-fri", "08:30-12:00, 14:00-17:30")
    changed = run("hours", "set", "sat", "09:00-12:00", "--json").json
    assert (changed["fri"], changed["sat"], changed["sun"]) == (
        "08:30-12:00, 14:00-17:30", "09:00-12:00", "")  # fmt: skip
    run("tickets", "register", "--place", "大堂", "--kind", "complaint", "--text", "漏水",
        "--at", "2026-11-20T09:12")  # fmt: skip
    (late,) = run("tickets", "overdue", "--at", "2026-11-22T09:00", "--json").json
    assert late["due_at"] == "2026-11-21T12:00:00"


@pytest.mark.parametrize(("words", "code"), [
    (("holiday", "off"), "weekday-unknown"), (("mon-never", "off"), "weekday-unknown"),
    (("mon", "17:30-08:30"), "hours-not-understood"), (("mon-sun", "off"), "week-not-worked"),
    (("fri-mon", "off"), "weekday-unknown"),
])  # fmt: skip
def test_hours_that_cannot_be_are_refused(run, words, code):
    run("hours", "show")
    refused = run("hours", "set", *words, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, code)
