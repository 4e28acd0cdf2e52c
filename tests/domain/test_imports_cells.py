from datetime import date, datetime, time

import pytest

from propdesk.domain.cells import (
    CellError,
    cell_line,
    cell_text,
    read_area,
    read_day,
    read_phones,
    read_time,
)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        ("  一\t二\r\n\r\n三\u200b\u202e ", "一 二\n三"),
        ("=HYPERLINK(1)", "=HYPERLINK(1)"),
        ("𠮷 😀\x07", "𠮷 😀"),
        (188039, "188039"),
        (188039.0, "188039"),
        (89.5, "89.5"),
        (datetime(2019, 8, 19, 11, 48, 23), "2019-08-19 11:48:23"),
        (date(2019, 8, 19), "2019-08-19"),
        (time(12), "12:00:00"),
    ],
)
def test_cell_text(cell, text):
    assert cell_text(cell) == text
    assert cell_line(cell) == text.replace("\n", " ")


@pytest.mark.parametrize(
    "cell",
    [
        "2019/8/19 11:48:23",
        "2019-08-19 11:48:23",
        "2019-8-19T11:48:23",
        "2019-08-19T11:48:23Z",
        "2019-08-19 11:48:23.412",
        "2019.8.19 11:48:23",
        "20190819 11:48:23",
        "2019年8月19日 11:48:23",
        "2019年8月19日11时48分23秒",
        "2019年08月19日 星期一 11:48:23",
        "2019/8/19 上午11:48:23",
        "2019-08-19 11:48:23 AM",
        "\u202e２０１９／８／１９ １１：４８：２３",
        "43696.491932870369",
        43696.491932870369,
        datetime(2019, 8, 19, 11, 48, 23, 400),
    ],
)
def test_one_moment_in_many_forms(cell):
    assert read_time(cell) == datetime(2019, 8, 19, 11, 48, 23)


@pytest.mark.parametrize(
    ("cell", "moment"),
    [
        ("2019年8月19日 9:05", datetime(2019, 8, 19, 9, 5)),
        ("2019-08-19 下午3:05", datetime(2019, 8, 19, 15, 5)),
        ("2019-08-19 3:05 pm", datetime(2019, 8, 19, 15, 5)),
        ("2019-08-19 中午11:30", datetime(2019, 8, 19, 11, 30)),
        ("2019-08-19 中午12:30", datetime(2019, 8, 19, 12, 30)),
        ("2019-08-19 12:10 a.m.", datetime(2019, 8, 19, 0, 10)),
        ("2019-08-19 9时", datetime(2019, 8, 19, 9)),
        ("2019-08-19", datetime(2019, 8, 19)),
        (date(2019, 8, 19), datetime(2019, 8, 19)),
        (43696, datetime(2019, 8, 19)),
    ],
)
def test_moments(cell, moment):
    assert read_time(cell) == moment


@pytest.mark.parametrize(
    "cell",
    [None, "", "昨天", "8/9/2019", "19/8/9", "2019-13-01", "2019-02-30", "2019-08-19 25:00", 12,
     True, "99999", time(9)],
)  # fmt: skip
def test_no_moment(cell):
    with pytest.raises(CellError):
        read_time(cell)


def test_days():
    assert read_day(None) is None
    assert read_day(" ") is None
    assert read_day("2020/5/1") == date(2020, 5, 1)


@pytest.mark.parametrize(
    ("cell", "dm2"),
    [(None, None), ("", None), ("-", None), (0, None), (89.56, 8956), ("89.56㎡", 8956),
     ("１２０平方米", 12000), ("1,120.5 m²", 112050), ("0.005", 1), (88, 8800)],
)  # fmt: skip
def test_areas(cell, dm2):
    assert read_area(cell) == dm2


@pytest.mark.parametrize("cell", ["大", "-3", -3, 1e308, "nan", "inf", 1_000_001])
def test_no_areas(cell):
    with pytest.raises(CellError):
        read_area(cell)


@pytest.mark.parametrize(
    ("cell", "phones"),
    [
        (None, ()),
        ("无", ()),
        ("-", ()),
        (13812345678, ("13812345678",)),
        ("138 1234 5678", ("138 1234 5678",)),
        ("１３８１２３４５６７８", ("13812345678",)),
        ("13812345678/13912345678", ("13812345678", "13912345678")),
        ("13812345678 13912345678", ("13812345678", "13912345678")),
        ("13812345678\n0551-62881234", ("13812345678", "0551-62881234")),
        ("13812345678、138-1234-5678", ("13812345678",)),
        ("+86 13812345678", ("+86 13812345678",)),
        ("0551 62881234", ("0551 62881234",)),
    ],
)
def test_phones(cell, phones):
    assert read_phones(cell) == phones


@pytest.mark.parametrize(
    "cell",
    ["1.38E+10", "1.38e10", 13800000000, "13812000000", "138****5678", "请打13812345678", "123",
     4.3e17],
)  # fmt: skip
def test_no_phones(cell):
    with pytest.raises(CellError):
        read_phones(cell)
