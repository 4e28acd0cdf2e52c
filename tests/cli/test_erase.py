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
