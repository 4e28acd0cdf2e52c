"""Papers about fees that are found by their number or their bars: which kinds there are.

Bars carry 16 digits (decision 27). Both kinds with bars begin with 7: a letter has its month where
a receipt has two zeros, so that no scanner can take one for the other.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from propdesk.domain.fee_letters import read_letter_digits
from propdesk.domain.receipt_codes import ReceiptCode, read_receipt_digits
from propdesk.i18n import LazyText, _lazy


class FeePaperKind(StrEnum):
    """What has a number of its own."""

    RECEIPT = "receipt"
    LETTER = "letter"
    PLAN = "plan"
    RUN = "run"
    PUBLICATION = "publication"


FEE_PAPER_LABELS: Mapping[FeePaperKind, LazyText] = {
    FeePaperKind.RECEIPT: _lazy("Payment receipt"),
    FeePaperKind.LETTER: _lazy("Fee letter"),
    FeePaperKind.PLAN: _lazy("Promise or plan"),
    FeePaperKind.RUN: _lazy("Bill run"),
    FeePaperKind.PUBLICATION: _lazy("Publication"),
}


@dataclass(frozen=True, slots=True)
class FeePaper:
    """A paper as a search shows it; runs and publications are of no one house.

    `words` says what it is about in its own words, `amount_fen` what it is over.
    """

    kind: FeePaperKind
    id: int
    number: str
    on_day: date
    unit_id: int | None = None
    where: str = ""
    words: str = ""
    amount_fen: int | None = None


def read_fee_digits(digits: str) -> ReceiptCode | int | None:
    """Return what scanned digits name: a receipt, the id of a letter, None where neither."""
    return read_receipt_digits(digits) or read_letter_digits(digits)


def is_fee_shaped(digits: str) -> bool:
    """Tell whether digits look like those of a receipt or letter, rightly read or not."""
    return len(digits) == 16 and digits.isascii() and digits.isdigit() and digits.startswith("720")
