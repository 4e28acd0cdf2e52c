"""Keys and cards: who holds what, of one house or of all (R83)."""

from datetime import date
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.unit_keys import KeyKind, KeyOutcome, UnitKey
from propdesk.i18n import _
from propdesk.storage.database import rows

_KEYS = (
    "SELECT k.id, k.unit_id, u.short, k.kind, k.count, coalesce(nullif(k.holder, ''), p.name, ''), "
    "k.person_id, k.label, k.deposit_fen, k.deposit_back_fen, k.from_on, k.ended_on, k.outcome, "
    "k.with_office, k.note, s.name, k.version FROM unit_key k JOIN unit u ON u.id = k.unit_id "
    "JOIN staff s ON s.id = k.staff_id "
    "LEFT JOIN person p ON p.id = k.person_id AND p.sealed_at IS NULL "
)


def get_key(key_id: int) -> UnitKey:
    """Return keys of one kind, or refuse."""
    found = rows(f"{_KEYS}WHERE k.id = ?", key_id)
    if not found:
        raise RuleError("key-unknown", _("These keys are not in the books."))
    return _key(found[0])


def list_keys(unit_id: int, *, held_only: bool = False) -> tuple[UnitKey, ...]:
    """Return the keys of a house: what is out first, then what came of the others."""
    held = " AND k.outcome = ''" if held_only else ""
    found = rows(
        f"{_KEYS}WHERE k.unit_id = ?{held} ORDER BY k.outcome <> '', k.from_on, k.id", unit_id
    )
    return tuple(map(_key, found))


def list_all_keys(
    *,
    words: str = "",
    with_office: bool | None = None,
    outcome: KeyOutcome | None = None,
    after: int = 0,
    limit: int = 200,
) -> tuple[UnitKey, ...]:
    """Return keys of all houses by their number in the books, after the one with the id `after`.

    `words` are part of a house, a holder or a label; `outcome` None asks for what is out;
    `with_office` narrows it to what lies in the office, or to what does not.
    """
    conditions, values = ["k.id > ?", "k.outcome = ?"], [after, outcome.value if outcome else ""]
    if with_office is not None:
        conditions.append("k.with_office = ?")
        values.append(int(with_office))
    if words.strip():
        text = words.strip().replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")
        conditions.append(
            "(u.short LIKE ? ESCAPE '\\' OR k.label LIKE ? ESCAPE '\\' "
            "OR coalesce(nullif(k.holder, ''), p.name, '') LIKE ? ESCAPE '\\')"
        )
        values += [f"%{text}%"] * 3
    found = rows(f"{_KEYS}WHERE {' AND '.join(conditions)} ORDER BY k.id LIMIT ?", *values, limit)
    return tuple(map(_key, found))


def _key(row: tuple[Any, ...]) -> UnitKey:
    return UnitKey(
        id=row[0],
        unit_id=row[1],
        where=row[2],
        kind=KeyKind(row[3]),
        count=row[4],
        holder=row[5],
        person_id=row[6],
        label=row[7],
        deposit_fen=row[8],
        deposit_back_fen=row[9],
        from_on=date.fromisoformat(row[10]),
        ended_on=date.fromisoformat(row[11]) if row[11] else None,
        outcome=KeyOutcome(row[12]) if row[12] else None,
        with_office=bool(row[13]),
        note=row[14],
        by=row[15],
        version=row[16],
    )
