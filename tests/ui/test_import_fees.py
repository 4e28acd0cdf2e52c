"""Statements, arrears, readings and prices taken in by keys, good files and messy ones."""

import csv
from datetime import date

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.domain.imports import ImportKind
from propdesk.domain.meters import MeterDraft, MeterKind
from propdesk.domain.staff import Role
from propdesk.i18n import set_language
from propdesk.services import meters, staff
from propdesk.services.queries.meter_readings import list_meter_readings
from propdesk.sheets.reading import read_table
from propdesk.storage.charging import FeeItemRecord
from propdesk.storage.database import rows
from ui.dialogs.import_dialog import ImportDialog, open_import

# As WeChat writes it: lines about the file before the table, a tab behind the long number.
WECHAT = (
    ("微信支付账单明细",), ("微信昵称：[云澜花园物业]",), ("共 4 笔记录",), (),
    ("交易时间", "交易类型", "交易对方", "商品", "收/支", "金额(元)", "支付方式", "当前状态",
     "交易单号", "商户单号", "备注"),
    ("2026-11-20 10:00:00", "商户消费", "张伟丰", "1-2-501 物业费", "收入", "¥300.00", "/",
     "已收款", "4200001234567890123\t", "/", "/"),
    ("2026-11-20 11:00:00", "商户消费", "李四", "物业费", "收入", "¥80.00", "/", "已收款",
     "4200001234567890124\t", "/", "/"),
    ("2026-11-20 12:00:00", "转账", "王五", "1-2-501", "支出", "¥50.00", "/", "已转账",
     "4200001234567890125\t", "/", "/"),
    ("2026-11-20 13:00:00", "商户消费", "张伟丰", "1-2-501", "收入", "¥20.00", "/", "已全额退款",
     "4200001234567890126\t", "/", "/"),
)  # fmt: skip
ARREARS = (
    ("房号", "收费项目", "账期", "应缴日期", "应收金额", "已收金额"),
    ("1-2-501", "物业服务费", "2025-01~2025-12", "2025-12-31", "1,200.00", 200),
    ("1-2-501", "没有的项目", "2025-01", "2025-01-31", 10, None),
    ("9-9-909", "物业服务费", "2025-01", "2025-01-31", 10, None),
)
PRICES = (
    ("收费项目", "单价", "开始日期", "收费依据"),
    ("物业服务费", 1.8, "2024-01-01", None),
    ("物业服务费", 2.1, "2027-01-01", "没有的合同"),
)
READINGS = (
    ("房号", "表号", "表类型", "本次读数", "抄表日期"),
    ("1-2-501", "W-1", "水", 25, "2026-11-20"),
    ("1-2-501", "W-1", "水", None, "2026-11-21"),
    ("1-2-501", "", "电", 25, "2026-11-20"),
)


@pytest.fixture
def fees(house, now):
    """A house with a fee item and a water meter."""
    FeeItemRecord.create(
        code="wy", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    draft = MeterDraft(MeterKind.WATER, date(2026, 1, 1), "W-1", first_milli=10_000)
    return meters.add_meter(draft, unit_id=house.home.id, by=house.desk.id, now=now)


@pytest.fixture
def read(press, type_words, qtbot):
    """Type a path into the dialog and wait until the file is read."""

    def read_file(dialog, path):
        press("Ctrl+A")
        type_words(str(path))
        press("Return")
        QApplication.sendPostedEvents()
        qtbot.waitUntil(lambda: not dialog._work.is_running(), timeout=10_000)

    return read_file


@pytest.fixture
def dialog(office_context, fees, showing, qtbot):
    """Show the import of earlier arrears; the other kinds are told by their columns."""
    set_language("en")
    window = showing(QWidget(), 1366, 720)
    shown = ImportDialog(office_context, window, ImportKind.BILLS)
    showing(shown, shown.width(), shown.height())
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None, timeout=2000)
    return shown


def go_to(name, press, focus):
    for _step in range(40):
        if focus().accessibleName() == name:
            return
        press("Tab")
    pytest.fail(f"the keyboard never came to {name}")


def test_f47_books_of_fees_are_taken_in_by_keys_twice_the_same_and_undone(
    dialog, fees, read, press, focus, messages, tmp_path, qtbot
):
    def take(lines, name, word, counts):
        if name.endswith(".csv"):
            with (tmp_path / name).open("w", encoding="utf-8-sig", newline="") as file:
                csv.writer(file).writerows(lines)
        else:
            book = openpyxl.Workbook()
            for line in lines:
                book.active.append(line)
            book.save(tmp_path / name)
        go_to("File", press, focus)
        read(dialog, tmp_path / name)
        assert dialog.windowTitle() == word
        counted = "{} rows: {} new, {} known already, {} rejected"
        assert dialog._pane._counts.text() == counted.format(*counts)
        if not counts[1]:
            assert not dialog._take.isVisible()
            return
        press("Ctrl+Return")
        qtbot.waitUntil(lambda: not dialog._work.is_running(), timeout=10_000)
        assert dialog._end.said.text().startswith(f"{counts[1]} row was taken in.")

    statement = "Import payments of a statement"
    take(ARREARS, "arrears.xlsx", "Import earlier arrears", (3, 1, 0, 2))
    take(WECHAT, "微信支付账单.csv", statement, (4, 1, 0, 3))
    assert rows("SELECT total_fen, external FROM payment") == [
        (30_000, "wechat:4200001234567890123")
    ]
    assert rows("SELECT amount_fen, settled_fen FROM bill") == [(120_000, 50_000)]
    take(WECHAT, "微信支付账单.csv", statement, (4, 0, 1, 3))
    target = tmp_path / "back.xlsx"
    messages.expect(target)
    go_to("Save the rows to look at", press, focus)
    press("Space")
    assert [row.values[-1] for row in read_table(target).rows] == [
        "No house is named; ask the payer, and write it into a column.",
        "Only money that came in is taken.",
        "«已全额退款»: no money came in.",
    ]
    take(PRICES, "prices.xlsx", "Import prices of fees", (2, 1, 0, 1))
    take(READINGS, "readings.xlsx", "Import meter readings", (3, 1, 1, 1))
    assert [one.used_milli for one in list_meter_readings(fees.id)] == [15_000]
    messages.expect("act")
    go_to("Undo this import", press, focus)
    press("Space")
    qtbot.waitUntil(lambda: not dialog._work.is_running(), timeout=10_000)
    assert dialog._end.said.text() == "Readings voided: 1."
    assert list_meter_readings(fees.id) == ()


def test_a_template_of_what_was_chosen_is_saved_from_the_dialog(
    dialog, press, focus, messages, tmp_path
):
    go_to("Content", press, focus)
    press("Down", "Down")  # arrears, payments, readings
    target = tmp_path / "readings.xlsx"
    messages.expect(target)
    go_to("Save a template to fill in", press, focus)
    press("Space")
    example = openpyxl.load_workbook(target).sheetnames[1]
    assert "Meter no." in read_table(target, sheet=example).header


def test_who_may_not_import_hears_it_before_he_chooses_a_file(
    office_context, fees, house, showing, messages
):
    set_language("en")
    window = showing(QWidget(), 1366, 720)
    office_context.staff = staff.add_staff("收银", role=Role.CASHIER, by=house.desk.id)
    messages.expect(None)
    open_import(office_context, window, "bills")
    assert "收银" in messages.asked[-1][1]
    assert ImportDialog(office_context, window, ImportKind.PAYMENTS)._kinds.count() == 1
