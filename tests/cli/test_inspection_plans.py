"""Plans, templates and what is due by words alone (R99, law.md 1.9)."""

from datetime import date, timedelta

import pytest

from propdesk import clock
from propdesk.domain.assets import PointDraft
from propdesk.services import offices
from propdesk.services.assets import add_point
from propdesk.services.queries.staff import first_desk


@pytest.fixture
def today() -> date:
    return clock.now().date()


@pytest.fixture
def points(run, data) -> None:
    """Two points and a template."""
    run("units", "add", "3-2-501", "--community", "云澜花园", "--area", "89.56")
    office = offices.open_office(data, now=clock.now(), write=True)
    for name in ("泵房", "配电室"):
        add_point(PointDraft(name), by=first_desk().id)
    offices.close_office(office)


def test_r99_plans_by_words_alone(run, points, today) -> None:
    listed = run("inspections", "template", "adopt").out
    assert "pump-room" in listed
    added = run("inspections", "template", "adopt", "pump-room", "--json").json
    assert added[0]["code"] == "SB-01"
    assert "0.20-0.35 MPa" in run("inspections", "template", "show", "sb-01").out
    for words, code in (
        (("--rule", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), "recurrence-never"),
        (("--rule", "FREQ=DAILY;INTERVAL=0"), "recurrence-unreadable"),
        (("--rule", "FREQ=DAILY", "--times", "25:00"), "draft-incomplete"),
        (("--rule", "FREQ=DAILY", "--points", "P-99"), "point-unknown"),
    ):
        refused = run(
            "inspections", "plan", "add", "泵房日检", "--kind", "equipment", "--points",
            "P-01,P-02", "--template", "SB-01", *words, "--json",
        )  # fmt: skip
        assert (refused.code, refused.json["error"]["code"]) == (1, code)
    plan = run(
        "inspections", "plan", "add", "泵房日检", "--kind", "equipment", "--rule", "FREQ=DAILY",
        "--points", "P-02,P-01", "--template", "SB-01", "--times", "08:30,14:30",
        "--tolerance", 60, "--json",
    ).json  # fmt: skip
    assert (plan["code"], plan["words"], plan["stops"]) == ("JH001", "every day", 2)
    shown = run("inspections", "plan", "show", "jh001").out.splitlines()
    assert [line.split("\t")[1] for line in shown[1:]] == ["P-02", "P-01"]
    days = run("inspections", "plan", "next", "JH001", "--count", 3, "--json").json
    assert days == [f"{today + timedelta(n)}" for n in range(3)]
    changed = run(
        "inspections", "plan", "change", "JH001", "--rule", "FREQ=WEEKLY;BYDAY=MO", "--times", "",
        "--json",
    ).json  # fmt: skip
    assert (changed["words"], changed["times"], changed["stops"]) == ("every Monday", [], 2)
    run("inspections", "plan", "end", "JH001")
    assert run("inspections", "plan", "list", "--json").json == []
    assert "ended" in run("inspections", "plan", "list", "--all").out


def test_what_is_due_is_told_postponed_and_called_off(run, points, today) -> None:
    adopted = run(
        "inspections", "plan", "adopt", "fire-upkeep", "--points", "P-01", "--json"
    ).json  # fmt: skip
    assert adopted["plans"][0]["rule"] == "RRULE:FREQ=MONTHLY;BYDAY=2TU"
    run("inspections", "plan", "adopt", "six-s", "--points", "P-01")
    run("inspections", "plan", "change", "JH002", "--rule", "FREQ=DAILY")
    tomorrow = today + timedelta(1)
    due = run("inspections", "due", "--on", tomorrow, "--json").json
    assert ("JH002", f"{tomorrow}") in {(one["plan"], one["day"]) for one in due}
    ahead = run("inspections", "due", "--days", 40, "--json").json
    assert {one["plan"] for one in ahead} == {"JH001", "JH002"}
    assert "JH001" not in run("inspections", "due", "--on", "2020-02-29").out
    for words in (("--on", "2026-02-30"), ("--days", -1), ("--days", 99999)):
        assert run("inspections", "due", *words).code == 1
    # A plan that counts from what was done has one open round at a time.
    run("inspections", "plan", "adopt", "lightning-half", "--points", "P-02")
    refused = run("inspections", "postpone", "JH003", "--date", today, "--to", "2020-01-01",
                  "--reason", "下雨")  # fmt: skip
    assert (refused.code, "later day" in refused.err) == (1, True)
    moved = run("inspections", "postpone", "JH003", "--date", today, "--to", tomorrow, "--reason",
                "下雨", "--json").json  # fmt: skip
    assert (moved["day"], moved["note"]) == (f"{tomorrow}", "下雨")
    assert run("inspections", "make-up", "JH003", "--date", tomorrow, "--to", tomorrow).code == 1
    gone = run("inspections", "cancel", "JH003", "--date", tomorrow, "--reason", "拆除", "--json")
    assert gone.json["standing"] == "cancelled"
    assert run("inspections", "cancel", "JH003", "--date", tomorrow, "--reason", "拆除").code == 1
    # Of the rounds of one day that which makes up for another is named by its number.
    template = run("inspections", "template", "list", "--json").json[0]["code"]
    run("inspections", "plan", "add", "夜巡", "--kind", "security", "--rule", "FREQ=DAILY",
        "--times", "00:00", "--points", "P-01", "--template", template)  # fmt: skip
    again = ("JH004", "--date", today)
    made = run("inspections", "make-up", *again, "--to", today, "--json").json
    off = ("inspections", "cancel", *again, "--reason", "雷雨")
    assert f"--time: {made['id']}, 00:00" in run(*off).err
    gone = run(*off, "--time", made["id"], "--json").json
    assert (gone["id"], gone["standing"]) == (made["id"], "cancelled")
