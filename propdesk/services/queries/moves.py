"""Moves: of a house or of all, those whose settlement waits, and why customers left (R83, R84)."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.leave_reasons import LeaveReason, ReasonYear, reason_year
from propdesk.domain.move_checks import keys_due, keys_of_leavers
from propdesk.domain.moves import MOVE_RULES, Meter, Move, MoveKind, Staying
from propdesk.domain.persons import ROLE_LABELS, ResidentRole
from propdesk.domain.settlements import line_from_stored
from propdesk.domain.texts import fold
from propdesk.domain.unit_keys import UnitKey
from propdesk.domain.units import UnitKind, UnitState, state_label
from propdesk.i18n import _
from propdesk.services.queries.unit_keys import list_keys
from propdesk.storage.database import rows

# A sealed person's data is used for nothing: no list says his name (law.md 1.7).
_NAME = "CASE WHEN p.sealed_at IS NULL THEN {name} ELSE '—' END"
_MOVES = (
    "SELECT m.id, m.number, m.unit_id, u.short, m.kind, m.on_day, m.until_on, m.told_on, m.reason, "
    f"m.reason_text, m.person_id, {_NAME.format(name='m.name')}, m.handled_by, m.meters, "
    "m.settlement, m.settled_on, "
    "m.new_address, m.new_phone, m.note, m.open_reason, m.effects, m.entered_at, s.name, "
    "m.voided_at, m.void_reason, m.version FROM move m JOIN unit u ON u.id = m.unit_id "
    "JOIN staff s ON s.id = m.staff_id LEFT JOIN person p ON p.id = m.person_id "
)


def get_move(move_id: int) -> Move:
    """Return a move, or refuse."""
    found = rows(f"{_MOVES}WHERE m.id = ?", move_id)
    if not found:
        raise RuleError("move-unknown", _("This move is not in the books."))
    return _move(found[0])


def find_move(number: str) -> Move:
    """Return the move of this number as typed, or refuse."""
    found = rows(f"{_MOVES}WHERE m.number = ?", fold(number).upper())
    if not found:
        raise RuleError("move-unknown", _("There is no move {number}.").format(number=number[:40]))
    return _move(found[0])


def list_moves(
    *,
    unit_id: int | None = None,
    kind: MoveKind | None = None,
    from_on: date | None = None,
    to_on: date | None = None,
    open_only: bool = False,
    after: tuple[date, int] | None = None,
    limit: int = 200,
) -> tuple[Move, ...]:
    """Return moves, the latest first, after the one with the day and id `after`.

    `open_only` asks for those whose settlement waits.
    """
    conditions: list[str] = ["1"]
    values: list[str | int] = []
    if unit_id is not None:
        conditions.append("m.unit_id = ?")
        values.append(unit_id)
    if kind is not None:
        conditions.append("m.kind = ?")
        values.append(kind.value)
    if from_on is not None:
        conditions.append("m.on_day >= ?")
        values.append(from_on.isoformat())
    if to_on is not None:
        conditions.append("m.on_day <= ?")
        values.append(to_on.isoformat())
    if open_only:
        kinds = [kind.value for kind, rule in MOVE_RULES.items() if rule.settles]
        conditions.append(
            f"m.kind IN ({', '.join('?' * len(kinds))}) AND m.settled_on IS NULL "
            "AND m.voided_at IS NULL"
        )
        values += kinds
    if after is not None:
        conditions.append("(m.on_day, m.id) < (?, ?)")
        values += [after[0].isoformat(), after[1]]
    found = rows(
        f"{_MOVES}WHERE {' AND '.join(conditions)} ORDER BY m.on_day DESC, m.id DESC LIMIT ?",
        *values,
        limit,
    )
    return tuple(map(_move, found))


def list_staying(unit_id: int, day: date) -> tuple[Staying, ...]:
    """Return who is in a house on a day, or leaves on it, owners first: what a move may end."""
    found = rows(
        f"SELECT r.id, p.id, {_NAME.format(name='p.name')}, r.role, r.share_part, r.share_whole "
        "FROM residency r JOIN person p ON p.id = r.person_id WHERE r.unit_id = ? "
        "AND (r.from_on IS NULL OR r.from_on <= ?) AND (r.to_on IS NULL OR r.to_on >= ?) "
        "ORDER BY CASE r.role WHEN 'owner' THEN 0 WHEN 'tenant' THEN 1 ELSE 2 END, r.id",
        unit_id,
        day.isoformat(),
        day.isoformat(),
    )
    return tuple(
        Staying(
            residency_id=row[0],
            person_id=row[1],
            name=row[2],
            role=ResidentRole(row[3]),
            share=Fraction(row[4], row[5]) if row[4] else None,
        )
        for row in found
    )


def list_open_tickets(unit_id: int) -> tuple[str, ...]:
    """Return the numbers of a house's open tickets: they stay with it whoever moves."""
    found = rows(
        "SELECT number FROM ticket WHERE unit_id = ? AND is_open = 1 ORDER BY received_at", unit_id
    )
    return tuple(row[0] for row in found)


