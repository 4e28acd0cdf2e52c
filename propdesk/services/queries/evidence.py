"""All that an evidence pack of a house says, gathered at one moment (law.md 1.5)."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from propdesk.domain.attachments import Attachment
from propdesk.domain.dunning_acts import DunningAct
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import BasisKind
from propdesk.domain.payments import Payment
from propdesk.domain.suspensions import NotedSuspension
from propdesk.domain.tickets import Kind, Satisfaction, Status
from propdesk.i18n import _
from propdesk.services.queries.attachments import to_attachment
from propdesk.services.queries.bills import Bill, list_bills
from propdesk.services.queries.dunning_acts import list_acts, list_proofs
from propdesk.services.queries.fee_letters import FeeLetter, list_fee_letters
from propdesk.services.queries.limitation import BillLimitation, get_limitations
from propdesk.services.queries.payment_plans import PaymentPlan, list_plans
from propdesk.services.queries.payments import list_payments
from propdesk.services.queries.suspensions import list_suspensions
from propdesk.services.queries.units import Unit, get_unit
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows

_MOST = 10_000


@dataclass(frozen=True, slots=True)
class Basis:
    """What the prices of the claimed bills rest on, with its pages."""

    id: int
    kind: BasisKind
    name: str
    number: str
    signed_on: date | None
    from_on: date | None
    until_on: date | None
    fee_clause: str
    due_clause: str
    late_clause: str
    address_clause: str
    pages: tuple[Attachment, ...]


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A ticket of the building, told without saying whose it was unless it is this house's own.

    `house` is this house's number, '' for every other one; `is_common` of a common part.
    """

    number: str
    received_on: date
    kind: Kind
    class_code: str
    house: str
    is_common: bool
    matter: str
    status: Status
    closed_on: date | None
    satisfaction: Satisfaction | None


@dataclass(frozen=True, slots=True)
class RecordFacts:
    """How the books stand: what they hold, since when, and that they only grow."""

    office_uid: str
    since: date | None
    ledger_lines: int
    ledger_fen: int
    journal_lines: int
    upgrades: int
    late_entries: int


@dataclass(frozen=True, slots=True)
class Evidence:
    """The claim against a house and what proves it; `bills` are those that were due and open."""

    unit: Unit
    today: date
    from_on: date
    bills: tuple[Bill, ...]
    limitations: dict[int, BillLimitation]
    suspensions: tuple[NotedSuspension, ...]
    payments: tuple[Payment, ...]
    acts: tuple[DunningAct, ...]
    proofs: dict[int, tuple[Attachment, ...]]
    letters: tuple[FeeLetter, ...]
    plans: tuple[PaymentPlan, ...]
    plan_files: dict[int, tuple[Attachment, ...]]
    bases: tuple[Basis, ...]
    service: tuple[ServiceRow, ...]
    contacts: int
    records: RecordFacts

    @property
    def open_fen(self) -> int:
        """What is claimed."""
        return sum(bill.open_fen for bill in self.bills)

    @property
    def count(self) -> int:
        """How many rows about this house leave the office with the pack."""
        of_house = sum(1 for row in self.service if row.house)
        return sum(
            map(len, (self.bills, self.payments, self.acts, self.letters, self.plans))
        ) + of_house  # fmt: skip


def gather_evidence(unit_id: int, today: date, *, from_on: date | None = None) -> Evidence:
    """Return the claim of all that is due and open, and what happened since its first period.

    `from_on` begins earlier or later: service, payments and acts are told from that day on. Refuses
    a house that owes nothing.
    """
    unit = get_unit(unit_id)
    due = (bill for bill in list_bills(unit_id, open_only=True) if bill.due_on <= today)
    bills = tuple(due)
    if not bills:
        raise RuleError(
            "evidence-nothing-open",
            _("{house} owes nothing that is due: there is nothing to prove.").format(
                house=unit.short
            ),
        )
    first = from_on or min(bill.from_on for bill in bills)
    acts = tuple(act for act in list_acts(unit_id) if act.at.date() >= first)
    plans = tuple(reversed(list_plans(unit_id, today)))
    found = list_payments(unit_id=unit_id, from_on=first, until_on=today, limit=_MOST)
    printed = [one for one in list_fee_letters(unit_id=unit_id, limit=_MOST) if one.pdf_sha256]
    return Evidence(
        unit=unit,
        today=today,
        from_on=first,
        bills=bills,
        limitations=get_limitations([bill.id for bill in bills], today),
        suspensions=list_suspensions(unit_id),
        payments=tuple(reversed(found)),
        acts=acts,
        proofs={act.id: files for act in acts if (files := list_proofs(act.id))},
        letters=tuple(one for one in reversed(printed) if one.dated_on >= first),
        plans=plans,
        plan_files={plan.id: files for plan in plans if (files := _files(plan=plan.id))},
        bases=_bases(bills),
        service=_service(unit, first, today),
        contacts=_contacts(unit, first, today),
        records=_records(),
    )


