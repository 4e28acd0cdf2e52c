"""Receipts: what was paid for what by which means, void or refunded, never removed.

`total_fen` is the money that came in (of a refund below zero: that went out); what was taken from
the prepaid account besides is no money and stands apart.
"""

from dataclasses import dataclass, field
from datetime import date, datetime

from propdesk.domain.deposits import DepositDraft
from propdesk.domain.ledger import Account
from propdesk.domain.till import InvoiceState, Means, PaymentKind


@dataclass(frozen=True, slots=True)
class MeansPart:
    """How much came in by one means, and the reference of bank or wallet."""

    means: Means
    amount_fen: int
    reference: str = ""


@dataclass(frozen=True, slots=True)
class BillPart:
    """How much is paid of one bill; None is all that is open of it.

    `open_fen` is what the clerk saw as open: when a colleague was quicker, it is refused.
    """

    bill_id: int
    amount_fen: int | None = None
    open_fen: int | None = None


@dataclass(frozen=True, slots=True)
class PaymentDraft:
    """A payment as it is taken at the till.

    `bills` are the bills that the payer named; without them the money goes by law (Civil Code 560,
    561), unless it is all for `deposits`. `means` is what is paid by each means; `tendered_fen` the
    cash that was handed over, from which change is given. `use_prepaid_fen` is taken from the
    prepaid account, `overpay_to_prepaid` lets what is more than the debt stand there.
    """

    unit_id: int
    means: tuple[MeansPart, ...] = ()
    bills: tuple[BillPart, ...] = ()
    payer: str = ""
    person_id: int | None = None
    tendered_fen: int = 0
    use_prepaid_fen: int = 0
    overpay_to_prepaid: bool = False
    deposits: tuple[DepositDraft, ...] = ()
    note: str = ""
    external: str | None = None
    paid_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RefundDraft:
    """Money that goes back: why, and by which means.

    Of a receipt all goes back, or what was paid of `bills` only.
    """

    reason: str
    means: Means = Means.CASH
    reference: str = ""
    bills: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class PaymentLine:
    """What a receipt is for: a part of a bill, the prepaid account, a deposit.

    `amount_fen` stands above zero where it was paid, below where it went back. Of a bill, period
    and whole amount stand beside it.
    """

    account: Account
    amount_fen: int
    words: str
    bill_id: int | None = None
    deposit_id: int | None = None
    from_on: date | None = None
    until_on: date | None = None
    bill_fen: int = 0


@dataclass(frozen=True, slots=True)
class Payment:
    """A receipt, or the contra entry of one (冲红).

    `lines` is what it is for; `prepaid_used_fen` what came from the prepaid account besides the
    money, `prepaid_after_fen` what stood there after it.
    """

    id: int
    number: str
    kind: PaymentKind
    refund_of: str
    unit_id: int
    where: str
    person_id: int | None
    payer: str
    at: datetime
    entered_at: datetime
    staff_id: int
    by: str
    total_fen: int
    tendered_fen: int
    note: str
    external: str | None
    close_number: str
    prints: int
    invoice_number: str
    invoice_on: date | None
    invoice_state: InvoiceState | None
    voided_at: datetime | None
    voided_by: str
    void_reason: str
    approved_by: str
    version: int
    is_alone: bool = False
    prepaid_used_fen: int = 0
    prepaid_after_fen: int = 0
    means: tuple[MeansPart, ...] = field(default=())
    lines: tuple[PaymentLine, ...] = field(default=())
    refunds: tuple[str, ...] = field(default=())

    @property
    def change_fen(self) -> int:
        """Return the change that was given, out of cash only."""
        return max(0, self.tendered_fen - self.cash_fen) if self.tendered_fen else 0

    @property
    def cash_fen(self) -> int:
        """Return what of it was cash."""
        return sum(part.amount_fen for part in self.means if part.means is Means.CASH)

    @property
    def is_void(self) -> bool:
        """Tell whether the receipt counts no longer."""
        return self.voided_at is not None

    @property
    def is_closed(self) -> bool:
        """Tell whether the day of its till was closed: then it is frozen."""
        return bool(self.close_number)
