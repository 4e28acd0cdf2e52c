"""A clerk's month of bills by keys: run, look, mend, undo; one by hand; shared costs; explained."""

from datetime import date

import openpyxl
import pytest
from PySide6.QtWidgets import QApplication, QWidget

from propdesk.domain.bills import BillDraft
from propdesk.domain.fee_item_drafts import ItemDraft
from propdesk.domain.fee_items import Formula
from propdesk.domain.imports import ImportKind
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.tariff_drafts import TariffDraft
from propdesk.domain.till import Means
from propdesk.domain.units import Address
from propdesk.i18n import set_language
from propdesk.services import bills, fee_items, tariffs, till, units
from propdesk.services.bill_runs import post_run
from propdesk.services.queries.bill_runs import list_runs
from propdesk.services.queries.bills import get_bill, list_bills
from propdesk.services.queries.shared_costs import list_shared_costs
from propdesk.storage.persons import ResidencyRecord
from propdesk.storage.units import UnitRecord
from ui.dialogs.bill_dialogs import BillDialog, VoidBillDialog
from ui.dialogs.bill_explained_dialog import BillExplainedDialog
from ui.dialogs.bill_run_dialog import BillRunDialog
from ui.dialogs.bill_runs_dialog import BillRunsDialog, UndoRunDialog
from ui.dialogs.import_dialog import ImportDialog
from ui.dialogs.shared_cost_dialog import SharedCostDialog
from ui.dialogs.shared_costs_dialog import SharedCostsDialog
from ui.pages.fee_bills import YearHead
from ui.pages.fees import FeesPage


@pytest.fixture
def charging(house, now):
    """The service fee at 2.00 yuan for a m² and month; the known house has 100 m²."""
    set_language("en")
    by = house.desk.id
    ResidencyRecord.update(from_on=None).execute()
    UnitRecord.update(area_dm2=10_000).where(UnitRecord.id == house.home.id).execute()
    item = fee_items.add_item(ItemDraft("wy", "物业费", Formula.AREA), by=by).item
    tariffs.add_tariff(TariffDraft(item.id, 20_000, date(2020, 1, 1)), by=by, now=now)
    return house


@pytest.fixture
def page(office_context, charging, showing):
    page = FeesPage(office_context)
    office_context.changes.fees_changed.connect(page.mark_stale)
    showing(page, 1366, 692)
    page.catch_up()
    return page


@pytest.fixture
def show(over, charging, showing):
    """Show a dialog over an empty page of the small window."""
    return over(showing(QWidget(), 1366, 768))


@pytest.fixture
def go_to(press, focus):
    def walk(name, keys="Tab"):
        for _step in range(60):
            if name == focus().accessibleName().rstrip(" 0123456789"):
                return
            press(keys)
        pytest.fail(f"{keys} never came to {name}")

    return walk


@pytest.fixture
def counted(qtbot):
    """Wait until a run is counted."""

    def wait(dialog):
        qtbot.waitUntil(lambda: dialog._preview is not None)

    return wait


@pytest.fixture
def posted(charging, now):
    """The run of November."""
    from propdesk.domain.bill_runs import RunOrder

    order = RunOrder(date(2026, 11, 1), date(2026, 11, 30))
    return post_run(order, by=charging.desk.id, now=now).run


def amounts(house):
    return [
        (f"{one.from_on:%Y-%m}", one.amount_fen)
        for one in list_bills(house.home.id)
        if one.voided_at is None
    ]


def test_r96_the_month_is_billed_with_few_keys_and_never_twice(
    page, charging, press, go_to, in_dialog, counted, qtbot, back_to
):
    def run(dialog):
        counted(dialog)
        assert dialog.said.text() == "2026-11  ·  1 house  ·  1 bill  ·  200.00 yuan"
        press("Ctrl+Return")
        qtbot.waitUntil(lambda: dialog.chosen == "kept")

    page.enter()
    go_to("More")
    in_dialog(BillRunDialog, run)
    press("Space", "B", "R")
    assert amounts(charging) == [("2026-11", 20_000)]
    assert page.toast.words() == "ZD-2026-0001: 1 bill posted, 200.00 yuan"

    def again(dialog):
        counted(dialog)
        assert dialog.said.text().startswith("2026-12")  # the next month is proposed
        press("PgUp")
        counted(dialog)
        assert dialog.said.text() == ("Nothing is to be added: 1 bill of 2026-11 stands already.")
        press("Ctrl+Return")
        assert dialog.chosen == ""
        assert not dialog.warns.isVisible()
        go_to("Charged for")
        press(*"2036-11", "Return")
        counted(dialog)
        assert "2036-11-30" in dialog.warns.text()

    back_to(page)
    go_to("More")
    in_dialog(BillRunDialog, again)
    press("Space", "B", "R")
    assert len(list_runs()) == 1


