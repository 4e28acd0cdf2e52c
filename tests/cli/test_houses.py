"""`house UNIT`: the whole file of a house and its time line on the command line."""

import pytest
from PIL import Image


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


# -- papers


def test_p57_the_papers_of_a_house_are_printed_and_noted(run, home, tmp_path):
    form, file = tmp_path / "登记.pdf", tmp_path / "档案.pdf"
    printed = run("print", "registration", home, "-o", form, "--json").json
    assert (printed["houses"], printed["pages"]) == ([home], 1)
    assert run("print", "house-file", home, "--years", 5, "-o", file).code == 0
    assert form.read_bytes()[:5] == file.read_bytes()[:5] == b"%PDF-"
    papers = run("house", home, "--group", "papers", "--json").json["events"]
    assert {one["text"] for one in papers} == {"Registration form", "House file"}


def test_p57_forms_of_a_building_and_a_blank_one(run, home, tmp_path):
    target = tmp_path / "3.pdf"
    printed = run("print", "registration", "--building", "3", "-o", target, "--json").json
    assert (printed["houses"], printed["pages"]) == (["3-2-501", "3-2-502"], 2)
    assert run("print", "registration", "--blank", "-o", tmp_path / "blank.pdf").code == 0
    answer = run("print", "registration", "--building", "77", "-o", target, "--json")
    assert answer.json["error"]["code"] == "building-unknown"


def test_r85_in_full_only_for_a_purpose(run, home, tmp_path):
    target = tmp_path / "full.pdf"
    answer = run("print", "house-file", home, "--plain", "-o", target, "--json")
    assert answer.json["error"]["code"] == "purpose-missing"
    assert not target.exists()
    full = ("print", "house-file", home, "--plain", "--purpose", "法院调取", "-o", target)
    assert run(*full).code == 0
    assert target.exists()


# -- documents


def test_documents_of_a_house_on_the_command_line(run, home, tmp_path):
    photo = tmp_path / "合同.png"
    Image.new("RGB", (200, 150), "blue").save(photo)
    added = run(
        "documents", "add", home, photo, "--topic", "lease", "--person", "张伟丰", "--json"
    ).json  # fmt: skip
    assert [(one["topic"], one["person"]) for one in added["added"]] == [("lease", "张伟丰")]
    changed = run("documents", "change", home, 1, "--topic", "consent", "--caption", "签字页")
    assert changed.code == 0, changed.err
    (one,) = run("documents", "list", home, "--json").json
    assert (one["topic"], one["caption"], one["person"]) == ("consent", "签字页", "张伟丰")
    events = run("house", home, "--group", "documents", "--json").json["events"]
    assert [event["kind"] for event in events] == ["document"]
    give = tmp_path / "交出"
    refused = run("documents", "export", home, "--to", give, "--json")
    assert refused.json["error"]["code"] == "purpose-missing"
    assert run("documents", "export", home, "--to", give, "--purpose", "本人索取").code == 0
    assert len(list(give.iterdir())) == 1
    assert run("documents", "remove", home, 1).code == 0
    assert run("documents", "list", home, "--json").json == []
    answer = run("documents", "remove", home, 1, "--json")
    assert answer.json["error"]["code"] == "document-unknown"
    answer = run("documents", "add", home, photo, "--topic", "weather", "--json")
    assert answer.json["error"]["code"] == "document-topic-unknown"
