"""What the till can do beside taking what is owed; the fees page offers it under More.

Each act opens its form over a page and shows the receipt that comes of it.
"""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from propdesk.domain.deposits import Deposit
from propdesk.domain.payments import Payment
from propdesk.i18n import _
from propdesk.services.queries.payment_previews import check_may_take
from ui.context import AppContext
from ui.dialogs.deposit_dialogs import (
    PayInDialog,
    PayOutDialog,
    ReturnDepositDialog,
    TakeDepositDialog,
)
from ui.dialogs.receipts_dialog import ReceiptsDialog
from ui.dialogs.small_form import SmallForm
from ui.receipt_printing import hand_over


def show_receipts(context: AppContext, parent: QWidget, unit_id: int | None = None) -> None:
    """Show the receipts of a house, or of all."""
    if _may(context, parent):
        ReceiptsDialog(context, parent, unit_id).ask()


def take_deposit(context: AppContext, parent: QWidget, unit_id: int) -> Payment | None:
    """Take a deposit of a house."""
    return _act(context, parent, lambda: TakeDepositDialog(context, parent, unit_id))


def return_deposit(context: AppContext, parent: QWidget, deposit: Deposit) -> Payment | None:
    """Give a deposit back, or keep a part of it."""
    return _act(context, parent, lambda: ReturnDepositDialog(context, parent, deposit))


def pay_in(context: AppContext, parent: QWidget, unit_id: int) -> Payment | None:
    """Pay in advance for a house."""
    return _act(context, parent, lambda: PayInDialog(context, parent, unit_id))


def pay_out(context: AppContext, parent: QWidget, unit_id: int) -> Payment | None:
    """Give the prepaid balance of a house back."""
    return _act(context, parent, lambda: PayOutDialog(context, parent, unit_id))


def _may(context: AppContext, parent: QWidget) -> bool:
    title = _("No money was taken")
    return context.attempt(parent, title, lambda: check_may_take(context.staff.id))


def _act(context: AppContext, parent: QWidget, form: Callable[[], SmallForm]) -> Payment | None:
    if not _may(context, parent):
        return None
    dialog = form()
    done = bool(dialog.ask())
    if done:
        context.changes.fees_changed.emit()
    payment: Payment | None = dialog.stored
    if payment is not None:
        hand_over(context, parent, payment)
    return payment
