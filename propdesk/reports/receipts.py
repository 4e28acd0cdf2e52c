"""The receipt (收款收据): A5, 241-2, 241-3 and the 80 mm slip, one page a copy (forms.md 5.3).

The same words on every paper: what was paid for, the total in figures and capitals, the means, what
stays on the prepaid account, room for the stamp. Void, reprinted and contra receipts say so. Lines
that do not fit go on on a further page, with the sum carried over; nothing is ever cut.
"""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from propdesk.domain.fee_settings import ReceiptPaper
from propdesk.domain.papers import PaperLanguage
from propdesk.i18n import speaking
from propdesk.reports.parts.sheet import PrintedPaper, Sheet


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """What a part of the money was for; `price` and `quantity` are words as they are printed.

    `due_fen`, `reduced_fen` and `late_fen` are None where the column says nothing (a prepayment).
    """

    item: str
    paid_fen: int
    from_on: date | None = None
    until_on: date | None = None
    price: str = ""
    quantity: str = ""
    due_fen: int | None = None
    reduced_fen: int | None = None
    late_fen: int | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class ReceiptSheet:
    """Everything that is printed on a receipt, as plain values in the paper's language.

    `total_fen` is below zero on a contra receipt (冲红), which names the one it undoes in
    `refund_of`. `means` are (words, amount) as the money came; `all_means` are the boxes of the
    laser paper. `reprint` counts the prints after the first. `void` says when, by whom and why.
    `code_digits` is an even number of digits for Code 128.
    """

    office_name: str
    number: str
    code_digits: str
    title: str
    second_title: str
    at: datetime
    payer: str
    house: str
    lines: tuple[ReceiptLine, ...]
    total_fen: int
    capitals: str
    means: tuple[tuple[str, int], ...]
    copies: tuple[str, ...]
    cashier: str
    printed_at: datetime
    printed_by: str
    all_means: tuple[str, ...] = ()
    tendered_fen: int = 0
    change_fen: int = 0
    prepaid_after_fen: int | None = None
    checked: str = ""
    payee: str = ""
    note: str = ""
    remark: str = ""
    void: str = ""
    reprint: int = 0
    refund_of: str = ""
    office_name_en: str = ""
    office_phone: str = ""


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
    from propdesk.reports.parts.receipt_forms import PLANS, ReceiptForm
    from propdesk.reports.parts.receipt_slips import SlipForm

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
