"""Tables as people hand them in. What is expected was written by hand from what was typed."""

import shutil
from collections.abc import Callable
from datetime import datetime, time
from pathlib import Path

import pytest

from propdesk.domain.errors import Cancelled
from propdesk.sheets.reading import read_table
from propdesk.sheets.tables import Row
from propdesk.sheets.writing import SheetOut, write_workbook

REAL = Path(__file__).parents[3] / "shared" / "data" / "complaints.xlsx"


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice.xls"])
def test_libreoffice_output(data: Path, name: str) -> None:
    table = read_table(data / name)
    assert table.header == ("编号", "报事人", "联系电话", "时间", "内容")
    assert (table.file_name, table.sheet_name, table.header_line) == (name, "src", 3)
    assert table.rows == (
        Row(4, (1, "张三", 13800138000, datetime(2026, 11, 2, 8, 30), "三楼水管漏水")),
        Row(5, (2, "李四", 2161234567, datetime(2026, 11, 3), "电梯停运，\n请尽快处理")),
        Row(6, (3, "王𠮷", 13912345678, datetime(2026, 11, 4, 17, 5, 9), "表扬保安")),
    )


def test_old_workbook_with_merged_title_and_chinese_date_format(data: Path) -> None:
    table = read_table(data / "residents.xls")
    assert table.sheet_names == ("住户", "空")
    assert table.header == ("房号", "业主姓名", "联系电话", "入住日期", "面积", "登记时间")
    assert table.rows[0] == Row(
        3,
        ("3-2-501", "张三", 13800138000, datetime(2019, 5, 1), 98.5,
         datetime(2019, 8, 19, 11, 48, 23)),
    )  # fmt: skip
    assert table.rows[1] == Row(4, ("3-2-502", "王𠮷", "021-61234567", None, 120, None))
    assert table.rows[2].values[0] is True


def test_gbk_csv(data: Path) -> None:
    table = read_table(data / "tickets-gbk.csv")
    assert table.encoding == "gb18030"
    assert table.header == ("编号", "报事人", "联系电话", "时间", "内容")
    assert table.rows == (
        Row(2, ("1", "张三", "13800138000", "2026/11/2 8:30:00", "三楼水管漏水,\n物业没人来")),
        Row(4, ("2", "李四", "1.38E+10", "2026年11月3日", "电梯停运")),
        Row(6, ("3", '王"小"五', "021-61234567", None, "表扬保安")),
    )


def test_utf16_csv_with_tabs(data: Path) -> None:
    table = read_table(data / "tickets-utf16.csv")
    assert table.encoding == "utf-16"
    assert table.rows == (
        Row(2, ("1", "王𠮷", "楼道灯不亮 😀")),
        Row(3, ("2", "李四", "“门禁”坏了")),
    )


HAND = """
<row r="2"><c r="A2" t="inlineStr"><is><t>编号</t></is></c>
<c r="B2" t="inlineStr"><is><t>　联系\n电话\t </t></is></c>
<c r="C2" t="inlineStr"><is><t>身份证号</t></is></c><c r="D2" t="str"><v>时间</v></c>
<c r="E2" t="inlineStr"><is><t>联系电话</t></is></c><c r="G2" t="str"><v>合计</v></c></row>
<row r="4"><c r="A4"><v>188039.0</v></c><c r="B4"><v>1.38E+10</v></c>
<c r="C4"><v>4.3010219900101101E+17</v></c><c r="D4" s="1"><v>43696.491932870369</v></c>
<c r="E4" t="str"><v>1.38E+10</v></c><c r="F4" t="str"><v>没有列名</v></c>
<c r="G4"><f>SUM(A1:A3)</f></c></row>
<row r="5"><c r="A5"><v>2</v></c><c r="B5" t="b"><v>1</v></c><c r="C5" t="e"><v>#N/A</v></c>
<c r="D5" s="2"><v>43696</v></c><c r="E5" t="str"><v>a_x000D_
b_x005F_x0041_</v></c><c r="G5"><v>1.5</v></c></row>
<row r="6"><c r="A6" s="1"/><c r="B6" t="str"><v>  \t\n</v></c></row>
<row r="7"><c r="D7" s="1"><v>0.5</v></c></row>
"""


