"""The command line run as a person would: words in, exit code, output and refusal out."""

import json
from dataclasses import dataclass
from typing import Any

import pytest

from propdesk import i18n
from propdesk.cli.main import main
from propdesk.sheets.writing import SheetOut, write_workbook


@dataclass(frozen=True)
class Answer:
    """What a command answered."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


@pytest.fixture
def data(tmp_path):
    """The data folder of the tests; it does not exist yet."""
    return tmp_path / "数据 目录"


@pytest.fixture
def run(data, capsys):
    """Run `propdesk --data DATA WORDS...` in English."""

    def go(*words: object, folder=data, lang="en") -> Answer:
        code = main(["--data", str(folder), "--lang", lang, *map(str, words)])
        captured = capsys.readouterr()
        return Answer(code, captured.out, captured.err)

    yield go
    i18n.set_language(i18n.DEFAULT)


@pytest.fixture
def residents_file(tmp_path):
    """A residents workbook with three houses."""
    file = tmp_path / "住户.xlsx"
    rows = [
        ("3栋2单元501室", "张伟丰", "13800001234", 89.62, ""),
        ("3-2-502", "李秀兰", "13900005678", 89.62, "老人独居"),
        ("12#别墅", "欧阳娜", "", 240, ""),
    ]
    header = ("房号", "业主姓名", "联系电话", "面积", "备注")
    write_workbook(file, [SheetOut("住户", header, rows)])
    return file
