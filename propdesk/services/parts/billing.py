"""Write bills and void them; who owes for a house by law. The caller holds the transaction."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from propdesk.domain.bills import BillKind
from propdesk.domain.errors import RuleError
from propdesk.domain.money import money_words
from propdesk.i18n import _
from propdesk.services.parts.bulk import Course, insert_rows, next_id, write_many
from propdesk.services.parts.periods import present
from propdesk.services.parts.writing import local
from propdesk.storage.database import rows, stored_time

_COLUMNS = (
    "id", "unit_id", "fee_item_id", "kind", "from_on", "until_on", "due_on", "amount_fen",
    "settled_fen", "person_id", "payer_id", "tariff_id", "meter_id", "shared_cost_id", "run_id",
    "ticket_id", "late_for_id", "import_id", "external", "working", "note", "entered_at",
    "staff_id", "void_reason",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class NewBill:
    """A bill before it is written; `external` is its key in a file that it came from."""

    unit_id: int
    fee_item_id: int
    kind: BillKind
    from_on: date
    until_on: date
    due_on: date
    amount_fen: int
    person_id: int | None = None
    payer_id: int | None = None
    tariff_id: int | None = None
    meter_id: int | None = None
    shared_cost_id: int | None = None
    run_id: int | None = None
    ticket_id: int | None = None
    late_for_id: int | None = None
    import_id: int | None = None
    external: str = ""
    working: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""


def insert_bills(
    bills: Sequence[NewBill], *, staff_id: int, now: datetime, course: Course | None = None
) -> range:
    """Write bills and return their ids in this order; a bill run has 30,000 of them."""
    first = next_id("bill")
    at = stored_time(local(now))
    # What is said in every row is worded once: days, and workings of houses of one size.
    days = _Days()
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    values = (
        (
            bill_id, one.unit_id, one.fee_item_id, one.kind.value, days[one.from_on],
            days[one.until_on], days[one.due_on], one.amount_fen, 0, one.person_id, one.payer_id,
            one.tariff_id, one.meter_id, one.shared_cost_id, one.run_id, one.ticket_id,
            one.late_for_id, one.import_id, one.external, encode(one.working), one.note, at,
            staff_id, "",
        )
        for bill_id, one in enumerate(bills, start=first)
    )  # fmt: skip
    insert_rows("bill", _COLUMNS, values, course or Course(None, None))
    return range(first, first + len(bills))


class _Days(dict[date, str]):
    """Days as they are stored, each worded once."""

    def __missing__(self, day: date) -> str:
        self[day] = day.isoformat()
        return self[day]


def void_bills(
    bill_ids: Iterable[int],
    reason: str,
    *,
    staff_id: int,
    now: datetime,
    course: Course | None = None,
) -> None:
    """Void bills; they stay in the books with the reason. They must be unsettled."""
    at = stored_time(local(now))
    write_many(
        "UPDATE bill SET voided_at = ?, voided_staff_id = ?, void_reason = ? WHERE id = ?",
        ((at, staff_id, reason, bill_id) for bill_id in bill_ids),
        course or Course(None, None),
    )


def check_voidable(bill_id: int) -> None:
    """Refuse to void a bill that is void, was settled in part, or has a penalty of its own."""
    found = rows(
        "SELECT b.voided_at, b.settled_fen, (SELECT count(*) FROM bill l "
        "WHERE l.late_for_id = b.id AND l.voided_at IS NULL) FROM bill b WHERE b.id = ?",
        bill_id,
    )
    if not found:
        raise RuleError("bill-unknown", _("There is no bill {id}.").format(id=bill_id))
    voided_at, settled_fen, penalties = found[0]
    if voided_at is not None:
        raise RuleError("bill-voided", _("This bill is void already."))
    if settled_fen:
        raise RuleError(
            "bill-paid",
            _(
                "{amount} yuan of this bill are settled. Void the receipt or take the waiver "
                "back first, then the bill can be voided."
            ).format(amount=money_words(settled_fen)),
        )
    if penalties:
        raise RuleError(
            "bill-has-penalty",
            _("A penalty was billed for the delay of this bill; void that one first."),
        )


def debtor_on(unit_id: int, day: date) -> int | None:
    """Return the owner of a house on a day, of several the first in the register; None: nobody."""
    found = rows(
        "SELECT r.person_id FROM residency r WHERE r.unit_id = ? AND r.role = 'owner' "  # noqa: S608
        f"AND {present('r', day)} ORDER BY r.id LIMIT 1",
        unit_id,
    )
    return found[0][0] if found else None
