"""`tickets suspend|resume|overdue`, `--visit`, and `calendar`: a limit is a word away."""

import pytest

from propdesk.domain.clock_rules import Clock


def register(run, *more, kind="complaint", at="2026-11-02T09:12"):
    answer = run(
        "tickets", "register", "--place", "3栋大堂", "--kind", kind, "--text", "漏水", "--at", at,
        "--json", *more,
    )  # fmt: skip
    assert answer.code == 0, answer.err
    return answer.json


def overdue(run, at):
    found = run("tickets", "overdue", "--at", at, "--json")
    assert found.code == 0, found.err
    return [(row["number"], row["clock"], row["due_at"]) for row in found.json]


def test_overdue_answers_for_any_time_what_was_not_done_in_time(run):
    number = register(run)["number"]
    assert overdue(run, "2026-11-03T17:30") == []
    late = (number, "reply", "2026-11-03T17:30:00")
    assert overdue(run, "2026-11-03T17:31") == [late]
    run("tickets", "reply", number, "--text", "已告知", "--at", "2026-11-05T09:00")
    assert overdue(run, "2026-11-04T09:00") == [late]
    assert (number, "reply") not in [row[:2] for row in overdue(run, "2026-11-06T09:00")]


def test_each_row_says_which_clock_is_late_since_when_and_who_says_so(run):
    number = register(run)["number"]
    told = run("tickets", "overdue", "--at", "2026-11-04T09:30")
    source = "service handbook: a spoken complaint is answered within one working day"
    assert told.out == f"{number}\tAnswer the caller\t2026-11-03 17:30\t{source}\n"
    row = run("tickets", "overdue", "--at", "2026-11-04T09:30", "--json").json[0]
    assert set(row) == {
        "number", "clock", "due_at", "source", "source_code", "over_minutes", "doubtful",
        "provisional",
    }  # fmt: skip
    assert Clock(row["clock"]) is Clock.REPLY
    assert (row["source"], row["source_code"]) == (source, "R03")
    assert (row["over_minutes"], row["doubtful"], row["provisional"]) == (960, False, False)


def test_only_who_wants_somebody_to_come_has_the_clock_of_the_way(run):
    asked = register(run)
    coming = register(run, "--visit")
    assert (asked["visit_wanted"], coming["visit_wanted"]) == (False, True)
    assert overdue(run, "2026-11-02T09:20") == [
        (coming["number"], "on-site", "2026-11-02T09:15:00")
    ]
    assert register(run, kind="repair")["visit_wanted"]
    assert not register(run, "--no-visit", kind="repair")["visit_wanted"]


def test_a_ticket_waits_with_a_reason_and_goes_on(run):
    number = register(run, kind="repair")["number"]
    solve = (number, "solve", "2026-11-04T09:12:00")
    assert solve in overdue(run, "2026-11-04T10:00")
    waits = run("tickets", "suspend", number, "--waiting", "material", "--text", "等配件",
                "--at", "2026-11-02T10:00", "--json").json  # fmt: skip
    assert waits["status"] == "suspended"
    goes = run("tickets", "resume", number, "--at", "2026-11-03T10:00", "--json").json
    assert goes["status"] == "in-progress"
    assert [one["kind"] for one in goes["events"]] == ["registered", "suspended", "resumed"]
    assert solve not in overdue(run, "2026-11-05T09:00")
    assert (number, "solve", "2026-11-05T09:12:00") in overdue(run, "2026-11-05T10:00")


@pytest.mark.parametrize(("words", "code", "named"), [
    (("--waiting", "weather", "--text", "下雨"), "word-unknown", "third-party"),
    (("--waiting", "owner"), "draft-incomplete", "why"),
])  # fmt: skip
def test_waiting_wants_one_of_three_reasons_in_words(run, words, code, named):
    number = register(run)["number"]
    refused = run("tickets", "suspend", number, *words, "--json")
    assert refused.code == 1
    assert refused.json["error"]["code"] == code
    assert named in refused.json["error"]["message"]


def test_the_shipped_calendar_of_a_year_is_shown(run):
    shown = run("calendar", "show", "2026", "--json").json
    assert (shown["year"], shown["known"], shown["working_days"]) == (2026, True, 248)
    assert {"date": "2026-10-01", "kind": "holiday", "name": "国庆节", "own": False} in shown[
        "days"
    ]
    lines = run("calendar", "show", "2026").out.splitlines()
    assert "2026-10-01\tDay off\tNational Day" in lines
    assert lines[-1] == "248 working days"


def test_a_missing_year_is_said_and_imported_from_a_file(run, tmp_path):
    assert "2027 is missing" in run("calendar", "show", "2027").out
    file = tmp_path / "2027年放假.csv"
    file.write_text(
        "日期,类型,名称\n2027-01-01,休,元旦\n2027-05-01,休,劳动节\n2027-10-01,休,国庆节\n"
        "2027-10-09,班,国庆节\n",
        encoding="utf-8",
    )
    taken = run("calendar", "import", file, "--json").json
    assert taken == {"days": 4, "years": [2027], "incomplete_years": []}
    shown = run("calendar", "show", "2027", "--json").json
    assert shown["known"]
    assert shown["days"][-1] == {
        "date": "2027-10-09", "kind": "workday", "name": "国庆节", "own": True}  # fmt: skip


def test_a_file_with_a_mistake_is_refused_as_a_whole(run, tmp_path):
    file = tmp_path / "days.csv"
    file.write_text("date,kind\n2027-01-01,off\n2027-01-02,perhaps\n", encoding="utf-8")
    refused = run("calendar", "import", file, "--json")
    assert refused.json["error"]["code"] == "calendar-not-understood"
    assert "line 3" in refused.json["error"]["message"]
    assert run("calendar", "show", "2027", "--json").json["days"] == []


@pytest.mark.parametrize("year", ["27", "二〇二七", "2026.5", "99999999999"])
def test_what_is_no_year_is_refused_with_an_example(run, year):
    refused = run("calendar", "show", year, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "year-not-understood")


@pytest.mark.parametrize("words", [
    ("calendar",), ("calendar", "show"), ("tickets", "suspend", "TS-1", "--text", "等")
])  # fmt: skip
def test_wrong_usage_is_exit_code_two(run, words):
    assert run(*words).code == 2
