import pytest

from propdesk.domain.errors import RuleError
from propdesk.domain.imported_complaints import COMPLAINT_FIELDS
from propdesk.domain.imported_residents import RESIDENT_FIELDS
from propdesk.domain.imports import (
    Columns,
    ImportKind,
    ImportPreview,
    Outcome,
    RowOutcome,
    check_columns,
    columns_missing,
    header_mark,
    heading_key,
    headings_of,
    parse_mapping,
    recognise_columns,
)


@pytest.mark.parametrize(
    ("heading", "key"),
    [("* 建筑面积（㎡）：", "建筑面积"), ("联系电话 (2)", "联系电话"), ("房 号", "房号"),
     ("Area (m²)", "area"), ("(C)", "(c)"), ("业主.姓名", "业主姓名")],
)  # fmt: skip
def test_heading_key(heading, key):
    assert heading_key(heading) == key


def test_complaint_columns():
    header = ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
    assert recognise_columns(header, COMPLAINT_FIELDS) == {
        "external_number": ("留言编号",),
        "text": ("留言详情",),
        "matter": ("留言主题",),
        "time": ("留言时间",),
        "reporter": ("留言用户",),
    }


@pytest.mark.parametrize(
    ("header", "mapping"),
    [
        (
            ("序号", "单号", "日期", "姓名", "电话", "房号", "标题", "内容"),
            {"external_number": ("单号",), "text": ("内容",), "matter": ("标题",),
             "time": ("日期",), "reporter": ("姓名",), "phone": ("电话",), "unit": ("房号",)},
        ),
        (("内容", "内容 (2)", "时间"), {"text": ("内容",), "time": ("时间",)}),
    ],
)  # fmt: skip
def test_other_complaint_columns(header, mapping):
    assert recognise_columns(header, COMPLAINT_FIELDS) == mapping


def test_resident_columns():
    header = ("小区名称", "楼栋", "单元", "房号", "业主姓名", "联系电话", "联系电话 (2)",
              "备用电话", "建筑面积(㎡)", "车牌号", "租户", "微信")  # fmt: skip
    assert recognise_columns(header, RESIDENT_FIELDS) == {
        "unit": ("房号",),
        "community": ("小区名称",),
        "building": ("楼栋",),
        "entrance": ("单元",),
        "name": ("业主姓名",),
        "phone": ("联系电话", "联系电话 (2)", "备用电话"),
        "area": ("建筑面积(㎡)",),
        "tenant": ("租户",),
        "plate": ("车牌号",),
    }


@pytest.mark.parametrize("fields", [COMPLAINT_FIELDS, RESIDENT_FIELDS])
def test_no_heading_means_two_fields(fields):
    owners: dict[str, str] = {}
    for field in fields:
        for heading in field.headings:
            assert owners.setdefault(heading_key(heading), field.name) == field.name, heading


def test_known_headings_are_searched():
    assert {"房号", "业主姓名", "House"} <= set(headings_of(RESIDENT_FIELDS))


def test_mapping_file():
    text = '{"unit": "房间", "phone": ["电话1", "电话2"]}'
    mapping = parse_mapping(text, RESIDENT_FIELDS)
    assert mapping == {"unit": ("房间",), "phone": ("电话1", "电话2")}
    check_columns(mapping, ("房间", "电话1", "电话2"))


@pytest.mark.parametrize(
    ("text", "code"),
    [("{", "mapping-unreadable"), ("[]", "mapping-unreadable"),
     ('{"unit": 3}', "mapping-unreadable"), ('{"unit": [3]}', "mapping-unreadable"),
     ('{"flat": "房号"}', "mapping-field")],
)  # fmt: skip
def test_bad_mapping_file(text, code):
    with pytest.raises(RuleError) as refused:
        parse_mapping(text, RESIDENT_FIELDS)
    assert refused.value.code == code


def test_mapping_to_a_column_that_is_not_there():
    with pytest.raises(RuleError, match="房间") as refused:
        check_columns({"unit": ("房间",)}, ("房号", "姓名"))
    assert refused.value.code == "mapping-column"


def test_missing_columns_are_named():
    refused = columns_missing([RESIDENT_FIELDS[0]], ("甲", "乙"))
    assert refused.code == "columns-missing"
    assert "甲, 乙" in str(refused)


def test_columns():
    columns = Columns({"unit": ("A",), "phone": ("B", "C")}, ("A", "B", "C"))
    assert columns.has("phone")
    assert not columns.has("area")
    assert columns.cell(("3-501", 1, 2), "unit") == "3-501"
    assert columns.cell(("3-501", 1, 2), "area") is None
    assert columns.cells(("3-501", None, 2), "phone") == [2]


def test_header_mark_depends_on_every_column():
    assert header_mark(("A", "B")) == header_mark(("A", "B")) != header_mark(("AB",))


def test_counts_add_up():
    rows = tuple(
        RowOutcome(line, outcome, "", (), needs_person="x" if line == 2 else "")
        for line, outcome in enumerate((Outcome.ADDED, Outcome.ADDED, Outcome.REJECTED), start=2)
    )
    preview = ImportPreview(
        ImportKind.COMPLAINTS,
        "a.xlsx",
        "",
        (),
        ("A", "B"),
        {"text": ("A",)},
        rows,
        {"suggested": 1},
    )
    assert preview.counts == {
        "rows": 3, "added": 2, "unchanged": 0, "rejected": 1, "needs_person": 1, "suggested": 1,
    }  # fmt: skip
    assert preview.unused == ("B",)
    assert preview.rejected == rows[2:]
    assert preview.needing_person == rows[:1]
