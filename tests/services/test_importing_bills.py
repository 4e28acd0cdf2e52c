"""Earlier arrears from workbooks on a real file: once, with what was paid, undone as a whole."""

from datetime import date

import openpyxl
import pytest

from propdesk.domain.bill_runs import RunOrder
from propdesk.domain.errors import RuleError
from propdesk.domain.imports import ImportKind
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.services.bill_runs import post_run
from propdesk.services.bills import void_bill
from propdesk.services.importing import import_file, preview_import
from propdesk.services.imports import list_imports, undo_import
from propdesk.services.parts.ledger import post
from propdesk.services.queries.bills import list_bills
from propdesk.storage.charging import FeeItemRecord
from propdesk.storage.database import database, rows
from propdesk.storage.persons import ResidencyRecord

HEADER = ("房号", "收费项目", "账期", "应缴日期", "应收金额", "已收金额", "业主", "账单编号")
WY = ("3-2-501", "物业费", "2024-01至2024-12", "2024-12-31", 2525.59, 500, "张伟丰", "A-1")
NUMBERLESS = ("3-2-501", "物业费", "2025-01", "2025-01-31", "210.47元", None, None, None)


@pytest.fixture(autouse=True)
def service_fee(world):
    ResidencyRecord.update(from_on=None).execute()
    return FeeItemRecord.create(
        code="wy", name="物业费", formula="fixed", income="service", charges="all", unit_kinds=[],
        meter_kind="", line_months=1, billed_months=1, due_month=0, due_day=31, partial="by-day",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip


@pytest.fixture
def take(world, tmp_path, act):
    """Import rows of a workbook."""

    def run(*lines, header=HEADER):
        book = openpyxl.Workbook()
        for line in (header, *lines):
            book.active.append(line)
        book.save(tmp_path / "往年欠费.xlsx")
        return import_file(ImportKind.BILLS, tmp_path / "往年欠费.xlsx", **act())

    return run


def counts(result):
    preview = result.preview
    return tuple(preview.counts[name] for name in ("added", "unchanged", "rejected"))


def reasons(result):
    return [row.reason for row in result.preview.rejected]


def test_arrears_come_in_with_what_was_paid_and_who_owes(world, take):
    assert counts(take(WY, NUMBERLESS)) == (2, 0, 0)
    old, later = list_bills(world.home.id)
    assert (old.amount_fen, old.settled_fen, old.open_fen) == (252559, 50000, 202559)
    assert (str(old.from_on), str(old.until_on), str(old.due_on)) == (
        "2024-01-01", "2024-12-31", "2024-12-31",
    )  # fmt: skip
    assert (later.amount_fen, later.debtor, later.kind.value) == (21047, "张伟丰", "opening")
    assert rows("SELECT sum(amount_fen) FROM ledger_line") == [(0,)]


def test_the_same_file_twice_adds_nothing(world, take):
    take(WY, NUMBERLESS)
    again = take(WY, NUMBERLESS)
    assert counts(again) == (0, 2, 0)
    assert again.import_id is None
    assert len(list_bills(world.home.id)) == 2


def test_a_bill_that_is_here_with_another_amount_is_rejected(world, take):
    take(WY)
    changed = take((*WY[:4], 2600, *WY[5:]))
    assert counts(changed) == (0, 0, 1)
    assert "2,525.59" in reasons(changed)[0]


def test_a_preview_writes_nothing(world, tmp_path, now):
    book = openpyxl.Workbook()
    book.active.append(HEADER)
    book.active.append(WY)
    book.save(tmp_path / "往年欠费.xlsx")
    preview = preview_import(ImportKind.BILLS, tmp_path / "往年欠费.xlsx", now=now)
    assert preview.counts["added"] == 1
    assert list_bills(world.home.id) == []


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({0: "9-9-901"}, "9-9-901"),
        ({1: "电梯费"}, "电梯费"),
        ({1: None}, ""),
        ({2: "不详"}, "不详"),
        ({2: "2024-13"}, "2024-13"),
        ({4: None}, ""),
        ({4: -5}, "-5"),
        ({4: "NaN"}, "NaN"),
        ({4: 1e308}, "E+308"),
        ({4: 0.005}, "0.005"),
        ({5: 9999}, ""),
        ({3: "8026-01-01"}, "8026"),
    ],
)
def test_f46_a_row_that_cannot_be_is_rejected_with_its_reason(world, take, wrong, said):
    row = tuple(wrong.get(place, value) for place, value in enumerate(WY))
    result = take(row, NUMBERLESS)
    assert counts(result) == (1, 0, 1)
    assert said in reasons(result)[0]


def test_the_noise_of_a_binary_number_is_no_part_of_a_fen(world, take):
    take((*WY[:4], 210.46999999999997, None, None, "A-2"))
    assert list_bills(world.home.id)[0].amount_fen == 21047


def test_a_stranger_as_debtor_is_doubted_and_the_owner_named(world, take):
    result = take((*WY[:6], "王不在", "A-3"))
    assert [row.needs_person != "" for row in result.preview.rows] == [True]
    assert list_bills(world.home.id)[0].debtor == "张伟丰"


def test_days_that_a_run_has_billed_are_not_taken_again(world, take, service_fee, act):
    database.execute_sql(
        "INSERT INTO tariff (fee_item_id, from_on, price_e4, tiers, share_by, floor_factors, "
        "vacancy_after_months, basis_note, cap_source, late_rate_e6, late_clause, "
        "late_grace_days, note, entered_at, staff_id, void_reason) VALUES (?, '2020-01-01', 10000, "
        "'[]', '', '[]', 0, '', '', 0, '', 0, '', '2026-01-01T00:00:00', 1, '')",
        (service_fee.id,),
    )
    post_run(RunOrder(date(2025, 1, 1), date(2025, 1, 31)), **act())
    assert counts(take(WY, NUMBERLESS)) == (1, 0, 1)


def test_an_import_is_undone_as_a_whole_and_what_was_paid_since_is_left_and_named(world, take, act):
    result = take(WY, NUMBERLESS)
    later = list_bills(world.home.id)[1]
    with database.atomic():
        post(
            Act.PAYMENT,
            [LedgerLine(Account.MONEY, 100), LedgerLine(Account.BILL, -100, bill_id=later.id)],
            unit_id=world.home.id, on_day=date(2026, 11, 21), staff_id=world.desk.id,
            now=world.now,
        )  # fmt: skip
    undone = undo_import(result.import_id, **act())
    assert (undone.bills, len(undone.left)) == (1, 1)
    assert [bill.voided_at is None for bill in list_bills(world.home.id)] == [False, True]
    assert list_bills(world.home.id)[0].settled_fen == 0
    assert rows("SELECT sum(amount_fen) FROM ledger_line") == [(0,)]
    assert list_imports()[0].undone_at is not None


def test_a_bill_that_was_voided_may_come_in_again(world, take, act):
    take(NUMBERLESS)
    void_bill(list_bills(world.home.id)[0].id, "金额有误", **act())
    assert counts(take(NUMBERLESS)) == (1, 0, 0)


def test_a_file_without_amounts_says_which_column_is_missing(take):
    with pytest.raises(RuleError) as refused:
        take(("3-2-501", "物业费", "2025-01"), header=("房号", "收费项目", "账期"))
    assert refused.value.code == "columns-missing"


def test_f54_the_cashier_brings_no_arrears_in(world, tmp_path, act):
    with pytest.raises(RuleError) as refused:
        import_file(ImportKind.BILLS, tmp_path / "往年欠费.xlsx", **act(world.cashier))
    assert refused.value.code == "not-allowed"
