"""Look at a receipt and print it; that it left is counted, a look alone is no print.

An office may want it on paper as soon as the money is taken: then nobody looks at it first.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.payments import Payment
from propdesk.i18n import _
from propdesk.services.fee_settings import get_fee_settings
from ui.context import AppContext
from ui.papers import DrawnPaper, tell_done


def hand_over(context: AppContext, page: QWidget, payment: Payment) -> None:
    """Give the payer his receipt: shown over `page` first, or printed at once (a setting)."""
    if not get_fee_settings().receipt_at_once:
        show_receipt(context, page, payment)
        return
    from ui.at_once_printing import print_at_once

    def failed() -> None:
        _note(context, page, payment)
        _tell_failed(context, page, payment)
        show_receipt(context, page, payment)

    print_at_once(
        context,
        page,
        _title(payment),
        _drawing(context, payment),
        on_made=partial(_note, context, page, payment),
        on_failed=failed,
        on_unprintable=partial(show_receipt, context, page, payment),
    )


def show_receipt(context: AppContext, page: QWidget, payment: Payment) -> None:
    """Show a receipt over `page`, ready to be printed (Ctrl+P).

    Where a printer gives up, part of it may be on paper: the number stays, and the next print says
    that it is a reprint (补打).
    """
    from ui.printing import show_paper

    def note(_copies: int = 1) -> None:
        _note(context, page, payment)

    def failed() -> None:
        note()
        _tell_failed(context, page, payment)

    draw = _drawing(context, payment)
    window = show_paper(context, page, _title(payment), draw, on_made=note)
    window.print_failed.connect(failed)


def _title(payment: Payment) -> str:
    return _("Receipt {number}").format(number=payment.number)


def _drawing(context: AppContext, payment: Payment) -> Callable[[Path], DrawnPaper]:
    """Return what draws the receipt off the main thread: only plain values go with it."""
    from propdesk.services.printing_receipts import print_receipt

    by, now, payment_id = context.staff, context.now(), payment.id
    return lambda target: print_receipt(payment_id, target, by=by, now=now)


def _note(context: AppContext, page: QWidget, payment: Payment) -> None:
    """Count that the receipt left."""
    from propdesk.services.till import note_print

    title = _("The print was not noted")
    if context.attempt(page, title, lambda: note_print(payment.id, by=context.staff.id)):
        context.changes.fees_changed.emit()


def _tell_failed(context: AppContext, page: QWidget, payment: Payment) -> None:
    words = _(
        "Receipt {number} stays in the books. Print it again when the printer is ready: it is "
        "marked as a reprint then."
    )
    tell_done(context, page, words.format(number=payment.number))
