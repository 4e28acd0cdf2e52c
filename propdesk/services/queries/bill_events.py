"""The course of a bill: how it was written, paid, asked for; the earliest first."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from propdesk.domain.bill_events import BillEvent, BillEventKind
from propdesk.services.queries.bills import Bill
from propdesk.storage.database import rows

_MONEY = (
    "SELECT l.on_day, coalesce(p.number, ''), -sum(l.amount_fen), l.act, l.reason "
    "FROM ledger_line l LEFT JOIN payment p ON p.id = l.payment_id "
    "WHERE l.bill_id = ? GROUP BY l.act_no ORDER BY l.act_no"
)
_LETTERS = (
    "SELECT l.dated_on, l.number, l.state, l.stage FROM demand_line d "
    "JOIN fee_letter l ON l.id = d.letter_id WHERE d.bill_id = ? ORDER BY l.id"
)
_URGED = (
    "SELECT a.at, coalesce(l.number, a.express_number), a.result, a.stage, a.way "
    "FROM demand_line d JOIN dunning_act a ON a.id = d.act_id "
    "LEFT JOIN fee_letter l ON l.id = a.letter_id "
    "WHERE d.bill_id = ? AND a.voided_at IS NULL ORDER BY a.id"
)
_PROMISED = (
    "SELECT p.promised_on FROM demand_line d JOIN payment_plan p ON p.id = d.plan_id "
    "WHERE d.bill_id = ? ORDER BY p.id"
)


def list_bill_events(bill: Bill) -> tuple[BillEvent, ...]:
    """Return what happened to a bill, in the order of days."""
    found = [
        BillEvent(bill.entered_at.date(), BillEventKind.WRITTEN, bill.run or bill.ticket,
                  note=bill.note)
    ]  # fmt: skip
    found += [
        BillEvent(_day(row), BillEventKind.MONEY, row[1], row[2], row[3], note=row[4])
        for row in rows(_MONEY, bill.id)
    ]
    found += [
        BillEvent(_day(row), BillEventKind.LETTER, row[1], code=row[2], stage=row[3])
        for row in rows(_LETTERS, bill.id)
    ]
    found += [
        BillEvent(_day(row), BillEventKind.URGED, row[1], code=row[2], stage=row[3], way=row[4])
        for row in rows(_URGED, bill.id)
    ]
    found += [BillEvent(_day(row), BillEventKind.PROMISED) for row in rows(_PROMISED, bill.id)]
    if bill.voided_at is not None:
        day = bill.voided_at.date()
        found.append(BillEvent(day, BillEventKind.VOID, note=bill.void_reason))
    return tuple(sorted(found, key=lambda event: event.on_day))


def _day(row: Sequence[Any]) -> date:
    return date.fromisoformat(str(row[0])[:10])
