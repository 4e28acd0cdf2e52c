"""`follow-ups`, `sampling` and the steps against a breach on the command line."""

import pytest


@pytest.fixture
def number(run):
    """A repair, taken in and done; its row of the sampling asks all or nobody."""

    def take_in(kind="repair", text="厨房灯不亮"):
        words = ("tickets", "register", "--place", "3栋", "--kind", kind, "--text", text)
        made = run(*words, "--json").json["number"]
        assert run("tickets", "complete", made, "--text", "已换").code == 0
        return made

    return take_in


def test_d28_sampling_is_listed_and_set(run):
    shown = {row["row"]: row["percent"] for row in run("sampling", "list", "--json").json}
    assert shown == {
        "complaint": 100, "p0": 100, "p1": 100, "came-back": 100, "leak": 100, "paid": 100,
        "repair": 30, "other": 10,
    }  # fmt: skip
    changed = run("sampling", "set", "repair", "45%", "--json").json
    assert {row["row"]: (row["percent"], row["default"]) for row in changed}["repair"] == (45, 30)
    for row, percent, code in (
        ("repair", "x", "sampling-percent"),
        ("repair", "101", "sampling-percent"),
        ("complaint", "50", "sampling-complaints"),
        ("nobody", "50", "sampling-row"),
    ):
        answer = run("sampling", "set", row, percent, "--json")
        assert (answer.code, answer.json["error"]["code"]) == (1, code)


def test_d28_a_sampled_repair_waits_in_the_list_and_comes_back_when_dissatisfied(run, number):
    run("sampling", "set", "repair", "100")
    made = number()
    closed = run("tickets", "reply", made, "--text", "已告知", "--json").json
    assert (closed["status"], closed["follow_up"]["drawn"]) == ("closed", True)
    assert closed["archive_number"].startswith("DA-")
    (waiting,) = run("follow-ups", "list", "--json").json
    assert (waiting["number"], waiting["percent"], waiting["tries"]) == (made, 100, 0)
    assert waiting["due_on"] == closed["follow_up"]["due_on"]
    words = ("--result", "dissatisfied", "--text", "还在闪", "--json")
    again = run("tickets", "follow-up", made, *words).json
    assert (again["round"], again["status"]) == (2, "received")
    assert run("follow-ups", "list", "--json").json == []


def test_d28_who_is_not_drawn_is_not_asked(run, number):
    run("sampling", "set", "repair", "0")
    made = number()
    closed = run("tickets", "reply", made, "--text", "已告知", "--json").json
    assert closed["follow_up"] == {"percent": 0, "drawn": False, "due_on": None}
    answer = run("tickets", "follow-up", made, "--result", "satisfied", "--json")
    assert answer.json["error"]["code"] == "follow-up-not-due"


def test_r66_scores_come_with_the_answer_and_are_counted(run, number):
    run("sampling", "set", "repair", "100")
    made = number()
    month = run("tickets", "reply", made, "--text", "已告知", "--json").json["closed_at"][:7]
    for scores in ("5,4,5,3", "5,4,5,3,9"):
        words = ("--result", "satisfied", "--scores", scores, "--json")
        assert run("tickets", "follow-up", made, *words).code == 1
    words = ("--result", "satisfied", "--scores", "5,4,5,3,2", "--json")
    done = run("tickets", "follow-up", made, *words).json
    assert done["events"][-1]["detail"]["score"] == "4.13"
    found = run("follow-ups", "scores", "--month", month, "--json").json
    assert (found["drawn"], found["answered"], found["satisfied"]) == (1, 1, 1)
    assert (found["score"], found["scored"], len(found["staff"])) == (4.13, 1, 1)


def test_r40_a_caller_who_was_not_reached_three_times_is_given_up(run, number):
    run("sampling", "set", "repair", "100")
    made = number()
    run("tickets", "reply", made, "--text", "已告知")
    early = run("follow-ups", "end", made, "--text", "打不通", "--json")
    assert early.json["error"]["code"] == "follow-up-tries"
    for _try in range(3):
        assert run("tickets", "follow-up", made, "--result", "unreached").code == 0
    ended = run("follow-ups", "end", made, "--text", "打不通", "--json").json
    assert (ended["status"], ended["follow_up"]["due_on"]) == ("closed", None)


def test_l942_a_breach_goes_its_three_steps(run, number):
    made = number("complaint", "二楼拆承重墙")
    assert run("tickets", "violation", made, "--kind", "noise").code == 1
    marked = run("tickets", "violation", made, "--kind", "decoration", "--json").json
    assert marked["violation"] == "decoration"
    early = run("tickets", "report-out", made, "--text", "x", "--authority", "城管", "--json")
    assert early.json["error"]["code"] == "violation-order"
    words = ("--text", "已劝阻", "--means", "当面", "--outcome", "goes-on")
    assert run("tickets", "dissuade", made, *words).code == 0
    (row,) = run("violations", "list", "--json").json
    assert (row["number"], row["next"], row["overdue"]) == (made, "stopped", False)
    assert row["due_at"]
    assert "942" in row["source"] or "24" in row["source"]
    assert run("tickets", "stop", made, "--text", "停工").code == 0
    words = ("--text", "已报", "--authority", "城管", "--receipt", "CG-1", "--json")
    done = run("tickets", "report-out", made, *words).json
    assert done["events"][-1]["detail"]["receipt"] == "CG-1"
    (row,) = run("violations", "list", "--json").json
    assert (row["next"], row["due_at"]) == (None, None)
    assert run("tickets", "violation", made, "--kind", "none").code == 1
