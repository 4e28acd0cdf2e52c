"""Write earlier arrears with what was paid of them, and take an import of them back.

What was paid before has no receipt here: a line of the ledger stands for it. The caller holds the
transaction.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from propdesk.domain.imports import Undone
from propdesk.domain.ledger import Account, Act, LedgerLine
from propdesk.i18n import _
from propdesk.services.parts.billing import NewBill, insert_bills, void_bills
from propdesk.services.parts.bulk import Course
from propdesk.services.parts.ledger import Posting, post_all
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows


def write_opening_bills(
    bills: Sequence[tuple[NewBill, int]],
    import_id: int,
    *,
    staff_id: int,
    now: datetime,
    course: Course,
) -> None:
    """Write bills with what was paid of each before, in whole fen."""
    ids = insert_bills(
        [replace(bill, import_id=import_id) for bill, _paid in bills],
        staff_id=staff_id,
        now=now,
        course=course,
    )
    postings = [
        Posting(Act.OPENING, bill.unit_id, _lines(bill_id, paid), local(now).date())
        for bill_id, (bill, paid) in zip(ids, bills, strict=True)
        if paid
    ]
    post_all(postings, staff_id=staff_id, now=now)


def undo_opening_bills(import_id: int, *, staff_id: int, now: datetime) -> Undone:
    """Void the bills of an import of which nothing was paid since; the others are named."""
    found = rows(
        "SELECT b.id, b.unit_id, b.settled_fen, u.short, i.name, b.from_on, "
        "coalesce((SELECT -sum(l.amount_fen) FROM ledger_line l WHERE l.bill_id = b.id "
        "AND l.act IN (?, ?)), 0), (SELECT count(*) FROM bill p WHERE p.late_for_id = b.id "
        "AND p.voided_at IS NULL) FROM bill b JOIN unit u ON u.id = b.unit_id "
        "JOIN fee_item i ON i.id = b.fee_item_id "
        "WHERE b.import_id = ? AND b.voided_at IS NULL ORDER BY b.id",
        Act.OPENING.value,
        Act.OPENING_UNDO.value,
        import_id,
    )
    untouched = [row for row in found if row[2] == row[6] and not row[7]]
    postings = [
        Posting(Act.OPENING_UNDO, unit_id, _lines(bill_id, -paid), local(now).date())
        for bill_id, unit_id, _settled, _short, _item, _from, paid, _late in untouched
        if paid
    ]
    post_all(postings, staff_id=staff_id, now=now)
    reason = _("import {id} undone").format(id=import_id)
    void_bills([row[0] for row in untouched], reason, staff_id=staff_id, now=now)
    kept = {row[0] for row in untouched}
    left = tuple(f"{row[3]} {row[4]} {row[5]}" for row in found if row[0] not in kept)
    return Undone(import_id, bills=len(untouched), left=left)


def _lines(bill_id: int, paid_fen: int) -> tuple[LedgerLine, ...]:
    return (
        LedgerLine(Account.OPENING, paid_fen),
        LedgerLine(Account.BILL, -paid_fen, bill_id=bill_id),
    )
