"""`propdesk tickets close|follow-up|judge|hand-on|manager-contact`: gates and clears as JSON."""

import pytest


@pytest.fixture
def number(run, residents_file):
    """A complaint that came as a letter, was worked on and replied to; its wish was not noted."""
    assert run("import", "residents", residents_file).code == 0
    run("staff", "add", "陈经理", "--role", "manager")
    ticket = run("tickets", "register", "--unit", "3-2-501", "--kind", "complaint", "--text",
                 "楼上噪音", "--reporter", "张先生", "--channel", "letter",
                 "--json").json  # fmt: skip
    for words in (
        ("dispatch", "--to", "工程部", "--severity", "grave"),
        ("complete", "--text", "已劝阻"),
        ("reply", "--text", "已告知"),
    ):
        verb, *more = words
        done = run("tickets", verb, ticket["number"], *more)
        assert done.code == 0, done.err
    return ticket["number"]


def test_close_prints_every_gate_that_is_not_met(run, number):
    refused = run("tickets", "close", number, "--json")
    error = refused.json["error"]
    assert refused.code == 1
    assert error["code"] == "problem-report-missing"
    assert [gate["code"] for gate in error["gates"]] == [
        "problem-report-missing",
        "reply-letter-missing",
        "follow-up-missing",
        "clears-dark",
    ]
    assert [gate["act"] for gate in error["gates"]] == [
        "problem-report",
        "letter",
        "follow-up",
        "reason",
    ]
    assert refused.err.splitlines() == [gate["sentence"] for gate in error["gates"]]


def test_r20_show_gives_the_six_clears_and_the_gates(run, number):
    shown = run("tickets", "show", number, "--json").json
    assert shown["clears"] == {
        "heard": True,
        "asked": True,
        "written": False,
        "tracked": True,
        "answered": True,
        "reported": False,
    }
    assert len(shown["gates"]) == 4
    text = run("tickets", "show", number, lang="zh_CN").out
    assert "●听 ●问 ○记 ●跟 ●复 ○报" in text


def test_an_answer_is_kept_and_the_open_gates_are_told(run, number):
    said = run("tickets", "follow-up", number, "--result", "fair")
    assert said.code == 0
    lines = said.out.splitlines()
    assert len(lines) == 1 + 3
    shown = run("tickets", "show", number, "--json").json
    assert (shown["status"], shown["satisfaction"]) == ("following-up", "fair")
    assert lines[1:] == [gate["sentence"] for gate in shown["gates"]]


def test_r42_the_managers_contact_is_noted_by_a_manager(run, number):
    refused = run("tickets", "manager-contact", number, "--text", "已致歉", "--json")
    assert refused.json["error"]["code"] == "not-allowed"
    done = run("tickets", "manager-contact", number, "--text", "已致歉", "--by", "陈经理", "--json")
    assert done.json["events"][-1]["kind"] == "manager-contact"


def test_r33_r53_judge_changes_what_is_named_and_keeps_the_rest(run, number):
    first = run("tickets", "judge", number, "--validity", "valid", "--cause-kind", "process",
                "--cause", "没人交接", "--json").json  # fmt: skip
    assert (first["severity"], first["validity"], first["cause_kind"], first["cause"]) == (
        "grave", "valid", "process", "没人交接",
    )  # fmt: skip
    again = run("tickets", "judge", number, "--severity", "ordinary", "--cause-kind", "none",
                "--prevention", "改排班表", "--json").json  # fmt: skip
    assert (again["severity"], again["validity"], again["cause_kind"], again["cause"]) == (
        "ordinary", "valid", None, "没人交接",
    )  # fmt: skip
    assert again["prevention"] == "改排班表"
    wrong = run("tickets", "judge", number, "--validity", "maybe", "--json").json["error"]
    assert wrong["code"] == "word-unknown"


def test_r23_the_reply_is_handed_on_with_its_reason(run, number):
    handed = run(
        "tickets", "hand-on", number, "--to", "陈经理", "--text", "业主要求", "--json"
    ).json
    assert (handed["first_receiver"], handed["replier"]) == ("前台", "陈经理")
    bare = run("tickets", "hand-on", number, "--to", "前台", "--json").json["error"]
    assert bare["code"] == "draft-incomplete"


def test_r20_a_reason_closes_over_a_dark_lamp(run, residents_file):
    run("import", "residents", residents_file)
    number = run("tickets", "register", "--unit", "3-2-501", "--kind", "complaint", "--text",
                 "噪音", "--wish-basis", "request", "--json").json["number"]  # fmt: skip
    run("tickets", "reply", number, "--text", "已告知")
    open_still = run("tickets", "follow-up", number, "--result", "fair", "--json").json
    assert [gate["code"] for gate in open_still["gates"]] == ["clears-dark"]
    closed = run("tickets", "close", number, "--reason", "匿名来电", "--json").json
    assert (closed["status"], closed["gates"], closed["wish_basis"]) == ("closed", [], "request")