def _files(**of_what: int) -> tuple[Attachment, ...]:
    ((name, key),) = of_what.items()
    found = AttachmentRecord.select().where(
        getattr(AttachmentRecord, name) == key, AttachmentRecord.removed_at.is_null()
    )
    return tuple(map(to_attachment, found.order_by(AttachmentRecord.id)))


def _bases(bills: Sequence[Bill]) -> tuple[Basis, ...]:
    found = rows(
        "SELECT DISTINCT f.id, f.kind, f.name, f.number, f.signed_on, f.from_on, f.until_on, "
        "f.fee_clause, f.due_clause, f.late_clause, f.address_clause FROM bill b "
        "JOIN tariff t ON t.id = b.tariff_id JOIN fee_basis f ON f.id = t.basis_id "
        "WHERE b.id IN (SELECT value FROM json_each(?)) ORDER BY f.id",
        json.dumps([bill.id for bill in bills]),
    )
    return tuple(
        Basis(
            id=row[0],
            kind=BasisKind(row[1]),
            name=row[2],
            number=row[3],
            signed_on=_day(row[4]),
            from_on=_day(row[5]),
            until_on=_day(row[6]),
            fee_clause=row[7],
            due_clause=row[8],
            late_clause=row[9],
            address_clause=row[10],
            pages=_files(basis=row[0]),
        )
        for row in found
    )


_BUILDING = (
    "SELECT e.building_id FROM entrance e JOIN unit u ON u.entrance_id = e.id WHERE u.id = ?"
)


def _service(unit: Unit, first: date, last: date) -> tuple[ServiceRow, ...]:
    """Return the tickets of the building's houses; void and merged ones tell nothing."""
    found = rows(
        "SELECT t.number, t.received_at, t.kind, t.class_code, "
        "iif(t.unit_id = ?, ?, ''), t.common_part, iif(t.unit_id = ?, t.matter, ''), t.status, "
        "t.closed_at, t.satisfaction FROM ticket t JOIN unit u ON u.id = t.unit_id "
        f"JOIN entrance e ON e.id = u.entrance_id WHERE e.building_id = ({_BUILDING}) "
        "AND t.received_at BETWEEN ? AND ? AND t.status NOT IN ('void', 'merged') "
        "ORDER BY t.received_at, t.id",
        unit.id, unit.short, unit.id, unit.id, f"{first}T00:00:00", f"{last}T23:59:59",
    )  # fmt: skip
    return tuple(
        ServiceRow(
            number=row[0],
            received_on=date.fromisoformat(row[1][:10]),
            kind=Kind(row[2]),
            class_code=row[3],
            house=row[4],
            is_common=bool(row[5]),
            matter=row[6],
            status=Status(row[7]),
            closed_on=_day(row[8]),
            satisfaction=Satisfaction(row[9]) if row[9] else None,
        )
        for row in found
    )


def _contacts(unit: Unit, first: date, last: date) -> int:
    found = rows(
        "SELECT count(*) FROM contact c JOIN unit u ON u.id = c.unit_id "
        f"JOIN entrance e ON e.id = u.entrance_id WHERE e.building_id = ({_BUILDING}) "
        "AND c.at BETWEEN ? AND ? AND c.voided_at IS NULL",
        unit.id, f"{first}T00:00:00", f"{last}T23:59:59",
    )  # fmt: skip
    return int(found[0][0])


def _records() -> RecordFacts:
    ((uid, since),) = rows("SELECT uid, date(created_at) FROM office")
    ((lines, fen),) = rows("SELECT count(*), coalesce(sum(amount_fen), 0) FROM ledger_line")
    ((journal,),) = rows("SELECT count(*) FROM ticket_event")
    ((upgrades,),) = rows("SELECT count(*) FROM upgrade")
    ((late,),) = rows("SELECT count(*) FROM dunning_act WHERE date(entered_at) > date(at)")
    return RecordFacts(uid, _day(since), lines, fen, journal, upgrades, late)


def _day(text: Any) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
