"""Fill and draw the close of a till (日结单)."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from propdesk.domain.money import money_words
from propdesk.domain.papers import PaperLanguage
from propdesk.domain.payments import Payment
from propdesk.domain.settings import OfficeSettings
from propdesk.domain.staff import Right, Staff
from propdesk.domain.till import MEANS_LABELS, PaymentKind
from propdesk.domain.till_closes import TillClose
from propdesk.i18n import _
from propdesk.services.parts.drawing import draw_paper
from propdesk.services.parts.fee_access import fee_actor
from propdesk.services.parts.printed import Printed
from propdesk.services.parts.writing import local
from propdesk.services.queries.payments import get_payment
from propdesk.services.queries.till_closes import get_till_close
from propdesk.storage.database import rows

if TYPE_CHECKING:
    from propdesk.reports.parts.sheet import PrintedPaper
    from propdesk.reports.till_closes import ReceiptRow, TillCloseSheet


def print_till_close(
    close_id: int,
    target: Path,
    *,
    by: Staff,
    now: datetime,
    language: PaperLanguage | None = None,
) -> Printed:
    """Draw a closed till into the PDF file `target`, with the receipts behind its sums."""
    from propdesk.reports.till_closes import render_till_close

    fee_actor(by.id, Right.TAKE_MONEY)
    close = get_till_close(close_id)
    found = rows("SELECT id FROM payment WHERE close_id = ? ORDER BY id", close.id)
    payments = [get_payment(row[0]) for row in found]

    def draw(settings: OfficeSettings, chosen: PaperLanguage) -> "PrintedPaper":
        sheet = _sheet(close, payments, settings, by=by, now=now)
        return render_till_close(sheet, target, language=chosen)

    return draw_paper(target, language, draw)


def _sheet(
    close: TillClose, payments: list[Payment], settings: OfficeSettings, *, by: Staff, now: datetime
) -> "TillCloseSheet":
    from propdesk.reports.parts.register_frame import RegisterFrame
    from propdesk.reports.till_closes import MeansRow, TillCloseSheet

    count = close.count
    frame = RegisterFrame(
        office_name=settings.office_name,
        office_name_en=settings.office_name_en,
        title=_("Daily close {number}").format(number=close.number),
        narrowed=_("{cashier}, closed {time} by {person}").format(
            cashier=close.cashier, time=f"{close.closed_at:%Y-%m-%d %H:%M}", person=close.closed_by
        ),
        printed_at=local(now),
        printed_by=by.name,
    )
    voided = _(", ").join(count.voided_numbers)
    facts = [
        (_("Receipts"), f"{count.first_number} – {count.last_number}"),
        (_("Number of receipts"), str(count.receipts)),
        (_("Void receipts"), f"{count.voided}  {voided}" if count.voided else "0"),
    ]
    if close.checked_by:
        facts.append((_("Reviewed by"), close.checked_by))
    means = [
        MeansRow(
            str(MEANS_LABELS[one.means]),
            str(one.count),
            _signed(one.received_fen),
            _signed(one.returned_fen),
            _signed(one.rest_fen),
        )
        for one in count.sums
    ]
    total = MeansRow(
        _("Total"),
        "",
        _signed(sum(one.received_fen for one in count.sums)),
        _signed(sum(one.returned_fen for one in count.sums)),
        _signed(count.total_fen),
    )
    reason = close.difference_reason
    return TillCloseSheet(
        frame=frame,
        facts=facts,
        means=means,
        total=total,
        cash=_signed(count.cash_fen),
        counted=_signed(close.counted_fen),
        difference=_signed(close.difference_fen),
        reason=_("Why it differs: {reason}").format(reason=reason) if reason else "",
        receipts=[_row(one) for one in payments],
        note=close.note,
    )


def _row(payment: Payment) -> "ReceiptRow":
    from propdesk.reports.till_closes import ReceiptRow

    state = ""
    if payment.is_void:
        state = _("void")
    elif payment.kind is PaymentKind.REFUND:
        state = _("contra entry")
    return ReceiptRow(
        number=payment.number,
        time=f"{payment.entered_at:%m-%d %H:%M}",
        house=payment.where,
        means=_(", ").join(str(MEANS_LABELS[part.means]) for part in payment.means),
        amount=_signed(payment.total_fen),
        state=state,
    )


def _signed(fen: int) -> str:
    return money_words(fen).replace("-", "\u2212")
