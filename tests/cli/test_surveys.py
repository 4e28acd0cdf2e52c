"""Questionnaires and meetings on the command line (R66, R68, R87, R88)."""

import pytest


@pytest.fixture
def office(run, residents_file):
    assert run("import", "residents", residents_file).code == 0
    return run


def test_r68_a_questionnaire_is_written_counted_and_closed(office):
    words = ("--handed-out", 3, "--ask", "停车方便", "--template", "zh_CN", "--json")
    survey = office("surveys", "write", *words).json
    assert [one["kind"] for one in survey["questions"]] == ["need"] * 7 + ["dimension"] * 5 + [
        "own"
    ]
    good = office("surveys", "sheet", 1, "5555555-55555", "--unit", "3-2-501", "--json")
    assert (good.code, good.json["unit"], good.json["answers"][7]) == (0, "3-2-501", None)
    assert office("surveys", "sheet", 1, "1111111111111", "--remark", "加灯").code == 0
    shown = office("surveys", "show", 1, "--json").json
    assert (shown["returned"], shown["valid"], shown["return_rate"]["percent"]) == (2, 2, 66.7)
    assert shown["results"][0]["counts"] == [1, 0, 0, 0, 1]
    assert shown["remarks"] == ["加灯"]
    assert office("surveys", "list", "--json").json[0]["returned"] == 2
    assert "66.7" not in office("surveys", "show", 1).err
    assert office("surveys", "close", 1).code == 0
    refused = office("surveys", "sheet", 1, "5" * 13, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "survey-closed")
    assert office("surveys", "reopen", 1).code == 0


@pytest.mark.parametrize(
    ("scores", "code"), [("555", "survey-answers"), ("5" * 11 + "9", "survey-score")]
)
def test_scores_that_do_not_fit_are_told(office, scores, code):
    office("surveys", "write")
    refused = office("surveys", "sheet", 1, scores, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, code)
    assert office("surveys", "show", 1, "--json").json["returned"] == 0


def test_r87_a_forum_is_kept_and_its_decisions_done(office):
    kept = office(
        "meetings", "write", "--title", "业主恳谈会", "--at", "2026-11-20T19:00", "--place", "大堂",
        "--attendee", "张伟丰 3-2-501", "--section", "rectified", "已改 5 项",
        "--action", "加减速带", "陈工", "2026-12-01", "--action", "公示保洁频次", "--json",
    ).json  # fmt: skip
    assert (kept["number"], kept["kind"]) == ("HY-2026-001", "forum")
    assert kept["attendees"] == [{"name": "张伟丰", "part": "3-2-501"}]
    assert [one["responsible"] for one in kept["actions"]] == ["陈工", ""]
    first = kept["actions"][0]["id"]
    early = office("meetings", "done", first, "--result", "会装", "--on", "2026-11-30", "--json")
    assert (early.code, early.json["error"]["code"]) == (1, "meeting-action-early")
    done = office("meetings", "done", first, "--result", "已装", "--on", "2026-11-21", "--json")
    assert done.json["done_on"] == "2026-11-21"
    assert [one["text"] for one in office("meetings", "actions", "--json").json] == ["公示保洁频次"]
    assert "加减速带" in office("meetings", "show", "hy-2026-001").out
    assert office("meetings", "void", "HY-2026-001", "--json").json["voided_at"]
    assert office("meetings", "actions", "--json").json == []
    refused = office("meetings", "show", "HY-2026-009", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "meeting-unknown")
