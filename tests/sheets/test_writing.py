"""Workbooks and CSV files as they go out: what is in them, and that they appear whole."""

import subprocess
import sys
import zipfile
from datetime import date, datetime, time
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propdesk.sheets.errors import SheetError
from propdesk.sheets.reading import read_table
from propdesk.sheets.writing import SheetOut, write_csv, write_workbook

DANGEROUS = ['=HYPERLINK("http://x","y")', "+1", "-1", "@x", "  =1", "＝1", "#N/A", "{=1}", "'a"]


def written(path: Path, sheet: SheetOut):
    write_workbook(path, [sheet])
    return openpyxl.load_workbook(path).worksheets[0]


def test_texts_stay_texts(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    sheet = written(path, SheetOut("工单", ["=1+1"], [[text] for text in DANGEROUS]))
    for row, text in enumerate(["=1+1", *DANGEROUS], start=1):
        cell = sheet.cell(row, 1)
        assert (cell.value, cell.data_type) == (text, "s")
        assert bool(cell.quotePrefix) == (text not in {"#N/A", "{=1}", "=1+1"})
    with zipfile.ZipFile(path) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


def test_real_dates_and_numbers(tmp_path: Path) -> None:
    row = [
        7, 3.5, Decimal("12.30"), datetime(2019, 8, 19, 11, 48, 23), date(2019, 8, 19), time(8, 5),
        True, None, date(1850, 1, 1), 430102199001011234, float("nan"),
    ]  # fmt: skip
    formats = [None, None, "#,##0.00"]
    sheet = written(
        tmp_path / "a.xlsx",
        SheetOut("工单", [str(one) for one in range(11)], [row], formats=formats),
    )
    cells = [cell.value for cell in sheet[2]]
    assert cells == [
        7, 3.5, 12.3, datetime(2019, 8, 19, 11, 48, 23), datetime(2019, 8, 19), time(8, 5),
        True, None, "1850-01-01", "430102199001011234", "nan",
    ]  # fmt: skip
    assert [sheet.cell(2, column).number_format for column in (3, 4, 5)] == [
        "#,##0.00", "yyyy-mm-dd hh:mm", "yyyy-mm-dd",
    ]  # fmt: skip


def test_titles_header_widths_panes(tmp_path: Path) -> None:
    sheet = written(
        tmp_path / "a.xlsx",
        SheetOut(
            "工单", ["编号", "内容", "短"], [["TS-202611-0031", "三楼水管漏水" * 20, "x"]] * 3,
            widths=[None, None, 9.5], titles=["阳光花园", "2026 年 11 月"],
        ),
    )  # fmt: skip
    assert [sheet.cell(row, 1).value for row in (1, 2, 3)] == ["阳光花园", "2026 年 11 月", "编号"]
    assert sheet.freeze_panes == "A4"
    assert sheet.auto_filter.ref == "A3:C6"
    assert sheet.print_title_rows == "$3:$3"
    assert sheet["A3"].font.bold
    widths = [sheet.column_dimensions[one].width for one in "ABC"]
    assert widths == [16, 60, 9.5]
    table = read_table(tmp_path / "a.xlsx", wanted={"编号"})
    assert (table.header, table.header_line, len(table.rows)) == (("编号", "内容", "短"), 3, 3)


def test_bad_characters(tmp_path: Path) -> None:
    texts = [
        "a\x00b\x1f\ud800c\ufffe",
        "一\r\n二",
        "_x0041_",
        "𠮷😀",
        "\u202e漏水",
        "A<B <img src=x>",
    ]
    write_workbook(tmp_path / "a.xlsx", [SheetOut("工单", ["内容"], [[text] for text in texts])])
    values = [row.values[0] for row in read_table(tmp_path / "a.xlsx").rows]
    assert values == ["abc", "一\n二", "_x0041_", "𠮷😀", "\u202e漏水", "A<B <img src=x>"]


@pytest.mark.parametrize("character", ["漏", "𠮷"])
def test_long_text_goes_on_on_a_last_sheet(tmp_path: Path, character: str) -> None:
    text = character * 50_000 + "终" * 50_000
    path = tmp_path / "a.xlsx"
    write_workbook(path, [SheetOut("工单", ["编号", "内容"], [[1, text]])])
    table = read_table(path)
    assert table.sheet_names == ("工单", "Long texts")
    beginning = table.rows[0].values[1]
    assert isinstance(beginning, str)
    assert len(beginning.encode("utf-16-le")) // 2 <= 32_767
    mark = " [continued on sheet Long texts: B2]"
    assert beginning.endswith(mark)
    rest = read_table(path, sheet="Long texts").rows
    assert [row.values[:3] for row in rest] == [
        ("工单", "B2", part) for part in range(2, len(rest) + 2)
    ]
    assert beginning.removesuffix(mark) + "".join(str(row.values[3]) for row in rest) == text


def test_text_that_just_fits_is_whole(tmp_path: Path) -> None:
    text = "漏" * 32_767
    write_workbook(tmp_path / "a.xlsx", [SheetOut("工单", ["内容"], [[text]])])
    table = read_table(tmp_path / "a.xlsx")
    assert table.sheet_names == ("工单",)
    assert table.rows[0].values == (text,)


def test_sheet_names(tmp_path: Path) -> None:
    wanted = ["a/b:c?*[d]\\", "'x'", "", "长" * 40, "长" * 40, "History", "A_b_c___d__"]
    path = tmp_path / "a.xlsx"
    write_workbook(path, [SheetOut(name, ["编号"], [[1]]) for name in wanted])
    assert openpyxl.load_workbook(path).sheetnames == [
        "a_b_c___d__", "x", "Sheet", "长" * 31, "长" * 27 + " (2)", "History (2)",
        "A_b_c___d__ (2)",
    ]  # fmt: skip


def test_the_same_table_gives_the_same_file(tmp_path: Path) -> None:
    sheet = SheetOut("工单", ["编号", "内容"], [[1, "漏水"]])
    for name in ("a.xlsx", "b.xlsx"):
        write_workbook(tmp_path / name, [sheet])
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_csv_as_excel_wants_it(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    rows = [
        ["=1", -1, Decimal("-12.30"), "13800138000", datetime(2019, 8, 19, 11, 48, 23)],
        ['a,"b"\r\nc', None, 1.5, "+86 13800138000", date(2019, 8, 19)],
    ]
    write_csv(path, ["内容", "数", "金额", "电话", "时间"], rows)
    assert path.read_bytes() == (
        b"\xef\xbb\xbf"
        + (
            "内容,数,金额,电话,时间\r\n'=1,-1,-12.30,13800138000,2019-08-19 11:48:23\r\n"
            '"a,""b""\nc",,1.5,+86 13800138000,2019-08-19\r\n'
        ).encode()
    )
    table = read_table(path)
    assert table.rows[0].values == ("=1", "-1", "-12.30", "13800138000", "2019-08-19 11:48:23")


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=80)
@given(st.lists(st.text(max_size=20).map(str.strip).filter(bool), min_size=1, max_size=4))
def test_csv_and_workbook_round_trip(tmp_path: Path, texts: list[str]) -> None:
    expected = [clean(text) for text in texts]
    rows = [[number, text] for number, text in enumerate(texts)]
    write_csv(tmp_path / "a.csv", ["编号", "内容"], rows)
    write_workbook(tmp_path / "a.xlsx", [SheetOut("工单", ["编号", "内容"], rows)])
    for name in ("a.csv", "a.xlsx"):
        table = read_table(tmp_path / name, wanted={"编号", "内容"})
        assert [row.values[1] for row in table.rows] == expected


def clean(text: str) -> str | None:
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = (one for one in plain if one in "\t\n" or (one >= " " and one not in "\x7f\ufffe\uffff"))
    return "".join(kept).strip() or None


def broken_rows():
    yield ["一"]
    raise ZeroDivisionError


def write_either(path: Path, rows) -> None:
    if path.suffix == ".csv":
        write_csv(path, ["内容"], rows)
    else:
        write_workbook(path, [SheetOut("工单", ["内容"], rows)])


@pytest.mark.parametrize("name", ["a.xlsx", "a.csv"])
def test_a_failed_write_leaves_the_old_file(tmp_path: Path, name: str) -> None:
    path = tmp_path / "out" / name
    path.parent.mkdir()
    path.write_bytes(b"old")
    with pytest.raises(ZeroDivisionError):
        write_either(path, broken_rows())
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == b"old"


def test_no_such_folder(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as refused:
        write_csv(tmp_path / "没有" / "a.csv", ["内容"], [])
    assert refused.value.code == "folder-not-found"


def test_place_that_cannot_be_written(tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").mkdir()
    with pytest.raises(SheetError) as refused:
        write_workbook(tmp_path / "a.xlsx", [SheetOut("工单", ["内容"], [])])
    assert refused.value.code == "file-not-writable"
    assert [one.name for one in tmp_path.iterdir()] == ["a.xlsx"]


FULL_DISK = """
import resource, sys
from pathlib import Path
import propdesk.sheets.xlsx_writer  # before the limit, which would cut compiled modules short
from propdesk.i18n import set_language
from propdesk.sheets.errors import SheetError
from propdesk.sheets.writing import SheetOut, write_csv, write_workbook
set_language("en")
path = Path(sys.argv[1])
rows = [[f"{number} 三楼水管漏水"] for number in range(20000)]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    if path.suffix == ".csv":
        write_csv(path, ["内容"], rows)
    else:
        write_workbook(path, [SheetOut("工单", ["内容"], rows)])
except SheetError as refused:
    print(refused.code, refused)
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no limit of this kind")
@pytest.mark.parametrize("limit", [1_000, 60_000])
@pytest.mark.parametrize("name", ["a.csv", "a.xlsx"])
def test_full_disk(tmp_path: Path, name: str, limit: int) -> None:
    path = tmp_path / "out" / name
    path.parent.mkdir()
    path.write_bytes(b"old")
    scratch = tmp_path / "scratch"
    scratch.mkdir()
    run = subprocess.run(
        [sys.executable, "-B", "-c", FULL_DISK, str(path), str(limit)],
        capture_output=True, text=True, check=False, timeout=60,
        env={"TMPDIR": str(scratch), "PYTHONPATH": str(Path(__file__).parents[2])},
    )  # fmt: skip
    assert run.stdout.startswith("disk-full The disk is full;"), run.stderr
    assert run.stderr == ""
    assert list(path.parent.iterdir()) == [path]
    assert path.read_bytes() == b"old"
    assert list(scratch.iterdir()) == []
