"""Items and prices as they stand in their tables: read for queries, commands and bill runs."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from propdesk.domain.fee_items import Charges, FeeItem, Formula, Income, Partial, Rounding, ShareBy
from propdesk.domain.fee_tiers import Tier, TierBase
from propdesk.domain.meters import MeterKind
from propdesk.domain.tariffs import FloorFactor, Tariff
from propdesk.domain.units import UnitKind
from propdesk.storage.database import rows

_ITEMS = (
    "SELECT id, code, name, formula, income, charges, unit_kinds, meter_kind, line_months, "
    "billed_months, due_month, due_day, partial, rounding, position, is_active, note, version "
    "FROM fee_item {where} ORDER BY position, id"
)
_TARIFFS = (
    "SELECT t.id, t.fee_item_id, t.from_on, t.until_on, t.community_id, t.building_id, "
    "t.price_e4, t.tiers, t.share_by, t.floor_factors, t.vacancy_percent, "
    "t.vacancy_after_months, t.basis_id, coalesce(b.name || ' ' || b.number, ''), t.basis_note, "
    "t.cap_e4, t.cap_source, t.late_rate_e6, t.late_clause, t.late_grace_days, "
    "t.late_cap_percent, t.note, t.entered_at, s.name, t.voided_at, t.void_reason, "
    "coalesce(c.name, ''), coalesce(g.name, ''), coalesce(gc.name, '') "
    "FROM tariff t JOIN staff s ON s.id = t.staff_id LEFT JOIN fee_basis b ON b.id = t.basis_id "
    "LEFT JOIN community c ON c.id = t.community_id LEFT JOIN building g ON g.id = t.building_id "
    "LEFT JOIN community gc ON gc.id = g.community_id {where} "
    "ORDER BY t.fee_item_id, t.from_on DESC, t.id DESC"
)


def load_items(where: str = "", *values: Any) -> tuple[FeeItem, ...]:
    """Return items in their order; `where` is a whole condition, all without one."""
    return tuple(map(_item, rows(_ITEMS.format(where=where), *values)))


def load_tariffs(item_ids: Collection[int] | None = None) -> tuple[Tariff, ...]:
    """Return the prices of some items or of all that are not void, the newest first."""
    if item_ids is None:
        return find_tariffs("WHERE t.voided_at IS NULL")
    marks = ", ".join("?" * len(item_ids))
    where = f"WHERE t.voided_at IS NULL AND t.fee_item_id IN ({marks})"
    return find_tariffs(where, *item_ids)


def find_tariffs(where: str, *values: Any) -> tuple[Tariff, ...]:
    """Return the prices `t` that a whole condition means, by item, the newest first."""
    return tuple(map(_tariff, rows(_TARIFFS.format(where=where), *values)))


def tiers_stored(tiers: Sequence[Tier], base: TierBase) -> Any:
    """Return steps as their column keeps them."""
    if not tiers:
        return []
    return {"base": base.value, "steps": [[tier.limit_milli, tier.price_e4] for tier in tiers]}


def floors_stored(factors: Sequence[FloorFactor]) -> Any:
    """Return what floors pay as its column keeps it."""
    return [[one.low, one.high, one.percent] for one in factors]


def _item(row: tuple[Any, ...]) -> FeeItem:
    return FeeItem(
        id=row[0],
        code=row[1],
        name=row[2],
        formula=Formula(row[3]),
        income=Income(row[4]),
        charges=Charges(row[5]),
        unit_kinds=tuple(UnitKind(kind) for kind in json.loads(row[6])),
        meter_kind=MeterKind(row[7]) if row[7] else None,
        line_months=row[8],
        billed_months=row[9],
        due_month=row[10],
        due_day=row[11],
        partial=Partial(row[12]),
        rounding=Rounding(row[13]),
        position=row[14],
        is_active=bool(row[15]),
        note=row[16],
        version=row[17],
    )


def _tariff(row: tuple[Any, ...]) -> Tariff:
    tiers: Mapping[str, Any] = json.loads(row[7]) or {"base": TierBase.MONTH, "steps": ()}
    community, building, of_building = row[26:29]
    return Tariff(
        id=row[0],
        fee_item_id=row[1],
        from_on=date.fromisoformat(row[2]),
        until_on=date.fromisoformat(row[3]) if row[3] else None,
        community_id=row[4],
        building_id=row[5],
        price_e4=row[6],
        tiers=tuple(Tier(limit, price) for limit, price in tiers["steps"]),
        tier_base=TierBase(tiers["base"]),
        share_by=ShareBy(row[8]) if row[8] else None,
        floor_factors=tuple(FloorFactor(*one) for one in json.loads(row[9])),
        vacancy_percent=row[10],
        vacancy_after_months=row[11],
        basis_id=row[12],
        basis=row[13].strip(),
        basis_note=row[14],
        cap_e4=row[15],
        cap_source=row[16],
        late_rate_e6=row[17],
        late_clause=row[18],
        late_grace_days=row[19],
        late_cap_percent=row[20],
        note=row[21],
        entered_at=datetime.fromisoformat(row[22]),
        staff=row[23],
        place=community or f"{of_building} {building}".strip(),
        voided_at=datetime.fromisoformat(row[24]) if row[24] else None,
        void_reason=row[25],
    )
