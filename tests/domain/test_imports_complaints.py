from datetime import datetime

import pytest

from propdesk.domain.cells import CellError
from propdesk.domain.imported_complaints import COMPLAINT_FIELDS, read_complaint, text_hash
from propdesk.domain.imports import Columns, recognise_columns
from propdesk.domain.texts import LONGEST_LINE, LONGEST_TEXT

HEADER = ("编号", "用户", "主题", "时间", "详情", "电话", "房号", "地点")
COLUMNS = Columns(recognise_columns(HEADER, COMPLAINT_FIELDS), HEADER)
NOW = datetime(2026, 11, 21, 9, 30)


def read(number=1, user="A1", subject="楼道灯坏", time="2019/8/19 11:48", text="三楼楼道灯不亮。",
         phone=None, unit=None, place=None):  # fmt: skip
    return read_complaint(COLUMNS, (number, user, subject, time, text, phone, unit, place), NOW)


def test_whole_row():
    found = read(188039, phone=13812345678, unit="3栋2单元501")
    assert found.external_number == "188039"
    assert found.reporter == "A1"
    assert found.matter == found.place == "楼道灯坏"
    assert found.text == "三楼楼道灯不亮。"
    assert found.received_at == datetime(2019, 8, 19, 11, 48)
    assert (found.phone, found.unit) == ("13812345678", "3栋2单元501")
    assert found.text_hash == text_hash(found.text)
    assert not found.needs_person


@pytest.mark.parametrize("subject", ["）", None, " — "])
def test_without_usable_subject_the_first_words_stand(subject):
    found = read(subject=subject)
    assert found.matter == found.place == "三楼楼道灯不亮"
    assert found.needs_person


def test_a_file_without_subjects_needs_nobody():
    header = ("时间", "内容")
    columns = Columns(recognise_columns(header, COMPLAINT_FIELDS), header)
    found = read_complaint(columns, ("2019-08-19", "电梯困人！快来"), NOW)
    assert found.matter == "电梯困人"
    assert not found.needs_person


def test_the_subject_stands_for_a_missing_text():
    assert read(text=None).text == "楼道灯坏"


def test_own_place():
    assert read(place="3 号楼门口").place == "3 号楼门口"


def test_long_subject_is_cut():
    assert len(read(subject="长" * 1000).matter) == LONGEST_LINE


@pytest.mark.parametrize(
    ("phone", "kept", "doubtful"),
    [("138****5678", "138****5678", False), ("1.38E+10", "1.38E+10", True),
     ("13812345678/13912345678", "13812345678 13912345678", False)],
)  # fmt: skip
def test_a_complaint_is_not_lost_for_its_phone(phone, kept, doubtful):
    found = read(phone=phone)
    assert found.phone == kept
    assert bool(found.needs_person) is doubtful


@pytest.mark.parametrize(
    "row",
    [{"subject": "）", "text": "……"}, {"time": None}, {"time": "昨天"}, {"time": "2026/11/21 9:31"},
     {"text": "长" * (LONGEST_TEXT + 1)}],
)  # fmt: skip
def test_what_cannot_be_stored(row):
    with pytest.raises(CellError):
        read(**row)


def test_the_longest_text_is_taken():
    assert len(read(text="长" * LONGEST_TEXT).text) == LONGEST_TEXT
