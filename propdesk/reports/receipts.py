"""The receipt (收款收据): A5, 241-2, 241-3 and the 80 mm slip, one page a copy (forms.md 5.3).

The same words on every paper: what was paid for, the total in figures and capitals, the means, what
stays on the prepaid account, room for the stamp. Void, reprinted and contra receipts say so. Lines
that do not fit go on on a further page, with the sum carried over; nothing is ever cut.
"""

from pathlib import Path

from propdesk.domain.fee_settings import ReceiptPaper
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import speaking
from propdesk.reports.parts.receipt_forms import ReceiptForm
from propdesk.reports.parts.receipt_plans import PLANS
from propdesk.reports.parts.receipt_slips import SlipForm
from propdesk.reports.parts.receipt_values import ReceiptSheet
from propdesk.reports.parts.sheet import PrintedPaper, Sheet


def render_receipt(
    receipt: ReceiptSheet,
    target: Path,
    *,
    paper: ReceiptPaper = ReceiptPaper.A5,
    language: PaperLanguage = PaperLanguage.ZH,
) -> PrintedPaper:
    """Draw all copies of a receipt into the PDF file `target`.

    Raises OSError where the file cannot be written (an older file then stays as it was), and
    ValueError for a receipt without copies.
    """
    if not receipt.copies:
        message = "a receipt needs at least one copy"
        raise ValueError(message)
    title = f"{receipt.title} {receipt.number}"
    with speaking(language.code):
        form: ReceiptForm | SlipForm
        if paper is ReceiptPaper.SLIP:
            form = SlipForm(receipt, language)
        else:
            form = ReceiptForm(receipt, language, PLANS[paper])
        with Sheet(target, form.size, title=title) as sheet:
            for number, copy in enumerate(receipt.copies):
                form.draw_copy(sheet, number, copy)
        return sheet.printed
