"""Prices of fees from a workbook (R96, F36, F46)."""

from datetime import date

import pytest

from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.imports import ImportKind
from propdesk.services.fee_items import add_item
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import undo_import
from propdesk.services.queries.tariffs import list_tariffs
from propdesk.sheets.writing import SheetOut, write_workbook

HEADER = ("收费项目", "单价", "执行日期", "截止日期", "小区", "楼栋", "空置比例")


@pytest.fixture
def file(world, tmp_path):
    """Two prices that follow each other, the later one first, and rows that are wrong."""
    add_item(ItemDraft("wy", "物业服务费", Formula.AREA), by=world.desk.id)
    target = tmp_path / "收费标准.xlsx"
    lines = [
        ("物业服务费", 2.1, "2027-01-01", "", "", "", "60%"),
        ("wy", 1.8, "2024-01-01", "", "", "", ""),
        ("wy", 1.5, "2024-01-01", "", "云澜花园", "3栋", ""),
        ("wy", -1.8, "2024-01-01", "", "", "", ""),
        ("wy", "1.23456", "2024-01-01", "", "", "", ""),
        ("没有的", 1.8, "2024-01-01", "", "", "", ""),
        ("wy", 1.9, "2025-01-01", "2025-06-30", "", "", ""),
        ("wy", 1.8, "2024-02-30", "", "", "", ""),
        ("wy", 1.8, "2024-01-01", "", "", "99", ""),
    ]
    write_workbook(target, [SheetOut("标准", HEADER, lines)])
    return target


def test_r96_a_price_list_is_taken_in_with_its_wrong_rows_named(world, file, act):
    preview = preview_import(ImportKind.TARIFFS, file, now=world.now)
    assert list_tariffs() == ()
    assert [row.line for row in preview.rejected] == [5, 6, 7, 9, 10]
    # 1.90 follows 1.80, which it closes; nothing holds after it until 2.10 begins.
    result = import_file(ImportKind.TARIFFS, file, **act())
    assert result.preview.counts["added"] == 4
    said = {(one.price_e4, one.from_on, one.until_on, one.place) for one in list_tariffs()}
    assert said == {
        (21_000, date(2027, 1, 1), None, ""),
        (18_000, date(2024, 1, 1), date(2024, 12, 31), ""),
        (19_000, date(2025, 1, 1), date(2025, 6, 30), ""),
        (15_000, date(2024, 1, 1), None, "云澜花园 3"),
    }
    again = import_file(ImportKind.TARIFFS, file, **act())
    assert (again.import_id, again.preview.counts["added"]) == (None, 0)
    undone = undo_import(result.import_id, **act())
    assert (undone.values, undone.left) == (4, ())
    assert list_tariffs() == ()
