"""Erasing, sealing and requests on the command line (PIPL 44-50)."""

import pytest


@pytest.fixture
def office(run, residents_file):
    assert run("import", "residents", residents_file).code == 0
    return run


def test_a_dry_run_says_what_stands_in_the_way_and_changes_nothing(office):
    plan = office("erase", "--person", 1, "--dry-run", "--json").json
    assert (plan["name"], plan["stops"], plan["may_erase"]) == ("张伟丰", ["present"], False)
    assert plan["counts"]["phones"] == 1
    refused = office("erase", "--person", 1, "--reason", "搬走", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "erasure-stopped")
    assert office("find", "张伟丰", "--json").json
    assert office("erasures", "--json").json == []
    assert office("erase", "--due", "--json").json == []


def test_an_unknown_person_is_refused(office):
    refused = office("erase", "--person", 99, "--dry-run", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "person-unknown")
    refused = office("unseal", "--person", 1, "--reason", "x", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "person-not-sealed")


def test_a_request_is_noted_listed_and_answered(office):
    noted = office("requests", "note", "--person", 1, "--kind", "copy", "--json").json
    assert (noted["kind"], noted["result"]) == ("copy", None)
    assert [one["id"] for one in office("requests", "list", "--open", "--json").json] == [1]
    refused = office("requests", "answer", 1, "--result", "refused", "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "draft-incomplete")
    assert office("requests", "answer", 1, "--result", "done", "--json").json["result"] == "done"
    assert office("requests", "list", "--open", "--json").json == []
    assert "张伟丰" in office("requests", "list").out


def test_a_person_is_given_what_is_kept_of_him_on_paper_and_as_json(office, tmp_path):
    data = office("requests", "data", "--person", 1, "--json").json
    kinds = {one["field"]: one for one in data["kinds"]}
    assert (data["name"], data["sealed"]) == ("张伟丰", False)
    assert kinds["phone"]["records"]
    assert "*" not in kinds["phone"]["records"][0]["text"]
    assert kinds["phone"]["basis"] == "contract"
    assert kinds["ticket"]["records"] == []
    file = tmp_path / "person.pdf"
    made = office("print", "person-data", "--person", 1, "--for", "李兰", "-o", file, "--json")
    assert (made.code, made.json["pages"] >= 1, file.exists()) == (0, True, True)
    again = office("requests", "data", "--person", 1, "--json").json
    looks = {one["field"]: one for one in again["kinds"]}["access"]["records"]
    assert "李兰" in " ".join(one["text"] for one in looks)
    refused = office("requests", "data", "--person", 99, "--json")
    assert (refused.code, refused.json["error"]["code"]) == (1, "person-unknown")