def test_a_house_that_lacks_its_area_is_named_and_leads_to_it(
    show, charging, press, go_to, counted, office_context, qtbot, messages, tmp_path, back_to
):
    bare = units.add_unit(Address("2", "1", "101"), community="云澜花园", by=charging.desk.id)
    dialog = show(BillRunDialog)
    counted(dialog)
    messages.expect(tmp_path / "run.xlsx")
    press("Ctrl+E")
    back_to(dialog)
    assert "2-1-101" in [row[0].value for row in openpyxl.load_workbook(tmp_path / "run.xlsx")
                         .worksheets[-1]]  # fmt: skip
    go_to("By item")
    for _view in range(5):
        if dialog.views.chosen() == "mend":
            break
        press("Right")
    go_to("To mend")
    press("Tab")
    assert dialog._table.hasFocus()
    assert dialog._table.current_row().unit == "2-1-101"
    with qtbot.waitSignal(office_context.navigation.unit_wanted) as wanted:
        press("Return")
    assert wanted.args == [bare.id]
    assert not dialog.isVisible()


def test_what_is_left_out_of_a_run_stays_left_out_the_next_time(
    show, charging, press, go_to, counted, qtbot
):
    dialog = show(BillRunDialog)
    counted(dialog)
    go_to("物业费")
    press("Space")
    assert dialog._preview is None
    assert not dialog._post.isEnabled()
    press("Esc")
    again = show(BillRunDialog)
    assert not again.choices.ticks["wy"].isChecked()
    go_to("物业费")
    press("Space")
    counted(again)
    assert len(again._preview.bills) == 1


def test_a_run_is_undone_with_its_reason_but_not_once_something_is_paid(
    show, charging, posted, press, type_words, in_dialog, messages, now, back_to
):
    cash = PaymentDraft(charging.home.id, (MeansPart(Means.CASH, 5_000),))
    receipt = till.take_payment(cash, by=charging.desk.id, now=now)
    dialog = show(BillRunsDialog)

    def refused(form):
        press("Ctrl+Return")
        assert form.rows.problem("text")
        back_to(form)
        type_words("price was wrong")
        messages.expect(None)
        press("Ctrl+Return")
        assert "1-2-501" in messages.asked[-1][1]

    in_dialog(UndoRunDialog, refused)
    press("Del")
    assert list_runs()[0].undone_at is None
    till.void_payment(receipt.id, "wrong", version=receipt.version, by=charging.desk.id, now=now)

    def done(_form):
        type_words("price was wrong")
        press("Ctrl+Return")

    back_to(dialog)
    in_dialog(UndoRunDialog, done)
    press("Del")
    assert list_runs()[0].undone_reason == "price was wrong"
    assert amounts(charging) == []


def test_a_bill_is_written_by_hand_and_explained_and_voided_from_the_account(
    page, charging, press, type_words, go_to, in_dialog, back_to
):
    def write(dialog):
        press("Ctrl+Return")
        assert dialog.rows.problem("amount")
        go_to("Amount (yuan)")
        type_words("30")
        go_to("What for")
        type_words("door card")
        press("Ctrl+Return")

    page.show_account(charging.home.id)
    go_to("More")
    in_dialog(BillDialog, write)
    press("Space", "B", "W")
    (bill,) = list_bills(charging.home.id)
    assert (bill.amount_fen, bill.note, bill.debtor) == (3_000, "door card", "张伟丰")
    assert "30.00" in page.toast.words()
    page.catch_up()

    def void(form):
        type_words("given back")
        press("Ctrl+Return")
        assert form.stored is not None

    def look(dialog):
        assert "door card" in dialog.words.text()
        in_dialog(VoidBillDialog, void)
        press("Del")

    back_to(page)
    page.account.enter()
    assert page.account.bills.hasFocus()
    in_dialog(BillExplainedDialog, look)
    press("Space")
    assert get_bill(bill.id).void_reason == "given back"


