"""`house UNIT`: the whole file of a house and its time line on the command line."""

import pytest


@pytest.fixture
def home(run, residents_file):
    """An imported office; a vehicle and a pet of 3-2-501."""
    assert run("import", "residents", residents_file).code == 0
    vehicle = ("vehicles", "add", "3-2-501", "粤B7Q32K", "--from", "2020-03-01")
    assert run(*vehicle).code == 0
    assert run("vehicles", "end", "3-2-501", "粤B7Q32K", "--on", "2021-06-30").code == 0
    return "3-2-501"


def test_r83_the_file_of_a_house_on_the_command_line(run, home):
    answer = run("house", home)
    assert answer.code == 0, answer.err
    assert "89.62 m²" in answer.out
    assert "张伟丰" in answer.out
    assert "138****1234" in answer.out
    assert "13800001234" not in answer.out, "phones are masked in lists"
    lines = [line for line in answer.out.splitlines() if "粤B7Q32K" in line]
    assert [line.split()[0] for line in lines] == ["2021-06-30", "2020-03-01"]


def test_the_time_line_as_json_narrowed_and_limited(run, home):
    found = run("house", home, "--group", "vehicles", "--limit", "1", "--json").json
    assert found["unit"]["house"] == "3-2-501"
    assert [(e["at"], e["kind"]) for e in found["events"]] == [("2021-06-30", "vehicle-went")]
    assert found["more"] is True
    assert found["counts"]["vehicles"] == 2
    since = run("house", home, "--group", "vehicles", "--since", "2021-01-01", "--json").json
    assert (len(since["events"]), since["more"]) == (1, False)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("9-9-999",), "unit-unknown"),
        (("3-2-501", "--group", "weather"), "word-unknown"),
        (("3-2-501", "--since", "gestern"), "day-unreadable"),
    ],
)
def test_refusals_of_house(run, home, words, code):
    answer = run("house", *words, "--json")
    assert (answer.code, answer.json["error"]["code"]) == (1, code)
