"""Statements of bank, WeChat and Alipay (issue 6, bad input: the same bank file twice)."""

import csv
from datetime import date, datetime, timedelta
from functools import partial

import pytest
from openpyxl import Workbook, load_workbook

from propdesk.domain.errors import RuleError
from propdesk.domain.imported_payments import houses_in, statement_means
from propdesk.domain.imports import ImportKind, Outcome
from propdesk.domain.staff import Role
from propdesk.domain.till import Means
from propdesk.services import staff, till_closes
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import undo_import, write_error_rows
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.ledger_checks import LEDGER_CHECKS
from propdesk.services.queries.payments import list_payments
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import rows
from propdesk.storage.till import PaymentRecord

preview_payments = partial(preview_import, ImportKind.PAYMENTS)
import_payments = partial(import_file, ImportKind.PAYMENTS)

TODAY = date(2026, 11, 21)
BANK = ("交易时间", "金额", "交易流水号", "对方户名", "附言")
LINES = (
    ("2026-11-20 10:00:00", "100.00", "B001", "张伟丰", "3-2-501 物业费"),
    ("2026-11-20 10:05:00", "80.00", "B002", "王芳", "12号别墅 11月"),
    ("2026-11-20 10:06:00", "60.00", "B003", "李四", "物业费"),
    ("2026-11-20 10:07:00", "-50.00", "B004", "供电公司", "电费"),
    ("2026-11-20 10:08:00", "70.00", "B005", "赵六", "9-9-909"),
    ("2026-11-20 10:09:00", "70.00", "B006", "赵六", "3-2-501 和 12-12 一起"),
    ("2026-11-22 10:00:00", "10.00", "B007", "张伟丰", "3-2-501"),
    ("2026-11-20 10:10:00", "十元", "B008", "张伟丰", "3-2-501"),
)


@pytest.fixture
def owed(world):
    """Let the home owe 120.00."""
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    BillRecord.create(
        unit=world.home.id, fee_item=item.id, kind="charge", from_on=date(2026, 10, 1),
        until_on=date(2026, 10, 31), due_on=date(2026, 10, 31), amount_fen=12_000,
        entered_at=datetime(2026, 10, 1), staff=world.desk.id,
    )  # fmt: skip


@pytest.fixture
def statement(tmp_path):
    """Write a statement as CSV: `statement(lines, header, name)`."""

    def write(lines=LINES, header=BANK, name="招行流水.csv"):
        file = tmp_path / name
        with file.open("w", encoding="gbk", newline="") as target:
            csv.writer(target).writerows((header, *lines))
        return file

    return write


def reasons(preview):
    return {row.values[2]: row.reason for row in preview.rejected}


def faults():
    return {name: found for name, _label, wrong in LEDGER_CHECKS if (found := wrong())}


def test_p4_a_bank_file_pays_the_houses_that_its_remarks_name(world, owed, statement, act):
    preview = preview_payments(statement(), now=world.now)
    assert (preview.count(Outcome.ADDED), preview.count(Outcome.REJECTED)) == (2, 6)
    assert rows("SELECT count(*) FROM payment") == [(0,)]
    result = import_payments(statement(), **act(world.cashier))
    assert result.preview.counts == preview.counts
    villa, home = list_payments()
    assert (home.number, home.total_fen, home.payer, home.external) == (
        "SJ-2026-000001", 10_000, "张伟丰", "transfer:B001",
    )  # fmt: skip
    assert (home.at, home.entered_at.date()) == (datetime(2026, 11, 20, 10), TODAY)
    assert [(part.means, part.reference) for part in home.means] == [(Means.TRANSFER, "B001")]
    assert get_account(world.home.id, TODAY).open_fen == 2_000
    # The villa owes nothing: what it paid stands on its prepaid account, and the clerk is told.
    assert (villa.unit_id, get_account(world.villa.id, TODAY).prepaid_fen) == (
        world.villa.id, 8_000,
    )  # fmt: skip
    (told,) = result.preview.needing_person
    assert "80.00" in told.needs_person
    assert not faults()


def test_p4_what_names_no_house_comes_back_as_a_workbook_with_the_reason(
    world, owed, statement, act, tmp_path
):
    preview = import_payments(statement(), **act()).preview
    told = reasons(preview)
    assert set(told) == {"B003", "B004", "B005", "B006", "B007", "B008"}
    assert "9-9-909" in told["B005"]
    assert "3-2-501" in told["B006"]
    assert "12" in told["B006"]
    assert len(set(told.values())) == 6
    file = tmp_path / "未匹配.xlsx"
    assert write_error_rows(preview, file) == 7
    sheet = load_workbook(file).worksheets[0]
    assert [cell.value for cell in sheet[2]][2] == "B003"
    assert sheet.cell(2, 6).value == told["B003"]


def test_p4_the_same_file_or_the_same_reference_twice_adds_nothing(world, owed, statement, act):
    import_payments(statement(), **act())
    again = import_payments(statement(), **act())
    assert again.import_id is None
    assert again.preview.count(Outcome.UNCHANGED) == 2
    other = statement(
        [LINES[0], ("2026-11-21 08:00", "5", "B009", "张", "3栋2单元501")], name="b.csv"
    )
    assert import_payments(other, **act()).preview.counts["added"] == 1
    assert rows("SELECT count(*), sum(total_fen) FROM payment") == [(3, 18_500)]
    assert not faults()


def test_p4_lines_without_a_reference_are_told_apart_by_place(world, owed, statement, act):
    header = ("日期", "收入金额", "摘要")
    twice = [("2026-11-20", "10.00", "3-2-501")] * 2
    assert import_payments(statement(twice, header), **act()).preview.counts["added"] == 2
    thrice = [*twice, ("2026-11-20", "10.00", "3-2-501")]
    preview = import_payments(statement(thrice, header, "next.csv"), **act()).preview
    assert (preview.counts["added"], preview.counts["unchanged"]) == (1, 2)


