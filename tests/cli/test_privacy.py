"""`propdesk privacy ...`, `consents ...`, exports and the notice of data as a person types them."""

import json

import pytest

NUMBER = "11010519491231002X"


@pytest.fixture
def office(run, residents_file):
    """An office with three houses; the owner of the first has the id 1."""
    assert run("import", "residents", residents_file, "--community", "云澜花园").code == 0
    assert run("staff", "add", "王经理", "--role", "manager").code == 0
    return run


def test_the_catalogue_tells_ground_and_period_of_every_field(office):
    fields = {one["code"]: one for one in office("privacy", "catalogue", "--json").json}
    assert fields["phone"]["basis"] == "contract"
    assert fields["phone"]["retention_verified"] is False
    assert fields["ticket"]["retention"] == "5 years after closing, then without names"
    number = fields["identity-number"]
    assert (number["on"], number["sensitive"], number["consent"]) == (
        False, True, "identity-number",
    )  # fmt: skip
    assert "person.name" in fields["name"]["columns"]


def test_r80_from_switching_on_to_the_withdrawal(office):
    office("privacy", "fields", "--on", "identity-number", "--on", "occupation")
    put = ("privacy", "details", 1, "--set", f"identity-number={NUMBER}")
    refused = office(*put)
    assert (refused.code, "consent" in refused.err) == (1, True)
    consent = office("consents", "give", "--person", 1, "--scope", "identity-number", "--json").json
    assert consent["way"] == "paper"
    (shown,) = [one for one in office(*put, "--json").json if one["shown"]]
    assert shown["shown"] == "110***********002X"
    assert office("privacy", "reveal", 1, "identity-number").out.strip() == NUMBER
    withdrawn = office("consents", "withdraw", consent["id"], "--json").json
    assert withdrawn["deleted"] == ["identity-number"]
    assert office("privacy", "reveal", 1, "identity-number", "--json").json["values"] == []
    assert "withdrawn" in office("consents", "list").out


def test_r80_switching_a_field_off_says_what_was_deleted(office):
    office("privacy", "fields", "--on", "occupation")
    office("consents", "give", "--person", 1, "--scope", "profile")
    office("privacy", "details", 1, "--set", "occupation=教师")
    assert "Deleted with it: Occupation." in office("consents", "withdraw", 1).out
    office("consents", "give", "--person", 1, "--scope", "profile")
    office("privacy", "details", 1, "--set", "occupation=教师")
    assert "1 values were deleted" in office("privacy", "fields", "--off", "occupation").out
    assert office("privacy", "fields", "--on", "religion").code == 1
    assert "CODE=VALUE" in office("privacy", "details", 1, "--set", "occupation").err


def test_r85_who_has_looked(office):
    assert office("privacy", "reveal", 1, "--by", "王经理").out.strip() == "13800001234"
    (line,) = office("privacy", "access", "3-2-501", "--json").json
    assert (line["by"], line["act"], line["what"], line["person"]) == (
        "王经理", "revealed", "phone", "张伟丰",
    )  # fmt: skip
    assert office("privacy", "access", "3-2-502", "--json").json == []
    for words in (("--by", "王经理"), ("--person", 1), ("--act", "revealed"), ("--limit", 1)):
        assert len(office("privacy", "access", *words, "--json").json) == 1
    assert office("privacy", "access", "--to", "2020-01-01", "--json").json == []
    assert "Shown in full" in office("privacy", "access").out


def test_exports_say_what_for_and_are_listed(office, tmp_path):
    target = tmp_path / "out.json"
    words = ("export", "residents", target, "--plain")
    assert office(*words).code == 1
    done = office(*words, "--purpose", "核对", "--manner", "provided", "--receiver", "社区")
    assert done.code == 0
    assert json.loads(target.read_text("utf-8"))[0]["phones"] == ["13800001234"]
    (line,) = office("privacy", "exports", "--json").json
    assert (line["plain"], line["purpose"], line["receiver"], line["rows"]) == (
        True, "核对", "社区", 3,
    )  # fmt: skip
    assert "in full" in office("privacy", "exports").out
    assert office("export", "residents", target, "--plain", "--masked").code == 2


def test_the_notice_is_printed_and_the_print_is_noted(office, tmp_path):
    target = tmp_path / "告知书.pdf"
    answer = office("print", "notice-of-data", "3-2-501", "-o", target, "--json").json
    assert (answer["house"], answer["replaced_characters"]) == ("3-2-501", [])
    (line,) = office("privacy", "access", "3-2-501", "--json").json
    assert (line["act"], line["what"]) == ("printed", "notice-of-data")
    blank = office("print", "notice-of-data", "--blank", "-o", tmp_path / "空白.pdf", "--json")
    assert blank.json["house"] is None
    assert len(office("privacy", "access", "--json").json) == 1
    assert office("print", "catalogue", "-o", tmp_path / "目录.pdf").code == 0
    assert office("print", "notice-of-data", "-o", target).code == 2
