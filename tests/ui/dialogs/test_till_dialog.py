"""The till by the keyboard alone: full, part and mixed payments, change, refusals, the receipt."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from propdesk.domain.errors import RuleError
from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.till import Means
from propdesk.services import staff, till
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.payments import get_payment, list_payments
from propdesk.services.queries.staff import find_department
from propdesk.storage.charging import BillRecord, FeeItemRecord
from propdesk.storage.database import rows
from ui import printer_row, printers
from ui.dialogs.till_dialog import TillDialog, open_till
from ui.printing import PaperWindow

TODAY = date(2026, 11, 21)


@pytest.fixture
def bills(house, now):
    """Three months at 120.00, due on 31 August, 30 September and 31 December."""
    item = FeeItemRecord.create(
        code="service", name="物业服务费", formula="area", income="service", charges="all",
        unit_kinds=[], line_months=1, billed_months=1, due_month=0, due_day=31, partial="whole",
        rounding="fen-half-up", position=1, is_active=True,
    )  # fmt: skip
    return [
        BillRecord.create(
            unit=house.home.id, fee_item=item.id, kind="charge", from_on=due_on.replace(day=1),
            until_on=due_on, due_on=due_on, amount_fen=12_000, person=house.owner.person_id,
            entered_at=now.replace(tzinfo=None), staff=house.desk.id,
        ).id
        for due_on in (date(2026, 8, 31), date(2026, 9, 30), date(2026, 12, 31))
    ]  # fmt: skip


@pytest.fixture
def show_till(show, house):
    return lambda: show(TillDialog, house.home.id)


def settled(bills):
    found = dict(rows("SELECT id, settled_fen FROM bill"))
    return [found[one] for one in bills]


def test_p4_what_is_due_in_cash_is_one_key(show_till, bills, press):
    dialog = show_till()
    press("Ctrl+Return")
    assert settled(bills) == [12_000, 12_000, 0]
    assert dialog.payment.total_fen == 24_000
    assert [part.means for part in dialog.payment.means] == [Means.CASH]


def test_p4_change_is_shown_large_before_the_money_is_taken(
    show_till, bills, press, type_words, go_to
):
    dialog = show_till()
    go_to(dialog.tendered.accessibleName())
    type_words("300")
    assert "60.00" in dialog._change.text()
    press("Ctrl+Return")
    assert (dialog.payment.tendered_fen, dialog.payment.change_fen) == (30_000, 6_000)


def test_p4_a_part_payment_shows_what_it_settles(show_till, bills, press, type_words):
    dialog = show_till()
    type_words("150")
    assert [row.pays_fen for row in rows_of(dialog)] == [12_000, 3_000, 0]
    assert "210.00" in dialog._sum.text()
    press("Ctrl+Return")
    assert settled(bills) == [12_000, 3_000, 0]


def test_p4_space_chooses_bills_and_their_sum_follows(show_till, bills, press, type_words):
    dialog = show_till()
    press("Shift+Tab")
    assert QApplication.focusWidget() is dialog.ticks
    press("Space", "Down", "Down", "Space", "Return")
    assert dialog.amounts[Means.CASH].words() == "240.00"
    assert QApplication.focusWidget() is dialog.amounts[Means.CASH]
    press("Ctrl+Return")
    assert settled(bills) == [0, 12_000, 12_000]


def test_p4_other_means_are_taken_off_the_cash(show_till, bills, press, type_words, go_to):
    dialog = show_till()
    go_to(dialog.amounts[Means.WECHAT].accessibleName())
    type_words("200")
    assert dialog.amounts[Means.CASH].words() == "40.00"
    go_to(dialog.reference.accessibleName())
    type_words("4200001")
    press("Ctrl+Return")
    assert {(one.means, one.amount_fen, one.reference) for one in dialog.payment.means} == {
        (Means.WECHAT, 20_000, "4200001"), (Means.CASH, 4_000, ""),
    }  # fmt: skip


def test_p4_one_key_puts_all_on_another_means(show_till, bills, press, type_words, go_to):
    dialog = show_till()
    go_to(dialog.amounts[Means.ALIPAY].accessibleName())
    type_words("=")
    press("Ctrl+Return")
    assert [(one.means, one.amount_fen) for one in dialog.payment.means] == [(Means.ALIPAY, 24_000)]


def test_f46_more_than_the_debt_is_refused_and_nothing_is_lost(show_till, house, bills, press,
                                                               type_words, go_to):  # fmt: skip
    dialog = show_till()
    type_words("500")
    go_to(dialog.payer.accessibleName())
    type_words("王芳")
    press("Ctrl+Return")
    assert dialog.payment is None
    assert not list_payments()
    assert "140.00" in dialog.rows.problem("cash")
    assert dialog.amounts[Means.CASH].words() == "500"
    assert dialog.payer.words() == "王芳"
    go_to(dialog.overpay.accessibleName())
    press("Space", "Ctrl+Return")
    assert dialog.payment.payer == "王芳"
    account = get_account(house.home.id, TODAY)
    # The two that are chosen are paid, the rest stands there for the coming one.
    assert (account.open_fen, account.prepaid_fen) == (12_000, 26_000)


def test_p4_the_prepaid_account_pays_a_part(show_till, house, bills, now, press, go_to, type_words):
    draft = PaymentDraft(house.home.id, (MeansPart(Means.CASH, 46_000),), overpay_to_prepaid=True)
    till.take_payment(draft, by=house.desk.id, now=now)
    assert get_account(house.home.id, TODAY).prepaid_fen == 10_000
    BillRecord.update(settled_fen=0).execute()
    dialog = show_till()
    go_to(dialog.prepaid.accessibleName())
    type_words("=")
    assert dialog.prepaid.words() == "100.00"
    assert dialog.amounts[Means.CASH].words() == "140.00"
    press("Ctrl+Return")
    assert dialog.payment.prepaid_used_fen == 10_000


@pytest.mark.parametrize("typed", ["1e308", "-5", "12.345", "一百"])
def test_f46_what_is_no_amount_is_said_under_its_field(show_till, bills, press, type_words, typed):
    dialog = show_till()
    type_words(typed)
    press("Ctrl+Return")
    assert dialog.rows.problem("cash")
    assert not list_payments()


def test_f46_a_colleague_was_quicker(show_till, house, bills, now, press):
    dialog = show_till()
    draft = PaymentDraft(house.home.id, (MeansPart(Means.CASH, 12_000),))
    till.take_payment(draft, by=house.desk.id, now=now)
    press("Ctrl+Return")
    assert dialog.payment is None
    assert len(list_payments()) == 1
    assert dialog.rows.banner.isVisible()


def test_l16_a_guard_gets_no_till(office_context, house, page, bills, messages):
    name = rows("SELECT name FROM department WHERE code = 'security'")[0][0]
    guard = staff.add_staff("秦保", by=house.desk.id, department_id=find_department(name).id)
    office_context.staff = guard
    messages.expect(None)
    assert open_till(office_context, page, house.home.id) is None
    assert "秦保" in messages.asked[0][1]


def test_p4_the_till_end_to_end_with_the_receipt_read_back(
    office_context, house, page, bills, press, in_dialog, pages_of, qtbot, monkeypatch
):
    sent = []
    known = printers.Printers(("EPSON",))
    monkeypatch.setattr(printer_row, "list_printers", lambda: known)
    monkeypatch.setattr(printer_row, "print_file", lambda job, _progress: sent.append(job.title))
    in_dialog(TillDialog, lambda _dialog: press("Ctrl+Return"))
    payment = open_till(office_context, page, house.home.id)
    words = pages_of(page)
    for wanted in (payment.number, "240.00", "人民币贰佰肆拾元整", "张伟丰", "现金240.00"):
        assert wanted in words
    assert get_payment(payment.id).prints == 0
    press("Ctrl+P")
    qtbot.waitUntil(lambda: get_payment(payment.id).prints == 1)
    assert sent
    qtbot.waitUntil(lambda: not page.findChildren(PaperWindow))


def test_p4_a_printer_that_gives_up_leaves_the_number_and_marks_the_reprint(
    office_context, house, page, bills, press, in_dialog, pages_of, qtbot, monkeypatch, messages
):
    known = printers.Printers(("EPSON",))
    monkeypatch.setattr(printer_row, "list_printers", lambda: known)

    def give_up(_job, _progress):
        raise RuleError("print-refused", "卡纸")

    monkeypatch.setattr(printer_row, "print_file", give_up)
    in_dialog(TillDialog, lambda _dialog: press("Ctrl+Return"))
    payment = open_till(office_context, page, house.home.id)
    assert "补打" not in pages_of(page)
    messages.expect(None)
    press("Ctrl+P")
    qtbot.waitUntil(lambda: len(messages.asked) == 1)
    assert "卡纸" in messages.asked[0][1]
    kept = get_payment(payment.id)
    assert (kept.number, kept.is_void, kept.prints) == (payment.number, False, 1)
    press("Escape")
    qtbot.waitUntil(lambda: not page.findChildren(PaperWindow))
    from ui.receipt_printing import show_receipt

    show_receipt(office_context, page, kept)
    assert "补打第1次" in pages_of(page)
    press("Escape")


def rows_of(dialog):
    records = dialog.ticks.records
    return [records.row_at(place) for place in range(records.rowCount())]
