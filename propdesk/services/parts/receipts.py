"""Write a receipt or a contra entry under the next number of its book, for all that take money."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from propdesk.domain.payments import MeansPart
from propdesk.domain.receipt_numbers import check_receipt_day, receipt_number
from propdesk.domain.till import PaymentKind
from propdesk.services.parts.fee_settings import load_fee_settings
from propdesk.services.parts.numbering import take_number_of_year
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows
from propdesk.storage.till import PaymentMeansRecord, PaymentRecord


@dataclass(frozen=True, slots=True)
class ReceiptHead:
    """What stands on a receipt besides its lines; amounts of a refund are below zero."""

    kind: PaymentKind
    unit_id: int
    payer: str
    person_id: int | None
    means: Sequence[MeansPart]
    note: str = ""
    tendered_fen: int = 0
    refund_of_id: int | None = None
    approved_id: int | None = None
    external: str | None = None
    import_id: int | None = None
    paid_at: datetime | None = None


def series_of(book: str) -> str:
    """Return the name of a book's series of numbers."""
    return f"receipt-{book}"


def write_receipt(head: ReceiptHead, *, staff_id: int, now: datetime) -> PaymentRecord:
    """Write a receipt under the next number; the caller holds the transaction and posts its lines.

    Refuses when the clock was set back behind the last receipt of the book.
    """
    moment = local(now)
    book = load_fee_settings().receipt_letters
    last = rows(
        "SELECT entered_at, number FROM payment WHERE book = ? ORDER BY year DESC, sequence DESC "
        "LIMIT 1",
        book,
    )
    if last:
        check_receipt_day(moment, datetime.fromisoformat(last[0][0]), last[0][1])
    sequence = take_number_of_year(series_of(book), moment.year)
    record = PaymentRecord.create(
        number=receipt_number(book, moment.year, sequence),
        book=book,
        year=moment.year,
        sequence=sequence,
        kind=head.kind.value,
        refund_of=head.refund_of_id,
        unit=head.unit_id,
        person=head.person_id,
        payer=head.payer,
        at=local(head.paid_at) if head.paid_at else moment,
        entered_at=moment,
        staff=staff_id,
        total_fen=sum(part.amount_fen for part in head.means),
        tendered_fen=head.tendered_fen,
        note=head.note,
        external=head.external,
        import_id=head.import_id,
        approved_staff=head.approved_id,
    )
    for part in head.means:
        PaymentMeansRecord.create(
            payment=record.id,
            means=part.means.value,
            amount_fen=part.amount_fen,
            reference=part.reference,
        )
    return record
