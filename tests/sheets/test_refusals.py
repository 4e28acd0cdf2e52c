"""Files that cannot be read: each is refused with a stable code and a sentence, and quickly."""

import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from propdesk.domain.errors import RuleError
from propdesk.sheets import kinds, tables
from propdesk.sheets.errors import SheetError
from propdesk.sheets.reading import MAX_FILE_BYTES, read_table

HEADER = '<row r="1"><c r="A1" t="str"><v>编号</v></c></row>'


def refusal(path: Path, **choice: str) -> SheetError:
    with pytest.raises(SheetError) as refused:
        read_table(path, **choice)
    assert isinstance(refused.value, RuleError)
    assert path.name in str(refused.value)
    assert str(refused.value).endswith(".")
    return refused.value


def archive(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(name, content)
    return path


def test_missing_and_folder(tmp_path: Path) -> None:
    assert refusal(tmp_path / "没有.xlsx").code == "file-not-found"
    assert refusal(tmp_path).code == "not-a-workbook"


@pytest.mark.parametrize("content", [b"", b" \r\n\t", b"\0" * 600])
def test_empty(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert refusal(path).code == "file-empty"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(range(256)) * 9, "a picture"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a picture"),
        (b"%PDF-1.7\n%\xe2\xe3", "a PDF file"),
        (b"Rar!\x1a\x07\x01\x00", "a packed archive"),
        (b"\x7fELF\x02\x01\x01" + bytes(500), "another kind of file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000), "another kind of file"),
        (b"<html><p>1</p></html>", "save it as .xlsx"),
        (b"<?xml version='1.0'?><Workbook><Table/></Workbook>", "save it as .xlsx"),
    ],
)
def test_renamed_files(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "报事.xlsx"
    path.write_bytes(content)
    refused = refusal(path)
    assert refused.code == "not-a-workbook"
    assert words in str(refused)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        ({"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}, "a Word document"),
        ({"ppt/presentation.xml": b"<a/>"}, "a presentation"),
        ({"content.xml": b"<a/>", "mimetype": b"x"}, "an OpenDocument file"),
        ({"xl/workbook.bin": b"1"}, ".xlsb"),
        ({"照片.jpg": b"1"}, "a packed archive"),
    ],
)
def test_other_packed_files(tmp_path: Path, parts: dict[str, bytes], words: str) -> None:
    refused = refusal(archive(tmp_path / "a.xlsx", parts))
    assert refused.code == "not-a-workbook"
    assert words in str(refused)


@pytest.mark.parametrize("name", ["password.xlsx", "locked.xls"])
def test_passwords(data: Path, name: str) -> None:
    assert refusal(data / name).code == "file-protected"


@pytest.mark.parametrize("name", ["libreoffice.xlsx", "libreoffice.xls", "residents.xls"])
@pytest.mark.parametrize("kept", [0.1, 0.5, 0.9])
def test_truncated(data: Path, tmp_path: Path, name: str, kept: float) -> None:
    path = tmp_path / name
    content = (data / name).read_bytes()
    path.write_bytes(content[: int(len(content) * kept)])
    assert refusal(path).code in {"file-broken", "not-a-workbook"}


@pytest.mark.parametrize(
    "rows",
    [
        "<row><c><v>1</v>",
        '<row r="1"><c r="A1"><v>zwölf</v></c></row>',
        '<row r="x"><c/></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="?!"><v>1</v></c></row>',
    ],
)
def test_broken_sheets(by_hand: Callable[..., Path], rows: str) -> None:
    assert refusal(by_hand(rows)).code == "file-broken"


def test_workbook_without_its_parts(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", {"xl/workbook.xml": b"<workbook/>"})
    assert refusal(path).code == "file-broken"


def test_entity_bomb(by_hand: Callable[..., Path]) -> None:
    entities = "".join(
        f'<!ENTITY {one} "{"&" + before + ";" if before else "bomb"}'
        + (f"&{before};" * 9 if before else "")
        + '">'
        for before, one in zip(["", *"abcdefgh"], "abcdefghi", strict=True)
    )
    path = by_hand(
        '<row r="1"><c r="A1" t="str"><v>&i;</v></c></row>',
        doctype=f"<!DOCTYPE worksheet [{entities}]>",
    )
    started = time.monotonic()
    assert refusal(path).code == "file-broken"
    assert time.monotonic() - started < 2


def test_outside_file_is_not_read(by_hand: Callable[..., Path], tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    path = by_hand(
        HEADER + '<row r="2"><c t="str"><v>&x;</v></c></row>',
        doctype=f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "{(tmp_path / "secret").as_uri()}">]>',
    )
    assert refusal(path).code == "file-broken"


def test_zip_bomb_is_refused_unopened(tmp_path: Path) -> None:
    path = archive(tmp_path / "a.xlsx", {"xl/workbook.xml": b"0" * 60_000_000})
    started = time.monotonic()
    refused = refusal(path)
    assert refused.code == "file-too-large"
    assert "60 MB" in str(refused)
    assert time.monotonic() - started < 1


def test_small_workbook_may_be_packed_tightly(by_hand: Callable[..., Path]) -> None:
    text = "漏" * 400_000
    path = by_hand(HEADER + f'<row r="2"><c r="A2" t="str"><v>{text}</v></c></row>')
    assert path.stat().st_size * kinds.MAX_RATIO < len(text.encode())
    assert read_table(path).rows[0].values == (text,)


def test_file_past_twenty_megabytes(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    with path.open("wb") as file:
        file.truncate(MAX_FILE_BYTES + 1)
    assert refusal(path).code == "file-too-large"


def test_too_many_rows(by_hand: Callable[..., Path], tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("编号\n" + "1\n" * tables.MAX_ROWS, encoding="utf-8")
    refused = refusal(path)
    assert refused.code == "file-too-large"
    assert "more than 100000 rows" in str(refused)


def test_too_many_columns(by_hand: Callable[..., Path]) -> None:
    far = '<row r="2"><c r="BXY2"><v>1</v></c></row>'  # column 2001
    assert "more than 2000 columns" in str(refusal(by_hand(HEADER + far)))
    just = '<row r="2"><c r="BXX2"><v>1</v></c></row>'
    assert len(read_table(by_hand(HEADER + just)).header) == 2000


def test_too_many_cells(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text("编号\n" + "1\n" * 6000 + "1" + ",1" * 1999 + "\n", encoding="utf-8")
    assert "more than 10000000 cells" in str(refusal(path))


def test_a_row_far_below_does_not_hang(by_hand: Callable[..., Path]) -> None:
    path = by_hand(HEADER + '<row r="99999999999"><c><v>1</v></c></row>')
    started = time.monotonic()
    assert refusal(path).code == "no-rows"
    assert time.monotonic() - started < 10


@pytest.mark.parametrize("rows", ["", HEADER, HEADER + '<row r="9"><c r="A9" s="1"/></row>'])
def test_no_rows(by_hand: Callable[..., Path], rows: str) -> None:
    assert refusal(by_hand(rows)).code == "no-rows"


def test_no_such_sheet(data: Path) -> None:
    refused = refusal(data / "residents.xls", sheet="业主")
    assert refused.code == "no-such-sheet"
    assert "住户, 空" in str(refused)
    assert refusal(data / "residents.xls", sheet="空").code == "no-rows"
    assert refusal(data / "libreoffice.xlsx", sheet="业主").code == "no-such-sheet"


def test_a_fault_in_the_caller_is_not_called_a_broken_file(data: Path) -> None:
    def report(_done: int, _total: int) -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        read_table(data / "libreoffice.xlsx", on_progress=report)
