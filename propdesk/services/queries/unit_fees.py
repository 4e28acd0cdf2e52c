"""Exceptions of a house: what it is charged apart, less or not at all, and who pays instead."""

import json
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import UnitFeeKind
from propdesk.domain.unit_fees import UnitFee
from propdesk.i18n import _
from propdesk.storage.database import rows


@dataclass(frozen=True, slots=True)
class UnitFeeRow:
    """A line in a list: with its house, its item and who pays instead in words."""

    line: UnitFee
    unit: str
    item: str
    payer: str


_FEES = (
    "SELECT f.id, f.unit_id, f.fee_item_id, f.kind, f.from_on, f.until_on, f.quantity_milli, "
    "f.percent, f.price_e4, f.payer_id, f.reason, f.evidence, f.entered_at, s.name, f.voided_at "
    "FROM unit_fee f JOIN staff s ON s.id = f.staff_id "
)


def list_unit_fees(unit_id: int, *, with_void: bool = False) -> tuple[UnitFee, ...]:
    """Return the lines of a house by item, the newest first."""
    void = "" if with_void else "AND f.voided_at IS NULL "
    found = rows(
        f"{_FEES}WHERE f.unit_id = ? {void}ORDER BY f.fee_item_id, f.from_on DESC, f.id DESC",
        unit_id,
    )
    return tuple(map(_fee, found))


def list_unit_fee_rows(
    *, unit_id: int | None = None, item_id: int | None = None, limit: int = 500
) -> tuple[UnitFeeRow, ...]:
    """Return the standing lines of a house or of an item, those that hold longest first."""
    lines = rows(
        _FEES + "WHERE (? IS NULL OR f.unit_id = ?) AND (? IS NULL OR f.fee_item_id = ?) "
        "AND f.voided_at IS NULL ORDER BY coalesce(f.until_on, '9999') DESC, f.from_on DESC, "
        "f.id DESC LIMIT ?",
        unit_id,
        unit_id,
        item_id,
        item_id,
        limit,
    )
    found = tuple(map(_fee, lines))
    words = {
        row[0]: row[1:]
        for row in rows(
            "SELECT f.id, u.short, i.name, coalesce(p.name, '') FROM unit_fee f "
            "JOIN unit u ON u.id = f.unit_id JOIN fee_item i ON i.id = f.fee_item_id "
            "LEFT JOIN person p ON p.id = f.payer_id "
            "WHERE f.id IN (SELECT value FROM json_each(?))",
            json.dumps([one.id for one in found]),
        )
    }
    return tuple(UnitFeeRow(one, *words[one.id]) for one in found)


def get_unit_fee(line_id: int) -> UnitFee:
    """Return a line, or refuse when there is none with this id."""
    found = rows(_FEES + "WHERE f.id = ?", line_id) if 0 < line_id < 2**63 else []
    if not found:
        raise RuleError("unit-fee-unknown", _("There is no line {id}.").format(id=line_id))
    return _fee(found[0])


def _fee(row: tuple[Any, ...]) -> UnitFee:
    return UnitFee(
        id=row[0],
        unit_id=row[1],
        fee_item_id=row[2],
        kind=UnitFeeKind(row[3]),
        from_on=date.fromisoformat(row[4]),
        until_on=date.fromisoformat(row[5]) if row[5] else None,
        quantity_milli=row[6],
        percent=row[7],
        price_e4=row[8],
        payer_id=row[9],
        reason=row[10],
        evidence=row[11],
        entered_at=datetime.fromisoformat(row[12]),
        staff=row[13],
        voided_at=datetime.fromisoformat(row[14]) if row[14] else None,
    )
