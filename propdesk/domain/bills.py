"""Bills: one item of one house for one period, a debt with its own day of payment."""

from collections.abc import Mapping
from enum import StrEnum

from propdesk.i18n import LazyText, _lazy


class BillKind(StrEnum):
    """Where a bill comes from."""

    CHARGE = "charge"
    LATE_FEE = "late-fee"
    OPENING = "opening"
    PAID_WORK = "paid-work"
    OTHER = "other"


BILL_KIND_LABELS: Mapping[BillKind, LazyText] = {
    BillKind.CHARGE: _lazy("Charge"),
    BillKind.LATE_FEE: _lazy("Late-payment penalty"),
    BillKind.OPENING: _lazy("Earlier arrears"),
    BillKind.PAID_WORK: _lazy("Paid work"),
    BillKind.OTHER: _lazy("Other"),
}
