"""Beside the till, by keys: void, give back, deposits, prepaid, the list of receipts, the close."""

from datetime import date

import pytest
from PySide6.QtWidgets import QApplication

from propdesk.domain.payments import MeansPart, PaymentDraft
from propdesk.domain.staff import Role
from propdesk.domain.till import Means, PaymentKind
from propdesk.services import staff, till
from propdesk.services.queries.accounts import get_account
from propdesk.services.queries.deposits import list_deposits
from propdesk.services.queries.payments import get_payment, list_payments
from propdesk.services.queries.till_closes import list_till_closes
from ui import till_acts
from ui.dialogs.deposit_dialogs import (
    PayInDialog,
    PayOutDialog,
    ReturnDepositDialog,
    TakeDepositDialog,
)
from ui.dialogs.receipt_acts import RefundDialog, VoidDialog
from ui.dialogs.receipts_dialog import ReceiptsDialog
from ui.dialogs.till_close_dialog import TillCloseDialog, close_day

TODAY = date(2026, 11, 21)


@pytest.fixture
def paid(house, now):
    """A receipt over 100.00 that stands on the prepaid account."""
    draft = PaymentDraft(house.home.id, (MeansPart(Means.CASH, 10_000),), overpay_to_prepaid=True)
    return till.take_payment(draft, by=house.desk.id, now=now)


def balance(house):
    return get_account(house.home.id, TODAY).prepaid_fen


def test_p4_a_receipt_is_voided_with_its_reason(show, house, paid, press, type_words):
    dialog = show(VoidDialog, paid)
    press("Ctrl+Return")
    assert dialog.rows.problem("text")
    type_words("开错房号")
    press("Ctrl+Return")
    assert get_payment(paid.id).void_reason == "开错房号"
    assert balance(house) == 0


def test_p4_one_cannot_void_alone_where_a_second_cashier_works(
    show, house, paid, press, type_words, messages
):
    staff.add_staff("钱晓云", by=house.desk.id, role=Role.CASHIER)
    dialog = show(VoidDialog, paid)
    type_words("开错房号")
    messages.expect(None)
    press("Ctrl+Return")
    assert not get_payment(paid.id).is_void
    assert dialog.reason.words() == "开错房号"


def test_p4_money_goes_back_as_a_contra_entry(show, house, paid, press, type_words):
    dialog = show(RefundDialog, paid)
    type_words("重复交费")
    press("Ctrl+Return")
    back = dialog.stored
    assert (back.kind, back.refund_of, back.total_fen) == (
        PaymentKind.REFUND, paid.number, -10_000,
    )  # fmt: skip
    assert balance(house) == 0


def test_p4_a_deposit_is_taken_and_a_part_kept(show, house, press, type_words, go_to):
    dialog = show(TakeDepositDialog, house.home.id)
    press("Ctrl+Return")
    assert dialog.stored is None
    go_to(dialog.amount.accessibleName())
    type_words("2000")
    press("Ctrl+Return")
    (deposit,) = list_deposits(unit_id=house.home.id)
    assert deposit.balance_fen == 200_000
    back = show(ReturnDepositDialog, deposit)
    type_words("1500")
    go_to(back.kept.accessibleName())
    type_words("500")
    press("Ctrl+Return")
    assert back.stored is None  # what is kept needs its reason
    go_to(back.reason.accessibleName())
    type_words("墙面修复")
    press("Ctrl+Return")
    assert back.stored.total_fen == -150_000
    assert not list_deposits(unit_id=house.home.id, held_only=True)


def test_p4_money_in_advance_comes_in_and_goes_back(show, house, press, type_words, go_to):
    dialog = show(PayInDialog, house.home.id)
    type_words("300")
    press("Ctrl+Return")
    assert dialog.stored.total_fen == 30_000
    assert balance(house) == 30_000
    back = show(PayOutDialog, house.home.id)
    assert back.amount.words() == "300.00"
    type_words("400")
    go_to(back.person.accessibleName())
    type_words("张伟丰")
    go_to(back.reason.accessibleName())
    type_words("房屋转让")
    back.context.messages.expect(None)
    press("Ctrl+Return")
    assert balance(house) == 30_000
    back.activateWindow()
    go_to(back.amount.accessibleName())
    press("Ctrl+A")
    type_words("300")
    press("Ctrl+Return")
    assert balance(house) == 0


def test_p4_receipts_are_found_by_number_house_and_day(show, house, paid, press, type_words):
    dialog = show(ReceiptsDialog)
    for words in (paid.number.lower(), "1-2-501", "2026-11-21"):
        press("Ctrl+A")
        type_words(words)
        press("Return")
        assert dialog.table.current_row().id == paid.id, words
        assert QApplication.focusWidget() is dialog.table
        press("Shift+Tab")
    press("Ctrl+A")
    type_words("SJ-2026-009999")
    press("Return")
    assert "SJ-2026-009999" in dialog._problem.text()
    press("Ctrl+A")
    type_words("2026-11-20")
    press("Return")
    assert dialog.table.is_empty()


def test_p4_a_receipt_is_shown_from_the_list(show, house, paid, press, type_words, pages_of):
    dialog = show(ReceiptsDialog)
    press("Return", "Return")
    assert paid.number in pages_of(dialog)
    press("Escape")


def test_p4_the_till_is_closed_with_its_difference(
    office_context, house, page, paid, press, type_words, go_to, in_dialog, pages_of
):
    def count(dialog):
        type_words("99")
        assert "1.00" in dialog._difference.text()
        press("Ctrl+Return")
        assert dialog.rows.problem("difference_reason")
        go_to(dialog.reason.accessibleName())
        type_words("少收零钱")
        press("Ctrl+Return")

    in_dialog(TillCloseDialog, count)
    close = close_day(office_context, page)
    assert (close.counted_fen, close.difference_fen) == (9_900, -100)
    assert list_till_closes()[0].number == close.number
    words = pages_of(page)
    for wanted in (close.number, "99.00", "\u22121.00", "少收零钱", paid.number):
        assert wanted in words
    press("Escape")


def test_p4_notes_and_coins_make_the_sum(show, house, paid, press, type_words, go_to):
    dialog = show(TillCloseDialog)
    go_to(dialog.by_notes.accessibleName())
    press("Space")
    go_to(dialog.notes[5_000].accessibleName())
    type_words("1")
    go_to(dialog.notes[1_000].accessibleName())
    type_words("5")
    assert dialog.counted.words() == "100.00"
    press("Ctrl+Return")
    assert dialog.stored.difference_fen == 0


def test_p4_acts_show_their_receipt(
    office_context, house, page, press, type_words, in_dialog, pages_of
):
    def pay(_dialog):
        type_words("50")
        press("Ctrl+Return")

    in_dialog(PayInDialog, pay)
    payment = till_acts.pay_in(office_context, page, house.home.id)
    assert [one.id for one in list_payments()] == [payment.id]
    assert payment.number in pages_of(page)
    press("Escape")
