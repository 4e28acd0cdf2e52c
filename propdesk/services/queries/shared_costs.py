"""Common costs that are shared, the latest first, with what was billed of each."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.errors import RuleError
from propdesk.domain.fee_items import ShareBy
from propdesk.domain.shared_costs import SharedCost
from propdesk.i18n import _
from propdesk.storage.database import rows

_COSTS = (
    "SELECT c.id, c.fee_item_id, i.name, c.from_on, c.until_on, c.total_fen, c.share_by, "
    "c.community_id, c.building_id, coalesce(k.name || ' ' || b.name, m.name, ''), "
    "c.usage_milli, c.document, c.entered_at, s.name, c.voided_at, "
    "(SELECT count(*) FROM bill l WHERE l.shared_cost_id = c.id AND l.voided_at IS NULL), "
    "(SELECT coalesce(sum(amount_fen), 0) FROM bill l WHERE l.shared_cost_id = c.id "
    "AND l.voided_at IS NULL) FROM shared_cost c JOIN fee_item i ON i.id = c.fee_item_id "
    "JOIN staff s ON s.id = c.staff_id LEFT JOIN community m ON m.id = c.community_id "
    "LEFT JOIN building b ON b.id = c.building_id LEFT JOIN community k ON k.id = b.community_id "
)


def list_shared_costs(
    *, fee_item_id: int | None = None, also_voided: bool = False, limit: int = 500
) -> tuple[SharedCost, ...]:
    """Return common costs, the latest period first."""
    conditions, values = ["1"], []
    if fee_item_id is not None:
        conditions.append("c.fee_item_id = ?")
        values.append(fee_item_id)
    if not also_voided:
        conditions.append("c.voided_at IS NULL")
    found = rows(
        f"{_COSTS}WHERE {' AND '.join(conditions)} ORDER BY c.from_on DESC, c.id DESC LIMIT ?",
        *values,
        limit,
    )
    return tuple(map(_cost, found))


def list_costs_ending(fee_item_id: int, from_on: date, until_on: date) -> tuple[SharedCost, ...]:
    """Return the costs of an item whose period ends in these days, in their order.

    A cost is billed when its last day has come.
    """
    found = rows(
        f"{_COSTS}WHERE c.fee_item_id = ? AND c.voided_at IS NULL "
        "AND c.until_on BETWEEN ? AND ? ORDER BY c.from_on, c.id",
        fee_item_id,
        from_on.isoformat(),
        until_on.isoformat(),
    )
    return tuple(map(_cost, found))


def get_shared_cost(cost_id: int) -> SharedCost:
    """Return a common cost, or refuse."""
    found = rows(f"{_COSTS}WHERE c.id = ?", cost_id)
    if not found:
        raise RuleError("cost-unknown", _("There is no shared cost {id}.").format(id=cost_id))
    return _cost(found[0])


def _cost(row: tuple[Any, ...]) -> SharedCost:
    return SharedCost(
        id=row[0],
        fee_item_id=row[1],
        item=row[2],
        from_on=date.fromisoformat(row[3]),
        until_on=date.fromisoformat(row[4]),
        total_fen=row[5],
        share_by=ShareBy(row[6]),
        community_id=row[7],
        building_id=row[8],
        place=row[9],
        usage_milli=row[10],
        document=row[11],
        entered_at=datetime.fromisoformat(row[12]),
        by=row[13],
        voided_at=datetime.fromisoformat(row[14]) if row[14] else None,
        bills=row[15],
        billed_fen=row[16],
    )