def test_hand_written_sheet(by_hand: Callable[..., Path]) -> None:
    table = read_table(by_hand(HAND))
    assert table.header == (
        "编号", "联系电话", "身份证号", "时间", "联系电话 (2)", "(F)", "合计",
    )  # fmt: skip
    first, second, third = table.rows
    # An ID number that Excel rounded is no number any more; a formula never computed is empty.
    assert first == Row(
        4,
        (188039, 13800000000, "4.30102199001011E+17", datetime(2019, 8, 19, 11, 48, 23),
         "1.38E+10", "没有列名", None),
    )  # fmt: skip
    assert second == Row(5, (2, True, "#N/A", datetime(2019, 8, 19), "a\r\nb_x0041_", None, 1.5))
    assert third == Row(7, (None, None, None, time(12), None, None, None))
    assert isinstance(first.values[0], int)


def test_mac_dates(by_hand: Callable[..., Path]) -> None:
    rows = '<row r="1"><c t="str"><v>时间</v></c></row><row r="2"><c s="2"><v>42234</v></c></row>'
    assert read_table(by_hand(rows, mac=True)).rows[0].values == (datetime(2019, 8, 19),)


@pytest.mark.parametrize("dimension", ["A1:A1", "A1:XFD1048576", "C7:D9"])
def test_wrong_size_tag(by_hand: Callable[..., Path], dimension: str) -> None:
    table = read_table(by_hand(HAND, before=f'<dimension ref="{dimension}"/>'))
    assert [row.line for row in table.rows] == [4, 5, 7]
    assert len(table.header) == 7


@pytest.mark.parametrize("name", ["tickets-gbk.csv", "libreoffice.xlsx", "residents.xls"])
@pytest.mark.parametrize("suffix", [".xlsx", ".xls", ".csv", ".docx", ""])
def test_content_decides_and_not_the_name(
    data: Path, tmp_path: Path, name: str, suffix: str
) -> None:
    renamed = tmp_path / f"报事{suffix}"
    shutil.copy(data / name, renamed)
    assert read_table(renamed).rows == read_table(data / name).rows


def test_header_is_the_row_with_most_known_names(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("一,二,三,四,五,六\n房号,业主 姓名,,\n甲,乙,丙,丁\n", encoding="utf-8")
    assert read_table(path).header_line == 1
    table = read_table(path, wanted={"房号", "业主姓名", "联系电话"})
    assert table.header == ("房号", "业主 姓名", "(C)", "(D)")
    assert table.rows == (Row(3, ("甲", "乙", "丙", "丁")),)


def test_numbers_and_dates_do_not_make_a_header(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("编号,编号,时间\n7,13800138000,2019/8/19 11:48:23\n", encoding="utf-8")
    assert read_table(path).header == ("编号", "编号 (2)", "时间")


def test_first_filled_sheet_or_the_one_named(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    names = ["空", "工单", "住户"]
    contents = [[], ["编号"], ["房号"]]
    sheets = [
        SheetOut(name, header, [[1]] if header else [])
        for name, header in zip(names, contents, strict=True)
    ]
    write_workbook(path, sheets)
    assert read_table(path).sheet_name == "工单"
    assert read_table(path, sheet="住户").header == ("房号",)
    assert read_table(path).sheet_names == ("空", "工单", "住户")


def test_progress_and_cancel(data: Path, tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("编号,内容\n" + "1,漏水\n" * 1000, encoding="utf-8")
    steps: list[tuple[int, int]] = []
    table = read_table(path, on_progress=lambda done, total: steps.append((done, total)))
    assert len(table.rows) == 1000
    assert steps[0][0] == 0
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1] > 1000

    with pytest.raises(Cancelled):
        read_table(path, cancelled=lambda: True)


@pytest.mark.skipif(not REAL.exists(), reason="the real complaints are not on this machine")
def test_real_complaints() -> None:
    table = read_table(REAL)
    assert table.header == ("留言编号", "留言用户", "留言主题", "留言时间", "留言详情")
    assert len(table.rows) == 1456
    assert [row.line for row in table.rows] == list(range(2, 1458))
    number, user, subject, at, text = table.rows[0].values
    assert (number, user, at) == (188039, "A00081379", "2019/8/19 11:48:23")
    assert subject == "A2区黄兴路步行街大古道巷住户卫生间粪便外排"
    assert isinstance(text, str)
    assert text == text.strip()
    assert sum(isinstance(row.values[3], datetime) for row in table.rows) == 63
