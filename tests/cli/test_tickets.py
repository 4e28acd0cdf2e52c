"""`propdesk tickets` from registration to closing, and every mistake as one clear line."""

import pytest

KEYS = {
    "number", "kind", "class", "status", "round", "unit", "text", "first_receiver", "handler",
    "received_at", "closed_at", "events",
}  # fmt: skip


@pytest.fixture
def peopled(run, residents_file):
    assert run("import", "residents", residents_file).code == 0
    return run


def register(run, *more):
    return run(
        "tickets", "register", "--unit", "3-2-501", "--kind", "complaint",
        "--text", "楼上噪音", "--json", *more,
    )  # fmt: skip


def test_an_absent_folder_becomes_an_office_with_departments_and_a_desk(run, data):
    answer = run("staff", "list", "--json")
    assert answer.code == 0
    assert [one["name"] for one in answer.json] == ["前台"]
    assert "was made in" in answer.err
    assert (data / "office.db").exists()
    assert "was made in" not in run("staff", "list", "--json").err


def test_a_complaint_from_the_first_word_to_the_last(peopled):
    run = peopled
    run("staff", "add", "王建国", "--department", "工程部")
    ticket = register(run, "--at", "2026-11-02T09:12", "--class", "service.environment").json
    assert set(ticket) >= KEYS
    assert (ticket["number"], ticket["unit"], ticket["class"]) == (
        "TS-202611-0001", "3-2-501", "service.environment",
    )  # fmt: skip
    assert ticket["events"][0]["at"] == "2026-11-02T09:12:00"
    assert ticket["events"][0]["entered_at"] > ticket["events"][0]["at"]
    number = ticket["number"]
    assert run("tickets", "dispatch", number, "--handler", "王建国").code == 0
    assert run("tickets", "complete", number, "--text", "已劝阻", "--by", "王建国").code == 0
    assert run("tickets", "reply", number, "--text", "已告知").code == 0
    early = run("tickets", "close", number, "--json")
    assert (early.code, early.json["error"]["code"]) == (1, "follow-up-missing")
    closed = run("tickets", "follow-up", number, "--answer", "satisfied", "--json").json
    assert closed["status"] == "closed"
    assert [event["kind"] for event in closed["events"]] == [
        "registered", "dispatched", "completed", "replied", "followed-up", "closed",
    ]  # fmt: skip


def test_list_filters_by_status_kind_and_month(peopled):
    run = peopled
    register(run, "--at", "2026-10-02T09:12")
    register(run, "--at", "2026-11-02T09:12")
    run("tickets", "register", "--place", "大堂", "--kind", "repair", "--text", "灯不亮",
        "--at", "2026-11-03 08:00")  # fmt: skip
    assert len(run("tickets", "list", "--json").json) == 3
    october = run("tickets", "list", "--month", "2026-10", "--json").json
    assert [row["number"] for row in october] == ["TS-202610-0001"]
    repairs = run("tickets", "list", "--kind", "repair", "--status", "received", "--json").json
    assert [row["where"] for row in repairs] == ["大堂"]


def test_a_listed_ticket_says_all_that_a_shown_one_says(peopled):
    run = peopled
    register(run)
    number = register(run).json["number"]
    run("tickets", "note", number, "--text", "已联系")
    listed = run("tickets", "list", "--json").json
    assert set(listed[0]) >= KEYS
    assert listed == [run("tickets", "show", one["number"], "--json").json for one in listed]


def test_every_answer_that_may_be_given_is_named(peopled):
    run = peopled
    number = register(run).json["number"]
    refused = run("tickets", "follow-up", number, "--answer", "maybe", "--json").json["error"]
    assert refused["code"] == "word-unknown"
    assert refused["message"].endswith("satisfied, fair, dissatisfied, unreached.")