def get_reason_year(year: int) -> ReasonYear:
    """Return why customers left in a year, and in the one before (R84); voided moves are out."""
    return reason_year(year, _reasons(year), _reasons(year - 1))


def _reasons(year: int) -> dict[str, int]:
    found = rows(
        "SELECT reason, count(*) FROM move WHERE reason <> '' AND voided_at IS NULL "
        "AND on_day BETWEEN ? AND ? GROUP BY reason",
        f"{year:04d}-01-01",
        f"{year:04d}-12-31",
    )
    return {row[0]: row[1] for row in found}


def list_keys_due(move: Move) -> tuple[UnitKey, ...]:
    """Return the keys that are still to come back after a move."""
    return keys_due(_keys_of_leavers(move))


@dataclass(frozen=True, slots=True)
class Arrival:
    """Somebody who came with a move, as the record names him."""

    name: str
    role: ResidentRole
    relation: str
    share: Fraction | None
    phones: tuple[str, ...]


def list_arrivals(move: Move) -> tuple[Arrival, ...]:
    """Return who came with a move; of a house that was handed over, its owners."""
    ids = [int(one) for one in move.effects.get("begun", ())]
    if not ids and move.kind is MoveKind.DELIVERY:
        present = list_staying(move.unit_id, move.on_day)
        ids = [one.residency_id for one in present if one.role is ResidentRole.OWNER]
    found = rows(
        f"SELECT p.id, {_NAME.format(name='p.name')}, r.role, r.relation, r.share_part, "
        "r.share_whole FROM residency r JOIN person p ON p.id = r.person_id "
        f"WHERE r.id IN ({', '.join('?' * len(ids))}) "
        "ORDER BY r.id",
        *ids,
    )
    phones: dict[int, tuple[str, ...]] = {}
    marks = ", ".join("?" * len(found))
    for person_id, phone in rows(
        f"SELECT person_id, phone FROM phone WHERE person_id IN ({marks}) ORDER BY id",
        *(row[0] for row in found),
    ):
        phones[person_id] = (*phones.get(person_id, ()), phone)
    return tuple(
        Arrival(
            name=row[1],
            role=ResidentRole(row[2]),
            relation=row[3],
            share=Fraction(row[4], row[5]) if row[4] else None,
            phones=phones.get(row[0], ()),
        )
        for row in found
    )


def list_move_keys(move: Move, *, leaving: bool) -> tuple[UnitKey, ...]:
    """Return the keys that a move's paper names: of who leaves all, of who comes what is out."""
    if not leaving:
        return list_keys(move.unit_id, held_only=True)
    return _keys_of_leavers(move)


def _keys_of_leavers(move: Move) -> tuple[UnitKey, ...]:
    ended = set(map(int, move.effects.get("ended", ())))
    present = list_staying(move.unit_id, move.on_day)
    return keys_of_leavers(move.kind, list_keys(move.unit_id), present, ended)


def list_effects(move: Move) -> tuple[str, ...]:
    """Return in words what a move did to the people and the state of its house."""
    words = []
    for key, sentence in (
        ("ended", _("{name} ({role}) until {day}")),
        ("begun", _("{name} ({role}) from {day}")),
    ):
        ids = [int(one) for one in move.effects.get(key, ())]
        marks = ", ".join("?" * len(ids))
        found = rows(
            f"SELECT {_NAME.format(name='p.name')}, r.role FROM residency r "
            "JOIN person p ON p.id = r.person_id "
            f"WHERE r.id IN ({marks}) ORDER BY r.id",
            *ids,
        )
        words += [
            sentence.format(name=name, role=ROLE_LABELS[ResidentRole(role)], day=move.on_day)
            for name, role in found
        ]
    if state := move.effects.get("state"):
        kind = UnitKind(rows("SELECT kind FROM unit WHERE id = ?", move.unit_id)[0][0])
        label = state_label(UnitState(str(state)), kind)
        words.append(_("state «{state}» from {day}").format(state=label, day=move.on_day))
    if (minors := move.effects.get("minors")) is not None:
        words.append(_("children under 14: {count}").format(count=minors))
    return tuple(words)


def _move(row: tuple[Any, ...]) -> Move:
    return Move(
        id=row[0],
        number=row[1] or "",
        unit_id=row[2],
        where=row[3],
        kind=MoveKind(row[4]),
        on_day=date.fromisoformat(row[5]),
        until_on=_day(row[6]),
        told_on=_day(row[7]),
        reason=LeaveReason(row[8]) if row[8] else None,
        reason_text=row[9],
        person_id=row[10],
        name=row[11],
        handled_by=row[12],
        meters={Meter(meter): reading for meter, reading in json.loads(row[13]).items()},
        settlement=tuple(map(line_from_stored, json.loads(row[14]))),
        settled_on=_day(row[15]),
        new_address=row[16],
        new_phone=row[17],
        note=row[18],
        open_reason=row[19],
        effects=json.loads(row[20]),
        entered_at=datetime.fromisoformat(row[21]),
        by=row[22],
        voided_at=datetime.fromisoformat(row[23]) if row[23] else None,
        void_reason=row[24],
        version=row[25],
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
