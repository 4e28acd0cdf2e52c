"""What stands on a receipt, as plain values in the paper's language."""

from dataclasses import dataclass
from datetime import date, datetime


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