def test_a_caller_not_reached_three_times_lets_the_complaint_be_closed_with_a_reason(peopled):
    run = peopled
    number = register(run).json["number"]
    run("tickets", "reply", number, "--text", "已告知")
    for _try in range(3):
        early = run("tickets", "close", number, "--text", "联系不上", "--json").json
        assert early["error"]["code"] == "follow-up-missing"
        run("tickets", "follow-up", number, "--answer", "unreached")
    assert run("tickets", "close", number, "--json").json["error"]["code"] == "follow-up-missing"
    closed = run("tickets", "close", number, "--text", "联系不上", "--json").json
    assert (closed["status"], closed["satisfaction"]) == ("closed", None)


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("tickets", "show", "TS-202611-0099"), "ticket-unknown", "TS-202611-0099"),
        (("tickets", "register", "--unit", "3-2-509", "--kind", "repair", "--text", "x"),
         "unit-unknown", "3-2-501"),
        (("tickets", "register", "--unit", "天台", "--kind", "repair", "--text", "x"),
         "address-unreadable", "3-2-501"),
        (("tickets", "register", "--place", "大堂", "--kind", "noise", "--text", "x"),
         "word-unknown", "complaint"),
        (("tickets", "register", "--place", "大堂", "--kind", "repair", "--text", " "),
         "draft-incomplete", "own words"),
        (("tickets", "void", "TS-1", "--by", "前抬"), "ticket-unknown", "TS-1"),
        (("tickets", "register", "--place", "大堂", "--kind", "praise", "--text", "好",
          "--by", "前抬"), "staff-unknown", "前台"),
        (("tickets", "register", "--place", "大堂", "--kind", "repair", "--text", "x",
          "--at", "2026-13-45"), "time-unreadable", "2026-11-21T09:30"),
        (("tickets", "register", "--place", "大堂", "--kind", "repair", "--text", "x",
          "--at", "2126-01-01T00:00"), "time-in-future", "2126"),
        (("tickets", "register", "--place", "大堂", "--kind", "complaint", "--text", "x",
          "--class", "noise"), "draft-incomplete", "service.environment"),
        (("staff", "add", "王五", "--department", "飞行部"), "department-unknown", "工程部"),
        (("staff", "add", "前台"), "staff-exists", "前台"),
        (("tickets", "register", "--place", "大堂", "--kind", "repair", "--text", "x",
          "--at", "0001-01-01T00:00"), "time-unreadable", "2026-11-21T09:30"),
        (("tickets", "register", "--unit", "3-2-501", "--community", "翠湖里", "--kind", "repair",
          "--text", "x"), "community-unknown", "物业服务中心"),
        (("tickets", "list", "--month", "2026-13"), "month-not-understood", "2026-11"),
        (("tickets", "list", "--month", "9999-12"), "month-not-understood", "2026-11"),
        (("report", "complaints", "--month", "9999-12"), "month-not-understood", "2026-11"),
        (("import", "undo", str(2**63 - 1)), "import-unknown", str(2**63 - 1)),
        (("print", "work-order", "BX-1", "-o", "x.pdf"), "ticket-unknown", "BX-1"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_clear_line_and_a_code(peopled, words, code, named):
    answer = peopled(*words)
    assert answer.code == 1
    assert answer.out == ""
    assert len(answer.err.strip().splitlines()) == 1
    assert named in answer.err
    assert "Traceback" not in answer.err
    if words[0] != "print":
        refusal = peopled(*words, "--json").json
        assert refusal["error"]["code"] == code
        assert refusal["error"]["message"] == answer.err.strip()


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("fly",),
        ("tickets",),
        ("tickets", "register", "--kind", "repair"),
        ("tickets", "classify", "TS-1", "--class", "fees", "--at", "2026-11-21T09:30"),
        ("tickets", "note", "TS-1", "--at", "2026-11-21T09:30"),
        ("demo",),
    ],
)
def test_wrong_usage_is_exit_code_two(run, words):
    assert run(*words).code == 2


def test_both_languages_speak(peopled):
    chinese = peopled("tickets", "show", "TS-1", lang="zh_CN")
    english = peopled("tickets", "show", "TS-1", lang="en")
    assert chinese.err.startswith("没有工单")
    assert english.err.startswith("There is no ticket")


def test_wrong_usage_speaks_both_languages(run):
    words = ("report", "complaints")
    assert "the following arguments are required: --month" in run(*words).err
    chinese = run(*words, lang="zh_CN").err
    assert chinese.startswith("用法：")
    assert "还缺少：--month" in chinese


def test_hostile_texts_survive_registration_and_printing(peopled, tmp_path):
    from pypdf import PdfReader

    text = "A<B <img src=x.png> =HYPERLINK(1) 𠮷 😀 \u202e反 " + "长文" * 2000
    number = peopled(
        "tickets", "register", "--unit", "3-2-501", "--kind", "repair", "--text", text, "--json"
    ).json["number"]
    file = tmp_path / "单.pdf"
    printed = peopled("print", "work-order", number, "-o", file, "--copies", "1", "--json").json
    assert printed["pages"] > 1
    assert "𠮷" in printed["replaced_characters"]
    read = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert "A<B <img src=x.png> =HYPERLINK(1)" in read.replace("\n", "")
    assert read.count("长") >= 2000
