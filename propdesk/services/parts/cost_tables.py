"""Common costs as they stand in their table: read for queries and bill runs."""

from datetime import date, datetime
from typing import Any

from propdesk.domain.fee_items import ShareBy
from propdesk.domain.shared_costs import SharedCost
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


def load_costs(where: str, *values: Any) -> tuple[SharedCost, ...]:
    """Return the costs `c` that a whole condition with its order means."""
    return tuple(map(_cost, rows(_COSTS + where, *values)))


def load_costs_ending(fee_item_id: int, from_on: date, until_on: date) -> tuple[SharedCost, ...]:
    """Return the costs of an item whose last day lies in these days: then they are billed."""
    return load_costs(
        "WHERE c.fee_item_id = ? AND c.voided_at IS NULL "
        "AND c.until_on BETWEEN ? AND ? ORDER BY c.from_on, c.id",
        fee_item_id,
        from_on.isoformat(),
        until_on.isoformat(),
    )


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
