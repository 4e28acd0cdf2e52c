"""Passes for things that are carried out."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.gate_passes import GatePass
from propdesk.domain.texts import fold
from propdesk.i18n import _
from propdesk.services.parts.periods import not_ended
from propdesk.storage.database import rows

_PASSES = (
    "SELECT g.id, g.number, g.unit_id, u.short, g.carrier, g.carrier_phone, g.items, g.plate, "
    "g.valid_on, g.hours, g.confirmed_by, coalesce(m.number, ''), g.written_at, s.name, "
    "g.voided_at FROM gate_pass g JOIN unit u ON u.id = g.unit_id "
    "JOIN staff s ON s.id = g.staff_id LEFT JOIN move m ON m.id = g.move_id "
)


def get_gate_pass(pass_id: int) -> GatePass:
    """Return a pass, or refuse."""
    found = rows(f"{_PASSES}WHERE g.id = ?", pass_id)
    if not found:
        raise RuleError("gate-pass-unknown", _("This pass is not in the books."))
    return _pass(found[0])


def find_gate_pass(number: str) -> GatePass:
    """Return the pass of this number as typed, or refuse."""
    found = rows(f"{_PASSES}WHERE g.number = ?", fold(number).upper())
    if not found:
        raise RuleError(
            "gate-pass-unknown", _("There is no pass {number}.").format(number=number[:40])
        )
    return _pass(found[0])


def list_gate_passes(
    *, unit_id: int | None = None, move_id: int | None = None, limit: int = 200
) -> tuple[GatePass, ...]:
    """Return the last passes, of all houses or of one house or move, the newest first."""
    found = rows(
        f"{_PASSES}WHERE (? IS NULL OR g.unit_id = ?) AND (? IS NULL OR g.move_id = ?) "
        "ORDER BY g.written_at DESC, g.id DESC LIMIT ?",
        unit_id,
        unit_id,
        move_id,
        move_id,
        limit,
    )
    return tuple(map(_pass, found))


def list_tenants(unit_id: int, day: date) -> tuple[str, ...]:
    """Return the tenants of a house on a day or to come, and those who leave on that day."""
    found = rows(
        "SELECT p.name FROM residency r JOIN person p ON p.id = r.person_id WHERE r.unit_id = ? "
        f"AND r.role = 'tenant' AND ({not_ended('r', day)} OR r.to_on = ?)",
        unit_id,
        day.isoformat(),
    )
    return tuple(row[0] for row in found)


def _pass(row: tuple[Any, ...]) -> GatePass:
    return GatePass(
        id=row[0],
        number=row[1],
        unit_id=row[2],
        where=row[3],
        carrier=row[4],
        carrier_phone=row[5],
        items=row[6],
        plate=row[7],
        valid_on=date.fromisoformat(row[8]),
        hours=row[9],
        confirmed_by=row[10],
        move=row[11],
        written_at=datetime.fromisoformat(row[12]),
        by=row[13],
        voided_at=datetime.fromisoformat(row[14]) if row[14] else None,
    )
