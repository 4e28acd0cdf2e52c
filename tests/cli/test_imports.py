"""`propdesk import` and `propdesk export` as a person types them."""

import openpyxl
import pytest

from propdesk.sheets.reading import read_table

COMPLAINTS = (
    ("单号", "什么时候", "主题", "内容"),
    ("A-1", "2019/7/1", "停水", "小区停水两天，停水没有通知。"),
    ("A-2", "2019/7/2", "）", "门坏了。"),
    ("A-3", "昨天", "窗", "窗坏了。"),
)
RESIDENTS = (("房号", "业主姓名", "联系电话"), ("3-2-501", "张伟丰", 13800001234))


@pytest.fixture
def workbook(tmp_path):
    def write(lines, name):
        book = openpyxl.Workbook()
        for line in lines:
            book.active.append(line)
        book.save(tmp_path / name)
        return str(tmp_path / name)

    return write


@pytest.fixture
def propdesk(run):
    def go(*words, code=0):
        answer = run(*words)
        assert answer.code == code
        return answer.json if "--json" in words else answer.out + answer.err

    return go


@pytest.fixture
def complaints(workbook, tmp_path):
    mapping = tmp_path / "mapping.json"
    mapping.write_text('{"time": "什么时候"}', "utf-8")
    return workbook(COMPLAINTS, "complaints.xlsx"), "--mapping", str(mapping)


def test_complaints(propdesk, complaints, tmp_path):
    dry = propdesk("import", "complaints", *complaints, "--dry-run", "--json")
    assert dry["import"] is None
    found = propdesk(
        "import", "complaints", *complaints, "--errors", str(tmp_path / "e.xlsx"), "--json"
    )
    assert {name: found[name] for name in ("rows", "added", "unchanged", "rejected")} == {
        "rows": 3, "added": 2, "unchanged": 0, "rejected": 1,
    }  # fmt: skip
    assert found["needs_person_rows"][0]["line"] == 3
    assert found["rejected_rows"][0]["what"] == "A-3"
    assert found["mapping"]["time"] == ["什么时候"]
    assert read_table(tmp_path / "e.xlsx").rows[0].values[0] == "A-3"
    again = propdesk("import", "complaints", *complaints[:1], "--json")
    assert (again["added"], again["unchanged"]) == (0, 2)
    assert propdesk("import", "undo", "1", "--json")["tickets"] == 2
    assert "undone" in propdesk("import", "undo", "1", code=1)


def test_what_a_person_reads(propdesk, complaints):
    said = propdesk("import", "complaints", *complaints)
    assert "complaints.xlsx: 3 rows" in said
    assert "Line 4 (A-3):" in said
    assert "import undo 1" in said
    assert "2 tickets void" in propdesk("import", "undo", "1")


def test_residents_in_and_out(propdesk, workbook, tmp_path):
    file = workbook(RESIDENTS, "residents.xlsx")
    found = propdesk("import", "residents", file, "--community", "云澜花园", "--json")
    assert (found["units"], found["communities"], found["persons"]) == (1, 1, 1)
    target = str(tmp_path / "out.csv")
    in_full = ("export", "residents", target, "--plain")
    assert "needed for" in propdesk(*in_full, code=1)
    assert propdesk(*in_full, "--purpose", "核对", "--json")["rows"] == 1
    assert propdesk("import", "residents", target, "--json")["unchanged"] == 1
    propdesk("export", "residents", str(tmp_path / "masked.csv"))
    assert "13800001234" not in (tmp_path / "masked.csv").read_text("utf-8-sig")


def test_tickets_of_a_month(propdesk, complaints, tmp_path):
    propdesk("import", "complaints", *complaints)
    target = str(tmp_path / "out.xlsx")
    assert propdesk("export", "tickets", target, "--month", "2019-07", "--json")["rows"] == 2
    assert "not a month" in propdesk("export", "tickets", target, "--month", "Juli", code=1)


@pytest.mark.parametrize(
    ("text", "code"), [(None, "mapping-unreadable"), (b"\xff\xfe\x00", "mapping-unreadable")]
)
def test_bad_mapping_files(propdesk, complaints, tmp_path, text, code):
    file = tmp_path / "bad.json"
    if text:
        file.write_bytes(text)
    said = propdesk("import", "complaints", complaints[0], "--mapping", str(file), "--json", code=1)
    assert said["error"]["code"] == code


def test_many_rows_are_named_up_to_a_limit(propdesk, workbook):
    lines = (RESIDENTS[0], *((f"楼上{n}", "张三", None) for n in range(30)))
    said = propdesk("import", "residents", workbook(lines, "bad.xlsx"))
    assert said.count("Line ") == 20
    assert "10 more" in said


@pytest.mark.parametrize(
    ("name", "code"),
    [("e.txt", "file-ending"), ("no/e.xlsx", "folder-not-found"), (None, "file-is-source")],
)
def test_the_file_of_rejected_rows_is_checked_before_anything_is_imported(
    propdesk, complaints, tmp_path, name, code
):
    source = complaints[0]
    target = source if name is None else str(tmp_path / name)
    answer = propdesk("import", "complaints", *complaints, "--errors", target, "--json", code=1)
    assert answer["error"]["code"] == code
    assert propdesk("tickets", "list", "--json") == []
