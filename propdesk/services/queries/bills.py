"""Bills: those of a house, what is open of them, and how a single one came about (R98)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.bills import BillKind
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_workings import working_words
from propdesk.i18n import _
from propdesk.services.parts.periods import present
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class Bill:
    """One item of one house for one period: a debt with its own day of payment.

    `unit` is the house as it is said, `debtor` who owes by law, `payer` who agreed to pay instead
    (条例 41); both are '' where nobody is known. `working` is how the amount came about
    (`fee_amounts.working_words`), `ticket` and `run` are numbers.
    """

    id: int
    unit_id: int
    unit: str
    fee_item_id: int
    item_code: str
    item: str
    kind: BillKind
    from_on: date
    until_on: date
    due_on: date
    amount_fen: int
    settled_fen: int
    person_id: int | None
    debtor: str
    payer_id: int | None
    payer: str
    working: Mapping[str, Any]
    note: str
    run_id: int | None
    run: str
    ticket_id: int | None
    ticket: str
    late_for_id: int | None
    external: str
    entered_at: datetime
    voided_at: datetime | None
    void_reason: str

    @property
    def open_fen(self) -> int:
        """What is still to be paid; a void bill asks for nothing."""
        return 0 if self.voided_at else self.amount_fen - self.settled_fen

    @property
    def is_open(self) -> bool:
        """Whether something is still to be paid."""
        return self.open_fen > 0


@dataclass(frozen=True, slots=True)
class BillExplained:
    """A bill with everything that explains it: the back page of a notice (R98).

    `words` is the working line by line, `basis` what the price rests on, `document` the supplier's
    bill of a shared cost, `place` whose cost it is; '' where it does not apply. `owners` are all
    who owe together (Civil Code 307).
    """

    bill: Bill
    words: tuple[str, ...]
    basis: str = ""
    place: str = ""
    document: str = ""
    owners: tuple[str, ...] = ()


# A sealed person's data is used for nothing: no list says his name (law.md 1.7).
_NAME = "CASE WHEN {0}.sealed_at IS NULL THEN coalesce({0}.name, '') ELSE '—' END"
_BILLS = (
    "SELECT b.id, b.unit_id, u.short, b.fee_item_id, i.code, i.name, b.kind, b.from_on, "
    "b.until_on, b.due_on, b.amount_fen, b.settled_fen, b.person_id, "
    f"{_NAME.format('p')}, b.payer_id, {_NAME.format('y')}, b.working, b.note, b.run_id, "
    "coalesce(r.number, ''), b.ticket_id, coalesce(t.number, ''), b.late_for_id, b.external, "
    "b.entered_at, b.voided_at, b.void_reason "
    "FROM bill b JOIN unit u ON u.id = b.unit_id JOIN fee_item i ON i.id = b.fee_item_id "
    "LEFT JOIN person p ON p.id = b.person_id LEFT JOIN person y ON y.id = b.payer_id "
    "LEFT JOIN bill_run r ON r.id = b.run_id LEFT JOIN ticket t ON t.id = b.ticket_id "
)
_OPEN = "b.settled_fen < b.amount_fen AND b.voided_at IS NULL"


def list_bills(unit_id: int, open_only: bool = False) -> list[Bill]:
    """Return the bills of a house in the order in which they fell due, void ones included.

    `open_only` leaves out what is settled or void.
    """
    also = f"AND {_OPEN} " if open_only else ""
    found = rows(f"{_BILLS}WHERE b.unit_id = ? {also}ORDER BY b.due_on, b.from_on, b.id", unit_id)
    return [_bill(row) for row in found]


def list_run_bills(run_id: int, *, after: int = 0, limit: int = 500) -> list[Bill]:
    """Return bills of a run in the order in which they were written, after the one of id `after`.

    Void ones are included.
    """
    found = rows(
        f"{_BILLS}WHERE b.run_id = ? AND b.id > ? ORDER BY b.id LIMIT ?", run_id, after, limit
    )
    return [_bill(row) for row in found]


def list_ticket_bills(ticket_id: int) -> list[Bill]:
    """Return the bills of a ticket's paid work, void ones included."""
    return [_bill(row) for row in rows(f"{_BILLS}WHERE b.ticket_id = ? ORDER BY b.id", ticket_id)]


def get_bill(bill_id: int) -> Bill:
    """Return a bill, or refuse."""
    found = rows(f"{_BILLS}WHERE b.id = ?", bill_id)
    if not found:
        raise RuleError("bill-unknown", _("There is no bill {id}.").format(id=bill_id))
    return _bill(found[0])


def explain(bill_id: int) -> BillExplained:
    """Return a bill with how its amount came about, and what the price rests on."""
    bill = get_bill(bill_id)
    basis = rows(
        "SELECT coalesce(s.name || ' ' || s.number, ''), t.basis_note FROM bill b "
        "JOIN tariff t ON t.id = b.tariff_id LEFT JOIN fee_basis s ON s.id = t.basis_id "
        "WHERE b.id = ?",
        bill_id,
    )
    cost = rows(
        "SELECT coalesce(k.name || ' ' || g.name, m.name, ''), c.document FROM bill b "
        "JOIN shared_cost c ON c.id = b.shared_cost_id LEFT JOIN community m "
        "ON m.id = c.community_id LEFT JOIN building g ON g.id = c.building_id "
        "LEFT JOIN community k ON k.id = g.community_id WHERE b.id = ?",
        bill_id,
    )
    place, document = cost[0] if cost else ("", "")
    return BillExplained(
        bill=bill,
        words=tuple(working_words(bill.working)),
        basis=" ".join(word.strip() for word in basis[0] if word.strip()) if basis else "",
        place=place,
        document=document,
        owners=tuple(name for _id, name in list_owners(bill.unit_id, bill.from_on)),
    )


def list_owners(unit_id: int, day: date) -> tuple[tuple[int, str], ...]:
    """Return the owners of a house on a day, id and name, in the register's order."""
    found = rows(
        f"SELECT r.person_id, {_NAME.format('p')} FROM residency r "
        "JOIN person p ON p.id = r.person_id "
        f"WHERE r.unit_id = ? AND r.role = 'owner' AND {present('r', day)} ORDER BY r.id",
        unit_id,
    )
    return tuple((row[0], row[1]) for row in found)


def _bill(row: tuple[Any, ...]) -> Bill:
    return Bill(
        id=row[0],
        unit_id=row[1],
        unit=row[2],
        fee_item_id=row[3],
        item_code=row[4],
        item=row[5],
        kind=BillKind(row[6]),
        from_on=date.fromisoformat(row[7]),
        until_on=date.fromisoformat(row[8]),
        due_on=date.fromisoformat(row[9]),
        amount_fen=row[10],
        settled_fen=row[11],
        person_id=row[12],
        debtor=row[13],
        payer_id=row[14],
        payer=row[15],
        working=json.loads(row[16]),
        note=row[17],
        run_id=row[18],
        run=row[19],
        ticket_id=row[20],
        ticket=row[21],
        late_for_id=row[22],
        external=row[23],
        entered_at=datetime.fromisoformat(row[24]),
        voided_at=datetime.fromisoformat(row[25]) if row[25] else None,
        void_reason=row[26],
    )