def test_many_years_of_bills_have_heads_that_fold_them(page, charging, press, now):
    for year in (2024, 2025):
        for month in range(1, 8):
            first = date(year, month, 1)
            draft = BillDraft(1_000, "old", first, first, first)
            bills.add_bill(charging.home.id, "wy", draft, by=charging.desk.id, now=now)
    page.show_account(charging.home.id)
    table = page.account.bills
    head = table.current_row()
    assert isinstance(head, YearHead)
    assert (head.year, head.open_fen, table.records.rowCount()) == (2024, 7_000, 16)
    assert len(table.chosen_bills()) == 7
    press("Return")
    assert table.records.rowCount() == 9
    press("Down")
    assert table.current_row().year == 2025
    press("Up", "Space")
    assert table.records.rowCount() == 16


def test_r98_a_shared_cost_is_entered_with_its_shares_in_sight(
    show, charging, press, type_words, go_to, in_dialog, qtbot
):
    draft = ItemDraft("share", "公摊电费", Formula.SHARED)
    fee_items.add_item(draft, by=charging.desk.id)
    second = units.add_unit(Address("1", "2", "502"), community="云澜花园", by=charging.desk.id)
    UnitRecord.update(area_dm2=20_000).where(UnitRecord.id == second.id).execute()
    show(SharedCostsDialog)

    def enter(dialog):
        type_words("100")
        # 100 and 200 of 300 m²: 33.33 and 66.67.
        qtbot.waitUntil(lambda: dialog.pane.table.records.rowCount() == 2)
        qtbot.waitUntil(lambda: "100.00 yuan among 2 houses" in dialog.pane.said.text())
        assert [one.amount_fen for one in dialog.pane.shares.houses] == [3_333, 6_667]
        press("Ctrl+Return")
        assert dialog.stored is not None

    in_dialog(SharedCostDialog, enter)
    press("Ctrl+N")
    (cost,) = list_shared_costs()
    assert (cost.total_fen, f"{cost.from_on:%Y-%m}") == (10_000, "2026-10")


def test_old_arrears_come_from_a_messy_workbook_and_go_back(
    show, charging, press, type_words, go_to, qtbot, messages, back_to, tmp_path
):
    dialog = show(ImportDialog, ImportKind.BILLS)
    messages.expect(tmp_path / "template.xlsx")
    go_to("Save a template to fill in")
    press("Space")
    back_to(dialog)
    # The office's own book: a title above, another order, words in amounts, houses that are none.
    book = openpyxl.Workbook()
    header = [cell.value for cell in openpyxl.load_workbook(tmp_path / "template.xlsx")
              .worksheets[0][1]]  # fmt: skip
    assert len(header) > 5
    for line in (
        ("2025 arrears of our estate", None, None, None, None),
        (None, None, None, None, None),
        ("账期", "房号", "应收金额", "收费项目", "应缴日期"),
        ("2025-01", "1-2-501", "210.47元", "物业费", "2025-01-31"),
        ("2025年2月", " 1-2-501 ", 210.47, "wy", "2025/2/28"),
        ("2025-01", "1-2-501", "210.47", "物业费", "2025-01-31"),
        ("2025-03", "9-9-999", 210.47, "物业费", "2025-03-31"),
        ("2025-04", "1-2-501", "???", "物业费", "2025-04-30"),
    ):
        book.active.append(line)
    book.save(tmp_path / "old.xlsx")
    go_to("File")
    press("Ctrl+A")
    type_words(str(tmp_path / "old.xlsx"))
    press("Return")
    QApplication.sendPostedEvents()
    qtbot.waitUntil(dialog._take.isVisible, timeout=10_000)
    assert "2" in dialog._take.text()
    press("Ctrl+Return")
    qtbot.waitUntil(lambda: dialog._result is not None, timeout=10_000)
    assert amounts(charging) == [("2025-01", 21_047), ("2025-02", 21_047)]
    messages.expect("act")
    go_to("Undo this import")
    press("Space")
    qtbot.waitUntil(lambda: amounts(charging) == [], timeout=10_000)
