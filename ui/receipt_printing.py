"""Look at a receipt and print it; that it left is counted, a look alone is no print."""

from pathlib import Path

from PySide6.QtWidgets import QWidget

from propdesk.domain.payments import Payment
from propdesk.i18n import _
from ui.context import AppContext
from ui.papers import DrawnPaper, tell_done


def show_receipt(context: AppContext, page: QWidget, payment: Payment) -> None:
    """Show a receipt over `page`, ready to be printed (Ctrl+P).

    Where a printer gives up, part of it may be on paper: the number stays, and the next print says
    that it is a reprint (补打).
    """
    from propdesk.services.printing_receipts import print_receipt
    from propdesk.services.till import note_print
    from ui.printing import show_paper

    by, now, payment_id = context.staff, context.now(), payment.id

    def draw(target: Path) -> DrawnPaper:
        return print_receipt(payment_id, target, by=by, now=now)

    def note(_copies: int = 1) -> None:
        is_noted = context.attempt(
            page,
            _("The print was not noted"),
            lambda: note_print(payment_id, by=context.staff.id),
        )
        if is_noted:
            context.changes.fees_changed.emit()

    def failed() -> None:
        note()
        words = _(
            "Receipt {number} stays in the books. Print it again when the printer is ready: it is "
            "marked as a reprint then."
        )
        tell_done(context, page, words.format(number=payment.number))

    title = _("Receipt {number}").format(number=payment.number)
    show_paper(context, page, title, draw, on_made=note).print_failed.connect(failed)
