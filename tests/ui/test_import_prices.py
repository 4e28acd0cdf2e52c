"""A price list comes in through the window by keys: template, good rows, an overlapping one."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.domain.fee_items import Formula
from propdesk.domain.imports import ImportKind
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.services.fee_items import propose_items
from propdesk.services.queries.fee_items import find_item
from propdesk.services.queries.tariffs import list_tariffs
from propdesk.services.tariffs import add_tariff
from ui.dialogs.import_dialog import ImportDialog


@pytest.fixture
def dialog(office_context, house, showing, qtbot, now):
    propose_items(by=house.desk.id, now=now)
    fixed = TariffDraft(find_item("wy").id, 18_000, date(2026, 1, 1), date(2026, 12, 31))
    add_tariff(fixed, by=house.desk.id, now=now)
    window = showing(QWidget(), 1366, 720)
    shown = ImportDialog(office_context, window, ImportKind.TARIFFS)
    showing(shown, shown.width(), shown.height())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    return shown


def test_r96_the_template_is_filled_in_and_what_overlaps_is_named(
    dialog, tmp_path, press, type_words, focus, messages, qtbot
):
    file = tmp_path / "prices.xlsx"
    messages.expect(file)
    for _stop in range(30):
        if focus().accessibleName() == "导出填写模板":
            break
        press("Tab")
    press("Space")
    book = openpyxl.load_workbook(file)
    sheet = book.worksheets[0]
    header = [cell.value for cell in sheet[1]]
    for at, row in enumerate(
        (
            {"收费项目": "wy", "单价": "2.1", "开始日期": "2027-01-01"},
            {"收费项目": "wy", "单价": "1.9", "开始日期": "2026-07-01"},
            {"收费项目": "parking", "单价": "150", "开始日期": "2026-01-01",
             "结束日期": "2026-12-31"},
        ),
        start=2,
    ):  # fmt: skip
        for name, value in row.items():
            sheet.cell(at, header.index(name) + 1, value)
    book.save(file)
    while focus().accessibleName() != "文件":
        press("Shift+Tab")
    press("Ctrl+A")
    type_words(str(file))
    press("Return")
    QApplication.sendPostedEvents()
    qtbot.waitUntil(dialog._take.isVisible, timeout=10_000)
    rows = dialog._pane._rows.table.records
    told = "\n".join(rows.cell(1, column).words for column in range(rows.columnCount()))
    for word in ("1.90", "1.80", "2026-12-31"):
        assert word in told
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog._result is not None, timeout=10_000)
    assert {(one.price_e4, one.from_on, one.until_on) for one in list_tariffs()} == {
        (18_000, date(2026, 1, 1), date(2026, 12, 31)),
        (21_000, date(2027, 1, 1), None),
        (1_500_000, date(2026, 1, 1), date(2026, 12, 31)),
    }
    assert find_item("parking").formula is Formula.FIXED
