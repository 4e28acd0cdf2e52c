"""Promises and instalment plans: those of a house, and whose parts are due."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.attachments import Attachment
from propdesk.domain.dunning import PromiseWay, Relation
from propdesk.domain.errors import RuleError
from propdesk.domain.payment_plans import (
    Outcome,
    Part,
    PlanKind,
    PlanState,
    Standing,
    standing_of,
)
from propdesk.i18n import _
from propdesk.services.queries.attachments import to_attachment
from propdesk.storage.attachments import AttachmentRecord
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class PaymentPlan:
    """A promise or plan with its parts and where it stands on the day that was asked for.

    `bill_ids` are the bills that it is about; `paid_fen` of the standing is what was settled of
    them since, be it paid, taken from the prepaid account or waived.
    """

    id: int
    number: str
    unit_id: int
    unit: str
    kind: PlanKind
    promised_on: date
    promised_by: str
    relation: Relation
    way: PromiseWay
    total_fen: int
    parts: tuple[Part, ...]
    bill_ids: tuple[int, ...]
    standing: Standing
    note: str
    entered_at: datetime
    by: str
    ended_at: datetime | None
    outcome: Outcome | None
    version: int

    @property
    def is_open(self) -> bool:
        """Whether it has not been ended; it may be kept or broken all the same."""
        return self.ended_at is None


_PLANS = (
    "SELECT p.id, p.number, p.unit_id, u.short, p.kind, p.promised_on, p.promised_by, p.relation, "
    "p.way, p.total_fen, p.note, p.entered_at, s.name, p.ended_at, p.outcome, p.version "
    "FROM payment_plan p JOIN unit u ON u.id = p.unit_id JOIN staff s ON s.id = p.staff_id WHERE "
)
# What was settled since of each bill that a plan is about; a bill that was void asks for nothing.
_PAID = (
    "SELECT d.plan_id, d.bill_id, max(0, d.open_fen - iif(b.voided_at IS NULL, "
    "b.amount_fen - b.settled_fen, 0)) FROM demand_line d JOIN bill b ON b.id = d.bill_id "
    "WHERE d.plan_id IN (SELECT value FROM json_each(?)) ORDER BY d.id"
)
_PARTS = (
    "SELECT plan_id, due_on, amount_fen FROM payment_part "
    "WHERE plan_id IN (SELECT value FROM json_each(?)) ORDER BY plan_id, position"
)


def list_plans(unit_id: int, today: date) -> list[PaymentPlan]:
    """Return the promises and plans of a house, the latest first."""
    found = rows(f"{_PLANS}p.unit_id = ? ORDER BY p.id DESC", unit_id)
    return _plans(found, today)


def list_open_plans(today: date, unit_ids: Collection[int] | None = None) -> list[PaymentPlan]:
    """Return the plans that nobody ended, of all houses or of some, by their next day."""
    condition, values = "p.outcome = ''", list[str]()
    if unit_ids is not None:
        condition += " AND p.unit_id IN (SELECT value FROM json_each(?))"
        values.append(json.dumps(list(unit_ids)))
    plans = _plans(rows(f"{_PLANS}{condition} ORDER BY p.id", *values), today)
    return sorted(plans, key=lambda plan: (plan.standing.due_on or date.max, plan.id))


def list_due_parts(today: date) -> list[PaymentPlan]:
    """Return the open plans with a part that is due today or was not kept, the oldest first.

    The part stands in each plan's `standing`.
    """
    due = (PlanState.DUE, PlanState.BROKEN)
    return [plan for plan in list_open_plans(today) if plan.standing.state in due]


def list_parts_until(today: date, last: date) -> list[PaymentPlan]:
    """Return the open plans with a part that is not met and due by `last`, the oldest first."""
    unmet = (PlanState.DUE, PlanState.BROKEN, PlanState.RUNNING)
    return [
        plan
        for plan in list_open_plans(today)
        if plan.standing.state in unmet and plan.standing.due_on and plan.standing.due_on <= last
    ]


def find_plan(number: str, today: date) -> PaymentPlan:
    """Return the plan of a number, or refuse."""
    found = _plans(rows(f"{_PLANS}p.number = ?", number.strip().upper()), today)
    if not found:
        raise RuleError(
            "plan-unknown",
            _("There is no promise or plan «{number}».").format(number=number.strip()[:40]),
        )
    return found[0]


def get_plan(plan_id: int, today: date) -> PaymentPlan:
    """Return a plan, or refuse."""
    found = _plans(rows(f"{_PLANS}p.id = ?", plan_id), today)
    if not found:
        raise RuleError(
            "plan-unknown", _("There is no promise or plan «{number}».").format(number=plan_id)
        )
    return found[0]


def list_plan_files(plan_id: int) -> tuple[Attachment, ...]:
    """Return the scans of what was signed, in the order in which they were added."""
    found = AttachmentRecord.select().where(
        AttachmentRecord.plan == plan_id, AttachmentRecord.removed_at.is_null()
    )
    return tuple(map(to_attachment, found.order_by(AttachmentRecord.id)))


def _plans(found: list[tuple[Any, ...]], today: date) -> list[PaymentPlan]:
    ids = json.dumps([row[0] for row in found])
    parts: dict[int, list[Part]] = {}
    for plan_id, due_on, amount in rows(_PARTS, ids):
        parts.setdefault(plan_id, []).append(Part(date.fromisoformat(due_on), amount))
    bills: dict[int, list[int]] = {}
    paid: dict[int, int] = {}
    for plan_id, bill_id, settled in rows(_PAID, ids):
        bills.setdefault(plan_id, []).append(bill_id)
        paid[plan_id] = paid.get(plan_id, 0) + settled
    plans = []
    for row in found:
        outcome = Outcome(row[14]) if row[14] else None
        of_plan = tuple(parts.get(row[0], ()))
        plans.append(
            PaymentPlan(
                id=row[0],
                number=row[1],
                unit_id=row[2],
                unit=row[3],
                kind=PlanKind(row[4]),
                promised_on=date.fromisoformat(row[5]),
                promised_by=row[6],
                relation=Relation(row[7]),
                way=PromiseWay(row[8]),
                total_fen=row[9],
                parts=of_plan,
                bill_ids=tuple(bills.get(row[0], ())),
                standing=standing_of(of_plan, paid.get(row[0], 0), today, outcome),
                note=row[10],
                entered_at=datetime.fromisoformat(row[11]),
                by=row[12],
                ended_at=datetime.fromisoformat(row[13]) if row[13] else None,
                outcome=outcome,
                version=row[15],
            )
        )
    return plans
