"""CSV files of every make: encodings, delimiters, quotes, NULs, long fields."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from propdesk.sheets.errors import SheetError
from propdesk.sheets.reading import read_table


def table_of(tmp_path: Path, content: bytes):
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    return read_table(path)


@pytest.mark.parametrize(
    ("encoding", "mark", "named"),
    [
        ("utf-8", b"", "utf-8"),
        ("utf-8", b"\xef\xbb\xbf", "utf-8-sig"),
        ("utf-16-le", b"\xff\xfe", "utf-16"),
        ("utf-16-be", b"\xfe\xff", "utf-16"),
        ("gb18030", b"", "gb18030"),
    ],
)
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_encodings_delimiters_line_ends(
    tmp_path: Path, encoding: str, mark: bytes, named: str, delimiter: str, end: str
) -> None:
    lines = [["房号", "姓名"], ["3-2-501", "王𠮷"], ["3-2-502", "a, b; c"]]
    text = end.join(delimiter.join(f'"{cell}"' for cell in line) for line in lines)
    table = table_of(tmp_path, mark + text.encode(encoding))
    assert table.encoding == named
    assert table.header == ("房号", "姓名")
    assert [row.values for row in table.rows] == [("3-2-501", "王𠮷"), ("3-2-502", "a, b; c")]


def test_commas_in_a_tabbed_text_do_not_cut_it(tmp_path: Path) -> None:
    text = "编号\t内容\n1\t漏水, 停电, 吵闹\n2\t好\n"
    assert table_of(tmp_path, text.encode()).rows[0].values == ("1", "漏水, 停电, 吵闹")


def test_excels_hint_and_lines_after_it(tmp_path: Path) -> None:
    table = table_of(tmp_path, "sep=|\r\n编号|内容\r\n1|漏水\r\n".encode())
    assert (table.header, table.header_line) == (("编号", "内容"), 2)
    assert table.rows[0].line == 3


def test_one_column(tmp_path: Path) -> None:
    assert table_of(tmp_path, "内容\n漏水\n停电".encode()).rows[1].values == ("停电",)


def test_unclosed_quote_names_its_line(tmp_path: Path) -> None:
    with pytest.raises(SheetError, match="line 3") as refused:
        table_of(tmp_path, '编号,内容\n1,漏水\n2,"停电\n3,吵\n'.encode())
    assert refused.value.code == "quote-unclosed"


def test_a_quote_inside_a_text_is_kept(tmp_path: Path) -> None:
    table = table_of(tmp_path, '编号,内容\n1,5" 水管\n2,"甲"乙\n'.encode())
    assert [row.values[1] for row in table.rows] == ['5" 水管', "甲乙"]


def test_nuls_are_left_out(tmp_path: Path) -> None:
    table = table_of(tmp_path, "编号,内容\n1,漏\0水\n2,\0\n".encode())
    assert [row.values for row in table.rows] == [("1", "漏水"), ("2", None)]


def test_field_of_ten_megabytes(tmp_path: Path) -> None:
    text = "漏" * 3_500_000
    assert table_of(tmp_path, f"编号,内容\n1,{text}\n".encode()).rows[0].values == ("1", text)


def test_numbers_kept_as_formulas(tmp_path: Path) -> None:
    assert table_of(tmp_path, '编号,户\n="0012",甲\n'.encode()).rows[0].values == ("0012", "甲")


def test_characters_that_no_encoding_knows(tmp_path: Path) -> None:
    with pytest.raises(SheetError) as refused:
        table_of(tmp_path, "编号,内容\n1,".encode() + b"\xff\xff\xfe\x80\n")
    assert refused.value.code == "encoding-unknown"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path: Path, content: bytes) -> None:
    try:
        table = table_of(tmp_path, content)
    except SheetError:
        return
    assert all(len(row.values) == len(table.header) for row in table.rows)
