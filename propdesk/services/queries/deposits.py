"""Deposits of a house or of all, and those that should have gone back by now."""

from datetime import date
from typing import Any

from propdesk.domain.deposits import Deposit, place_warning
from propdesk.domain.errors import RuleError
from propdesk.domain.fee_rules import Rule, source_words
from propdesk.domain.till import DepositKind
from propdesk.i18n import _
from propdesk.services.parts.fee_rules import get_rule
from propdesk.services.parts.settings import load_settings
from propdesk.storage.database import rows

# What was taken: all but what was kept or went back, voided receipts deducted.
_TAKEN = (
    "coalesce(-sum(CASE WHEN l.act <> 'deposit-kept' AND coalesce(m.kind, '') <> 'refund' "
    "THEN l.amount_fen END), 0)"
)
# Due back is what the office said; else so many days after the works ended, or with the key.
_DUE = (
    "coalesce(d.back_due_on, date(coalesce(x.accepted_on, x.cancelled_on), '+{days} days'), "
    "k.ended_on)"
)
# A sealed person's data is used for nothing: no list says his name (law.md 1.7).
_DEPOSITS = (
    "SELECT d.id, d.unit_id, u.short, d.kind, d.label, d.person_id, "
    "CASE WHEN p.sealed_at IS NULL THEN coalesce(p.name, '') ELSE '—' END, d.decoration_id, "
    "d.unit_key_id, d.taken_on, {due} AS due, "
    "{taken}, coalesce(-sum(l.amount_fen), 0) AS balance, d.note, d.version "
    "FROM deposit d JOIN unit u ON u.id = d.unit_id LEFT JOIN person p ON p.id = d.person_id "
    "LEFT JOIN ledger_line l ON l.deposit_id = d.id LEFT JOIN payment m ON m.id = l.payment_id "
    "LEFT JOIN decoration x ON x.id = d.decoration_id LEFT JOIN unit_key k ON k.id = d.unit_key_id "
    "WHERE {condition} GROUP BY d.id "
)


def get_deposit(deposit_id: int) -> Deposit:
    """Return a deposit, or refuse."""
    found = rows(_deposits("d.id = ?"), deposit_id)
    if not found:
        raise RuleError("deposit-unknown", _("This deposit is not in the books."))
    return _deposit(found[0])


def list_deposits(
    *,
    unit_id: int | None = None,
    decoration_id: int | None = None,
    unit_key_id: int | None = None,
    held_only: bool = False,
    due_by: date | None = None,
    limit: int = 5000,
) -> tuple[Deposit, ...]:
    """Return deposits, those that are due back first.

    `held_only` leaves out what has gone back; `due_by` asks for those due back until that day.
    """
    conditions: list[str] = ["1"]
    values: list[int | str] = []
    for column, value in (
        ("d.unit_id", unit_id),
        ("d.decoration_id", decoration_id),
        ("d.unit_key_id", unit_key_id),
    ):
        if value is not None:
            conditions.append(f"{column} = ?")
            values.append(value)
    if due_by is not None:
        conditions.append(f"{_due()} <= ?")
        values.append(due_by.isoformat())
    having = "HAVING balance > 0 " if held_only or due_by is not None else ""
    found = rows(
        f"{_deposits(' AND '.join(conditions))}{having}ORDER BY due IS NULL, due, d.id LIMIT ?",
        *values,
        limit,
    )
    return tuple(map(_deposit, found))


def deposit_warning(kind: DepositKind, amount_fen: int, today: date) -> str:
    """Return the sentence that warns where the place forbids or limits such a deposit, or ''."""
    allowed, most = get_rule(Rule.DEPOSIT, today), get_rule(Rule.DEPOSIT_MOST, today)
    source = allowed if allowed.value == "forbidden" else most
    return place_warning(kind, amount_fen, allowed.value, most.number, source_words(source))


def _due() -> str:
    return _DUE.format(days=load_settings("decoration_deposit_days").decoration_deposit_days)


def _deposits(condition: str) -> str:
    return _DEPOSITS.format(taken=_TAKEN, due=_due(), condition=condition)


def _deposit(row: tuple[Any, ...]) -> Deposit:
    return Deposit(
        id=row[0],
        unit_id=row[1],
        where=row[2],
        kind=DepositKind(row[3]),
        label=row[4],
        person_id=row[5],
        name=row[6],
        decoration_id=row[7],
        unit_key_id=row[8],
        taken_on=date.fromisoformat(row[9]),
        back_due_on=date.fromisoformat(row[10]) if row[10] else None,
        taken_fen=row[11],
        balance_fen=row[12],
        note=row[13],
        version=row[14],
    )