def test_p4_wechat_and_alipay_rows_that_failed_or_went_out_are_no_payments(
    world, owed, statement, act
):
    header = (
        "交易时间",
        "交易类型",
        "交易对方",
        "商品",
        "收/支",
        "金额(元)",
        "当前状态",
        "交易单号",
    )
    lines = [
        ("2026-11-20 10:00", "收款", "张*丰", "3-2-501", "收入", "￥30.00", "已收钱", "4200009"),
        ("2026-11-20 10:01", "消费", "超市", "水", "支出", "￥9.00", "支付成功", "4200010"),
        ("2026-11-20 10:02", "收款", "张*丰", "3-2-501", "收入", "￥7.00", "已全额退款", "42011"),
        ("2026-11-20 10:03", "提现", "招商银行", "/", "/", "￥8.00", "提现已到账", "4200012"),
    ]
    preview = import_payments(statement(lines, header, "微信支付账单.csv"), **act()).preview
    assert (preview.counts["added"], preview.counts["rejected"]) == (1, 3)
    (payment,) = list_payments()
    assert (payment.means[0].means, payment.external) == (Means.WECHAT, "wechat:4200009")


def test_f37_a_reference_that_excel_rounded_is_doubted_and_never_swallows_a_payment(
    world, owed, tmp_path, act
):
    book = Workbook()
    book.active.append(BANK)
    for minute in (1, 2):
        book.active.append(
            (f"2026-11-20 10:0{minute}", 10.5, 4.2000012345678901e27, "张伟丰", "3-2-501")
        )
    file = tmp_path / "wx.xlsx"
    book.save(file)
    preview = import_payments(file, **act()).preview
    assert preview.counts["added"] == 2
    assert all("rounded" in row.needs_person or "Excel" in row.needs_person for row in preview.rows)
    assert import_payments(file, **act()).preview.counts["unchanged"] == 2


def test_p4_an_import_is_undone_as_a_whole_as_long_as_the_till_is_open(world, owed, statement, act):
    first = import_payments(statement(), **act())
    undone = undo_import(first.import_id, **act())
    assert (undone.receipts, undone.left) == (2, ())
    assert get_account(world.home.id, TODAY).open_fen == 12_000
    # The references are free: the corrected file can be taken in.
    second = import_payments(statement(), **act())
    assert second.preview.counts["added"] == 2
    till_closes.close_till(world.desk.id, 0, **act())
    undone = undo_import(second.import_id, **act())
    assert (undone.receipts, len(undone.left)) == (0, 2)
    assert not faults()


def test_p4_a_cashier_undoes_his_own_import_on_its_day_and_before_the_close(
    world, owed, statement, act
):
    own = import_payments(statement(), **act(world.cashier))
    other = staff.add_staff("钱进", role=Role.CASHIER, by=world.desk.id)
    late = {"by": world.cashier.id, "now": world.now + timedelta(days=1)}
    for how in (act(other), late):
        with pytest.raises(RuleError) as refused:
            undo_import(own.import_id, **how)
        assert refused.value.code == "import-undo-own"
        assert "前台客服" in str(refused.value), "who can is said"
    assert undo_import(own.import_id, **act(world.cashier)).receipts == 2
    again = import_payments(statement(), **act(world.cashier))
    till_closes.close_till(world.cashier.id, 0, **act(world.cashier))
    with pytest.raises(RuleError) as refused:
        undo_import(again.import_id, **act(world.cashier))
    assert refused.value.code == "import-undo-own"


def test_p4_columns_that_are_missing_are_named_and_workers_import_none(world, owed, statement, act):
    with pytest.raises(RuleError) as refused:
        preview_payments(statement([("1", "2")], ("日期", "备注")), now=world.now)
    assert refused.value.code == "columns-missing"
    with pytest.raises(RuleError) as refused:
        import_payments(statement(), **act(world.worker))
    assert refused.value.code == "not-allowed"


@pytest.mark.parametrize(
    ("text", "houses"),
    [
        ("3-2-501 物业费", ["3-2-501"]),
        ("物业费3栋2单元501室张伟丰", ["3-2-501"]),
        ("缴2026-11-20的物业费 3-2-501", ["2026-11-20", "3-2-501"]),
        ("12号别墅 11月", ["12#"]),
        ("车位B1-035 11月", ["车位B1-035"]),
        ("张伟丰 物业费", []),
        ("", []),
    ],
)
def test_p4_houses_are_found_in_what_payers_write(text, houses):
    assert [one.short for one in houses_in(text)] == houses


def test_p4_the_means_is_told_from_the_file():
    assert statement_means("支付宝账单.csv", ("时间",)) is Means.ALIPAY
    assert statement_means("a.csv", ("微信支付业务单号",)) is Means.WECHAT
    assert statement_means("流水.xls", ("时间",)) is Means.TRANSFER


def test_a_bank_that_writes_day_and_clock_in_two_columns(world, owed, statement, act):
    header = ("交易日期", "交易时间", *BANK[1:])
    lines = (("2026-11-20", "10:05:30", *LINES[0][1:]), ("2026-11-20", "", *LINES[1][1:]))
    assert import_payments(statement(lines, header), **act()).preview.count(Outcome.ADDED) == 2
    paid = sorted(str(one.at) for one in PaymentRecord.select())
    assert [moment[:19] for moment in paid] == ["2026-11-20 00:00:00", "2026-11-20 10:05:30"]
    again = import_payments(statement(lines, header), **act())
    assert again.preview.count(Outcome.ADDED) == 0  # the same file twice adds nothing
