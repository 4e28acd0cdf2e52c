"""Exceptions of a house: what it is charged apart, less or not at all, and who pays instead."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import UnitFeeKind
from propdesk.domain.unit_fees import UnitFee
from propdesk.i18n import _
from propdesk.storage.database import rows

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
