"""`tickets promise|urge|report-up`, and the moves with their words of the issue."""

import pytest


def register(run, *more, kind="complaint"):
    answer = run(
        "tickets", "register", "--place", "3栋大堂", "--kind", kind, "--text", "漏水",
        "--at", "2026-11-02T09:12", "--json", *more,
    )  # fmt: skip
    assert answer.code == 0, answer.err
    return answer.json["number"]


def last_event(answer):
    assert answer.code == 0, answer.out + answer.err
    return answer.json["events"][-1]


def test_r07_promise_moves_the_due_time(run):
    number = register(run)
    told = run("tickets", "promise", number, "--until", "2026-12-20T12:00", "--text", "缺配件",
               "--reported-to", "李经理", "--at", "2026-11-02T10:00", "--json")  # fmt: skip
    assert last_event(told)["kind"] == "promised"
    assert told.json["promised_at"] == "2026-12-20T12:00:00"
    late = run("tickets", "overdue", "--at", "2026-12-15T10:00", "--json").json
    assert [row["clock"] for row in late if row["number"] == number] == []
    clocks = run("tickets", "overdue", "--at", "2026-12-20T12:01", "--json").json
    assert {row["clock"] for row in clocks if row["number"] == number} == {"solve", "promise"}


def test_r07_promise_names_all_that_is_missing(run):
    refused = run("tickets", "promise", register(run), "--until", "2026-12-20T12:00", "--json")
    assert refused.code == 1
    assert refused.json["error"]["code"] == "draft-incomplete"
    assert "explained" in refused.json["error"]["message"]
    assert "reported" in refused.json["error"]["message"]


def test_r09_urge_and_r30_report_up_are_lines_of_the_journal(run):
    number = register(run)
    run("tickets", "dispatch", number, "--to", "工程部", "--at", "2026-11-02T09:30")
    urged = run("tickets", "urge", number, "--at", "2026-11-02T10:00", "--json")
    assert last_event(urged)["kind"] == "urged"
    told = run("tickets", "report-up", number, "--level", "manager", "--to", "李经理",
               "--text", "请协调", "--at", "2026-11-02T11:00", "--json")  # fmt: skip
    assert last_event(told)["kind"] == "reported-up"
    assert told.json["status"] == "dispatched"


@pytest.mark.parametrize(("words", "code", "named"), [
    (("urge", "--way", "shouting"), "word-unknown", "in-person"),
    (("urge",), "draft-incomplete", "who was urged"),
    (("report-up", "--level", "board", "--to", "x"), "word-unknown", "company"),
])  # fmt: skip
def test_wrong_words_are_refused_with_those_that_are_possible(run, words, code, named):
    verb, *more = words
    refused = run("tickets", verb, register(run), *more, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, code)
    assert named in refused.json["error"]["message"]


def test_dispatch_goes_to_a_worker_or_a_department_by_one_word(run):
    run("staff", "add", "王建国", "--department", "工程部")
    number = register(run)
    department = run("tickets", "dispatch", number, "--to", "保洁部", "--json").json
    assert (department["department"], department["handler"]) == ("保洁部", None)
    worker = run("tickets", "dispatch", number, "--to", "王建国", "--json").json
    assert (worker["department"], worker["handler"]) == ("工程部", "王建国")
    nobody = run("tickets", "dispatch", number, "--to", "王建图", "--json").json["error"]
    assert nobody["code"] == "destination-unknown"
    assert "王建国" in nobody["message"]
    assert "工程部" in nobody["message"]
    twice = run("tickets", "dispatch", number, "--to", "王建国", "--handler", "王建国", "--json")
    assert twice.json["error"]["code"] == "destination-twice"


@pytest.mark.parametrize("option", ["--result", "--answer"])
def test_r40_a_dissatisfied_result_opens_the_next_round(run, option):
    number = register(run)
    run("tickets", "reply", number, "--text", "已告知", "--at", "2026-11-03T09:00")
    asked = run("tickets", "follow-up", number, option, "dissatisfied", "--text", "仍漏",
                "--at", "2026-11-04T09:00", "--json").json  # fmt: skip
    assert (asked["round"], asked["status"]) == (2, "received")


MOVES = {
    "dispatch": ("--to", "工程部"),
    "arrive": (),
    "complete": ("--text", "已修好"),
    "reply": ("--text", "已告知"),
    "follow-up": ("--result", "satisfied"),
    "reopen": ("--text", "又坏了"),
    "void": ("--text", "重复"),
}


def test_every_move_takes_who_when_and_json(run):
    run("staff", "add", "李敏", "--role", "front-desk")
    number = register(run)
    for hour, (verb, words) in enumerate(MOVES.items(), start=10):
        at = f"2026-11-02T{hour}:00"
        moved = run("tickets", verb, number, *words, "--by", "李敏", "--at", at, "--json")
        event = last_event(moved)
        assert (event["by"], event["at"]) == ("李敏", f"{at}:00"), verb


def test_close_takes_who_when_and_json(run):
    run("staff", "add", "李敏", "--role", "front-desk")
    number = register(run)
    run("tickets", "reply", number, "--text", "已告知", "--at", "2026-11-02T10:00")
    for hour in (11, 12, 13):
        run("tickets", "follow-up", number, "--result", "unreached", "--at", f"2026-11-02T{hour}")
    closed = run("tickets", "close", number, "--text", "三次未接通", "--by", "李敏",
                 "--at", "2026-11-02T14:00", "--json")  # fmt: skip
    event = last_event(closed)
    assert (event["by"], event["at"]) == ("李敏", "2026-11-02T14:00:00")
    assert closed.json["status"] == "closed"


@pytest.mark.parametrize(("words", "noted"), [
    ((), None), (("--rang-in-time",), True), (("--no-rang-in-time",), False)])  # fmt: skip
def test_r01_whether_the_call_was_picked_up_is_noted_only_where_it_is_said(run, words, noted):
    shown = run("tickets", "show", register(run, *words), "--json").json
    assert shown["picked_up_in_time"] is noted
