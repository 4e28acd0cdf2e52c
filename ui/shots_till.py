"""Pictures of the till: a house with bills due and to come, a part payment, more than the debt.

The bills are written into the copy that is pictured.
"""

from collections.abc import Callable, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from propdesk.domain.bills import BillDraft
from propdesk.domain.deposits import DepositDraft
from propdesk.domain.payments import MeansPart, Payment, PaymentDraft
from propdesk.domain.till import DepositKind, Means
from propdesk.services.bills import add_bill
from propdesk.services.fee_items import propose_items
from propdesk.services.queries.bills import list_bills
from propdesk.services.queries.deposits import list_deposits
from propdesk.services.queries.fee_items import list_items
from propdesk.services.queries.payments import list_payments
from propdesk.services.queries.units import list_units
from propdesk.services.till import take_payment
from ui.context import AppContext
from ui.dialogs.deposit_dialogs import PayOutDialog, ReturnDepositDialog, TakeDepositDialog
from ui.dialogs.receipt_acts import RefundDialog, VoidDialog
from ui.dialogs.receipts_dialog import ReceiptsDialog
from ui.dialogs.till_close_dialog import TillCloseDialog
from ui.dialogs.till_dialog import TillDialog
from ui.receipt_printing import show_receipt

if TYPE_CHECKING:
    from ui.screenshots import Stage

_MONTH = timedelta(days=30)


def _unit(context: AppContext) -> int:
    """Return a house with three bills that are due and one that is to come."""
    by, now = context.staff.id, context.now()
    unit = list_units(today=now.date(), limit=1)[0].id
    if len(list_bills(unit, open_only=True)) > 3:
        return unit
    propose_items(by=by, now=now)
    item = list_items()[0]
    for place, amount in enumerate((26_992, 26_992, 7_315, 26_992)):
        due = now.date() + (place - 2) * _MONTH
        first = due.replace(day=1)
        draft = BillDraft(amount, item.name, first, due, due)
        add_bill(unit, item.code, draft, by=by, now=now)
    return unit


def _till(typed: str = "", *, is_kept: bool = False) -> Callable[["Stage"], None]:
    def show(stage: "Stage") -> None:
        dialog = TillDialog(stage.context, stage.window, _unit(stage.context))
        cash = dialog.amounts[Means.CASH]
        if typed:
            cash.textEdited.emit(typed)
            cash.setText(typed)
            dialog.tendered.setText("1000")
        dialog.open()
        if is_kept:
            dialog.keep()

    return show


def _paid(context: AppContext) -> Payment:
    """Return the receipt of a part payment with a deposit."""
    by, now, unit = context.staff.id, context.now(), _unit(context)
    found = list_payments(unit_id=unit, limit=1)
    if found and list_deposits(unit_id=unit):
        return found[0]
    deposit = DepositDraft(DepositKind.DECORATION, 200_000)
    means = (MeansPart(Means.CASH, 20_000), MeansPart(Means.WECHAT, 200_000, "4200001"))
    return take_payment(PaymentDraft(unit, means, deposits=(deposit,)), by=by, now=now)


def _void(stage: "Stage") -> None:
    dialog = VoidDialog(stage.context, stage.window, _paid(stage.context))
    dialog.open()
    dialog.keep()


def _refund(stage: "Stage") -> None:
    RefundDialog(stage.context, stage.window, _paid(stage.context)).open()


def _receipts(stage: "Stage") -> None:
    _paid(stage.context)
    ReceiptsDialog(stage.context, stage.window).open()


def _deposit_back(stage: "Stage") -> None:
    payment = _paid(stage.context)
    deposit = list_deposits(unit_id=payment.unit_id)[0]
    ReturnDepositDialog(stage.context, stage.window, deposit).open()


def _of_house(form: type[TakeDepositDialog] | type[PayOutDialog]) -> Callable[["Stage"], None]:
    return lambda stage: form(stage.context, stage.window, _unit(stage.context)).open()


def _close(stage: "Stage") -> None:
    _paid(stage.context)
    dialog = TillCloseDialog(stage.context, stage.window)
    dialog.by_notes.setChecked(True)
    dialog.counted.show_words("190")
    dialog.open()
    dialog.keep()


def _receipt(stage: "Stage") -> None:
    show_receipt(stage.context, stage.window, _paid(stage.context))


DIALOGS: Sequence[tuple[str, Callable[["Stage"], None]]] = (
    ("till", _till()),
    ("till-part", _till("150")),
    ("till-too-much", _till("99999.99", is_kept=True)),
    ("receipt", _receipt),
    ("receipts", _receipts),
    ("receipt-void", _void),
    ("receipt-refund", _refund),
    ("deposit-take", _of_house(TakeDepositDialog)),
    ("deposit-back", _deposit_back),
    ("prepaid-out", _of_house(PayOutDialog)),
    ("till-close", _close),
)
