"""The till: means of payment, receipts and contra entries, deposits."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class Means(StrEnum):
    """How money comes in."""

    CASH = "cash"
    TRANSFER = "transfer"
    WECHAT = "wechat"
    ALIPAY = "alipay"
    POS = "pos"
    CHEQUE = "cheque"
    OTHER = "other"


class PaymentKind(StrEnum):
    """A receipt, or the contra entry of one."""

    RECEIPT = "receipt"
    REFUND = "refund"


class DepositKind(StrEnum):
    """What a deposit is for."""

    DECORATION = "decoration"
    KEY = "key"
    PARKING = "parking"
    OTHER = "other"


class InvoiceState(StrEnum):
    """What became of the invoice of a receipt; the program prints none."""

    ISSUED = "issued"
    RED = "red"
    VOID = "void"


MEANS_LABELS: Mapping[Means, LazyText] = {
    Means.CASH: _lazy("Cash"),
    Means.TRANSFER: _lazy("Bank transfer"),
    Means.WECHAT: _lazy("WeChat"),
    Means.ALIPAY: _lazy("Alipay"),
    Means.POS: _lazy("Card (POS)"),
    Means.CHEQUE: _lazy("Cheque"),
    Means.OTHER: _lazy("Other means"),
}


PAYMENT_LABELS: Mapping[PaymentKind, LazyText] = {
    PaymentKind.RECEIPT: _lazy("Money taken"),
    PaymentKind.REFUND: _lazy("Refund"),
}


DEPOSIT_LABELS: Mapping[DepositKind, LazyText] = {
    DepositKind.DECORATION: _lazy("Decoration deposit"),
    DepositKind.KEY: _lazy("Deposit for keys and cards"),
    DepositKind.PARKING: _lazy("Parking deposit"),
    DepositKind.OTHER: _lazy("Other deposit"),
}


INVOICE_LABELS: Mapping[InvoiceState, LazyText] = {
    InvoiceState.ISSUED: _lazy("Invoice issued"),
    InvoiceState.RED: _lazy("Red invoice"),
    InvoiceState.VOID: _lazy("Invoice void"),
}
